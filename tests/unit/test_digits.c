/* SPDX-License-Identifier: GPL-3.0-or-later
 * Digits that are read out over the radio: what was misheard is refused, and the group to be said
 * again is named.
 */
#include "sync/wire.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/arena.h"

enum { MOST = 60 };

static char text[4096];

static void make(struct buf *bytes, size_t len)
{
	buf_clear(bytes);
	buf_byte(bytes, (uint8_t)(random() % 255 + 1));
	while (bytes->len < len)
		buf_byte(bytes, (uint8_t)random());
}

static unsigned say(const struct buf *bytes)
{
	struct buf out = {0};
	unsigned groups = digits_put(&out, buf_bytes(bytes));
	snprintf(text, sizeof text, "%s", buf_cstr(&out));
	buf_release(&out);
	return groups;
}

static enum rc hear(const char *typed, const struct buf *wanted, struct fault *fault)
{
	struct buf out = {0};
	enum rc rc = digits_take(typed, &out, fault);
	if (!rc)
		assert_true(bytes_equal(buf_bytes(&out), buf_bytes(wanted)));
	else
		assert_int_equal(out.len, 0);
	buf_release(&out);
	return rc;
}

/* The message names GROUP, counted from 1. */
static bool names(const struct fault *fault, size_t group)
{
	char number[16];
	snprintf(number, sizeof number, "%zu", group);
	for (const char *at = fault->text; (at = strstr(at, number)) != NULL; at++)
		if ((at == fault->text || at[-1] < '0' || at[-1] > '9') &&
			(at[strlen(number)] < '0' || at[strlen(number)] > '9'))
			return true;
	return false;
}

static void refused(size_t group)
{
	struct fault fault = {0};
	struct buf none = {0};
	assert_int_equal(hear(text, &none, &fault), RC_BAD);
	if (!names(&fault, group))
		fail_msg("group %zu: %s\n%s", group, fault.text, text);
}

static void there_and_back(void **state)
{
	struct buf bytes = {0};
	struct fault fault;
	(void)state;
	srandom(3);
	for (size_t len = 1; len < MOST * 4; len++) {
		make(&bytes, len);
		say(&bytes);
		assert_int_equal(hear(text, &bytes, &fault), RC_OK);
	}
	buf_release(&bytes);
}

static void every_wrong_digit_is_named(void **state)
{
	struct buf bytes = {0};
	(void)state;
	srandom(4);
	for (size_t len = 1; len < MOST; len++) {
		make(&bytes, len);
		say(&bytes);
		for (size_t at = 0; text[at]; at++) {
			char was = text[at];
			for (char digit = '0'; was != ' ' && digit <= '9'; digit++) {
				text[at] = digit;
				if (digit != was)
					refused(at / (SPOKEN_GROUP + 1) + 1);
			}
			text[at] = was;
		}
	}
	buf_release(&bytes);
}

/* Within a group, and over the border of two: either of them may be named. */
static void every_swap_of_neighbours_is_named(void **state)
{
	struct buf bytes = {0};
	(void)state;
	srandom(5);
	for (size_t len = 1; len < MOST; len++) {
		make(&bytes, len);
		say(&bytes);
		for (size_t at = 0; text[at + 1]; at++) {
			size_t next = at + 1 + (text[at + 1] == ' ');
			char one = text[at], other = text[next];
			if (one == ' ' || one == other)
				continue;
			text[at] = other;
			text[next] = one;
			refused(at / (SPOKEN_GROUP + 1) + 1);
			text[at] = one;
			text[next] = other;
		}
	}
	buf_release(&bytes);
}

static void swap_groups(size_t at)
{
	char keep[SPOKEN_GROUP];
	char *group = text + at * (SPOKEN_GROUP + 1), *next = group + SPOKEN_GROUP + 1;
	memcpy(keep, group, SPOKEN_GROUP);
	memcpy(group, next, SPOKEN_GROUP);
	memcpy(next, keep, SPOKEN_GROUP);
}

