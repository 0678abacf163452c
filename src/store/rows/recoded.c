/* SPDX-License-Identifier: GPL-3.0-or-later
 * Areas and codes that have another number since (kinds with a field F_WAS): rows show what counts
 * now, facts keep what was written. A change counts for what lies in its own area, so
 * whoever may write there may say it, and nobody says it of what is not theirs.
 */
#include "store/rows/internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "model/schema.h"

enum { CODES_MOST = 4096, CODE_MOST = 64, HOPS = 8 };

struct code_change {
	uint64_t area;
	char table[32], old[CODE_MOST + 1], now[CODE_MOST + 1];
};

struct codes {
	unsigned count;
	struct code_change at[CODES_MOST];
};

/* ---- the kinds that say so */

/* The first kind from *AT on that says it of CODES, or of areas; NULL. *AT goes behind it. */
static const struct kind *next_recoding(unsigned *at, bool codes)
{
	for (; *at < kinds_count; ++*at)
		if (is_recoding(kinds[*at].id) &&
			(field_flagged(&kinds[*at], F_TABLE) != NULL) == codes)
			return &kinds[(*at)++];
	return NULL;
}

static const char *column(const struct kind *kind, unsigned flag)
{
	return field_flagged(kind, flag)->name;
}

/* ---- codes */

/* Those in force: records begin so. */
static enum rc read_codes(
	struct store *store, const struct kind *kind, unsigned *count, struct fault *fault)
{
	char text[256];

	snprintf(text, sizeof text,
		"SELECT area, f_%s, f_%s, f_%s FROM row_%s WHERE state=0"
		" ORDER BY stamp, site, seq",
		column(kind, F_TABLE), column(kind, F_WAS), column(kind, F_NOW), kind->name);
	struct sql sql = sql_open(store->db, text);
	while (*count < CODES_MOST && sql_row(&sql)) {
		if (!store->codes)
			store->codes = memory_get(1, sizeof *store->codes);
		struct code_change *change = &store->codes->at[(*count)++];
		change->area = (uint64_t)sql_get(&sql, 0);
		sql_get_text(&sql, 1, change->table, sizeof change->table);
		sql_get_text(&sql, 2, change->old, sizeof change->old);
		sql_get_text(&sql, 3, change->now, sizeof change->now);
	}
	return sql_end(&sql, fault);
}

enum rc codes_read(struct store *store, struct fault *fault)
{
	const struct kind *kind;
	unsigned count = 0, at = 0;
	enum rc rc = RC_OK;

	while (!rc && (kind = next_recoding(&at, true)))
		rc = read_codes(store, kind, &count, fault);
	if (store->codes)
		store->codes->count = count;
	return rc;
}

/* The latest change of CODE there; NULL. */
static const struct code_change *change_of(
	const struct codes *codes, const char *table, uint64_t area, struct bytes code)
{
	const struct code_change *found = NULL;

	for (unsigned i = 0; codes && i < codes->count; i++) {
		const struct code_change *change = &codes->at[i];

		if (!strcmp(change->table, table) && bytes_equal(code, bytes_text(change->old)) &&
			area_within(area, change->area))
			found = change;
	}
	return found;
}

struct bytes code_now(
	const struct store *store, const char *table, uint64_t area, struct bytes code)
{
	const struct code_change *change;

	for (unsigned hops = 0; hops < HOPS; hops++) {
		if (!(change = change_of(store->codes, table, area, code)))
			break;
		code = bytes_text(change->now);
	}
	return code;
}

/* A list of codes, each as it is now. */
static struct bytes list_now(struct store *store, const struct field *field, uint64_t area,
	struct bytes list, struct arena *arena)
{
	struct buf out = {0};
	struct bytes kept;

	while (list.len) {
		const uint8_t *end = memchr(list.at, ',', list.len);
		size_t len = end ? (size_t)(end - list.at) : list.len;
		struct bytes now = code_now(store, field->codes, area, bytes_of(list.at, len));

		if (out.len)
			buf_byte(&out, ',');
		buf_put(&out, now.at, now.len);
		len += end != NULL;
		list = bytes_of(list.at + len, list.len - len);
	}
	kept = arena_bytes(arena, buf_bytes(&out));
	buf_release(&out);
	return kept;
}

