/* SPDX-License-Identifier: GPL-3.0-or-later
 * While a station still receives what was above when it joined, nothing that adds up or looks
 * through several registers shows half of them as if it were all: home, find, what hangs below a
 * record. Lists of one register are in test_records.c.
 */
#include "screens/loading.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

#include "app/web/web_inside.h"
#include "store/station.h"
#include "desk.h"

enum { ALL = (1 << LANES) - 1 };

static struct desk desk;

static int start(void **state)
{
	(void)state;
	desk_open(&desk);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	desk_close(&desk);
	return 0;
}

static void join(unsigned opened, unsigned left)
{
	struct station station = *store_station(desk.store);
	struct peer peer = {.site = {.site = 77, .area = 410882103000, .name = "柏香镇"},
		.pace = {.rate = 100, .frame = PACE_SLOW}};
	struct fault fault;

	station.joined = true;
	peer.load.loaded = peer.load.opened = opened;
	for (unsigned lane = 0; lane < LANES; lane++) {
		peer.load.came[lane] = (struct lane_waiting){100, 9000};
		peer.load.left[lane] = (struct lane_waiting){left, 90 * left};
	}
	assert_int_equal(store_station_set(desk.store, &station, &fault), RC_OK);
	assert_int_equal(log_site_set(store_log(desk.store), &peer.site, &fault), RC_OK);
	assert_int_equal(peer_save(desk.store, &peer, &fault), RC_OK);
}

static const char *some(unsigned lanes)
{
	static struct buf text;

	buf_clear(&text);
	bool is = loading_some(desk.store, lanes, &text);
	assert_int_equal(is, text.len > 0);
	return buf_cstr(&text);
}

static void lanes_as_one(void **state)
{
	(void)state;
	assert_string_equal(some(ALL), ""); /* alone: there is nothing to wait for */
	join(ALL & ~(1u << LANE_BULK), 40);
	assert_string_equal(some(ALL), "正在接收 100/140");
	assert_string_equal(some(1u << LANE_ALARM), "");
	join(ALL & ~(1u << LANE_BULK | 1u << LANE_BOOK), 40);
	assert_string_equal(some(ALL), "正在接收 200/280");
	join(ALL & ~(1u << LANE_BULK), LEFT_MOST);
	assert_string_equal(some(ALL), "正在接收 100/20100以上");
	join(0, 0); /* nothing told yet */
	assert_string_equal(some(1u << LANE_BULK), "正在接收，已到100条");
	join(ALL, 40);
	assert_string_equal(some(ALL), "");
}

/* The web page counts over all registers. */
static void web_page(void **state)
{
	static const char words_there[] = "正在接收 500/700，下面的数不全";

	(void)state;
	for (unsigned opened = 0; opened <= ALL; opened += ALL) {
		struct web web = {.store = desk.store, .actor = {desk.store, NULL, NULL}};
		struct fault fault;

		join(opened, 40);
		world_open(&web.world, desk.store, NULL, store_now(desk.store));
		assert_int_equal(web_compose(&web, &fault), RC_OK);
		assert_int_equal(strstr(buf_cstr(&web.out), words_there) != NULL, opened == 0);
		buf_release(&web.out);
		arena_release(&web.arena);
	}
}

static void home_find_and_below(void **state)
{
	(void)state;
	desk_add(&desk, "warning",
		(const char *const[]){"event=11B01", "severity=red", "headline=暴雨红色", NULL});
	join(0, 40);
	desk_login(&desk, 24, 80);
	assert_true(desk_sees(&desk, "正在接收 500/700，下面的数和事还不全"));
	assert_true(desk_keys(&desk, "/"));
	assert_true(desk_sees(&desk, "没找到的可能还没到"));
	desk_type(&desk, "发电机");
	assert_true(desk_keys(&desk, "enter"));
	assert_true(desk_sees(&desk, "没找到的可能还没到"));
	assert_true(desk_keys(&desk, "^X =warning v enter"));
	assert_true(desk_sees(&desk, "挂在它下面的还不全"));
	join(ALL, 0);
	desk_login(&desk, 24, 80);
	assert_null(strstr(desk_screen(&desk), "正在接收"));
	assert_true(desk_keys(&desk, "/"));
	assert_null(strstr(desk_screen(&desk), "还没到"));
	assert_true(desk_keys(&desk, "^X =warning enter"));
	assert_true(desk_sees(&desk, "暴雨红色"));
	assert_null(strstr(desk_screen(&desk), "还不全"));
}

/* The line on home is one, also where there is little room. */
static void on_a_small_terminal(void **state)
{
	(void)state;
	join(0, 40);
	desk_login(&desk, 12, 40);
	assert_true(desk_sees(&desk, "正在接收 500/700，下面的数和事还不全"));
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, start, stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(lanes_as_one),
		TEST(web_page),
		TEST(home_find_and_below),
		TEST(on_a_small_terminal),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
