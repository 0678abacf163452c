/* SPDX-License-Identifier: GPL-3.0-or-later
 * The round in line mode, and a check, an item a question.
 */
#include <stdlib.h>
#include <string.h>

#include "app/talk.h"
#include "base/memory.h"
#include "model/kinds.h"
#include "screens/check_page.h"
#include "screens/patrol_page.h"

/* ---- a check */

struct asking {
	struct talk *talk;
	struct checking checking;
	struct buf text;
};

static void say(struct asking *asking)
{
	if (asking->text.len)
		line_say(&asking->talk->line, "%s", buf_cstr(&asking->text));
	buf_clear(&asking->text);
}

static void keep(struct asking *asking)
{
	const struct actor actor = talk_actor(asking->talk);
	struct fault fault = {0};

	if (checking_keep(&asking->checking, &actor, &fault))
		line_bad(&asking->talk->line, "%s", fault.text);
}

/* What stands for something else than an answer. */
static bool aside(struct asking *asking, const char *typed)
{
	struct checking *checking = &asking->checking;
	const struct actor actor = talk_actor(asking->talk);
	struct fault fault = {0};

	if (!strcmp(typed, "u")) {
		if (!checking_back(checking))
			line_bad(&asking->talk->line, "%s", _("这是第一项"));
	} else if (!strcmp(typed, "m")) {
		if (checking_turn(checking, &actor, &fault))
			line_bad(&asking->talk->line, "%s", fault.text);
		else
			line_say(&asking->talk->line, "%s", checking->list.title);
	} else if (!strcmp(typed, "r")) {
		if (!checking_fetch(checking, &actor))
			line_bad(&asking->talk->line, "%s", _("没有留下没查完的"));
	} else if (!strncmp(typed, "d ", 2)) {
		if (!checking_note(checking, typed + 2))
			line_bad(&asking->talk->line, "%s", _("先答一项，再用 d 给它补一句"));
	} else {
		return false;
	}
	return true;
}

static void take(struct asking *asking, const char *typed)
{
	struct checking *checking = &asking->checking;
	const struct list_item *item = checking_item(checking);
	const struct actor actor = talk_actor(asking->talk);
	const char *why = _("打 y、n 或 a");

	if (aside(asking, typed))
		return;
	bool good = *item->reading ? checking_number(checking, &actor, typed, &why)
				   : *typed && !typed[1] && strchr("yna", *typed) &&
					     checking_answer(checking, *typed);
	if (good)
		keep(asking);
	else
		line_bad(&asking->talk->line, "%s", why);
}

static enum line_act ask_item(struct asking *asking)
{
	const struct list_item *item = checking_item(&asking->checking);
	struct buf answer = {0};

	check_page_item(&asking->checking, &asking->text);
	check_page_before(&asking->checking, store_now(asking->talk->store), &asking->text);
	buf_text(&asking->text, *item->reading ? _("。打数字，回车=没有读数 u上一项")
					       : _("。y是 n否 a不适用 u上一项"));
	enum line_act act = line_ask(&asking->talk->line, buf_cstr(&asking->text), NULL,
		_("d 加一句话补在刚答的一项，m 换检查表，r 取回上次没查完的，< "
		  "停在这里，答过的留着"),
		&answer);
	buf_clear(&asking->text);
	if (act == LINE_OK)
		take(asking, buf_cstr(&answer));
	buf_release(&answer);
	return act;
}

static void say_end(struct asking *asking)
{
	struct checking *checking = &asking->checking;
	const struct actor actor = talk_actor(asking->talk);
	int64_t now = store_now(asking->talk->store);

	check_page_sums(checking, now, &asking->text);
	say(asking);
	for (unsigned n = 0; check_page_number(checking, n, now, &asking->text); n++)
		say(asking);
	for (unsigned n = 0; check_page_no(checking, n, &asking->text); n++)
		say(asking);
	checking_told(checking, &actor, &asking->text);
	if (asking->text.len)
		line_say(&asking->talk->line, "! %s", buf_cstr(&asking->text));
	buf_clear(&asking->text);
}

