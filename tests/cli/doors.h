/* SPDX-License-Identifier: GPL-3.0-or-later
 * The doors by which people and files write, for test_doors.c: one input, said to each in its own
 * way.
 */
#ifndef TESTS_DOORS_H
#define TESTS_DOORS_H

#include "app/command.h"

#define DOORS_AREA "410882103205"

enum { DOORS_TEXT = 160 };

/* What a person or a file says of one field. */
struct pair {
	const struct field *field;
	bool by_label; /* named so, where a door takes names */
	char text[DOORS_TEXT];
};

struct input {
	const struct kind *kind; /* whose record is made or altered */
	struct ref ref;          /* seq 0: a new record */
	const struct step *step; /* NULL: fields */
	struct pair pairs[LIMIT_FIELDS];
	unsigned count;
	const char *at, *by; /* the record's own; NULL where a form is among the doors */
};

struct door {
	const char *name;
	bool (*through)(const struct input *input); /* false: it was refused */
};

/* Who acts, where; set by the test. */
extern struct app doors_app;
extern char doors_file[96]; /* for what is read from a file */

extern const struct door door_words, door_json, door_import_json, door_import_csv, door_form,
	door_line_mode;

#endif
