/* SPDX-License-Identifier: GPL-3.0-or-later
 * What an import says: of its lines, in the end, and before it begins when somebody is there.
 */
#ifndef APP_IMPORT_SAY_H
#define APP_IMPORT_SAY_H

#include "app/intake.h"

/* Its complaints on stderr, at most MOST (0 = all). */
void import_said(const struct intake *in, unsigned most);
/* The counts; of a try with what the columns were taken for. TABLE: it was a table. */
void import_counts(const struct intake *in, bool table);
void import_json(const struct intake *in, bool table);
bool import_somebody(void); /* on a terminal, who can be asked */
bool import_go_on(void);    /* y after a try */
enum intake_doubt import_ask(void *to, const char *question);

#endif
