/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reads the rows that say what is due when, who owes an answer, and who is called next.
 */
#include "model/rules/internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/when.h"
#include "model/codes.h"
#include "model/kinds.h"

/* Words behind the one that a row begins with. */
enum { W_KIND = 1, W_STATES, W_FROM, W_PLUS, W_ZH, W_EN, W_REST };

static bool take_from(
	struct row_reader *reader, const struct kind *kind, const char *typed, struct rule *rule)
{
	static const struct {
		const char *name;
		int from;
	} names[] = {{"at", FROM_AT}, {"state", FROM_STATE}, {"last", FROM_LAST},
		{"quarter", FROM_QUARTER}};
	for (size_t i = 0; i < countof(names); i++)
		if (!strcmp(names[i].name, typed)) {
			rule->from = names[i].from;
			return true;
		}
	if (!strncmp(typed, "last:", 5)) {
		const struct kind *other = row_kind(reader, typed + 5);
		rule->from = FROM_KIND;
		rule->from_kind = other ? other->id : 0;
		return other;
	}
	const struct field *field = field_named(kind, typed);
	if (!field || (field->type != T_DATE && field->type != T_TIME))
		return row_wrong(reader,
			_("起算要写 at、state、last、quarter、last:种类 或一个日期时间字段，%s "
			  "没有 \"%s\""),
			kind->name, typed);
	rule->from = (int)field->tag;
	return true;
}

/* "on H": one key says that it was confirmed today, in the field from which the row counts. */
static bool take_keyed(struct row_reader *reader, unsigned *at, struct rule *rule)
{
	const char *on = row_option(reader, at, "on");

	if (!on)
		return true;
	if (strcmp(on, "H") != 0 || rule->need != NEED_CONFIRM || rule->from <= 0)
		return row_wrong(reader, "%s", _("on H 只能写在 confirm 行里，起算要是日期字段"));
	rule->keyed = true;
	return true;
}

bool take_need(struct row_reader *reader, struct rule *rule)
{
	unsigned at = W_REST;
	if (reader->count < W_REST)
		return false;
	const struct kind *kind = row_kind(reader, reader->word[W_KIND]);
	if (!kind || !row_states(reader, kind, reader->word[W_STATES], &rule->states) ||
		!take_from(reader, kind, reader->word[W_FROM], rule) ||
		!row_term(reader, reader->word[W_PLUS], &rule->plus))
		return false;
	rule->kind = kind->id;
	rule->zh = row_text(reader, reader->word[W_ZH]);
	rule->en = row_text(reader, reader->word[W_EN]);
	const char *by = row_option(reader, &at, "by");
	if (by)
		rule->by = row_text(reader, by);
	return take_keyed(reader, &at, rule) && row_conditions(reader, at, kind, rule);
}

/* ---- people */

static bool wrong_post(struct row_reader *reader, const char *name)
{
	char all[240] = "";
	const struct post *post;
	for (unsigned n = 0; (post = post_at(n)); n++) {
		size_t len = strlen(all);
		snprintf(all + len, sizeof all - len, " %s", post->name);
	}
	return row_wrong(reader, _("没有岗位 \"%s\"（有%s）"), name, all);
}

static bool wrong_way(struct row_reader *reader, const char *way)
{
	char all[240] = "";
	const struct code *code;
	for (unsigned n = 1; (code = code_nth("method", n)); n++) {
		size_t len = strlen(all);
		snprintf(all + len, sizeof all - len, " %s", code->code);
	}
	return row_wrong(reader, _("没有方式 \"%s\"（有%s）"), way, all);
}

/* POST, or POST/METHOD. */
static bool take_post(struct row_reader *reader, const char *word, struct rule *rule)
{
	const char *slash = strchr(word, '/'), *way = slash ? slash + 1 : "phone";
	char name[32];

	snprintf(name, sizeof name, "%.*s", slash ? (int)(slash - word) : (int)strlen(word), word);
	if (!post_named(name))
		return wrong_post(reader, name);
	if (!code_find("method", way))
		return wrong_way(reader, way);
	rule->post[rule->posts] = row_text(reader, name);
	rule->way[rule->posts++] = row_text(reader, way);
	return true;
}

