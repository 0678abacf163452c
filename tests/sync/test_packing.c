/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which packing a frame goes in: the model's for whoever has said to read it, on links where it
 * pays or as the station is set; zstd for everybody else.
 */
#include "world.h"

#include "base/when.h"
#include "store/station.h"
#include "sync/take.h"
#include "sync/take/internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

enum { ZSTD = 1, MODEL = 2 };

/* Another one each time: what was said before is cheap for zstd, too. */
static const char *const texts[] = {"后山边坡裂缝，村东桥下护岸冲空约二十米",
	"小学围墙向外倾斜，学生改走南门", "养殖场旁变压器漏油，已拉线",
	"水库溢洪道堵了树枝，正在清", "三组老屋山墙开裂，两户已转到亲戚家",
	"集贸市场电线老化，配电箱烧过一次", "加油站卸油口没有接地，叫停了",
	"河滩上有人搭棚住，劝了不走", "村口道路塌了半边，设了警示牌", "粮库西侧堆了秸秆，怕起火",
	"燃气管道上方动土，已联系公司", "幼儿园后窗装了死栏杆，要拆", "化粪池盖板断了，用木板盖住",
	"山塘坝脚渗水变浑，夜里有人守", "敬老院消防栓没有水，报了乡里",
	"学校食堂油烟道起过火苗，停用了"};
static unsigned told;

static bool history;

/* The village's next question with a new hazard: how it is packed, and whether behind HISTORY. */
static unsigned packed(struct pair *pair, uint32_t rate)
{
	struct peer peer;
	struct asking asking;
	struct buf frame = {0};
	struct arena arena = {0};
	struct sight sight;
	struct fault fault;
	unsigned number;

	world_hazard(pair->village, village_area, texts[told++ % countof(texts)]);
	assert_int_equal(peer_load(pair->village, &peer, &fault), RC_OK);
	peer.pace.rate = rate;
	assert_int_equal(ask_make(pair->village, &peer, LANES_ALL, &asking, &frame, &fault), RC_OK);
	assert_int_equal(
		frame_dump(pair->town, buf_bytes(&frame), 0, &arena, &sight, &fault), RC_OK);
	assert_true(sight.decoded && sight.message.fact_count);
	number = sight.dictionary;
	history = sight.history;
	assert_true(sight.packed || number == ZSTD);
	arena_release(&arena);
	buf_release(&frame);
	return number;
}

static void syncs(struct pair *pair)
{
	struct sync_result result = {0};

	assert_true(world_sync(pair->village, &pair->road, 20, &result));
}

static bool has_state(struct store *store)
{
	char path[300];

	snprintf(path, sizeof path, "%s/model.state", store_home(store));
	return access(path, F_OK) == 0;
}

