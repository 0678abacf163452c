/* SPDX-License-Identifier: GPL-3.0-or-later
 * The outbox as a page: the station above, the ways to it, what waits, what is late and why, what
 * two stations disagree about, what was refused. A line's ref is the record that enter opens; its
 * tag the field in which two values stand, and its fact the one that wrote the value on that line.
 */
#ifndef SCREENS_OUTBOX_PAGE_H
#define SCREENS_OUTBOX_PAGE_H

#include "screens/link_status.h"
#include "ui/page.h"
#include "work/actor.h"

enum { OUTBOX_EACH = 20 }; /* lines of a section at most: more is for lists and the file */

/* What of it is shown. OUTBOX_ALL: every detail of all of them. */
enum outbox_part { OUTBOX_ALL, OUTBOX_LATE, OUTBOX_DIFFER, OUTBOX_REFUSED };

struct outbox_page {
	struct page page;
	enum outbox_part part; /* the caller's */
	bool by_line;          /* the caller's: no keys decide, so none are named */
	struct link_status link;
	unsigned late, came_late, conflicts, refused, claims;
	bool ways; /* there are two ways up */
};
/* What there is of it now, as outbox_now_load found it: a record that waits, something late, a second way, a station above. */
bool outbox_waits(const struct outbox_page *outbox);
bool outbox_is_late(const struct outbox_page *outbox);
bool outbox_has_ways(const struct outbox_page *outbox);
bool outbox_is_joined(const struct outbox_page *outbox);

/* All lines of the outbox as of NOW; ARENA for what is read on the way. */
enum rc outbox_page_load(
	struct outbox_page *outbox, struct store *store, int64_t now, struct arena *arena, struct fault *fault) MUST_CHECK;
/* One state, what waits, and the counts of the other parts: their lines have the part as their tag, and no
 * ref (outbox_now.c). */
enum rc outbox_now_load(
	struct outbox_page *outbox, struct store *store, int64_t now, struct arena *arena, struct fault *fault) MUST_CHECK;
void outbox_page_release(struct outbox_page *outbox);

/* What somebody says of two values: field TAG of record REF keeps the value that it has, or gets the
 * OTHER one, which fact VALUE wrote (seq 0: the newest of the others). */
struct outbox_choice {
	struct ref ref, value;
	unsigned tag;
	bool other;
};
/* Written, by the one door. *OWN: the field itself; else a decision for the station that may write it. */
enum rc outbox_decide(const struct actor *actor, const struct outbox_choice *choice, bool *own, struct fault *fault) MUST_CHECK;
const char *outbox_decided(bool own); /* what to tell then, translated */

/* The second way becomes the first, and that the last. */
enum rc outbox_turn_ways(struct store *store, struct fault *fault) MUST_CHECK;
/* What was late and why, as a text that USER signs. */
enum rc outbox_statement(struct store *store, const struct user *user, struct buf *out, struct fault *fault) MUST_CHECK;

/* What the writers of lines share. */
struct outbox_writing {
	struct outbox_page *outbox;
	struct page *page;
	struct store *store;
	struct arena *arena;
	int64_t now;
	unsigned lane;
	struct ref last; /* late: the record told last */
	unsigned looked; /* late: facts of the lane looked at */
};
/* The page is empty, and what waits is known. */
void outbox_begin(struct outbox_writing *at);
/* What waits too long, and what came too late, with the reasons (outbox_late.c). */
enum rc outbox_late(struct outbox_writing *at, struct fault *fault) MUST_CHECK;
/* Values to settle, and what had no effect or was refused (outbox_attention.c). */
enum rc outbox_differ(struct outbox_writing *at, struct fault *fault) MUST_CHECK;
enum rc outbox_without(struct outbox_writing *at, struct fault *fault) MUST_CHECK;
/* What other stations refused of what is written here (outbox_refused.c). */
enum rc outbox_refused(struct outbox_writing *at, struct fault *fault) MUST_CHECK;
/* Does the line tell of a record of this station that was refused as a whole, and can be written anew? */
bool outbox_refused_whole(const struct page_line *line);
/* What others say of this station without evidence (outbox_claims.c). */
enum rc outbox_claims(struct outbox_writing *at, struct fault *fault) MUST_CHECK;
/* What to do about a refusal for REASON, a code of the table "refusal"; for any reason something.
 */
const char *refusal_advice(struct bytes reason);

#endif
