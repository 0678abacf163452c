/* SPDX-License-Identifier: GPL-3.0-or-later
 * A measured load told anew: other people, places, times and numbers, and other sentences, made of
 * clauses of the texts given and of words of its own. unseen FILE SEED TEXTS...
 * The shape stays: which records, which fields, about how long.
 */
#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/text.h"

enum { LINE_MOST = 65536, CLAUSES = 60000, SAID = 65536, OWN_PERCENT = 10, TRIES = 400 };

/* Sentences are told anew clause by clause, each by one of the same field, about as long, that is
 * said about as often. */
static struct clause {
	const char *field;
	char *text;
	size_t letters;
	unsigned often;
} clauses[CLAUSES];
static unsigned clause_count, said[SAID];
static uint64_t seed, state;

/* zh: bench data */
static const char *const surnames[] = {"王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴",
	"徐", "孙", "胡", "朱", "高", "林", "何", "郭", "马", "罗", "梁", "宋", "郑", "谢", "韩",
	"唐", "冯", "董", "程", "曹", "袁", "邓", "许", "傅", "沈", "曾", "彭", "吕", "卢", "覃",
	"蒙"};
static const char *const given[] = {"建", "国", "秀", "英", "志", "明", "玉", "兰", "春", "华",
	"文", "军", "海", "红", "永", "强", "桂", "芳", "德", "平", "小", "丽", "金", "龙", "凤",
	"勇", "敏", "光", "云", "清", "梅", "忠", "学", "辉", "旺", "顺", "泰", "淑", "勤", "莉"};
static const char *const places[] = {"石桥", "杉坪", "龙潭", "李家", "白果", "盐井", "大塘", "黄泥",
	"长滩", "鹅塘", "竹林", "新桥", "柳河", "铜锣", "茅坪", "水口", "枣坡", "蓝田", "冲口",
	"沙湾"};
static const char *const marks[] = {"养猪场", "变压器", "晒谷坪", "加油站", "蓄水池", "油坊",
	"幼儿园", "卫生室", "码头", "祠堂", "供销社", "隧道口", "抽水站", "茶厂", "篮球场",
	"信号塔", "小学", "水塔", "老井", "公墓"};
static const char *const sides[] = {
	"东", "南", "西", "北", "东北", "西南", "西北", "东南", "上游", "下游"};
static const char *const things[] = {"挡墙", "边沟", "灯杆", "渡槽", "涵管", "储煤棚", "电缆沟",
	"木桥", "广告牌", "堆土", "沼气池", "烟囱", "瓦屋", "配电箱", "引水渠", "山塘坝", "便道",
	"围栏"};
static const char *const faults[] = {"外鼓", "下沉", "被淤死", "歪斜", "漏水", "露出钢筋",
	"裂了口子", "被车撞坏", "冒烟味", "长满杂树", "被雨水掏空", "松动", "积水不退", "没有标志",
	"滑出一角"};
static const char *const deeds[] = {"已请人守着", "先拉了绳子", "等镇上派车", "通知户主搬东西",
	"明早再去量", "报给水利站", "用沙袋垫高", "断了电", "封住小路", "安排老杨看管"};

static uint64_t dice(uint64_t below)
{
	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return (state * 0x2545F4914F6CDD1DULL >> 33) % below;
}
#define ONE_OF(list) list[dice(countof(list))]

/* The same text gives the same number, whenever it is asked. */
static uint64_t of_text(const char *text)
{
	uint64_t hash = 1469598103934665603u ^ seed;

	for (; *text; text++)
		hash = (hash ^ (uint8_t)*text) * 1099511628211u;
	return hash ^ hash >> 29;
}

/* What is told twice is told twice. */
static void roll(const char *text)
{
	state = of_text(text) | 1;
	for (int i = 0; i < 4; i++)
		dice(2);
}

static size_t letters(const char *text)
{
	size_t n = 0;

	for (; *text; text++)
		n += ((uint8_t)*text & 0xC0) != 0x80;
	return n;
}

/* Length of the clause that TEXT begins with, and of the mark behind it. */
static size_t clause_len(const char *text, size_t *mark)
{
	static const char *const ends[] = {",", "。", "!", ";", "，", "；", "！"};

	for (size_t len = 0;; len++)
		for (size_t i = 0; i <= countof(ends); i++) {
			const char *end = i < countof(ends) ? ends[i] : "";
			*mark = strlen(end);
			if (*mark ? strncmp(text + len, end, *mark) == 0 : !text[len])
				return len;
		}
}

/* How often it is said, whatever the numbers in it. */
static unsigned *times_said(const char *text, size_t len)
{
	uint64_t hash = 1469598103934665603u;

	for (size_t i = 0; i < len; i++)
		if (text[i] < '0' || text[i] > '9')
			hash = (hash ^ (uint8_t)text[i]) * 1099511628211u;
	return &said[(hash ^ hash >> 31) % SAID];
}

static unsigned often(const char *text, size_t len)
{
	unsigned n = *times_said(text, len);

	return n > 20 ? 3 : n > 5 ? 2 : n > 1;
}

