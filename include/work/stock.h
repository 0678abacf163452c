/* SPDX-License-Identifier: GPL-3.0-or-later
 * Goods of this place as they are now: what is low, runs out, was not tried or counted; what is asked for, and who has it;
 * what is on its way. And what one line or one key writes of it.
 */
#ifndef WORK_STOCK_H
#define WORK_STOCK_H

#include "work/actor.h"
#include "work/rules.h"

/* What is wrong with a sort of goods, or a device: the first that fits. */
enum stock_fault { STOCK_GOOD, STOCK_EXPIRED, STOCK_LOW, STOCK_EXPIRING, STOCK_BROKEN, STOCK_UNTRIED, STOCK_UNCOUNTED };

struct stock_line {
	struct ref ref;
	unsigned kind; /* KIND_supply or KIND_device */
	const char *name, *spec, *unit, *where;
	bool counted, wanted;     /* the two numbers are known */
	int64_t quantity, target; /* thousandths */
	int64_t expires, tested;  /* dates; 0 = none */
	int64_t days;             /* until it expires, or since it was tried or counted */
	enum stock_fault fault;
	unsigned held; /* so many other entries of the same goods with the same holder */
};

/* Where what is asked for can come from, in the order in which one asks. */
enum offer_from { OFFER_OWN, OFFER_NEIGHBOUR, OFFER_AGREEMENT, OFFER_ABOVE };
struct offer {
	enum offer_from from;
	struct ref ref; /* the supply, or the agreement; seq 0: the station above is asked */
	const char *what, *where, *who, *phone;
	int64_t quantity; /* thousandths; 0 where nobody has counted */
	bool far;         /* .minutes is known */
	int64_t minutes;
};

struct wish {
	struct ref ref;
	const char *number, *name, *unit, *place, *reason;
	uint64_t area;
	int64_t quantity, due; /* due 0 = none */
	int state;
	bool ours; /* asked by this station itself */
	struct offer *offers;
	unsigned count;
};

/* Nothing was allotted for it yet, here or above. */
bool wish_waits(const struct wish *wish);

/* Sent, and not signed for. */
struct sent {
	struct ref ref;
	const char *number, *goods, *unit, *to, *carrier;
	int64_t quantity, at;
	bool here; /* this place signs for it */
	bool lent;
};

/* In the arena they were loaded with. */
struct stock {
	struct stock_line *lines; /* what is wrong first */
	unsigned count;
	struct wish *wishes; /* open; those to be answered first */
	unsigned wish_count;
	struct sent *sent;
	unsigned sent_count;
	unsigned low, expiring, week, untried, uncounted, open, granted, passed, held;
	unsigned below; /* sorts that are low in places below */
};

/* ALL: also what nothing is wrong with. */
enum rc stock_load(struct stock *stock, struct world *world, bool all, struct arena *arena, struct fault *fault) MUST_CHECK;
/* Offers for WISH, own first, then neighbours, agreements, the station above unless it has been asked. */
enum rc stock_offers(struct wish *wish, struct world *world, struct arena *arena, struct fault *fault) MUST_CHECK;

/* One line: "出 潜水泵 1 西彰村", understood. */
struct stock_entry {
	const char *type;      /* a code of move_type */
	struct ref supply, to; /* .to.seq 0: none, or .place is a text */
	uint64_t area;         /* of the place it goes to, where it has no depot; 0 = here */
	const char *name, *unit, *place;
	int64_t quantity, have; /* thousandths; .counted: have is known */
	bool counted;
};
/* RC_BAD: FAULT says what of it is not understood. Texts in ARENA. */
enum rc stock_read(
	struct stock_entry *entry, struct store *store, const char *typed, struct arena *arena, struct fault *fault) MUST_CHECK;
/* "出 潜水泵 1台，剩5台，到西彰村储备点". */
void stock_say(const struct stock_entry *entry, struct buf *out);
enum rc stock_write(const struct actor *actor, const struct stock_entry *entry, struct ref *made, struct fault *fault) MUST_CHECK;

/* OFFER answers WISH: goods are sent with a slip, or the other side is named, or the same is asked of the station above.
 * WORDS: who carries them. SAID: what was done. */
enum rc stock_grant(const struct actor *actor, const struct wish *wish, const struct offer *offer, const char *words,
	struct buf *said, struct fault *fault) MUST_CHECK;
/* How much of WISH that offer can give, thousandths. */
int64_t stock_share(const struct wish *wish, const struct offer *offer);
/* WORDS: "" = all of it came; else how much did, and why not the rest ("18 湿了2床"). */
enum rc stock_receive(const struct actor *actor, const struct sent *sent, const char *words, struct fault *fault) MUST_CHECK;
/* A device was tried: GOOD or not. */
enum rc stock_try(const struct actor *actor, struct ref device, bool good, const char *words, struct fault *fault) MUST_CHECK;
/* Thousandths as people write them: 1.5. */
void stock_number(int64_t thousandths, struct buf *out);

#endif
