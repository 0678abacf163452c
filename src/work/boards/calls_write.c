/* SPDX-License-Identifier: GPL-3.0-or-later
 * One digit a call: the call, the answer where somebody took it and repeated it, taking that back,
 * a number put right, and who is at which place.
 */
#include <stdio.h>
#include <string.h>

#include "model/area.h"
#include "model/codes.h"
#include "model/kinds.h"
#include "store/db.h"
#include "work/change.h"
#include "work/owing.h"
#include "work/writing.h"

/* What the place owes, by the kind that answers. */
static enum rc fill_answer(struct change *change, const struct call_act *act, struct fault *fault)
{
	const struct callee *callee = owing_callee(act->place);
	char repeated[80];
	bool known = act->owing->ask->states & ~1u; /* that it is over */
	snprintf(repeated, sizeof repeated, _("%s复述"), code_text("method", act->method));
	enum rc rc = writing_text(change, "text", repeated, fault);

	if (callee && change_named(change, "person"))
		writing_person(change, "person", callee->person, callee->name);
	if (!rc && change->kind->id == KIND_receipt) {
		rc = writing_text(change, "method", act->method, fault);
		if (!rc)
			rc = writing_text(change, "result", known ? "known" : "signed", fault);
		if (!rc && callee)
			rc = writing_text(change, "post", callee->title, fault);
	}
	return rc;
}

static enum rc write_answer(
	const struct actor *actor, const struct call_act *act, struct ref *ref, struct fault *fault)
{
	struct change change;

	change_new(&change, actor, kind_of(act->owing->ask->answer), act->owing->record);
	change.op.area = act->place->area;
	return writing_end(&change, fill_answer(&change, act, fault), ref, fault);
}

static enum rc fill_call(struct change *change, const struct call_act *act, struct fault *fault)
{
	const struct callee *callee = owing_callee(act->place);
	const char *const texts[][2] = {{"phone", act->phone}, {"method", act->method},
		{"result", act->result}, {"text", act->text}};
	enum rc rc = RC_OK;
	const char *why;

	if (!callee)
		return fault_set(fault, RC_BAD, "%s", _("没有登记可叫的人，先在人员里登记"));
	writing_person(change, "callee", callee->person, callee->name);
	(void)change_put(change, change_named(change, "attempt"),
		value_num((int64_t)act->place->calls + 1), &why);
	for (size_t n = 0; n < countof(texts) && !rc; n++)
		rc = writing_text(change, texts[n][0], texts[n][1], fault);
	return rc;
}

enum rc call_write(const struct actor *actor, const struct call_act *act, struct call_done *done,
	struct fault *fault)
{
	struct change change;
	enum rc rc = store_begin(actor->store, fault);

	*done = (struct call_done){.area = act->place->area, .at = store_now(actor->store)};
	if (rc)
		return rc;
	change_new(&change, actor, kind_of(KIND_call), act->owing->record);
	change.op.area = act->place->area;
	rc = writing_end(&change, fill_call(&change, act, fault), &done->call, fault);
	if (!rc && !strcmp(act->result, "answered") && callee_answers(owing_callee(act->place)))
		rc = write_answer(actor, act, &done->answer, fault);
	return writing_all(actor->store, rc, fault);
}

enum rc call_undo(const struct actor *actor, const struct call_done *done, struct fault *fault)
{
	enum rc rc = store_begin(actor->store, fault);

	if (rc)
		return rc;
	rc = writing_step(actor, done->call, "void", "", fault);
	if (!rc && done->answer.seq)
		rc = writing_step(actor, done->answer, "void", "", fault);
	return writing_all(actor->store, rc, fault);
}

enum rc call_word(const struct actor *actor, const struct call_done *done, const char *text,
	struct fault *fault)
{
	struct change change;
	struct ref same;

	change_edit(&change, actor, kind_of(KIND_call), done->call);
	return writing_end(&change, writing_text(&change, "text", text, fault), &same, fault);
}

enum rc call_number(
	const struct actor *actor, struct ref person, const char *phone, struct fault *fault)
{
	struct change change;
	struct ref same;

	change_edit(&change, actor, kind_of(KIND_person), person);
	return writing_end(&change, writing_text(&change, "phone", phone, fault), &same, fault);
}

