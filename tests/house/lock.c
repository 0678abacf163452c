/* SPDX-License-Identifier: GPL-3.0-or-later
 * Prints what the table of kinds promises to the field, a line each, sorted by number:
 *   kind 1 hazard
 *   field 1 1 category code
 *   step 1 2 assign
 *   state 1 0 new
 * Shared step arguments stand under kind 0. tests/house/lock.sh compares it with schema.lock.
 */
#include "model/schema.h"

#include <stdio.h>

static const char *const type_names[T_TYPES] = {
	[T_TEXT] = "text",
	[T_LONG] = "long",
	[T_NUM] = "num",
	[T_DEC] = "dec",
	[T_LON] = "lon",
	[T_LAT] = "lat",
	[T_BOOL] = "bool",
	[T_CODE] = "code",
	[T_CODES] = "codes",
	[T_DATE] = "date",
	[T_TIME] = "time",
	[T_PHONE] = "phone",
	[T_REF] = "ref",
	[T_AREA] = "area",
	[T_AREAS] = "areas",
};

static void print_fields(unsigned kind, const struct field *field)
{
	for (; field && field->tag; field++)
		printf("field %u %u %s %s\n", kind, field->tag, field->name,
			type_names[field->type]);
}

static void print_kind(const struct kind *kind)
{
	printf("kind %u %s\n", kind->id, kind->name);
	print_fields(kind->id, kind->fields);
	for (const struct step *step = kind->steps; step && step->tag; step++)
		printf("step %u %u %s\n", kind->id, step->tag, step->verb);
	for (unsigned i = 0; kind->states && kind->states[i].code; i++)
		printf("state %u %u %s\n", kind->id, i, kind->states[i].code);
}

int main(void)
{
	print_fields(0, step_args);
	for (unsigned i = 0; i < kinds_count; i++)
		print_kind(&kinds[i]);
	return 0;
}
