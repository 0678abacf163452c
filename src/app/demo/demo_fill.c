/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a township has in masses: households, patrols, rosters, the phone book, cards, checklists,
 * obligations; and for benches as many records more as are asked for.
 */
#include "app/demo/demo_inside.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/when.h"
#include "model/area.h"
#include "model/codes.h"
#include "model/kinds.h"
#include "model/packs.h"
#include "model/shipped.h"

enum { HOUSEHOLDS = 72, GROUPS = 6, POINTS = 6, ROSTER_BACK = 14, ROSTER_AHEAD = 7 };

/* A fact of STATION by WHO; "" = the station itself. */
static struct demo_fact fact_of(
	struct demo *demo, unsigned station, int64_t at, const char *who, unsigned kind)
{
	return (struct demo_fact){.station = station,
		.at = at,
		.label = DEMO_NOBODY,
		.who = *who ? demo_label_find(demo, station, who) : DEMO_NOBODY,
		.kind = kind_of(kind)};
}

/* FIELDS with tokens. */
static void plan(struct demo *demo, unsigned station, int64_t at, const char *who, unsigned kind,
	const char *fields)
{
	struct demo_fact fact = fact_of(demo, station, at, who, kind);
	fact.fields = demo_expand(demo, station, fields);
	demo_plan(demo, &fact);
}

static int64_t day_at(const struct demo *demo, int days, unsigned hour, unsigned minute)
{
	int64_t midnight = demo->now + WHEN_ZONE;
	midnight -= midnight % DAY_SECONDS + WHEN_ZONE;
	return midnight + (int64_t)days * DAY_SECONDS + hour * 3600 + minute * 60;
}

/* zh: what stands about a household beside its tags */
static const char *const notes[] = {"", "", "", "", "子女在郑州务工", "儿子在外地，留有备用钥匙",
	"耳背，要敲窗", "腿脚不便，要两个人抬", "有糖尿病，记得带药", "养羊12只，不肯走",
	"租住户，外省人", "三轮车可借用", "老宅临沟，汛期先走", "氧气瓶在床头",
	"低保户，电话常停机", "会开挖掘机"};
static const char *const tags[] = {"", "", "", "", "", "old", "old,alone", "disabled", "child",
	"bed,carry", "ill", "poor,alone", "pregnant", "old,ill", "deaf,old", "mental"};
static const char *const houses[] = {"brick", "brick", "brick", "frame", "wood", "earth", "unsafe"};

/* Every third household lives under one of the village's points and knows where to go. */
static void households(struct demo *demo, unsigned station)
{
	for (unsigned i = 0; i < HOUSEHOLDS; i++) {
		struct buf fields = {0};
		char label[16];
		const char *name = demo_name(demo), *phone = demo_phone(demo);
		const char *tag = tags[demo_random(demo, countof(tags))];
		const char *note = notes[demo_random(demo, countof(notes))];
		const char *house = houses[demo_random(demo, countof(houses))];
		/* zh: a villagers' group, and the safety code of a household */
		buf_fmt(&fields, "head=%s|group=%u组|people=%u|phone=%s|house=%s|code=%s%03u", name,
			i % GROUPS + 1, 1 + demo_random(demo, 6), phone, house,
			station == 1   ? "A"
			: station == 2 ? "B"
				       : "C",
			i + 1);
		buf_fmt(&fields, "|checked=+%ud", 80 + demo_random(demo, 115));
		if (*tag)
			buf_fmt(&fields, "|tags=%s|helper=#%s", tag, i % 2 ? "gw" : "gw2");
		if (i % 3 == 0)
			buf_fmt(&fields, "|point=#p%u|shelter=#shelter", i / 3 % 2 + 1);
		if (*note)
			buf_fmt(&fields, "|text=%s", note);
		snprintf(label, sizeof label, "h%u", i + 1);
		struct demo_fact fact =
			fact_of(demo, station, day_at(demo, -200, 9, i % 60), "gw", KIND_household);
		fact.label = demo_label_add(demo, station, arena_text(&demo->texts, label));
		fact.fields = demo_expand(demo, station, buf_cstr(&fields));
		demo_plan(demo, &fact);
		demo->labels[fact.label].title = name;
		demo->labels[fact.label].phone = phone;
		buf_release(&fields);
	}
}

/* zh: what a patrol saw */
static const char *const seen[] = {"水位正常，堤坡无异常", "排水口有少量杂草，已清理", "路面无积水",
	"警示牌完好", "裂缝读数无变化", "住户在家，情况正常", "电线下垂处已告知电工",
	"灭火器压力正常", "通道畅通", "坑塘边有儿童玩耍，已劝离", "沟内垃圾已清",
	"夜间巡查一遍，无人逗留"};

