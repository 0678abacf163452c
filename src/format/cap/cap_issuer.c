/* SPDX-License-Identifier: GPL-3.0-or-later
 * A unit is known by its words (台, 局, Observatory …), a person by not having any: two to four
 * hanzi that begin with a surname, or two or three capitalised words.
 */
#include "format/cap_issuer.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"

/* zh: the ends of units and places */
static const char *const unit_words[] = {"台", "局", "站", "所", "办", "部", "中心", "委", "政府",
	"厅", "院", "处", "队", "公司", "社", "会", "平台", "机构", "省", "市", "县", "区", "镇",
	"乡", "村", "旗", "盟", "州"};
static const char *const unit_english[] = {"office", "observatory", "bureau", "service", "cent",
	"department", "station", "agency", "administration", "institute", "authority", "ministry",
	"weather", "met", "council", "government", "national", "county", "city", "desk", "warning",
	"committee", "survey", "commission"};
/* zh: the hundred commonest surnames */
static const char surnames[] = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖"
			       "田董袁潘于蒋蔡余杜叶程苏魏"
			       "吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷"
			       "侯龙史陶黎贺顾毛郝龚邵万钱严"
			       "覃武戴莫孔向汤";
/* zh: the verbs that stand behind the unit in a headline */
static const char *const verbs[] = {
	"发布", "解除", "变更", "更新", "继续", "升级", "取消", "撤销", "将", "联合", "转发"};

static bool unit_chinese(const char *text, size_t len)
{
	for (size_t i = 0; i < countof(unit_words); i++) {
		size_t word = strlen(unit_words[i]);

		if (len > word && memcmp(text + len - word, unit_words[i], word) == 0)
			return true;
	}
	return false;
}

static bool unit_latin(const char *text)
{
	for (size_t i = 0; i < countof(unit_english); i++)
		if (strcasestr(text, unit_english[i]))
			return true;
	return false;
}

static bool is_unit(const char *text)
{
	return unit_chinese(text, strlen(text)) || unit_latin(text);
}

/* Two to four hanzi and nothing else, the first of them a surname. */
static bool person_chinese(const char *text)
{
	size_t len = strlen(text), step, count = 0;
	uint32_t cp;
	char first[5] = "";

	for (size_t at = 0; (step = text_next(text + at, len - at, &cp)) != 0;
		at += step, count++) {
		if (cp < 0x3400 || cp > 0x9fff)
			return false;
		if (!at)
			memcpy(first, text, step);
	}
	return count >= 2 && count <= 4 && strstr(surnames, first);
}

/* "Zhao Yifan": capitalised words without a sign or number. */
static bool person_latin(const char *text)
{
	unsigned words = 0;
	bool start = true;

	for (; *text; text++) {
		bool upper = *text >= 'A' && *text <= 'Z', lower = *text >= 'a' && *text <= 'z';

		if (*text == ' ') {
			start = true;
			continue;
		}
		if (start ? !upper : !lower)
			return false;
		words += start;
		start = false;
	}
	return words == 2 || words == 3;
}

/* What stands in a headline before its verb, when that is a unit. */
static const char *headline_unit(const char *headline, struct arena *arena)
{
	const char *end = NULL;

	for (size_t i = 0; i < countof(verbs); i++) {
		const char *at = strstr(headline, verbs[i]);

		if (at && (!end || at < end))
			end = at;
	}
	if (!end || !unit_chinese(headline, (size_t)(end - headline)))
		return "";
	return (const char *)arena_bytes(arena, bytes_of(headline, (size_t)(end - headline))).at;
}

enum { PERSON_ROOM = 40 };

static const char *text_of(const struct cap_info *info, enum cap_info_text which)
{
	return info && info->text[which] ? info->text[which] : "";
}

/* zh: a bracket of full width */
static const char close_wide[] = "）";

/* zh: 沁阳市气象台 张三, 沁阳市气象台（张三）: the unit; who wrote it is behind a blank or in
 * brackets. */
static const char *without_person(const char *name, struct arena *arena, const char **writer)
{
	static const char *const signs[] = {" ", "　", "（", "(", "：", ":", "/"};

	for (size_t i = 0; i < countof(signs); i++) {
		const char *at = strstr(name, signs[i]), *rest = at ? at + strlen(signs[i]) : NULL;
		char person[PERSON_ROOM];

		if (!at || at == name || !unit_chinese(name, (size_t)(at - name)))
			continue;
		bytes_into(person, sizeof person, bytes_of(rest, strcspn(rest, ")")));
		char *end = strstr(person, close_wide);
		if (end)
			*end = '\0';
		if (!person_chinese(person))
			continue;
		*writer = arena_text(arena, person);
		return (const char *)arena_bytes(arena, bytes_of(name, (size_t)(at - name))).at;
	}
	return name;
}

const char *cap_issuer(
	const char *sender, const struct cap_info *info, struct arena *arena, const char **writer)
{
	const char *name = text_of(info, CAP_SENDER_NAME);
	const char *unit = headline_unit(text_of(info, CAP_HEADLINE), arena);

	*writer = "";
	name = without_person(name, arena, writer);
	if (!*name)
		return is_unit(sender) || !*unit ? sender : unit;
	if (is_unit(name) ||
		!(person_chinese(name) || (person_latin(name) && (*unit || is_unit(sender)))))
		return name;
	*writer = name;
	return *unit ? unit : sender;
}
