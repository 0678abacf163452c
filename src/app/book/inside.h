/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the parts of the book share: text as roff wants it.
 */
#ifndef APP_BOOK_INSIDE_H
#define APP_BOOK_INSIDE_H

#include "app/command.h"
#include "base/buf.h"

/* Text of a page: escaped, in short lines; a line end in it stays one. Hanzi may be broken anywhere
 * but before a closing mark. */
void roff(struct buf *out, const char *text);
/* A section; HEAD is translated. */
void roff_section(struct buf *out, const char *head);
/* A paragraph with a hanging head; REST, what stands behind it, may be NULL. */
void roff_item(struct buf *out, const char *head, const char *rest, const char *text);

/* What a page says in its middle. */
extern const char *const exit_texts[EXIT_NONE + 1]; /* N_() */

typedef void page_fn(const struct app *app, struct buf *out);
page_fn format_conf, format_rules, format_roles, format_codes;

/* The page NAME ("outpost-hub"; "" = "outpost"); false: there is no such page. */
bool manual_print(const struct app *app, const char *name, struct buf *out);

/* What may stand in the place of the last word of a line: one a line, a tab, what it is. ARGV is
 * the line without the program. Opens the station that the line names, to read it. */
void complete_line(struct app *app, int argc, char **argv, struct buf *out);

#endif