/* The texts beside the answers: a digit, a blank and the text. */
static bool take_extra(struct asking *asking, const char *typed)
{
	const char *label;
	char *extra =
		*typed >= '1' && *typed <= '9' && typed[1] == ' '
			? check_page_extra(&asking->checking, (unsigned)(*typed - '1'), &label)
			: NULL;

	if (extra)
		bytes_into(extra,
			extra == asking->checking.rating ? sizeof asking->checking.rating
							 : CHECK_TEXT,
			bytes_text(typed + 2));
	return extra;
}

static enum line_act store_it(struct asking *asking)
{
	struct talk *talk = asking->talk;
	const struct actor actor = talk_actor(talk);
	unsigned made = checking_hazards(&asking->checking);
	struct fault fault = {0};
	struct ref ref;

	if (!talk_prove_for(talk, asking->checking.kind, 0))
		return LINE_OK;
	if (checking_commit(&asking->checking, &actor, &ref, &fault)) {
		line_bad(&talk->line, "%s", fault.text);
		return LINE_OK;
	}
	if (made)
		line_say(&talk->line, _("已存，立了%u条隐患"), made);
	else
		line_say(&talk->line, "%s", _("已存：无隐患"));
	return LINE_BACK;
}

static enum line_act ask_end(struct asking *asking)
{
	struct talk *talk = asking->talk;
	struct buf answer = {0};
	const char *label;

	say_end(asking);
	check_page_makes(&asking->checking, &asking->text);
	buf_text(&asking->text, _("。按 y 存，u 上一项"));
	if (check_page_extra(&asking->checking, 0, &label))
		buf_text(&asking->text, _("，1检查人员 2专家 3专家意见 4专家评价(例 2 李工)"));
	enum line_act act = line_ask(&talk->line, buf_cstr(&asking->text), NULL,
		_("y 存下这次检查和它立的隐患；< 不存，答过的留着"), &answer);
	buf_clear(&asking->text);
	const char *typed = buf_cstr(&answer);
	if (act == LINE_OK && !strcmp(typed, "y"))
		act = store_it(asking);
	else if (act == LINE_OK && !take_extra(asking, typed) && !aside(asking, typed))
		line_bad(&talk->line, _("没有 \"%s\"，按 y 存"), typed);
	buf_release(&answer);
	return act;
}

/* KEPT: it is gone on with. */
static enum line_act check(struct talk *talk, struct ref campaign, struct ref about, bool kept)
{
	struct asking *asking = memory_get(1, sizeof *asking);
	const struct actor actor = talk_actor(talk);
	struct talk_place before =
		talk_stand(talk, "checking", &(struct aim){.ref = about, .parent = campaign});
	struct fault fault = {0};
	unsigned answered;
	enum line_act act = LINE_OK;

	asking->talk = talk;
	if (checking_start(&asking->checking, &actor, about, campaign, &fault)) {
		line_bad(&talk->line, "%s", fault.text);
		act = LINE_BACK;
	} else {
		buf_text(&asking->text, _("查 "));
		check_page_title(&asking->checking, &asking->text);
		say(asking);
	}
	if (act == LINE_OK && kept && !checking_resume(&asking->checking, &actor))
		line_bad(&talk->line, "%s", _("没有留下没查完的"));
	else if (act == LINE_OK && !kept && checking_kept(&asking->checking, &actor, &answered))
		line_say(&talk->line, _("上次答了%u项没有存，r 取回"), answered);
	while (act == LINE_OK)
		act = checking_item(&asking->checking) ? ask_item(asking) : ask_end(asking);
	checking_release(&asking->checking);
	buf_release(&asking->text);
	free(asking);
	talk->place = before;
	return talk_inner(act);
}

enum line_act talk_check(struct talk *talk, const struct draft *draft)
{
	return check(talk, (struct ref){0, 0}, draft->parent, true);
}

/* ---- the round */

struct walking {
	struct talk *talk;
	struct patrol_page page;
	struct arena arena;
};

static bool load(struct walking *walking)
{
	const struct actor actor = talk_actor(walking->talk);
	struct fault fault = {0};

	arena_release(&walking->arena);
	if (!talk_good(walking->talk,
		    patrol_page_load(&walking->page, &actor, &walking->arena, &fault), &fault))
		return false;
	patrol_page_lay(&walking->page, LINE_COLUMNS);
	return true;
}

