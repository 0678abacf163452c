/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reads rules.conf and roles.conf. A bad line leaves the rules as they were.
 */
#include "model/rules/rules_inside.h"

#include <stdlib.h>
#include <string.h>

#include "base/conf.h"
#include "base/memory.h"

const char *const need_names[NEEDS] = {
	"none", "sign", "overdue", "due", "silent", "expiring", "confirm"};
const char *const need_labels[NEEDS] = {
	N_("无"), N_("待签"), N_("逾期"), N_("到期前"), N_("未报"), N_("将到期"), N_("待核对")};

/* A file while it is read, into a copy: a bad one leaves nothing behind. */
struct reading {
	struct rules *rules;
	unsigned first; /* rows of RULE from here on are the file's */
};

static bool take_plus(const char *typed, int64_t *seconds)
{
	char *end;
	int64_t number = strtol(typed, &end, 10);
	int64_t unit = *end == 'm' ? 60 : *end == 'h' ? 3600 : *end == 'd' ? 86400 : 0;
	if (end == typed || number > 100000 || number < -100000)
		return false;
	*seconds = number * unit;
	return number == 0 ? !*end || unit : unit && !end[1];
}

static bool take_states(const struct kind *kind, const char *typed, uint32_t *mask)
{
	*mask = 0;
	if (!strcmp(typed, "*")) {
		*mask = kind->states[0].code ? 0 : ~0u;
		for (unsigned i = 0; kind->states[i].code; i++)
			if (kind->states[i].flags & STATE_OPEN)
				*mask |= 1u << i;
		return true;
	}
	while (*typed) {
		char name[32] = "";
		size_t len = strcspn(typed, ",");
		memcpy(name, typed, len < sizeof name ? len : sizeof name - 1);
		int state = state_named(kind, name);
		if (state < 0)
			return false;
		*mask |= 1u << state;
		typed += len + (typed[len] == ',');
	}
	return *mask != 0;
}

static bool take_from(const struct kind *kind, const char *typed, int *from)
{
	const struct field *field = field_named(kind, typed);
	*from = !strcmp(typed, "at")      ? FROM_AT
		: !strcmp(typed, "state") ? FROM_STATE
		: !strcmp(typed, "last")  ? FROM_LAST
					  : 0;
	if (*from)
		return true;
	if (!field || (field->type != T_DATE && field->type != T_TIME))
		return false;
	*from = (int)field->tag;
	return true;
}

static bool take_test(
	struct reading *reading, const struct kind *kind, const char *typed, struct rule *rule)
{
	char name[32] = "";
	size_t len = strcspn(typed, "=");
	if (!typed[len] || len >= sizeof name || rule->tests == RULE_TESTS)
		return false;
	memcpy(name, typed, len);
	const struct field *field = field_named(kind, name);
	if (!field || field->type != T_CODE)
		return false;
	rule->test[rule->tests].tag = field->tag;
	rule->test[rule->tests++].code = arena_text(&reading->rules->texts, typed + len + 1);
	return true;
}

static enum need need_named(const char *name)
{
	for (unsigned i = NEED_SIGN; i < NEEDS; i++)
		if (i != NEED_OVERDUE && !strcmp(need_names[i], name))
			return (enum need)i;
	return NEED_NONE;
}

static bool take_limit(struct rules *rules, const struct conf_line *line, const char **why)
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
	return true;
}

static bool take_need(
	struct reading *reading, enum need need, const struct conf_line *line, const char **why)
{
	struct rules *rules = reading->rules;
	const struct kind *kind = line->count > 6 ? kind_named(line->word[1]) : NULL;
	struct rule rule = {.need = need, .kind = kind ? kind->id : 0};
	*why = line->count < 7
		       ? _("要写成：need 种类 状态 起算 期限 \"中文\" \"English\" [字段=代码]")
	       : !kind ? _("没有这个种类，`outpost kinds` 列出全部")
	       : !take_states(kind, line->word[2], &rule.states) ? _("这个种类没有这个状态")
	       : !take_from(kind, line->word[3], &rule.from)
		       ? _("起算要写 at、state、last 或一个日期时间字段")
	       : !take_plus(line->word[4], &rule.plus) ? _("期限要写成 +30m、+2h、+15d、-30d 或 0")
	       : rules->rules == RULES_MOST            ? _("规则行太多")
						       : NULL;
	for (unsigned i = 7; !*why && i < line->count; i++)
		if (!take_test(reading, kind, line->word[i], &rule))
			*why = _("条件要写成 字段=代码，字段须是代码字段");
	if (*why)
		return false;
	rule.zh = arena_text(&rules->texts, line->word[5]);
	rule.en = arena_text(&rules->texts, line->word[6]);
	rules->rule[rules->rules++] = rule;
	return true;
}

