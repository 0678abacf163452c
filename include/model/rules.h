/* SPDX-License-Identifier: GPL-3.0-or-later
 * The county's rules as data: who may do what (config/roles.conf), what is due when
 * (config/rules.conf), and what a kind of township switches on (config/packs). Pure: what is late
 * is a question of record and time.
 */
#ifndef MODEL_RULES_H
#define MODEL_RULES_H

#include "model/fold.h"

struct rules;

enum rc rules_load(struct rules *rules, const char *file, struct bytes text, struct fault *fault) MUST_CHECK;
enum rc roles_load(struct rules *rules, const char *file, struct bytes text, struct fault *fault) MUST_CHECK;
struct rules *rules_now(void); /* those this process uses */

/* May somebody with ROLE ("" = every step of the level) at LEVEL add KIND (STEP 0) or take STEP? */
bool rules_may(const char *role, enum level level, const struct kind *kind, unsigned step);

/* Does adding KIND (STEP 0) or taking STEP ask for the PIN of whoever has one? */
bool rules_pin(const struct kind *kind, unsigned step);

/* What a station's grant lets it write, as a number of bits: 0 = all that its level may; else
 * RIGHTS_NAMED and the bits of the rights that roles.conf names. A kind that no right names is
 * everybody's. */
enum { RIGHTS_ALL = 0, RIGHTS_NAMED = 1 };
bool rights_allow(unsigned rights, unsigned kind);
bool rights_read(const char *typed, unsigned *rights); /* "all", "none", or names separated by ',' */
void rights_show(unsigned rights, struct buf *out);    /* the same way */

enum need { NEED_NONE, NEED_SIGN, NEED_OVERDUE, NEED_DUE, NEED_SILENT, NEED_EXPIRING, NEED_CONFIRM, NEEDS };
extern const char *const need_names[NEEDS]; /* none sign overdue due silent expiring confirm */
extern const char *const need_labels[NEEDS];

/* What a record needs from somebody now, and until when (seconds; 0 = no limit known). TEXT:
 * borrowed, translated. */
enum need rules_need(const struct record *record, int64_t now, int64_t *until, const char **text);

/* Does it belong on a list of what is to be done now? A deadline that is further off than
 * rules_limit("today.ahead.days") does not: it is shown on the record. */
bool need_is_now(enum need need, int64_t until, int64_t now);

/* A named limit of rules.conf, e.g. rules_limit("lookback.days", 30). */
int64_t rules_limit(const char *name, int64_t otherwise);

#endif
