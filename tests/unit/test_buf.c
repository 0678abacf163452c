/* SPDX-License-Identifier: GPL-3.0-or-later
 * Bytes, varints and fields: round trips, every truncation, every spelling that is not canonical.
 */
#include "base/buf.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const uint64_t numbers[] = {0, 1, 127, 128, 129, 16383, 16384, 1u << 31, UINT32_MAX,
	UINT64_C(1) << 63, UINT64_MAX - 1, UINT64_MAX};

static void varints_come_back_and_never_from_less(void **state)
{
	(void)state;
	for (size_t i = 0; i < countof(numbers); i++) {
		struct buf buf = {0};
		put_varint(&buf, numbers[i]);
		for (size_t len = 0; len < buf.len; len++) {
			struct bytes in = bytes_of(buf.at, len);
			uint64_t number = 99;
			assert_false(take_varint(&in, &number));
			assert_int_equal(in.len, len);
			assert_ptr_equal(in.at, buf.at);
			assert_int_equal(number, 99);
		}
		buf_byte(&buf, 0xFF); /* what follows stays */
		struct bytes in = buf_bytes(&buf);
		uint64_t number;
		assert_true(take_varint(&in, &number));
		assert_true(number == numbers[i]);
		assert_int_equal(in.len, 1);
		buf_release(&buf);
	}
}

static void varints_have_one_spelling(void **state)
{
	(void)state;
	static const struct {
		size_t len;
		uint8_t at[12];
	} bad[] = {
		{2, {0x80, 0x00}},
		{3, {0xFF, 0x80, 0x00}},
		{10, {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x02}},
		{11, {0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01}},
	};
	for (size_t i = 0; i < countof(bad); i++) {
		struct bytes in = bytes_of(bad[i].at, bad[i].len);
		uint64_t number;
		assert_false(take_varint(&in, &number));
		assert_int_equal(in.len, bad[i].len);
	}
}

static void zigzag_comes_back(void **state)
{
	(void)state;
	static const int64_t cases[] = {
		0, -1, 1, -2, 2, INT32_MIN, INT32_MAX, INT64_MIN, INT64_MAX};
	for (size_t i = 0; i < countof(cases); i++)
		assert_true(unzigzag(zigzag(cases[i])) == cases[i]);
	assert_int_equal(zigzag(-1), 1);
	assert_int_equal(zigzag(1), 2);
	assert_true(zigzag(INT64_MIN) == UINT64_MAX);
}

static void check_field(unsigned tag, struct value value)
{
	struct buf buf = {0};
	put_field(&buf, tag, &value);
	for (size_t len = 0; len < buf.len; len++) {
		struct bytes in = bytes_of(buf.at, len);
		struct value got;
		unsigned got_tag;
		assert_false(take_field(&in, &got_tag, &got));
		assert_int_equal(in.len, len);
	}
	struct bytes in = buf_bytes(&buf);
	struct value got;
	unsigned got_tag;
	assert_true(take_field(&in, &got_tag, &got));
	assert_int_equal(got_tag, tag);
	assert_true(value_equal(&got, &value));
	assert_int_equal(in.len, 0);
	buf_release(&buf);
}

static void fields_come_back_and_never_from_less(void **state)
{
	(void)state;
	static const uint8_t raw[] = {0, 0xFF, 0x80};
	check_field(1, value_num(0));
	check_field(200, value_num(-1));
	check_field(UINT32_MAX, value_num(INT64_MIN));
	check_field(3, value_text(""));
	check_field(40, value_text("村后山边坡发生局部崩塌"));
	check_field(5, (struct value){WIRE_BYTES, 0, {raw, sizeof raw}});
}

