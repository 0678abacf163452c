/* SPDX-License-Identifier: GPL-3.0-or-later
 * What households come to: how many are told, how old the newest word is, and which place is
 * furthest behind.
 */
#include "work/homes.h"

#include <stdlib.h>

int64_t homes_newest(const struct homes *homes)
{
	int64_t newest = 0;
	unsigned undone = 0;

	for (unsigned n = 0; n < homes->count; n++) {
		undone += home_undone(homes->list[n].status);
		if (homes->list[n].status != HOME_OPEN && homes->list[n].at > newest)
			newest = homes->list[n].at;
	}
	return undone ? newest : 0;
}

unsigned homes_undone(const struct homes *homes)
{
	return homes->counts[HOME_OPEN] + homes->counts[HOME_REFUSED] + homes->counts[HOME_ABSENT];
}

unsigned homes_told(const struct homes *homes)
{
	enum { PERCENT = 100 };
	unsigned told = homes->counts[HOME_TOLD] + homes->counts[HOME_LEAVING] +
			homes->counts[HOME_ARRIVED];

	return homes->count ? told * PERCENT / homes->count : 0;
}

static int by_share(const void *a, const void *b)
{
	const struct home_place *x = a, *y = b;
	uint64_t left = (uint64_t)x->told * y->count, right = (uint64_t)y->told * x->count;

	if (left != right)
		return left < right ? -1 : 1;
	return (x->area > y->area) - (x->area < y->area);
}

unsigned homes_places(const struct homes *homes, struct home_place *places, unsigned most)
{
	unsigned count = 0;

	for (unsigned n = 0; n < homes->count; n++) {
		const struct home *home = &homes->list[n];
		unsigned at = 0;

		while (at < count && places[at].area != home->area)
			at++;
		if (at == most)
			continue;
		if (at == count)
			places[count++] = (struct home_place){.area = home->area};
		places[at].count++;
		places[at].told += !home_undone(home->status);
	}
	if (count)
		qsort(places, count, sizeof *places, by_share);
	return count;
}
