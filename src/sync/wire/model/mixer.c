/* SPDX-License-Identifier: GPL-3.0-or-later
 * Logistic mixing (PAQ7, lpaq): a weighted sum of stretched probabilities, with weights that learn
 * which to trust. Loops over a fixed number of 16-bit values, so that compilers make vectors of
 * them.
 */
#include "sync/wire/model/parts.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { WEIGHT_MOST = 16000, RATE = 70, RATE_SHIFT = 10, STEP_MOST = 32767, HIGH_SHIFT = 16 };

/* Of most bits, for most are expected: such a step moves no weight by a half, whatever the input.
 */
enum { STEP_NOTHING = (1 << HIGH_SHIFT) / (2 * STRETCH_MOST) };

_Static_assert(INPUTS *INT64_C(2048) * WEIGHT_MOST < INT64_C(0x7FFFFFFF), "a sum of 32 bits");

static int dot(const int16_t *restrict weights, const int16_t *restrict inputs)
{
	int32_t sum = 0;

	for (int i = 0; i < INPUTS; i++)
		sum += weights[i] * inputs[i];
	sum /= WEIGHT_ONE;
	sum = sum > STRETCH_MOST ? STRETCH_MOST : sum;
	return sum < -STRETCH_MOST ? -STRETCH_MOST : sum;
}

void mixer_dots(struct weights *const sets[], const int16_t inputs[], int said[])
{
	for (unsigned k = 0; k < SETS; k++)
		said[k] = dot(sets[k]->of, inputs);
}

/* A product's upper half is one instruction for eight of them, which compilers do not find by
 * themselves; that of the doubled input is the product shifted by 15. */
#ifdef __SSE2__
enum { LANES_OF = 8 };
_Static_assert(INPUTS % LANES_OF == 0, "whole vectors");

static void learn(int16_t *weights, const int16_t *doubled, int16_t step)
{
	const __m128i steps = _mm_set1_epi16(step), one = _mm_set1_epi16(1),
		      most = _mm_set1_epi16(WEIGHT_MOST), least = _mm_set1_epi16(-WEIGHT_MOST);

	for (int i = 0; i < INPUTS; i += LANES_OF) {
		__m128i *at = (__m128i *)(void *)(weights + i);
		__m128i in = _mm_loadu_si128((const __m128i *)(const void *)(doubled + i));
		__m128i twice = _mm_add_epi16(_mm_mulhi_epi16(in, steps), one);
		__m128i now = _mm_add_epi16(_mm_loadu_si128(at), _mm_srai_epi16(twice, 1));
		_mm_storeu_si128(at, _mm_max_epi16(_mm_min_epi16(now, most), least));
	}
}
#else
static void learn(int16_t *restrict weights, const int16_t *restrict doubled, int16_t step)
{
	for (int i = 0; i < INPUTS; i++) {
		int16_t twice = (int16_t)(doubled[i] * step >> HIGH_SHIFT);
		int16_t now = (int16_t)(weights[i] + (int16_t)((int16_t)(twice + 1) >> 1));
		now = now > WEIGHT_MOST ? WEIGHT_MOST : now;
		weights[i] = now < -WEIGHT_MOST ? -WEIGHT_MOST : now;
	}
}
#endif

void mixer_learn(struct weights *const sets[], const int16_t inputs[], const int errors[])
{
	int16_t doubled[INPUTS];

	for (int i = 0; i < INPUTS; i++)
		doubled[i] = (int16_t)(inputs[i] * 2);
	for (unsigned k = 0; k < SETS; k++) {
		int wide = errors[k] * RATE / (1 << RATE_SHIFT);
		if (wide <= STEP_NOTHING && wide >= -STEP_NOTHING)
			continue;
		wide = wide > STEP_MOST ? STEP_MOST : wide;
		learn(sets[k]->of, doubled, (int16_t)(wide < -STEP_MOST ? -STEP_MOST : wide));
	}
}
