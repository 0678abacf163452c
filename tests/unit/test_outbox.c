/* SPDX-License-Identifier: GPL-3.0-or-later
 * The outbox, and what home, lists and the record say of the link up: nothing is called delivered
 * that is not proven, and a person settles with two keys what two stations wrote differently.
 * Tests also: outbox_late.c outbox_decide.c outbox_now.c outbox_statement.c line_outbox.c
 *
 * Covers: N16 W15.1
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/when.h"
#include "desk.h"
#include "model/kinds.h"
#include "screens/outbox_page.h"
#include "store_help.h"
#include "store/identity.h"
#include "store/station.h"
#include "store/rows/internal.h"
#include "talk.h"

static const char *const crack[] = {
	"category=H0101", "place=后山", "text=边坡裂缝", "grade=G", NULL};

static struct desk desk;
static struct store *town;
static char town_home[HELP_HOME];

static void good(enum rc rc, const struct fault *fault)
{
	if (rc)
		fail_msg("%s", fault->text);
}

static void know(struct store *store, struct store *other)
{
	struct fault fault = {0};
	struct site site;

	assert_true(log_site(store_log(other), store_station(other)->site, &site));
	good(log_site_set(store_log(store), &site, &fault), &fault);
}

static int start(void **state)
{
	struct station station = {
		.area = 410882103000, .level = LEVEL_TOWNSHIP, .name = "柏香镇", .code = "BX"};
	struct fault fault = {0};
	struct keys keys;

	(void)state;
	desk_open(&desk);
	help_home(town_home);
	keys_from_seed(&keys, "town");
	good(store_init(&town, town_home, &station, &keys, STORE_FAST, &fault), &fault);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	desk_close(&desk);
	store_close(town);
	help_remove(town_home);
	return 0;
}

/* The desk's station has the town above it and one way, over which it last heard at HEARD. */
static void join(int64_t heard)
{
	struct station station = *store_station(desk.store);
	struct fault fault = {0};
	struct peer peer = {.heard = heard, .offset_ms = -200, .pace = {.frame = 4096}};

	peer.load.loaded = peer.load.opened = (1u << LANES) - 1;
	know(desk.store, town);
	know(town, desk.store);
	station.joined = true;
	good(store_station_set(desk.store, &station, &fault), &fault);
	assert_true(log_site(store_log(desk.store), store_station(town)->site, &peer.site));
	good(peer_save(desk.store, &peer, &fault), &fault);
	if (heard)
		good(store_offset_set(desk.store, 0, &fault), &fault);
	good(routes_set(desk.store, "http://10.1.2.3:8741", &fault), &fault);
}

/* The last try of the way. */
static void tried(enum trouble why)
{
	struct route way = {.pace = {.frame = 4096, .rate = 10, .trip_ms = 800}};
	struct fault fault = {.rc = RC_LINK, .cause = why};

	route_tried(&way, when_now(), 300, why ? &fault : NULL);
	good(route_save(desk.store, "http://10.1.2.3:8741", &way, &fault), &fault);
}

/* The town proves that it has the desk's facts of LANE up to UPTO. */
static void proves(unsigned lane, uint32_t upto)
{
	struct mark mark = {
		store_station(town)->site, store_station(desk.store)->site, lane, 9, upto, 0};
	struct fault fault = {0};

	good(log_mark(store_log(desk.store), &mark, &fault), &fault);
}

static bool carry_one(const struct fact *fact, void *to)
{
	struct fault fault = {0};
	bool fresh;

	good(store_take(to, fact->raw, fact->sig, 1, &fresh, &fault), &fault);
	return true;
}

static void carry(struct store *to, struct store *from)
{
	struct fault fault = {0};
	uint64_t seen;

	for (unsigned lane = 0; lane < LANES; lane++)
		good(log_up(store_log(from), &(struct facts_query){.lane = lane}, carry_one, to,
			     &seen, &fault),
			&fault);
}

static void edit_in(struct store *store, struct ref ref, unsigned tag, const char *text)
{
	struct op op = {.kind = KIND_hazard, .rec_site = ref.site, .rec_seq = ref.seq};
	struct value value = value_text(text);
	struct fault fault = {0};
	struct buf body = {0};

	put_field(&body, tag, &value);
	op.body = buf_bytes(&body);
	good(store_write(store, &op, &fault), &fault);
	buf_release(&body);
}

