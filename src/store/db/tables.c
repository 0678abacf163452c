/* SPDX-License-Identifier: GPL-3.0-or-later
 * The tables of rows, made from the table of kinds: one a kind, with the indexes that its lists
 * need. They have row numbers: clustered by the record's number, a row of 1,000 bytes would take a
 * page of its own. Nothing here is data: when the table of kinds changes,
 * these tables are made again.
 */
#include "store/db/tables.h"

#include "base/endian.h"

#include <stdio.h>
#include <string.h>

/* To be raised when the same facts give other rows, or the tables here other columns or indexes,
 * although the table of kinds is the same. */
enum { ROWS_FORMAT = 6 };

bool field_stored(const struct field *field)
{
	return !(field->flags & F_STEP);
}

static void columns_sql(const struct kind *kind, struct buf *out)
{
	buf_fmt(out,
		"TABLE row_%s(site INTEGER, seq INTEGER, area INTEGER, at INTEGER, stamp "
		"INTEGER,"
		" state INTEGER, state_at INTEGER, facts INTEGER, refused INTEGER, conflicts "
		"INTEGER,"
		" who INTEGER, hidden INTEGER, by TEXT",
		kind->name);
	for (const struct field *field = kind->fields; field->tag; field++)
		if (field_stored(field))
			buf_fmt(out, ", f_%s", field->name);
	buf_text(out, ", PRIMARY KEY(site, seq));");
}

void title_key(const struct field *title, char key[TITLE_KEY])
{
	snprintf(key, TITLE_KEY, "substr(f_%s,1,16)", title->name);
}

static void table_sql(const struct kind *kind, struct buf *out)
{
	buf_text(out, "CREATE ");
	columns_sql(kind, out);
}

static void beside_sql(const struct kind *kind, struct buf *out)
{
	buf_text(out, "CREATE TEMP ");
	columns_sql(kind, out);
}

/* By what else records are looked up: the fields that are a key together, and the fields by which
 * copies, and twins, know each other. */
static void keys_sql(const struct kind *kind, struct buf *out)
{
	const struct field *same = field_flagged(kind, F_SAME), *made = field_flagged(kind, F_MADE);
	const char *glue = "", *name = kind->name;
	if (field_flagged(kind, F_KEY)) {
		buf_fmt(out, "CREATE INDEX row_%s_key ON row_%s(", name, name);
		for (const struct field *field = kind->fields; field->tag; field++)
			if (field->flags & F_KEY) {
				buf_fmt(out, "%sf_%s", glue, field->name);
				glue = ", ";
			}
		buf_text(out, ");");
	}
	if (same)
		buf_fmt(out,
			"CREATE INDEX row_%s_copies ON row_%s(f_%s, hidden) WHERE f_%s IS NOT "
			"NULL;",
			name, name, same->name, same->name);
	if (made)
		buf_fmt(out,
			"CREATE INDEX row_%s_made ON row_%s(f_%s, area) WHERE f_%s IS NOT NULL;",
			name, name, made->name, made->name);
}

static void index_sql(const struct kind *kind, struct buf *out)
{
	const struct field *title = field_flagged(kind, F_TITLE);
	const char *name = kind->name;
	bool pile = kind->flags & K_PILE;
	char key[TITLE_KEY] = "", behind[TITLE_KEY + 2] = "";
	if (!pile && title && field_stored(title)) {
		title_key(title, key);
		snprintf(behind, sizeof behind, ", %s", key);
	}
	/* The order that lists have without being asked; see find.c. */
	if (pile)
		buf_fmt(out,
			"CREATE INDEX row_%s_at ON row_%s(at, site, seq);"
			"CREATE INDEX row_%s_area ON row_%s(area, at);",
			name, name, name, name);
	else
		buf_fmt(out, "CREATE INDEX row_%s_area ON row_%s(area%s, site, seq);", name, name,
			behind);
	if (state_count(kind))
		buf_fmt(out, "CREATE INDEX row_%s_state ON row_%s(state, %s%s, site, seq);", name,
			name, pile ? "at" : "area", behind);
	for (const struct field *field = kind->fields; field->tag; field++)
		if (field_stored(field) && field->flags & (F_PARENT | F_EXPIRES | F_DUE))
			buf_fmt(out,
				"CREATE INDEX row_%s_%s ON row_%s(f_%s) WHERE f_%s IS NOT NULL;",
				name, field->name, name, field->name, field->name);
	/* What two stations disagree about, and steps without effect: few among many (attention.c).
	 */
	buf_fmt(out, "CREATE INDEX row_%s_odd ON row_%s(stamp) WHERE conflicts>0 OR refused>0;",
		name, name);
	keys_sql(kind, out);
}

