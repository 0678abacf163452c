/* SPDX-License-Identifier: GPL-3.0-or-later
 * The warning in force, and calling who has not answered, in line mode.
 */
#include <string.h>

#include "app/talk.h"
#include "base/when.h"
#include "model/kinds.h"
#include "screens/call_page.h"
#include "screens/call_words.h"
#include "screens/plate.h"
#include "screens/signing.h"
#include "screens/warn_page.h"
#include "work/actions.h"

static void say_tally(struct talk *talk, const struct tally *tally)
{
	for (unsigned n = 0; n < tally->heads; n++)
		line_say(&talk->line, "%s", tally->head[n].text);
	for (unsigned n = 0; n < tally->feet; n++)
		line_say(&talk->line, "%s", tally->foot[n].text);
}

/* ---- calls */

struct calling {
	struct talk *talk;
	struct call_page page;
	struct arena arena;
};

static bool load(struct calling *calling)
{
	const struct actor actor = talk_actor(calling->talk);
	struct fault fault = {0};

	arena_release(&calling->arena);
	if (!talk_good(calling->talk,
		    call_page_load(&calling->page, &actor, &calling->arena, &fault), &fault))
		return false;
	call_page_lay(&calling->page, LINE_COLUMNS);
	return true;
}

/* But whom to call, and what that may come to: the question behind it says both. */
static void say_board(struct calling *calling)
{
	const struct tally *tally = &calling->page.tally;
	struct line *line = &calling->talk->line;

	line_say(line, _("叫应 %s"), calling->page.title ? calling->page.title : "");
	for (unsigned n = 0; n < tally->heads; n++)
		if (tally->head[n].look == LOOK_KEY)
			n++;
		else
			line_say(line, "%s", tally->head[n].text);
	for (unsigned n = 0; n < tally->feet; n++)
		line_say(line, "%s", tally->foot[n].text);
}

static void press(struct calling *calling, unsigned n)
{
	struct talk *talk = calling->talk;
	const struct actor actor = talk_actor(talk);
	struct fault fault = {0};

	if (!talk_prove_for(talk, kind_of(KIND_call), 0))
		return;
	if (call_page_act(&calling->page, &actor, n, &fault)) {
		line_bad(&talk->line, "%s", fault.text);
		return;
	}
	line_say(&talk->line, "%s", calling->page.said);
	if (load(calling))
		call_page_next(&calling->page);
}

static void undo(struct calling *calling)
{
	const struct actor actor = talk_actor(calling->talk);
	struct fault fault = {0};

	if (call_page_undo(&calling->page, &actor, &fault))
		line_bad(&calling->talk->line, "%s", fault.text);
	else if (load(calling))
		line_say(&calling->talk->line, "%s", calling->page.said);
}

/* What is no digit. */
static void other(struct calling *calling, const char *typed)
{
	struct call_page *page = &calling->page;

	if (!*typed) {
		call_page_next(page);
	} else if (!strcmp(typed, "m")) {
		call_page_turn_method(page);
		line_say(&calling->talk->line, _("方式：%s"), call_page_method(page));
	} else if (!strcmp(typed, "u")) {
		undo(calling);
	} else if (!strcmp(typed, "p")) {
		line_say(&calling->talk->line, "%s", page->spoken);
	} else if (!strcmp(typed, "f")) {
		call_page_turn(page);
		if (load(calling))
			say_board(calling);
	} else if (!strcmp(typed, "=")) {
		say_board(calling);
	} else {
		line_bad(&calling->talk->line, _("没有 \"%s\"，打 1 到 6"), typed);
	}
}

/* From when on the next of the row is called; he may be called before. */
static void put_due(const struct call_page *page, const struct owing_place *place, struct buf *out)
{
	char time[WHEN_TEXT];

	if (!owing_callee(place) || !place->next.due)
		return;
	when_short(place->next.due, page->now, time);
	if (place->next.due <= page->now)
		buf_text(out, _(" 现在该叫"));
	else
		buf_fmt(out, _(" %s该叫"), time);
}

static enum line_act once(struct calling *calling)
{
	struct talk *talk = calling->talk;
	const struct owing_place *place = call_page_place(&calling->page);
	struct buf question = {0}, answer = {0};

	talk->place.aim.ref = calling->page.record;

	call_page_row(&calling->page, place, &question);
	put_due(&calling->page, place, &question);
	buf_byte(&question, ' ');
	call_words_results(calling->page.owing.ask, CALL_RESULTS, &question);
	buf_byte(&question, ' ');
	buf_text(&question, _("m方式 p念稿 u撤 f换名单 =数字 回车跳过"));
	enum line_act act = line_choose(&talk->line, buf_cstr(&question), NULL,
		_("打一位数字就记下这次通话；m 换方式，p 念稿，u 撤回，f 换名单，= 看合计，< 返回"),
		&answer);
	const char *typed = buf_cstr(&answer);
	bool digit = *typed > '0' && *typed <= '0' + CALL_RESULTS && !typed[1];
	if (act == LINE_OK && digit)
		press(calling, (unsigned)(*typed - '0'));
	else if (act == LINE_OK)
		other(calling, typed);
	buf_release(&question);
	buf_release(&answer);
	return act;
}

/* Somebody has not answered: '>' goes to whom to call next. */
static bool some_left(struct calling *calling)
{
	const struct owing_place *place = call_page_place(&calling->page);

	if (place && place->answered) {
		call_page_next(&calling->page);
		place = call_page_place(&calling->page);
	}
	return place && !place->answered;
}

/* All have answered, but for places where there is nobody to call. */
static enum line_act over(struct calling *calling)
{
	struct call_page *page = &calling->page;
	struct line *line = &calling->talk->line;
	struct buf text = {0}, answer = {0};
	unsigned left = 0;

