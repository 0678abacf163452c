/* SPDX-License-Identifier: GPL-3.0-or-later
 * What waits, what it weighs and how long it will take, as people and as scripts read it; and what
 * came late, with the reason.
 * Covers: N7
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "app/sync_cmd.h"
#include "app_help.h"
#include "base/when.h"
#include "store/db.h"
#include "store/rows/internal.h"
#include "store_help.h"

#define URL "http://127.0.0.1:8741"

static struct village village;
static struct store *town;
static char town_home[HELP_HOME], said[8192];

static void good(enum rc rc, const struct fault *fault)
{
	if (rc)
		fail_msg("%s", fault->text);
}

static int start(void **state)
{
	struct peer peer = {.pace = {.frame = 4096}};
	struct fault fault = {0};

	(void)state;
	village_open(&village);
	help_home(town_home);
	town = help_station(town_home, TOWN, "BX");
	help_introduce(village.app.store, town);
	assert_true(log_site(store_log(village.app.store), store_station(town)->site, &peer.site));
	good(peer_save(village.app.store, &peer, &fault), &fault);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	village_close(&village);
	store_close(town);
	help_remove(town_home);
	return 0;
}

/* What sync --plan prints. */
static bool plan(const char *via, bool json, const char *text)
{
	FILE *out = tmpfile();
	int old = dup(STDOUT_FILENO);

	assert_non_null(out);
	fflush(stdout);
	dup2(fileno(out), STDOUT_FILENO);
	village.app.json = json;
	int code = sync_plan(&village.app, via);
	fflush(stdout);
	dup2(old, STDOUT_FILENO);
	close(old);
	rewind(out);
	said[fread(said, 1, sizeof(said) - 1, out)] = '\0';
	fclose(out);
	assert_int_equal(code, EXIT_DONE);
	if (strstr(said, text))
		return true;
	print_message("not said: %s\n%s\n", text, said);
	return false;
}

static void unknown_speed_promises_nothing(void **state)
{
	(void)state;
	village_add(
		&village, "hazard", "category=H0101", "place=后山", "text=裂缝", "grade=G", NULL);
	assert_true(plan(NULL, false, "连同拨号和答复"));
	assert_non_null(strstr(said, "流转"));
	assert_non_null(strstr(said, "?"));
	assert_true(plan(NULL, true, "\"loop\":{\"facts\":1,"));
	assert_non_null(strstr(said, "\"url\":null,\"rate\":null"));
	assert_non_null(strstr(said, "\"seconds\":null"));
}

/* At 10 bytes a second a round of some hundred takes minutes; dialling by SSH costs more. */
static void a_measured_way_says_how_long(void **state)
{
	struct route way = {.pace = {.frame = 4096, .rate = 10, .trip_ms = 800}};
	struct fault fault = {0};

	(void)state;
	village_add(
		&village, "hazard", "category=H0101", "place=后山", "text=裂缝", "grade=G", NULL);
	good(routes_set(village.app.store, URL, &fault), &fault);
	good(route_save(village.app.store, URL, &way, &fault), &fault);
	assert_true(plan(NULL, true, "\"url\":\"" URL "\",\"rate\":10,"));
	assert_null(strstr(said, "\"seconds\":null"));
	assert_true(plan(NULL, false, "基础台账"));
	assert_null(strstr(said, "?"));
	assert_true(plan("ssh://hub", true, "\"rate\":null"));
}

static void what_came_late_is_told_with_the_reason(void **state)
{
	struct store *store = village.app.store;
	struct fault fault = {0};

	(void)state;
	struct ref ref = village_add(
		&village, "report", "event=flood", "stage=first", "text=河水漫堤", NULL);
	for (unsigned n = 0; n < 5; n++) {
		good(trouble_note(store, TROUBLE_LINE, LANES_ALL, &fault), &fault);
		when_skip(26 * 60);
	}
	struct mark mark = {store_station(town)->site, ref.site, ref.seq & 7, 9, ref.seq >> 3, 0};
	good(log_mark(store_log(store), &mark, &fault), &fault);
	assert_true(plan(NULL, false, "已送到、但晚了的，最近的在前"));
	assert_non_null(strstr(said, "2小时10分后才证实送到"));
	assert_non_null(strstr(said, "连不上上级"));
	assert_true(plan(NULL, true, "\"reason\":\"line\",\"tries\":5"));
	assert_non_null(strstr(said, "\"seconds\":7800"));
	when_skip(-5 * 26 * 60);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(unknown_speed_promises_nothing, start, stop),
		cmocka_unit_test_setup_teardown(a_measured_way_says_how_long, start, stop),
		cmocka_unit_test_setup_teardown(
			what_came_late_is_told_with_the_reason, start, stop),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