bool take_who(struct row_reader *reader, struct rule *rule)
{
	if (reader->count < 3)
		return false;
	if (reader->count - 2 > RULE_NAMES)
		return row_wrong(reader, _("岗位太多，最多%d个"), RULE_NAMES);
	rule->name = row_text(reader, reader->word[1]);
	for (unsigned i = 2; i < reader->count; i++) {
		if (!take_post(reader, reader->word[i], rule))
			return false;
	}
	return true;
}

/* The reader's words behind the first, up to where each stands. */
static bool take_answer(struct row_reader *reader, unsigned at, struct rule *rule)
{
	/* of PLACES answer KIND2 within WHEN */
	if (reader->count < at + 6 || strcmp(reader->word[at], "of") != 0 ||
		strcmp(reader->word[at + 2], "answer") != 0 ||
		strcmp(reader->word[at + 4], "within") != 0)
		return false;
	const struct kind *answer = row_kind(reader, reader->word[at + 3]);
	if (!answer)
		return false;
	rule->places = row_text(reader, reader->word[at + 1]);
	rule->answer = answer->id;
	return true;
}

/* "07:00", "06-01": two digits, BETWEEN, two digits. */
static bool two_numbers(const char *typed, char between, unsigned *first, unsigned *second)
{
	enum { LEN = 5, MIDDLE = 2 };
	char *end;
	if (strlen(typed) != LEN || typed[MIDDLE] != between)
		return false;
	*first = (unsigned)strtoul(typed, &end, 10);
	if (end != typed + MIDDLE)
		return false;
	*second = (unsigned)strtoul(end + 1, &end, 10);
	return end == typed + LEN;
}

static bool known_places(struct row_reader *reader, const struct kind *kind, const char *places)
{
	if (!strcmp(places, "villages") || !strcmp(places, "area"))
		return true;
	if (!kind)
		return row_wrong(
			reader, _("每天问的，谁要写 villages 或 area，不是 \"%s\""), places);
	return !strcmp(places, "areas") || field_named(kind, places) ||
	       row_wrong(reader, _("谁要写 areas、villages、area 或 %s 的字段，不是 \"%s\""),
		       kind->name, places);
}

static bool take_clock(struct row_reader *reader, const char *typed, struct rule *rule)
{
	unsigned hour, minute;
	if (!two_numbers(typed, ':', &hour, &minute) || hour > 24 || minute > 59)
		return row_wrong(reader, _("钟点要写成 07:00，不是 \"%s\""), typed);
	rule->clock = hour * 60 + minute;
	return true;
}

/* NAME KIND STATES, NAME every day, or NAME every event. */
static bool take_asked(struct row_reader *reader, const struct kind **kind, struct rule *rule)
{
	rule->name = row_text(reader, reader->word[1]);
	rule->event = !strcmp(reader->word[2], "every") && !strcmp(reader->word[3], "event");
	rule->every = rule->event ||
		      (!strcmp(reader->word[2], "every") && !strcmp(reader->word[3], "day"));
	*kind = rule->every ? NULL : row_kind(reader, reader->word[2]);
	rule->kind = *kind ? (*kind)->id : 0;
	return rule->every || (*kind && row_states(reader, *kind, reader->word[3], &rule->states));
}

/* Of an event only this place is asked, and only for its report. */
static bool good_event(struct row_reader *reader, const struct rule *rule)
{
	return !rule->event || (!strcmp(rule->places, "area") && rule->answer == KIND_report) ||
	       row_wrong(reader, _("every event 只能写 of area answer report"));
}

bool take_ask(struct row_reader *reader, struct rule *rule)
{
	enum { OF = 4, WITHIN = 9, BEHIND = 10 };
	unsigned at = BEHIND;
	const struct kind *kind;
	if (reader->count < OF || !take_asked(reader, &kind, rule) ||
		!take_answer(reader, OF, rule) || !known_places(reader, kind, rule->places) ||
		!good_event(reader, rule))
		return false;
	const char *within = reader->word[WITHIN];
	const struct field *due = kind ? field_named(kind, within) : NULL;
	rule->due = due ? (int)due->tag : 0;
	if (rule->every && !rule->event ? !take_clock(reader, within, rule)
					: !due && !row_term(reader, within, &rule->within))
		return false;
	const char *by = row_option(reader, &at, "by");
	if (by)
		rule->signers = row_text(reader, by);
	return row_conditions(reader, at, kind, rule);
}