static void one_patrol(struct demo *demo, unsigned station, int64_t at, unsigned point)
{
	struct buf fields = {0};
	bool fixed = demo_random(demo, 9) == 0;
	buf_fmt(&fields, "point=#p%u|result=%s|text=%s", point, fixed ? "fixed" : "ok",
		seen[demo_random(demo, countof(seen))]);
	if (point <= 2) {
		unsigned rain = demo_random(demo, 4) ? 0 : demo_random(demo, 25);
		unsigned tenths = demo_random(demo, 10);
		buf_fmt(&fields, "|level_m=%u.%u|rain_mm=%u", 1 + demo_random(demo, 2), tenths,
			rain);
	}
	plan(demo, station, at, demo_random(demo, 3) ? "gw" : "gw2", KIND_patrol,
		buf_cstr(&fields));
	buf_release(&fields);
}

/* By risk colour: the first point daily, the next every three days, the others weekly and monthly.
 */
static void patrols(struct demo *demo, unsigned station)
{
	static const unsigned every[POINTS] = {1, 3, 3, 7, 7, 30};
	for (int day = -30; day < 0; day++)
		for (unsigned p = 0; p < POINTS; p++)
			if ((unsigned)-day % every[p] == 0 && demo_random(demo, 12))
				one_patrol(demo, station,
					day_at(demo, day, 7 + p, demo_random(demo, 50)), p + 1);
}

static void rosters(struct demo *demo)
{
	static const char *const leaders[] = {"mayor", "deputy", "secretary"};
	static const char *const officers[] = {"officer", "officer2", "officer3"};
	for (int day = -ROSTER_BACK; day <= ROSTER_AHEAD; day++) {
		unsigned turn = (unsigned)(day + ROSTER_BACK) % 3;
		for (unsigned desk = 0; desk < 2; desk++) {
			struct buf fields = {0};
			buf_fmt(&fields,
				"date=+%dd|desk=%s|leader=#%s|leader_b=#%s|head=#office|officer=#%"
				"s|deputy=#%s|"
				"phone=03915550110",
				ROSTER_AHEAD, desk ? "F" : "E", leaders[turn],
				leaders[(turn + 1) % 3], officers[(turn + desk) % 3],
				officers[(turn + 2) % 3]);
			plan(demo, DEMO_TOWN, day_at(demo, day - ROSTER_AHEAD, 16, turn), "office",
				KIND_roster, buf_cstr(&fields));
			buf_release(&fields);
		}
	}
}

/* The heads of all villages of the township, for the phone book. */
static void phone_book(struct demo *demo)
{
	uint64_t after = 0;
	struct bytes name;
	for (unsigned i = 0; area_each(demo->area[DEMO_TOWN], &after, &name); i++) {
		char fields[400];
		/* zh: the post and the group of a contact */
		snprintf(fields, sizeof fields,
			"name={name}|duty=村党支部书记|org=%.*s|phone={phone}|phone2={phone}|group="
			"村书记|checked=+%ud",
			(int)name.len, (const char *)name.at, 70 + demo_random(demo, 105));
		plan(demo, DEMO_TOWN, day_at(demo, -180, 10, i % 60), "office", KIND_contact,
			fields);
	}
}

static void cards(struct demo *demo)
{
	const char *name;
	for (unsigned n = 0; (name = shipped_name("cards/", n)); n++) {
		struct card card;
		struct buf fields = {0};
		if (card_read(&card, name, shipped_file(name), &demo->texts, NULL))
			continue;
		buf_fmt(&fields, "code=%s|title=%s|event=%s|level=%s|version=%s|key=%s", card.code,
			card.zh, card.event, card.level, card.version, card.key);
		if (*card.fits)
			buf_fmt(&fields, "|fits=%s", card.fits);
		buf_fmt(&fields, "|text=%s", card.text);
		struct demo_fact fact =
			fact_of(demo, DEMO_TOWN, day_at(demo, -150, 9, n), "office", KIND_card);
		fact.label = demo_label_add(demo, DEMO_TOWN, arena_text(&demo->texts, card.code));
		fact.fields = demo_expand(demo, DEMO_TOWN, buf_cstr(&fields));
		demo_plan(demo, &fact);
		buf_release(&fields);
	}
}

/* What drills, courses and places by themselves are asked is shipped, and in no register. */
static bool checks_places(const char *fits)
{
	static const unsigned others[] = {KIND_drill, KIND_training, KIND_selfcheck};

	for (size_t n = 0; n < countof(others); n++)
		if (!strncmp(fits, kind_of(others[n])->name, strlen(kind_of(others[n])->name)))
			return false;
	return true;
}

static void checklists(struct demo *demo)
{
	const char *name;
	for (unsigned n = 0; (name = shipped_name("checklists/", n)); n++) {
		struct checklist list;
		struct buf fields = {0};
		if (checklist_read(&list, name, shipped_file(name), &demo->texts, NULL) ||
			!checks_places(list.fits))
			continue;
		buf_fmt(&fields, "code=%s|title=%s|version=%s|basis=%s|items=", list.code, list.zh,
			list.version, list.basis);
		for (unsigned i = 0; i < list.items; i++)
			buf_fmt(&fields, "%s%s", i ? "\n" : "", list.item[i].text);
		buf_text(&fields, "|makes=");
		checklist_makes_put(&list, &fields);
		plan(demo, DEMO_TOWN, day_at(demo, -149, 9, n), "office", KIND_checklist,
			buf_cstr(&fields));
		buf_release(&fields);
	}
}

