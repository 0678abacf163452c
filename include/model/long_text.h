/* SPDX-License-Identifier: GPL-3.0-or-later
 * Texts that are longer than a value may be (LIMIT_TEXT). The field keeps the beginning and a mark that says how many
 * pages follow and what the whole hashes to; the pages are records of their own (kind leaf) that bear the hash. So
 * nobody can add to what another wrote, an edit needs to void nothing, and what has not come yet is missed by name.
 */
#ifndef MODEL_LONG_TEXT_H
#define MODEL_LONG_TEXT_H

#include "model/value.h"

enum { LONG_KEY = 32, LONG_MARK = 48 }; /* hexadecimal digits; bytes at the end of the field's value */

/* What the mark at the end of a value says. */
struct long_text {
	size_t head;    /* bytes before it */
	unsigned pages; /* that follow */
	char key[LONG_KEY + 1];
};

bool long_text(struct bytes value, struct long_text *out); /* false: VALUE is whole */
/* TEXT, longer than LIMIT_TEXT, as the value of its field; its page N (0 the first) begins at PAGE's end. */
void long_value(struct bytes text, struct buf *out);
bool long_page(struct bytes text, unsigned n, struct bytes *page);
/* VALUE with its pages; where they are not here, that they are not. */
void long_show(struct bytes value, const struct value_ways *ways, struct buf *out);

#endif