static void bad_fields_are_refused(void **state)
{
	(void)state;
	static const struct {
		size_t len;
		uint8_t at[8];
	} bad[] = {
		{2, {1 << 2 | 3, 0}},                           /* no such wire type */
		{3, {1 << 2 | WIRE_TEXT, 1, 0}},                /* NUL in a text */
		{3, {1 << 2 | WIRE_TEXT, 1, 0xFF}},             /* no UTF-8 */
		{5, {1 << 2 | WIRE_TEXT, 3, 0xED, 0xA0, 0x80}}, /* a surrogate */
		{4, {1 << 2 | WIRE_BYTES, 3, 1, 2}},            /* more promised than there */
		{3, {0x84, 0x00, 0}},                           /* head not the shortest */
		{7, {0xFC, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 0}},   /* tag beyond 32 bits */
	};
	for (size_t i = 0; i < countof(bad); i++) {
		struct bytes in = bytes_of(bad[i].at, bad[i].len);
		struct value value;
		unsigned tag = 77;
		assert_false(take_field(&in, &tag, &value));
		assert_int_equal(in.len, bad[i].len);
		assert_int_equal(tag, 77);
	}
	static const uint8_t huge[] = {
		1 << 2 | WIRE_BYTES, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1, 0};
	struct bytes in = bytes_of(huge, sizeof huge);
	struct value value;
	unsigned tag;
	assert_false(take_field(&in, &tag, &value));
}

static void buffers_grow_and_print(void **state)
{
	(void)state;
	struct buf buf = {0};
	assert_string_equal(buf_cstr(&buf), "");
	for (int i = 0; i < 1000; i++)
		buf_fmt(&buf, "%d号", i % 10);
	assert_int_equal(buf.len, 4000);
	assert_memory_equal(buf.at + 3996, "9号", 4);
	assert_int_equal(strlen(buf_cstr(&buf)), 4000);
	size_t room = buf.room;
	buf_clear(&buf);
	assert_int_equal(buf.room, room);
	buf_text(&buf, "甲");
	buf_put(&buf, NULL, 0);
	buf_byte(&buf, '1');
	memcpy(buf_grow(&buf, 2), "xy", 2);
	assert_string_equal(buf_cstr(&buf), "甲1xy");
	buf_release(&buf);
	assert_null(buf.at);
}

static void bytes_have_an_order(void **state)
{
	(void)state;
	assert_true(bytes_equal(bytes_of(NULL, 0), bytes_text("")));
	assert_false(bytes_equal(bytes_text("a"), bytes_text("b")));
	struct value a = value_num(0), b = value_text("");
	assert_false(value_equal(&a, &b));
}

static void what_is_nothing_is_left_out(void **state)
{
	struct buf all = {0}, some = {0};
	(void)state;
	put_num(&all, 1, 0);
	put_text(&all, 2, "");
	assert_int_equal(all.len, 4);
	put_num_if(&some, 1, 0);
	put_text_if(&some, 2, "");
	put_text_if(&some, 3, NULL);
	put_bytes_if(&some, 4, WIRE_BYTES, bytes_of(NULL, 0));
	assert_int_equal(some.len, 0);
	put_num_if(&some, 1, -1);
	put_text_if(&some, 2, "a");
	struct bytes in = buf_bytes(&some);
	struct value value;
	unsigned tag;
	assert_true(take_field(&in, &tag, &value) && tag == 1 && value.num == -1);
	assert_true(take_field(&in, &tag, &value) && tag == 2 && !in.len);
	char cut[3];
	bytes_into(cut, sizeof cut, bytes_text("abc"));
	assert_string_equal(cut, "ab");
	char halves[6];
	bytes_into(halves, sizeof halves, bytes_text("甲乙"));
	assert_string_equal(halves, "甲");
	buf_release(&all);
	buf_release(&some);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(varints_come_back_and_never_from_less),
		cmocka_unit_test(varints_have_one_spelling),
		cmocka_unit_test(zigzag_comes_back),
		cmocka_unit_test(fields_come_back_and_never_from_less),
		cmocka_unit_test(bad_fields_are_refused),
		cmocka_unit_test(buffers_grow_and_print),
		cmocka_unit_test(bytes_have_an_order),
		cmocka_unit_test(what_is_nothing_is_left_out),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
