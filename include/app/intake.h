/* SPDX-License-Identifier: GPL-3.0-or-later
 * What all imports share: complaints with their line, counts, and transactions. What a line says becomes a fact by
 * work/change.h. A line is stored whole or not at all.
 */
#ifndef APP_INTAKE_H
#define APP_INTAKE_H

#include "format/json.h"
#include "work/change.h"

struct complaint;

/* What a column of a table was taken for. */
struct intake_column {
	const char *heading;
	const char *name, *label; /* of the field, or of the record's own; NULL: left out */
	const char *by;           /* "told", "remembered", "label", "bracket", "word"; NULL: nothing knows it */
	struct intake_column *next;
};

enum intake_doubt { DOUBT_LEAVE, DOUBT_SAME, DOUBT_NEW }; /* a row that may be a record that is here */

struct intake {
	struct actor actor; /* who imports, and whose names the refs are */
	const char *file;   /* for complaints */
	bool all_or_none;
	enum intake_doubt doubt;
	bool try_only;                     /* all is undone in the end: what would it do? */
	unsigned added, steps, known, bad; /* records and steps stored; lines that were here; lines refused */
	/* Records that got other values; rows that may be a record that is here; rows that are no records;
	 * records of the last delivery that this one does not have */
	unsigned changed, doubtful, left_out, vanished;
	unsigned good_files, bad_files;                /* files of which something, or nothing, could be read */
	unsigned kept_added, kept_steps, kept_changed; /* the same as of the last commit */
	unsigned pending;                              /* writes since the last commit */
	bool open;                                     /* a transaction is */
	int64_t opened;                                /* when, in milliseconds */
	size_t weight;                                 /* bytes of facts in it */
	struct complaint *first, **last;
	unsigned told;                                /* complaints by intake_tell */
	struct intake_column *columns, **columns_end; /* of all tables so far */
	/* Is a row the record that it may be? NULL: nobody is there to say; then DOUBT counts. */
	enum intake_doubt (*ask)(void *to, const char *question);
	bool quiet;         /* intake_tell says nothing */
	bool fetched;       /* what entries of feeds only link to has been fetched: they are no alerts */
	struct arena arena; /* complaints, and what the formats keep for a file */
	struct tally *tally;
	struct cap_book *book; /* the station's warnings, from the first alert on; owned */
	/* Does the person prove by a PIN what asks for one? NULL: has done so. */
	enum rc (*prove)(void *to, const struct kind *kind, unsigned step, struct fault *fault);
	void *to;
};

void intake_start(struct intake *in, const struct actor *actor);
void intake_release(struct intake *in);

/* A file begins: from here on complaints are about it. */
void intake_file(struct intake *in, const char *file);
/* "FILE:LINE: TEXT", and counts as bad. LINE 0: the whole file. */
void intake_bad(struct intake *in, unsigned line, const char *fmt, ...) PRINTF(3, 4);
/* The same without counting. */
void intake_note(struct intake *in, unsigned line, const char *fmt, ...) PRINTF(3, 4);
/* What was done with a line or a cell, beside the counts. */
enum intake_done {
	DONE_NOTED,    /* stored; somebody should see how */
	DONE_REFUSED,  /* the line was not stored */
	DONE_EMPTIED,  /* the cell was left empty, the line is stored */
	DONE_LEFT_OUT, /* no record: a total, a signature, a remark; or a column that means nothing here */
	DONE_DOUBTFUL, /* not stored until somebody says whether it is a record that is here */
	DONE_VANISHED, /* a record that was in the last delivery */
};
struct intake_place {
	enum intake_done done;
	unsigned line;      /* 0: the whole file */
	const char *column; /* heading; NULL: the whole line */
};
/* As intake_note, of a place; the text says the rule and what was done. */
void intake_tell(struct intake *in, struct intake_place place, const char *fmt, ...) PRINTF(3, 4);
/* The columns of a table, for a preview. */
void intake_column(struct intake *in, const struct intake_column *column);
/* All complaints, by file and line. */
struct intake_note {
	enum intake_done done;
	unsigned line;             /* 0: the whole file */
	const char *file, *column; /* column: its heading; NULL: the whole line */
	const char *text;
};
void intake_each(const struct intake *in, void (*fn)(void *to, const struct intake_note *note), void *to);
/* The same, a line of text each. */
void intake_said(const struct intake *in, struct buf *out);
/* The same as objects of an array: file, line, column, done, text. */
void intake_said_json(const struct intake *in, struct json_out *out);

/* Stores what was read; of a new record *ref says which one, and NAME (may be NULL) becomes its ref. RC_BAD and
 * RC_DENIED: this line only. */
enum rc intake_write(struct intake *in, struct change *change, const char *name, struct ref *ref, struct fault *fault) MUST_CHECK;
/* Is that record here already, by the source's own name or by its full id? */
bool intake_known(const struct intake *in, const char *name, struct ref *ref);
/* From now on the source's NAME is REF. */
enum rc intake_call(struct intake *in, const char *name, struct ref ref, struct fault *fault) MUST_CHECK;
/* A name for a line that has none: its hash, and how many equal ones came before it in this file. */
void intake_name(struct intake *in, struct bytes line, char out[40]);

/* Commits what is open; with try_only, or with all_or_none and bad lines, it undoes everything instead; without try_only the counts with it. */
enum rc intake_end(struct intake *in, struct fault *fault) MUST_CHECK;
/* Undoes what is open, and the counts with it. */
void intake_undo(struct intake *in);

/* ---- the formats: each reads one file's bytes. RC_BAD: nothing of the file could be read, FAULT says why. Lines
 * that are refused are complained of, and only a failing store ends the import. */
enum rc json_import(struct intake *in, struct bytes text, struct fault *fault) MUST_CHECK;
struct csv_map; /* columns of a county's own table: "column<TAB>field" lines */
enum rc csv_map_read(struct csv_map **out, const char *file, struct bytes text, struct fault *fault) MUST_CHECK;
void csv_map_free(struct csv_map *map);
enum rc csv_import(
	struct intake *in, const struct kind *kind, const struct csv_map *map, struct bytes text, struct fault *fault) MUST_CHECK;
/* As JSON: the links of entries that say nothing themselves, with when these were updated, and how many others there are. */
enum rc cap_links(struct bytes text, struct json_out *out, struct fault *fault) MUST_CHECK;
/* LANGUAGE: the user's, "zh" or "en". */
enum rc cap_import(struct intake *in, struct bytes text, const char *language, struct fault *fault) MUST_CHECK;

#endif
