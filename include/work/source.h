/* SPDX-License-Identifier: GPL-3.0-or-later
 * Records by the names that a file gives them.
 */
#ifndef WORK_SOURCE_H
#define WORK_SOURCE_H

#include "store/rows.h"

#define SOURCE_CAP "cap" /* whose names the identifiers of alerts are, whatever --source says */

/* The record that SOURCE calls NAME, or whose full id that is: then the line comes back from an
 * export. False: there is none here. */
bool source_known(struct store *store, const char *source, const char *name, struct ref *ref);
/* The same of one fact, a step. */
bool source_known_fact(struct store *store, const char *source, const char *name);
/* As a line refers to it: also a warning by its identifier, when TARGET, the kind that is meant
 * (0 = any), allows. */
bool source_record(struct store *store, const char *source, const char *name, unsigned target, struct ref *ref);

#endif
