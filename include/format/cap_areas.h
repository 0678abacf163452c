/* SPDX-License-Identifier: GPL-3.0-or-later
 * Where an alert applies: the codes that are kept with it, and the area its record is stored for.
 */
#ifndef APP_CAP_AREAS_H
#define APP_CAP_AREAS_H

#include "format/cap.h"
#include "base/buf.h"

/* Villages of which somebody has written where something in them lies: in order of their codes, one as often as that is
 * so. COMPLETE: each village of the station is among them. */
struct cap_villages {
	const struct village {
		uint64_t area;
		int64_t lat, lon; /* millionths of a degree */
	} * at;
	size_t count;
	bool complete;
};

/* LIST: codes separated by ','; a code that is no area code of ours carries its list's name before and '?' behind it
 * ("SAME:019153?"), an area without code its name and '?'; the corners of a shape are none. An area without
 * code is matched by its shapes against VILLAGES (NULL = none are known); *UNMATCHED counts those that fit none, and where
 * not all villages are known its name stays beside those that fit. Cut at LIMIT_TEXT with a last "…?". Returns the area to store for: the lowest that holds all codes when they all lie in STATION's area, else
 * STATION. */
uint64_t cap_areas(const struct cap_info *info, uint64_t station, const struct cap_villages *villages, struct buf *list,
	unsigned *unmatched);
/* The areas' own descriptions, one behind the other. */
void cap_place(const struct cap_info *info, struct buf *out);

#endif
