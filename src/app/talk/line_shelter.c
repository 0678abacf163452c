/* SPDX-License-Identifier: GPL-3.0-or-later
 * A shelter in line mode: families checked in, one line each.
 */
#include <string.h>

#include "app/talk.h"
#include "model/kinds.h"
#include "screens/shelter_page.h"

struct keeping {
	struct talk *talk;
	struct shelter_page page;
	struct arena arena;
};

static bool load(struct keeping *at)
{
	const struct actor actor = talk_actor(at->talk);
	struct fault fault = {0};

	arena_release(&at->arena);
	if (!talk_good(at->talk, shelter_page_load(&at->page, &actor, &at->arena, &fault), &fault))
		return false;
	shelter_page_lay(&at->page, LINE_COLUMNS);
	return true;
}

static void say_all(struct keeping *at)
{
	const struct tally *tally = &at->page.tally;
	struct buf text = {0};

	for (unsigned n = 0; n < tally->heads; n++)
		line_say(&at->talk->line, "%s", tally->head[n].text);
	for (unsigned n = 0; n < at->page.lodgers.count; n++) {
		shelter_page_row(&at->page, &at->page.lodgers.list[n], &text);
		line_say(&at->talk->line, "%u. %s", n + 1, buf_cstr(&text));
		buf_clear(&text);
	}
	if (!at->page.lodgers.count)
		line_say(&at->talk->line, "%s", tally->list.empty);
	buf_release(&text);
}

static void said(struct keeping *at, enum rc rc, const struct fault *fault)
{
	if (rc)
		line_bad(&at->talk->line, "%s", fault->text);
	else
		line_say(&at->talk->line, "%s", at->page.said);
}

/* ---- families come in */

static bool means_one(const struct keeping *at)
{
	return (at->page.line.home || at->page.line.new_family) && at->page.line.people > 0;
}

static enum line_act take_family(struct keeping *at, const char *typed)
{
	const struct actor actor = talk_actor(at->talk);
	struct line *line = &at->talk->line;
	struct fault fault = {0};
	bool yes = true;
	enum line_act act = LINE_OK;

	shelter_page_typed(&at->page, at->talk->store, typed);
	line_say(line, "%s", at->page.match);
	if (!means_one(at))
		return LINE_OK;
	if (shelter_page_over(&at->page))
		act = line_yes(line, _("住不下了，仍然登记吗"), &yes);
	else
		act = line_sure(line, _("登记吗"), &yes);
	if (act != LINE_OK || !yes || !talk_prove_for(at->talk, kind_of(KIND_stay), 0))
		return talk_inner(act);
	said(at, shelter_page_check_in(&at->page, &actor, &fault), &fault);
	return LINE_OK;
}

static enum line_act take_families(struct keeping *at)
{
	struct buf question = {0}, typed = {0};
	enum line_act act = LINE_OK;

	if (!talk_may(at->talk, kind_of(KIND_stay), 0))
		return LINE_OK;
	while (act == LINE_OK && load(at)) {
		buf_clear(&question);
		buf_text(&question, _("登记到"));
		shelter_page_prompt(&at->page, &question);
		buf_text(&question, _("：组 姓名 几人，空行结束"));
		act = line_ask(&at->talk->line, buf_cstr(&question), NULL,
			_("汉字、拼音、首字母或安全码，次序随便"), &typed);
		if (act == LINE_OK && !typed.len)
			break;
		if (act == LINE_OK)
			act = take_family(at, buf_cstr(&typed));
	}
	buf_release(&question);
	buf_release(&typed);
	return talk_inner(act);
}

/* ---- the other keys */

static enum line_act tell(struct keeping *at)
{
	const struct actor actor = talk_actor(at->talk);
	struct fault fault = {0};
	struct buf typed = {0};

	if (!at->page.here || !talk_may(at->talk, kind_of(KIND_shelter), shelter_do_count))
		return LINE_OK;
	enum line_act act =
		line_ask(&at->talk->line, _("缺什么"), at->page.here->needs, NULL, &typed);
	bool yes = true;
	if (act == LINE_OK && !typed.len)
		act = line_yes(&at->talk->line, _("照现在的人数报吗？"), &yes);
	if (act == LINE_OK && yes &&
		talk_prove_for(at->talk, kind_of(KIND_shelter), shelter_do_count))
		said(at, shelter_page_tell(&at->page, &actor, buf_cstr(&typed), &fault), &fault);
	buf_release(&typed);
	return talk_inner(act);
}

