/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the elements of alerts and feeds mean, by their names and where they stand.
 */
#ifndef APP_CAP_NAMES_H
#define APP_CAP_NAMES_H

#include "base/buf.h"
#include "format/cap.h"

/* Where an element stands: what the one around it is. */
enum cap_place { P_OTHER, P_ALERT, P_INFO, P_AREA, P_PAIR, P_ENTRY, P_AUTHOR, P_TEXT, P_SIGNATURE };

/* A name of the XML parser ("uri|local" or "prefix:local") cut in two. Borrowed. */
struct cap_name {
	const char *space, *local;
	size_t space_len;
	bool cap; /* the space is one of CAP's */
};

struct cap_element {
	const char *name;
	enum cap_place in;
	bool info;      /* its text belongs to the info block, else to the alert */
	unsigned index; /* CAP_… */
	bool cap;       /* in an entry: only in a CAP space; else only in a feed's own */
	char join;      /* between several of that name; 0: there may be one */
};

struct cap_name cap_name_of(const char *text);
bool cap_name_is(const struct cap_name *name, const char *local);
/* The text element NAME inside IN; NULL when it is none that we keep. */
const struct cap_element *cap_element_of(enum cap_place in, const struct cap_name *name);

/* The name of a shape of an area; NULL when it is none. */
const char *cap_shape_named(const struct cap_name *name);

/* An element of ENTRY that may link to its alert, with its attributes (name, value, … NULL), or by its text: the surest
 * link is kept. */
void cap_entry_link(struct arena *arena, struct cap_alert *entry, const struct cap_name *name, const char **attributes);
void cap_entry_text(struct arena *arena, struct cap_alert *entry, const char *element, const char *text);

/* IN behind OUT, with each "&" written out that begins no reference; how many there were. */
unsigned cap_mend(struct bytes in, struct buf *out);
/* What is wrong with a file, by the parser's own words for ERROR. Translated. */
const char *cap_fault(const char *error);

#endif
