/* SPDX-License-Identifier: GPL-3.0-or-later
 * How many questions a second a hub answers when a hundred stations ask again and again, each with
 * a report and a receipt (W1): packed by zstd, and by the model. Exit 1 when the model takes too
 * much of it. On links so slow that what was said before is read first, it does, the first time:
 * then the hub has asked to be spared. BENCH_STATIONS: how many questions (1,000).
 */
#include "../sync/world.h"
#include "base/when.h"
#include "gauge.h"
#include "model/kinds.h"
#include "sync/link.h"
#include "sync/take.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* AT_LEAST: per cent of the questions a second by zstd. The stations are few, and each asks again
 * and again: a hub remembers no more of the last one. */
enum { STATIONS = 100, AT_LEAST = 60, TEXT_MOST = 200 };
/* Bytes a second of the stations' links; at the second one both ends read what was said before. */
enum { RATE = 2000, RATE_HISTORY = 1000 };

static const uint64_t hub_area = 511722000000;

static const char *const places[] = {"后山", "村东桥下", "小学南门", "养殖场旁", "三组老屋",
	"集贸市场", "水库溢洪道", "粮库西侧", "加油站", "敬老院", "河滩", "化粪池", "砖厂宿舍",
	"茶园便道", "渡口", "变电所"};
static const char *const wrongs[] = {"边坡裂缝", "护岸冲空", "围墙外倾", "变压器漏油", "山墙开裂",
	"电线老化", "堵了树枝", "堆了秸秆", "没有接地", "消防栓没水", "有人搭棚住", "盖板断了",
	"过道充电", "路肩掏空", "缆绳磨断", "护栏缺口"};
static const char *const dones[] = {"已拉警戒线", "学生改走小路", "两户转到亲戚家", "报了乡里",
	"正在清", "夜里有人守", "设了警示牌", "叫停了", "联系了公司", "怕起火", "用木板盖住",
	"劝了不走", "雨停再修", "等人来看", "先停用", "广播喊了"};

/* Another one each time: what was said before costs zstd nothing. */
static void say(unsigned n, char text[TEXT_MOST])
{
	uint32_t mixed = n * UINT32_C(0x9E3779B1);

	snprintf(text, TEXT_MOST, "%s%s约%u米，%s", places[mixed >> 28], wrongs[mixed >> 24 & 15],
		mixed >> 12 & 127, dones[mixed >> 20 & 15]);
}

struct asker {
	struct store *store;
	struct peer peer;
	struct asking asking;
	struct buf frame, answer;
	uint64_t area;
};

static struct asker askers[STATIONS];

static void begin(struct store *hub)
{
	struct road road = {.hub = hub};
	struct sync_result result;
	char name[20];

	packing_choose("model"); /* each hears that the other reads it */
	for (unsigned i = 0; i < STATIONS; i++) {
		snprintf(name, sizeof name, "v%u", i);
		askers[i].area = hub_area + 100201 + i;
		askers[i].store = world_station(name, askers[i].area);
		world_join(askers[i].store, hub, name, askers[i].area);
		if (!world_sync(askers[i].store, &road, 20, &result))
			die("%s does not come to an end", name);
	}
}

/* Untimed: it is the stations' work. */
static void ask(const char *packing, uint32_t rate)
{
	static unsigned told;
	struct fault fault;

	packing_choose(packing);
	for (unsigned i = 0; i < STATIONS; i++) {
		struct asker *asker = &askers[i];
		char text[TEXT_MOST];
		say(told++, text);
		struct ref ref = world_hazard(asker->store, asker->area, text);
		world_step(asker->store, ref, 0, "电话");
		gauge_good(peer_load(asker->store, &asker->peer, &fault), &fault);
		asker->peer.pace.rate = rate;
		buf_clear(&asker->frame);
		gauge_good(ask_make(asker->store, &asker->peer, LANES_ALL, &asker->asking,
				   &asker->frame, &fault),
			&fault);
	}
	packing_choose("auto");
}

static void take(void)
{
	struct sync_result result = {0};
	struct fault fault;

	for (unsigned i = 0; i < STATIONS; i++)
		gauge_good(answer_apply(askers[i].store, &askers[i].peer, &askers[i].asking,
				   buf_bytes(&askers[i].answer), &result, &fault),
			&fault);
}