static void say_all(struct walking *walking)
{
	struct patrol_page *page = &walking->page;
	struct buf text = {0};

	for (unsigned n = 0; n < page->tally.heads; n++)
		line_say(&walking->talk->line, "%s", page->tally.head[n].text);
	for (unsigned n = 0; n < page->round.count; n++) {
		buf_fmt(&text, "%u ", n + 1);
		patrol_page_put(page, &page->round.rows[n], &text);
		line_say(&walking->talk->line, "%s", buf_cstr(&text));
		buf_clear(&text);
	}
	if (!page->round.count)
		line_say(&walking->talk->line, "%s", page->tally.list.empty);
	buf_release(&text);
}

/* Where a hazard is open that is no "all well" by itself. */
static bool sure(struct walking *walking, const struct round_row *row)
{
	struct buf doubt = {0};
	bool yes = true;

	patrol_page_doubt(walking->talk->store, row, &doubt);
	if (doubt.len) {
		line_say(&walking->talk->line, "%s", buf_cstr(&doubt));
		yes = line_yes(&walking->talk->line, _("仍记没有新隐患吗？"), &yes) == LINE_OK &&
		      yes;
	}
	buf_release(&doubt);
	return yes;
}

static void fine(struct walking *walking, const struct round_row *row)
{
	const struct actor actor = talk_actor(walking->talk);
	struct fault fault = {0};
	struct ref ref;

	if (!sure(walking, row))
		return;
	if (!talk_prove_for(walking->talk, checked_as(row->kind), 0))
		return;
	if (checking_fine(&actor, row->ref, &ref, &fault))
		line_bad(&walking->talk->line, "%s", fault.text);
	else
		line_say(&walking->talk->line, _("%s：已记无隐患"), row->title);
}

/* "3" begins a check of row 3, "0 3" notes that all is well there. */
static enum line_act choose(struct walking *walking, const char *typed)
{
	struct patrol_page *page = &walking->page;
	bool well = typed[0] == '0' && typed[1] == ' ';
	char *end;
	unsigned long n = strtoul(well ? typed + 2 : typed, &end, 10);

	if (*end || !n || n > page->round.count) {
		line_bad(&walking->talk->line, _("没有 \"%s\"，打前面的号码"), typed);
		return LINE_OK;
	}
	const struct round_row *row = &page->round.rows[n - 1];
	if (!talk_may(walking->talk, checked_as(row->kind), 0))
		return LINE_OK;
	if (!well)
		return check(walking->talk,
			page->round.which == ROUND_CAMPAIGN ? page->round.campaign
							    : (struct ref){0, 0},
			row->ref, false);
	fine(walking, row);
	return LINE_OK;
}

static enum line_act once(struct walking *walking)
{
	struct patrol_page *page = &walking->page;
	struct buf answer = {0};
	enum line_act act =
		line_choose(&walking->talk->line, _("打号码开始查，0 号码=无隐患，v 全部，f 专项"),
			NULL, _("例如 3 查第3处，0 3 记第3处无隐患；< 返回"), &answer);
	const char *typed = buf_cstr(&answer);

	if (act == LINE_OK && !strcmp(typed, "v"))
		page->turn = page->turn ? 0 : 1;
	else if (act == LINE_OK && !strcmp(typed, "f"))
		page->turn = page->round.campaign_count ? (page->turn < 2 ? 2 : page->turn + 1) : 0;
	else if (act == LINE_OK && *typed)
		act = choose(walking, typed);
	buf_release(&answer);
	if (act == LINE_OK) {
		if (!load(walking))
			return LINE_BACK;
		say_all(walking);
	}
	return act;
}

enum line_act talk_patrol(struct talk *talk)
{
	struct walking walking = {.talk = talk};
	enum line_act act = load(&walking) ? LINE_OK : LINE_BACK;

	if (act == LINE_OK) {
		line_say(&talk->line, _("巡查 %s"), walking.page.title);
		say_all(&walking);
	}
	while (act == LINE_OK)
		act = once(&walking);
	patrol_page_release(&walking.page);
	arena_release(&walking.arena);
	return act;
}
