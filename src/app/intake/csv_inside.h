/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the files behind `import csv` share.
 */
#ifndef CSV_INSIDE_H
#define CSV_INSIDE_H

#include "app/intake.h"
#include "format/office_cell.h"
#include "format/office_sheet.h"
#include "store/rows.h"

struct known;

/* A table while it is imported. */
struct csv_in {
	struct intake *in;
	const struct kind *kind;
	const struct csv_map *map; /* NULL: none was given */
	struct csv_map *before;    /* what headings of this source meant last time; NULL */
	struct sheet sheet;
	struct sheet_head head;
	const char *carried[CSV_COLUMNS]; /* what a merged cell holds; NULL */
	unsigned carries[CSV_COLUMNS];    /* how often it did */
	struct known *known;              /* NULL: rows of this kind have no key */
	struct office_cell cell;
	unsigned records, matched; /* rows that are records; of these, records that were here */
};

/* A row as a new record. */
struct csv_record {
	const struct sheet_row *row;
	struct change change;
	struct buf name, number; /* its ref and number; empty when none */
	struct buf remark;       /* what stood beside its values */
	const struct field
		*answers;       /* the field of codes that columns ask about one by one; NULL */
	struct buf yes, no;     /* what they answer, codes with commas between */
	const char *const *key; /* the texts that it is known by; NULL: not asked for yet */
	bool remarked;          /* and became its text */
	bool made;              /* its name is its content: a record of that name is the same */
	bool bad;               /* refused, and said */
	bool noted;             /* something was said of its cells, or may have been */
};

/* csv_map.c: what headings mean here, told or remembered: a sheet_told_fn over a struct csv_in. */
const char *csv_told(void *to, const char *heading, unsigned *rank);
void csv_recall(struct csv_in *csv);
enum rc csv_remember(struct csv_in *csv, struct fault *fault) MUST_CHECK;

/* csv_row.c */
void csv_record_read(struct csv_in *csv, const struct sheet_row *row, struct csv_record *record);
/* Says ROW all of itself, or does a merged cell above it say some? Such cells of ROW are noted for
 * the rows below. */
bool csv_row_whole(struct csv_in *csv, const struct sheet_row *row);
void csv_record_release(struct csv_record *record);

/* csv_more.c: cells that are no field's own. */
void csv_place(struct csv_in *csv, struct csv_record *record, unsigned i, const char *cell);
void csv_answer(struct csv_in *csv, struct csv_record *record, unsigned i, const char *cell);
/* What else CELL, of a column of FIELD, says. */
void csv_colour(
	struct csv_in *csv, struct csv_record *record, const struct field *field, const char *cell);
/* What cells leave open is filled in. */
void csv_complete(struct csv_in *csv, struct csv_record *record);
/* The answers, into the field that they are about; THERE is its value so far, NULL = none. */
void csv_answers(struct csv_record *record, const struct value *there);

/* A telephone number as it is compared: without the country's code and the zero of an area code.
 * Behind OUT. */
void csv_phone(struct bytes text, struct buf *out);

/* delivery.c: RECORD is stored, or what it changes is. *LATER: it is to be tried again when all
 * others have found theirs. */
enum rc csv_take(struct csv_in *csv, struct csv_record *record, bool last, bool *later,
	struct fault *fault) MUST_CHECK;
/* Names what the last delivery had and this one has not; another table of the same source is no
 * second delivery. */
void csv_vanished(struct csv_in *csv);

/* csv_known.c: the records of the kind, by what makes two of them one. */
enum csv_is { CSV_NEW, CSV_SAME, CSV_DOUBTFUL, CSV_LATER /* when all others have found theirs */ };
struct csv_match {
	enum csv_is is;
	struct ref ref; /* CSV_SAME; CSV_DOUBTFUL: of the first that it may be */
	unsigned line;  /* CSV_DOUBTFUL: of the row of this file that it may be; 0 = a record's */
};
struct known *known_new(
	struct csv_in *csv, struct fault *fault); /* NULL: the store failed, if RC is set */
void known_free(struct known *known);
/* Is ROW as it was delivered before, of a record that is here and that no other row is? Then that
 * one has its row, and nothing is to be read of this one. */
bool known_again(struct csv_in *csv, const struct sheet_row *row);
/* LAST: the others have found theirs. */
struct csv_match known_find(struct csv_in *csv, struct csv_record *record, bool last);
/* RECORD of this file is REF, new or here before. */
void known_claim(struct csv_in *csv, struct csv_record *record, struct ref ref);
/* A row may be REF, and nobody has said so. */
void known_doubt(struct known *known, struct ref ref);
/* Records that no row was, or may be. */
void known_each_left(struct known *known, void (*fn)(void *to, struct ref ref), void *to);

/* csv_update.c: RECORD's values into the record REF as far as they differ. */
enum rc csv_update(struct csv_in *csv, struct csv_record *record, struct ref ref,
	struct fault *fault) MUST_CHECK;
/* That this source has delivered ROW as REF. */
enum rc csv_delivered(struct csv_in *csv, const struct csv_record *record, struct ref ref,
	struct fault *fault) MUST_CHECK;
/* What this source has delivered, by the id of the record; ROW is as of csv_clean_hash where
 * nothing was said of the row. */
void csv_each_delivered(
	const struct csv_in *csv, void (*fn)(void *to, const char *id, int64_t row), void *to);
int64_t csv_clean_hash(const struct csv_in *csv, const struct sheet_row *row);
bool csv_is_delivered(const struct csv_in *csv, const struct sheet_row *row, struct ref ref);
bool csv_was_delivered(const struct csv_in *csv, struct ref ref);

/* json_table.c: the records of a JSON file, a table a kind. NULL: the store failed. */
enum { JSON_KINDS = 128 };
struct json_tables {
	struct csv_in *of[JSON_KINDS]; /* by place in `kinds` */
};
struct csv_in *json_table(struct json_tables *tables, struct intake *in, const struct kind *kind,
	struct fault *fault);
/* What RECORD is called: by its source, by its full id, else by its content. */
void json_table_names(
	struct csv_in *csv, struct csv_record *record, const char *ref, const char *id);
void json_tables_end(struct json_tables *tables, bool good);

#endif
