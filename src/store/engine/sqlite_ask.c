/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is new for a station, in SQLite: facts after a cursor by lane and area, and single facts.
 * One index a level of asking stations (db/schema.c); the branches of the question are merged
 * without sorting.
 */
#include "store/engine/sqlite.h"

#include <stdio.h>

#include "base/digest.h"
#include "model/area.h"

/* Expressions in questions stand letter for letter as in the index, or it is not taken. */
static const struct {
	unsigned digits;
	const char *index, *below; /* ?3 is the asker's area shortened to its digits */
	uint64_t shorten;
} levels[] = {
	{12, "fact_area", NULL, 1},
	{9, "fact_town", "reach/2000=?3", 1000},
	{6, "fact_county", "reach/2000000=?3", 1000000},
	{4, "fact_city", "reach/200000000=?3", 100000000},
	{2, NULL, "reach/20000000000=?3", 10000000000},
};

static void fact_read(const struct sql *sql, struct arena *arena, struct fact *fact)
{
	*fact = (struct fact){
		.arr = (uint64_t)sql_get(sql, 0),
		.site = (uint64_t)sql_get(sql, 1),
		.seq = (uint32_t)sql_get(sql, 2),
		.reach = (uint64_t)sql_get(sql, 3),
		.kind = (unsigned)sql_get(sql, 4),
		.step = (unsigned)sql_get(sql, 5),
		.via = (unsigned)sql_get(sql, 6),
		.state = (enum fact_state)sql_get(sql, 7),
		.raw = arena_bytes(arena, sql_get_bytes(sql, 8)),
		.sig = arena_bytes(arena, sql_get_bytes(sql, 9)),
	};
}

#define FACT_COLUMNS "f.arr, f.site, f.seq, f.reach, f.kind, f.step, f.via, f.state, f.body, f.sig"

/* Parameters of a question: 1 lane, 2 cursor, 3 area as LEVELS shortens it, 4 how many, 5… areas
 * above. */
struct question {
	char text[1600];
	const struct facts_query *query;
	uint64_t area, above[5];
	unsigned above_count;
};

static void question_down(struct question *q, const struct facts_query *query, uint64_t area)
{
	char branches[1200];
	size_t at = 0;
	*q = (struct question){.query = query};
	/* Even keys only: what is marked up-only never goes down. An ancestor equal to the asker
	 * would give rows twice. */
	for (uint64_t up = area_above(area); up && q->above_count < 5; up = area_above(up)) {
		q->above[q->above_count++] = up * 2;
		at += (size_t)snprintf(branches + at, sizeof(branches) - at,
			"SELECT arr FROM fact WHERE seq&7=?1 AND reach=?%u AND arr>?2 UNION ALL ",
			4 + q->above_count);
	}
	unsigned digits = area_digits(area), level = 0;
	while (level < countof(levels) - 1 && levels[level].digits != digits)
		level++;
	q->area = area / levels[level].shorten;
	if (levels[level].below)
		snprintf(branches + at, sizeof(branches) - at,
			"SELECT arr FROM fact WHERE seq&7=?1 AND %s AND arr>?2",
			levels[level].below);
	else
		snprintf(branches + at, sizeof(branches) - at,
			"SELECT arr FROM fact WHERE seq&7=?1 AND reach=?3*2 AND arr>?2 UNION ALL "
			"SELECT arr FROM fact WHERE seq&7=?1 AND reach=?3*2+1 AND arr>?2");
	snprintf(q->text, sizeof(q->text),
		"SELECT " FACT_COLUMNS
		" FROM (%s ORDER BY 1 LIMIT ?4) k JOIN fact f ON f.arr=k.arr ORDER BY f.arr",
		branches);
}

/* Facts of authors at or below the own area; ?3 is that area, ?5 the highest code within it, ?6 and
 * ?7 the same by its code of now or of before: stations below may not have joined again yet. */
static void question_up(
	struct question *q, const struct facts_query *query, const struct area_span spans[2])
{
	*q = (struct question){.query = query, .area = spans[0].first, .above_count = 3};
	q->above[0] = spans[0].last;
	q->above[1] = spans[1].first;
	q->above[2] = spans[1].last;
	snprintf(q->text, sizeof(q->text),
		"SELECT " FACT_COLUMNS " FROM fact f WHERE f.seq&7=?1 AND f.arr>?2 AND EXISTS"
		" (SELECT 1 FROM site s WHERE s.site=f.site AND (s.area BETWEEN ?3 AND ?5"
		" OR s.area BETWEEN ?6 AND ?7)) ORDER BY f.arr LIMIT ?4");
}

