/* SPDX-License-Identifier: GPL-3.0-or-later
 * Records as JSON: codes and numbers, never labels. The keys are a promise to whoever calls the program.
 */
#ifndef APP_RECORD_H
#define APP_RECORD_H

#include "format/json.h"
#include "store/rows.h"

/* One value: a number, or a text as people write it into a file. */
void record_value(struct json_out *out, struct store *store, const struct field *field, const struct value *value);
/* The keys number, id, kind, area, state of a row; the object is open. */
void record_head(struct json_out *out, struct store *store, const struct row *row);
/* "fields": {…}, those that are filled; "people": {FIELD: [{record, name, phone, left}, …]}, whom the fields mean that
 * name persons, as these are now: more than one where several have that name. */
void record_fields(struct json_out *out, struct store *store, const struct row *row);
/* What TAG is in a fact of this step (NULL: no step); NULL when this program does not know. */
const struct field *record_field(const struct kind *kind, const struct step *step, unsigned tag);
/* Facts as they are written: by, at, site, and what they set. */
void record_body(struct json_out *out, struct store *store, const struct kind *kind, const struct step *step, struct bytes body);
/* The levels that have proven that they hold every fact of the record written at or below them, own
 * level first; as "said" those that have it by the word of the station above alone. */
void record_reached(struct json_out *out, struct store *store, struct ref ref, uint64_t area);
/* A state's code; "" for a kind without states. */
const char *record_state(const struct kind *kind, int state);

#endif
