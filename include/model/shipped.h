/* SPDX-License-Identifier: GPL-3.0-or-later
 * The shipped data files (config/), baked into the program: a station whose files are lost or bad
 * still knows its codes, rules, checklists and cards.
 */
#ifndef MODEL_SHIPPED_H
#define MODEL_SHIPPED_H

#include "base/base.h"

/* The bytes of a file by its path below config/ ("codes.tsv", "packs/flood.conf"); empty when there is none. A NUL stands behind. */
struct bytes shipped_file(const char *name);
/* The Nth name in order of names; NULL after the last. FOLDER ("cards/") = only those in it; "" = all. */
const char *shipped_name(const char *folder, unsigned n);

#endif
