/* SPDX-License-Identifier: GPL-3.0-or-later
 * Four sums run side by side over whole words: a chain of one would wait for its own
 * multiplication.
 */
#include "base/digest.h"

#include "base/endian.h"

enum { LANES = 4, HALF = 32 };

static const uint64_t odd = 0x9e3779b97f4a7c15u; /* 2^64 divided by the golden ratio */

static uint64_t mix(uint64_t sum, uint64_t word)
{
	sum = (sum ^ word) * odd;
	return sum ^ sum >> HALF;
}

uint64_t digest_num(uint64_t before, uint64_t number)
{
	return mix(mix(before, number), odd);
}

uint64_t digest(uint64_t before, struct bytes bytes)
{
	uint64_t sums[LANES] = {1, 2, 3, 4}, all = mix(before, bytes.len);
	const uint8_t *at = bytes.at;
	size_t left = bytes.len;

	for (; left >= sizeof sums; left -= sizeof sums, at += sizeof sums)
		for (unsigned n = 0; n < LANES; n++)
			sums[n] = mix(sums[n], low_word(at + n * (size_t)LOW_WORD));
	for (; left; left--, at++)
		all = mix(all, *at);
	for (unsigned n = 0; n < LANES; n++)
		all = mix(all, sums[n]);
	return mix(all, odd);
}
