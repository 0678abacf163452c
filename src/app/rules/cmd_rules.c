/* SPDX-License-Identifier: GPL-3.0-or-later
 * rules: the county's rules as they count here; what is wrong with a file; what a file would
 * change; and which rows a record is under.
 */
#include <string.h>

#include "app/cmd.h"
#include "app/rules/cmd_rules.h"
#include "app/out.h"
#include "app/record.h"
#include "base/file.h"
#include "base/text.h"
#include "base/when.h"
#include "model/area.h"
#include "model/codes.h"
#include "store/station.h"
#include "work/agenda.h"
#include "work/callees.h"

enum { FILE_MOST = 4 << 20 };

static void put_rule(struct buf *out, const struct rule *rule)
{
	if (rule->file)
		buf_fmt(out, "%s:%u\t%s\n", rule->file, rule->line, rule->said);
}

/* Those of a word in the order in which they count, word by word. */
static int list(struct app *app)
{
	struct buf out = {0};
	int code = app_has_station(app) ? app_store(app, STORE_READ) : 0;

	if (code)
		return code;
	for (unsigned word = 0; word < RULE_WORDS; word++) {
		unsigned count;
		const struct rule *rows = rules_rows((enum rule_word)word, &count);

		for (unsigned n = 0; n < count; n++)
			put_rule(&out, &rows[n]);
	}
	out_buf(&out);
	buf_release(&out);
	return EXIT_DONE;
}

static int read_file(const char *file, struct buf *text)
{
	struct fault fault = {0};
	enum rc rc = file_read(file, FILE_MOST, text, &fault);

	return rc ? app_fail(&fault) : EXIT_DONE;
}

/* Home as it would be, and nothing is kept. */
static int try(struct app *app, const char *file, int argc, char **argv)
{
	struct buf text = {0};
	struct fault fault = {0};
	int code = app_store(app, STORE_READ);

	if (!code)
		code = read_file(file, &text);
	if (!code && (rules_without(app->store, rules_name(file), &fault) ||
			     rules_load(rules_now(), file, buf_bytes(&text), &fault)))
		code = app_fail(&fault);
	buf_release(&text);
	argv[argc] = NULL;
	return code ? code : cmd_today(app, argc, argv);
}

/* ---- why */

struct telling {
	struct world world;
	struct record record;
	const struct row *row;
	struct buf out;
};

static void tell_rule(struct telling *to, const struct rule *rule)
{
	buf_fmt(&to->out, "\t%s:%u\t%s\n", rule->file ? rule->file : "-", rule->line,
		rule->said ? rule->said : rule_text(rule));
}

static void tell_limit(struct telling *to, const struct needed *needed)
{
	char at[WHEN_TEXT], span[WHEN_TEXT];
	int64_t now = to->world.around.now;

	if (needed->until) {
		when_short(needed->until, now, at);
		when_span(now > needed->until ? now - needed->until : needed->until - now, span);
		buf_fmt(&to->out, now >= needed->until ? _("%s %s，已过 %s") : _("%s %s，还剩 %s"),
			_(need_labels[needed->need]), at, span);
	} else {
		buf_text(&to->out, _(need_labels[needed->need]));
	}
	if (needed->rule)
		tell_rule(to, needed->rule);
}

/* Rows of needs that ask for something, too, but are less strict. */
static void tell_others(struct telling *to, const struct rule *strictest)
{
	unsigned count;
	const struct rule *rows = rules_rows(RULE_NEED, &count);

	for (unsigned n = 0; n < count; n++) {
		const struct matter matter = {.record = &to->record, .around = &to->world.around};

		if (rows[n].kind != to->record.kind_id || &rows[n] == strictest ||
			!rule_fits(&rows[n], to->record.kind_id, to->record.state) ||
			!rule_holds(&rows[n], &matter))
			continue;
		buf_text(&to->out, _("也合"));
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

	if (who && !callees_of(&callees, &to->world, who, area, to->row, &fault) &&
		!calls_made(&calls, to->world.store, to->row, area, &fault)) {
		struct next_call next = call_next(escalate, &callees, &calls, to->row->at);

		for (unsigned n = 0; n < callees.count; n++)
			buf_fmt(&to->out, "\t%s%s %s %s %s\n",
				n == next.who && !next.answered ? "> " : "  ",
				callees.list[n].title, callees.list[n].name, callees.list[n].phone,
				code_text("method", callees.list[n].way));
	}
	arena_release(&arena);
}

static void tell_rest(struct telling *to, const struct standing *standing)
{
	const struct rule *rule = standing->needed.rule;
	const struct rule *escalate = rule ? escalate_of(rule) : NULL;

	buf_fmt(&to->out, "%s\t%s\n", _("归谁"), rule && rule->by ? rule->by : _("涉及的各方"));
	buf_fmt(&to->out, "%s\t%s\n", _("本站"), standing->needed.mine ? _("要办") : _("只看"));
	if (standing->rank) {
		buf_fmt(&to->out, "%s %s", _("首页"), _(band_labels[standing->rank->band]));
		tell_rule(to, standing->rank);
	} else {
		buf_fmt(&to->out, "%s\t%s\n", _("首页"), _("不在首页上"));
	}
	buf_fmt(&to->out, "%s", _("升级"));
	if (escalate) {
		tell_rule(to, escalate);
		tell_called(to, escalate);
	} else {
		buf_fmt(&to->out, "\t%s\n", _("没有行写它"));
	}
}

static void tell(struct telling *to)
{
	struct standing standing = standing_of(&to->world, to->row);

	if (standing.needed.need)
		tell_limit(to, &standing.needed);
	else
		buf_fmt(&to->out, "%s\n", _("现在不需要谁办什么"));
	tell_others(to, standing.needed.rule);
	tell_rest(to, &standing);
}

static int why(struct app *app, const char *typed)
{
	struct telling to = {.out = {0}};
	struct arena arena = {0};
	struct fault fault = {0};
	struct row row;
	struct ref ref;
	int code = app_store(app, STORE_READ);

	if (code)
		return code;
	enum rc rc = store_resolve(app->store, typed, &ref, &fault);
	if (!rc)
		rc = store_row(app->store, ref, &arena, &row, &fault);
	if (!rc) {
		char number[32];
		struct buf place = {0};

		world_open(&to.world, app->store, &app->user, store_now(app->store));
		to.row = &row;
		row_record(&row, &to.record);
		store_number(app->store, ref, number);
		area_title(row.area, &place);
		buf_fmt(&to.out, "%s %s %s ", number, _(row.kind->label), buf_cstr(&place));
		row_title(app->store, &row, &to.out);
		buf_byte(&to.out, '\n');
		tell(&to);
		out_buf(&to.out);
		buf_release(&place);
	}
	buf_release(&to.out);
	arena_release(&arena);
	return rc ? app_fail(&fault) : EXIT_DONE;
}

int cmd_rules(struct app *app, int argc, char **argv)
{
	int code = app_args(app, &argc, argv, 0, 2);
	const char *what = argc > 1 ? argv[1] : "list";

	if (code)
		return code;
	if (!strcmp(what, "list") && argc <= 2)
		return list(app);
	if (!strcmp(what, "check") && argc == 3)
		return rules_check_file(argv[2]);
	if (!strcmp(what, "try") && argc == 3)
		return try(app, argv[2], 1, argv);
	if (!strcmp(what, "why") && argc == 3)
		return why(app, argv[2]);
	if (!strcmp(what, "publish") && argc == 3)
		return rules_publish(app, argv[2]);
	if (!strcmp(what, "withdraw") && argc == 3)
		return rules_withdraw(app, argv[2]);
	return app_usage(app);
}
