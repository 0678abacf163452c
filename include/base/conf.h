/* SPDX-License-Identifier: GPL-3.0-or-later
 * The two forms of the county's data files. Both are UTF-8, '#' begins a comment line.
 *
 *   conf:  name value            one setting a line; the value may be "quoted"
 *   tsv:   a<TAB>b<TAB>c         a first line "#: a b c" may name the columns
 *
 * Complaints name file, line and rule: "codes.tsv:12: ...".
 */
#ifndef BASE_CONF_H
#define BASE_CONF_H

#include "base/base.h"

enum { CONF_COLUMNS = 40 };

/* One line at a time; returns false with WHY set to refuse the line. Words borrow from the text. */
struct conf_line {
	const char *file;
	unsigned number;
	unsigned count;                 /* words or columns */
	const char *word[CONF_COLUMNS]; /* NUL-ended */
};

typedef bool conf_fn(const struct conf_line *line, void *to, const char **why);

/* Words are separated by blanks (conf) or by tabs (tsv). Stops at the first bad line: RC_BAD. */
enum rc conf_each(const char *file, struct bytes text, conf_fn *fn, void *to, struct fault *fault) MUST_CHECK;
enum rc tsv_each(const char *file, struct bytes text, conf_fn *fn, void *to, struct fault *fault) MUST_CHECK;

#endif