void recoded_apply(struct store *store, struct record *record, struct arena *arena)
{
	if (is_recoding(record->kind_id))
		return; /* says it of codes as they were */
	record->area = area_now(log_areas(&store->log), record->area);
	for (unsigned i = 0; store->codes && store->codes->count && record->kind->fields[i].tag;
		i++) {
		const struct field *field = &record->kind->fields[i];
		struct value *value = &record->cells[i].value;

		if (!record->cells[i].tag || value->wire != WIRE_TEXT)
			continue;
		if (field->type == T_CODE)
			value->text = code_now(store, field->codes, record->area, value->text);
		else if (field->type == T_CODES)
			value->text = list_now(store, field, record->area, value->text, arena);
	}
}

/* ---- a change came, went, or reads otherwise: whose rows it touches */

static enum rc touch_field(struct store *store, const struct kind *kind, const struct field *field,
	const char *code, struct fault *fault)
{
	char text[256];

	snprintf(text, sizeof text,
		"SELECT site, seq FROM row_%s WHERE instr(','||f_%s||',', ','||?||',')>0",
		kind->name, field->name);
	struct sql sql = sql_open(store->db, text);
	sql_text(&sql, code);
	while (sql_row(&sql))
		changed_add(&store->changed,
			(struct ref){(uint64_t)sql_get(&sql, 0), (uint32_t)sql_get(&sql, 1)});
	return sql_end(&sql, fault);
}

static enum rc touch_code(
	struct store *store, const char *table, const char *code, struct fault *fault)
{
	enum rc rc = RC_OK;

	for (unsigned k = 0; k < kinds_count; k++)
		for (const struct field *field = kinds[k].fields; field->tag && !rc; field++)
			if (field->codes && field_stored(field) && !strcmp(field->codes, table))
				rc = touch_field(store, &kinds[k], field, code, fault);
	return rc;
}

/* Everything that has an old or a new code of a table that changes name. */
static enum rc follow_codes(struct store *store, const struct kind *kind, struct fault *fault)
{
	const char *names = column(kind, F_TABLE);
	struct arena arena = {0};
	struct list {
		struct list *next;
		const char *table, *code;
	} *first = NULL;
	char table[LIMIT_LINE], code[LIMIT_LINE], text[256];

	snprintf(text, sizeof text,
		"SELECT f_%s, f_%s FROM row_%s UNION SELECT f_%s, f_%s FROM row_%s", names,
		column(kind, F_WAS), kind->name, names, column(kind, F_NOW), kind->name);
	struct sql sql = sql_open(store->db, text);
	while (sql_row(&sql)) {
		struct list *one = arena_get(&arena, sizeof *one);
		sql_get_text(&sql, 0, table, sizeof table);
		sql_get_text(&sql, 1, code, sizeof code);
		*one = (struct list){first, arena_text(&arena, table), arena_text(&arena, code)};
		first = one;
	}
	enum rc rc = sql_end(&sql, fault);
	for (; first && !rc; first = first->next)
		rc = touch_code(store, first->table, first->code, fault);
	arena_release(&arena);
	return rc;
}

static enum rc codes_follow(struct store *store, struct fault *fault)
{
	const struct kind *kind;
	unsigned at = 0;
	enum rc rc = RC_OK;

	while (!rc && (kind = next_recoding(&at, true)))
		rc = follow_codes(store, kind, fault);
	return rc;
}

/* What a station that nobody stood over said of itself is true there and below it. */
static bool is_told(const struct store *store, const struct area_change *change)
{
	return area_within(store->station.area, change->old) ||
	       area_within(store->station.area, change->now);
}

/* The changes of areas that count: within the area of whoever says it, and of one level. The later
 * one of the same code counts. */
