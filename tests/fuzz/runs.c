/* SPDX-License-Identifier: GPL-3.0-or-later
 * Runs a fuzz target without a fuzzer: FUZZ_RUNS inputs from number FUZZ_SEED on, the same ones
 * everywhere, so what fails comes again by its number. Half of them are samples with a few bytes
 * changed. runs SAMPLE...
 */
#include "base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SAMPLES = 64, SAMPLE_MOST = 4096, RANDOM_MOST = 160, CHANGES = 6 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct buf samples[SAMPLES];
static size_t sample_count;
static uint64_t state;

static uint32_t some(uint32_t below)
{
	state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(state >> 33) % below;
}

static void changed(struct buf *in)
{
	const struct buf *sample = &samples[some((uint32_t)sample_count)];
	size_t from = some(3) ? 0 : some((uint32_t)sample->len), len = sample->len - from;

	buf_put(in, sample->at + from, some(3) ? len : some((uint32_t)len + 1));
	for (unsigned n = some(CHANGES); n-- && in->len;) {
		uint8_t *at = &in->at[some((uint32_t)in->len)];
		*at = some(2) ? (uint8_t)some(256) : (uint8_t)(*at ^ 1u << some(8));
	}
}

static void input(struct buf *in)
{
	if (sample_count && some(2)) {
		changed(in);
		return;
	}
	uint32_t kinds = some(4) ? 256 : 1 + some(4);
	for (unsigned n = some(RANDOM_MOST); n--;)
		buf_byte(in, (uint8_t)some(kinds));
}

static uint64_t number(const char *name, uint64_t otherwise)
{
	const char *text = getenv(name);

	return text ? strtoull(text, NULL, 10) : otherwise;
}

int main(int argc, char **argv)
{
	uint64_t seed = number("FUZZ_SEED", 1), runs = number("FUZZ_RUNS", 1000);
	struct fault fault;

	for (int i = 1; i < argc && sample_count < SAMPLES; i++)
		if (file_read(argv[i], SAMPLE_MOST, &samples[sample_count], &fault) == RC_OK &&
			samples[sample_count].len)
			sample_count++;
	for (uint64_t n = seed; n < seed + runs; n++) {
		struct buf in = {0};
		state = n * UINT64_C(0x9E3779B97F4A7C15);
		input(&in);
		/* Nothing behind it belongs to it. */
		uint8_t *own = malloc(in.len ? in.len : 1);
		memcpy(own, in.at ? in.at : (const uint8_t *)"", in.len);
		LLVMFuzzerTestOneInput(own, in.len);
		free(own);
		buf_release(&in);
	}
	printf("%llu runs from number %llu on\n", (unsigned long long)runs,
		(unsigned long long)seed);
	for (size_t i = 0; i < sample_count; i++)
		buf_release(&samples[i]);
	return 0;
}
