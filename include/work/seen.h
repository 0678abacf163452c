/* SPDX-License-Identifier: GPL-3.0-or-later
 * What of home is new to a person. A row is new while the newest fact of its record came here (log_arrived) after that
 * person looked last, and is not his own. Looked: he opened or signed the record, or left home after the row had stood on
 * the page. What was folded away or below the page waits until it has. Whoever looks for the first time finds nothing new.
 * Kept by person beside what was judged for home (HOME/recall), so it costs no other process anything; where it is lost,
 * nothing is marked.
 */
#ifndef WORK_SEEN_H
#define WORK_SEEN_H

#include "model/op.h"
#include "work/actor.h"

/* A record, and its newest fact. */
struct seen_row {
	struct ref ref;
	uint64_t arrived;
};

enum { SEEN_MOST = 400 };

struct seen {
	struct store *store;
	uint32_t who;                    /* 0: nobody in particular, to whom nothing is new */
	uint64_t upto;                   /* all that came up to here was looked at */
	uint64_t last;                   /* the newest fact when this was read */
	struct seen_row rows[SEEN_MOST]; /* what was looked at of what came since */
	unsigned count;
	bool changed;
};

/* As it was kept. */
void seen_load(struct seen *seen, const struct actor *actor);
/* The newest fact of REF if it is new, 0 if it is not. */
uint64_t seen_new(const struct seen *seen, struct ref ref);
/* REF was looked at, up to that fact. */
void seen_look(struct seen *seen, struct seen_row row);
/* All that came up to SEEN->last was looked at. */
void seen_all(struct seen *seen);
/* Keeps what has changed: a courtesy, where it cannot be kept the same rows are marked again. */
void seen_keep(struct seen *seen);
/* The record was opened or signed. */
void seen_record(const struct actor *actor, struct ref ref);

#endif
