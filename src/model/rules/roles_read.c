/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reads roles.conf. A bad line leaves the roles as they were.
 */
#include "model/rules/internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/conf.h"
#include "base/digest.h"
#include "base/memory.h"

bool take_limit(struct rules *rules, const struct conf_line *line, const char **why)
{
	char *end = NULL;
	int64_t number = line->count == 3 ? strtoll(line->word[2], &end, 10) : 0;
	unsigned at = 0;
	*why = _("limit 后面要有一个名称和一个整数");
	if (line->count != 3 || end == line->word[2] || *end != 0)
		return false;
	while (at < rules->limits && strcmp(rules->limit[at].name, line->word[1]) != 0)
		at++;
	*why = _("limit 行太多");
	if (at == LIMITS_MOST)
		return false;
	if (at == rules->limits)
		rules->limit[rules->limits++].name = arena_text(&rules->texts, line->word[1]);
	rules->limit[at].number = number;
	rules->limit[at].line = line->number;
	return true;
}

static bool take_steps(const struct kind *kind, const struct conf_line *line, unsigned first,
	uint64_t *steps, const char **why)
{
	*steps = 0;
	for (unsigned i = first; i < line->count; i++) {
		const struct step *step = kind ? step_named(kind, line->word[i]) : NULL;
		if (!strcmp(line->word[i], "*"))
			*steps |= ~(uint64_t)1;
		else if (!strcmp(line->word[i], "add"))
			*steps |= 1;
		else if (step && step->tag < 64)
			*steps |= (uint64_t)1 << step->tag;
		else {
			*why = _("这个种类没有这一步");
			return false;
		}
	}
	return true;
}

static bool add_may(struct rules *rules, const struct kind *kind, const struct conf_line *line,
	const char **why)
{
	struct may may = {.kind = kind ? kind->id : 0};
	if (!take_steps(kind, line, 3, &may.steps, why))
		return false;
	if (rules->mays == MAYS_MOST || strlen(line->word[1]) >= sizeof may.role) {
		*why = _("角色行太多，或角色代码超过 7 字节");
		return false;
	}
	memcpy(may.role, line->word[1], strlen(line->word[1]) + 1);
	rules->may[rules->mays++] = may;
	return true;
}

static bool add_pin(struct rules *rules, const struct kind *kind, const struct conf_line *line,
	const char **why)
{
	struct may pin = {.kind = kind ? kind->id : 0};
	if (!take_steps(kind, line, 2, &pin.steps, why))
		return false;
	*why = _("pin 行太多");
	if (rules->pins == PINS_MOST)
		return false;
	rules->pin[rules->pins++] = pin;
	return true;
}

typedef bool add_fn(struct rules *rules, const struct kind *kind, const struct conf_line *line,
	const char **why);

/* ADD for each of the kinds in KINDS, separated by ','; once with NULL for "*". */
static bool each_kind(struct rules *rules, const char *kinds_given, add_fn *add,
	const struct conf_line *line, const char **why)
{
	if (!strcmp(kinds_given, "*"))
		return add(rules, NULL, line, why);
	for (const char *at = kinds_given; *at;) {
		char name[32] = "";
		size_t len = strcspn(at, ",");
		memcpy(name, at, len < sizeof name ? len : sizeof name - 1);
		const struct kind *kind = kind_named(name);
		if (!kind) {
			*why = _("没有这个种类，`outpost kinds` 列出全部");
			return false;
		}
		if (!add(rules, kind, line, why))
			return false;
		at += len + (at[len] == ',');
	}
	return true;
}

static bool add_right(struct rules *rules, const struct conf_line *line, unsigned bit,
	const struct kind *kind, const char **why)
{
	const char *name = line->word[1];
	*why = !kind ? _("没有这个种类，`outpost kinds` 列出全部") : _("right 行太多");
	if (!kind || rules->rights == RIGHTS_MOST)
		return false;
	rules->right[rules->rights++] =
		(struct right){arena_text(&rules->texts, name), bit, kind->id};
	return true;
}

static bool take_right(struct rules *rules, const struct conf_line *line, const char **why)
{
	char *end = NULL;
	unsigned long bit = line->count == 4 ? strtoul(line->word[2], &end, 10) : 0;
	*why = _("要写成：right 名称 1到30的整数 种类");
	if (line->count != 4 || *end || bit < 1 || bit > 30)
		return false;
	for (const char *at = line->word[3]; *at;) {
		char name[32] = "";
		size_t len = strcspn(at, ",");
		memcpy(name, at, len < sizeof name ? len : sizeof name - 1);
		if (!add_right(rules, line, (unsigned)bit, kind_named(name), why))
			return false;
		at += len + (at[len] == ',');
	}
	return true;
}

static bool take_role(const struct conf_line *line, void *to, const char **why)
{
	struct rules *rules = to;
	if (!strcmp(line->word[0], "limit"))
		return take_limit(rules, line, why);
	if (!strcmp(line->word[0], "right"))
		return take_right(rules, line, why);
	if (!strcmp(line->word[0], "pin") && line->count >= 3)
		return each_kind(rules, line->word[1], add_pin, line, why);
	if (!strcmp(line->word[0], "may") && line->count >= 4)
		return each_kind(rules, line->word[2], add_may, line, why);
	*why = _("要写成：may 角色 种类 做什么…，pin 种类 做什么…，right 名称 整数 种类，或 limit "
		 "名称 整数");
	return false;
}

/* Rows of this sort from the file stand for the old ones; a file without any leaves those. */
static void replace_rows(void *rows, size_t size, unsigned *count, unsigned old)
{
	if (*count == old || !old)
		return;
	*count -= old;
	memmove(rows, (char *)rows + old * size, *count * size);
}

enum rc roles_load(struct rules *rules, const char *file, struct bytes text, struct fault *fault)
{
	struct rules *old = memory_get(1, sizeof *rules);
	memcpy(old, rules, sizeof *rules);
	rules->mays = 0; /* the file's roles replace all others */
	enum rc rc = conf_each(file, text, take_role, rules, fault);
	if (rc) {
		old->texts = rules->texts;
		memcpy(rules, old, sizeof *rules);
	} else {
		replace_rows(rules->right, sizeof *rules->right, &rules->rights, old->rights);
		replace_rows(rules->pin, sizeof *rules->pin, &rules->pins, old->pins);
		rules->print = digest(rules->print, text);
	}
	free(old);
	return rc;
}

unsigned roles_check(struct rules *rules, const char *file, struct bytes text, struct buf *said)
{
	unsigned known = rules->limits, wrong = 0;
	struct fault fault;

	if (roles_load(rules, file, text, &fault)) {
		buf_fmt(said, "%s\n", fault.text);
		return 1;
	}
	/* The program reads those of the shipped file. */
	for (unsigned n = known; n < rules->limits; n++, wrong++)
		buf_fmt(said, "%s:%u: limit %s: %s\n", file, rules->limit[n].line,
			rules->limit[n].name, _("没有哪里用这个时限"));
	return wrong;
}