/* A record of AREA in which both stations wrote the place without seeing each other; the desk's
 * value is the later one. */
static struct ref disagree(void)
{
	struct ref ref = desk_add(&desk, "hazard", crack);

	carry(town, desk.store);
	edit_in(town, ref, hazard_place, "后山东");
	when_skip(5);
	edit_in(desk.store, ref, hazard_place, "后山西");
	carry(desk.store, town);
	return ref;
}

/* One thing at a time: what goes, since when it does not, and never both. */
static void one_state_on_top(void **state)
{
	struct fault fault = {0};

	(void)state;
	join(when_now());
	proves(LANE_BULK, 99);
	tried(TROUBLE_NONE);
	good(trouble_note(desk.store, TROUBLE_NONE, LANES_ALL, &fault), &fault);
	desk_login(&desk, 24, 80);
	assert_true(desk_keys(&desk, "S"));
	assert_true(desk_sees(&desk, "> 通  最后证实06:33"));
	assert_true(desk_sees(&desk, "没有等送的"));
	assert_null(strstr(desk_screen(&desk), "没网了"));
	desk_add(&desk, "report",
		(const char *const[]){"event=flood", "stage=first", "text=河水漫堤", NULL});
	desk_add(&desk, "hazard", crack);
	good(trouble_note(desk.store, TROUBLE_BUDGET, LANES_ALL & ~1u, &fault), &fault);
	desk_reload(&desk);
	assert_true(
		desk_sees(&desk, "> 半通 06:33起：今天的流量用完了，只送紧急的  最后证实06:33"));
	assert_true(desk_sees(&desk, "流转 1件 75B 等网 最久06:33 隐患"));
	when_skip(31 * 60);
	tried(TROUBLE_LINE);
	good(trouble_note(desk.store, TROUBLE_LINE, LANES_ALL, &fault), &fault);
	desk_reload(&desk);
	assert_true(desk_sees(&desk, "不通 07:04起：连不上上级"));
	assert_true(desk_sees(&desk, "连续1次不通 连不上上级"));
	assert_null(strstr(desk_screen(&desk), "06:33通"));
	assert_true(desk_sees(&desk, "现在迟的1 迟到过0"));
	assert_true(desk_sees(&desk, "p迟报说明"));
	assert_true(desk_sees(&desk, "没网了？ 1念数字"));
	when_skip(-31 * 60);
}

/* Its counts open their parts, and what was late can be said in writing. */
static void counts_open_their_part(void **state)
{
	(void)state;
	join(when_now());
	disagree();
	desk_login(&desk, 24, 80);
	assert_true(desk_keys(&desk, "S"));
	assert_true(desk_sees(&desk, "两站填得不同1：隐患"));
	assert_null(strstr(desk_screen(&desk), "没有生效"));
	assert_true(desk_keys(&desk, "G enter"));
	assert_true(desk_sees(&desk, "2另一 后山东"));
	assert_true(desk_keys(&desk, "q p"));
	assert_true(desk_sees(&desk, "迟报情况说明"));
	assert_true(desk_sees(&desk, "没有迟的；还有"));
	assert_null(strstr(desk_screen(&desk), "都在时限内"));
	assert_true(desk_keys(&desk, "q m"));
	assert_true(desk_sees(&desk, "只有一条线路"));
	assert_true(desk_keys(&desk, "r"));
	assert_true(desk_sees(&desk, "这里没有在自动同步"));
}