	for (unsigned n = 0; n < page->owing.count; n++) {
		if (page->owing.places[n].answered)
			continue;
		left++;
		buf_clear(&text);
		call_page_row(page, &page->owing.places[n], &text);
		line_say(line, "%s", buf_cstr(&text));
	}
	if (!left)
		line_say(line, "%s",
			page->owing.count
				? call_words_over(&page->owing, page->now, true, &calling->arena)
				: page->tally.list.empty);
	enum line_act act = LINE_BACK;
	if (page->done.at)
		act = line_choose(line, _("u撤 回车返回"), NULL, NULL, &answer);
	if (act == LINE_OK && !strcmp(buf_cstr(&answer), "u"))
		undo(calling);
	else if (act == LINE_OK && answer.len)
		line_bad(line, _("没有 \"%s\"，打列出的号码或字母"), buf_cstr(&answer));
	else if (act == LINE_OK)
		act = LINE_BACK;
	buf_release(&text);
	buf_release(&answer);
	return act;
}

enum line_act talk_call(struct talk *talk)
{
	return talk_call_about(talk, (struct ref){0, 0});
}

enum line_act talk_call_about(struct talk *talk, struct ref ref)
{
	struct calling calling = {.talk = talk, .page = {.record = ref, .by_line = true}};
	struct talk_place before = talk_stand(talk, "call", &(struct aim){.ref = ref});
	enum line_act act = load(&calling) ? LINE_OK : LINE_BACK;

	say_board(&calling);
	while (act == LINE_OK)
		act = some_left(&calling) ? once(&calling) : over(&calling);
	call_page_release(&calling.page);
	arena_release(&calling.arena);
	talk->place = before;
	return act == LINE_OK ? LINE_BACK : act;
}

/* ---- the warning */

static enum line_act sign(struct talk *talk, struct ref warning)
{
	const struct actor actor = talk_actor(talk);
	struct fault fault = {0};
	char said[ACTION_SAID];
	struct buf question = {0};

	if (!signing_waits(&actor, warning) && action_say_who(talk->store, warning, said)) {
		line_say(&talk->line, "%s", said);
		return LINE_OK;
	}
	signing_about(talk->store, warning, &question);
	if (!talk_agrees(talk, &question, _("：打 y 签收，其他不办")) ||
		!talk_prove_for(talk, kind_of(KIND_receipt), 0))
		return LINE_OK;
	if (action_sign(&actor, warning, said, &fault))
		line_bad(&talk->line, "%s", fault.text);
	else
		line_say(&talk->line, "%s", said);
	return LINE_OK;
}

static void say_owing(struct talk *talk, const struct warn_page *page)
{
	struct buf text = {0};

	for (unsigned n = 0; n < page->owing.count; n++) {
		if (page->owing.places[n].answered)
			continue;
		buf_clear(&text);
		warn_page_row(page, &page->owing.places[n], &text);
		line_say(&talk->line, "%s", buf_cstr(&text));
	}
	buf_release(&text);
}

/* The card for it is begun, or its steps are said. */
static enum line_act run_card(struct talk *talk, const struct warn_page *page)
{
	const struct card_run *run = &page->run;
	struct fault fault = {0};
	struct buf text = {0};
	enum line_act act = LINE_OK;

	if (run->response.seq)
		return run->tasks ? talk_rows(talk, kind_of(KIND_task), run->response)
				  : talk_record(talk, run->response);
	if (!run->card.seq)
		line_bad(&talk->line, "%s", plate_lacks(talk->store));
	else if (talk_good(talk,
			 plate_presets(talk->store, run->card, page->warning, &text, &fault),
			 &fault))
		act = talk_write(talk, &(struct draft){.kind = kind_of(KIND_response),
					       .presets = buf_cstr(&text)});
	buf_release(&text);
	return act;
}

static enum line_act ask_warning(struct talk *talk, struct warn_page *page)
{
	const char *labels[] = {_("签收"), _("没签的名单"), _("叫应"), _("全文和步骤"), _("念稿"),
		_("下一条预警"), _("处置卡"), _("危险区的户")};
	unsigned chosen;
	enum line_act act = line_menu(&talk->line, _("办什么？打号码，< 返回"), labels, "svJlpftz",
		countof(labels), &chosen);

	if (act != LINE_OK)
		return act;
	switch (chosen) {
	case 0:
		return sign(talk, page->warning);
	case 1:
		say_owing(talk, page);
		return LINE_OK;
	case 2:
		return talk_inner(talk_call(talk));
	case 3:
		return talk_inner(talk_record(talk, page->warning));
	case 4:
		talk_text(talk, page->warning);
		return LINE_OK;
	case 5:
		warn_page_turn(page);
		return LINE_OK;
	case 6:
		return talk_inner(run_card(talk, page));
	default:
		return talk_inner(talk_zones(talk, page->warning));
	}
}

enum line_act talk_warn(struct talk *talk)
{
	struct warn_page page = {.all = false};
	const struct actor actor = talk_actor(talk);
	enum line_act act = LINE_OK;

	while (act == LINE_OK) {
		struct arena arena = {0};
		struct fault fault = {0};

		if (warn_page_load(&page, &actor, &arena, &fault))
			line_bad(&talk->line, "%s", fault.text);
		warn_page_lay(&page, LINE_COLUMNS);
		say_tally(talk, &page.tally);
		talk->place.aim.ref = page.warning;
		if (!page.warning.seq)
			line_say(&talk->line, "%s", page.tally.list.empty);
		act = page.warning.seq ? ask_warning(talk, &page) : LINE_BACK;
		arena_release(&arena);
	}
	warn_page_release(&page);
	return act;
}
