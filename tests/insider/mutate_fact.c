/* SPDX-License-Identifier: GPL-3.0-or-later
 * How facts are made wrong.
 */
#include "mutate.h"

#include "base/when.h"
#include "model/kinds.h"
#include "store/station.h"

static uint64_t any_area(struct mutant *mutant)
{
	uint64_t n = dice_throw(mutant->dice, PLACES + 1);

	return n < PLACES ? places[n].area : any_number(mutant, places[mutant->liar].area);
}

static uint64_t any_stamp(struct mutant *mutant)
{
	static const int64_t days[] = {-4000, -30, -1, 0, 0, 1, 2, 400, 40000};
	int64_t day = days[dice_throw(mutant->dice, countof(days))];

	return (uint64_t)(when_now() + day * 86400) << 16 | dice_throw(mutant->dice, 256);
}

/* Fields that may be of the kind, of any form and length. */
static struct bytes any_body(struct mutant *mutant)
{
	static const size_t longest[] = {3, 40, 1100, 5000};
	struct buf body = {0};
	struct bytes out;
	unsigned tag = 0;

	for (uint64_t n = dice_throw(mutant->dice, 5); n; n--) {
		struct value value = {(enum wire)dice_throw(mutant->dice, 3),
			(int64_t)any_number(mutant, 0),
			any_bytes(mutant, longest[dice_throw(mutant->dice, countof(longest))])};
		tag += 1 + (unsigned)dice_throw(mutant->dice, 4);
		put_field(&body, tag, &value);
	}
	out = arena_bytes(&mutant->crafted.arena, buf_bytes(&body));
	buf_release(&body);
	return out;
}

static void mutate_op(struct mutant *mutant, struct op *op)
{
	switch (dice_throw(mutant->dice, 12)) {
	case 0:
		op->site = any_site(mutant);
		break;
	case 1:
		op->seq = (uint32_t)any_number(mutant, op->seq);
		break;
	case 2:
		op->stamp = any_stamp(mutant);
		break;
	case 3:
		op->rec_site = any_site(mutant);
		break;
	case 4:
		op->rec_seq = (uint32_t)any_number(mutant, op->rec_seq);
		break;
	case 5:
		op->area = any_area(mutant);
		break;
	case 6:
		op->seen = any_stamp(mutant);
		break;
	case 7:
		op->kind = (unsigned)any_number(mutant, op->kind) & 0xff;
		break;
	case 8:
		op->step = (unsigned)dice_throw(mutant->dice, 31);
		break;
	case 9:
		op->who = (uint32_t)any_number(mutant, op->who);
		break;
	case 10:
		op->at = (int64_t)any_number(mutant, (uint64_t)when_now());
		break;
	default:
		op->body = any_body(mutant);
	}
}

static struct op own_op(struct mutant *mutant)
{
	static const unsigned made[] = {KIND_hazard, KIND_warning, KIND_tip, KIND_order,
		KIND_receipt, KIND_supply, KIND_person, KIND_refusal};

	return craft_op(
		&mutant->crafted, made[dice_throw(mutant->dice, countof(made))], 1, "顺手写的");
}

/* A change or a step of a record that is there. */
static struct op step_op(struct mutant *mutant)
{
	struct op op = own_op(mutant);
	struct ref of = once_in(mutant, 4)
				? mutant->scene->warning
				: mutant->scene->hazard[dice_throw(mutant->dice, PLACES)];

	op.rec_site = of.site;
	op.rec_seq = of.seq;
	op.kind = of.seq == mutant->scene->warning.seq ? KIND_warning : KIND_hazard;
	op.area = 0;
	op.step = (unsigned)dice_throw(mutant->dice, 4);
	return op;
}

static struct op trust_op(struct mutant *mutant)
{
	struct site who;
	struct scene *scene = mutant->scene;
	enum spot x = (enum spot)dice_throw(mutant->dice, PLACES);

	if (once_in(mutant, 3))
		return craft_revocation(&mutant->crafted, any_site(mutant), any_area(mutant));
	if (!log_site(store_log(scene->at[mutant->other]), scene_site(scene, x), &who))
		who = scene_known(scene, mutant->liar, mutant->liar);
	if (once_in(mutant, 2))
		who.area = any_area(mutant);
	if (once_in(mutant, 3))
		who.level = (enum level)dice_throw(mutant->dice, LEVELS);
	if (once_in(mutant, 3))
		who.rights = (unsigned)dice_throw(mutant->dice, 0);
	if (once_in(mutant, 3))
		who.until = (int64_t)any_number(mutant, (uint64_t)when_now());
	if (once_in(mutant, 4))
		mutate_bytes(mutant->dice,
			&(struct buf){.at = who.sign_public, .len = sizeof who.sign_public});
	if (once_in(mutant, 4))
		mutate_bytes(mutant->dice,
			&(struct buf){.at = who.agree_public, .len = sizeof who.agree_public});
	return craft_grant(&mutant->crafted, &who);
}

struct finding {
	struct mutant *mutant;
	struct op op;
	struct bytes sig;
};

static bool keep_some(const struct fact *fact, void *to)
{
	struct finding *finding = to;
	struct op op;

	if (!finding->op.site || once_in(finding->mutant, 3)) {
		struct arena *arena = &finding->mutant->crafted.arena;
		if (op_take(arena_bytes(arena, fact->raw), &op)) {
			finding->op = op;
			finding->sig = arena_bytes(arena, fact->sig);
		}
	}
	return true;
}

/* One that is in the liar's store, with its signature. */
static struct op known_op(struct mutant *mutant, struct bytes *sig)
{
	const struct author_held all = {
		any_site(mutant), {UINT32_MAX >> 3, UINT32_MAX >> 3, UINT32_MAX >> 3,
					  UINT32_MAX >> 3, UINT32_MAX >> 3}};
	struct finding finding = {.mutant = mutant};
	struct fault fault;

	if (log_recent(store_log(mutant->scene->at[mutant->liar]), &all, 8192, keep_some, &finding,
		    &fault) != RC_OK ||
		!finding.op.site)
		return own_op(mutant);
	*sig = finding.sig;
	return finding.op;
}

void mutant_fact(struct mutant *mutant)
{
	struct crafted *crafted = &mutant->crafted;
	const struct keys *keys = store_keys(mutant->scene->at[mutant->liar]);
	struct bytes sig = {0, 0};
	struct buf canonical = {0};
	struct op op, again;
	bool good;

	switch (dice_throw(mutant->dice, 5)) {
	case 0:
		op = own_op(mutant);
		break;
	case 1:
		op = step_op(mutant);
		break;
	case 2:
		op = trust_op(mutant);
		break;
	default:
		op = known_op(mutant, &sig);
	}
	for (uint64_t n = dice_throw(mutant->dice, 4); n; n--)
		mutate_op(mutant, &op);
	op_put(&canonical, &op);
	good = op_take(buf_bytes(&canonical), &again);
	buf_release(&canonical);
	if (!good || crafted->count == CRAFTED_MOST)
		return;
	craft_add(crafted, &op, once_in(mutant, 2) ? keys : NULL);
	if (!crafted->facts[crafted->count - 1].sig.len && sig.len)
		crafted->facts[crafted->count - 1].sig = sig;
	if (once_in(mutant, 12)) {
		sig = any_bytes(mutant, SIGN_SIZE);
		if (sig.len == SIGN_SIZE)
			crafted->facts[crafted->count - 1].sig = sig;
	}
}