static enum rc ask(struct db *db, const struct question *q, struct arena *arena,
	struct fact_list *list, struct fault *fault)
{
	struct sql sql = sql_open(db, q->text);
	sql_num(&sql, q->query->lane);
	sql_num(&sql, (int64_t)q->query->cursor);
	sql_num(&sql, (int64_t)q->area);
	sql_num(&sql, q->query->limit);
	for (unsigned i = 0; i < q->above_count; i++)
		sql_num(&sql, (int64_t)q->above[i]);
	list->count = 0;
	list->facts = arena_get(arena, q->query->limit * sizeof *list->facts);
	while (list->count < q->query->limit && sql_row(&sql))
		fact_read(&sql, arena, &list->facts[list->count++]);
	return sql_end(&sql, fault);
}

enum rc engine_down(struct db *db, const struct facts_query *query, struct arena *arena,
	struct fact_list *list, struct fault *fault)
{
	struct question q;

	question_down(&q, query, query->area);
	return ask(db, &q, arena, list, fault);
}

enum rc engine_up(struct db *db, const struct facts_query *query, const struct area_span spans[2],
	struct arena *arena, struct fact_list *list, struct fault *fault)
{
	struct question q;

	question_up(&q, query, spans);
	return ask(db, &q, arena, list, fault);
}

/* Facts for the places above are found by fact_area. */
enum rc engine_index(struct db *db, uint64_t area, struct fault *fault)
{
	enum rc rc = RC_OK;

	for (unsigned i = 0; i < countof(levels) && !rc; i++)
		if (levels[i].index && (levels[i].digits == area_digits(area) || i == 0))
			rc = schema_index(db, levels[i].index, fault);
	return rc;
}

enum rc engine_arrivals(struct db *db, uint64_t cursor, unsigned most, struct arena *arena,
	struct fact_list *list, struct fault *fault)
{
	struct sql sql = sql_open(db, "SELECT " FACT_COLUMNS " FROM fact f WHERE f.arr>? AND "
				      "f.state=0 ORDER BY f.arr LIMIT ?");
	sql_num(&sql, (int64_t)cursor);
	sql_num(&sql, most);
	list->count = 0;
	list->facts = arena_get(arena, most * sizeof *list->facts);
	while (list->count < most && sql_row(&sql))
		fact_read(&sql, arena, &list->facts[list->count++]);
	return sql_end(&sql, fault);
}

enum rc engine_fact(struct db *db, struct ref ref, struct arena *arena, struct fact *fact,
	bool *found, struct fault *fault)
{
	struct sql sql = sql_open(db, "SELECT " FACT_COLUMNS " FROM fact f WHERE site=? AND seq=?");
	sql_num(&sql, (int64_t)ref.site);
	sql_num(&sql, ref.seq);
	*found = sql_row(&sql);
	if (*found)
		fact_read(&sql, arena, fact);
	return sql_end(&sql, fault);
}

enum rc engine_latest(
	struct db *db, struct ref rec, struct log_latest *newest, bool *found, struct fault *fault)
{
	struct sql sql = sql_open(db,
		"SELECT arr, site, who FROM fact WHERE site=?1 AND seq=?2 UNION ALL"
		" SELECT arr, site, who FROM fact WHERE rec_site=?1 AND rec_seq=?2 AND " IS_STEP
		" ORDER BY arr DESC LIMIT 1");
	sql_num(&sql, (int64_t)rec.site);
	sql_num(&sql, rec.seq);
	*found = sql_row(&sql);
	if (*found)
		*newest = (struct log_latest){(uint64_t)sql_get(&sql, 0),
			(uint64_t)sql_get(&sql, 1), (uint32_t)sql_get(&sql, 2)};
	return sql_end(&sql, fault);
}

enum rc engine_of_record(
	struct db *db, struct ref rec, uint64_t cursor, struct changed *facts, struct fault *fault)
{
	struct sql sql = sql_open(db,
		"SELECT arr, site, seq FROM fact WHERE site=?1 AND seq=?2 AND arr>?3 UNION ALL"
		" SELECT arr, site, seq FROM fact WHERE rec_site=?1 AND rec_seq=?2 AND " IS_STEP
		" AND arr>?3 ORDER BY 1");

	sql_num(&sql, (int64_t)rec.site);
	sql_num(&sql, rec.seq);
	sql_num(&sql, (int64_t)cursor);
	while (sql_row(&sql))
		changed_add(facts,
			(struct ref){(uint64_t)sql_get(&sql, 1), (uint32_t)sql_get(&sql, 2)});
	return sql_end(&sql, fault);
}

uint64_t engine_print(struct db *db, uint64_t arr)
{
	struct sql sql = sql_open(db, "SELECT site, seq, stamp FROM fact WHERE arr=?");
	uint64_t print = 0;

	sql_num(&sql, (int64_t)arr);
	if (sql_row(&sql)) {
		for (int n = 0; n < 3; n++)
			print = digest_num(print, (uint64_t)sql_get(&sql, n));
		print |= 1;
	}
	return sql_end(&sql, NULL) ? 0 : print;
}

uint64_t engine_last(struct db *db)
{
	return db_count(db, "SELECT max(arr) FROM fact");
}