static enum rc run_all(
	struct db *db, void (*make)(const struct kind *, struct buf *), struct fault *fault)
{
	struct buf text = {0};
	for (unsigned i = 0; i < kinds_count; i++)
		make(&kinds[i], &text);
	enum rc rc = db_run(db, buf_cstr(&text), fault);
	buf_release(&text);
	return rc;
}

enum rc rows_create(struct db *db, struct fault *fault)
{
	return run_all(db, table_sql, fault);
}

enum rc rows_create_beside(struct db *db, struct fault *fault)
{
	return run_all(db, beside_sql, fault);
}

enum rc rows_index(struct db *db, struct fault *fault)
{
	return run_all(db, index_sql, fault);
}

/* Also tables of kinds that this program does not know. */
enum rc rows_drop(struct db *db, struct fault *fault)
{
	struct buf text = {0};
	struct sql sql = sql_open(
		db, "SELECT name FROM sqlite_master WHERE type='table' AND name GLOB 'row_*'");
	while (sql_row(&sql)) {
		struct bytes name = sql_get_bytes(&sql, 0);
		buf_fmt(&text, "DROP TABLE \"%.*s\";", (int)name.len, (const char *)name.at);
	}
	enum rc rc = sql_end(&sql, fault);
	if (!rc && text.len)
		rc = db_run(db, buf_cstr(&text), fault);
	buf_release(&text);
	return rc;
}

/* FNV-1a: it is computed at every start, and is no secret. */
static void mix(uint64_t *print, const void *at, size_t len)
{
	for (size_t i = 0; i < len; i++)
		*print = (*print ^ ((const uint8_t *)at)[i]) * 1099511628211u;
}

static void mix_number(uint64_t *print, uint64_t number)
{
	uint8_t low[LOW_WORD];
	low_put(low, number, LOW_WORD);
	mix(print, low, LOW_WORD);
}

static void mix_text(uint64_t *print, const char *text)
{
	mix(print, text, strlen(text) + 1);
}

static void mix_steps(uint64_t *print, const struct kind *kind)
{
	for (const struct track *track = kind->tracks; track->code; track++) {
		mix_text(print, track->code);
		mix_number(print, (uint64_t)track->state << 32 | track->due);
		mix_number(print, track->urged);
	}
	for (unsigned i = 0; i < state_count(kind); i++)
		mix_number(print, kind->states[i].flags);
	for (const struct step *step = kind->steps; step->tag; step++) {
		const uint64_t numbers[] = {step->tag, step->from, (uint64_t)step->to,
			(uint64_t)step->failed, step->by, step->flags, step->other};
		for (size_t n = 0; n < countof(numbers); n++)
			mix_number(print, numbers[n]);
		mix_text(print, step->verb);
		for (size_t n = 0; n < countof(step->args); n++) {
			uint8_t low[sizeof(*step->args)];
			low_put(low, step->args[n], sizeof(low));
			mix(print, low, sizeof(low));
		}
	}
}

int64_t rows_fingerprint(void)
{
	uint64_t print = 14695981039346656037u;
	mix_number(&print, ROWS_FORMAT);
	for (unsigned i = 0; i < kinds_count; i++) {
		const struct kind *kind = &kinds[i];
		mix_number(&print, (uint64_t)kind->id << 32 | kind->flags);
		mix_text(&print, kind->name);
		for (const struct field *field = kind->fields; field->tag; field++) {
			mix_number(&print, (uint64_t)field->tag << 40 |
						   (uint64_t)field->type << 32 | field->flags);
			mix_text(&print, field->name);
		}
		mix_steps(&print, kind);
	}
	return (int64_t)print;
}
