/* SPDX-License-Identifier: GPL-3.0-or-later
 * Questions and answers: what one swap says. docs/WIRE.md describes every byte.
 */
#ifndef SYNC_MESSAGE_H
#define SYNC_MESSAGE_H

#include "base/arena.h"
#include "sync/body.h"
#include "sync/evidence.h"

enum message_type {
	MESSAGE_ASK,
	MESSAGE_ANSWER,
	MESSAGE_JOIN,
	MESSAGE_GRANT,
	MESSAGE_CARRY, /* sync/carry.h; its number is the store that GOT counts in, nobody answers it */
	MESSAGE_TYPES
};

enum answer_status {
	ANSWER_DONE,     /* stored durably, this is what is new */
	ANSWER_FULL,     /* our memories differ: ask again with every number (full) */
	ANSWER_PLAIN,    /* the facts or the history did not come out as they went in: again without guesses */
	ANSWER_REVOKED,  /* this station is no longer trusted here */
	ANSWER_BUSY,     /* later */
	ANSWER_OTHER,    /* other facts stand under numbers of yours: nothing was taken */
	ANSWER_STATUSES
};

/* One message, decoded. What is borrowed lives in the arena it was taken into. */
struct message {
	enum message_type type;
	uint64_t number;             /* of the question; the answer echoes it and is applied once */
	enum answer_status status;   /* answers */
	bool full;                   /* every number is given, not only what moved, and the store's number */
	uint64_t store;              /* full: the hub's store, as the asker knows it or as it is */
	uint32_t memory;             /* questions: hash of store, heard, got and sent: "as before" in 4 bytes */
	unsigned got_mask, sent_mask;/* lanes whose numbers are given */
	uint64_t got[LANES];         /* cursor in the hub's arrivals: what the asker has, or where it is now */
	uint64_t sent[LANES];        /* questions: the asker's own arrivals that this frame reaches */
	uint64_t before[LANES];      /* full questions: the same without the facts of this frame */
	uint64_t heard;              /* full: the newest question of the asker whose answer it has; which the hub has answered */
	unsigned more_mask;          /* lanes with more behind this frame */
	int64_t time;                /* the writer's clock, milliseconds since 1970 */
	uint64_t room;               /* questions: bytes that the answer should not exceed; 0 = as many as fit */
	struct mark *marks;          /* numbers held, by whom (the ladder) */
	size_t mark_count;
	struct fact *facts;
	size_t fact_count;
	struct bytes extra;          /* join, grant, keys: tagged fields */
	size_t content;              /* bytes that it was taken from */
	uint64_t counts;             /* carried upwards: as the question with this number; 0 = as none */
	struct trace trace;          /* of what was opened: what its sender can be shown */
	uint32_t key_number;         /* of what was opened: of our key that it was sealed to */
	bool heavy;                  /* it would make its taker do too much at a time (burden_weigh) */
	struct ref *crowded;         /* records that have as many facts as one may have, sorted */
	size_t crowded_count;
};

/* What both ends know of each other. */
struct message_ways {
	uint64_t sender, receiver;
	struct body_ways body;       /* .sender is set from here */
	bool plain;                  /* no guesses: UTF-8, and what was seen in full */
};

/* To plain bytes, neither packed nor sealed; COLUMNS for many facts. */
void message_put(struct buf *out, const struct message *message, bool columns, const struct message_ways *ways);
/* What message_put wrote. RC_BAD on anything else; the number is filled in as far as it could be read. */
enum rc message_take(struct bytes in, const struct message_ways *ways, struct arena *arena, struct message *message,
	struct fault *fault) MUST_CHECK;

/* "As before" in four bytes: of the store's number, the last question that both count as answered, all cursors. */
uint32_t memory_of(uint64_t store, uint64_t heard, const uint64_t got[LANES], const uint64_t sent[LANES]);

#endif
