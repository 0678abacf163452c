/* SPDX-License-Identifier: GPL-3.0-or-later
 * An answer to an order, and urging who has not answered.
 */
#include <string.h>

#include "model/area.h"
#include "model/kinds.h"
#include "store/station.h"
#include "work/orders.h"
#include "work/writing.h"

/* Of "86 已转24户" the bytes of the number; 0: there is none. */
static size_t number_of(const char *words)
{
	size_t len = strspn(words, "0123456789.");

	return !words[len] || words[len] == ' ' ? len : 0;
}

/* A number, and what is said beside it. */
static enum rc fill(
	struct change *change, const char *state, const char *words, struct fault *fault)
{
	size_t len = number_of(words);
	bool number = len > 0;
	struct buf text = {0};
	enum rc rc = writing_text(change, "state", state, fault);

	if (number)
		buf_put(&text, words, len);
	if (!rc && number)
		rc = writing_text(change, "number", buf_cstr(&text), fault);
	if (!rc)
		rc = writing_text(change, "text",
			number ? words + len + strspn(words + len, " ") : words, fault);
	buf_release(&text);
	return rc;
}

enum rc order_answer(const struct actor *actor, struct ref order, const char *state,
	const char *words, struct ref *answer, struct fault *fault)
{
	struct arena arena = {0};
	struct record record;
	struct change change;
	enum rc rc = store_record(actor->store, order, &arena, &record, NULL, fault);

	if (!rc) {
		change_step(&change, actor, &record, step_of(record.kind, order_do_answer));
		rc = writing_end(&change, fill(&change, state, words, fault), answer, fault);
	}
	arena_release(&arena);
	return rc;
}

enum rc order_urge(
	const struct actor *actor, const struct order *order, unsigned *count, struct fault *fault)
{
	struct buf names = {0};
	struct bytes name;

	*count = 0;
	for (unsigned n = 0; n < order->count; n++) {
		char code[16];

		if (!order_owes(order, &order->places[n], store_now(actor->store)))
			continue;
		buf_text(&names, (*count)++ ? "," : "");
		area_show(order->places[n].area, code);
		if (area_name(order->places[n].area, &name))
			buf_put(&names, name.at, name.len);
		else
			buf_text(&names, code);
	}
	enum rc rc = *count ? writing_step(actor, order->ref, "urge", buf_cstr(&names), fault)
			    : fault_set(fault, RC_BAD, "%s", _("都答了，没有要催的"));
	buf_release(&names);
	return rc;
}
