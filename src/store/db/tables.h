/* SPDX-License-Identifier: GPL-3.0-or-later
 * The tables of rows, row_KIND, and their indexes, made from the table of kinds. The columns are
 * enum row_column's (store/inside.h) and then one a field, f_FIELD; a row is a record as its facts
 * fold to it.
 */
#ifndef STORE_TABLES_H
#define STORE_TABLES_H

#include "model/schema.h"
#include "store/db/db.h"

int64_t rows_fingerprint(void); /* of everything in the table of kinds that rows depend on */
enum rc rows_create(struct db *db, struct fault *fault) MUST_CHECK; /* empty, without indexes */
/* In memory, for this process alone: they go before those of the file. */
enum rc rows_create_beside(struct db *db, struct fault *fault) MUST_CHECK;
enum rc rows_index(struct db *db, struct fault *fault) MUST_CHECK;
enum rc rows_drop(struct db *db, struct fault *fault) MUST_CHECK;
bool field_stored(const struct field *field);
/* By what lists are put in order behind the area: the beginning of the title, so that an index does
 * not hold a long one once more. Written letter for letter like this in queries. */
enum { TITLE_KEY = 64 };
void title_key(const struct field *title, char key[TITLE_KEY]);

#endif
