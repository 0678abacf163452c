/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which rows of the rules a record is under: what is needed and until when, what else fits, who is
 * to do it, where on home it stands, and who is called when nobody answers.
 */
#include "work/why.h"

#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "model/area.h"
#include "model/codes.h"
#include "work/agenda.h"
#include "work/callees.h"

struct telling {
	struct world *world;
	struct record record;
	const struct row *row;
	struct buf *out;
};

static void tell_rule(struct telling *to, const struct rule *rule)
{
	buf_fmt(to->out, "\t%s:%u\t%s\n", rule->file ? rule->file : "-", rule->line,
		rule->said ? rule->said : rule_text(rule));
}

/* The days that a term in working days leaves out, each with its name. */
static void tell_days_off(struct telling *to, const struct needed *needed)
{
	enum { MOST = 31 };
	const struct rule *rule = needed->rule;
	const struct rule_span *span = !rule                     ? NULL
				       : rule->word == RULE_NEED ? &rule->plus
				       : rule->word == RULE_ASK  ? &rule->within
								 : NULL;
	int64_t last = date_of(needed->until), date = date_of(to->row->at);
	unsigned said = 0;

	if (!span || span->workdays <= 0)
		return;
	for (; date <= last && said < MOST; date = date_add(date, 1)) {
		const struct rule *day = rules_day(date);
		char text[WHEN_TEXT];

		if (rules_workday(date))
			continue;
		date_show(date, text);
		buf_fmt(to->out, "%s%s %s", said++ ? "  " : _("不算工作日的\t"), text + 5,
			day ? rule_text(day) : _("周末"));
	}
	buf_text(to->out, said ? "\n" : "");
}

static void tell_limit(struct telling *to, const struct needed *needed)
{
	char at[WHEN_TEXT], span[WHEN_TEXT];
	int64_t now = to->world->around.now;

	if (needed->until) {
		when_short(needed->until, now, at);
		when_span(now > needed->until ? now - needed->until : needed->until - now, span);
		buf_fmt(to->out, now >= needed->until ? _("%s %s，已过 %s") : _("%s %s，还剩 %s"),
			_(need_labels[needed->need]), at, span);
	} else {
		buf_text(to->out, _(need_labels[needed->need]));
	}
	if (needed->rule)
		tell_rule(to, needed->rule);
	tell_days_off(to, needed);
}

/* Rows of needs that ask for something, too, but are less strict. */
static void tell_others(struct telling *to, const struct rule *strictest)
{
	unsigned count;
	const struct rule *rows = rules_rows(RULE_NEED, &count);

	for (unsigned n = 0; n < count; n++) {
		const struct matter matter = {.record = &to->record, .around = &to->world->around};

		if (rows[n].kind != to->record.kind_id || &rows[n] == strictest ||
			!rule_fits(&rows[n], to->record.kind_id, to->record.state) ||
			!rule_holds(&rows[n], &matter))
			continue;
		buf_text(to->out, _("也合"));
		tell_rule(to, &rows[n]);
	}
}

/* Who is called by an escalate row, and who is next by the calls so far. */
static void tell_called(struct telling *to, const struct rule *escalate)
{
	struct arena arena = {0};
	struct callees callees = {.arena = &arena};
	struct calls calls = {.arena = &arena};
	struct fault fault;
	const struct rule *who = rules_named(RULE_WHO, escalate->who);
	uint64_t area = to->row->area;

	if (who && !callees_of(&callees, to->world, who, area, to->row, &fault) &&
		!calls_made(&calls, to->world->store, to->row, area, &fault)) {
		struct next_call next = call_next(escalate, &callees, &calls, to->row->at);

		for (unsigned n = 0; n < callees.count; n++)
			buf_fmt(to->out, "\t%s%s %s %s %s\n",
				n == next.who && !next.answered ? "> " : "  ",
				callees.list[n].title, callees.list[n].name, callees.list[n].phone,
				code_text("method", callees.list[n].way));
	}
	arena_release(&arena);
}

/* Levels and words of the grammar as people call them; what a `who` row or a field is called stays.
 */
static const char *whose(const char *by)
{
	static const struct {
		const char *by, *label;
	} known[] = {{"own", N_("所在的站点")}, {"above", N_("上级")}, {"watch", N_("在班的人")}};

	for (unsigned n = 0; n < countof(known); n++)
		if (!strcmp(by, known[n].by))
			return _(known[n].label);
	for (unsigned n = 0; n < LEVELS; n++)
		if (!strcmp(by, level_names[n]))
			return _(level_labels[n]);
	return by;
}

static void tell_rest(struct telling *to, const struct standing *standing)
{
	const struct rule *rule = standing->needed.rule;
	const struct rule *escalate = rule ? escalate_of(rule) : NULL;
	/* Of a row that asks, `by` is who signs; what is before it is a limit. */
	const char *by = rule && rule->word == RULE_ASK ? rule->signers : rule ? rule->by : NULL;

	buf_fmt(to->out, "%s\t%s\n", _("归谁"), by ? whose(by) : _("涉及的各方"));
	buf_fmt(to->out, "%s\t%s\n", _("本站"),
		!standing->needed.need  ? _("现在不用办")
		: standing->needed.mine ? _("要办")
					: _("只看"));
	if (standing->rank) {
		buf_fmt(to->out, "%s %s", _("首页"), _(band_labels[standing->rank->band]));
		tell_rule(to, standing->rank);
	} else {
		buf_fmt(to->out, "%s\t%s\n", _("首页"), _("不在首页上"));
	}
	buf_fmt(to->out, "%s", _("升级"));
	if (escalate) {
		tell_rule(to, escalate);
		tell_called(to, escalate);
	} else {
		buf_fmt(to->out, "\t%s\n", _("没有行写它"));
	}
}

void why_tell(struct world *world, const struct row *row, struct buf *out)
{
	struct standing standing = standing_of(world, row);
	struct telling to = {.world = world, .row = row, .out = out};
	char number[32];

	row_record(row, &to.record);
	store_number(world->store, row->ref, number);
	buf_fmt(out, "%s %s ", number, _(row->kind->label));
	area_title(row->area, out);
	buf_byte(out, ' ');
	row_title(world->store, row, out);
	buf_byte(out, '\n');
	if (standing.needed.need)
		tell_limit(&to, &standing.needed);
	else
		buf_fmt(out, "%s\n", _("现在不需要谁办什么"));
	tell_others(&to, standing.needed.rule);
	tell_rest(&to, &standing);
}
