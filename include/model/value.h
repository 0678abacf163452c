/* SPDX-License-Identifier: GPL-3.0-or-later
 * Values: one row a field type. parse(show(x)) = x for every type.
 */
#ifndef MODEL_VALUE_H
#define MODEL_VALUE_H

#include "model/codes.h"
#include "model/op.h"

/* What parsing and showing may need from around: the time, and records by number (the store's, handed in). */
struct value_ways {
	int64_t now;
	bool labels; /* show codes as their labels (screens) or as codes (files) */
	bool strict; /* forms: an unknown code is refused; imports keep it */
	/* typed text to a record; false = not known, it stays a text. NULL = no store. */
	bool (*find)(void *to, unsigned kind, const char *typed, struct ref *ref);
	/* a record to the text that find understands (its number), or with labels its title. */
	bool (*name)(void *to, struct ref ref, bool title, struct buf *out);
	/* the pages of the long text whose hash is KEY behind OUT, as the NTH station has them that wrote it; how many;
	 * 0 = no more stations have. */
	unsigned (*pages)(void *to, const char *key, unsigned nth, struct buf *out);
	void *to;
};

struct type_ops {
	const char *name, *sql;
	/* TYPED to a value whose text lies in KEEP until KEEP grows. False: WHY is a translated rule. */
	bool (*parse)(const struct field *field, const char *typed, const struct value_ways *ways, struct buf *keep,
		struct value *value, const char **why);
	void (*show)(const struct field *field, const struct value *value, const struct value_ways *ways, struct buf *out);
	enum wire wire; /* the usual one; T_REF also has text */
};

extern const struct type_ops types[T_TYPES];

/* By type; an empty or blank TYPED is RC_BAD here: the caller decides what empty means. Checks length, UTF-8,
 * control characters (text_clean is applied), numbers with units, days that do not exist. */
bool value_parse(const struct field *field, const char *typed, const struct value_ways *ways, struct buf *keep,
	struct value *value, const char **why);
void value_show(const struct field *field, const struct value *value, const struct value_ways *ways, struct buf *out);

#endif