/* ---- urging */

static void put_owing(const struct owing *owing, struct buf *out, unsigned *count)
{
	struct bytes name;

	for (unsigned n = 0; n < owing->count; n++) {
		if (owing->places[n].answered || !area_name(owing->places[n].area, &name))
			continue;
		/* zh: between names in a text */
		buf_text(out, *count ? "、" : "");
		buf_put(out, name.at, name.len);
		++*count;
	}
}

static bool see_any(const struct row *row, void *to)
{
	(void)row;
	*(bool *)to = true;
	return false;
}

/* Is there an order that says the same to the same, and is not done? */
static bool urged(struct store *store, const char *text, const char *to)
{
	struct query query = query_all(KIND_order);
	struct fault fault;
	bool found = false;

	query.filters[0] = (struct filter){order_text, '=', value_text(text)};
	query.filters[1] = (struct filter){order_to, '=', value_text(to)};
	query.filter_count = 2;
	query.state_flags = STATE_OPEN;
	return store_each(store, &query, see_any, &found, &fault) == RC_OK && found;
}

enum rc owing_urge(const struct actor *actor, const struct owing *owing, const char *title,
	unsigned *count, struct fault *fault)
{
	struct buf to = {0}, text = {0};
	struct change change;
	struct ref ref;
	enum rc rc;

	*count = 0;
	put_owing(owing, &to, count);
	buf_fmt(&text, _("请立即签收：%s"), title);
	if (!*count) {
		rc = fault_set(fault, RC_BAD, "%s", _("没有要催的：都签了"));
	} else if (urged(actor->store, buf_cstr(&text), buf_cstr(&to))) {
		rc = fault_set(fault, RC_BAD, _("这%u处已经催过，没有再下指令：按 J 叫应"), *count);
	} else {
		change_new(&change, actor, kind_of(KIND_order), (struct ref){0, 0});
		rc = writing_text(&change, "text", buf_cstr(&text), fault);
		if (!rc)
			rc = writing_text(&change, "to", buf_cstr(&to), fault);
		rc = writing_end(&change, rc, &ref, fault);
	}
	buf_release(&to);
	buf_release(&text);
	return rc;
}

/* ---- who is where */

enum { CLAIM_WHO = 1, CLAIM_AT, CLAIM_TAGS, CLAIM_SECONDS = 120, CLAIM_AGAIN = 60 };

void call_claim(const struct actor *actor, uint64_t area)
{
	int64_t claim[CLAIM_TAGS] = {0}, now = store_now(actor->store);
	int64_t who = actor->user ? actor->user->who : 0;
	struct fault fault;

	if (!who || store_readonly(actor->store))
		return;
	(void)kv_list(actor->store, kv_of(KV_CLAIMED, area), claim, CLAIM_TAGS);
	bool old = now - claim[CLAIM_AT] >= CLAIM_SECONDS;
	if ((claim[CLAIM_WHO] != who && !old) ||
		(claim[CLAIM_WHO] == who && now - claim[CLAIM_AT] < CLAIM_AGAIN))
		return;
	claim[CLAIM_WHO] = who;
	claim[CLAIM_AT] = now;
	/* It is only a courtesy: where it cannot be kept, both see the row. */
	(void)!kv_list_set(actor->store, kv_of(KV_CLAIMED, area), claim, CLAIM_TAGS, &fault);
}

bool call_claimed(const struct actor *actor, uint64_t area, struct buf *out)
{
	int64_t claim[CLAIM_TAGS] = {0}, now = store_now(actor->store);
	struct user user;

	if (!kv_list(actor->store, kv_of(KV_CLAIMED, area), claim, CLAIM_TAGS) ||
		now - claim[CLAIM_AT] >= CLAIM_SECONDS || now < claim[CLAIM_AT] ||
		(actor->user && claim[CLAIM_WHO] == actor->user->who) ||
		!store_user_who(actor->store, store_station(actor->store)->site,
			(uint32_t)claim[CLAIM_WHO], &user))
		return false;
	buf_text(out, user.name);
	return true;
}
