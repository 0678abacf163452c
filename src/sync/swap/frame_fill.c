/* SPDX-License-Identifier: GPL-3.0-or-later
 * What goes into the next frame: the alarm lane first, and a share for every lane that waits, so
 * that none starves.
 */
#include "store/rows.h"
#include "sync/swap/internal.h"

#include "base/memory.h"
#include "model/kinds.h"

#include <string.h>

/* What a lane is sure of in a full frame, in hundredths; what it does not use goes to the lanes in
 * front. */
static const unsigned shares[LANES] = {60, 20, 10, 5, 5};

enum {
	FACTS_MOST = 4096, /* as many as a hub stores in one transaction */
	SCAN_MOST = 5000,  /* a cursor stays where it is (and costs nothing to tell) until so much
			      was passed over */
};

struct filling {
	const struct wanted *wanted;
	struct choice *choice;
	struct log *log;
	size_t left; /* of the room for the lane that is looked at */
	bool full;   /* it had more than that */
	bool doubts;
	bool again; /* facts may have been asked for again */
	bool ended; /* the receiver's grant has run out: it only hears of that */
};

static void keep(struct choice *choice, const struct fact *fact)
{
	choice->facts = array_more_in(&choice->arena, choice->facts, choice->count,
		&choice->room_for, sizeof *choice->facts);
	struct fact *to = &choice->facts[choice->count++];
	*to = *fact;
	to->raw = arena_bytes(&choice->arena, fact->raw);
	to->sig = arena_bytes(&choice->arena, fact->sig);
}

/* The holder above has it, and has not asked for it again. */
static bool is_held(const struct filling *filling, const struct fact *fact)
{
	return filling->wanted->up &&
	       log_held(filling->log, filling->wanted->site->site, fact->site, fact->seq & 7) >=
		       fact->seq >> 3 &&
	       !(filling->again && dropped_again(filling->log, fact->site, fact->seq));
}

/* Values of FACT, and sites that it may name. False: it is none, and nobody could read a frame that
 * holds it. */
static bool weigh_fields(const struct fact *fact, size_t *fields, size_t *names)
{
	struct value value;
	struct op op;
	unsigned tag;

	*fields = 0;
	*names = 2;
	if (!op_take(fact->raw, &op))
		return false;
	for (struct bytes in = op.body; in.len && take_field(&in, &tag, &value); ++*fields)
		*names += value.wire == WIRE_BYTES;
	return true;
}

/* Does one with so much still go into a frame that its reader takes? */
static bool fits(struct choice *choice, size_t fields, size_t names)
{
	if (choice->fields + fields > LIMIT_FRAME_ITEMS ||
		choice->names + names > LIMIT_FRAME_SITES)
		return false;
	choice->fields += fields;
	choice->names += names;
	return true;
}

bool choice_keep(const struct fact *fact, void *to)
{
	struct choice *choice = to;
	size_t fields, names;

	for (size_t i = 0; i < choice->count; i++)
		if (choice->facts[i].site == fact->site && choice->facts[i].seq == fact->seq)
			return true;
	if (choice->count == FACTS_MOST || !weigh_fields(fact, &fields, &names) ||
		!fits(choice, fields, names))
		return false;
	keep(choice, fact);
	return true;
}

static bool fill(const struct fact *fact, void *to)
{
	struct filling *filling = to;
	size_t size = fact->raw.len + fact->sig.len, fields, names;
	bool up = filling->wanted->up;

	/* Until it has been compared with what is there, a site's that has ended does not go up. */
	if (up && filling->doubts &&
		log_doubtful(filling->log, (struct ref){fact->site, fact->seq}))
		return true;
	if (is_held(filling, fact))
		return true;
	/* Below it would be believed, because it comes from above. When it is proven it gets a new
	 * place. */
	if (!up && fact->state == FACT_UNPROVEN)
		return true;
	if (filling->ended && fact->kind != KIND_grant && fact->kind != KIND_refusal)
		return true;
	if (!weigh_fields(fact, &fields, &names))
		return true;
	/* One fact always goes, however small the frame. */
	if ((size > filling->left && filling->choice->count) ||
		filling->choice->count == FACTS_MOST || !fits(filling->choice, fields, names)) {
		filling->full = true;
		return false;
	}
	filling->left -= size < filling->left ? size : filling->left;
	keep(filling->choice, fact);
	return true;
}

/* As much of LANE as goes into ROOM bytes. */
static enum rc fill_lane(struct filling *filling, unsigned lane, size_t room, struct fault *fault)
{
	const struct site *site = filling->wanted->site;
	struct choice *choice = filling->choice;
	uint64_t from = choice->seen[lane], seen = from;
	const struct facts_query query = {
		.lane = lane, .area = site->area, .cursor = from, .via = via_of(site->site)};
	size_t before = choice->count;

	filling->left = room;
	filling->full = false;
	enum rc rc = (filling->wanted->up ? log_up : log_down)(
		filling->log, &query, fill, filling, &seen, fault);
	if (choice->count > before || seen > from + SCAN_MOST)
		choice->seen[lane] = seen;
	return rc;
}

enum rc frame_fill(struct store *store, const struct wanted *wanted, struct choice *choice,
	struct fault *fault)
{
	struct log *log = store_log(store);
	struct filling filling = {.wanted = wanted,
		.choice = choice,
		.log = log,
		.doubts = wanted->up && log_doubts(log),
		.again = wanted->up && dropped_there(log),
		.ended = !wanted->up && grant_over(wanted->site->until, log_now(log))};
	bool full[LANES] = {false};
	size_t spare = 0;
	enum rc rc = RC_OK;

	memset(choice, 0, sizeof *choice);
	memcpy(choice->seen, wanted->cursor, sizeof choice->seen);
	for (unsigned lane = 0; lane < LANES && !rc; lane++) {
		spare += wanted->room * shares[lane] / 100;
		if (!(wanted->mask & (1u << lane)))
			continue;
		rc = fill_lane(&filling, lane, spare, fault);
		spare = filling.left;
		full[lane] = filling.full;
	}
	/* What the lower lanes left over goes to those in front. */
	for (unsigned lane = 0; lane < LANES && !rc && spare; lane++) {
		if (!full[lane])
			continue;
		rc = fill_lane(&filling, lane, spare, fault);
		spare = filling.left;
		full[lane] = filling.full;
	}
	for (unsigned lane = 0; lane < LANES; lane++) {
		choice->moved_mask |= (choice->seen[lane] != wanted->cursor[lane]) << lane;
		choice->more_mask |= (unsigned)full[lane] << lane;
	}
	return rc;
}

size_t room_of(size_t frame)
{
	return frame < 4096 ? frame * 2 : frame * 4;
}

size_t room_less(size_t room, size_t frame)
{
	return frame > PACE_MOST ? room / 8 * 7 * PACE_MOST / frame : room;
}

void choice_release(struct choice *choice)
{
	arena_release(&choice->arena);
}
