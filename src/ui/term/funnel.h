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
};

bool funnel_open(struct funnel *funnel, int out);
void funnel_close(struct funnel *funnel);
void funnel_send(struct funnel *funnel);                              /* all that is in the file */
void funnel_write(struct funnel *funnel, const char *at, size_t len); /* at once */
void funnel_answered(struct funnel *funnel);                          /* ESC [ 0 n came */
bool funnel_late(struct funnel *funnel); /* waited long enough: go on without it */
int64_t funnel_now(void);                /* ms */

#endif
