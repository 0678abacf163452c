/* SPDX-License-Identifier: GPL-3.0-or-later
 * What src/store/db shows to the other rooms of its floor.
 */
#ifndef STORE_DB_INTERNAL_H
#define STORE_DB_INTERNAL_H

#include "store/db/db.h"
#include "store/db/kv.h"
#include "store/db/schema.h"
#include "store/db/tables.h"
#include "base/arena.h"
#include "model/op.h"

/* Records whose rows no longer show their facts: folded again before anybody looks, at the latest
 * before the commit. A set of references in the order of adding. */
struct changed {
	struct ref *at;
	uint32_t *table; /* open addressing: place in AT + 1 */
	size_t count, room, slots;
};

/* changed.c */
void changed_add(struct changed *changed, struct ref ref);
/* Its place in AT; false: it is not among them. */
bool changed_find(const struct changed *changed, struct ref ref, size_t *at);
void changed_clear(struct changed *changed);
/* All of them, in ARENA; the set is empty then. */
void changed_take(struct changed *changed, struct arena *arena, struct ref **refs, size_t *count);
void changed_release(struct changed *changed);

#endif
