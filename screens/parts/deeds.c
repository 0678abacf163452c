/* SPDX-License-Identifier: GPL-3.0-or-later
 * Steps that can be taken, and the facts that take them.
 */
#include "screens/deeds.h"

#include <stdio.h>
#include <string.h>

#include "base/when.h"
#include "model/area.h"
#include "model/kinds.h"
#include "model/rules.h"

static bool in_state(const struct row *row, const struct step *step)
{
	return state_count(row->kind) == 0 || step->from & (1u << row->state);
}

/* A station writes on what lies in its own area; what it makes of a warning is a record of its own.
 */
static bool own(struct store *store, const struct row *row)
{
	return area_within(row->area, store_station(store)->area);
}

const char *deed_against(struct store *store, const struct user *user, const struct row *row,
	const struct step *step)
{
	struct op op = {.rec_site = row->ref.site,
		.rec_seq = row->ref.seq,
		.kind = row->kind->id,
		.step = step->tag,
		.who = user->who};
	struct fault fault;
	struct buf body = {0};

	/* Arguments come later: what is asked here is whether this person may. */
	for (unsigned n = 0; n < STEP_ARGS && step->args[n]; n++) {
		if (step->args[n] & STEP_ARG_MUST) {
			struct value value = value_text("-");
			put_field(&body, step->args[n] & ~(unsigned)STEP_ARG_MUST, &value);
		}
	}
	op.body = buf_bytes(&body);
	enum verdict verdict = store_may(store, &op, &fault);
	buf_release(&body);
	return verdict == V_PERSON ? _(verdict_texts[V_PERSON]) : NULL;
}

unsigned deeds_of(struct store *store, const struct user *user, const struct row *row,
	struct deed deeds[DEEDS])
{
	const struct station *station = store_station(store);
	unsigned count = 0;

	if (!row->kind->steps || store_readonly(store))
		return 0;
	for (const struct step *step = row->kind->steps; step->tag && count < DEEDS; step++) {
		bool makes = step->flags & STEP_MAKES;

		if (!in_state(row, step) || !(step->by & (1u << station->level)) ||
			!rules_may(user->role, station->level, row->kind, step->tag) ||
			(!makes && !own(store, row)))
			continue;
		deeds[count++] = (struct deed){step, step->flags & STEP_OTHER && !makes
							     ? deed_against(store, user, row, step)
							     : NULL};
	}
	return count;
}

int deed_key(const struct step *step)
{
	return step->tag <= DEED_KEYS ? '0' + (int)step->tag : 0;
}

bool deed_may_add(struct store *store, const struct user *user, const struct kind *kind)
{
	return !store_readonly(store) && !(kind->flags & K_HIDDEN) &&
	       rules_may(user->role, store_station(store)->level, kind, 0);
}

bool deed_may_edit(struct store *store, const struct user *user, const struct row *row)
{
	return deed_may_add(store, user, row->kind) && own(store, row);
}

enum rc deed_write(struct store *store, const struct user *user, const struct kind *kind,
	struct ref *ref, unsigned step, uint64_t area, struct bytes body, struct fault *fault)
{
	struct op op = {.rec_site = ref->site,
		.rec_seq = ref->seq,
		.kind = kind->id,
		.step = step,
		.who = user->who,
		.area = ref->seq ? 0 : area,
		.body = body};

	enum rc rc = store_write_tied(store, &op, fault);
	if (!rc)
		*ref = (struct ref){op.rec_site, op.rec_seq};
	return rc;
}

static void put_init(struct buf *body, const struct field *field, const struct user *user)
{
	struct buf text = {0};

	if (!field->init)
		return;
	if (strcmp(field->init, "user") == 0 && field->type != T_REF)
		buf_text(&text, user->name);
	else if (strcmp(field->init, "post") == 0)
		buf_text(&text, user->post);
	else if (field->type == T_CODE)
		buf_text(&text, field->init);
	if (text.len) {
		struct value value = value_text(buf_cstr(&text));
		put_field(body, field->tag, &value);
	}
	buf_release(&text);
}

static void receipt_body(
	struct store *store, const struct user *user, struct ref warning, struct buf *body)
{
	const struct kind *kind = kind_of(KIND_receipt);
	struct buf ref = {0};

	for (const struct field *field = kind->fields; field->tag; field++) {
		struct ref person = {store_station(store)->site, user->who};
		bool is_person = field->tag == receipt_person && user->who;

		if (field->tag != receipt_warning && !is_person) {
			put_init(body, field, user);
			continue;
		}
		buf_clear(&ref);
		ref_put(&ref, is_person ? person : warning);
		struct value value = {WIRE_BYTES, 0, buf_bytes(&ref)};
		put_field(body, field->tag, &value);
	}
	buf_release(&ref);
}

bool deed_signed(struct store *store, const struct user *user, struct ref warning,
	struct ref *receipt, int64_t *at)
{
	struct buf body = {0};

	receipt_body(store, user, warning, &body);
	bool is = receipt_again(store, buf_bytes(&body), receipt, at);
	buf_release(&body);
	return is;
}

void deed_say_signed(struct store *store, struct ref receipt, int64_t at, char text[DEED_SAID])
{
	char number[32], time[WHEN_TEXT];

	store_number(store, receipt, number);
	when_short(at, when_now(), time);
	snprintf(text, DEED_SAID, _("您已于 %s 签收（%s），没有再写一份"), time, number);
}

enum rc deed_sign(
	struct store *store, const struct user *user, struct ref warning, struct fault *fault)
{
	struct buf body = {0};
	struct ref made = {0, 0};
	int64_t at;
	enum rc rc = RC_OK;

	receipt_body(store, user, warning, &body);
	if (!receipt_again(store, buf_bytes(&body), &made, &at))
		rc = deed_write(store, user, kind_of(KIND_receipt), &made, 0,
			store_station(store)->area, buf_bytes(&body), fault);
	buf_release(&body);
	return rc;
}
