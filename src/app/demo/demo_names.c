/* SPDX-License-Identifier: GPL-3.0-or-later
 * Names and numbers of people who do not exist, and the tokens of the demo's script.
 */
#include "app/demo/demo_inside.h"

#include <string.h>

#include "base/buf.h"
#include "base/when.h"

/* zh: surnames as common as they are in that part of the country, and given names of three ages */
static const char *const surnames[] = {"王", "王", "王", "李", "李", "李", "张", "张", "张", "刘",
	"刘", "杨", "赵", "陈", "郭", "马", "孙", "牛", "任", "宋", "史", "贺", "董", "郜", "冯",
	"秦", "谢", "吕", "范", "潘", "葛", "闫", "买", "卫", "毋", "原", "靳", "尚", "崔", "都"};
static const char *const given[] = {"建国", "国庆", "保平", "小红", "秀兰", "玉梅", "海军", "红旗",
	"新民", "长江", "永强", "艳霞", "志刚", "爱莲", "战胜", "麦成", "素琴", "春生", "黑蛋",
	"卫东", "二锁", "凤英", "全福", "喜顺", "小军", "丽娟", "文革", "铁柱", "翠花", "满仓",
	"桂枝", "合作", "玉柱", "慧敏", "俊杰", "鹏飞", "晓燕", "雪丽", "浩然", "佳琪", "明亮",
	"占奎", "随山", "有才", "荣花", "来喜", "庆丰", "宝玉", "国强", "光明", "大军", "小军",
	"中华", "援朝", "丰收", "金锁", "银环", "天福", "守义", "广林"};

const char *demo_name(struct demo *demo)
{
	const char *surname = surnames[demo_random(demo, countof(surnames))];
	return arena_fmt(&demo->texts, "%s%s", surname, given[demo_random(demo, countof(given))]);
}

const char *demo_phone(struct demo *demo)
{
	unsigned last = demo_random(demo, 10000);
	return arena_fmt(&demo->texts, "154%04u%04u", 3910 + demo_random(demo, 9), last);
}

/* One of a/b/c. */
static void put_choice(struct demo *demo, const char *at, size_t len, struct buf *out)
{
	unsigned count = 1;
	for (size_t i = 0; i < len; i++)
		count += at[i] == '/';
	unsigned pick = demo_random(demo, count);
	size_t from = 0;
	while (pick) {
		pick -= at[from] == '/';
		from++;
	}
	size_t end = from;
	while (end < len && at[end] != '/')
		end++;
	buf_put(out, at + from, end - from);
}

static bool is_word(const char *at, size_t len, const char *word)
{
	return strlen(word) == len && !memcmp(at, word, len);
}

/* {name#label} and {phone#label}; an unknown label shows as it is, and the tests look for braces.
 */
static void put_of_label(
	struct demo *demo, unsigned station, const char *at, size_t len, struct buf *out)
{
	char name[32] = "";
	const char *mark = memchr(at, '#', len);
	size_t left = len - (size_t)(mark + 1 - at);
	if (left < sizeof name)
		memcpy(name, mark + 1, left);
	int label = demo_label_find(demo, station, name);
	if (label < 0)
		buf_fmt(out, "{%.*s}", (int)len, at);
	else
		buf_text(out, *at == 'n' ? demo->labels[label].title : demo->labels[label].phone);
}

static void put_token(
	struct demo *demo, unsigned station, const char *at, size_t len, struct buf *out)
{
	if (is_word(at, len, "name"))
		buf_text(out, demo_name(demo));
	else if (is_word(at, len, "phone"))
		buf_text(out, demo_phone(demo));
	else if (is_word(at, len, "village"))
		buf_text(out, demo->place[station]);
	else if (is_word(at, len, "town"))
		buf_text(out, demo->place[DEMO_TOWN]);
	else if (is_word(at, len, "area"))
		buf_fmt(out, "%llu", (unsigned long long)demo->area[station]);
	else if (is_word(at, len, "today"))
		buf_fmt(out, "%lld", (long long)date_of(demo->now));
	else if (is_word(at, len, "login"))
		buf_text(out, demo->login);
	else if (memchr(at, '#', len))
		put_of_label(demo, station, at, len, out);
	else
		put_choice(demo, at, len, out);
}

const char *demo_expand(struct demo *demo, unsigned station, const char *text)
{
	struct buf out = {0};
	while (*text) {
		const char *end = *text == '{' ? strchr(text, '}') : NULL;
		if (end) {
			put_token(demo, station, text + 1, (size_t)(end - text - 1), &out);
			text = end + 1;
		} else {
			buf_byte(&out, (uint8_t)(*text == '|' ? DEMO_BREAK : *text));
			text++;
		}
	}
	const char *done = arena_text(&demo->texts, buf_cstr(&out));
	buf_release(&out);
	return done;
}
