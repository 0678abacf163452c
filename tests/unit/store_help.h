/* SPDX-License-Identifier: GPL-3.0-or-later
 * Stations in throw-away folders, and facts in one line, for the tests of the store.
 */
#ifndef TESTS_STORE_HELP_H
#define TESTS_STORE_HELP_H

#include "store/rows/internal.h"
#include "store/log.h"

enum { HELP_HOME = 128 };

#define VILLAGE 410882103205
#define VILLAGE_2 410882103206
#define TOWN 410882103000
#define TOWN_2 410882104000
#define COUNTY 410882000000
#define CITY 410800000000

/* A new folder below TMPDIR; help_remove takes it away with all that is in it. */
void help_home(char home[HELP_HOME]);
void help_remove(const char *home);
/* Makes a station there; its keys come from HOME and AREA, so that two are never the same. */
struct store *help_station(const char *home, uint64_t area, const char *code);
/* The one station of a test program, in a folder of its own: made before each case, gone after it.
 */
struct store *help_alone(uint64_t area, const char *code);
int help_alone_stop(void **state); /* a teardown of cmocka */
/* A village, its township and its county, strangers to each other: made before each case, gone
 * after it. */
enum { HELP_VILLAGE, HELP_TOWN, HELP_COUNTY, HELP_LEVELS };
void help_levels(struct store *levels[HELP_LEVELS]);
int help_levels_stop(void **state); /* a teardown of cmocka */
/* A second file for the same folder, as another process would open it. */
struct store *help_open(const char *home);
/* OTHER becomes known to STORE, with its keys: a grant. */
void help_introduce(struct store *store, struct store *other);
/* Everything OTHER has goes to STORE by store_take. */
void help_carry(struct store *to, struct store *from);

/* "category=H0101 text=..." by field names; values as people type them. A new record. */
struct ref help_add(struct store *store, const char *kind, const char *fields);
struct ref help_add_in(struct store *store, const char *kind, uint64_t area, const char *fields);
void help_step(struct store *store, struct ref ref, const char *step, const char *fields);
/* By that person of the station. */
void help_step_by(
	struct store *store, struct ref ref, const char *by, const char *step, const char *fields);
void help_edit(struct store *store, struct ref ref, const char *fields);
/* As text, "" when empty. Borrowed until the next call. */
const char *help_field(struct store *store, struct ref ref, const char *field);
const char *help_state(struct store *store, struct ref ref);
/* All rows of all kinds as one text: two stores with the same facts give the same. */
void help_dump(struct store *store, struct buf *out);

uint32_t help_random(uint64_t *seed);
/* Milliseconds since some start, for measures. */
double help_ms(void);

#endif
