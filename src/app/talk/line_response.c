/* SPDX-License-Identifier: GPL-3.0-or-later
 * The response in line mode: its steps by their numbers.
 */
#include <string.h>

#include "app/talk.h"
#include "model/kinds.h"
#include "screens/plate.h"
#include "screens/response_page.h"
#include "work/drafts.h"

struct responding {
	struct talk *talk;
	struct response_page page;
	struct arena arena;
};

static bool load(struct responding *at)
{
	const struct actor actor = talk_actor(at->talk);
	struct fault fault = {0};

	arena_release(&at->arena);
	if (!talk_good(at->talk, response_page_load(&at->page, &actor, &at->arena, &fault), &fault))
		return false;
	response_page_lay(&at->page, LINE_COLUMNS);
	return true;
}

static void say_all(struct responding *at)
{
	const struct tally *tally = &at->page.tally;
	struct buf text = {0};

	for (unsigned n = 0; n < tally->heads; n++)
		line_say(&at->talk->line, "%s", tally->head[n].text);
	for (unsigned n = 0; n < at->page.responses.step_count; n++) {
		response_page_row(&at->page, &at->page.responses.steps[n], &text);
		line_say(&at->talk->line, "%u. %s", n + 1, buf_cstr(&text));
		buf_clear(&text);
	}
	if (!at->page.responses.step_count)
		line_say(&at->talk->line, "%s", tally->list.empty);
	buf_release(&text);
}

static enum line_act tick(struct responding *at, const struct response_step *step)
{
	const struct actor actor = talk_actor(at->talk);
	struct fault fault = {0};
	bool yes = true;
	enum line_act act = LINE_OK;

	if (response_page_asks(step))
		act = line_yes(&at->talk->line, _("这一步是别人的，替他勾吗"), &yes);
	if (act != LINE_OK || !yes || !talk_prove_for(at->talk, kind_of(KIND_task), task_do_finish))
		return talk_inner(act);
	if (response_page_tick(&at->page, &actor, step, &fault))
		line_bad(&at->talk->line, "%s", fault.text);
	else
		line_say(&at->talk->line, "%s", at->page.said);
	return LINE_OK;
}

static enum line_act issue(struct responding *at)
{
	struct buf presets = {0};
	struct fault fault = {0};
	struct draft draft = {.kind = kind_of(KIND_response)};
	const struct ref none = {0, 0};
	enum line_act act = LINE_OK;

	if (at->page.card.seq &&
		talk_good(at->talk,
			plate_presets(at->talk->store, at->page.card, none, &presets, &fault),
			&fault))
		draft.presets = arena_text(&at->arena, buf_cstr(&presets));
	act = talk_new_of(at->talk, &draft);
	buf_release(&presets);
	return talk_inner(act);
}

static enum line_act pressed(struct responding *at, const char *typed)
{
	const struct response_on *on = response_page_on(&at->page);
	const struct response_step *step = response_page_nth(&at->page, line_number(typed));
	const struct response_step *look =
		*typed == 'l' ? response_page_nth(&at->page, line_number(typed + 1)) : NULL;

	if (step)
		return tick(at, step);
	if (look)
		return talk_inner(talk_record(at->talk, look->task));
	if (!strcmp(typed, "n"))
		return issue(at);
	if (on && !strcmp(typed, "t"))
		return talk_inner(talk_record(at->talk, on->ref));
	if (on && !strcmp(typed, "p"))
		talk_text(at->talk, on->ref);
	else if (!strcmp(typed, "f"))
		(void)response_page_turn(&at->page);
	else
		line_bad(&at->talk->line, _("没有 \"%s\"，打列出的号码或字母"), typed);
	return LINE_OK;
}

enum line_act talk_response(struct talk *talk)
{
	struct responding at = {.talk = talk};
	struct buf typed = {0};
	enum line_act act = LINE_OK;

	while (act == LINE_OK && load(&at)) {
		say_all(&at);
		act = line_choose(&talk->line,
			_("打号码勾完成，l号码看，n启动 t升降级终止 p小结 f下一个，回车返回"), NULL,
			NULL, &typed);
		if (act == LINE_OK && !typed.len)
			act = LINE_BACK;
		else if (act == LINE_OK)
			act = pressed(&at, buf_cstr(&typed));
	}
	response_page_release(&at.page);
	arena_release(&at.arena);
	buf_release(&typed);
	return act == LINE_OK ? LINE_BACK : act;
}
