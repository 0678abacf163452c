/* SPDX-License-Identifier: GPL-3.0-or-later
 * The tables that counters and their mixing need: the logistic function and its inverse, bit
 * histories, how fast counters learn. Bits mixed in the logistic domain, and histories that choose
 * counters, are Matt Mahoney's ideas (PAQ7, lpaq); the tables are our own.
 */
#include "sync/wire/model/parts.h"

/* ---- logistic */

enum { ANCHOR_STEP = 64, SQUASH_MOST = 2815, ANCHORS = SQUASH_MOST / ANCHOR_STEP + 2 };

/* 65536 / (1 + e^(-k / 4)), k = 0, 1, 2 … */
static const uint16_t anchors[ANCHORS] = {32768, 36843, 40793, 44511, 47911, 50941, 53581, 55834,
	57724, 59287, 60565, 61598, 62428, 63090, 63615, 64030, 64357, 64614, 64816, 64974, 65097,
	65194, 65269, 65328, 65374, 65410, 65438, 65459, 65476, 65489, 65500, 65508, 65514, 65519,
	65523, 65526, 65528, 65530, 65531, 65532, 65533, 65534, 65534, 65535, 65535};

int16_t stretch_table[1 << STRETCH_BITS];
uint16_t squash_table[2 * (STRETCH_MOST + 1)];
uint8_t history_next[HISTORIES][2], history_weight[HISTORIES];
uint32_t counter_rates[RATES];

unsigned logistic(int stretched)
{
	unsigned size = stretched < 0 ? (unsigned)-stretched : (unsigned)stretched, at, rest, p;

	if (size > SQUASH_MOST)
		size = SQUASH_MOST;
	at = size / ANCHOR_STEP;
	rest = size % ANCHOR_STEP;
	p = (anchors[at] * (ANCHOR_STEP - rest) + anchors[at + 1] * rest) / ANCHOR_STEP;
	return stretched < 0 ? 65536 - p : p;
}

static void stretch_start(void)
{
	int stretched = -STRETCH_MOST;

	for (int at = 0; at < 2 * (STRETCH_MOST + 1); at++)
		squash_table[at] = (uint16_t)logistic(at - STRETCH_MOST - 1);

	for (unsigned at = 0; at < 1u << STRETCH_BITS; at++) {
		unsigned p = (at << (16 - STRETCH_BITS)) + (1u << (15 - STRETCH_BITS));
		while (stretched < STRETCH_MOST && logistic(stretched) < p)
			stretched++;
		stretch_table[at] = (int16_t)stretched;
	}
}

/* ---- bit histories: how many zeros and ones, and which came last */

struct counts {
	uint8_t n[2], last;
};

/* How large the larger count may be, by the smaller one. */
static const uint8_t largest[] = {40, 24, 12, 8, 5};

static struct counts states[HISTORIES];
static unsigned state_count;

static bool allowed(unsigned zeros, unsigned ones)
{
	unsigned small = zeros < ones ? zeros : ones, large = zeros < ones ? ones : zeros;

	return small < sizeof largest && large <= largest[small];
}

static uint8_t state_of(const unsigned n[2], unsigned last)
{
	for (unsigned i = 0; i < state_count; i++)
		if (states[i].n[0] == n[0] && states[i].n[1] == n[1] && states[i].last == last)
			return (uint8_t)i;
	return 0;
}

/* What is left of N bits when another one comes: of many few. */
static unsigned faded(unsigned n)
{
	unsigned log = 0;

	if (n <= 2)
		return n;
	while (n >> (log + 1))
		log++;
	return log + 1;
}

static uint8_t state_after(const struct counts *now, unsigned bit)
{
	unsigned n[2] = {now->n[0], now->n[1]};

	n[bit]++;
	n[!bit] = faded(n[!bit]);
	while (!allowed(n[0], n[1]))
		n[n[bit] > n[!bit] ? bit : !bit]--;
	return state_of(n, bit);
}

/* By their sums, zeros before ones: nothing yet is the first. */
static void states_start(void)
{
	state_count = 0;
	for (unsigned sum = 0; sum <= largest[0]; sum++)
		for (unsigned ones = 0; ones <= sum; ones++)
			for (unsigned last = 0; last < 2; last++) {
				unsigned zeros = sum - ones;
				bool came = last ? ones : zeros || !sum;
				if (came && allowed(zeros, ones))
					states[state_count++] = (struct counts){
						{(uint8_t)zeros, (uint8_t)ones}, (uint8_t)last};
			}
	for (unsigned i = 0; i < state_count; i++) {
		for (unsigned bit = 0; bit < 2; bit++)
			history_next[i][bit] = state_after(&states[i], bit);
		history_weight[i] = (uint8_t)(states[i].n[0] + states[i].n[1]);
	}
}

unsigned history_guess(uint8_t history)
{
	const struct counts *now = &states[history];

	return (now->n[1] * 2u + 1) * 65535u / ((now->n[0] + now->n[1]) * 2u + 2);
}

void counters_start(void)
{
	stretch_start();
	states_start();
	for (unsigned n = 0; n < RATES; n++)
		counter_rates[n] = 2 * 65536 / (2 * n + 3);
}