static bool take_rule(const struct conf_line *line, void *to, const char **why)
{
	struct reading *reading = to;
	enum need need = need_named(line->word[0]);
	if (!strcmp(line->word[0], "limit"))
		return take_limit(reading->rules, line, why);
	if (need)
		return take_need(reading, need, line, why);
	*why = _("行首要是 limit、due、sign、silent、expiring 或 confirm");
	return false;
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
	struct reading *reading = to;
	if (!strcmp(line->word[0], "limit"))
		return take_limit(reading->rules, line, why);
	if (!strcmp(line->word[0], "right"))
		return take_right(reading->rules, line, why);
	if (!strcmp(line->word[0], "pin") && line->count >= 3)
		return each_kind(reading->rules, line->word[1], add_pin, line, why);
	if (!strcmp(line->word[0], "may") && line->count >= 4)
		return each_kind(reading->rules, line->word[2], add_may, line, why);
	*why = _("要写成：may 角色 种类 做什么…，pin 种类 做什么…，right 名称 整数 种类，或 limit "
		 "名称 整数");
	return false;
}

static bool watched(const struct rules *rules, unsigned kind, unsigned tag)
{
	for (unsigned i = 0; i < rules->rules; i++)
		if (rules->rule[i].kind == kind && rules->rule[i].from == (int)tag)
			return true;
	return false;
}

int64_t rules_limit_in(const struct rules *rules, const char *name, int64_t otherwise)
{
	for (unsigned i = 0; i < rules->limits; i++)
		if (!strcmp(rules->limit[i].name, name))
			return rules->limit[i].number;
	return otherwise;
}

/* Deadlines and expiries that no row names: a kind that is added tomorrow is watched as well. */
static void add_own(struct rules *rules)
{
	int64_t lead = rules_limit_in(rules, "expiring.days", 30) * 86400;
	for (unsigned k = 0; k < kinds_count; k++)
		for (const struct field *f = kinds[k].fields; f->tag; f++) {
			if (!(f->flags & (F_DUE | F_EXPIRES)) || rules->rules == RULES_MOST ||
				watched(rules, kinds[k].id, f->tag))
				continue;
			struct rule *rule = &rules->rule[rules->rules++];
			*rule = (struct rule){.kind = kinds[k].id,
				.from = (int)f->tag,
				.zh = f->label,
				.own = true};
			rule->need = f->flags & F_DUE ? NEED_DUE : NEED_EXPIRING;
			rule->plus = f->flags & F_DUE ? 0 : -lead;
			take_states(&kinds[k], "*", &rule->states);
		}
}

static int by_kind(const void *a, const void *b)
{
	const struct rule *x = a, *y = b;
	return (x->kind > y->kind) - (x->kind < y->kind);
}

/* Rows of a kind that the file names go, as do all that were made from flags. */
static void drop_old(struct rules *rules, unsigned first)
{
	unsigned kept = 0;
	for (unsigned i = 0; i < rules->rules; i++) {
		bool gone = i < first && rules->rule[i].own;
		for (unsigned j = first; i < first && j < rules->rules; j++)
			gone |= rules->rule[j].kind == rules->rule[i].kind;
		if (!gone)
			rules->rule[kept++] = rules->rule[i];
	}
	rules->rules = kept;
}

enum rc rules_load(struct rules *rules, const char *file, struct bytes text, struct fault *fault)
{
	unsigned first = rules->rules, limits = rules->limits;
	struct limit old[LIMITS_MOST];
	struct reading reading = {rules, first};
	memcpy(old, rules->limit, sizeof old);
	enum rc rc = conf_each(file, text, take_rule, &reading, fault);
	if (rc) {
		rules->rules = first;
		rules->limits = limits;
		memcpy(rules->limit, old, sizeof old);
		return rc;
	}
	drop_old(rules, first);
	add_own(rules);
	qsort(rules->rule, rules->rules, sizeof *rules->rule, by_kind);
	return RC_OK;
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
	struct reading reading = {rules, 0};
	memcpy(old, rules, sizeof *rules);
	rules->mays = 0; /* the file's roles replace all others */
	enum rc rc = conf_each(file, text, take_role, &reading, fault);
	if (rc) {
		old->texts = rules->texts;
		memcpy(rules, old, sizeof *rules);
	} else {
		replace_rows(rules->right, sizeof *rules->right, &rules->rights, old->rights);
		replace_rows(rules->pin, sizeof *rules->pin, &rules->pins, old->pins);
	}
	free(old);
	return rc;
}
