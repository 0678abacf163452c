/* SPDX-License-Identifier: GPL-3.0-or-later
 * Names of events to codes. The names stand in config/codes.tsv, so that a county adds those of its
 * own bureau.
 */
#include "format/cap_event.h"

#include <string.h>

#include "model/codes.h"

enum { NAME = 100, HANZI = 3 };

/* zh: what bureaus add to a name, behind and before */
static const char *const behind[] = {"预警信号", "预警", "警报", "信号", "气象风险", "风险", "气象",
	"灾害", "天气", "等级", "事件", "红色", "橙色", "黄色", "蓝色", "级"};
static const char *const before[] = {"红色", "橙色", "黄色", "蓝色", "发布", "解除", "变更"};

static const char *exact(const char *name)
{
	const struct code *code = code_named("event", name);
	const struct code *word = code ? NULL : code_find("event_word", name);

	if (code)
		return code->code;
	return word ? word->zh : NULL;
}

static bool strip(char *name)
{
	size_t len = strlen(name);

	for (size_t i = 0; i < countof(behind); i++) {
		size_t word = strlen(behind[i]);

		if (len > word && strcmp(name + len - word, behind[i]) == 0) {
			name[len - word] = '\0';
			return true;
		}
	}
	for (size_t i = 0; i < countof(before); i++) {
		size_t word = strlen(before[i]);

		if (len > word && strncmp(name, before[i], word) == 0) {
			memmove(name, name + word, len - word + 1);
			return true;
		}
	}
	return false;
}

/* Natural ones, of which bureaus warn: a warning that speaks of traffic is not about an accident.
 */
static bool is_natural(const char *code)
{
	return strncmp(code, "11", 2) == 0 || code[0] == 'X';
}

/* The longest name inside TEXT. */
static const char *inside(const char *text)
{
	const char *found = NULL;
	size_t most = HANZI; /* one hanzi is no name */

	for (const struct code *c = NULL; (c = code_each("event_word", NULL, c));)
		if (strlen(c->code) > most && strstr(text, c->code)) {
			most = strlen(c->code);
			found = c->zh;
		}
	for (const struct code *c = NULL; (c = code_each("event", NULL, c));)
		if (strlen(c->zh) > most && is_natural(c->code) && strstr(text, c->zh)) {
			most = strlen(c->zh);
			found = c->code;
		}
	return found;
}

static const char *code_of(const char *name)
{
	char rest[NAME];
	const char *code = exact(name);

	if (code || strlen(name) >= NAME)
		return code;
	memcpy(rest, name, strlen(name) + 1);
	while (!code && strip(rest))
		code = exact(rest);
	return code ? code : inside(name);
}

/* GB/T 35561: class, group, kind. */
static bool is_national(const char *v)
{
	return strlen(v) == 5 && v[0] == '1' && v[1] >= '1' && v[1] <= '4' && v[2] >= 'A' &&
	       v[2] <= 'Z' && strspn(v + 3, "0123456789") == 2;
}

const char *cap_event(const struct cap_info *info)
{
	const char *name = info->text[CAP_EVENT], *headline = info->text[CAP_HEADLINE], *code;

	for (const struct cap_pair *p = info->event_codes; p; p = p->next)
		if (is_national(p->value))
			return p->value;
	if (name && *name)
		return (code = code_of(name)) ? code : name;
	code = headline ? inside(headline) : NULL;
	return code ? code : "";
}
