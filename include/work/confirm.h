/* SPDX-License-Identifier: GPL-3.0-or-later
 * Registers kept true: what nobody has confirmed for too long, and one key that says it was confirmed today (rows
 * `confirm … on H` of rules.conf).
 */
#ifndef WORK_CONFIRM_H
#define WORK_CONFIRM_H

#include "work/agenda.h"

struct confirm_row {
	struct ref ref;
	const struct kind *kind;
	unsigned tag;       /* the date that a key writes */
	int64_t last;       /* yyyymmdd; 0 = never */
	const char *text;   /* what the rule says; borrowed */
	bool may, may_edit; /* may the actor confirm it, correct it? */
};

struct confirm_rows {
	struct confirm_row *rows; /* in the arena, in the order of home */
	unsigned count;
};

/* What the actor's station has to confirm now. */
enum rc confirm_load(struct confirm_rows *rows, const struct actor *actor, struct arena *arena, struct fault *fault) MUST_CHECK;
/* The record was confirmed on DATE (yyyymmdd; 0 = nobody has): by the step of its kind that says so, else as a field. */
enum rc confirm_write(const struct actor *actor, const struct confirm_row *row, int64_t date, struct fault *fault) MUST_CHECK;
/* The field that holds a remark; NULL: that kind has none. */
const struct field *confirm_remark(const struct kind *kind);
enum rc confirm_remark_write(
	const struct actor *actor, const struct confirm_row *row, const char *text, struct fault *fault) MUST_CHECK;

#endif
