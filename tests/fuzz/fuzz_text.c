/* SPDX-License-Identifier: GPL-3.0-or-later
 * Texts from people and files: what is cleaned is well-formed and stays as it is when cleaned
 * again; nothing is cut inside a character; GB18030 comes back the same. needs: src/base/text.c
 */
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void walk(const char *s, size_t len)
{
	size_t at = 0, step;
	uint32_t cp;
	while (at < len && (step = text_next(s + at, len - at, &cp)) > 0) {
		assert(step <= 4 && step <= len - at && cp <= 0x10ffff);
		at += step;
	}
	for (at = len; at > 0; at -= step) {
		step = text_back(s, at);
		assert(step >= 1 && step <= 4 && step <= at);
	}
}

static void check_clean(const char *s, size_t len, bool lines)
{
	struct buf once = {0}, twice = {0};
	if (text_clean(s, len, lines, &once)) {
		assert(text_valid((const char *)once.at, once.len));
		assert(text_clean((const char *)once.at, once.len, lines, &twice));
		assert(bytes_equal(buf_bytes(&once), buf_bytes(&twice)));
	}
	buf_release(&once);
	buf_release(&twice);
}

static void check_lines(const char *s)
{
	struct buf plain = {0};
	text_plain(s, &plain);
	const char *text = buf_cstr(&plain);
	while (*text) {
		size_t used = 0, len = text_wrap(text, 20);
		assert(len > 0 && len <= strlen(text));
		assert(text_cut(text, 7, &used) <= strlen(text) && used <= 7);
		text += len;
	}
	buf_release(&plain);
}

static void check_coding(const char *s, size_t len)
{
	struct buf gb = {0}, back = {0};
	if (text_valid(s, len) && text_to("GB18030", s, len, &gb)) {
		assert(text_from("GB18030", (const char *)gb.at, gb.len, &back));
		assert(back.len == len && (len == 0 || memcmp(back.at, s, len) == 0));
	}
	buf_clear(&back);
	text_from("GB18030", s, len, &back);
	buf_release(&gb);
	buf_release(&back);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *s = malloc(size + 1);
	if (!s)
		return 0;
	if (size)
		memcpy(s, data, size);
	s[size] = 0;
	walk(s, size);
	check_clean(s, size, false);
	check_clean(s, size, true);
	check_lines(s);
	check_coding(s, size);
	text_columns(s);
	text_order(s, s + size / 2);
	assert(text_order(s, s) == 0);
	free(s);
	return 0;
}
