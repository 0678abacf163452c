/* SPDX-License-Identifier: GPL-3.0-or-later
 * Drills in line mode: the rows of the board, each by its number, and the letters of its keys.
 */
#include <string.h>

#include "app/talk.h"
#include "model/kinds.h"
#include "screens/display.h"
#include "screens/drill_page.h"

struct drilling {
	struct talk *talk;
	struct drill_page page;
	struct arena arena;
};

static bool load(struct drilling *at)
{
	const struct actor actor = talk_actor(at->talk);
	struct fault fault = {0};

	arena_release(&at->arena);
	if (!talk_good(at->talk, drill_page_load(&at->page, &actor, &at->arena, &fault), &fault))
		return false;
	drill_page_lay(&at->page, LINE_COLUMNS);
	return true;
}

/* The Nth row as it is said; false: there is none. */
static bool row_of(struct drilling *at, unsigned n, struct drill_at *row)
{
	struct list *list = &at->page.tally.list;

	if (!n || n > list->shown)
		return false;
	list->at = n - 1;
	*row = drill_page_at(&at->page);
	return true;
}

static void say_all(struct drilling *at)
{
	const struct tally *tally = &at->page.tally;
	struct drill_at row;
	struct buf text = {0};

	for (unsigned n = 0; n < tally->heads; n++)
		line_say(&at->talk->line, "%s", tally->head[n].text);
	for (unsigned n = 1; row_of(at, n, &row); n++) {
		drill_page_row(&at->page, row.what, row.n, &text);
		line_say(&at->talk->line, "%u. %s", n, buf_cstr(&text));
		buf_clear(&text);
	}
	if (!tally->list.shown)
		line_say(&at->talk->line, "%s", tally->list.empty);
	buf_release(&text);
}

/* What was written, or why not. */
static void wrote(struct drilling *at, enum rc rc, const char *said, const struct fault *fault)
{
	if (rc)
		line_bad(&at->talk->line, "%s", fault->text);
	else
		line_say(&at->talk->line, "%s", said);
}

/* ---- the drill that goes on */

static bool goes_on(struct drilling *at)
{
	if (at->page.drills.running.seq)
		return true;
	line_say(&at->talk->line, "%s", _("没有进行中的演练"));
	return false;
}

/* "情况2 +11分 车内1人受伤。处置：" */
static enum line_act answer(struct drilling *at, const struct drill_inject *inject)
{
	struct talk *talk = at->talk;
	const struct actor actor = talk_actor(talk);
	struct buf text = {0}, typed = {0};
	struct fault fault = {0};
	enum line_act act = LINE_OK;

	if (inject->state == inject_is_sealed && inject->script.seq) {
		if (talk_prove_for(talk, kind_of(KIND_script), script_do_give))
			wrote(at, drill_give(&actor, inject->script, &fault), _("已下发"), &fault);
		return LINE_OK;
	}
	if (*drill_page_sealed(inject)) {
		line_say(&talk->line, "%s", drill_page_sealed(inject));
		return LINE_OK;
	}
	if (!talk_may(talk, kind_of(KIND_inject), inject_do_answer))
		return LINE_OK;
	drill_page_ask(&at->page, inject, &text);
	buf_text(&text, _("。怎么处置，回车跳过"));
	act = line_ask(&talk->line, buf_cstr(&text), NULL, NULL, &typed);
	if (act == LINE_OK && typed.len &&
		talk_prove_for(talk, kind_of(KIND_inject), inject_do_answer))
		wrote(at, drill_answer(&actor, inject->ref, buf_cstr(&typed), &fault),
			_("已记处置"), &fault);
	buf_release(&text);
	buf_release(&typed);
	return talk_inner(act);
}

static enum line_act answer_first(struct drilling *at)
{
	const struct drill_inject *inject;

