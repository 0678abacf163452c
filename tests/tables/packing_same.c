/* SPDX-License-Identifier: GPL-3.0-or-later
 * Packs the worked question of docs/WIRE.md by a model that knows nothing, reads the training text
 * FILE, and packs it and a text behind it: what test_packing_same.sh compares. A
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

enum { TEXT = 3000 };

static struct memory memory;
static struct model model;

static void put(struct bytes plain)
{
	struct buf out = {0};
	struct coder coder;

	coder_start(&coder);
	stream_put(&model, &coder, &out, plain, SIZE_MAX);
	coder_end(&coder, &out);
	for (size_t i = 0; i < out.len; i++)
		printf("%02x", out.at[i]);
	puts("");
	buf_release(&out);
}

static const uint8_t worked[] =
	"\x00\x1f\xfe\xca\xad\x0b\x00\x05\x3a\x39\x00\x00\x02\x01\xbe\x9f\x1e"
	"\x02\x0a\xcc\x4b\x80\x01\x18\x0f\x19\x09\x00\x02\x28phone\x00signed\x00"
	"\x06\x22\xda\x0c\x20\x00\x09\x09\x11\x09\x0c\x1d\x00H0101\x00M\x00"
	"\xb4\xe5\xb6\xab\xc7\xc5\xcf\xc2\x00\xbb\xa4\xb0\xb6\xb3\xe5\xbf\xd5\x00"
	"1\x38\x61\x9b\x68";

int main(int argc, char **argv)
{
	static uint8_t bytes[1 << 20];
	FILE *file = argc > 1 ? fopen(argv[1], "rb") : NULL;
	uint32_t sum = 0;

	if (!file)
		return 2;
	size_t len = fread(bytes, 1, sizeof bytes, file);
	fclose(file);
	counters_start();
	model_start(&model, &memory);
	memory_start(&memory);
	put(bytes_of(worked, sizeof worked - 1));
	memory_start(&memory);
	if (!stream_take_all(&model, bytes_of(bytes, len)))
		return 1;
	for (size_t i = 0; i < memory.text_len; i++)
		sum = (sum + memory.text[i]) * 0x01000193u;
	printf("%lu %08lx\n", (unsigned long)memory.text_len, (unsigned long)sum);
	put(bytes_of(worked, sizeof worked - 1));
	put(bytes_of(memory.text, TEXT));
	return 0;
}
