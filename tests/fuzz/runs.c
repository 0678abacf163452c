/* SPDX-License-Identifier: GPL-3.0-or-later
 * Runs a fuzz target without a fuzzer.   runs_NAME [SAMPLE...]
 * First the samples as they are (without any named: those in tests/fuzz/NAME), then FUZZ_RUNS
 * inputs from number FUZZ_SEED on, or as many as FUZZ_SECONDS (2) of the processor allow: the same
 * ones everywhere, so what fails comes again by its number. Half of them are samples with a few
 * bytes changed.
 */
#include "base/file.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SAMPLES = 256, SAMPLE_MOST = 65536, RANDOM_MOST = 160, CHANGES = 6, PATTERN_SIZE = 300 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv) __attribute__((weak));

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

static void run(const struct buf *in)
{
	/* Nothing behind it belongs to it. */
	uint8_t *own = malloc(in->len ? in->len : 1);

	memcpy(own, in->at ? in->at : (const uint8_t *)"", in->len);
	LLVMFuzzerTestOneInput(own, in->len);
	free(own);
}

static void take_sample(const char *path)
{
	struct fault fault;

	if (sample_count < SAMPLES &&
		file_read(path, SAMPLE_MOST, &samples[sample_count], &fault) == RC_OK &&
		samples[sample_count].len)
		sample_count++;
}

/* Those of the target that PROGRAM (…/runs_NAME) is: tests/fuzz/NAME/. */
static void take_corpus(const char *program)
{
	const char *name = strstr(program, "runs_");
	char pattern[PATTERN_SIZE];
	glob_t found;

	snprintf(pattern, sizeof pattern, "tests/fuzz/%s/*", name ? name + strlen("runs_") : "");
	if (glob(pattern, 0, NULL, &found) != 0)
		return;
	for (size_t n = 0; n < found.gl_pathc; n++)
		take_sample(found.gl_pathv[n]);
	globfree(&found);
}

int main(int argc, char **argv)
{
	uint64_t seed = number("FUZZ_SEED", 1), runs = number("FUZZ_RUNS", UINT64_MAX), n;
	uint64_t seconds = number("FUZZ_SECONDS", getenv("FUZZ_RUNS") ? UINT32_MAX : 2);
	const struct buf nothing = {0};

	if (LLVMFuzzerInitialize)
		LLVMFuzzerInitialize(&argc, &argv);
	for (int i = 1; i < argc; i++)
		take_sample(argv[i]);
	if (argc == 1)
		take_corpus(argv[0]);
	/* What a target loads, it loads with its first input. */
	run(&nothing);
	for (size_t i = 0; i < sample_count; i++)
		run(&samples[i]);
	clock_t most = clock() + (clock_t)seconds * CLOCKS_PER_SEC;
	for (n = 0; n < runs && clock() < most; n++) {
		struct buf in = {0};

		state = (seed + n) * UINT64_C(0x9E3779B97F4A7C15);
		input(&in);
		run(&in);
		buf_release(&in);
	}
	printf("%zu samples, %llu runs from number %llu on\n", sample_count, (unsigned long long)n,
		(unsigned long long)seed);
	for (size_t i = 0; i < sample_count; i++)
		buf_release(&samples[i]);
	return 0;
}