	at->page.tally.list.at = 0; /* none is pointed at */
	inject = goes_on(at) ? drill_page_inject(&at->page) : NULL;
	if (inject)
		return answer(at, inject);
	if (at->page.drills.running.seq)
		line_say(&at->talk->line, "%s", _("没有要处置的情况"));
	return LINE_OK;
}

enum wording { WORD_HEADS, WORD_ARRIVAL, WORD_NOTE };

static enum rc write_words(
	struct drilling *at, enum wording wording, const char *typed, struct fault *fault)
{
	const struct actor actor = talk_actor(at->talk);
	struct ref drill = at->page.drills.running;

	if (wording == WORD_HEADS)
		return drill_heads(&actor, drill, typed, fault);
	if (wording == WORD_ARRIVAL)
		return drill_arrive(&actor, drill, drill_page_minute(&at->page), typed, fault);
	return drill_note(&actor, drill, typed, fault);
}

/* A line behind its letter, or asked for. */
static enum line_act take_line(struct drilling *at, enum wording wording, const char *typed)
{
	static const struct {
		unsigned kind;
		const char *prompt, *said;
	} of[] = {{KIND_drill, N_("参演人数 疏散人数 用时分"), N_("已记人数")},
		{KIND_arrival, N_("谁到了 几人 (备注)"), N_("已记到场")},
		{KIND_duty, N_("记一笔"), N_("已记一笔")}};
	struct buf answer = {0};
	struct fault fault = {0};
	enum line_act act = LINE_OK;

	if (!goes_on(at) || !talk_may(at->talk, kind_of(of[wording].kind), 0))
		return LINE_OK;
	typed += strspn(typed, " ");
	buf_text(&answer, typed);
	if (!*typed)
		act = line_ask(&at->talk->line, _(of[wording].prompt), NULL, NULL, &answer);
	if (act == LINE_OK && answer.len && talk_prove_for(at->talk, kind_of(of[wording].kind), 0))
		wrote(at, write_words(at, wording, buf_cstr(&answer), &fault), _(of[wording].said),
			&fault);
	buf_release(&answer);
	return talk_inner(act);
}

/* ---- what drills showed */

static enum line_act hand(struct drilling *at, const struct drill_finding *finding)
{
	struct talk *talk = at->talk;
	const struct actor actor = talk_actor(talk);
	struct buf typed = {0};
	struct fault fault = {0};
	enum line_act act =
		line_ask(&talk->line, _("5立隐患 6派任务 t看问题，回车返回"), NULL, NULL, &typed);
	bool hazard = !strcmp(buf_cstr(&typed), "5"), task = !strcmp(buf_cstr(&typed), "6"),
	     yes = false;

	if (act == LINE_OK && (hazard || task))
		act = line_yes(&talk->line, hazard ? _("立隐患") : _("派任务"), &yes);
	else if (act == LINE_OK && typed.len)
		act = talk_inner(talk_record(talk, finding->ref));
	if (act == LINE_OK && yes &&
		talk_prove_for(
			talk, kind_of(KIND_finding), hazard ? finding_do_hazard : finding_do_task))
		wrote(at, drill_hand(&actor, finding->ref, hazard, &fault),
			hazard ? _("已立隐患，问题转办") : _("已派任务，问题转办"), &fault);
	buf_release(&typed);
	return talk_inner(act);
}

/* ---- rows by their numbers */

/* The records of a number, or of one place of it. */
static enum line_act records(struct drilling *at, const struct drill_count *count, uint64_t area)
{
	const struct counting_of of = {
		.area = area ? area : store_area(at->talk->store), .at = at->page.now};

	return talk_behind(
		at->talk, area ? count->rule->top : count->rule->name, rule_text(count->rule), of);
}

static enum line_act one_row(struct drilling *at, const struct drill_at *row)
{
	const struct drills *drills = &at->page.drills;

