/* SPDX-License-Identifier: GPL-3.0-or-later
 * Disaster reports in line mode: the numbers, who is silent, what does not agree, and what can be
 * done.
 */
#include <string.h>

#include "app/talk.h"
#include "model/kinds.h"
#include "screens/zero.h"
#include "screens/report_page.h"
#include "work/may.h"

struct reporting {
	struct talk *talk;
	struct report_page page;
	struct arena arena;
};

static bool load(struct reporting *to)
{
	const struct actor actor = talk_actor(to->talk);
	struct fault fault = {0};

	arena_release(&to->arena);
	if (!talk_good(to->talk, report_page_load(&to->page, &actor, &to->arena, &fault), &fault))
		return false;
	report_page_lay(&to->page, LINE_COLUMNS);
	return true;
}

static void say_page(struct reporting *to)
{
	struct talk *talk = to->talk;
	struct report_page *page = &to->page;
	struct buf text = {0};

	line_say(&talk->line, _("灾情 %s"), page->title);
	for (unsigned n = 0; n < page->tally.heads; n++)
		line_say(&talk->line, "%s", page->tally.head[n].text);
	for (unsigned n = 0; n < page->row_count; n++) {
		buf_clear(&text);
		report_page_line(page, &page->rows[n], &text);
		line_say(&talk->line, "%u. %s", n + 1, buf_cstr(&text));
	}
	if (!page->row_count)
		line_say(&talk->line, "%s", page->tally.list.empty);
	for (unsigned n = 0; n < page->tally.feet; n++)
		line_say(&talk->line, "%s", page->tally.foot[n].text);
	buf_release(&text);
}

/* The question, a y, and the PIN where roles.conf asks for one. */
static enum line_act agree(
	struct talk *talk, const char *question, const struct kind *kind, bool *yes)
{
	enum line_act act = line_yes(&talk->line, question, yes);

	if (act == LINE_OK && *yes)
		*yes = talk_prove_for(talk, kind, 0);
	else if (act == LINE_OK && !*yes)
		line_say(&talk->line, "%s", _("没有办"));
	return act;
}

static void say_written(struct talk *talk, enum rc rc, struct ref ref, const struct fault *fault)
{
	char number[32];

	if (rc) {
		line_bad(&talk->line, "%s", fault->text);
		return;
	}
	store_number(talk->store, ref, number);
	line_say(&talk->line, _("已保存 %s"), number);
}

enum line_act talk_zero(struct talk *talk)
{
	const struct actor actor = talk_actor(talk);
	struct fault fault = {0};
	struct ref ref = {0, 0};
	bool yes = false;
	struct buf ask = {0};

	if (losses_zero_may(&actor, &fault)) {
		line_bad(&talk->line, "%s", fault.text);
		return LINE_OK;
	}
	buf_fmt(&ask, _("零报告：%s。报吗？"), zero_words(&actor));
	enum line_act act = agree(talk, buf_cstr(&ask), kind_of(KIND_report), &yes);

	buf_release(&ask);
	if (act == LINE_OK && yes) {
		enum rc rc = losses_zero(&actor, &ref, &fault);

		say_written(talk, rc, ref, &fault);
	}
	return act;
}

static enum line_act merge(struct reporting *to)
{
	struct talk *talk = to->talk;
	const struct actor actor = talk_actor(talk);
	const struct losses *losses = &to->page.losses;
	struct loss_numbers numbers;
	struct buf text = {0}, reason = {0};
	struct fault fault = {0};
	struct ref ref = {0, 0};
	bool yes = false;
	enum line_act act = LINE_OK;

	if (losses_fall(losses))
		act = line_ask(&talk->line, _("比上次少，写明原因："), NULL, NULL, &reason);
	losses_merged(losses, &numbers);
	report_words(&numbers, &text);
	line_say(&talk->line, _("汇总%u处：%s"), losses->told, buf_cstr(&text));
	if (act == LINE_OK)
		act = agree(talk, _("报吗？"), kind_of(KIND_report), &yes);
	if (act == LINE_OK && yes) {
		enum rc rc = losses_merge(&actor, losses, buf_cstr(&reason), &ref, &fault);

		say_written(talk, rc, ref, &fault);
	}
	buf_release(&text);
	buf_release(&reason);
	return act;
}

static enum line_act urge(struct reporting *to)
{
	struct talk *talk = to->talk;
	const struct actor actor = talk_actor(talk);
	struct fault fault = {0};
	unsigned count = losses_unasked(&to->page.losses);
	bool yes = false;
	enum line_act act = LINE_OK;

	if (!count) {
		line_say(&talk->line, "%s", _("没有要催的，也没有要问的"));
		return LINE_OK;
	}
	if (may_kind(&actor, kind_of(KIND_order), 0, &fault)) {
		line_bad(&talk->line, "%s", fault.text);
		return LINE_OK;
	}
	line_say(&talk->line, _("催没报的%u处报灾情"), count);
	act = agree(talk, _("催吗？"), kind_of(KIND_order), &yes);
	if (act == LINE_OK && yes && losses_urge(&actor, &to->page.losses, &count, &fault))
		line_bad(&talk->line, "%s", fault.text);
	else if (act == LINE_OK && yes)
		line_say(&talk->line, _("已下指令催%u处报灾情"), count);
	return act;
}

