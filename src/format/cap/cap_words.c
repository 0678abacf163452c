/* SPDX-License-Identifier: GPL-3.0-or-later
 * Words that files use, in Chinese and English.
 */
#include "format/cap_words.h"

#include <string.h>
#include <strings.h>

#include "format/cap_deed.h"

struct word {
	const char *word, *code; /* code NULL: not for people, the alert is refused */
};

/* zh: words that files use */
static const struct word statuses[] = {{"Actual", "actual"}, {"实际", "actual"}, {"真实", "actual"},
	{"正式", "actual"}, {"Exercise", "exercise"}, {"演练", "exercise"}, {"演习", "exercise"},
	{"Test", "test"}, {"测试", "test"}, {"试验", "test"}, {"System", NULL}, {"Draft", NULL},
	{NULL, NULL}};
static const struct word msgtypes[] = {{"Alert", "alert"}, {"首次", "alert"}, {"首发", "alert"},
	{"新发", "alert"}, {"发布", "alert"}, {"Update", "update"}, {"更新", "update"},
	{"变更", "update"}, {"续发", "update"}, {"Cancel", "cancel"}, {"解除", "cancel"},
	{"取消", "cancel"}, {"撤销", "cancel"}, {"终止", "cancel"}, {"Ack", NULL}, {"Error", NULL},
	{NULL, NULL}};
static const struct word colours[] = {
	{"红色", "red"}, {"橙色", "orange"}, {"黄色", "yellow"}, {"蓝色", "blue"}, {NULL, NULL}};
static const struct word severities[] = {{"Extreme", "red"}, {"Red", "red"}, {"红", "red"},
	{"红色", "red"}, {"I", "red"}, {"Ⅰ", "red"}, {"I级", "red"}, {"Ⅰ级", "red"},
	{"特别严重", "red"}, {"一级", "red"}, {"1级", "red"}, {"特别重大", "red"},
	{"Severe", "orange"}, {"Orange", "orange"}, {"橙", "orange"}, {"橙色", "orange"},
	{"II", "orange"}, {"Ⅱ", "orange"}, {"II级", "orange"}, {"Ⅱ级", "orange"},
	{"严重", "orange"}, {"二级", "orange"}, {"2级", "orange"}, {"重大", "orange"},
	{"Moderate", "yellow"}, {"Yellow", "yellow"}, {"黄", "yellow"}, {"黄色", "yellow"},
	{"III", "yellow"}, {"Ⅲ", "yellow"}, {"III级", "yellow"}, {"Ⅲ级", "yellow"},
	{"较重", "yellow"}, {"三级", "yellow"}, {"3级", "yellow"}, {"较大", "yellow"},
	{"Minor", "blue"}, {"Blue", "blue"}, {"蓝", "blue"}, {"蓝色", "blue"}, {"IV", "blue"},
	{"Ⅳ", "blue"}, {"IV级", "blue"}, {"Ⅳ级", "blue"}, {"一般", "blue"}, {"四级", "blue"},
	{"4级", "blue"}, {NULL, NULL}};
static const char colour_name[] = "颜色";

static const char *word_code(const struct word *word, const char *text, const char *otherwise)
{
	for (; word->word; word++)
		if (strcasecmp(word->word, text) == 0)
			return word->code;
	return otherwise;
}

const char *cap_status(const char *text)
{
	return word_code(statuses, text, "");
}

const char *cap_kind(const char *text)
{
	return word_code(msgtypes, text, "");
}

const char *cap_severity(const char *text)
{
	return word_code(severities, text, "unknown");
}

const char *cap_headline_colour(const char *headline)
{
	const char *last = NULL, *code = "unknown";

	for (const struct word *c = colours; c->word; c++)
		for (const char *at = headline; (at = strstr(at, c->word)); at += strlen(c->word))
			if (at > last || !last) {
				last = at;
				code = c->code;
			}
	return code;
}

/* The colour of a headline that lifts nothing and names one colour alone; else "unknown". */
static const char *issued_colour(const char *headline)
{
	const char *code = "unknown";
	enum cap_deed deed = cap_headline(headline);

	for (const struct word *c = colours; c->word; c++) {
		if (!strstr(headline, c->word))
			continue;
		if (strcmp(code, "unknown") != 0)
			return "unknown";
		code = c->code;
	}
	return deed == CAP_ISSUES || deed == CAP_SILENT ? code : "unknown";
}

bool cap_colours_differ(const struct cap_info *info)
{
	const char *text = info->text[CAP_SEVERITY], *headline = info->text[CAP_HEADLINE];
	const char *code = cap_severity(text ? text : "");
	const char *issued = issued_colour(headline ? headline : "");

	return strcmp(code, "unknown") != 0 && strcmp(issued, "unknown") != 0 &&
	       strcmp(code, issued) != 0;
}

const char *cap_colour(const struct cap_info *info)
{
	const char *text = info->text[CAP_SEVERITY], *headline = info->text[CAP_HEADLINE];
	const char *code = cap_severity(text ? text : "");

	for (const struct cap_pair *p = info->params; p && strcmp(code, "unknown") == 0;
		p = p->next)
		if (strcasestr(p->name, "colo") || strstr(p->name, colour_name))
			code = cap_severity(p->value);
	if (strcmp(code, "unknown") == 0)
		code = cap_headline_colour(headline ? headline : "");
	else if (headline && cap_rank(issued_colour(headline)) < cap_rank(code))
		code = issued_colour(headline);
	return code;
}

unsigned cap_rank(const char *severity)
{
	static const char *const order[] = {"red", "orange", "yellow", "blue"};
	unsigned n = 0;

	while (n < countof(order) && strcmp(severity, order[n]) != 0)
		n++;
	return n;
}
