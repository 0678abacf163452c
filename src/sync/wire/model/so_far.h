/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the model's room knows of what was said so far.
 */
#ifndef SYNC_WIRE_MODEL_SO_FAR_H
#define SYNC_WIRE_MODEL_SO_FAR_H

#include "base/crypt.h"
#include "sync/wire.h"

struct model;

/* MODEL, which has read the training text, learns it. */
void so_far_read(struct model *model, const struct so_far *so_far);
/* The name of the state that TEXT makes of the one named BEFORE. */
void so_far_next(const uint8_t before[HASH_SIZE], enum so_far_form form, struct bytes text,
	uint8_t name[HASH_SIZE]);

#endif