static void another_way_goes_first(void **state)
{
	struct fault fault = {0};
	char url[ROUTE_URL];

	(void)state;
	join(when_now());
	good(routes_set(desk.store, "http://10.1.2.3:8741\nfile:/mnt/a\nssh://b", &fault), &fault);
	desk_login(&desk, 24, 80);
	assert_true(desk_keys(&desk, "S m"));
	assert_true(desk_sees(&desk, "先走线路2 file:/mnt/a"));
	assert_true(desk_keys(&desk, "n"));
	assert_true(route_at(desk.store, 0, url));
	assert_string_equal(url, "http://10.1.2.3:8741");
	assert_true(desk_keys(&desk, "m y"));
	assert_true(route_at(desk.store, 0, url));
	assert_string_equal(url, "file:/mnt/a");
	assert_true(route_at(desk.store, 2, url));
	assert_string_equal(url, "http://10.1.2.3:8741");
	assert_true(desk_keys(&desk, "2"));
	assert_true(desk_sees(&desk, "存到文件：/mnt/a/"));
	desk_hang_up(&desk);
	/* In line mode by the same letter, asked first. */
	static char said[TALK_SAID];
	struct app app = {0};
	snprintf(app.home, sizeof(app.home), "%s", desk.home);
	snprintf(app.login, sizeof(app.login), "%s", desk.user.login);
	assert_int_equal(talk_run(&app, "S\nm\nn\n<\n<\n", said), EXIT_DONE);
	assert_non_null(strstr(said, "先走线路2 ssh://b，换吗？"));
	assert_true(route_at(desk.store, 0, url));
	assert_string_equal(url, "file:/mnt/a");
	assert_int_equal(talk_run(&app, "S\nm\ny\n<\n<\n", said), EXIT_DONE);
	assert_non_null(strstr(said, "换好了，从下一次起先走这一条"));
	assert_true(route_at(desk.store, 0, url));
	assert_string_equal(url, "ssh://b");
}

static void alone(void **state)
{
	(void)state;
	desk_add(&desk, "hazard", crack);
	desk_login(&desk, 24, 80);
	assert_true(desk_sees(&desk, "S报送"));
	assert_null(strstr(desk_screen(&desk), "等送"));
	assert_true(desk_keys(&desk, "S v"));
	assert_true(desk_sees(&desk, "未接入上级"));
	assert_true(desk_keys(&desk, "1"));
	assert_true(desk_sees(&desk, "两站填得不同"));
	assert_true(desk_keys(&desk, "h =hazard enter"));
	assert_null(strstr(desk_screen(&desk), "报送进度"));
}

/* Sent is not received: it waits until the mark says that it is held, and so do list and record. */
static void waits_until_proven(void **state)
{
	struct ref ref;

	(void)state;
	join(when_now());
	proves(LANE_BULK, 99); /* the person's record */
	ref = desk_add(&desk, "hazard", crack);
	desk_login(&desk, 24, 80);
	assert_true(desk_sees(&desk, "联系过上级，等送1条"));
	assert_true(desk_keys(&desk, "=hazard"));
	assert_true(desk_sees(&desk, "待核实   -"));
	assert_true(desk_keys(&desk, "enter"));
	assert_true(desk_sees(&desk, "报送进度：本机已存，未确认：乡镇"));
	assert_true(desk_keys(&desk, "h S v"));
	assert_true(desk_sees(&desk, "等送1条"));
	assert_true(desk_sees(&desk, "本机1 -> 乡镇0"));
	proves(ref.seq & 7, ref.seq >> 3);
	desk_reload(&desk);
	assert_true(desk_sees(&desk, "没有等送的"));
	assert_true(desk_sees(&desk, "本机1 -> 乡镇1"));
	assert_true(desk_keys(&desk, "h =hazard"));
	assert_true(desk_sees(&desk, "待核实   乡"));
	assert_true(desk_keys(&desk, "enter"));
	assert_true(desk_sees(&desk, "报送进度：本机已存 -> 乡镇"));
	assert_true(desk_keys(&desk, "h"));
	assert_null(strstr(desk_screen(&desk), "等送"));
}

/* The first load of a new station: which lanes are not whole yet. */
static void first_load(void **state)
{
	struct fault fault = {0};
	struct peer peer;

	(void)state;
	join(when_now());
	good(peer_load(desk.store, &peer, &fault), &fault);
	peer.load.opened &= ~(1u << LANE_BOOK);
	peer.load.came[LANE_BOOK].facts = 7;
	peer.load.left[LANE_BOOK].facts = 30;
	good(peer_save(desk.store, &peer, &fault), &fault);
	desk_login(&desk, 24, 80);
	assert_true(desk_keys(&desk, "S v"));
	assert_true(desk_sees(&desk, "台账 第一次下载：已到7条，还差30条"));
	assert_null(strstr(desk_screen(&desk), "基础台账 第一次下载"));
}