static enum rc read_areas(struct store *store, const struct kind *kind,
	struct area_change at[AREA_CHANGES], unsigned *count, struct fault *fault)
{
	char text[256];

	snprintf(text, sizeof text,
		"SELECT area, f_%s, f_%s, f_%s FROM row_%s WHERE state=0"
		" ORDER BY stamp, site, seq",
		column(kind, F_WAS), column(kind, F_NOW), column(kind, F_ALONE), kind->name);
	struct sql sql = sql_open(store->db, text);
	while (sql_row(&sql)) {
		uint64_t area = (uint64_t)sql_get(&sql, 0);
		struct area_change change = {
			(uint64_t)sql_get(&sql, 1), (uint64_t)sql_get(&sql, 2)};
		unsigned place = 0;

		bool alone = sql_get(&sql, 3) == 1 &&
			     areachange_alone(area, change.old, change.now) &&
			     is_told(store, &change);
		if (!alone && !areachange_counts(area, change.old, change.now))
			continue;
		while (place < *count && at[place].old != change.old)
			place++;
		if (place == AREA_CHANGES)
			continue;
		at[place] = change;
		*count += place == *count;
	}
	return sql_end(&sql, fault);
}

static enum rc areas_read(struct store *store, struct area_change at[AREA_CHANGES], unsigned *count,
	struct fault *fault)
{
	const struct kind *kind;
	unsigned next = 0;
	enum rc rc = RC_OK;

	*count = 0;
	while (!rc && (kind = next_recoding(&next, false)))
		rc = read_areas(store, kind, at, count, fault);
	return rc;
}

bool areachange_counts(uint64_t area, uint64_t old, uint64_t now)
{
	return old != now && area_level(old) == area_level(now) && area_within(old, area) &&
	       area_within(now, area) && old != area && now != area;
}

bool areachange_alone(uint64_t own, uint64_t old, uint64_t now)
{
	return old != now && area_level(old) == area_level(now) && (old == own || now == own);
}

static bool same_areas(const struct area_map *a, const struct area_map *b)
{
	return a->count == b->count &&
	       (!a->count || !memcmp(a->at, b->at, a->count * sizeof *a->at));
}

enum rc recoded_follow(struct store *store, struct fault *fault)
{
	struct area_change *at = memory_get(AREA_CHANGES, sizeof *at);
	struct area_map map = {.at = at};
	enum rc rc = areas_read(store, at, &map.count, fault);

	if (!rc && !same_areas(&map, log_areas(&store->log)))
		rc = log_areas_set(&store->log, &map, fault);
	free(at);
	if (!rc)
		rc = codes_read(store, fault);
	return rc ? rc : codes_follow(store, fault);
}

static enum rc touch_area(struct store *store, uint64_t area, struct fault *fault)
{
	enum rc rc = RC_OK;

	for (unsigned k = 0; k < kinds_count && !rc; k++) {
		char text[128];

		snprintf(text, sizeof text,
			"SELECT site, seq FROM row_%s WHERE area BETWEEN ? AND ?", kinds[k].name);
		struct sql sql = sql_open(store->db, text);
		sql_num(&sql, (int64_t)area);
		sql_num(&sql, (int64_t)area_last(area));
		while (sql_row(&sql))
			changed_add(&store->changed, (struct ref){(uint64_t)sql_get(&sql, 0),
							     (uint32_t)sql_get(&sql, 1)});
		rc = sql_end(&sql, fault);
	}
	return rc;
}

enum rc recoded_all(struct store *store, struct fault *fault)
{
	const struct area_map *map = log_areas(&store->log);
	enum rc rc = RC_OK;

	for (unsigned i = 0; i < map->count && !rc; i++)
		rc = touch_area(store, map->at[i].old, fault);
	return rc ? rc : codes_follow(store, fault);
}

uint64_t store_area(struct store *store)
{
	return area_now(log_areas(&store->log), store->station.area);
}

bool store_within(struct store *store, uint64_t area)
{
	return log_within(&store->log, area, store->station.area);
}
