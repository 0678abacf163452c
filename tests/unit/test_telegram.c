/* SPDX-License-Identifier: GPL-3.0-or-later
 * Short messages of a satellite terminal: seventy letters, every slip is found, any order will do.
 * Covers: K03 K05 W15.3 M80
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "sync/wire.h"

enum { MOST = 400 };

static char lines[TELEGRAMS][TELEGRAM + 1];

static unsigned put(size_t len)
{
	uint8_t bytes[MOST];
	struct buf out = {0};
	unsigned n = 0;

	for (size_t i = 0; i < len; i++)
		bytes[i] = (uint8_t)(7 * i + 250);
	unsigned count = telegram_put(&out, bytes_of(bytes, len));
	for (char *at = (char *)(uintptr_t)buf_cstr(&out); count && *at; at = strchr(at, '\n') + 1)
		snprintf(lines[n++], sizeof lines[0], "%.*s", (int)strcspn(at, "\n"), at);
	buf_release(&out);
	assert_int_equal(n, count);
	return count;
}

static bool takes(const char *const *typed, size_t count, size_t len, struct fault *fault)
{
	struct buf out = {0};
	bool good = telegram_take(typed, count, &out, fault) == RC_OK;

	for (size_t i = 0; i < len && good; i++)
		good = out.len == len && out.at[i] == (uint8_t)(7 * i + 250);
	buf_release(&out);
	return good;
}

static void every_length_comes_through(void **state)
{
	(void)state;
	for (size_t len = 1; len <= 39 * TELEGRAMS; len++) {
		const char *typed[TELEGRAMS];
		unsigned count = put(len);
		struct fault fault = {0};

		assert_int_equal(count, (len + 38) / 39);
		for (unsigned n = 0; n < count; n++) {
			assert_true(strlen(lines[n]) <= TELEGRAM);
			typed[count - 1 - n] = lines[n]; /* the last first */
		}
		assert_true(takes(typed, count, len, &fault));
	}
	assert_int_equal(put(39 * TELEGRAMS + 1), 0);
	assert_int_equal(put(0), 0);
}

static void every_wrong_letter_is_found(void **state)
{
	struct telegram telegram;
	unsigned missed = 0, tried = 0;

	(void)state;
	(void)put(58);
	for (size_t at = 0; at < strlen(lines[0]); at++)
		for (const char *letter = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; *letter; letter++) {
			char typed[TELEGRAM + 1];

			memcpy(typed, lines[0], sizeof typed);
			if (typed[at] == *letter)
				continue;
			typed[at] = *letter;
			tried++;
			missed += telegram_read(typed, &telegram);
		}
	assert_int_equal(tried, 70 * 31);
	assert_int_equal(missed, 0);
}

static void as_people_type_it(void **state)
{
	char small[TELEGRAM + 1];
	struct fault fault = {0};

	(void)state;
	assert_int_equal(put(58), 2);
	for (size_t n = 0; n <= strlen(lines[0]); n++) {
		char c = lines[0][n];
		small[n] = c == '0' ? 'o' : c == '1' ? 'l' : c >= 'A' ? (char)(c - 'A' + 'a') : c;
	}
	small[1] = '1', small[2] = '2'; /* so that what is meant as numbers stays so */
	const char *const twice[] = {small, lines[1], lines[0]};
	assert_true(takes(twice, 3, 58, &fault));
}

static void what_is_wrong_is_said(void **state)
{
	struct fault fault = {0};
	char other[TELEGRAM + 1];

	(void)state;
	assert_int_equal(put(58), 2);
	const char *const second[] = {lines[1]};
	assert_false(takes(second, 1, 58, &fault));
	assert_non_null(strstr(fault.text, "还缺第 1 条"));
	const char *const spoilt[] = {lines[0], "D2201QQ"};
	assert_false(takes(spoilt, 2, 58, &fault));
	assert_non_null(strstr(fault.text, "第 2 条短报文对不上"));
	memcpy(other, lines[1], sizeof other);
	(void)put(100);
	const char *const mixed[] = {lines[0], other, lines[2]};
	assert_false(takes(mixed, 3, 100, &fault));
	assert_non_null(strstr(fault.text, "不是一件事"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_length_comes_through),
		cmocka_unit_test(every_wrong_letter_is_found),
		cmocka_unit_test(as_people_type_it),
		cmocka_unit_test(what_is_wrong_is_said),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
