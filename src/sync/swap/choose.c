/* SPDX-License-Identifier: GPL-3.0-or-later
 * What goes into the next frame: the alarm lane first, and a share for every lane that waits, so
 * that none starves.
 */
#include "sync/inside.h"

#include "model/kinds.h"
#include "store/dropped.h"

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
	struct choice *choice;
	struct log *log;
	uint64_t holder; /* facts that it is proven to hold are left out; 0 = none */
	size_t left;
	bool full, up;
	bool doubts;
	bool again; /* facts may have been asked for again */
	bool ended; /* the receiver's grant has run out: it only hears of that */
};

static void keep(struct choice *choice, const struct fact *fact)
{
	if (choice->count == choice->room_for) {
		size_t room = choice->room_for ? choice->room_for * 2 : 64;
		struct fact *more = arena_get(&choice->arena, room * sizeof *more);
		if (choice->count)
			memcpy(more, choice->facts, choice->count * sizeof *more);
		choice->facts = more;
		choice->room_for = room;
	}
	struct fact *to = &choice->facts[choice->count++];
	*to = *fact;
	to->raw = arena_bytes(&choice->arena, fact->raw);
	to->sig = arena_bytes(&choice->arena, fact->sig);
}

/* The holder above has it, and has not asked for it again. */
static bool is_held(const struct filling *filling, const struct fact *fact)
{
	return filling->holder &&
	       log_held(filling->log, filling->holder, fact->site, fact->seq & 7) >= fact->seq >>
		       3 &&
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

static bool fill(const struct fact *fact, void *to)
{
	struct filling *filling = to;
	size_t size = fact->raw.len + fact->sig.len, fields, names;

	/* Until it has been compared with what is there, a site's that has ended does not go up. */
	if (filling->up && filling->doubts &&
		log_doubtful(filling->log, (struct ref){fact->site, fact->seq}))
		return true;
	if (is_held(filling, fact))
		return true;
	/* Below it would be believed, because it comes from above. When it is proven it gets a new
	 * place. */
	if (!filling->up && fact->state == FACT_UNPROVEN)
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

static enum rc fill_lane(struct store *store, const struct site *site, bool up, unsigned lane,
	struct choice *choice, size_t *left, bool *full, struct fault *fault)
{
	struct log *log = store_log(store);
	bool ended = !up && grant_over(site->until, log_now(log));
	struct filling filling = {choice, log, up ? site->site : 0, *left, false, up,
		up && log_doubts(log), up && dropped_there(log), ended};
	uint64_t from = choice->seen[lane], seen = from;
	size_t before = choice->count;
	enum rc rc;

	if (up)
		rc = log_up(log, lane, from, via_of(site->site), 0, fill, &filling, &seen, fault);
	else
		rc = log_down(log, lane, site->area, from, via_of(site->site), 0, fill, &filling,
			&seen, fault);
	if (choice->count > before || seen > from + SCAN_MOST)
		choice->seen[lane] = seen;
	*left = filling.left;
	*full = filling.full;
	return rc;
}

enum rc choose(struct store *store, const struct site *site, bool up, const uint64_t cursor[LANES],
	unsigned mask, size_t room, struct choice *choice, struct fault *fault)
{
	bool full[LANES] = {false};
	size_t spare = 0;
	enum rc rc = RC_OK;

	memset(choice, 0, sizeof *choice);
	memcpy(choice->seen, cursor, sizeof choice->seen);
	for (unsigned lane = 0; lane < LANES && !rc; lane++) {
		size_t left = room * shares[lane] / 100 + spare;
		if (mask & (1u << lane))
			rc = fill_lane(store, site, up, lane, choice, &left, &full[lane], fault);
		spare = left;
	}
	/* What the lower lanes left over goes to those in front. */
	for (unsigned lane = 0; lane < LANES && !rc && spare; lane++)
		if (full[lane])
			rc = fill_lane(store, site, up, lane, choice, &spare, &full[lane], fault);
	for (unsigned lane = 0; lane < LANES; lane++) {
		choice->moved_mask |= (choice->seen[lane] != cursor[lane]) << lane;
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
