/* SPDX-License-Identifier: GPL-3.0-or-later
 * The records of a JSON file, kind by kind, as rows of tables of one column: which of them are
 * here, and what has changed, is found as for a table of an office.
 */
#include "app/intake/csv_inside.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "store/station.h"

struct csv_in *json_table(
	struct json_tables *tables, struct intake *in, const struct kind *kind, struct fault *fault)
{
	struct csv_in *csv = tables->of[kind - kinds];

	if (!csv) {
		csv = memory_get(1, sizeof *csv);
		csv->in = in;
		csv->kind = kind;
		csv->head.count = 1;
		csv->head.column[0].name = "json";
		csv->known = known_new(csv, fault);
		tables->of[kind - kinds] = csv;
		if (fault->rc != RC_OK)
			return NULL;
	}
	return csv;
}

void json_table_names(
	struct csv_in *csv, struct csv_record *record, const char *ref, const char *id)
{
	struct fault fault;
	struct ref known;
	char made[40];

	if (ref && *ref) {
		buf_text(&record->name, ref);
	} else if (id && store_resolve(csv->in->actor.store, id, &known, &fault) == RC_OK) {
		buf_text(&record->number, id);
	} else if (!csv->known) {
		intake_name(csv->in, bytes_text(record->row->cell[0]), made);
		buf_text(&record->name, made);
		record->made = true;
	}
}

void json_tables_end(struct json_tables *tables, bool good)
{
	for (unsigned i = 0; i < kinds_count; i++) {
		struct csv_in *csv = tables->of[i];

		if (!csv)
			continue;
		if (good)
			csv_vanished(csv);
		known_free(csv->known);
		free(csv);
	}
}