bool take_escalate(struct row_reader *reader, struct rule *rule)
{
	enum { TARGET = 1, PLUS, WHO, MORE };
	unsigned at = MORE;
	if (reader->count < MORE)
		return false;
	const char *target = reader->word[TARGET], *dot = strchr(target, '.');
	rule->name = row_text(reader, target);
	for (unsigned n = NEED_SIGN; dot && n < NEEDS; n++)
		if (strlen(need_names[n]) == (size_t)(dot - target) &&
			!strncmp(need_names[n], target, (size_t)(dot - target)))
			rule->of_need = (enum need)n;
	if (dot && !rule->of_need)
		return row_wrong(reader,
			_("没有需要 \"%s\"（有 sign due silent expiring confirm）"), target);
	const struct kind *kind = dot ? row_kind(reader, dot + 1) : NULL;
	if ((dot && !kind) || !row_span(reader, reader->word[PLUS], &rule->after))
		return false;
	rule->kind = kind ? kind->id : 0;
	rule->who = row_text(reader, reader->word[WHO]);
	const char *again = row_option(reader, &at, "again");
	if (again && !row_span(reader, again, &rule->again))
		return false;
	return at == reader->count;
}

/* ---- what changes limits */

bool take_change(struct row_reader *reader, struct rule *rule)
{
	enum { NAME = 1, PERCENT, NUMBER, MORE };
	char *end;
	if (reader->count <= MORE || strcmp(reader->word[PERCENT], "percent") != 0)
		return false;
	unsigned long percent = strtoul(reader->word[NUMBER], &end, 10);
	if (*end || percent < 1 || percent > 1000)
		return row_wrong(
			reader, _("percent 后面要写 1 到 1000，不是 \"%s\""), reader->word[NUMBER]);
	rule->name = row_text(reader, reader->word[NAME]);
	rule->percent = (int64_t)percent;
	return row_conditions(reader, MORE, NULL, rule);
}

bool row_day(struct row_reader *reader, const char *typed, unsigned *day)
{
	unsigned month, date;
	if (!two_numbers(typed, '-', &month, &date) || month < 1 || month > 12 || date < 1 ||
		date > 31)
		return row_wrong(reader, _("日子要写成 06-01，不是 \"%s\""), typed);
	*day = month * 100 + date;
	return true;
}

/* A desk of the roster that is manned while the conditions hold. */
bool take_desk(struct row_reader *reader, struct rule *rule)
{
	enum { CODE = 1, MORE };
	if (reader->count <= MORE)
		return false;
	if (!code_find("desk", reader->word[CODE]))
		return row_wrong(reader, _("没有值班席 \"%s\""), reader->word[CODE]);
	rule->name = row_text(reader, reader->word[CODE]);
	return row_conditions(reader, MORE, NULL, rule);
}

bool take_season(struct row_reader *reader, struct rule *rule)
{
	enum { NAME = 1, FROM, TO, ZH, EN, ALL };
	if (reader->count != ALL)
		return false;
	rule->name = row_text(reader, reader->word[NAME]);
	rule->zh = row_text(reader, reader->word[ZH]);
	rule->en = row_text(reader, reader->word[EN]);
	return row_day(reader, reader->word[FROM], &rule->from_day) &&
	       row_day(reader, reader->word[TO], &rule->to_day);
}

static bool take_date(struct row_reader *reader, const char *typed, int64_t *date)
{
	enum { WHOLE = 10 }; /* 2026-10-01 */
	const char *why = "";
	return (strlen(typed) == WHOLE && typed[4] == '-' && date_parse(typed, 0, date, &why)) ||
	       row_wrong(reader, _("日期要写成 2026-10-01，不是 \"%s\""), typed);
}

/* Days on which nobody works, or on which people do although it is a weekend. */
bool take_day(struct row_reader *reader, struct rule *rule)
{
	enum { WORD, FROM, TO, ZH, EN, ALL };
	if (reader->count != ALL)
		return false;
	rule->works = !strcmp(reader->word[WORD], "workday");
	rule->zh = row_text(reader, reader->word[ZH]);
	rule->en = row_text(reader, reader->word[EN]);
	return take_date(reader, reader->word[FROM], &rule->first) &&
	       take_date(reader, reader->word[TO], &rule->last) &&
	       (rule->last >= rule->first ||
		       row_wrong(reader, _("结束的日期在开始之前：\"%s\""), reader->word[TO]));
}