static void a_way_says_one_thing(void **state)
{
	struct route way = {
		.pace = {.frame = 4096, .rate = 10, .trip_ms = 800}, .worked = when_now() - 600};
	struct fault cut = {.rc = RC_LINK, .cause = TROUBLE_LINE}, fault = {0};

	(void)state;
	join(when_now() - 3 * 3600);
	route_tried(&way, when_now(), 300, &cut);
	good(route_save(desk.store, "http://10.1.2.3:8741", &way, &fault), &fault);
	desk_login(&desk, 24, 80);
	assert_true(desk_keys(&desk, "S v"));
	assert_true(desk_sees(&desk, "不通，上次通"));
	assert_true(desk_sees(&desk, "连续1次不通"));
}

static void late_and_why(void **state)
{
	struct fault fault = {0};

	(void)state;
	join(when_now() - 3 * 3600);
	proves(LANE_BULK, 99);
	desk_add(&desk, "warning",
		(const char *const[]){"event=11B01", "severity=red", "headline=暴雨红色", NULL});
	tried(TROUBLE_LINE);
	good(trouble_note(desk.store, TROUBLE_LINE, LANES_ALL, &fault), &fault);
	desk_login(&desk, 24, 80);
	assert_true(desk_sees(&desk, "上级不通：连不上上级，等送1条（紧急1条）"));
	assert_true(desk_keys(&desk, "S v"));
	assert_true(desk_sees(&desk, "连续1次不通"));
	assert_true(desk_sees(&desk, "10B/秒"));
	assert_null(strstr(desk_screen(&desk), "迟了"));
	when_skip(11 * 60);
	desk_reload(&desk);
	assert_true(desk_sees(&desk, "还没送到、已经迟了的，原因：连不上上级"));
	assert_true(desk_sees(&desk, "暴雨红色 超11分"));
	assert_true(desk_keys(&desk, "h S p"));
	assert_true(desk_sees(&desk, "还没通，已11分"));
	assert_true(desk_keys(&desk, "^X v"));
	tried(TROUBLE_NONE);
	desk_reload(&desk);
	assert_true(desk_sees(&desk, "有一阵没有同步"));
	when_skip(-11 * 60);
}

/* Heard two minutes ago, and then the line broke: home, S and P say so alike. */
static void one_truth_of_the_road(void **state)
{
	struct fault fault = {0};

	(void)state;
	join(when_now() - 120);
	desk_login(&desk, 24, 80);
	assert_true(desk_sees(&desk, "联系过上级"));
	tried(TROUBLE_LINE);
	good(trouble_note(desk.store, TROUBLE_LINE, LANES_ALL, &fault), &fault);
	desk_reload(&desk);
	assert_true(desk_sees(&desk, "上级不通：连不上上级"));
	assert_true(desk_keys(&desk, "S"));
	assert_true(desk_sees(&desk, "不通"));
	assert_true(desk_keys(&desk, "P"));
	assert_true(desk_sees(&desk, "线路：    不通"));
}

static void a_person_settles(void **state)
{
	struct arena arena = {0};
	struct fault fault = {0};
	struct ref ref;
	struct row row;

	(void)state;
	join(when_now());
	ref = disagree();
	desk_login(&desk, 24, 80);
	assert_true(desk_keys(&desk, "S v"));
	assert_true(desk_sees(&desk, "两站填得不同"));
	assert_true(desk_sees(&desk, "1现在 后山西"));
	assert_true(desk_sees(&desk, "2另一 后山东"));
	assert_true(desk_sees(&desk, "柏香镇"));
	assert_true(desk_sees(&desk, "时钟已对"));
	assert_true(desk_sees(&desk, "时钟未核对"));
	assert_true(desk_keys(&desk, "G 2 n")); /* not now */
	assert_true(desk_sees(&desk, "没有办"));
	assert_true(desk_keys(&desk, "2 y"));
	assert_true(desk_sees(&desk, "已定"));
	assert_null(strstr(desk_screen(&desk), "2另一"));
	good(store_row(desk.store, ref, &arena, &row, &fault), &fault);
	assert_int_equal(row.conflicts, 0);
	assert_true(bytes_equal(row_value(&row, hazard_place)->text, bytes_text("后山东")));
	arena_release(&arena);
}

