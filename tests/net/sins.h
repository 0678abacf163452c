/* SPDX-License-Identifier: GPL-3.0-or-later
 * Whole syncs through the hostile middle.
 */
#ifndef TESTS_SINS_H
#define TESTS_SINS_H

/* The homes of a station, of another one of the same hub, and of the hub, which listens on
 * HUB_PORT. ROUNDS times every sin, from SEED. How many runs were not as they must be: each ends
 * with a clear error or right, the next honest one is right, and in the end all agree. */
unsigned sins(const char *low, const char *other, const char *high, unsigned hub_port,
	unsigned rounds, unsigned long seed);

#endif
