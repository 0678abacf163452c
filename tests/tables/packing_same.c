/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reads the training text FILE and packs a text behind it: what test_packing_same.sh compares. A
 * program of its own, for compilers and machines that have none of our libraries.
 */
#include "sync/wire/model/parts.h"

#include <stdio.h>
#include <stdlib.h>

/* What words the base has for these stays out. */
void memory_none(size_t size)
{
	(void)size;
	exit(3);
}

void die(const char *fmt, ...)
{
	(void)fmt;
	exit(3);
}

static struct memory memory;
static struct model model;

int main(int argc, char **argv)
{
	static uint8_t bytes[1 << 20];
	FILE *file = argc > 1 ? fopen(argv[1], "rb") : NULL;
	struct buf out = {0};
	struct coder coder;
	uint32_t sum = 0;

	if (!file)
		return 2;
	size_t len = fread(bytes, 1, sizeof bytes, file);
	fclose(file);
	counters_start();
	model_start(&model, &memory);
	memory_start(&memory);
	if (!stream_take_all(&model, bytes_of(bytes, len)))
		return 1;
	for (size_t i = 0; i < memory.text_len; i++)
		sum = (sum + memory.text[i]) * 0x01000193u;
	printf("%lu %08lx ", (unsigned long)memory.text_len, (unsigned long)sum);
	coder_start(&coder);
	stream_put(&model, &coder, &out, bytes_of(memory.text, 3000), SIZE_MAX);
	coder_end(&coder, &out);
	for (size_t i = 0; i < out.len; i++)
		printf("%02x", out.at[i]);
	puts("");
	buf_release(&out);
	return 0;
}
