/* SPDX-License-Identifier: GPL-3.0-or-later
 * Who is called how: records by their name, however it is written, the nearest first.
 */
#include "store/rows/internal.h"

#include "base/text.h"
#include "model/area.h"

/* How near: 0 there, 1 below, 2 above, 3 elsewhere. */
static unsigned ring_of(uint64_t area, uint64_t at)
{
	if (area == at)
		return 0;
	if (area_within(area, at))
		return 1;
	return area_within(at, area) ? 2 : 3;
}

enum { RINGS = 4 };

struct sorting {
	struct store *store;
	const struct name_query *query;
	const struct kind *kind;
	const struct field *field;
	struct bytes folded; /* the name that is asked for */
	unsigned order;      /* of those in OUT: lower is better */
	struct bearers *out;
};

static bool is_called(const struct sorting *s, const struct row *row)
{
	const struct value *name = row_value(row, s->field->tag);
	struct buf folded = {0};
	bool is;

	if (name)
		text_fold((const char *)name->text.at, name->text.len, &folded);
	is = bytes_equal(buf_bytes(&folded), s->folded);
	buf_release(&folded);
	return is;
}

static void take(struct sorting *s, const struct row *row)
{
	const struct state *state = &s->kind->states[row->state];
	bool gone = !s->query->left && state_count(s->kind) && state->flags & STATE_VOID;
	unsigned order = ring_of(row->area, s->query->area) + (gone ? RINGS : 0);
	struct bearers *out = s->out;

	if (order > s->order)
		return;
	if (order < s->order)
		out->count = 0;
	s->order = order;
	if (out->count < BEARERS)
		out->at[out->count] = row->ref;
	out->count++;
}

static enum rc weigh(struct sorting *s, struct ref ref, struct fault *fault)
{
	struct arena arena = {0};
	struct kept *kept = NULL;
	struct row row;
	enum rc rc = kept_get(s->store, s->kind, ref, &arena, &kept, fault);

	if (!rc && kept && !kept->numbers[ROW_HIDDEN]) {
		kept_row(kept, &row);
		if (is_called(s, &row))
			take(s, &row);
	}
	arena_release(&arena);
	return rc;
}

enum rc store_bearers(struct store *store, const struct name_query *query, struct bearers *out,
	struct fault *fault)
{
	const struct kind *kind = kind_of(query->kind);
	struct sorting s = {.store = store,
		.query = query,
		.kind = kind,
		.field = kind ? called_field(kind) : NULL,
		.order = UINT32_MAX,
		.out = out};
	struct buf folded = {0};
	uint32_t at = 0;
	struct ref ref;
	enum rc rc;

	*out = (struct bearers){0};
	if (!s.field || !query->name.len)
		return RC_OK;
	text_fold((const char *)query->name.at, query->name.len, &folded);
	s.folded = buf_bytes(&folded);
	rc = store_look(store, fault);
	if (!rc)
		rc = called_read(store, kind, fault);
	while (!rc && called_next(store, kind, s.folded, &at, &ref))
		rc = weigh(&s, ref, fault);
	buf_release(&folded);
	return rc;
}
