/* SPDX-License-Identifier: GPL-3.0-or-later
 * The output funnel: what is written into a memory file leaves in one write a frame, and is
 * counted. A terminal that is behind is asked for a sign of life (ESC [ 5 n); the next frame can
 * wait for the answer.
 */
#ifndef UI_FUNNEL_H
#define UI_FUNNEL_H

#include <stdio.h>

#include "base/base.h"

struct funnel {
	FILE *file; /* write here */
	int out;
	bool gone;           /* the line is closed */
	uint64_t bytes;      /* written so far */
	uint64_t unanswered; /* since the last answer */
	int64_t until_ms;    /* an answer is awaited until then (funnel_now); 0 = none */
	bool silent;         /* it did not answer in time: not asked again until it does */
	unsigned asked;      /* questions without an answer */
	enum { MARK_NONE, MARK_NEXT, MARK_SENT } mark; /* a frame that has to be known as seen */
	struct {
		int64_t since; /* the question went out, with so many bytes before it (funnel_now)
				*/
		unsigned bytes;
	} sent;
	unsigned frame_bytes, frame_ms; /* of the last one that was answered; 0 = none was */
	int64_t mark_ms; /* it was sent: taken as seen then, answered or not (funnel_now) */
};

bool funnel_open(struct funnel *funnel, int out);
void funnel_close(struct funnel *funnel);
void funnel_send(struct funnel *funnel);                              /* all that is in the file */
void funnel_write(struct funnel *funnel, const char *at, size_t len); /* at once */
void funnel_answered(struct funnel *funnel);                          /* ESC [ 0 n came */
bool funnel_late(struct funnel *funnel); /* waited long enough: go on without it */
int64_t funnel_now(void);                /* ms */
/* The next frame has to be known as seen by whoever sits at the terminal: it carries the question,
 * however small it is. */
void funnel_mark(struct funnel *funnel);
/* True once, when that frame was shown: answered, or a while ago where nothing ever answers. */
bool funnel_seen(struct funnel *funnel);

#endif
