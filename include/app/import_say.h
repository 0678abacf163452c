/* SPDX-License-Identifier: GPL-3.0-or-later
 * What an import says: of its lines, in the end, and before it begins when somebody is there.
 */
#ifndef APP_IMPORT_SAY_H
#define APP_IMPORT_SAY_H

#include "app/intake.h"

/* Its complaints on stderr. */
void import_said(const struct intake *in);
/* The counts; of a try with what the columns were taken for. TABLE: it was a table. */
void import_counts(const struct intake *in, bool table);
void import_json(const struct intake *in, bool table);
bool import_somebody(void); /* on a terminal, who can be asked */
/* Shows what a try of FILE has found, to be read and answered there. IMPORT_WAITS: FAULT says why it
 * could not be shown. */
enum import_answer { IMPORT_WAITS, IMPORT_STOPS, IMPORT_GOES_ON };
enum import_answer import_preview(const struct intake *in, const char *file, struct fault *fault);
enum intake_doubt import_ask(void *to, const char *question);

#endif