static void keep_clauses(const char *field, const char *text)
{
	size_t mark;

	for (size_t len; *text; text += len + mark) {
		len = clause_len(text, &mark);
		if (!len || clause_count == CLAUSES)
			continue;
		clauses[clause_count] = (struct clause){.field = field, .text = strndup(text, len)};
		clauses[clause_count].letters = letters(clauses[clause_count].text);
		clause_count++;
		++*times_said(text, len);
	}
}

/* ---- names, places, numbers */

static uint64_t area_of(uint64_t area)
{
	uint64_t town = area / 1000 % 1000, village = area % 1000;

	town = town ? (town * 37 + seed) % 899 + 100 : 0;
	village = village ? (village * 53 + seed) % 797 + 200 : 0;
	return (511701 + seed % 20) * 1000000 + town * 1000 + village;
}

static void put_area(const char *text, struct buf *out)
{
	uint64_t area = strtoull(text, NULL, 10);
	size_t digits = strspn(text, "0123456789");

	for (size_t i = digits; i < 12; i++)
		area *= 10;
	char new[20];
	snprintf(new, sizeof new, "%012llu", (unsigned long long)area_of(area));
	buf_put(out, new, digits < 12 ? digits : 12);
	buf_text(out, text + digits);
}

static void put_name(const char *text, struct buf *out)
{
	uint64_t which = of_text(text);

	buf_text(out, surnames[which % countof(surnames)]);
	buf_text(out, given[which / 64 % countof(given)]);
	if (which >> 40 & 3)
		buf_text(out, given[which / 4096 % countof(given)]);
}

/* "office name", or one of both. */
static void put_owner(const char *text, struct buf *out)
{
	const char *blank = strchr(text, ' ');

	if (blank)
		buf_put(out, text, (size_t)(blank + 1 - text));
	else if (letters(text) > 3) {
		buf_text(out, text);
		return;
	}
	put_name(blank ? blank + 1 : text, out);
}

static void put_digits(const char *text, struct buf *out)
{
	bool first = true;

	for (; *text; text++) {
		bool digit = *text >= '0' && *text <= '9';
		if (digit && (!first || text[1] < '0' || text[1] > '9'))
			buf_byte(out, (uint8_t)('0' + dice(10)));
		else if (digit)
			buf_byte(out, (uint8_t)('1' + dice(9)));
		else
			buf_byte(out, (uint8_t)*text);
		first = !digit;
	}
}

static void put_phone(const char *text, struct buf *out)
{
	roll(text);
	if (strlen(text) < 3)
		return;
	buf_put(out, text, 2);
	put_digits(text + 2, out);
}

/* The first word is a place: another one. */
static void put_place(const char *text, struct buf *out)
{
	buf_text(out, places[of_text(text) % countof(places)]);
	buf_text(out, letters(text) > 2 ? text + 6 : "");
}

static void put_where(const char *text, struct buf *out)
{
	roll(text);
	buf_text(out, ONE_OF(places));
	buf_text(out, dice(2) ? "村" : "寨");
	if (letters(text) > 9)
		buf_fmt(out, "%d组", (int)dice(16) + 1);
	buf_text(out, ONE_OF(marks));
	buf_text(out, ONE_OF(sides));
	if (letters(text) > 14)
		buf_fmt(out, "边%d米", (int)dice(50) * 10 + 10);
	else
		buf_text(out, "侧");
}

static void put_own(struct buf *out)
{
	buf_text(out, ONE_OF(things));
	buf_text(out, ONE_OF(faults));
	if (dice(3) == 0)
		buf_fmt(out, "约%d米", (int)dice(60) + 2);
}

static void put_clause(const char *field, const char *text, size_t len, struct buf *out)
{
	char *old = strndup(text, len);
	size_t want = letters(old);
	unsigned how = often(text, len);

	if (how == 0 && want > 5 && dice(100) < OWN_PERCENT) {
		put_own(out);
	} else if (how == 0 && want > 3 && dice(100) < OWN_PERCENT) {
		buf_text(out, ONE_OF(deeds));
	} else {
		const char *new = old;
		for (int i = 0; i < TRIES; i++) {
			const struct clause *other = &clauses[dice(clause_count)];
			if (other->often != how || strcmp(other->field, field) != 0 ||
				other->letters > want + 2 || other->letters + 2 < want)
				continue;
			new = other->text;
			break;
		}
		put_digits(new, out);
	}
	free(old);
}

static void put_sentences(const char *field, const char *text, struct buf *out)
{
	size_t mark;

	roll(text);
	for (size_t len; *text; text += len + mark) {
		len = clause_len(text, &mark);
		if (len)
			put_clause(field, text, len, out);
		buf_put(out, text + len, mark);
	}
}

/* ---- times */

