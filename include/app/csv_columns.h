/* SPDX-License-Identifier: GPL-3.0-or-later
 * Records as rows of a table that goes out: which columns, under which headings, for programs or for people.
 */
#ifndef APP_CSV_COLUMNS_H
#define APP_CSV_COLUMNS_H

#include "base/arena.h"
#include "format/csv.h"
#include "store/rows.h"

/* What a record has of its own, beside its fields. */
enum csv_own { OWN_REF, OWN_NUMBER, OWN_AREA, OWN_AT, OWN_BY, OWN_STATE, OWNS };

struct csv_columns {
	struct csv_column {
		const char *heading;
		const struct field *field; /* NULL: .own */
		const struct field *other; /* of the record that .field names; NULL: .field itself */
		enum csv_own own;
	} at[CSV_COLUMNS];
	unsigned count;
	bool sheet;  /* for a spreadsheet that is to leave cells as they are (csv_sheet), labels for headings */
	bool labels; /* codes and records by what people call them, too */
	bool listed; /* for a reader at this station: records by number, not by id; logins are not left out */
	struct arena arena;
};

/* All of KIND, OWN first. What a station decides for itself (logins) is left out. .sheet, .labels and .listed are set before. */
void csv_columns_all(struct csv_columns *columns, const struct kind *kind, const enum csv_own own[], size_t count);
/* Those that TEXT names, a line each: a field by its name or label, FIELD.FIELD of the record that it names (household.code), or ref,
 * number, area, at, by, state; with a heading and
 * a tab before it, as `import csv --map` reads the same file, it has that heading. RC_BAD names FILE, line and rule. */
enum rc csv_columns_read(struct csv_columns *columns, const struct kind *kind, const char *file, struct bytes text,
	struct fault *fault) MUST_CHECK;
void csv_columns_head(const struct csv_columns *columns, struct buf *out);
void csv_columns_row(const struct csv_columns *columns, struct store *store, const struct row *row, struct buf *out);
void csv_columns_release(struct csv_columns *columns);

/* What the words --labels, --columns FILE and --charset CODING ask for; takes them out of argv. */
struct csv_wish {
	bool labels;
	bool sheet;                    /* for a spreadsheet, codes as they are: the older words say so */
	const char *columns, *charset; /* NULL: not given */
};
void csv_wish_take(struct csv_wish *wish, int *argc, char **argv);
bool csv_wished(const struct csv_wish *wish);
/* COLUMNS as WISH has them, OWN first where it names none. RC_BAD: the file of columns, or the coding, is wrong. */
enum rc csv_wish_columns(const struct csv_wish *wish, const struct kind *kind, const enum csv_own own[], size_t count,
	struct csv_columns *columns, struct fault *fault) MUST_CHECK;
/* TEXT in the coding of WISH; UTF-8 for people has its mark, unless SHOWN on a terminal. RC_BAD: it has not all characters. */
enum rc csv_wish_code(const struct csv_wish *wish, bool shown, struct buf *text, struct fault *fault) MUST_CHECK;

#endif
