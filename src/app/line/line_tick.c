/* SPDX-License-Identifier: GPL-3.0-or-later
 * Households told in line mode: one after the other, one digit each.
 */
#include <string.h>

#include "app/talk.h"
#include "model/kinds.h"
#include "screens/tick_page.h"

struct telling {
	struct talk *talk;
	struct tick_page page;
	struct arena arena;
};

static enum rc load(struct telling *telling, struct fault *fault)
{
	const struct actor actor = talk_actor(telling->talk);

	arena_release(&telling->arena);
	enum rc rc = tick_page_load(&telling->page, &actor, &telling->arena, fault);
	if (!rc)
		tick_page_lay(&telling->page, telling->talk->store, LINE_COLUMNS);
	return rc;
}

static void say_numbers(struct telling *telling)
{
	const struct tally *tally = &telling->page.tally;

	for (unsigned n = 0; n < tally->heads; n++)
		line_say(&telling->talk->line, "%s", tally->head[n].text);
	for (unsigned n = 0; n < tally->feet; n++)
		line_say(&telling->talk->line, "%s", tally->foot[n].text);
}

/* *REASON NULL: none was chosen. */
static enum line_act ask_reason(struct talk *talk, const char **reason)
{
	struct buf text = {0}, answer = {0};

	tick_reasons(&text);
	*reason = NULL;
	enum line_act act = line_ask(&talk->line, buf_cstr(&text), NULL, NULL, &answer);
	if (act == LINE_OK && answer.len == 1 && answer.at[0] > '0' && answer.at[0] <= '9')
		*reason = home_reason((unsigned)(answer.at[0] - '0'));
	if (act == LINE_OK && !*reason)
		line_say(&talk->line, "%s", _("没有记"));
	buf_release(&text);
	buf_release(&answer);
	return talk_inner(act);
}

static enum line_act tick(struct telling *telling, enum home_tick chosen)
{
	struct talk *talk = telling->talk;
	const struct actor actor = talk_actor(talk);
	const struct home_act act = {
		telling->page.warning, tick_page_home(&telling->page), chosen, ""};
	struct fault fault = {0};
	const char *reason = "";
	unsigned step = 0;
	const struct kind *kind = home_writes(&act, &step);
	enum line_act said = chosen == TICK_REFUSED ? ask_reason(talk, &reason) : LINE_OK;

	if (said != LINE_OK || !reason || !talk_prove_for(talk, kind, step))
		return said;
	if (tick_page_act(&telling->page, &actor, chosen, reason, &fault)) {
		line_bad(&talk->line, "%s", fault.text);
		return LINE_OK;
	}
	line_say(&talk->line, "%s", telling->page.said);
	if (load(telling, &fault))
		line_bad(&talk->line, "%s", fault.text);
	tick_page_next(&telling->page);
	return LINE_OK;
}

static void undo(struct telling *telling)
{
	const struct actor actor = talk_actor(telling->talk);
	struct fault fault = {0};

	if (tick_page_undo(&telling->page, &actor, &fault) || load(telling, &fault))
		line_bad(&telling->talk->line, "%s", fault.text);
	else
		line_say(&telling->talk->line, "%s", telling->page.said);
}

/* Only who lives where the warning is dangerous, or everybody again. */
static void turn_zones(struct telling *telling)
{
	struct fault fault = {0};

	if (!telling->page.homes.zones) {
		line_say(&telling->talk->line, "%s", _("这条预警在这里没有对应的危险区"));
		return;
	}
	for (unsigned n = 0; n < 2; n++) {
		telling->page.zones = !telling->page.zones;
		tick_page_sort(&telling->page);
		if (load(telling, &fault)) {
			line_bad(&telling->talk->line, "%s", fault.text);
			return;
		}
		if (tick_page_home(&telling->page))
			break;
		line_say(&telling->talk->line, "%s", telling->page.tally.list.empty);
	}
	say_numbers(telling);
}

/* The next warning in force. */
static void turn_warning(struct telling *telling)
{
	struct fault fault = {0};

	if (!tick_page_turn(&telling->page)) {
		line_say(&telling->talk->line, "%s", _("没有别的生效的预警"));
		return;
	}
	if (load(telling, &fault)) {
		line_bad(&telling->talk->line, "%s", fault.text);
		return;
	}
	line_say(&telling->talk->line, _("到户 %s"), telling->page.title);
	say_numbers(telling);
}