/* Whoever has no screen hears the same page, and settles by a number. */
static void a_person_settles_line_by_line(void **state)
{
	static char said[TALK_SAID];
	struct app app = {0};
	struct arena arena = {0};
	struct fault fault = {0};
	struct ref ref;
	struct row row;

	(void)state;
	join(when_now());
	ref = disagree();
	snprintf(app.home, sizeof(app.home), "%s", desk.home);
	snprintf(app.login, sizeof(app.login), "%s", desk.user.login);
	/* Not now; then the other value; the record is opened; back. */
	assert_int_equal(talk_run(&app, "S\n7\n2\nn\n2\ny\n<\n<\n<\n", said), EXIT_DONE);
	assert_non_null(strstr(said, "上级：柏香镇"));
	assert_non_null(strstr(said, "两站填得不同\n"));
	assert_non_null(strstr(said, "后山西"));
	assert_non_null(strstr(said, "没有改动"));
	assert_non_null(strstr(said, "已定"));
	good(store_row(desk.store, ref, &arena, &row, &fault), &fault);
	assert_int_equal(row.conflicts, 0);
	assert_true(bytes_equal(row_value(&row, hazard_place)->text, bytes_text("后山东")));
	arena_release(&arena);
}

/* Three stations, three words: each has its line, and the one under the marker is taken. */
static void any_of_three_can_be_taken(void **state)
{
	struct station station = {
		.area = 410882000000, .level = LEVEL_COUNTY, .name = "沁阳市", .code = "QY"};
	char home[HELP_HOME];
	struct ref ref = desk_add(&desk, "hazard", crack);
	struct arena arena = {0};
	struct fault fault = {0};
	struct store *county;
	struct row row;
	struct keys keys;

	(void)state;
	help_home(home);
	keys_from_seed(&keys, "county");
	good(store_init(&county, home, &station, &keys, STORE_FAST, &fault), &fault);
	join(when_now());
	know(county, desk.store);
	know(desk.store, county);
	carry(town, desk.store);
	carry(county, desk.store);
	edit_in(county, ref, hazard_place, "后山北");
	when_skip(5);
	edit_in(town, ref, hazard_place, "后山东");
	when_skip(5);
	edit_in(desk.store, ref, hazard_place, "后山西");
	carry(desk.store, town);
	carry(desk.store, county);
	store_close(county);
	desk_login(&desk, 24, 80);
	assert_true(desk_keys(&desk, "S v"));
	assert_true(desk_sees(&desk, "1现在 后山西"));
	assert_true(desk_sees(&desk, "2另一 后山东"));
	assert_true(desk_sees(&desk, "2另一 后山北"));
	assert_true(desk_sees(&desk, "沁阳市"));
	assert_true(desk_keys(&desk, "G 2 y"));
	assert_null(strstr(desk_screen(&desk), "2另一"));
	good(store_row(desk.store, ref, &arena, &row, &fault), &fault);
	assert_int_equal(row.conflicts, 0);
	assert_true(bytes_equal(row_value(&row, hazard_place)->text, bytes_text("后山北")));
	arena_release(&arena);
	help_remove(home);
}

static void steps_without_effect(void **state)
{
	struct ref ref = desk_add(&desk, "hazard", crack);
	struct op op = {.kind = KIND_hazard,
		.step = hazard_do_close,
		.rec_site = ref.site,
		.rec_seq = ref.seq};
	struct fault fault = {0};

	(void)state;
	join(when_now());
	carry(town, desk.store);
	good(store_write(town, &op, &fault), &fault);
	carry(desk.store, town);
	desk_login(&desk, 24, 80);
	assert_true(desk_keys(&desk, "S v"));
	assert_true(desk_sees(&desk, "没有生效的"));
	assert_true(desk_sees(&desk, "销号"));
	assert_true(desk_keys(&desk, "G enter"));
	assert_true(desk_sees(&desk, "隐患 WZ-"));
}

static void on_a_small_terminal(void **state)
{
	(void)state;
	join(when_now());
	disagree();
	desk_login(&desk, 12, 40);
	assert_true(desk_keys(&desk, "S v G"));
	assert_true(desk_sees(&desk, "2另一 后山东"));
	assert_true(desk_keys(&desk, "h =hazard"));
	assert_true(desk_sees(&desk, "后山西 边坡裂缝"));
}

