/* SPDX-License-Identifier: GPL-3.0-or-later
 * Drafts in the store: what is kept comes back whole, one a purpose, a person's own, and gone when
 * dropped; and a power cut is told.
 * Tests also: outage.c
 * Covers: N22
 */
#include "work/drafts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "desk.h"
#include "base/when.h"
#include "model/kinds.h"
#include "screens/outage.h"

static int start(void **state)
{
	static struct desk desk;

	desk_open(&desk);
	*state = &desk;
	return 0;
}

static int stop(void **state)
{
	desk_close(*state);
	return 0;
}

static void put(struct buf *body, unsigned tag, const char *text)
{
	struct value value = value_text(text);

	put_field(body, tag, &value);
}

static unsigned count_of(struct desk *desk)
{
	struct draft drafts[DRAFTS_MOST];
	struct arena arena = {0};
	unsigned count = drafts_of(desk->store, &desk->user, &arena, drafts);

	arena_release(&arena);
	return count;
}

static void keep(struct desk *desk, const struct draft *draft, const char *text)
{
	struct buf body = {0};
	struct fault fault;

	put(&body, 1, text);
	assert_int_equal(
		draft_keep(desk->store, &desk->user, draft, buf_bytes(&body), &fault), RC_OK);
	buf_release(&body);
}

static void test_comes_back_whole(void **state)
{
	struct desk *desk = *state;
	struct draft draft = {.kind = kind_of(KIND_hazard),
		.ref = {0x1234567890abcd, 17},
		.step = hazard_do_rectify,
		.area = DESK_AREA};
	struct draft found[DRAFTS_MOST];
	struct arena arena = {0};
	struct buf body = {0}, again = {0};
	struct fault fault;

	put(&body, hazard_category, "这是一个代码，再长也不当题目");
	put(&body, hazard_text, "最长的一句话当题目");
	put(&body, hazard_found_at, "");
	assert_int_equal(
		draft_keep(desk->store, &desk->user, &draft, buf_bytes(&body), &fault), RC_OK);
	assert_int_equal(drafts_of(desk->store, &desk->user, &arena, found), 1);
	assert_ptr_equal(found[0].kind, draft.kind);
	assert_int_equal(found[0].ref.site, draft.ref.site);
	assert_int_equal(found[0].ref.seq, draft.ref.seq);
	assert_int_equal(found[0].step, draft.step);
	assert_int_equal(found[0].area, DESK_AREA);
	assert_string_equal(found[0].title, "最长的一句话当题目");
	assert_true(draft_get(desk->store, &desk->user, &found[0], &again));
	assert_true(bytes_equal(buf_bytes(&body), buf_bytes(&again)));
	buf_release(&body);
	buf_release(&again);
	arena_release(&arena);
}

static void test_one_a_purpose(void **state)
{
	struct desk *desk = *state;
	struct draft new_one = {.kind = kind_of(KIND_hazard)};
	struct draft child = {.kind = kind_of(KIND_hazard), .parent = {1, 8}};
	struct draft edit = {.kind = kind_of(KIND_hazard), .ref = {1, 8}};
	struct draft step = {.kind = kind_of(KIND_hazard), .ref = {1, 8}, .step = 3};

	keep(desk, &new_one, "一");
	keep(desk, &new_one, "二");
	assert_int_equal(count_of(desk), 1);
	keep(desk, &child, "三");
	keep(desk, &edit, "四");
	keep(desk, &step, "五");
	assert_int_equal(count_of(desk), 4);
}

static void test_dropped_and_emptied(void **state)
{
	struct desk *desk = *state;
	struct draft one = {.kind = kind_of(KIND_hazard)}, two = {.kind = kind_of(KIND_supply)};
	struct fault fault;
	struct buf body = {0};

	keep(desk, &one, "一");
	keep(desk, &two, "二");
	assert_int_equal(draft_drop(desk->store, &desk->user, &one, &fault), RC_OK);
	assert_int_equal(draft_drop(desk->store, &desk->user, &one, &fault), RC_OK);
	assert_int_equal(count_of(desk), 1);
	assert_false(draft_get(desk->store, &desk->user, &one, &body));
	/* Nothing left in the form: nothing to be kept. */
	assert_int_equal(
		draft_keep(desk->store, &desk->user, &two, (struct bytes){0, 0}, &fault), RC_OK);
	assert_int_equal(count_of(desk), 0);
}

static void test_more_than_are_shown(void **state)
{
	struct desk *desk = *state;

	for (uint32_t n = 1; n <= DRAFTS_MOST + 5; n++) {
		struct draft draft = {.kind = kind_of(KIND_hazard), .ref = {1, n * 8}};
		keep(desk, &draft, "x");
	}
	struct draft drafts[DRAFTS_MOST];
	struct arena arena = {0};
	assert_int_equal(drafts_of(desk->store, &desk->user, &arena, drafts), DRAFTS_MOST);
	/* The newest are, and the newest is the last. */
	assert_int_equal(drafts[0].ref.seq, 6 * 8);
	assert_int_equal(drafts[DRAFTS_MOST - 1].ref.seq, (DRAFTS_MOST + 5) * 8);
	arena_release(&arena);
}

/* The machine went down while somebody was at the keys: what stands, and what was being typed, is
 * said once. */
static void test_power_cut(void **state)
{
	enum { BOOT = 7, OTHER = 8, UP = 600 };
	struct desk *desk = *state;
	const struct draft draft = {.kind = kind_of(KIND_hazard)};
	struct buf said = {0};

	when_hold_boot(BOOT, UP);
	assert_false(outage_begin(desk->store, &desk->user, &said));
	assert_false(
		outage_begin(desk->store, &desk->user, &said)); /* killed, the machine runs on */
	when_hold_boot(OTHER, UP);
	assert_true(outage_begin(desk->store, &desk->user, &said));
	assert_non_null(strstr(buf_cstr(&said), "已保存的一条没丢，没有写到一半的"));
	assert_false(outage_begin(desk->store, &desk->user, &said));
	keep(desk, &draft, "裂缝");
	buf_clear(&said);
	when_hold_boot(BOOT, UP);
	assert_true(outage_begin(desk->store, &desk->user, &said));
	assert_non_null(strstr(buf_cstr(&said), "没写完的草稿1份还在"));
	outage_end(desk->store);
	when_hold_boot(OTHER, UP);
	assert_false(outage_begin(desk->store, &desk->user, &said)); /* left in order */
	outage_end(desk->store);
	when_hold_boot(0, 0);
	buf_release(&said);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_power_cut, start, stop),
		cmocka_unit_test_setup_teardown(test_comes_back_whole, start, stop),
		cmocka_unit_test_setup_teardown(test_one_a_purpose, start, stop),
		cmocka_unit_test_setup_teardown(test_dropped_and_emptied, start, stop),
		cmocka_unit_test_setup_teardown(test_more_than_are_shown, start, stop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