/* The place of row N is asked: what does not agree is offered as the question. */
static enum line_act ask_place(struct reporting *to, const struct report_row *row)
{
	struct talk *talk = to->talk;
	const struct actor actor = talk_actor(talk);
	struct buf question = {0}, answer = {0};
	struct fault fault = {0};
	unsigned check = step_named(kind_of(KIND_report), "check")->tag;

	report_page_question(report_row_doubt(&to->page, row), &question);
	enum line_act act = line_ask(&talk->line, _("问："), buf_cstr(&question), NULL, &answer);
	const char *said = answer.len ? buf_cstr(&answer) : buf_cstr(&question);
	bool yes = *said;
	/* What was offered is sent by y, not by the Enter that kept it. */
	if (act == LINE_OK && yes && !answer.len)
		act = line_yes(&talk->line, _("退回并这样问吗？"), &yes);
	if (act != LINE_OK || !yes)
		line_say(&talk->line, "%s", _("没有记"));
	else if (!talk_prove_for(talk, kind_of(KIND_report), check))
		act = LINE_OK;
	else if (losses_ask(&actor, row->report, said, &fault))
		line_bad(&talk->line, "%s", fault.text);
	else
		line_say(&talk->line, "%s", _("已退回，问了"));
	buf_release(&question);
	buf_release(&answer);
	return act;
}

/* Its reports, one under the other, and what differs. */
static void say_versions(struct reporting *to, const struct report_row *row)
{
	struct buf text = {0};
	const struct loss_report *report;

	for (unsigned n = 0; (report = losses_version(&to->page.losses, row->report->area, n));
		n++) {
		buf_clear(&text);
		report_version_line(&to->page, report, &text);
		line_say(&to->talk->line, "%s", buf_cstr(&text));
	}
	buf_release(&text);
}

/* r3, l3: of the row of that number. */
static enum line_act of_row(struct reporting *to, const char *typed)
{
	unsigned n = line_number(typed + 1);
	const struct report_row *row = n && n <= to->page.row_count ? &to->page.rows[n - 1] : NULL;

	if (!row || !row->report) {
		line_bad(&to->talk->line, _("没有 \"%s\"，打 0 到 4、r、v、f、p，或 r、l 加行号"),
			typed);
		return LINE_OK;
	}
	if (*typed == 'r')
		return ask_place(to, row);
	say_versions(to, row);
	return LINE_OK;
}

static enum line_act form(struct reporting *to, enum loss_stage stage)
{
	struct buf text = {0};

	stage = report_offered(&to->page, stage, &text);
	if (text.len)
		line_say(&to->talk->line, "%s", buf_cstr(&text));
	buf_clear(&text);
	report_presets(&to->page.losses, stage, &to->arena, &text);
	enum line_act act = talk_write(to->talk,
		&(struct draft){.kind = kind_of(KIND_report), .presets = buf_cstr(&text)});
	buf_release(&text);
	return act;
}

static enum line_act other(struct reporting *to, const char *typed)
{
	struct talk *talk = to->talk;

	if (!strcmp(typed, "r"))
		return urge(to);
	if (!strcmp(typed, "f")) {
		if (!report_page_turn(&to->page))
			line_say(&talk->line, "%s", _("只有这一场灾害"));
		return LINE_OK;
	}
	if (!strcmp(typed, "v")) {
		to->page.all = !to->page.all;
		return LINE_OK;
	}
	if (!strcmp(typed, "p") && to->page.losses.own) {
		talk_text(talk, to->page.losses.own->ref);
		return LINE_OK;
	}
	return of_row(to, typed);
}

static enum line_act once(struct reporting *to)
{
	struct buf answer = {0};
	enum line_act act = line_choose(&to->talk->line,
		_("1初报 2续报 3核报 4汇总 0零报告 r催没报 r1问第1行 l1各次 p公文 v全部 f下一场"),
		NULL, _("打一位就办；< 返回"), &answer);
	const char *typed = buf_cstr(&answer);

	if (act == LINE_OK && !typed[0])
		act = LINE_BACK;
	else if (act == LINE_OK && *typed >= '1' && *typed <= '3' && !typed[1])
		act = talk_inner(form(to, (enum loss_stage)(*typed - '1')));
	else if (act == LINE_OK && !strcmp(typed, "4"))
		act = talk_inner(merge(to));
	else if (act == LINE_OK && !strcmp(typed, "0"))
		act = talk_inner(talk_zero(to->talk));
	else if (act == LINE_OK)
		act = talk_inner(other(to, typed));
	buf_release(&answer);
	return act;
}

enum line_act talk_report(struct talk *talk)
{
	struct reporting to = {.talk = talk};
	enum line_act act = LINE_OK;

	while (act == LINE_OK && load(&to)) {
		say_page(&to);
		act = once(&to);
	}
	report_page_release(&to.page);
	arena_release(&to.arena);
	return act == LINE_OK ? LINE_BACK : act;
}
