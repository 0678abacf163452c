/* SPDX-License-Identifier: GPL-3.0-or-later
 * An enrolled station that says what it likes: its keys are right, what stands in its frames is up
 * to the test.
 */
#ifndef INSIDER_LIAR_H
#define INSIDER_LIAR_H

#include "scene.h"
#include "snapshot.h"
#include "store/station.h"
#include "store/rows/internal.h"
#include "sync/wire.h"

/* ---- facts made by hand */

enum { CRAFTED_MOST = 300 };
struct crafted {
	struct arena arena;
	struct store *as; /* whose numbers follow each other */
	struct fact facts[CRAFTED_MOST];
	size_t count;
	uint32_t next[LANES];
};

void craft_begin(struct crafted *crafted, struct store *as);
void craft_end(struct crafted *crafted);
/* The next fact of its own in the lane of KIND: the first of a record in its own area, of now, with
 * one field of text. */
struct op craft_op(struct crafted *crafted, unsigned kind, unsigned tag, const char *text);
/* A grant for WHO, of its area; a revocation of SITE in AREA. */
struct op craft_grant(struct crafted *crafted, const struct site *who);
struct op craft_revocation(struct crafted *crafted, uint64_t site, uint64_t area);
/* As it is now, signed by SIGNER (NULL: not), into what will be sent. Returns the raw bytes. */
struct bytes craft_add(struct crafted *crafted, const struct op *op, const struct keys *signer);
/* A field in the form of a fact's, appended to an extra. */
void craft_extra(
	struct crafted *crafted, struct message *message, unsigned tag, struct bytes bytes);

/* ---- said upwards */

/* A question as X would ask now: every number, no facts. Its number is used up. */
struct message liar_question(struct scene *scene, enum spot x);
void liar_facts(struct message *message, const struct crafted *crafted);
/* Sealed by X for the one above. */
void liar_seal(struct scene *scene, enum spot x, const struct message *message, struct buf *frame);
/* FRAME arrives at HUB, whose answer is put into ANSWER (may be NULL). */
void liar_brings(struct scene *scene, enum spot hub, struct bytes frame, struct buf *answer);
/* All of that; the status of the answer, -1: there was none, or it does not open. */
int liar_asks(struct scene *scene, enum spot x, const struct message *message);

/* ---- said downwards */

/* X asks its hub, which says what FN makes of an answer that says nothing. RC of X, who applies it.
 */
typedef void answer_fn(struct message *answer, void *to);
answer_fn liar_put; /* what was crafted */
enum rc liar_answers(struct scene *scene, enum spot x, answer_fn *fn, void *to);

/* ---- judged */

/* Everything as it is now, at every place. */
struct before {
	struct snapshot at[PLACES];
};
void before_take(struct before *before, struct scene *scene);
void before_release(struct before *before);
/* Has LIAR, by what it did since BEFORE, changed nothing anywhere that it may not? EXCUSED:
 * beginnings of keys, ended by NULL (or NULL). False, and scene->said. */
extern const char *const liar_synced[]; /* what honest syncing moves; who is who is left to judge */
bool liar_did_no_harm(struct scene *scene, const struct before *before, enum spot liar,
	const char *const *excused);

#endif
