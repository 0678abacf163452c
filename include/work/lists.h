/* SPDX-License-Identifier: GPL-3.0-or-later
 * Checklists as they are answered: those of the station's register and those that are shipped, by their code. A check keeps
 * the code and the version of its list, so that its answers are read by the items that were asked then.
 */
#ifndef WORK_LISTS_H
#define WORK_LISTS_H

#include "model/answers.h"
#include "store/rows.h"

struct list_item {
	struct bytes text, category, grade; /* category "" = a no makes no hazard */
	char reading[32];                   /* the field that takes its number; "" = yes or no */
};

struct checklist_at {
	struct ref ref; /* seq 0: it is shipped and not in the register */
	const char *code, *title, *version, *fits, *source;
	unsigned items;
	struct list_item item[ANSWERS_MOST];
};

enum { LISTS_MOST = 64 };
struct lists {
	unsigned count;
	struct list_choice {
		struct ref ref; /* seq 0: shipped */
		const char *code, *title, *version;
		unsigned fit;
	} at[LISTS_MOST];
};

/* Those for the record ROW, the best first: its own (a field `checklist`), then what their lines `fits` say. Texts in ARENA. */
enum rc lists_for(struct lists *lists, struct store *store, const struct row *row, int64_t now, struct arena *arena,
	struct fault *fault) MUST_CHECK;
/* Those alone that are for records of that kind and type, the best first; of drills, courses and the like, which are asked by
 * lists that check nothing else. */
struct lists_wanted {
	const struct kind *kind;
	const char *type; /* code of its field `type`; "" = none */
	int64_t now;
};
enum rc lists_about(struct lists *lists, struct store *store, const struct lists_wanted *wanted, struct arena *arena,
	struct fault *fault) MUST_CHECK;
/* The list of that CODE, of the register, else shipped. RC_NONE. */
enum rc list_load(
	struct checklist_at *list, struct store *store, const char *code, struct arena *arena, struct fault *fault) MUST_CHECK;
/* The list by which a check was answered: REF (seq 0: none) and "CODE VERSION" as it keeps them. In the version of then,
 * where the register had it. RC_NONE. */
enum rc list_answered(struct checklist_at *list, struct store *store, struct ref ref, struct bytes kept, struct arena *arena,
	struct fault *fault) MUST_CHECK;

#endif
