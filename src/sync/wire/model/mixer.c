/* SPDX-License-Identifier: GPL-3.0-or-later
 * Logistic mixing (PAQ7, lpaq): a weighted sum of stretched probabilities, with weights that learn
 * which to trust. Loops over a fixed number of 16-bit values, so that compilers make vectors of
 * them.
 */
#include "sync/wire/model/parts.h"

enum { WEIGHT_MOST = 16000, RATE = 70, RATE_SHIFT = 10, STEP_MOST = 32767, LEARN_SHIFT = 15 };

_Static_assert(INPUTS *INT64_C(2048) * WEIGHT_MOST < INT64_C(0x7FFFFFFF), "a sum of 32 bits");

int mixer_dot(const struct weights *weights, const int16_t inputs[INPUTS])
{
	int32_t sum = 0;

	for (int i = 0; i < INPUTS; i++)
		sum += weights->of[i] * inputs[i];
	sum /= WEIGHT_ONE;
	return sum > STRETCH_MOST ? STRETCH_MOST : (sum < -STRETCH_MOST ? -STRETCH_MOST : sum);
}

void mixer_learn(struct weights *weights, const int16_t inputs[INPUTS], int error)
{
	int wide = error * RATE / (1 << RATE_SHIFT);
	int16_t step = (int16_t)(wide > STEP_MOST    ? STEP_MOST
				 : wide < -STEP_MOST ? -STEP_MOST
						     : wide);

	for (int i = 0; i < INPUTS; i++) {
		int16_t twice = (int16_t)(inputs[i] * step >> LEARN_SHIFT);
		int16_t now = (int16_t)(weights->of[i] + ((twice + 1) >> 1));
		now = now > WEIGHT_MOST ? WEIGHT_MOST : now;
		weights->of[i] = now < -WEIGHT_MOST ? -WEIGHT_MOST : now;
	}
}