/* In a process that has not read the training text: not for nobody, and before the first frame. */
static void a_hub_is_ready_before_it_answers(void **state)
{
	int status;
	pid_t child = fork();

	(void)state;
	assert_true(child >= 0);
	if (!child) {
		packing_choose("auto");
		unsetenv("OUTPOST_BUILD"); /* what other tests have learnt */
		struct pair *pair = world_pair();
		packing_prepare(pair->town);
		bool early = has_state(pair->town);
		syncs(pair);
		packing_prepare(pair->town);
		bool ready = has_state(pair->town);
		world_pair_end(pair);
		_exit(early ? 1 : (ready ? 0 : 2));
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

static void whoever_reads_it_gets_it(void **state)
{
	struct pair *pair;

	(void)state;
	packing_choose("model");
	pair = world_pair();
	syncs(pair);
	assert_int_equal(packed(pair, 0), MODEL);
	syncs(pair);
	packing_choose("zstd");
	assert_int_equal(packed(pair, 0), ZSTD);
	syncs(pair);
	packing_choose("auto");
	assert_int_equal(packed(pair, 0), ZSTD); /* nobody called it slow */
	syncs(pair);
	assert_int_equal(packed(pair, 1300), MODEL);
	assert_false(history);
	syncs(pair);
	assert_int_equal(packed(pair, 100), MODEL);
	assert_true(history); /* what both hold is read before */
	syncs(pair);
	assert_int_equal(packed(pair, 50000), ZSTD);
	syncs(pair);
	assert_int_equal(
		world_digest(pair->village, village_area), world_digest(pair->town, village_area));
	world_pair_end(pair);
}

/* Both were of an older release, and have been renewed: they hear of each other within some
 * questions. */
static void whoever_has_not_said_so_gets_zstd(void **state)
{
	struct pair *pair;
	unsigned tries = 0;

	(void)state;
	packing_choose("zstd"); /* says nothing */
	pair = world_pair();
	syncs(pair);
	packing_choose("model");
	assert_int_equal(packed(pair, 0), ZSTD);
	while (packed(pair, 0) != MODEL && tries++ < 40)
		syncs(pair);
	assert_true(tries > 0 && tries < 40);
	syncs(pair);
	assert_int_equal(
		world_digest(pair->village, village_area), world_digest(pair->town, village_area));
	world_pair_end(pair);
	packing_choose("auto");
}

enum { CROWD = 16, HALF_AN_HOUR = 1800 };

/* The village's question with what it has not sent yet, over a slow link, among COUNT that the hub
 * is asked at a time. Is it to be said whole? */
static bool asks_among(struct pair *pair, unsigned count)
{
	struct sync_result result = {0};
	struct bytes asks[CROWD];
	struct buf frame = {0}, answers[CROWD] = {{0}};
	struct asking asking;
	struct peer peer;
	struct fault fault;

	assert_int_equal(peer_load(pair->village, &peer, &fault), RC_OK);
	peer.pace.rate = 100;
	assert_int_equal(ask_make(pair->village, &peer, LANES_ALL, &asking, &frame, &fault), RC_OK);
	for (unsigned i = 1; i < count; i++)
		asks[i] = bytes_of((const uint8_t *)"x", 1);
	asks[0] = buf_bytes(&frame);
	assert_int_equal(hub_answer(pair->town, asks, answers, count, &fault), RC_OK);
	assert_int_equal(answer_apply(pair->village, &peer, &asking, buf_bytes(&answers[0]),
				 &result, &fault),
		RC_OK);
	for (unsigned i = 0; i < count; i++)
		buf_release(&answers[i]);
	buf_release(&frame);
	return peer.unsure;
}

/* For half an hour nothing is read before a question, and what is long comes by zstd. */
static void a_hub_that_many_ask_is_spared(void **state)
{
	struct pair *pair;
	char text[600] = "";

	(void)state;
	packing_choose("auto");
	pair = world_pair();
	syncs(pair);
	for (unsigned i = 0; i < 6; i++) {
		assert_int_equal(packed(pair, 100), MODEL);
		asks_among(pair, CROWD - 1);
	}
	assert_int_equal(packed(pair, 100), MODEL);
	assert_true(history);
	asks_among(pair, CROWD);
	assert_int_equal(packed(pair, 100), MODEL);
	assert_false(history);
	asks_among(pair, 1);
	for (unsigned i = 0; i < 5; i++)
		strcat(text, texts[i]);
	world_hazard(pair->village, village_area, text);
	assert_int_equal(packed(pair, 100), ZSTD);
	asks_among(pair, 1);
	when_skip(HALF_AN_HOUR + 1);
	assert_int_equal(packed(pair, 100), MODEL);
	assert_true(history);
	when_skip(-HALF_AN_HOUR - 1);
	world_pair_end(pair);
}

/* Whoever makes the model of a hub read more than a line of 30 kbit/s brings is heard by zstd,
 * until the next minute. */
static void a_station_may_ask_so_much_of_it(void **state)
{
	enum { TOO_MUCH = 5 << 20, MINUTE = 60 };
	struct pair *pair;
	uint64_t site;

	(void)state;
	packing_choose("auto");
	pair = world_pair();
	site = store_station(pair->village)->site;
	syncs(pair);
	for (unsigned spent = 0; spent < 2; spent++) {
		assert_true(packing_affords(pair->town, site));
		assert_int_equal(packed(pair, 100), MODEL);
		packing_spend(pair->town, site, spent ? TOO_MUCH : 1000);
		assert_int_equal(asks_among(pair, 1), spent);
	}
	assert_false(packing_affords(pair->town, site));
	syncs(pair);
	assert_int_equal(packing_most(pair->village, store_station(pair->town)->site), 256);
	assert_int_equal(
		world_digest(pair->village, village_area), world_digest(pair->town, village_area));
	when_skip(MINUTE);
	assert_true(packing_affords(pair->town, site));
	when_skip(-MINUTE);
	world_pair_end(pair);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_hub_is_ready_before_it_answers),
		cmocka_unit_test(whoever_reads_it_gets_it),
		cmocka_unit_test(whoever_has_not_said_so_gets_zstd),
		cmocka_unit_test(a_hub_that_many_ask_is_spared),
		cmocka_unit_test(a_station_may_ask_so_much_of_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
