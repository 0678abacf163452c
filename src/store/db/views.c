/* SPDX-License-Identifier: GPL-3.0-or-later
 * Views for whoever reads the rows with another program: v_KIND, made from the table of kinds like
 * the tables under them. Private fields and telephone numbers stand in them masked, as on lists;
 * of what goes up alone there are counts and no rows. They are printed and not kept in the
 * database: to read 170 KB of them would cost every opening 6 ms, and who may open that file may
 * read the tables, too.
 */
#include "store/db.h"
#include "store/db/tables.h"

#include <stdio.h>
#include <string.h>

/* The record's own columns: the name, and what is read. A field of that name goes first, and the
 * record's own is record_NAME. */
static const struct {
	const char *name, *read;
	bool counted; /* also of a kind of which there are only counts */
} own_columns[] = {
	{"area", "area", true},
	{"town", "area/1000", true},
	{"county", "area/1000000", true},
	{"time", "at", false},
	{"day", "date(at,'unixepoch','localtime')", true},
};

static void column_name(const struct kind *kind, const char *name, struct buf *out)
{
	buf_fmt(out, " AS \"%s%s\"", field_named(kind, name) ? "record_" : "", name);
}

/* As a program prints ids: the site's 14 hex digits, a dash, the number. */
static void id_sql(struct buf *out)
{
	buf_text(out, "printf('%014x-%d',site,seq)");
}

/* The same of a record that FIELD names: seven bytes of the site, the lowest first, and a number of
 * seven bits a byte. */
static void ref_sql(const char *field, struct buf *out)
{
	enum { SITE_BYTES = 7, NUMBER_BYTES = 5, HEX = 2 };

	buf_text(out, "lower(");
	for (unsigned i = SITE_BYTES; i--;)
		buf_fmt(out, "substr(hex(f_%s),%u,2)%s", field, i * HEX + 1,
			i ? "||" : ")||'-'||(");
	for (unsigned i = 0; i < NUMBER_BYTES; i++) {
		unsigned at = (SITE_BYTES + i) * HEX + 1;
		buf_fmt(out,
			"%s((((instr('0123456789ABCDEF',substr(hex(f_%s),%u,1))-1)*16"
			"+instr('0123456789ABCDEF',substr(hex(f_%s),%u,1))-1)&127)<<%u)",
			i ? "|" : "(", field, at, field, at + 1, i * 7);
	}
	buf_text(out, "))");
}

static bool is_masked(const struct field *field)
{
	return field->flags & F_PRIVATE || field->type == T_PHONE;
}

/* As display_masked() shows it; numbers, days and records say nothing. */
static void masked_sql(const struct field *field, struct buf *out)
{
	const char *name = field->name;

	if (field->type == T_PHONE)
		buf_fmt(out,
			"CASE WHEN length(f_%s)>7 THEN substr(f_%s,1,3)||'****'||substr(f_%s,-4)"
			" WHEN f_%s<>'' THEN '**' END",
			name, name, name, name);
	else if (field->type == T_TEXT || field->type == T_LONG || field->type == T_REF)
		buf_fmt(out,
			"CASE WHEN typeof(f_%s)='blob' THEN '**' WHEN f_%s<>'' THEN "
			"substr(f_%s,1,1)||'**' END",
			name, name, name);
	else
		buf_fmt(out, "CASE WHEN f_%s IS NOT NULL THEN '**' END", name);
}

/* yyyymmdd, where day 0 is a month. */
static void date_sql(const char *name, struct buf *out)
{
	buf_fmt(out,
		"substr(f_%s,1,4)||'-'||substr(f_%s,5,2)||CASE WHEN f_%s%%100 THEN '-'||"
		"substr(f_%s,7,2) ELSE '' END",
		name, name, name, name);
}

static void field_sql(const struct field *field, struct buf *out)
{
	const char *name = field->name;

	if (is_masked(field))
		masked_sql(field, out);
	else if (field->type == T_DEC)
		buf_fmt(out, "f_%s/1000.0", name);
	else if (field->type == T_LON || field->type == T_LAT)
		buf_fmt(out, "f_%s/1000000.0", name);
	else if (field->type == T_DATE)
		date_sql(name, out);
	else if (field->type == T_REF) {
		buf_fmt(out, "CASE typeof(f_%s) WHEN 'blob' THEN ", name);
		ref_sql(name, out);
		buf_fmt(out, " ELSE f_%s END", name);
	} else
		buf_fmt(out, "f_%s", name);
	buf_fmt(out, " AS \"%s\"", name);
}

/* The state's code, and whether the record is still open. */
static void state_sql(const struct kind *kind, struct buf *out)
{
	unsigned count = state_count(kind), open = 0;

	if (!count)
		return;
	buf_text(out, ", CASE state");
	for (unsigned i = 0; i < count; i++) {
		buf_fmt(out, " WHEN %u THEN '%s'", i, kind->states[i].code);
		open |= kind->states[i].flags & STATE_OPEN ? 1u << i : 0;
	}
	buf_text(out, " END");
	column_name(kind, "state", out);
	buf_fmt(out, ", %u>>state&1", open);
	column_name(kind, "open", out);
}

static void own_sql(const struct kind *kind, bool counted, struct buf *out)
{
	const char *glue = counted ? "" : ", ";

	for (unsigned i = 0; i < countof(own_columns); i++) {
		if (counted && !own_columns[i].counted)
			continue;
		buf_fmt(out, "%s%s", glue, own_columns[i].read);
		column_name(kind, own_columns[i].name, out);
		glue = ", ";
	}
	state_sql(kind, out);
}

static void view_sql(const struct kind *kind, struct buf *out)
{
	if (kind->flags & K_HIDDEN)
		return;
	buf_fmt(out, "CREATE TEMP VIEW v_%s AS SELECT ", kind->name);
	if (kind->flags & K_UP_ONLY) {
		own_sql(kind, true, out);
		buf_fmt(out,
			", count(*) AS \"count\" FROM row_%s r WHERE hidden=0"
			" GROUP BY r.area, date(r.at,'unixepoch','localtime'), r.state;\n",
			kind->name);
		return;
	}
	id_sql(out);
	column_name(kind, "id", out);
	own_sql(kind, false, out);
	for (const struct field *field = kind->fields; field->tag; field++)
		if (field_stored(field)) {
			buf_text(out, ", ");
			field_sql(field, out);
		}
	buf_fmt(out, " FROM row_%s WHERE hidden=0;\n", kind->name);
}

void views_sql(struct buf *out)
{
	for (unsigned i = 0; i < kinds_count; i++)
		view_sql(&kinds[i], out);
}