/* All times of a record move by the same. */
static void put_time(const char *text, struct buf *out)
{
	struct tm tm = {0};
	char new[40];
	const char *rest =
		strptime(text, strlen(text) > 10 ? "%Y-%m-%dT%H:%M:%S" : "%Y-%m-%d", &tm);

	if (!rest) {
		buf_text(out, text);
		return;
	}
	time_t at = timegm(&tm) + (time_t)(seed % 90 + 3) * 86400;
	gmtime_r(&at, &tm);
	strftime(new, sizeof new, strlen(text) > 10 ? "%Y-%m-%dT%H:%M:%S" : "%Y-%m-%d", &tm);
	buf_text(out, new);
	buf_text(out, rest);
}

static void put_id(const char *text, struct buf *out)
{
	uint64_t hash = of_text(text);

	if (strlen(text) != 36) { /* county, day, number of a warning */
		buf_fmt(out, "%06llu%.*s%04u", (unsigned long long)(511701 + seed % 20), 10,
			text + 6,
			(unsigned)((strtoul(strrchr(text, '-') + 1, NULL, 10) * 7 + seed) % 97));
		return;
	}
	buf_put(out, text, 14);
	buf_fmt(out, "7%03x-%04x-%012llx", (unsigned)(hash & 0xFFF),
		(unsigned)(0x8000 | (hash >> 12 & 0x3FFF)), (unsigned long long)(hash >> 16));
}

static const struct {
	const char *field, *only; /* ONLY: in records of that type */
	void (*put)(const char *text, struct buf *out);
} rules[] = {
	{"id", NULL, put_id},
	{"hazard", NULL, put_id},
	{"warning", NULL, put_id},
	{"area", NULL, put_area},
	{"station", NULL, put_area},
	{"by", NULL, put_area},
	{"reporter", NULL, put_area},
	{"created_at", NULL, put_time},
	{"at", NULL, put_time},
	{"found_at", NULL, put_time},
	{"held_at", NULL, put_time},
	{"deadline", NULL, put_time},
	{"checked_at", NULL, put_time},
	{"issued_at", NULL, put_time},
	{"expires_at", NULL, put_time},
	{"assignee", NULL, put_owner},
	{"person", NULL, put_name},
	{"leader", NULL, put_name},
	{"keeper", NULL, put_name},
	{"contact", NULL, put_name},
	{"name", "contact", put_name},
	{"phone", NULL, put_phone},
	{"backup", NULL, put_phone},
	{"location", NULL, put_where},
	{"address", NULL, put_where},
	{"store", NULL, put_place},
	{"name", "shelter", put_place},
	{"title", NULL, put_place},
};

static const char *const told[] = {
	"desc", "note", "process", "scenario", "problems", "improve", "body", "text"};

static void retell(cJSON *line)
{
	const cJSON *type = cJSON_GetObjectItem(line, "type");
	cJSON *item;

	cJSON_ArrayForEach(item, line)
	{
		struct buf new = {0};
		for (size_t i = 0; i < countof(told) && cJSON_IsString(item); i++)
			if (strcmp(told[i], item->string) == 0 && *item->valuestring)
				put_sentences(told[i], item->valuestring, &new);
		for (size_t i = 0; i < countof(rules) && cJSON_IsString(item) && !new.len; i++)
			if (strcmp(rules[i].field, item->string) == 0 && *item->valuestring &&
				(!rules[i].only || strcmp(rules[i].only, type->valuestring) == 0))
				rules[i].put(item->valuestring, &new);
		if (new.len)
			cJSON_SetValuestring(item, buf_cstr(&new));
		else if (cJSON_IsNumber(item) && item->valuedouble > 9)
			cJSON_SetNumberValue(item,
				(double)(int)(item->valuedouble * (double)(80 + dice(40)) / 100));
		buf_release(&new);
	}
	cJSON_ArrayForEach(item, cJSON_GetObjectItem(line, "areas"))
	{
		struct buf new = {0};
		put_area(item->valuestring, &new);
		cJSON_SetValuestring(item, buf_cstr(&new));
		buf_release(&new);
	}
}

/* Each line of the file NAME: to keep its clauses, or to tell anew. */
static bool each_line(const char *name, bool keep)
{
	static char text[LINE_MOST];
	FILE *file = fopen(name, "r");

	while (file && fgets(text, sizeof text, file)) {
		cJSON *line = cJSON_Parse(text);
		for (size_t i = 0; keep && i < countof(told); i++) {
			const cJSON *item = cJSON_GetObjectItem(line, told[i]);
			if (cJSON_IsString(item))
				keep_clauses(told[i], item->valuestring);
		}
		if (!keep && line) {
			retell(line);
			char *out = cJSON_PrintUnformatted(line);
			puts(out);
			free(out);
		}
		cJSON_Delete(line);
	}
	if (file)
		fclose(file);
	return file;
}

int main(int argc, char **argv)
{
	if (argc < 4)
		return 2;
	seed = strtoull(argv[2], NULL, 10);
	for (int i = 3; i < argc; i++)
		if (!each_line(argv[i], true))
			return 2;
	for (unsigned i = 0; i < clause_count; i++)
		clauses[i].often = often(clauses[i].text, strlen(clauses[i].text));
	return each_line(argv[1], false) ? 0 : 2;
}
