/* SPDX-License-Identifier: GPL-3.0-or-later
 * Marks item by item, and a quiz, in line mode: an item a question.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/talk.h"
#include "base/memory.h"
#include "model/kinds.h"
#include "screens/judge_page.h"

/* ---- marks */

struct asking {
	struct talk *talk;
	struct judging judging;
	struct buf text;
};

static void keep(struct asking *asking)
{
	const struct actor actor = talk_actor(asking->talk);
	struct fault fault = {0};

	if (judging_keep(&asking->judging, &actor, &fault))
		line_bad(&asking->talk->line, "%s", fault.text);
}

/* What stands for something else than a mark. */
static bool aside(struct asking *asking, const char *typed)
{
	struct judging *judging = &asking->judging;
	const struct actor actor = talk_actor(asking->talk);

	if (!strcmp(typed, "u")) {
		if (!judging_back(judging))
			line_bad(&asking->talk->line, "%s", _("这是第一项"));
	} else if (!strcmp(typed, "r")) {
		if (!judging_fetch(judging, &actor))
			line_bad(&asking->talk->line, "%s", _("没有留下没评完的"));
	} else if (!strncmp(typed, "d ", 2)) {
		if (!judging_note(judging, typed + 2))
			line_bad(&asking->talk->line, "%s", _("先评一项，再用 d 给它补一句"));
		keep(asking);
	} else {
		return false;
	}
	return true;
}

/* "B", "b", "2"; "C 对讲机没电" with its note. */
static void take(struct asking *asking, const char *typed)
{
	struct judging *judging = &asking->judging;
	char mark = *typed;

	if (aside(asking, typed))
		return;
	if (mark >= 'a' && mark <= 'd')
		mark = (char)(mark - 'a' + 'A');
	else if (mark >= '1' && mark <= '4')
		mark = (char)(mark - '1' + 'A');
	if (!mark || (typed[1] && typed[1] != ' ') || !judging_mark(judging, mark)) {
		line_bad(&asking->talk->line, "%s", _("打 A、B、C 或 D"));
		return;
	}
	if (typed[1])
		(void)judging_note(judging, typed + 2);
	keep(asking);
}

static enum line_act ask_item(struct asking *asking)
{
	struct buf answer = {0};

	judge_page_item(&asking->judging, &asking->text);
	buf_text(&asking->text, " ");
	judge_page_marks(&asking->text);
	buf_text(&asking->text, _(" u上一项"));
	enum line_act act = line_ask(&asking->talk->line, buf_cstr(&asking->text), NULL,
		_("字母后面空一格可以补一句，如 C 对讲机没电；r 取回上次没评完的，< "
		  "停在这里，评过的留着"),
		&answer);
	buf_clear(&asking->text);
	if (act == LINE_OK)
		take(asking, buf_cstr(&answer));
	buf_release(&answer);
	return act;
}

static enum line_act store_it(struct asking *asking)
{
	struct talk *talk = asking->talk;
	const struct judging *judging = &asking->judging;
	const struct actor actor = talk_actor(talk);
	struct fault fault = {0};

	if (!talk_prove_for(talk, judging->kind, judging->about.seq ? drill_do_evaluate : 0))
		return LINE_OK;
	if (judging_commit(&asking->judging, &actor, &fault)) {
		line_bad(&talk->line, "%s", fault.text);
		return LINE_OK;
	}
	line_say(&talk->line, "%s", _("已存评估"));
	return LINE_BACK;
}

static enum line_act ask_end(struct asking *asking)
{
	struct line *line = &asking->talk->line;
	struct buf answer = {0};

	judge_page_sum(&asking->judging, &asking->text);
	line_say(line, "%s", buf_cstr(&asking->text));
	buf_clear(&asking->text);
	judging_problems(&asking->judging, &asking->text);
	if (asking->text.len)
		line_say(line, "%s", buf_cstr(&asking->text));
	buf_clear(&asking->text);
	enum line_act act = line_ask(line, _("按 y 存，u 上一项，d 一句话补在最后一项"), NULL,
		_("y 存下评估和它立的问题；< 不存，评过的留着"), &answer);
	const char *typed = buf_cstr(&answer);
	if (act == LINE_OK && !strcmp(typed, "y"))
		act = store_it(asking);
	else if (act == LINE_OK && !aside(asking, typed))
		line_bad(line, _("没有 \"%s\"，按 y 存"), typed);
	buf_release(&answer);
	return act;
}

