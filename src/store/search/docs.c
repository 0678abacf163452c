/* SPDX-License-Identifier: GPL-3.0-or-later
 * What can be found: which records, in which order they are shown, and the text that each is found
 * by.
 */
#include "store/search/internal.h"

#include "base/memory.h"
#include "base/text.h"
#include "model/area.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool kind_found(const struct kind *kind)
{
	return field_flagged(kind, F_FIND) || field_flagged(kind, F_TITLE);
}

unsigned doc_rank(struct store *store, uint64_t area)
{
	uint64_t own = store_area(store), above = area_above(own);
	if (area_within(area, own))
		return 3;
	if (above && area == above)
		return 2;
	return above && area_within(area, above) ? 1 : 0;
}

void docs_add(struct docs *docs, const struct doc *doc)
{
	docs->at = array_more(docs->at, docs->count, &docs->room, sizeof *docs->at);
	docs->at[docs->count++] = *doc;
}

void docs_release(struct docs *docs)
{
	free(docs->at);
	*docs = (struct docs){0};
}

static int by_rank(const void *a, const void *b)
{
	const struct doc *x = a, *y = b;
	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	if (x->stamp != y->stamp)
		return x->stamp < y->stamp ? -1 : 1;
	if (x->ref.site != y->ref.site)
		return x->ref.site < y->ref.site ? -1 : 1;
	return (x->ref.seq > y->ref.seq) - (x->ref.seq < y->ref.seq);
}

void docs_sort(struct docs *docs)
{
	if (docs->count)
		qsort(docs->at, docs->count, sizeof(*docs->at), by_rank);
}

enum rc docs_all(struct store *store, struct docs *docs, struct fault *fault)
{
	enum rc rc = store_look(store, fault);
	for (unsigned i = 0; i < kinds_count && !rc; i++) {
		if (!kind_found(&kinds[i]))
			continue;
		char text[128];
		snprintf(text, sizeof(text), "SELECT site, seq, area, stamp FROM row_%s",
			kinds[i].name);
		struct sql sql = sql_open(store->db, text);
		while (sql_row(&sql)) {
			struct doc doc = {
				.ref = {(uint64_t)sql_get(&sql, 0), (uint32_t)sql_get(&sql, 1)},
				.kind = kinds[i].id,
				.rank = doc_rank(store, (uint64_t)sql_get(&sql, 2)),
				.stamp = (uint64_t)sql_get(&sql, 3),
			};
			docs_add(docs, &doc);
		}
		rc = sql_end(&sql, fault);
	}
	docs_sort(docs);
	return rc;
}

static void line_put(const char *text, size_t len, struct buf *out)
{
	text_fold(text, len, out);
	buf_byte(out, '\n');
}

static void digits_put(struct bytes text, struct buf *out)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.at[i] == ' ' || (text.at[i] >= '0' && text.at[i] <= '9'))
			buf_byte(out, text.at[i]);
	buf_byte(out, '\n');
}

/* Phones are typed with and without dashes, codes as codes and as what they mean. */
static void field_put(const struct field *field, const struct value *value,
	const struct value_ways *ways, struct buf *scratch, struct buf *out)
{
	buf_clear(scratch);
	value_show(field, value, ways, scratch);
	line_put((const char *)scratch->at, scratch->len, out);
	if (field->type == T_CODE || field->type == T_CODES) {
		line_put((const char *)value->text.at, value->text.len, out);
	} else if (field->type == T_PHONE) {
		digits_put(value->text, out);
	}
}

void doc_title(struct store *store, const struct kept *kept, struct buf *out)
{
	struct value_ways ways = store_ways(store, true);
	struct buf scratch = {0};

	for (unsigned i = 0; i < kept->count; i++) {
		const struct field *field = &kept->kind->fields[kept->slots[i].place];
		if (field->flags & F_TITLE)
			field_put(field, &kept->slots[i].value, &ways, &scratch, out);
	}
	buf_release(&scratch);
}

/* By what its area is called, and by what it was called before it was renumbered. */
static void area_put(struct store *store, uint64_t area, struct buf *out)
{
	uint64_t before[AREAS_BEFORE];
	unsigned count = area_before(log_areas(&store->log), area, before);
	struct bytes name;

	if (area_name(area, &name))
		line_put((const char *)name.at, name.len, out);
	for (unsigned i = 0; i < count; i++)
		if (area_name(before[i], &name))
			line_put((const char *)name.at, name.len, out);
}

/* Numbers at which a thing's keeper is reached now: a caller who rings from one is looked for by
 * it. */
static void reached_put(struct store *store, const struct kept *kept, struct buf *out)
{
	struct buf numbers = {0};
	struct row row;

	if (!field_flagged(kept->kind, F_REACHED))
		return;
	kept_row(NULL, kept, &row);
	row_phone(store, &row, &numbers);
	digits_put(buf_bytes(&numbers), out);
	buf_release(&numbers);
}

void doc_text(struct store *store, const struct kept *kept, struct buf *out)
{
	struct value_ways ways = store_ways(store, true);
	struct buf scratch = {0};
	char number[32];
	struct ref ref = {(uint64_t)kept->numbers[ROW_SITE], (uint32_t)kept->numbers[ROW_SEQ]};
	for (unsigned i = 0; i < kept->count; i++) {
		const struct field *field = &kept->kind->fields[kept->slots[i].place];
		if (field->flags & (F_FIND | F_TITLE))
			field_put(field, &kept->slots[i].value, &ways, &scratch, out);
	}
	reached_put(store, kept, out);
	store_number(store, ref, number);
	line_put(number, strlen(number), out);
	area_put(store, (uint64_t)kept->numbers[ROW_AREA], out);
	buf_release(&scratch);
}
