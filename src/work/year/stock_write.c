/* SPDX-License-Identifier: GPL-3.0-or-later
 * What one line or one key writes of goods: moves, answers to what is asked for, receipts, trials.
 */
#include <string.h>

#include "model/area.h"
#include "model/codes.h"
#include "model/kinds.h"
#include "model/value.h"
#include "work/stock.h"
#include "work/writing.h"

static enum rc set_number(
	struct change *change, const char *name, int64_t number, struct fault *fault)
{
	const char *why;

	if (change_put(change, change_named(change, name), value_num(number), &why))
		return RC_OK;
	return fault_set(fault, RC_BAD, "%s", why);
}

enum rc stock_write(const struct actor *actor, const struct stock_entry *entry, struct ref *made,
	struct fault *fault)
{
	struct change change;

	change_new(&change, actor, kind_of(KIND_move), (struct ref){0, 0});
	writing_ref(&change, "supply", entry->supply);
	enum rc rc = writing_text(&change, "type", entry->type, fault);
	if (!rc)
		rc = set_number(&change, "quantity", entry->quantity, fault);
	if (!rc && entry->place)
		writing_person(&change, "to", entry->to, entry->place);
	if (!rc && !strcmp(entry->type, "to") && entry->area && !entry->to.seq)
		change.op.area = entry->area;
	return writing_end(&change, rc, made, fault);
}

/* ---- answers to what is asked for */

/* The only depot of the place that asks, else where it wrote that it wants it. */
struct finding {
	uint64_t area;
	struct ref ref;
	unsigned found;
};

static bool see_depot(const struct row *row, void *to)
{
	struct finding *finding = to;

	if (row->area == finding->area) {
		finding->ref = row->ref;
		finding->found++;
	}
	return finding->found < 2;
}

static enum rc set_place(struct change *change, const struct wish *wish, struct fault *fault)
{
	struct finding finding = {.area = wish->area};
	struct query query = query_all(KIND_depot);
	struct buf title = {0};
	enum rc rc = store_each(change->actor.store, &query, see_depot, &finding, fault);

	if (!*wish->place)
		area_title(wish->area, &title);
	writing_person(change, "to", finding.found == 1 ? finding.ref : (struct ref){0, 0},
		*wish->place ? wish->place : buf_cstr(&title));
	buf_release(&title);
	change->op.area = wish->area;
	return rc;
}

static enum rc send(const struct actor *actor, const struct wish *wish, const struct offer *offer,
	const char *words, struct ref *made, struct fault *fault)
{
	struct change change;

	change_new(&change, actor, kind_of(KIND_move), (struct ref){0, 0});
	writing_ref(&change, "supply", offer->ref);
	writing_ref(&change, "request", wish->ref);
	enum rc rc = writing_text(&change, "type", "to", fault);
	if (!rc)
		rc = set_number(&change, "quantity", stock_share(wish, offer), fault);
	if (!rc)
		rc = set_place(&change, wish, fault);
	if (!rc)
		rc = writing_text(&change, "carrier", words, fault);
	if (!rc)
		rc = writing_text(&change, "reason", wish->reason, fault);
	return writing_end(&change, rc, made, fault);
}

/* The same is asked of the station above, in this place's own name. */
static enum rc ask_above(
	const struct actor *actor, const struct wish *wish, struct ref *made, struct fault *fault)
{
	struct change change;
	struct buf reason = {0};

	change_new(&change, actor, kind_of(KIND_request), (struct ref){0, 0});
	enum rc rc = writing_text(&change, "name", wish->name, fault);
	if (!rc)
		rc = set_number(&change, "quantity", wish->quantity, fault);
	if (!rc)
		rc = writing_text(&change, "unit", wish->unit, fault);
	if (!rc)
		rc = writing_text(&change, "place", wish->place, fault);
	if (!rc && wish->due)
		rc = set_number(&change, "due", wish->due, fault);
	buf_fmt(&reason, _("转报%s %s"), wish->number, wish->reason);
	if (!rc)
		rc = writing_text(&change, "reason", buf_cstr(&reason), fault);
	buf_release(&reason);
	return writing_end(&change, rc, made, fault);
}