	if (row->what == DRILL_ROW_INJECT)
		return answer(at, &drills->injects[row->n]);
	if (row->what == DRILL_ROW_FINDING)
		return hand(at, &drills->findings[row->n]);
	if (row->what == DRILL_ROW_DRILL && drills->rows[row->n].state == drill_is_held)
		return talk_judge(at->talk, row->ref);
	if (row->ref.seq)
		return talk_inner(talk_record(at->talk, row->ref));
	if (row->what == DRILL_ROW_COUNT)
		return records(at, &drills->counts[row->n], 0);
	const struct drill_count *listed = &drills->counts[at->page.listed];

	return records(at, listed, listed->figured.parts[row->n].area);
}

/* "v3": the list behind row 3; "v" closes it. */
static void list_behind(struct drilling *at, const char *typed)
{
	struct drill_at row = {.what = DRILL_ROW_NONE};

	if (*typed && !row_of(at, line_number(typed), &row))
		line_bad(&at->talk->line, _("没有第 \"%s\" 项"), typed);
	else if (row.what == DRILL_ROW_FINDING || (!*typed && at->page.listing == DRILL_ROW_NONE))
		at->page.all = !at->page.all;
	else if (!drill_page_list(&at->page, row.what, row.n))
		line_say(&at->talk->line, "%s", _("这一行后面没有名单"));
}

static enum line_act evaluate(struct drilling *at)
{
	struct ref held = drill_page_held(&at->page);

	if (held.seq)
		return talk_judge(at->talk, held);
	line_say(&at->talk->line, "%s", _("没有要评估的演练：开展以后才评估"));
	return LINE_OK;
}

static enum line_act letter(struct drilling *at, const char *typed)
{
	struct talk *talk = at->talk;

	switch (*typed) {
	case 'a':
		return answer_first(at);
	case 'r':
		return take_line(at, WORD_HEADS, typed + 1);
	case 'd':
		return take_line(at, WORD_ARRIVAL, typed + 1);
	case 'i':
		return take_line(at, WORD_NOTE, typed + 1);
	case 'e':
		return evaluate(at);
	case 'z':
		return talk_quiz(talk);
	case 'm':
		return talk_selfcheck(talk, "model");
	case 'n':
		return talk_inner(talk_new_of(talk, &(struct draft){.kind = kind_of(KIND_drill)}));
	case 'v':
		list_behind(at, typed + 1);
		return LINE_OK;
	case 't':
		if (at->page.drills.running.seq)
			return talk_inner(talk_record(talk, at->page.drills.running));
		break;
	default:
		break;
	}
	line_bad(&talk->line, _("没有 \"%s\"，打列出的号码或字母"), typed);
	return LINE_OK;
}

static enum line_act choose(struct drilling *at, const char *typed)
{
	unsigned n = line_number(typed);
	struct drill_at row;

	if (!n)
		return letter(at, typed);
	if (row_of(at, n, &row))
		return one_row(at, &row);
	line_bad(&at->talk->line, _("没有第 \"%s\" 项"), typed);
	return LINE_OK;
}

enum line_act talk_drill(struct talk *talk)
{
	struct drilling at = {.talk = talk};
	struct buf typed = {0};
	enum line_act act = LINE_OK;

	while (act == LINE_OK && load(&at)) {
		say_all(&at);
		act = line_ask(&talk->line,
			_("打号码办，a处置 r人数 d到场 i记 e评估 z测验 m自评 n计划 v号码 "
			  "名单，回车返回"),
			NULL,
			_("i 加一句话记一行，r 18 120 8 记参演 疏散 用时，d 抢险队 18 "
			  "记到场，v3 看第3行差谁，t 办理进行中的演练"),
			&typed);
		if (act == LINE_OK && !typed.len)
			act = LINE_BACK;
		else if (act == LINE_OK)
			act = choose(&at, buf_cstr(&typed));
	}
	drill_page_release(&at.page);
	arena_release(&at.arena);
	buf_release(&typed);
	return act == LINE_OK ? LINE_BACK : act;
}
