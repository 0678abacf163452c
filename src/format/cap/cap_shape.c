/* SPDX-License-Identifier: GPL-3.0-or-later
 * Shapes are small and places few, so each is read anew for each place; nothing is kept of it.
 */
#include "format/cap_shape.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "model/schema.h"

enum { KM_A_DEGREE = 111, CORNERS = 20000 };

struct corner {
	double lat, lon;
};

/* "35.21,112.80"; false at the end or where there is none. */
static bool corner_next(const char **at, struct corner *corner)
{
	char *end;

	*at += strspn(*at, " \t\r\n");
	corner->lat = strtod(*at, &end);
	if (end == *at || *end != ',')
		return false;
	*at = end + 1;
	corner->lon = strtod(*at, &end);
	if (end == *at || fabs(corner->lat) > 90 || fabs(corner->lon) > 180)
		return false;
	*at = end;
	return true;
}

static bool in_circle(const char *text, struct corner place, bool *good)
{
	struct corner centre;
	char *end;

	*good = corner_next(&text, &centre);
	if (!*good)
		return false;
	double km = strtod(text, &end);
	*good = end != text && km >= 0;
	double north = (place.lat - centre.lat) * KM_A_DEGREE;
	double east = (place.lon - centre.lon) * KM_A_DEGREE * cos(centre.lat * M_PI / 180);
	return *good && north * north + east * east <= km * km;
}

/* A line from the place to the north crosses the edges of what holds it an odd number of times. */
static bool in_polygon(const char *text, struct corner place, bool *good)
{
	struct corner first, from, to;
	unsigned count = 1;
	bool inside = false;

	*good = corner_next(&text, &first);
	for (from = first; *good && count < CORNERS; from = to, count++) {
		bool last = !corner_next(&text, &to);

		if (last)
			to = first;
		if ((from.lon > place.lon) != (to.lon > place.lon) &&
			place.lat < from.lat + (to.lat - from.lat) * (place.lon - from.lon) /
						       (to.lon - from.lon))
			inside = !inside;
		if (last)
			break;
	}
	*good = *good && count >= 3 && !text[strspn(text, " \t\r\n")];
	return *good && inside;
}

bool cap_shape_holds(const struct cap_pair *shape, int64_t lat, int64_t lon, bool *good)
{
	struct corner place = {(double)lat / DEGREE, (double)lon / DEGREE};

	return strcmp(shape->name, "circle") == 0 ? in_circle(shape->value, place, good)
						  : in_polygon(shape->value, place, good);
}
