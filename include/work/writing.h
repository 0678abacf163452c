/* SPDX-License-Identifier: GPL-3.0-or-later
 * What boards write with one key, put together from changes: all of it or nothing.
 */
#ifndef WORK_WRITING_H
#define WORK_WRITING_H

#include "work/change.h"

/* A value as it is typed; "" and NULL: none. */
enum rc writing_text(struct change *change, const char *name, const char *text, struct fault *fault) MUST_CHECK;
/* A record; seq 0: none. */
void writing_ref(struct change *change, const char *name, struct ref ref);
/* A record of a person, or where there is none the name. */
void writing_person(struct change *change, const char *name, struct ref ref, const char *called);
/* RC: what came before. Commits CHANGE with what is usual, and releases it. */
enum rc writing_end(struct change *change, enum rc rc, struct ref *ref, struct fault *fault) MUST_CHECK;
/* STEP of the record REF, with a word. */
enum rc writing_step(
	const struct actor *actor, struct ref ref, const char *step, const char *text, struct fault *fault) MUST_CHECK;
/* The same with the time at which it was so, where it only says again what was said before (Unix seconds; 0 = now). */
struct writing_words {
	const char *text; /* "" = none */
	int64_t at;
};
enum rc writing_step_as_of(const struct actor *actor, struct ref ref, const char *step, const struct writing_words *words,
	struct fault *fault) MUST_CHECK;
/* The end of what store_begin began: kept where RC is RC_OK. */
enum rc writing_all(struct store *store, enum rc rc, struct fault *fault) MUST_CHECK;

/* What one key of a person wrote here: a receipt or another answer, a zero report, an order. */
enum { WRITING_BACK_SECONDS = 3600 };
struct written {
	struct ref ref; /* seq 0: nothing that could be taken back */
	const struct kind *kind;
	const struct step *step; /* that says the opposite */
	uint64_t stamp;
};
/* The newest of the last WRITING_BACK_SECONDS by the actor. */
enum rc writing_last(const struct actor *actor, struct written *last, struct fault *fault) MUST_CHECK;
/* Takes it back, by that step. */
enum rc writing_back(const struct actor *actor, const struct written *last, struct fault *fault) MUST_CHECK;

#endif
