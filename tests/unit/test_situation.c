/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is on here and now, and who has the watch, in a line each.
 * Covers: F07
 */
#include "screens/situation.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/when.h"
#include "store/identity.h"
#include "store_help.h"

static void a_response_and_a_season(void **state)
{
	char home[HELP_HOME];
	struct world world;
	struct buf line = {0};
	(void)state;
	when_hold(1784000000); /* in July */
	help_home(home);
	struct store *town = help_station(home, TOWN, "BX");
	world_open(&world, town, NULL, store_now(town));
	situation_line(&world, &line);
	assert_string_equal(buf_cstr(&line), "汛期");
	buf_clear(&line);
	situation_watch(&world, &line);
	assert_int_equal(line.len, 0);
	help_add(town, "response", "event=11B03;level=3");
	help_add(town, "response", "event=11B03;level=2");
	char fields[160];
	struct ref leader = help_add(town, "person", "name=闫占奎;phone=15439184314");
	char number[32];
	store_number(town, leader, number);
	snprintf(fields, sizeof fields, "date=%lld;officer=崔丽娟;leader=%s;leader_b=崔桂枝",
		(long long)watch_day(store_now(town)), number);
	help_add(town, "roster", fields);
	world_open(&world, town, NULL, store_now(town));
	situation_line(&world, &line);
	assert_non_null(strstr(buf_cstr(&line), "[二级响应] "));
	assert_non_null(strstr(buf_cstr(&line), "起  汛期"));
	buf_clear(&line);
	situation_watch(&world, &line);
	assert_string_equal(buf_cstr(&line), "在班 崔丽娟 带班闫占奎15439184314 B崔桂枝 缺防汛席");
	buf_release(&line);
	store_close(town);
	help_remove(home);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(a_response_and_a_season)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
