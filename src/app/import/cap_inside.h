/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the files that import alerts share.
 */
#ifndef APP_CAP_INSIDE_H
#define APP_CAP_INSIDE_H

#include "app/cap_book.h"
#include "app/intake.h"
#include "format/cap.h"
#include "format/cap_areas.h"
#include "model/area.h"

/* An import of alerts, and what the station has of them. */
struct intake_cap {
	struct intake *in;
	struct cap_book *book;
	const struct book_entry *before; /* the newest of the book when this file began */
	unsigned elsewhere;              /* alerts of this file that lie elsewhere */
	struct cap_villages villages;
	struct village *village; /* what those are; owned */
	size_t room;
};

/* A part of an alert, and where it lies for this station. */
struct part {
	struct cap_warning warning;
	struct buf areas;
	uint64_t area; /* to store for */
	enum area_reach reach;
	struct book_entry *entry; /* once it is stored; NULL: it was refused */
	bool fresh, renewed;      /* it is new here; it is a new version of one that was */
};

struct alert {
	const struct cap_alert *read;
	struct part *parts;
	unsigned count;
	unsigned place; /* in the file: sorts those of one second */
};

/* cap_store.c: PART becomes a warning, or adds to the one that is here, or is another version of
 * it. */
enum rc cap_store(struct intake_cap *cap, const struct alert *alert, struct part *part,
	struct fault *fault) MUST_CHECK;

/* cap_tie.c: the stored parts of ALERT close what they refer to, and are closed by what came before
 * them; what cannot be tied is left for a person. */
enum rc cap_tie(struct intake_cap *cap, const struct alert *alert, struct fault *fault) MUST_CHECK;

/* cap_close.c: STEP (0 = none) of ENTRY, when this station wrote it and BECAUSE is no drill where
 * that is real. */
enum rc cap_close(struct intake_cap *cap, struct book_entry *entry, unsigned step,
	const struct book_entry *because, struct fault *fault) MUST_CHECK;
/* A person is to look at ENTRY: CODE of "doubt", and what it may have to do with OTHER (may be
 * NULL). */
enum rc cap_doubt(struct intake_cap *cap, struct book_entry *entry, const char *code,
	const struct book_entry *other, struct fault *fault) MUST_CHECK;
/* What was in doubt is tied. */
enum rc cap_settle(struct intake_cap *cap, struct book_entry *entry,
	const struct book_entry *because, struct fault *fault) MUST_CHECK;

#endif
