/* SPDX-License-Identifier: GPL-3.0-or-later
 * Code tables: data of the county (config/codes.tsv, columns table code zh en parent sort source).
 * The shipped file is baked into the program; a county's file replaces table by table.
 */
#ifndef MODEL_CODES_H
#define MODEL_CODES_H

#include "base/arena.h"
#include "base/base.h"

struct code {
	const char *table, *code, *zh, *en, *parent;
	int sort;
};

struct codes;

/* Lay a file over what is there; on RC_BAD nothing has changed. */
enum rc codes_load(struct codes *codes, const char *file, struct bytes text, struct fault *fault) MUST_CHECK;

/* The tables that this process uses; the shipped ones from the first call on. */
struct codes *codes_now(void);

uint64_t codes_print(void); /* another number, other tables: by what the files say */

const struct code *code_find(const char *table, const char *code); /* NULL */
/* The row whose zh or en label, or code, is TYPED (also lower case); NULL. */
const struct code *code_named(const char *table, const char *typed);
/* Rows of a table in their order; NULL after the last. PARENT NULL = all, "" = those without. */
const struct code *code_each(const char *table, const char *parent, const struct code *after);
/* The row with the longest code that stands in TEXT; NULL: none does. */
const struct code *code_inside(const char *table, const char *text);
/* The row that a digit chooses: the first is 1; NULL: there are not so many. */
const struct code *code_nth(const char *table, unsigned n);
const char *code_label(const struct code *code); /* in the user's language */
/* The label, or the code itself when it is unknown. */
const char *code_text(const char *table, const char *code);

#endif
