/* SPDX-License-Identifier: GPL-3.0-or-later
 * One key a household: the step of its transfer, or a relay; and taking that back.
 */
#include "model/codes.h"
#include "model/kinds.h"
#include "store/rows.h"
#include "work/homes.h"
#include "work/writing.h"

/* What a key says, of a transfer and of a relay. */
static const struct {
	const char *step;   /* of a transfer; NULL: it is not the transfer's */
	int state;          /* in which that leaves it */
	const char *result; /* of a relay; NULL: who leaves is put on the list of transfers */
} ticks[TICKS] = {[TICK_TOLD] = {"tell", transfer_is_told, "told"},
	[TICK_LEAVING] = {"leave", transfer_is_leaving, NULL},
	[TICK_ARRIVED] = {"arrive", transfer_is_arrived, NULL},
	[TICK_REFUSED] = {"refuse", transfer_is_refused, "refused"},
	[TICK_ABSENT] = {"absent", transfer_is_absent, "absent"},
	[TICK_HELP] = {NULL, -1, "helped"}};

/* The list says so already: a step to where it stands would change nothing, neither the state nor
 * since when. */
static bool again(const struct home_act *act)
{
	return act->home->transfer.seq && act->home->transfer_state == ticks[act->tick].state;
}

/* Where no warning is told of, it is told to leave: that stands on the list. What the list says
 * already is said once more beside it. */
static bool by_relay(const struct home_act *act)
{
	bool step = ticks[act->tick].step != NULL;

	return ticks[act->tick].result && !act->home->stranger &&
	       (again(act) || (!(step && act->home->transfer.seq) && !(step && !act->warning.seq)));
}

const struct kind *home_writes(const struct home_act *act, unsigned *step)
{
	bool transfer = ticks[act->tick].step && act->home->transfer.seq;

	*step = transfer ? step_named(kind_of(KIND_transfer), ticks[act->tick].step)->tag : 0;
	return kind_of(by_relay(act) ? KIND_relay : KIND_transfer);
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
	writing_ref(&change, "household", act->home->household);
	set_people(&change, relay_people, act->home);
	rc = writing_text(&change, "result", ticks[act->tick].result, fault);
	if (!rc)
		rc = writing_text(&change, "text", act->reason, fault);
	return writing_end(&change, rc, ref, fault);
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
		writing_ref(&change, "warning", warning);
		for (size_t n = 0; n < countof(copied); n++) {
			const struct value *value = row_value(&row, copied[n].from);

			if (value)
				(void)change_put(
					&change, field_of(change.kind, copied[n].to), *value, &why);
		}
		rc = writing_end(&change, RC_OK, ref, fault);
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
	rc = writing_text(&change, "name", _("帮转移的人和车"), fault);
	if (!rc)
		rc = writing_text(&change, "quantity", "1", fault);
	if (!rc)
		rc = writing_text(&change, "reason", buf_cstr(&reason), fault);
	buf_release(&reason);
	return writing_end(&change, rc, ref, fault);
}

static enum rc write_tick(const struct actor *actor, const struct home_act *act,
	struct home_done *done, struct fault *fault)
{
	const struct home *home = act->home;
	const char *step = ticks[act->tick].step;
	bool alone = !home->transfer.seq || !step;
	enum rc rc = RC_OK;

	if (by_relay(act)) {
		rc = write_relay(actor, act, &done->relay, fault);
		if (!rc && act->tick == TICK_HELP)
			rc = write_request(actor, home, &done->request, fault);
		return rc;
	}
	done->transfer = home->transfer;
	done->before = home->transfer_state;
	done->before_at = home->transfer_at;
	if (alone) {
		done->listed = true;
		rc = write_transfer(actor, act->warning, home, &done->transfer, fault);
	}
	/* There is no relay that says it: so the list does, from now on. */
	if (!rc && again(act))
		rc = writing_step(actor, done->transfer, "back", "", fault);
	return rc ? rc : writing_step(actor, done->transfer, step, act->reason, fault);
}

enum rc home_tick(const struct actor *actor, const struct home_act *act, struct home_done *done,
	struct fault *fault)
{
	*done = (struct home_done){.before = -1};
	if (act->home->stranger && !ticks[act->tick].step)
		return fault_set(fault, RC_BAD, _("\"%s\" 不在住户登记里：先登记住户，再报要帮"),
			act->home->head);
	enum rc rc = store_begin(actor->store, fault);

	*done = (struct home_done){
		.household = act->home->household, .before = -1, .at = store_now(actor->store)};
	return rc ? rc : writing_all(actor->store, write_tick(actor, act, done, fault), fault);
}

/* The step that led to a state, to come there again as of then: what is older than a later word
 * from that household must not stand above it. */
static enum rc step_back(
	const struct actor *actor, const struct home_done *done, struct fault *fault)
{
	static const char *const ways[transfer_states] = {[transfer_is_told] = "tell",
		[transfer_is_leaving] = "leave",
		[transfer_is_arrived] = "arrive",
		[transfer_is_refused] = "refuse",
		[transfer_is_absent] = "absent"};
	enum rc rc = writing_step_as_of(
		actor, done->transfer, "back", &(struct writing_words){"", done->before_at}, fault);

	if (!rc && done->before > 0 && ways[done->before])
		rc = writing_step_as_of(actor, done->transfer, ways[done->before],
			&(struct writing_words){_("撤回后恢复"), done->before_at}, fault);
	return rc;
}

enum rc home_undo(const struct actor *actor, const struct home_done *done, struct fault *fault)
{
	enum rc rc = store_begin(actor->store, fault);

	if (rc)
		return rc;
	if (done->relay.seq)
		rc = writing_step(actor, done->relay, "void", "", fault);
	if (!rc && done->request.seq)
		rc = writing_step(actor, done->request, "withdraw", "", fault);
	if (!rc && done->transfer.seq)
		rc = done->listed ? writing_step(actor, done->transfer, "drop", "", fault)
				  : step_back(actor, done, fault);
	return writing_all(actor->store, rc, fault);
}

enum rc home_word(const struct actor *actor, const struct home_done *done, const char *text,
	struct fault *fault)
{
	bool relay = done->relay.seq != 0;
	struct change change;
	struct ref same;

	change_edit(&change, actor, kind_of(relay ? KIND_relay : KIND_transfer),
		relay ? done->relay : done->transfer);
	enum rc rc = writing_text(&change, "text", text, fault);
	return writing_end(&change, rc, &same, fault);
}

const char *home_reason(unsigned n)
{
	const struct code *code = NULL;

	for (unsigned at = 0; at < n; at++)
		if (!(code = code_each("stay_reason", NULL, code)))
			return NULL;
	return code ? code_label(code) : NULL;
}