static enum line_act judge(struct talk *talk, struct ref drill, const char *type)
{
	struct asking *asking = memory_get(1, sizeof *asking);
	const struct actor actor = talk_actor(talk);
	struct fault fault = {0};
	struct aim aim = {.ref = drill};
	enum rc rc;
	enum line_act act = LINE_OK;

	snprintf(aim.text, sizeof aim.text, "%s", type);
	struct talk_place before = talk_stand(talk, "judging", &aim);
	asking->talk = talk;
	rc = drill.seq ? judging_start(&asking->judging, &actor, drill, &fault)
		       : judging_start_self(&asking->judging, &actor, type, &fault);
	if (rc) {
		line_bad(&talk->line, "%s", fault.text);
		act = LINE_BACK;
	} else {
		judge_page_title(&asking->judging, &asking->text);
		line_say(&talk->line, "%s", buf_cstr(&asking->text));
		buf_clear(&asking->text);
	}
	if (act == LINE_OK && judging_kept(&asking->judging, &actor))
		line_say(&talk->line, "%s", _("上次没评完，r 取回"));
	while (act == LINE_OK)
		act = judging_item(&asking->judging) ? ask_item(asking) : ask_end(asking);
	judging_release(&asking->judging);
	buf_release(&asking->text);
	free(asking);
	talk->place = before;
	return talk_inner(act);
}

enum line_act talk_judge(struct talk *talk, struct ref drill)
{
	return judge(talk, drill, "");
}

enum line_act talk_selfcheck(struct talk *talk, const char *type)
{
	return judge(talk, (struct ref){0, 0}, type);
}

/* ---- a quiz */

static enum line_act ask_question(struct talk *talk, struct quiz *quiz)
{
	struct buf text = {0}, typed = {0};

	quiz_page_question(quiz, &text);
	line_say(&talk->line, "%s", buf_cstr(&text));
	buf_clear(&text);
	for (unsigned n = 0; quiz_page_option(quiz, n, &text); n++) {
		line_say(&talk->line, "%s", buf_cstr(&text));
		buf_clear(&text);
	}
	enum line_act act = line_ask(&talk->line, _("打答案的号码，< 停"), NULL, NULL, &typed);
	if (act == LINE_OK && !quiz_answer(quiz, line_number(buf_cstr(&typed))))
		line_bad(&talk->line, "%s", _("打答案前面的数字"));
	else if (act == LINE_OK)
		quiz_page_last(quiz, &text);
	if (text.len)
		line_say(&talk->line, "%s", buf_cstr(&text));
	buf_release(&text);
	buf_release(&typed);
	return act;
}

static enum line_act keep_score(struct talk *talk, struct quiz *quiz)
{
	const struct actor actor = talk_actor(talk);
	struct buf text = {0};
	struct fault fault = {0};
	struct ref made;
	bool yes = false;

	quiz_page_sum(quiz, store_now(talk->store), &text);
	line_say(&talk->line, "%s", buf_cstr(&text));
	buf_release(&text);
	enum line_act act = line_sure(&talk->line, _("存成培训记录"), &yes);
	if (act != LINE_OK || !yes || !talk_prove_for(talk, kind_of(KIND_training), 0))
		return LINE_BACK;
	if (quiz_commit(quiz, &actor, &made, &fault))
		line_bad(&talk->line, "%s", fault.text);
	else
		line_say(&talk->line, _("已存成绩%u分"), quiz_score(quiz));
	return LINE_BACK;
}

enum line_act talk_quiz(struct talk *talk)
{
	struct quiz *quiz = memory_get(1, sizeof *quiz);
	const struct actor actor = talk_actor(talk);
	struct fault fault = {0};
	enum line_act act = LINE_OK;

	if (quiz_start(quiz, &actor, "grid", &fault)) {
		line_bad(&talk->line, "%s", fault.text);
		act = LINE_BACK;
	} else {
		line_say(&talk->line, "%s", quiz->list.title);
	}
	while (act == LINE_OK)
		act = quiz_asks(quiz) ? ask_question(talk, quiz) : keep_score(talk, quiz);
	quiz_release(quiz);
	free(quiz);
	return talk_inner(act);
}