static void swapped_lost_and_doubled_groups_are_named(void **state)
{
	struct buf bytes = {0};
	char whole[sizeof text];
	(void)state;
	srandom(6);
	for (size_t len = 1; len < MOST; len++) {
		make(&bytes, len);
		size_t groups = say(&bytes);
		strcpy(whole, text);
		for (size_t at = 0; at < groups; at++) {
			size_t place = at * (SPOKEN_GROUP + 1);
			if (at + 1 < groups) {
				swap_groups(at);
				refused(at + 1);
				strcpy(text, whole);
			}
			/* Of the last one it is the one before that more should follow. */
			snprintf(text + place, sizeof text - place, "%s",
				at + 1 < groups ? whole + place + SPOKEN_GROUP + 1 : "");
			refused(at + 1 < groups || groups == 1 ? at + 1 : at);
			strcpy(text, whole);
			snprintf(text + place, sizeof text - place, "%.*s %s", SPOKEN_GROUP,
				whole + place, whole + place);
			refused(at + 1 < groups ? at + 2 : at + 1);
			strcpy(text, whole);
		}
	}
	buf_release(&bytes);
}

/* As people write down what they hear. */
static void read_as_it_is_said(void **state)
{
	static const char *const words[][10] = {
		{"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"},
		{"洞", "幺", "两", "三", "四", "五", "六", "拐", "八", "勾"},
		{"０", "１", "２", "３", "４", "５", "６", "７", "８", "９"},
	};
	static const char *const parts[] = {" ", "-", "——", "、", "　", "\n", "，  "};
	struct buf bytes = {0}, typed = {0};
	struct fault fault;
	(void)state;
	srandom(7);
	for (unsigned round = 0; round < 60; round++) {
		make(&bytes, 1 + (size_t)random() % 40);
		say(&bytes);
		buf_clear(&typed);
		for (const char *at = text; *at; at++)
			buf_text(&typed, *at == ' ' ? parts[round % countof(parts)]
						    : words[round % 3][*at - '0']);
		assert_int_equal(hear(buf_cstr(&typed), &bytes, &fault), RC_OK);
		buf_clear(&typed); /* all in one, and one by one */
		for (const char *at = text; *at; at++)
			if (*at != ' ')
				buf_fmt(&typed, round % 2 ? "%c" : "%c ", *at);
		assert_int_equal(hear(buf_cstr(&typed), &bytes, &fault), RC_OK);
	}
	buf_release(&bytes);
	buf_release(&typed);
}

static void what_is_no_group_is_named(void **state)
{
	struct buf bytes = {0};
	char whole[sizeof text];
	(void)state;
	srandom(8);
	make(&bytes, 30);
	size_t groups = say(&bytes);
	strcpy(whole, text);
	for (size_t at = 0; whole[at]; at++) {
		if (whole[at] == ' ')
			continue;
		snprintf(text + at, sizeof text - at, "%s", whole + at + 1);
		refused(at / (SPOKEN_GROUP + 1) + 1); /* a digit too few */
		strcpy(text, whole);
		text[at] = 'x';
		refused(at / (SPOKEN_GROUP + 1) + 1);
		strcpy(text, whole);
	}
	strcpy(text, "");
	refused(1);
	for (size_t at = 0; at < LIMIT_SPOKEN + 1 && at * 6 < sizeof text - 7; at++)
		strcpy(text + at * 6, "12345 ");
	refused(LIMIT_SPOKEN);
	assert_true(groups > 10);
	buf_release(&bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(there_and_back),
		cmocka_unit_test(every_wrong_digit_is_named),
		cmocka_unit_test(every_swap_of_neighbours_is_named),
		cmocka_unit_test(swapped_lost_and_doubled_groups_are_named),
		cmocka_unit_test(read_as_it_is_said),
		cmocka_unit_test(what_is_no_group_is_named),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
