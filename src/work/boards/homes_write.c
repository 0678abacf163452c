/* SPDX-License-Identifier: GPL-3.0-or-later
 * One key a household: the step of its transfer, or a relay; and taking that back.
 */
#include <stdio.h>
#include <string.h>

#include "model/kinds.h"
#include "store/rows.h"
#include "work/change.h"
#include "work/homes.h"

/* What a key says, of a transfer and of a relay. */
static const struct {
	unsigned step;      /* of a transfer; 0: it is not the transfer's */
	const char *result; /* of a relay; NULL: who leaves is put on the list of transfers */
} ticks[TICKS] = {[TICK_TOLD] = {transfer_do_tell, "told"},
	[TICK_LEAVING] = {transfer_do_leave, NULL},
	[TICK_ARRIVED] = {transfer_do_arrive, NULL},
	[TICK_REFUSED] = {transfer_do_refuse, "refused"},
	[TICK_ABSENT] = {transfer_do_absent, "absent"},
	[TICK_HELP] = {0, "helped"}};

const struct kind *home_writes(const struct home_act *act, unsigned *step)
{
	bool transfer = ticks[act->tick].step && act->home->transfer.seq;

	*step = transfer ? ticks[act->tick].step : 0;
	return kind_of(transfer || !ticks[act->tick].result ? KIND_transfer : KIND_relay);
}

static void set_ref(struct change *change, unsigned tag, struct ref ref)
{
	struct buf bytes = {0};
	const char *why;

	ref_put(&bytes, ref);
	if (ref.seq)
		(void)change_put(change, field_of(change->kind, tag),
			(struct value){WIRE_BYTES, 0, buf_bytes(&bytes)}, &why);
	buf_release(&bytes);
}

static enum rc set_text(
	struct change *change, const char *name, const char *text, struct fault *fault)
{
	const char *why;

	if (!text || !*text || change_set(change, name, text, &why))
		return RC_OK;
	return fault_set(fault, RC_BAD, "%s", why);
}

static enum rc commit(struct change *change, struct ref *ref, struct fault *fault)
{
	change_defaults(change);
	enum rc rc = change_commit(change, ref, fault);
	change_release(change);
	return rc;
}

/* STEP of the record REF, with a word. */
static enum rc take_step(const struct actor *actor, struct ref ref, unsigned step, const char *text,
	struct fault *fault)
{
	struct arena arena = {0};
	struct record record;
	struct change change;
	struct ref same;
	enum rc rc = store_record(actor->store, ref, &arena, &record, NULL, fault);

	if (!rc) {
		change_step(&change, actor, &record, step_of(record.kind, step));
		rc = set_text(&change, "text", text, fault);
		if (rc)
			change_release(&change);
		else
			rc = commit(&change, &same, fault);
	}
	arena_release(&arena);
	return rc;
}

static void set_people(struct change *change, unsigned tag, const struct home *home)
{
	const char *why;

	if (home->people >= 0)
		(void)change_put(
			change, field_of(change->kind, tag), value_num(home->people), &why);
}

static enum rc write_relay(
	const struct actor *actor, const struct home_act *act, struct ref *ref, struct fault *fault)
{
	struct change change;
	enum rc rc;

	change_new(&change, actor, kind_of(KIND_relay), act->warning);
	change.op.area = act->home->area;
	set_ref(&change, relay_household, act->home->household);
	set_people(&change, relay_people, act->home);
	rc = set_text(&change, "result", ticks[act->tick].result, fault);
	if (!rc)
		rc = set_text(&change, "text", act->reason, fault);
	if (!rc)
		return commit(&change, ref, fault);
	change_release(&change);
	return rc;
}

/* Onto the list of transfers, with what the register knows of where to go. */
static enum rc write_transfer(const struct actor *actor, struct ref warning,
	const struct home *home, struct ref *ref, struct fault *fault)
{
	static const struct {
		unsigned from, to;
	} copied[] = {{household_point, transfer_point}, {household_shelter, transfer_shelter}};
	struct arena arena = {0};
	struct change change;
	struct row row;
	const char *why;
	enum rc rc = store_row(actor->store, home->household, &arena, &row, fault);

	if (!rc && home->people < 0)
		rc = fault_set(
			fault, RC_BAD, _("住户登记里没有人口，先补上再勾：\"%s\""), home->head);
	if (!rc) {
		change_new(&change, actor, kind_of(KIND_transfer), home->household);
		change.op.area = home->area;
		set_people(&change, transfer_people, home);
		set_ref(&change, transfer_warning, warning);
		for (size_t n = 0; n < countof(copied); n++) {
			const struct value *value = row_value(&row, copied[n].from);

			if (value)
				(void)change_put(
					&change, field_of(change.kind, copied[n].to), *value, &why);
		}
		rc = commit(&change, ref, fault);
	}
	arena_release(&arena);
	return rc;
}

