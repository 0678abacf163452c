/* SPDX-License-Identifier: GPL-3.0-or-later
 * What stands behind every road at the hub's end: questions in, answers out, one commit for all of
 * them.
 */
#ifndef SYNC_SERVE_H
#define SYNC_SERVE_H

#include "base/buf.h"

enum {
	SERVE_BODY = 256 * 1024, /* largest question */
	SERVE_GROUP = 64,   /* questions answered by one call: what they say must fit into memory */
	SERVE_SECONDS = 30, /* from a question's first byte until its answer has left */
	/* Questions and answers on all connections together: a hub that holds so much, its cache and one
	 * batch stays below MemoryMax of config/deploy/outpost-hub@.service. */
	SERVE_MEMORY = 128 << 20,
};

/* Fills ANSWERS[i] (empty, owned by the caller) with what is said to ASKS[i]. They leave when it
 * returns RC_OK: what they promise is durable by then. Any other code: nothing is sent, all of them
 * are to be asked again. */
typedef enum rc serve_fn(
	void *to, const struct bytes asks[], struct buf answers[], size_t n, struct fault *fault);

/* Frames behind a length of 4 bytes, little end first, from IN, each answered on OUT the same way,
 * until IN ends: RC_OK. A frame that takes longer than SECONDS, or none for IDLE seconds: RC_LINK.
 * Longer than SERVE_BODY: RC_BAD. What ANSWER returns ends it too. SIGPIPE must be ignored.
 * (src/sync/link/stdio.c) */
enum rc serve_stdio(int in, int out, int seconds, int idle, serve_fn *answer, void *to,
	struct fault *fault) MUST_CHECK;

#endif