/* Said by whoever looks, in his language: nothing of the sentence is stored. */
static void came_late_and_why(void **state)
{
	struct fault fault = {0};
	struct ref ref;

	(void)state;
	join(when_now());
	ref = desk_add(&desk, "report",
		(const char *const[]){"event=flood", "stage=first", "text=河水漫堤", NULL});
	for (unsigned n = 0; n < 5; n++) {
		good(trouble_note(desk.store, TROUBLE_LINE, LANES_ALL, &fault), &fault);
		when_skip(26 * 60);
	}
	proves(ref.seq & 7, ref.seq >> 3);
	desk_login(&desk, 24, 80);
	assert_true(desk_keys(&desk, "S v"));
	assert_true(desk_sees(&desk, "已送到、但晚了的"));
	assert_true(desk_sees(&desk, "06:33 写，2小时10分后才证实送到(限10分)"));
	assert_true(desk_sees(&desk, "（试5次）"));
	assert_null(strstr(desk_screen(&desk), "还没送到"));
	assert_true(desk_keys(&desk, "G enter"));
	assert_true(desk_sees(&desk, "河水漫堤"));
	assert_true(desk_keys(&desk, "h S p"));
	assert_true(desk_sees(&desk, "断网时段"));
	assert_true(desk_sees(&desk, "连不上上级"));
	assert_true(desk_sees(&desk, "1. "));
	assert_true(desk_sees(&desk, "2小时10分后才证实送到"));
	when_skip(31 * 86400); /* long ago: no news any more */
	desk_login(&desk, 24, 80);
	assert_true(desk_keys(&desk, "S v"));
	assert_null(strstr(desk_screen(&desk), "但晚了的"));
	when_skip(-31 * 86400 - 5 * 26 * 60);
}

static const char *clock_of(uint64_t site, uint32_t seq, int64_t stamped)
{
	static struct buf text;

	buf_clear(&text);
	link_status_clock(desk.store, site, seq, (uint64_t)stamped << 16, &text);
	return buf_cstr(&text);
}

/* As it stands behind each step of a record. */
static const char *said_of(uint64_t site, int64_t stamped)
{
	static struct buf text;
	const struct op op = {.site = site,
		.seq = 8,
		.rec_site = site,
		.rec_seq = 8,
		.stamp = (uint64_t)stamped << 16};

	buf_clear(&text);
	link_status_ahead(desk.store, &op, &text);
	return buf_cstr(&text);
}

/* Only what is known: ours is right since the clock above was heard, of another's we know only
 * when it was far ahead. */
static void clocks(void **state)
{
	uint64_t own = store_station(desk.store)->site;
	int64_t now = when_now();
	struct fault fault = {0};

	(void)state;
	assert_string_equal(clock_of(own, 8, now), "时钟未对");
	join(0);
	assert_string_equal(clock_of(own, 8, now + 9), "时钟未对");
	join(now);
	assert_string_equal(clock_of(own, 8, now + 9), "时钟已对");
	assert_string_equal(clock_of(own, 8, now - 9), "时钟未对"); /* before that */
	assert_string_equal(clock_of(7, 8, now), "时钟未核对");
	assert_string_equal(clock_of(own, 8, 100), "时钟没有设过");
	assert_string_equal(said_of(own, now + 9), "");
	assert_string_equal(said_of(own, now - 9), "（写时时钟未对）");
	assert_string_equal(said_of(7, now - 9), "");
	assert_string_equal(said_of(7, 100), "（写时时钟没有设过）");
	when_skip(3 * 86400 + 60);
	struct ref ref = desk_add(&desk, "hazard", crack);
	when_skip(-3 * 86400 - 60);
	good(store_offset_set(desk.store, 0, &fault), &fault);
	assert_string_equal(clock_of(ref.site, ref.seq, now + 3 * 86400), "时钟比乡镇快3天");
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, start, stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(alone),
		TEST(one_state_on_top),
		TEST(counts_open_their_part),
		TEST(another_way_goes_first),
		TEST(waits_until_proven),
		TEST(first_load),
		TEST(a_way_says_one_thing),
		TEST(late_and_why),
		TEST(one_truth_of_the_road),
		TEST(came_late_and_why),
		TEST(a_person_settles),
		TEST(a_person_settles_line_by_line),
		TEST(any_of_three_can_be_taken),
		TEST(steps_without_effect),
		TEST(on_a_small_terminal),
		TEST(clocks),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
