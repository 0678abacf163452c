/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the files of the form widget know of each other.
 */
#ifndef UI_FORM_PARTS_H
#define UI_FORM_PARTS_H

#include "ui/form.h"

bool form_is_choice(const struct form *form, unsigned place); /* filled by the picker */
void form_free_pick(struct form *form);
/* What the field at the cursor wants, in a few words. */
const char *form_wanted(const struct form *form);

#endif
