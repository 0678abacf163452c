/* SPDX-License-Identifier: GPL-3.0-or-later
 * Polygons and circles of alerts.
 */
#ifndef APP_CAP_SHAPE_H
#define APP_CAP_SHAPE_H

#include "format/cap.h"

/* Does the polygon ("lat,lon lat,lon …") or circle ("lat,lon km") hold the place at LAT and LON, in millionths of a degree
 * (model/schema.h, DEGREE)? *GOOD: it is such a shape at all. */
bool cap_shape_holds(const struct cap_pair *shape, int64_t lat, int64_t lon, bool *good);

#endif
