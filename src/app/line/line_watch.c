/* SPDX-License-Identifier: GPL-3.0-or-later
 * The watch in line mode: who is on, what is open, the log; an entry, the roll, and handing over by
 * numbered prompts.
 */
#include <stdlib.h>
#include <stdio.h>
#include <string.h>

#include "app/talk.h"
#include "model/kinds.h"
#include "screens/display.h"
#include "screens/handover_page.h"
#include "screens/watch_page.h"

enum { LOG_SAID = 10 };

/* A digit of LABELS; 0 = none. */
static enum line_act ask_digit(struct talk *talk, const char *question, unsigned *digit)
{
	struct buf typed = {0};
	enum line_act act = line_ask(&talk->line, question, NULL, NULL, &typed);

	*digit = act == LINE_OK ? (unsigned)strtoul(buf_cstr(&typed), NULL, 10) : 0;
	buf_release(&typed);
	return act;
}

static enum line_act ask_text(struct talk *talk, const char *question, struct buf *typed)
{
	buf_clear(typed);
	return line_ask(&talk->line, question, NULL, NULL, typed);
}

/* ---- handing over */

struct giving {
	struct talk *talk;
	struct handover_page page;
	struct buf text;
};

static void say_handover(struct giving *giving)
{
	const struct actor actor = talk_actor(giving->talk);
	struct line *line = &giving->talk->line;
	enum { KEYS_BELOW = 3 };

	handover_page_lay(&giving->page, &actor, LINE_COLUMNS);
	for (unsigned n = 0; n < giving->page.tally.heads; n++)
		line_say(line, "%s", giving->page.tally.head[n].text);
	/* The word and the keys, which stand last, are asked for below. */
	for (unsigned n = 0; n + KEYS_BELOW < giving->page.tally.feet; n++)
		line_say(line, "%s", giving->page.tally.foot[n].text);
	for (unsigned n = 0; n < giving->page.count; n++) {
		buf_clear(&giving->text);
		handover_page_row(&giving->page, n, &giving->text);
		line_say(line, "%u. %s", n + 1, buf_cstr(&giving->text));
	}
}

static enum line_act ask_taker(struct giving *giving)
{
	struct talk *talk = giving->talk;
	struct fault fault = {0};
	struct buf question = {0};
	unsigned n;

	handover_page_takers(&giving->page, &question);
	buf_byte(&question, ' ');
	buf_text(&question, _("接班人的号码，回车不换"));
	enum line_act act = ask_digit(talk, buf_cstr(&question), &n);
	buf_clear(&giving->text);
	if (act == LINE_OK && n && handover_page_asks(&giving->page, n))
		act = ask_text(talk, _("不是排班的人，为什么由他接："), &giving->text);
	if (act == LINE_OK && n &&
		handover_page_taker(&giving->page, n, buf_cstr(&giving->text), &fault))
		line_bad(&talk->line, "%s", fault.text);
	buf_release(&question);
	return act;
}

static enum line_act ask_strikes(struct giving *giving)
{
	struct talk *talk = giving->talk;
	struct fault fault = {0};
	unsigned n = 0;
	enum line_act act = LINE_OK;

	do {
		act = ask_digit(talk, _("不移交的号码，回车都移交"), &n);
		if (act == LINE_OK && n)
			act = ask_text(talk, _("为什么不移交："), &giving->text);
		if (act == LINE_OK && n &&
			handover_page_strike(&giving->page, n - 1, buf_cstr(&giving->text), &fault))
			line_bad(&talk->line, "%s", fault.text);
	} while (act == LINE_OK && n);
	return act;
}

static void sign(struct giving *giving)
{
	struct talk *talk = giving->talk;
	const struct actor actor = talk_actor(talk);
	struct fault fault = {0};
	struct user taker;

	if (!talk_prove_for(talk, kind_of(KIND_handover), 0))
		return;
	if (handover_page_write(&giving->page, &actor, &fault)) {
		line_bad(&talk->line, "%s", fault.text);
		return;
	}
	bool here = handover_page_here(&giving->page, talk->store, &taker) &&
		    talk_prove(talk, &taker, _("接班"));
	const struct actor other = {talk->store, &taker, NULL};
	if (!here) {
		line_say(&talk->line, _("已写下；%s 登录后 s 签"),
			giving->page.takers[giving->page.taker].name);
	} else if (watch_take(&other, giving->page.handover, &fault)) {
		line_bad(&talk->line, "%s", fault.text);
	} else {
		talk->user = taker;
		line_say(&talk->line, _("现在由 %s 接着办"), taker.name);
	}
}

static enum line_act hand_over(struct talk *talk)
{
	struct giving giving = {.talk = talk, .page = {.by_line = true}};
	const struct actor actor = talk_actor(talk);
	struct fault fault = {0};
	bool yes = false;
	enum line_act act = LINE_OK;
	struct talk_place before = talk_stand(talk, "handover", NULL);

	if (handover_page_load(&giving.page, &actor, &fault))
		line_bad(&talk->line, "%s", fault.text);
	say_handover(&giving);
	if (giving.page.handover.seq) {
		line_bad(&talk->line, _("%s，没有再写"), giving.page.before);
		line_say(&talk->line, "%s", _("要改先作废它：A 交接班"));
		act = LINE_BACK;
	} else {
		act = ask_taker(&giving);
	}
	if (act == LINE_OK && giving.page.count)
		act = ask_strikes(&giving);
	if (act == LINE_OK)
		act = ask_text(talk, _("写一句话，可以空着"), &giving.text);
	if (act == LINE_OK)
		handover_page_word(&giving.page, buf_cstr(&giving.text));
	if (act == LINE_OK)
		act = line_yes(&talk->line, _("交班吗？"), &yes);
	if (act == LINE_OK && yes)
		sign(&giving);
	handover_page_release(&giving.page);
	buf_release(&giving.text);
	talk->place = before;
	return talk_inner(act);
}

