/* SPDX-License-Identifier: GPL-3.0-or-later
 * An export while it is made, and the formats that there are.
 */
#ifndef APP_EXPORT_INSIDE_H
#define APP_EXPORT_INSIDE_H

#include "app/csv_columns.h"
#include "app/import.h"

struct export_format;

struct export
{
	struct store *store;
	const struct export_format *format;
	struct csv_wish wish;
	struct csv_columns columns;
	uint64_t area;
	struct buf text;
	struct json_out json;
	bool force;
	unsigned rows, left_out; /* left_out: GeoJSON without coordinates */
	struct buf moved;        /* struct ref: records whose steps are still to be written */
};

struct export_format {
	const char *word;                     /* the option that asks for it, without its dashes */
	bool (*has)(const struct kind *kind); /* NULL: every kind */
	void (*begin)(struct export *ex);     /* may be NULL */
	bool (*row)(struct export *ex,
		const struct row *row); /* false: it could not be written in this format */
	void (*end)(struct export *ex); /* may be NULL */
	/* Writes all of it in the place of .row; NULL: .row does. */
	enum rc (*whole)(struct export *ex, struct fault *fault);
	const char *lacks; /* N_(): why a kind is not .has, with its label in it */
};

/* ics.c: rosters and drills as iCalendar (RFC 5545). */
bool ics_has(const struct kind *kind);
void ics_begin(struct export *ex);
bool ics_row(struct export *ex, const struct row *row);
void ics_end(struct export *ex);
/* vcard.c: people with a telephone as vCards 3.0 (RFC 2426), which every telephone reads. */
bool vcard_has(const struct kind *kind);
bool vcard_row(struct export *ex, const struct row *row);

/* one.c: `export RECORD --cap`, `--ebd CODE`: one record as a file of its own. Takes such a word
 * out of argv; false: none is there. */
struct one_wish {
	const struct export_one *one;
	const char *code; /* behind the word; NULL: it takes none */
};
bool one_wanted(int *argc, char **argv, struct one_wish *wish);
int one_run(struct app *app, int argc, char **argv, const struct one_wish *wish);
/* ebd_out.c: is CODE one that a platform of broadcasting gives to who sends to it: 12 to 23 digits?
 */
bool ebd_code(const char *code);
/* ROW, a broadcast, as a packet; its message's number is remembered (SOURCE_EBM). */
enum rc ebd_out(struct store *store, const struct row *row, const char *code, struct buf *out,
	struct fault *fault) MUST_CHECK;

/* content_line.c: NAME:TEXT as both have it, escaped (RFC 5545, 3.3.11) and folded to 75 bytes;
 * nothing when TEXT is "". RAW: a date or a list, of which nothing is escaped. */
void content_line(struct buf *out, const char *name, const char *text);
void content_raw(struct buf *out, const char *name, const char *raw);
/* The same of a field as people read it. */
void content_field(struct export *ex, const char *name, const struct row *row, unsigned tag);
/* The record's id and when it was changed, as both name them. */
void content_id(struct export *ex, const char *name, const struct row *row);
void content_utc(struct buf *out, const char *name, int64_t at); /* 20260714T063332Z */

#endif