/* Whom help is asked for stands in the request: the village does not see the list. */
static enum rc write_request(
	const struct actor *actor, const struct home *home, struct ref *ref, struct fault *fault)
{
	struct change change;
	struct buf reason = {0};
	enum rc rc;

	change_new(&change, actor, kind_of(KIND_request), (struct ref){0, 0});
	change.op.area = home->area;
	buf_fmt(&reason, "%s %s %s %s", home->group, home->head, home->tags, home->phone);
	rc = set_text(&change, "name", _("帮转移的人和车"), fault);
	if (!rc)
		rc = set_text(&change, "quantity", "1", fault);
	if (!rc)
		rc = set_text(&change, "reason", buf_cstr(&reason), fault);
	buf_release(&reason);
	if (!rc)
		return commit(&change, ref, fault);
	change_release(&change);
	return rc;
}

static enum rc write_tick(const struct actor *actor, const struct home_act *act,
	struct home_done *done, struct fault *fault)
{
	const struct home *home = act->home;
	unsigned step = ticks[act->tick].step;
	bool alone = !home->transfer.seq || !step;
	enum rc rc = RC_OK;

	if (alone && ticks[act->tick].result) {
		rc = write_relay(actor, act, &done->relay, fault);
		if (!rc && act->tick == TICK_HELP)
			rc = write_request(actor, home, &done->request, fault);
		return rc;
	}
	done->transfer = home->transfer;
	done->before = home->transfer_state;
	if (alone) {
		done->listed = true;
		rc = write_transfer(actor, act->warning, home, &done->transfer, fault);
	}
	return rc ? rc : take_step(actor, done->transfer, step, act->reason, fault);
}

static enum rc end(struct store *store, enum rc rc, struct fault *fault)
{
	if (!rc)
		return store_commit(store, fault);
	store_undo(store);
	return rc;
}

enum rc home_tick(const struct actor *actor, const struct home_act *act, struct home_done *done,
	struct fault *fault)
{
	enum rc rc = store_begin(actor->store, fault);

	*done = (struct home_done){
		.household = act->home->household, .before = -1, .at = store_now(actor->store)};
	return rc ? rc : end(actor->store, write_tick(actor, act, done, fault), fault);
}

/* The step that led to a state, to come there again. */
static enum rc step_back(
	const struct actor *actor, const struct home_done *done, struct fault *fault)
{
	static const unsigned ways[transfer_states] = {[transfer_is_told] = transfer_do_tell,
		[transfer_is_leaving] = transfer_do_leave,
		[transfer_is_arrived] = transfer_do_arrive,
		[transfer_is_refused] = transfer_do_refuse,
		[transfer_is_absent] = transfer_do_absent};
	enum rc rc = take_step(actor, done->transfer, transfer_do_back, NULL, fault);

	if (!rc && done->before > 0 && ways[done->before])
		rc = take_step(actor, done->transfer, ways[done->before], _("撤回后恢复"), fault);
	return rc;
}

enum rc home_undo(const struct actor *actor, const struct home_done *done, struct fault *fault)
{
	enum rc rc = store_begin(actor->store, fault);

	if (rc)
		return rc;
	if (done->relay.seq)
		rc = take_step(actor, done->relay, relay_do_void, NULL, fault);
	if (!rc && done->request.seq)
		rc = take_step(actor, done->request, request_do_withdraw, NULL, fault);
	if (!rc && done->transfer.seq)
		rc = done->listed ? take_step(actor, done->transfer, transfer_do_drop, NULL, fault)
				  : step_back(actor, done, fault);
	return end(actor->store, rc, fault);
}

enum rc home_word(const struct actor *actor, const struct home_done *done, const char *text,
	struct fault *fault)
{
	bool relay = done->relay.seq != 0;
	struct change change;
	struct ref same;

	change_edit(&change, actor, kind_of(relay ? KIND_relay : KIND_transfer),
		relay ? done->relay : done->transfer);
	enum rc rc = set_text(&change, "text", text, fault);
	if (!rc)
		return commit(&change, &same, fault);
	change_release(&change);
	return rc;
}