/* ---- the board */

struct watching {
	struct talk *talk;
	struct watch_page page;
	struct arena arena;
};

static bool load(struct watching *at)
{
	const struct actor actor = talk_actor(at->talk);
	struct fault fault = {0};

	arena_release(&at->arena);
	if (!talk_good(at->talk, watch_page_load(&at->page, &actor, &at->arena, &fault), &fault))
		return false;
	watch_page_lay(&at->page, LINE_COLUMNS);
	return true;
}

static void say(struct watching *at)
{
	struct line *line = &at->talk->line;

	for (unsigned n = 0; n < at->page.tally.heads; n++)
		line_say(line, "%s", at->page.tally.head[n].text);
	for (unsigned n = 0; n < at->page.tally.list.shown && n < LOG_SAID; n++)
		line_say(line, "%s", list_shown(&at->page.tally.list, n)->cells[0]);
	if (!at->page.tally.list.shown)
		line_say(line, "%s", at->page.tally.list.empty);
}

static enum line_act note(struct watching *at)
{
	struct talk *talk = at->talk;
	const struct actor actor = talk_actor(talk);
	struct fault fault = {0};
	struct buf text = {0}, typed = {0};

	watch_page_types(&text);
	enum line_act act = ask_text(talk, buf_cstr(&text), &typed);
	unsigned type = typed.len == 1 ? watch_page_type(*buf_cstr(&typed)) : 0;
	if (act == LINE_OK && !type)
		line_bad(&talk->line, _("没有 \"%s\"，打列出的号码或字母"), buf_cstr(&typed));
	else if (act == LINE_OK)
		act = ask_text(talk, _("内容"), &text);
	if (act == LINE_OK && type &&
		watch_page_write(&at->page, &actor, type, buf_cstr(&text), &fault))
		line_bad(&talk->line, "%s", fault.text);
	else if (act == LINE_OK && type)
		line_say(&talk->line, "%s", at->page.said);
	buf_release(&text);
	buf_release(&typed);
	return talk_inner(act);
}

static enum line_act call_roll(struct talk *talk)
{
	const struct actor actor = talk_actor(talk);
	struct fault fault = {0};
	struct ref roll;
	bool yes = false;
	char question[120];
	unsigned count = watch_rolled(&actor);

	if (!count) {
		line_say(&talk->line, "%s", _("下面没有点名要问的地方"));
		return LINE_OK;
	}
	if (!talk_may(talk, kind_of(KIND_rollcall), 0))
		return LINE_OK;
	snprintf(question, sizeof(question), _("点下面%u处的名，15分钟内应答"), count);
	enum line_act act = line_yes(&talk->line, question, &yes);

	if (act != LINE_OK || !yes || !talk_prove_for(talk, kind_of(KIND_rollcall), 0))
		return talk_inner(act);
	if (watch_roll(&actor, &roll, &fault)) {
		line_bad(&talk->line, "%s", fault.text);
		return LINE_OK;
	}
	return talk_inner(talk_call_about(talk, roll));
}

static void undo(struct watching *at)
{
	const struct actor actor = talk_actor(at->talk);
	struct fault fault = {0};
	struct buf question = {0};

	watch_page_last(&at->page, &actor, &question);
	if (question.len && !talk_agrees(at->talk, &question, _("：打 y 撤回，其他不办")))
		return;
	buf_release(&question);
	if (watch_page_undo(&at->page, &actor, &fault))
		line_bad(&at->talk->line, "%s", fault.text);
	else
		line_say(&at->talk->line, "%s", at->page.said);
}

static enum line_act pressed(struct watching *at, const char *typed)
{
	struct talk *talk = at->talk;

	if (!strcmp(typed, "i"))
		return note(at);
	if (!strcmp(typed, "1"))
		return call_roll(talk);
	if (!strcmp(typed, "b"))
		return hand_over(talk);
	if (!strcmp(typed, "p"))
		return talk_inner(talk_rows(talk, kind_of(KIND_roster), (struct ref){0, 0}));
	if (!strcmp(typed, "l"))
		return talk_inner(talk_rows(talk, kind_of(KIND_duty), (struct ref){0, 0}));
	if (!strcmp(typed, "n"))
		return talk_inner(
			talk_write(talk, &(struct draft){.kind = kind_of(KIND_incident)}));
	if (!strcmp(typed, "u"))
		undo(at);
	else
		line_bad(&talk->line, _("没有 \"%s\"，打列出的号码或字母"), typed);
	return LINE_OK;
}

enum line_act talk_watch(struct talk *talk)
{
	struct watching at = {.talk = talk};
	struct buf typed = {0};
	enum line_act act = LINE_OK;

	while (act == LINE_OK && load(&at)) {
		say(&at);
		act = line_choose(&talk->line,
			_("i记一笔 n接报 1点名 b交班 p值班表 l日志 u撤 回车返回"), NULL, NULL,
			&typed);
		if (act == LINE_OK && !typed.len)
			act = LINE_BACK;
		else if (act == LINE_OK)
			act = pressed(&at, buf_cstr(&typed));
	}
	watch_page_release(&at.page);
	arena_release(&at.arena);
	buf_release(&typed);
	return act == LINE_OK ? LINE_BACK : act;
}
