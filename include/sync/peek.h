/* SPDX-License-Identifier: GPL-3.0-or-later
 * Looking into a frame without taking it: for people who want to know what is on a stick or a line.
 */
#ifndef SYNC_PEEK_H
#define SYNC_PEEK_H

#include "sync/message.h"

struct sight {
	bool join;       /* a question to join: its fields are for the hub's eyes */
	uint64_t sender; /* clear head; 0 = no frame */
	unsigned key_id;
	bool opened; /* the rest is known */
	bool packed, history;
	unsigned dictionary; /* number of the shipped dictionary it was packed with */
	bool decoded;        /* MESSAGE is there */
	struct message message;
};

/* Opens what is sealed for this station, and what it has sealed for TO itself (0 = not known: every
 * site is tried). RC_OK whatever it is; FAULT's text says why it was not opened or decoded. */
enum rc frame_peek(struct store *store, struct bytes frame, uint64_t to, struct arena *arena,
	struct sight *sight, struct fault *fault) MUST_CHECK;
/* First bytes of the shipped dictionary's hash. */
void peek_dictionary(uint8_t hash[8]);

#endif