/* A household that is on nobody's list; then it is asked about as the others. */
static enum line_act add_home(struct telling *telling)
{
	struct fault fault = {0};
	enum line_act act = talk_inner(
		talk_new_of(telling->talk, &(struct draft){.kind = kind_of(KIND_household)}));

	tick_page_sort(&telling->page);
	if (load(telling, &fault))
		line_bad(&telling->talk->line, "%s", fault.text);
	return act;
}

/* What is no digit, and writes no record. */
static void other(struct telling *telling, const char *typed)
{
	if (!*typed)
		tick_page_next(&telling->page);
	else if (!strcmp(typed, "u"))
		undo(telling);
	else if (!strcmp(typed, "="))
		say_numbers(telling);
	else if (!strcmp(typed, "z"))
		turn_zones(telling);
	else if (!strcmp(typed, "f"))
		turn_warning(telling);
	else
		line_bad(&telling->talk->line, _("没有 \"%s\"，打 1 到 6"), typed);
}

/* One household: what is known, and the digit. */
static enum line_act once(struct telling *telling)
{
	struct talk *talk = telling->talk;
	const struct home *home = tick_page_home(&telling->page);
	struct buf question = {0}, answer = {0};

	tick_page_row(&telling->page, talk->store, home, &question);
	buf_text(&question, _("。1告知 2动身 3到 4拒 5不在 6要帮 u撤 n加户 =数字 回车跳过"));
	enum line_act act = line_choose(&talk->line, buf_cstr(&question), NULL,
		_("打一位数字就记下；u 撤回刚记的一户，n 登记名单上没有的户，= "
		  "看合计，z 只列危险区的户，f 下一条预警，< 返回"),
		&answer);
	const char *typed = buf_cstr(&answer);
	if (act == LINE_OK && !strcmp(typed, "n"))
		act = add_home(telling);
	else if (act == LINE_OK && *typed >= '1' && *typed < '0' + TICKS && !typed[1])
		act = tick(telling, (enum home_tick)(*typed - '0'));
	else if (act == LINE_OK)
		other(telling, typed);
	buf_release(&question);
	buf_release(&answer);
	return act;
}

/* There is none to ask about any more: of those that stand here. */
static enum line_act ask_first(struct telling *telling)
{
	struct line *line = &telling->talk->line;
	struct buf answer = {0};

	line_say(line, "%s", telling->page.tally.list.empty);
	enum line_act act = line_choose(
		line, _("n加户 u撤 z危险区 f下一条预警 =数字 回车返回"), NULL, NULL, &answer);
	const char *typed = buf_cstr(&answer);
	if (act == LINE_OK && !*typed)
		act = LINE_BACK;
	else if (act == LINE_OK && !strcmp(typed, "n"))
		act = add_home(telling);
	else if (act == LINE_OK && strchr("uzf=", *typed) && !typed[1])
		other(telling, typed);
	else if (act == LINE_OK)
		line_bad(line, _("没有 \"%s\"，打列出的号码或字母"), typed);
	buf_release(&answer);
	return act;
}

/* Somebody is still to be reached: '>' goes to where. */
static bool some_left(struct telling *telling)
{
	const struct home *home = tick_page_home(&telling->page);

	if (home && !home_undone(home->status)) {
		tick_page_next(&telling->page);
		home = tick_page_home(&telling->page);
	}
	return home && home_undone(home->status);
}

static enum line_act tell(struct telling *telling)
{
	struct talk *talk = telling->talk;
	struct fault fault = {0};
	enum line_act act = LINE_OK;
	const struct aim aim = {.ref = telling->page.warning,
		.parent = telling->page.point,
		.zones = telling->page.zones};
	struct talk_place before = talk_stand(talk, "tick", &aim);

	telling->page.by_line = true;
	if (load(telling, &fault))
		line_bad(&talk->line, "%s", fault.text);
	line_say(&talk->line, _("到户 %s"), telling->page.title ? telling->page.title : "");
	say_numbers(telling);
	while (act == LINE_OK)
		act = some_left(telling) ? once(telling) : ask_first(telling);
	tick_page_release(&telling->page);
	arena_release(&telling->arena);
	talk->place = before;
	return act;
}

enum line_act talk_tick(struct talk *talk)
{
	return tell(&(struct telling){.talk = talk});
}

enum line_act talk_zones(struct talk *talk, struct ref warning)
{
	return tell(&(struct telling){.talk = talk, .page = {.warning = warning, .zones = true}});
}

enum line_act talk_homes_at(struct talk *talk, struct ref warning, struct ref point)
{
	return tell(&(struct telling){.talk = talk, .page = {.warning = warning, .point = point}});
}
