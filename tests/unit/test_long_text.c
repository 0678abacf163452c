/* SPDX-License-Identifier: GPL-3.0-or-later
 * Long texts: cut into a head and pages and put together again; what is missing or is another's is
 * said, never shown.
 */
#include "model/long_text.h"

#include <setjmp.h>
#include <string.h>

#include <cmocka.h>

static const struct field text_field = {.tag = 1, .name = "text", .label = "", .type = T_LONG};

enum { SITES = 2, PAGES = 8 };

/* What "the store" has, a list of pages a station. */
struct have {
	struct bytes pages[SITES][PAGES];
};

static unsigned pages_of(void *to, const char *key, unsigned nth, struct buf *out)
{
	struct have *have = to;
	unsigned n = 0;

	(void)key;
	for (; nth < SITES && n < PAGES && have->pages[nth][n].len; n++)
		buf_put(out, have->pages[nth][n].at, have->pages[nth][n].len);
	return n;
}

static void text_of(struct buf *text, size_t len)
{
	for (int i = 0; text->len < len; i++)
		buf_fmt(text, "第 %d 条，转移到村小学。\n", i);
}

static void shown(const struct buf *value, struct have *have, struct buf *out)
{
	struct value_ways ways = {.pages = have ? pages_of : NULL, .to = have};
	struct value kept = {WIRE_TEXT, 0, buf_bytes(value)};

	buf_clear(out);
	value_show(&text_field, &kept, &ways, out);
}

static void test_there_and_back(void **state)
{
	static const size_t lengths[] = {LIMIT_TEXT + 1, 2 * LIMIT_TEXT, 5 * LIMIT_TEXT + 7};

	(void)state;
	for (size_t i = 0; i < countof(lengths); i++) {
		struct buf text = {0}, value = {0}, out = {0};
		struct have have = {0};
		struct long_text is;
		struct bytes page;
		unsigned n = 0;

		text_of(&text, lengths[i]);
		long_value(buf_bytes(&text), &value);
		assert_true(value.len <= LIMIT_TEXT);
		assert_true(long_text(buf_bytes(&value), &is));
		for (; long_page(buf_bytes(&text), n, &page); n++) {
			assert_true(page.len <= LIMIT_TEXT);
			have.pages[1][n] = page;
		}
		assert_int_equal(n, is.pages);
		have.pages[0][0] = bytes_text("别的站写的");
		shown(&value, &have, &out);
		assert_true(bytes_equal(buf_bytes(&out), buf_bytes(&text)));
		buf_release(&text);
		buf_release(&value);
		buf_release(&out);
	}
}

static void test_what_is_missing(void **state)
{
	struct buf text = {0}, value = {0}, out = {0};
	struct have have = {0};
	struct bytes page;

	(void)state;
	text_of(&text, 3 * LIMIT_TEXT);
	long_value(buf_bytes(&text), &value);
	shown(&value, NULL, &out);
	assert_non_null(strstr(buf_cstr(&out), "3 页没有到"));
	assert_true(long_page(buf_bytes(&text), 0, &page));
	have.pages[0][0] = page;
	shown(&value, &have, &out);
	assert_non_null(strstr(buf_cstr(&out), "2 页没有到"));
	for (unsigned n = 0; long_page(buf_bytes(&text), n, &page); n++)
		have.pages[0][n] = page;
	have.pages[0][1] = bytes_text("改过的一页");
	shown(&value, &have, &out);
	assert_null(strstr(buf_cstr(&out), "改过的一页"));
	assert_non_null(strstr(buf_cstr(&out), "页没有到"));
	buf_release(&text);
	buf_release(&value);
	buf_release(&out);
}

static void test_no_mark(void **state)
{
	static const char *const cases[] = {"", "短", "…(+2 )",
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n…(+2 0123)",
		"aaaaaaaaaaaaaaaa\n…(+0 00112233445566778899aabbccddeeff)",
		"aaaaaaaaaaaaaaaa\n…(+2 00112233445566778899aabbccddeefg)"};
	struct long_text is;

	(void)state;
	for (size_t i = 0; i < countof(cases); i++)
		assert_false(long_text(bytes_text(cases[i]), &is));
	assert_true(long_text(
		bytes_text("aaaaaaaaaaaaaaaa\n…(+2 00112233445566778899aabbccddeeff)"), &is));
	assert_int_equal(is.head, 16);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_there_and_back),
		cmocka_unit_test(test_what_is_missing),
		cmocka_unit_test(test_no_mark),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