static void undo(struct keeping *at)
{
	const struct actor actor = talk_actor(at->talk);
	struct fault fault = {0};

	said(at, shelter_page_undo(&at->page, &actor, &fault), &fault);
}

/* *YES: it is written, with nothing there only after a y. */
static enum line_act ask_word(struct keeping *at, const char *what, struct buf *told, bool *yes)
{
	enum line_act act = line_ask(&at->talk->line, what, NULL, NULL, told);

	*yes = act == LINE_OK;
	if (act == LINE_OK && !told->len)
		act = line_yes(&at->talk->line, _("空着记吗？"), yes);
	return act;
}

static enum line_act one_family(struct keeping *at, unsigned n)
{
	static const char *const asked[SHELTER_KEYS] = {
		[KEY_HELPED] = N_("发了什么(可空)"), [KEY_ELSEWHERE] = N_("去哪里")};
	const struct actor actor = talk_actor(at->talk);
	struct fault fault = {0};
	struct buf typed = {0}, told = {0};

	at->page.tally.list.at = n - 1;
	enum line_act act = line_ask(
		&at->talk->line, _("1已救助 2回家 3去别处 4看登记 回车返回"), NULL, NULL, &typed);
	unsigned key = act == LINE_OK ? line_number(buf_cstr(&typed)) : 0;
	if (key == SHELTER_KEYS)
		act = talk_record(at->talk, at->page.lodgers.list[n - 1].stay);
	bool yes = !key || key >= SHELTER_KEYS ||
		   talk_may(at->talk, kind_of(KIND_stay),
			   key == KEY_HELPED ? stay_do_help : stay_do_leave);
	if (yes && key && key < SHELTER_KEYS && asked[key])
		act = ask_word(at, _(asked[key]), &told, &yes);
	if (act == LINE_OK && yes && key && key < SHELTER_KEYS &&
		talk_prove_for(at->talk, kind_of(KIND_stay),
			key == KEY_HELPED ? stay_do_help : stay_do_leave))
		said(at,
			shelter_page_act(
				&at->page, &actor, (enum shelter_key)key, buf_cstr(&told), &fault),
			&fault);
	buf_release(&typed);
	buf_release(&told);
	return talk_inner(act);
}

static enum line_act pressed(struct keeping *at, const char *typed)
{
	unsigned n = line_number(typed);

	if (n && n <= at->page.lodgers.count)
		return one_family(at, n);
	if (!strcmp(typed, "i"))
		return take_families(at);
	if (!strcmp(typed, "b"))
		return tell(at);
	if (!strcmp(typed, "t"))
		return talk_inner(talk_record(at->talk, at->page.shelter));
	if (!strcmp(typed, "u"))
		undo(at);
	else if (!strcmp(typed, "v"))
		at->page.all = !at->page.all;
	else
		line_bad(&at->talk->line, _("没有 \"%s\"，打列出的号码或字母"), typed);
	return LINE_OK;
}

enum line_act talk_shelter(struct talk *talk, struct ref shelter)
{
	struct keeping at = {.talk = talk, .page = {.shelter = shelter}};
	struct talk_place before = talk_stand(talk, "shelter", &(struct aim){.ref = shelter});
	struct buf typed = {0};
	enum line_act act = LINE_OK;

	while (act == LINE_OK && load(&at)) {
		say_all(&at);
		act = line_choose(&talk->line, _("i登记 b报人数 号码选户 t开关 u撤 v全部 回车返回"),
			NULL, NULL, &typed);
		if (act == LINE_OK && !typed.len)
			act = LINE_BACK;
		else if (act == LINE_OK)
			act = pressed(&at, buf_cstr(&typed));
	}
	shelter_page_release(&at.page);
	arena_release(&at.arena);
	buf_release(&typed);
	talk->place = before;
	return act == LINE_OK ? LINE_BACK : act;
}