static void obligations(struct demo *demo, const char *file, unsigned station, const char *owner)
{
	static const struct {
		const char *period;
		unsigned days;
	} periods[] = {{"day", 1}, {"week", 7}, {"month", 30}, {"quarter", 91}, {"half", 182},
		{"year", 365}};
	struct pack pack;
	if (pack_read(&pack, file, shipped_file(file), &demo->texts, NULL))
		return;
	for (unsigned i = 0; i < pack.duties; i++) {
		const struct pack_duty *duty = &pack.duty[i];
		struct buf fields = {0};
		unsigned days = 365;
		for (unsigned p = 0; p < countof(periods); p++)
			if (!strcmp(periods[p].period, duty->period))
				days = periods[p].days;
		/* Some are late: that is what the list is for. */
		unsigned ago = demo_random(demo, days + days / 6 + 1);
		buf_fmt(&fields, "title=%s|period=%s|target=%u|owner=#%s|last=%+dd|due=%+dd",
			duty->zh, duty->period, duty->times, owner, 100 - (int)ago,
			100 + (int)(days - ago));
		plan(demo, station, day_at(demo, -100, 11, i), "", KIND_obligation,
			buf_cstr(&fields));
		buf_release(&fields);
	}
}

/* zh: what fills a register when a bench wants many records */
static const char *const things[] = {"编织袋", "铁锹", "雨衣", "手电筒", "救生衣", "发电机",
	"排水泵", "水带", "棉被", "矿泉水", "应急灯", "绳索", "灭火器", "喊话器", "药箱", "帐篷"};
static const char *const lines[] = {"来电询问天气，已答复", "村民反映路灯不亮，已转电工",
	"上级查岗，在岗", "雨量正常，无异常", "巡查车加油", "接县应急局电话，核对值班人员",
	"通知各村做好防范", "平安"};

static void one_more(struct demo *demo, unsigned i)
{
	unsigned station = 1 + i % DEMO_VILLAGES;
	int64_t at =
		demo->now - DAY_SECONDS - (int64_t)demo_random(demo, 600 * DAY_SECONDS / 60) * 60;
	char fields[300];
	const char *text;
	unsigned number, another;
	switch (i % 8) {
	case 0:
		number = demo_random(demo, 9);
		another = demo_random(demo, 500);
		snprintf(fields, sizeof fields, "name=%s|quantity=%u|unit=%s|condition=ok|spec=%u",
			things[demo_random(demo, countof(things))], 1 + another,
			code_each("unit", NULL, NULL)->code, 1 + number);
		plan(demo, station, at, "", KIND_supply, fields);
		break;
	case 1:
		snprintf(fields, sizeof fields, "type=note|text=%s",
			lines[demo_random(demo, countof(lines))]);
		plan(demo, station, at, "", KIND_duty, fields);
		break;
	case 2:
		number = demo_random(demo, 6);
		/* zh: a household that only makes the register long */
		snprintf(fields, sizeof fields, "head={name}|group=%u组|people=%u|phone={phone}",
			1 + demo_random(demo, GROUPS), 1 + number);
		plan(demo, station, at, "", KIND_household, fields);
		break;
	case 3:
		text = seen[demo_random(demo, countof(seen))];
		/* zh: a hazard that only makes the list long */
		snprintf(fields, sizeof fields,
			"category=H0107|grade=G|place={village}%u组|text=%s",
			1 + demo_random(demo, GROUPS), text);
		plan(demo, station, at, "", KIND_hazard, fields);
		break;
	default:
		text = seen[demo_random(demo, countof(seen))];
		/* The points must be there before they are visited. */
		snprintf(fields, sizeof fields, "point=#p%u|result=ok|text=%s",
			1 + demo_random(demo, POINTS), text);
		if (at < day_at(demo, -300, 0, 0))
			at += 300 * (int64_t)DAY_SECONDS;
		plan(demo, station, at, "", KIND_patrol, fields);
		break;
	}
}

void demo_fill(struct demo *demo)
{
	for (unsigned s = 1; s < DEMO_STATIONS; s++) {
		households(demo, s);
		patrols(demo, s);
		obligations(demo, "packs/urban.conf", s, "gw");
	}
	rosters(demo);
	phone_book(demo);
	cards(demo);
	checklists(demo);
	obligations(demo, "packs/flood.conf", DEMO_TOWN, "office");
}

void demo_more(struct demo *demo, unsigned records)
{
	for (unsigned i = 0; demo->records < records; i++)
		one_more(demo, i);
}