/* AT_A_TIME: how many wait when the hub looks. */
static struct gauge answer(struct store *hub, unsigned at_a_time)
{
	struct fault fault;
	struct gauge start = gauge_start();

	for (unsigned i = 0; i < STATIONS; i += at_a_time) {
		unsigned n = STATIONS - i < at_a_time ? STATIONS - i : at_a_time;
		struct bytes asks[SERVE_GROUP];
		struct buf answers[SERVE_GROUP] = {{0}};
		for (unsigned k = 0; k < n; k++)
			asks[k] = buf_bytes(&askers[i + k].frame);
		gauge_good(hub_answer(hub, asks, answers, n, &fault), &fault);
		for (unsigned k = 0; k < n; k++) {
			buf_release(&askers[i + k].answer);
			askers[i + k].answer = answers[k];
		}
	}
	return gauge_since(start);
}

static double packed(size_t frame(const struct asker *))
{
	double sum = 0;

	for (unsigned i = 0; i < STATIONS; i++)
		sum += (double)frame(&askers[i]);
	return sum / STATIONS;
}

static size_t asked(const struct asker *asker)
{
	return asker->frame.len;
}

static size_t answered(const struct asker *asker)
{
	return asker->answer.len;
}

/* Links of RATE bytes a second, AT_A_TIME questions; FIRST: each asks once, and has not heard yet
 * that the hub is to be spared. */
struct way {
	uint32_t rate;
	unsigned at_a_time;
	bool first;
};

static const struct way ways[] = {
	{RATE, SERVE_GROUP, false},
	{RATE, 1, false},
	{RATE_HISTORY, SERVE_GROUP, true},
	{RATE_HISTORY, SERVE_GROUP, false},
};

/* Both packings in turns, so that other work on the machine meets both. */
static bool compare(struct store *hub, unsigned rounds, const struct way *way)
{
	static const char *const packings[] = {"zstd", "model"};
	struct gauge took[2] = {{0, 0}, {0, 0}};
	double sizes[2][2], per_second[2], part;
	char name[80], how[60];

	rounds = way->first ? 1 : rounds;
	snprintf(how, sizeof how, "%u B/s, %u at once%s", way->rate, way->at_a_time,
		way->first ? ", first" : "");
	for (unsigned round = 0; round < rounds; round++)
		for (unsigned k = 0; k < 2; k++) {
			ask(packings[k], way->rate);
			struct gauge one = answer(hub, way->at_a_time);
			took[k].wall_ms += one.wall_ms;
			took[k].cpu_ms += one.cpu_ms;
			sizes[k][0] = packed(asked);
			sizes[k][1] = packed(answered);
			take();
		}
	for (unsigned k = 0; k < 2; k++) {
		per_second[k] = (double)rounds * STATIONS * 1000 / took[k].cpu_ms;
		snprintf(name, sizeof name, "W1 by %s, %s", packings[k], how);
		gauge_line(name, per_second[k], "questions/s",
			"of processor time; sealed %.0f up, %.0f down", sizes[k][0], sizes[k][1]);
	}
	part = per_second[1] * 100 / per_second[0];
	snprintf(name, sizeof name, "model's part, %s", how);
	if (way->first) {
		gauge_line(name, part, "%", "until each has heard that the hub is to be spared");
		return true;
	}
	gauge_line(name, part, "%", "must be %u or more: %s", AT_LEAST,
		part >= AT_LEAST ? "holds" : "FAILS");
	return part >= AT_LEAST;
}

int main(void)
{
	unsigned stations = gauge_size("BENCH_STATIONS", 1000), rounds = stations / STATIONS;
	struct store *hub = world_station("hub", hub_area);
	bool good = true;

	begin(hub);
	for (size_t i = 0; i < countof(ways); i++)
		good &= compare(hub, rounds ? rounds : 1, &ways[i]);
	for (unsigned i = 0; i < STATIONS; i++)
		world_end(askers[i].store);
	world_end(hub);
	return good ? 0 : 1;
}
