/* SPDX-License-Identifier: GPL-3.0-or-later
 * Adaptive probability maps (PAQ): what came of a stretched probability in a context, interpolated
 * between steps.
 */
#include "sync/wire/model/parts.h"

enum { WIDTH = 2 * (STRETCH_MOST + 1) / APM_STEPS, MIDDLE = APM_STEPS / 2, RATE = 6 };

void apm_start(struct apm apms[], size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (int k = 0; k <= APM_STEPS; k++)
			apms[i].p[k] = (uint16_t)logistic((k - MIDDLE) * WIDTH);
}

unsigned apm_refine(const struct apm *apm, int stretched, unsigned *at)
{
	unsigned place = (unsigned)(stretched + MIDDLE * WIDTH), low = place / WIDTH,
		 rest = place % WIDTH;

	*at = low + (rest > WIDTH / 2);
	return (apm->p[low] * (WIDTH - rest) + apm->p[low + 1] * rest) / WIDTH;
}

void apm_learn(struct apm *apm, unsigned at, unsigned bit)
{
	unsigned p = apm->p[at];

	apm->p[at] = (uint16_t)(bit ? p + ((65535 - p) >> RATE) : p - (p >> RATE));
}
