/* SPDX-License-Identifier: GPL-3.0-or-later
 * Official texts and texts to be read out, put together from a record by the rows `text` of the rules. They are
 * Chinese whatever the language of the terminal: who gets them reads that.
 */
#ifndef WORK_TEXT_H
#define WORK_TEXT_H

#include "work/rules.h"

enum { TEXT_NAMES = 16 };
/* The texts that there are for ROW (NULL: for the day), the usual one first; how many. */
unsigned text_names(const struct row *row, const char *names[TEXT_NAMES]);
/* The text NAME about ROW as it is now; lines end in '\n'. RC_NONE: there is no such text of it; FAULT names those
 * that there are. */
enum rc text_compose(
	struct buf *out, struct world *world, const struct row *row, const char *name, struct fault *fault) MUST_CHECK;

#endif
