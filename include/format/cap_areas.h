/* SPDX-License-Identifier: GPL-3.0-or-later
 * Where an alert applies: the codes that are kept with it, and the area its record is stored for.
 */
#ifndef APP_CAP_AREAS_H
#define APP_CAP_AREAS_H

#include "format/cap.h"
#include "base/buf.h"

/* LIST: codes separated by ','; a code that is no area code of ours carries its list's name before and '?' behind it
 * ("SAME:019153?"), an area without code its name and '?'; the corners of a shape are none. Cut at LIMIT_TEXT with a
 * last "…?". Returns the area to store for: the lowest that holds all codes when they all lie in STATION's area, else
 * STATION. */
uint64_t cap_areas(const struct cap_info *info, uint64_t station, struct buf *list);
/* The areas' own descriptions, one behind the other. */
void cap_place(const struct cap_info *info, struct buf *out);

#endif
