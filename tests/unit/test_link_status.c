/* SPDX-License-Identifier: GPL-3.0-or-later
 * The link to the station above in words: nothing said that is not so.
 */
#include "screens/link_status.h"

#include <setjmp.h>
#include <string.h>
#include <cmocka.h>

#include "base/text.h"
#include "base/when.h"
#include "store/identity.h"
#include "store/rows/internal.h"
#include "store/station.h"
#include "store_help.h"

static const char *line(const struct link_status *link, int64_t now)
{
	static struct buf out;
	buf_clear(&out);
	link_status_line(link, now, &out);
	return buf_cstr(&out);
}

static void home_line(void **state)
{
	int64_t now = 1784068380; /* 2026-07-15 06:33 in China */
	struct link_status link = {.joined = false};
	(void)state;
	assert_string_equal(line(&link, now), "");
	link.joined = true;
	link.state = (struct link_state){.road = ROAD_NONE};
	assert_string_equal(line(&link, now), "没有到上级的线路");
	link.has_way = true;
	assert_string_equal(line(&link, now), "还没有联系过上级");
	link.peer.heard = now - LINK_QUIET;
	link.state = (struct link_state){.road = ROAD_GOOD};
	assert_non_null(strstr(line(&link, now), "联系过上级"));
	assert_null(strstr(line(&link, now), "自 "));
	link.state = (struct link_state){ROAD_NONE, TROUBLE_IDLE, now - LINK_QUIET - 1, false};
	link.facts = 3;
	assert_non_null(strstr(line(&link, now), "自 "));
	assert_non_null(strstr(line(&link, now), "上级不通，等送3条"));
	assert_null(strstr(line(&link, now), "紧急"));
	link.waiting[LANE_ALARM].facts = 1;
	assert_non_null(strstr(line(&link, now), "（紧急1条）"));
	/* How long it takes is said while anything goes, at the rate that was measured. */
	link.waiting[LANE_ALARM].bytes = 3000;
	link.pace.rate = 100;
	assert_null(strstr(line(&link, now), "约"));
	link.state = (struct link_state){.road = ROAD_GOOD};
	assert_non_null(strstr(line(&link, now), "等送3条约10秒（紧急1条）"));
	link.state = (struct link_state){ROAD_HALF, TROUBLE_BUDGET, now, true};
	assert_non_null(strstr(line(&link, now), "半通：只送紧急，等送3条"));
}

static const char *brief(const struct link_status *link, int64_t now)
{
	static struct buf out;
	buf_clear(&out);
	link_status_brief(link, now, &out);
	return buf_cstr(&out);
}

/* For a line of forty columns: the whole of it fits. */
static void home_line_in_brief(void **state)
{
	int64_t now = 1784068380;
	struct link_status link = {.joined = false};
	(void)state;
	assert_string_equal(brief(&link, now), "");
	link.joined = true;
	link.state = (struct link_state){.road = ROAD_NONE};
	assert_string_equal(brief(&link, now), "上级没有线路");
	link.has_way = true;
	assert_string_equal(brief(&link, now), "上级没通过");
	link.peer.heard = now - LINK_QUIET;
	link.state = (struct link_state){.road = ROAD_GOOD};
	assert_non_null(strstr(brief(&link, now), "通"));
	assert_null(strstr(brief(&link, now), "不通"));
	link.state = (struct link_state){ROAD_NONE, TROUBLE_LINE, now - 40 * DAY_SECONDS, false};
	link.facts = 9999;
	link.waiting[LANE_ALARM].facts = 999;
	assert_non_null(strstr(brief(&link, now), "起不通 待发9999(急999)"));
	assert_true(text_columns(brief(&link, now)) <= 40);
}

static void sizes_and_times(void **state)
{
	struct pace pace = {.rate = 100, .trip_ms = 1200};
	struct buf out = {0};
	(void)state;
	link_status_bytes(1023, &out);
	buf_byte(&out, ' ');
	link_status_bytes(1536, &out);
	buf_byte(&out, ' ');
	link_status_bytes(3 << 20, &out);
	assert_string_equal(buf_cstr(&out), "1023B 1.5K 3.0M");
	buf_clear(&out);
	link_status_seconds(&pace, 3000, &out); /* a third on the wire, and a round trip */
	assert_string_equal(buf_cstr(&out), "约12秒");
	buf_clear(&out);
	link_status_seconds(&pace, 300000, &out);
	assert_string_equal(buf_cstr(&out), "约17分");
	buf_clear(&out);
	pace.rate = 0;
	link_status_seconds(&pace, 3000, &out);
	assert_string_equal(buf_cstr(&out), "");
	buf_release(&out);
}

static void ladder(void **state)
{
	char home[HELP_HOME], home_2[HELP_HOME];
	struct buf out = {0}, want = {0};
	struct fault fault;
	(void)state;
	help_home(home);
	help_home(home_2);
	struct store *village = help_station(home, VILLAGE, "WZ");
	struct store *town = help_station(home_2, TOWN, "BX");
	struct ref ref = help_add(village, "contact", "name=王五");
	link_status_ladder(village, ref, VILLAGE, &out);
	assert_string_equal(buf_cstr(&out), "本机已存");
	help_introduce(village, town);
	buf_clear(&out);
	link_status_ladder(village, ref, VILLAGE, &out);
	assert_string_equal(buf_cstr(&out), "本机已存，未确认：乡镇");
	struct mark mark = {store_station(town)->site, ref.site, ref.seq & 7, 3, ref.seq >> 3, 0};
	assert_int_equal(log_mark(store_log(village), &mark, &fault), RC_OK);
	buf_clear(&out);
	link_status_ladder(village, ref, VILLAGE, &out);
	assert_string_equal(buf_cstr(&out), "本机已存 → 乡镇");
	/* Of a county above it the township has only its word. */
	struct site county = {.site = 4711, .area = COUNTY, .level = LEVEL_COUNTY};
	struct peer peer = {.store = 3};
	assert_true(log_site(store_log(village), store_station(town)->site, &peer.site));
	assert_int_equal(log_site_set(store_log(village), &county, &fault), RC_OK);
	assert_int_equal(peer_save(village, &peer, &fault), RC_OK);
	buf_clear(&out);
	link_status_ladder(village, ref, VILLAGE, &out);
	assert_string_equal(buf_cstr(&out), "本机已存 → 乡镇，未确认：县");
	mark.holder = county.site;
	assert_int_equal(log_mark_said(store_log(village), &mark, peer.site.site, &fault), RC_OK);
	buf_clear(&out);
	link_status_ladder(village, ref, VILLAGE, &out);
	buf_fmt(&want, "本机已存 → 乡镇，据%s说：县", peer.site.name);
	assert_string_equal(buf_cstr(&out), buf_cstr(&want));
	buf_release(&want);
	buf_release(&out);
	assert_string_equal(link_status_mark(-1), "-");
	assert_string_equal(link_status_mark(LEVEL_TOWNSHIP), "乡");
	store_close(village);
	store_close(town);
	help_remove(home);
	help_remove(home_2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(home_line),
		cmocka_unit_test(home_line_in_brief),
		cmocka_unit_test(sizes_and_times),
		cmocka_unit_test(ladder),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
