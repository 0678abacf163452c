/* SPDX-License-Identifier: GPL-3.0-or-later
 * A station in a folder of its own, for the tests of imports and exports.
 */
#ifndef TESTS_INTAKE_HELP_H
#define TESTS_INTAKE_HELP_H

#include "app/intake.h"
#include "store/rows/internal.h"

struct stand {
	char home[64];
	struct store *store;
	struct intake in;
	struct buf said;
};

/* A station of AREA, and an import into it that has begun. */
void stand_up(struct stand *stand, uint64_t area, const char *source);
void stand_down(struct stand *stand);
/* Ends the import and begins another one from the same SOURCE; what was said lies in stand->said.
 */
void stand_again(struct stand *stand, const char *source);
unsigned stand_count(struct stand *stand, unsigned kind);
/* The only row of KIND whose field is TEXT; its state's code, "" for a kind without, or "none",
 * "many". */
const char *stand_state(struct stand *stand, unsigned kind, unsigned tag, const char *text);

#endif
