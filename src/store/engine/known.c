/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is known of the facts of a batch: loaded at once, and kept in step with what is written
 * while the batch is judged. What is not known is asked for one by one.
 */
#include "store/engine/internal.h"

#include <stdlib.h>

#include "base/memory.h"

enum { MOST = 65536 }; /* numbers: what is known of more is forgotten, and asked for again */

enum rc batch_load(struct batch *batch, struct db *db, const struct ref refs[], size_t count,
	struct fault *fault)
{
	size_t before, more;
	struct known_fact *got;

	if (batch->refs.count > MOST)
		batch_clear(batch);
	before = batch->refs.count;
	for (size_t i = 0; i < count; i++)
		changed_add(&batch->refs, refs[i]);
	more = batch->refs.count - before;
	if (!more)
		return RC_OK;
	got = arena_get(&batch->arena, more * sizeof *got);
	for (size_t i = before; i < batch->refs.count; i++) {
		batch->at = array_more(batch->at, i, &batch->room, sizeof *batch->at);
		batch->at[i] = &got[i - before];
	}
	enum rc rc = engine_load(db, batch->refs.at + before, more, got, &batch->arena, fault);
	if (rc)
		batch_clear(batch);
	return rc;
}

static struct known_fact *find(const struct batch *batch, struct ref ref)
{
	size_t at;

	return changed_find(&batch->refs, ref, &at) ? batch->at[at] : NULL;
}

struct known_fact *batch_find(const struct batch *batch, struct ref ref)
{
	struct known_fact *known = find(batch, ref);

	return known && !known->out_of_date ? known : NULL;
}

enum rc batch_ask(struct batch *batch, struct db *db, struct ref ref, struct arena *arena,
	struct known_fact *out, struct fault *fault)
{
	enum rc rc = batch_load(batch, db, &ref, 1, fault);
	const struct known_fact *known = rc ? NULL : batch_find(batch, ref);

	if (known)
		*out = *known;
	else if (!rc)
		rc = engine_load(db, &ref, 1, out, arena, fault);
	return rc;
}

static void note_waiting(const struct batch *batch, struct ref rec, enum fact_state state)
{
	struct known_fact *record = state == FACT_WAITS ? find(batch, rec) : NULL;

	if (record)
		record->awaited = true;
}

void batch_put(struct batch *batch, const struct known_fact *fact, struct ref rec)
{
	struct known_fact *known = find(batch, fact->ref);

	if (fact->step)
		note_waiting(batch, rec, fact->state);
	if (!known)
		return;
	known->here = true;
	known->step = fact->step;
	known->kind = fact->kind;
	known->state = fact->state;
	known->reach = fact->reach;
	known->raw = arena_bytes(&batch->arena, fact->raw);
}

void batch_judged(
	struct batch *batch, struct ref ref, struct ref rec, enum fact_state state, uint64_t reach)
{
	struct known_fact *known = find(batch, ref);

	if (ref.site != rec.site || ref.seq != rec.seq)
		note_waiting(batch, rec, state);
	if (!known)
		return;
	known->state = state;
	known->reach = reach;
}

void batch_stale(struct batch *batch, struct ref ref)
{
	struct known_fact *known = find(batch, ref);

	if (known)
		known->out_of_date = true;
}

void batch_clear(struct batch *batch)
{
	changed_clear(&batch->refs);
	arena_release(&batch->arena);
}

void batch_release(struct batch *batch)
{
	batch_clear(batch);
	changed_release(&batch->refs);
	free(batch->at);
	*batch = (struct batch){0};
}
