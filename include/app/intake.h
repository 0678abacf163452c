/* SPDX-License-Identifier: GPL-3.0-or-later
 * What all imports share: complaints with their line, counts, and transactions. What a line says becomes a fact by
 * work/change.h. A line is stored whole or not at all.
 */
#ifndef APP_INTAKE_H
#define APP_INTAKE_H

#include "work/change.h"

struct complaint;

struct intake {
	struct actor actor; /* who imports, and whose names the refs are */
	const char *file;   /* for complaints */
	bool all_or_none;
	unsigned added, steps, known, bad; /* records and steps stored; lines that were here; lines refused */
	unsigned good_files, bad_files;    /* files of which something, or nothing, could be read */
	unsigned kept_added, kept_steps;   /* the same as of the last commit */
	unsigned pending;                  /* writes since the last commit */
	bool open;                         /* a transaction is */
	struct complaint *first, **last;
	struct arena arena; /* complaints, and what the formats keep for a file */
	struct tally *tally;
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
/* All complaints, a line each, by file and line. */
void intake_said(const struct intake *in, struct buf *out);

/* Stores what was read; of a new record *ref says which one, and NAME (may be NULL) becomes its ref. RC_BAD and
 * RC_DENIED: this line only. */
enum rc intake_write(struct intake *in, struct change *change, const char *name, struct ref *ref, struct fault *fault) MUST_CHECK;
/* Is that record here already, by the source's own name or by its full id? */
bool intake_known(const struct intake *in, const char *name, struct ref *ref);
/* A name for a line that has none: its hash, and how many equal ones came before it in this file. */
void intake_name(struct intake *in, struct bytes line, char out[40]);

/* Commits what is open; with all_or_none and bad lines it undoes everything instead, and the counts with it. */
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
/* LANGUAGE: the user's, "zh" or "en". */
enum rc cap_import(struct intake *in, struct bytes text, const char *language, struct fault *fault) MUST_CHECK;

#endif
