/* SPDX-License-Identifier: GPL-3.0-or-later
 * Questions and answers: what one swap says, packed (zstd with the shipped dictionary and the confirmed history)
 * and sealed between two stations' keys. docs/WIRE.md describes every byte.
 */
#ifndef SYNC_FRAME_H
#define SYNC_FRAME_H

#include "base/arena.h"
#include "sync/body.h"

enum message_type { MESSAGE_ASK, MESSAGE_ANSWER, MESSAGE_JOIN, MESSAGE_GRANT, MESSAGE_CARRY };

enum answer_status {
	ANSWER_DONE,     /* stored durably, this is what is new */
	ANSWER_FULL,     /* our memories differ: ask again with every number (flag `full`) */
	ANSWER_REVOKED,  /* this station is no longer trusted here */
	ANSWER_UNKNOWN,  /* not enrolled here */
	ANSWER_BUSY,     /* later */
	ANSWER_UTF8,     /* the facts did not come out as they went in: again with texts in UTF-8 */
};

/* One message, decoded. Everything is borrowed from the arena it was taken into. */
struct message {
	enum message_type type;
	uint64_t number;             /* of the question; the answer echoes it and is applied once */
	enum answer_status status;   /* answers */
	uint64_t store;              /* number of the hub's store: as the asker knows it, or as it is */
	uint32_t memory;             /* questions: hash of store, got and sent of all lanes; says "as before" in 4 bytes */
	bool full;                   /* every lane's got and sent are given, not only those that moved */
	unsigned got_mask, sent_mask;/* lanes whose numbers are given */
	uint64_t got[LANES], sent[LANES]; /* questions: cursors in the hub's arr, in the asker's arr after these facts
	                                   * answers: got = where the asker's cursor is now */
	unsigned more_mask;          /* answers: lanes with more behind the cursor */
	int64_t time;                /* answers: the hub's clock, milliseconds */
	uint32_t room;               /* questions: bytes the answer may have (pace); 0 = no limit known */
	struct mark *marks;          /* answers: numbers held, by whom */
	size_t mark_count;
	struct fact *facts;
	size_t fact_count;
	struct bytes extra;          /* join, grant, key announcement: tagged fields of enrol.c and seal.c */
};

/* A message into plain bytes and back (no compression, no seal). */
void message_put(struct buf *out, const struct message *message, uint64_t sender, bool columns, bool utf8);
enum rc message_take(struct bytes in, uint64_t sender, struct arena *arena, struct message *message,
	struct fault *fault) MUST_CHECK;

/* What both ends have confirmed to each other, as raw facts in order: the last 64 kB serve as dictionary. */
struct history_bytes {
	struct bytes rows;           /* body rows of confirmed facts, newest last */
	uint64_t end;                /* names its end */
};

/* Plain bytes to packed ones and back, with the caps against bombs (window 1 MiB, output LIMIT_PLAIN, ratio 200). */
enum rc frame_pack(struct buf *out, struct bytes plain, const struct history_bytes *history, struct fault *fault) MUST_CHECK;
enum rc frame_unpack(struct buf *out, struct bytes packed, const struct history_bytes *history, struct fault *fault) MUST_CHECK;

#endif
