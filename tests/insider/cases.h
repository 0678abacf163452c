/* SPDX-License-Identifier: GPL-3.0-or-later
 * What every case here begins and ends with.
 */
#ifndef INSIDER_CASES_H
#define INSIDER_CASES_H

#include "liar.h"
#include "store/rows/internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

int cases_make(void **state); /* of the group */
int cases_drop(void **state);
int case_begin(void **state); /* *state is a scene */
int case_end(void **state);
/* The same place as at the beginning, for a case that tries several things. */
void case_again(struct scene *scene);
void good(struct scene *scene, bool is);
/* How the record REF is shown in STORE: its state, and a text of it. */
int state_of(struct store *store, struct ref ref);
bool text_is(struct store *store, struct ref ref, unsigned tag, const char *text);

/* All of TESTS, or those that OUTPOST_CASE names, with * and ?. */
#define RUN(tests) (cases_choose(), cmocka_run_group_tests(tests, cases_make, cases_drop))
void cases_choose(void);

#define CASE(name) cmocka_unit_test_setup_teardown(name, case_begin, case_end)

#endif
