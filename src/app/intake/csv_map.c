/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the headings of a county's own tables mean: as a file of --map says, and as it was said when
 * the same source sent its last table of the kind.
 */
#include "app/intake/csv_inside.h"

#include <string.h>

#include "base/conf.h"
#include "format/charset.h"
#include "store/db.h"

enum { RANK_TOLD = 5, RANK_REMEMBERED = 4 };

struct map_row {
	const char *column, *field;
	struct map_row *next;
};

struct csv_map {
	struct arena arena;
	struct map_row *first;
};

static bool map_line(const struct conf_line *line, void *to, const char **why)
{
	struct csv_map *map = to;
	struct map_row *row;

	if (line->count == 1 && *line->word[0])
		return true; /* a column of export that is called as it is */
	if (line->count != 2 || !*line->word[0] || !*line->word[1]) {
		*why = _("应是两列：列名 制表符 字段名；不要的列写 -");
		return false;
	}
	row = arena_get(&map->arena, sizeof(*row));
	row->column = arena_text(&map->arena, line->word[0]);
	row->field = arena_text(&map->arena, line->word[1]);
	row->next = map->first;
	map->first = row;
	return true;
}

enum rc csv_map_read(struct csv_map **out, const char *file, struct bytes text, struct fault *fault)
{
	struct arena arena = {0};
	struct csv_map *map;
	struct buf room = {0};
	struct charset_lost lost;
	enum rc rc;

	/* The map lies in its own arena. */
	map = arena_get(&arena, sizeof(*map));
	map->arena = arena;
	rc = charset_table(text, &room, &text, &lost, fault);
	if (rc == RC_OK)
		rc = tsv_each(file, text, map_line, map, fault);
	buf_release(&room);
	if (rc != RC_OK) {
		csv_map_free(map);
		map = NULL;
	}
	*out = map;
	return rc;
}

void csv_map_free(struct csv_map *map)
{
	struct arena arena;

	if (!map)
		return;
	arena = map->arena;
	arena_release(&arena);
}

/* Blanks and full-width forms do not matter here either. */
static const char *mapped(const struct csv_map *map, const char *heading)
{
	struct buf here = {0}, there = {0};
	const char *field = NULL;

	office_plain(heading, &here);
	for (const struct map_row *row = map ? map->first : NULL; row && !field; row = row->next) {
		buf_clear(&there);
		office_plain(row->column, &there);
		if (bytes_equal(buf_bytes(&here), buf_bytes(&there)))
			field = row->field;
	}
	buf_release(&here);
	buf_release(&there);
	return field;
}

const char *csv_told(void *to, const char *heading, unsigned *rank)
{
	const struct csv_in *csv = to;
	const char *field = mapped(csv->map, heading);

	*rank = RANK_TOLD;
	if (!field && csv->before) {
		field = mapped(csv->before, heading);
		*rank = RANK_REMEMBERED;
	}
	return field;
}

static struct kv headings_of(const struct csv_in *csv)
{
	return kv_part(KV_HEADINGS, csv->kind->id, csv->in->actor.source);
}

void csv_recall(struct csv_in *csv)
{
	struct buf text = {0};

	if (kv_bytes(csv->in->actor.store, headings_of(csv), &text) &&
		csv_map_read(&csv->before, csv->in->file, buf_bytes(&text), NULL) != RC_OK)
		csv->before = NULL;
	buf_release(&text);
}

enum rc csv_remember(struct csv_in *csv, struct fault *fault)
{
	struct buf text = {0};
	bool told = false;

	for (unsigned i = 0; i < csv->head.count; i++) {
		const struct sheet_column *column = &csv->head.column[i];
		unsigned rank;
		const char *field = csv_told(csv, column->heading, &rank);

		if (field)
			buf_fmt(&text, "%s\t%s\n", column->heading, field);
		told |= field && rank == RANK_TOLD;
	}
	enum rc rc = told && !csv->in->try_only ? kv_bytes_set(csv->in->actor.store,
							  headings_of(csv), buf_bytes(&text), fault)
						: RC_OK;
	buf_release(&text);
	return rc;
}