/* "BXZ-DB-3", as the rules wrote it. */
static void put_slip(struct store *store, struct ref move, struct buf *out)
{
	struct arena arena = {0};
	struct fault fault;
	struct row row;

	if (store_row(store, move, &arena, &row, &fault) == RC_OK)
		row_field(store, &row, move_order_no, true, out);
	arena_release(&arena);
}

static enum rc grant(const struct actor *actor, const struct wish *wish, const struct offer *offer,
	const char *typed, struct buf *said, struct fault *fault)
{
	struct ref made;
	enum rc rc = RC_OK;

	if (offer->from == OFFER_AGREEMENT) {
		buf_fmt(said, _("由%s供：%s %s"), offer->where, offer->who, offer->phone);
		if (*typed)
			buf_fmt(said, " %s", typed);
	} else if (offer->from == OFFER_ABOVE) {
		rc = ask_above(actor, wish, &made, fault);
		buf_text(said, _("已向上级申请"));
	} else {
		rc = send(actor, wish, offer, typed, &made, fault);
		if (!rc)
			put_slip(actor->store, made, said);
		buf_fmt(said, " %s", wish->name);
		stock_number(stock_share(wish, offer), said);
		buf_text(said, wish->unit);
	}
	/* Asked above is not yet granted. */
	return rc ? rc
		  : writing_step(actor, wish->ref, offer->from == OFFER_ABOVE ? "pass_on" : "grant",
			    buf_cstr(said), fault);
}

enum rc stock_grant(const struct actor *actor, const struct wish *wish, const struct offer *offer,
	const char *words, struct buf *said, struct fault *fault)
{
	enum rc rc = store_begin(actor->store, fault);

	return rc ? rc
		  : writing_all(actor->store, grant(actor, wish, offer, words, said, fault), fault);
}

/* ---- receipts, trials */

static enum rc take(const struct actor *actor, struct ref ref, const char *verb,
	enum rc (*fill)(struct change *change, const char *words, struct fault *fault),
	const char *words, struct fault *fault)
{
	struct arena arena = {0};
	struct record record;
	struct change change;
	struct ref same;
	enum rc rc = store_record(actor->store, ref, &arena, &record, NULL, fault);

	if (!rc) {
		change_step(&change, actor, &record, step_named(record.kind, verb));
		rc = writing_end(&change, fill(&change, words, fault), &same, fault);
	}
	arena_release(&arena);
	return rc;
}

/* "18 湿了2床": how much came, and why not the rest. */
static enum rc fill_received(struct change *change, const char *words, struct fault *fault)
{
	size_t len = strspn(words, "0123456789.");
	char number[32] = "";
	enum rc rc = RC_OK;

	if (len && len < sizeof number && (!words[len] || words[len] == ' ')) {
		memcpy(number, words, len);
		rc = writing_text(change, "received", number, fault);
		words += len;
	}
	return rc ? rc : writing_text(change, "text", words + strspn(words, " "), fault);
}

enum rc stock_receive(
	const struct actor *actor, const struct sent *sent, const char *words, struct fault *fault)
{
	return take(actor, sent->ref, "receive", fill_received, words, fault);
}

static enum rc fill_passed(struct change *change, const char *words, struct fault *fault)
{
	enum rc rc = writing_text(change, "result", "passed", fault);

	return rc ? rc : writing_text(change, "text", words, fault);
}

static enum rc fill_failed(struct change *change, const char *words, struct fault *fault)
{
	enum rc rc = writing_text(change, "result", "failed", fault);

	return rc ? rc : writing_text(change, "text", words, fault);
}

enum rc stock_try(const struct actor *actor, struct ref device, bool good, const char *words,
	struct fault *fault)
{
	return take(actor, device, "test", good ? fill_passed : fill_failed, words, fault);
}
