/* SPDX-License-Identifier: GPL-3.0-or-later
 * A form in line mode: one question a field, in words how far one is, everything once more before
 * saving.
 */
#include "ui/line.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "ui/form/form_parts.h"

enum { SHOWN_AT_ONCE = 10 };

enum after { AFTER_STAY, AFTER_ON, AFTER_BACK, AFTER_LEAVE, AFTER_FINISH, AFTER_STOP };

static const char *const field_help =
	N_("直接回车不变，- 清空，< 上一项，<< 离开，. 跳到最后，? 说明；长文字行末打 \\ 可续行");

static void question_of(const struct form *form, unsigned place, struct buf *out)
{
	const struct form_field *field = &form->fields[place];

	buf_fmt(out, _("第 %u 项，共 %u 项：%s%s"), place + 1, form->count, _(field->field->label),
		field->must ? _("（必填）") : "");
	if (field->last)
		buf_fmt(out, _("(上次%s，空=不知，=同上次)"), field->last);
	if (field->note)
		buf_fmt(out, "(%s)", field->note);
}

/* A line that ends with '\' goes on in the next one. */
static enum line_act more_lines(struct line *line, struct buf *answer)
{
	struct buf next = {0};
	enum line_act act = LINE_OK;

	while (act == LINE_OK && answer->len > 0 && answer->at[answer->len - 1] == '\\') {
		answer->at[answer->len - 1] = '\n';
		act = line_ask(line, _("续行："), NULL, NULL, &next);
		if (act == LINE_OK)
			buf_put(answer, next.at, next.len);
	}
	buf_release(&next);
	return act;
}

/* The new text of field PLACE is kept if it is right; else the old one stays. */
static enum after take(struct line *line, struct form *form, unsigned place, const char *text)
{
	struct form_field *field = &form->fields[place];
	struct buf shown = {0};
	char *was = memory_text(edit_text(&field->edit));

	edit_set(&field->edit, text);
	bool good = form_check_field(form, place);
	if (good && strlen(text) > field->edit.text.len) {
		line_bad(line, _("这一项最多 %zu 个字"), field->edit.most / 3);
		good = false;
	} else if (!good) {
		line_bad(line, "%s", form->why);
	}
	if (good) {
		form_show(form, place, &shown);
		line_say(line, "%s: %s", _(field->field->label),
			shown.len ? buf_cstr(&shown) : _("空"));
		if (form->ways.kept)
			form->ways.kept(form->ways.to, form);
	} else {
		edit_set(&field->edit, was);
		field->bad = false;
		form->why[0] = '\0';
	}
	free(was);
	buf_release(&shown);
	return good ? AFTER_ON : AFTER_STAY;
}

static enum after frame_fill(
	struct line *line, struct form *form, unsigned place, struct pick *pick)
{
	enum line_act act = line_pick(line, pick);

	if (act != LINE_OK)
		return act == LINE_END ? AFTER_STOP : AFTER_STAY;
	return take(line, form, place, pick_value(pick));
}

/* Digits that are a code of the list as it stands mean that code, where the list is too long to
 * have been said; else the line of that number, 02 as well as 2: as on the screen. */
static bool is_own_code(struct pick *pick, const char *words)
{
	const char *value;
	bool below, same = false;

	for (unsigned n = 0;
		pick->list.shown > SHOWN_AT_ONCE && !same && pick_shown(pick, n, &value, &below);
		n++)
		same = strcmp(value, words) == 0;
	return same;
}

/* Words typed at a choice: the one thing they name, or a list of what fits. */
static enum after choose_by_words(
	struct line *line, struct form *form, unsigned place, struct pick *pick, const char *words)
{
	const char *value;
	bool below;
	unsigned at;

	if (pick_is_code(pick, words))
		return take(line, form, place, words);
	if (strspn(words, "0123456789 ,") == strlen(words) && !is_own_code(pick, words)) {
		unsigned number = (unsigned)strtoul(words, NULL, 10);

		if (pick->several && pick_numbers(pick, words))
			return take(line, form, place, pick_value(pick));
		if (number > 0 && !pick->several && pick_shown(pick, number - 1, &value, &below) &&
			!below)
			return take(line, form, place, value);
		if (number > 0 && pick_open(pick, number - 1))
			return frame_fill(line, form, place, pick);
	}
	pick_type(pick, words);
	if (pick->list.shown == 0)
		return take(line, form, place, words);
	if (pick_named(pick, words, &at) && pick_shown(pick, at, &value, &below))
		return take(line, form, place, value);
	return frame_fill(line, form, place, pick);
}

static void list_few(struct line *line, struct pick *pick)
{
	const char *label, *value;
	bool below;

	if (pick->list.shown > SHOWN_AT_ONCE)
		return;
	for (unsigned n = 0; (label = pick_shown(pick, n, &value, &below)); n++)
		line_say(line, "%u. %s%s", n + 1, label, below ? " ..." : "");
}

static enum after answered(
	struct line *line, struct form *form, unsigned place, struct pick *pick, struct buf *answer)
{
	struct form_field *field = &form->fields[place];
	const char *text = buf_cstr(answer);

	if (!*text || strcmp(text, ".") == 0) {
		bool blank = field->edit.text.len == 0;

		if (*text)
			return AFTER_FINISH;
		if (!field->must || !blank)
			return AFTER_ON;
		line_bad(line, _("%s：必填"), _(field->field->label));
		return AFTER_STAY;
	}
	if (strcmp(text, "-") == 0)
		return take(line, form, place, "");
	if (strcmp(text, "=") == 0 && form_same(field))
		return take(line, form, place, form_same(field));
	if (pick)
		return choose_by_words(line, form, place, pick, text);
	if (field->field->type == T_LONG && more_lines(line, answer) == LINE_END)
		return AFTER_STOP;
	return take(line, form, place, buf_cstr(answer));
}

/* '?' lists the choices of a field that has them, else the rules of answering. */
static enum after ask_field(struct line *line, struct form *form, unsigned place)
{
	struct buf question = {0}, now = {0}, answer = {0};
	struct pick *pick = NULL;
	enum after after = AFTER_STAY;

	question_of(form, place, &question);
	form_show(form, place, &now);
	if (form_choices(form, place, &pick))
		list_few(line, pick);
	enum line_act act =
		line_ask(line, buf_cstr(&question), buf_cstr(&now), _(field_help), &answer);
	if (act == LINE_OK && !strcmp(buf_cstr(&answer), "<<"))
		after = AFTER_LEAVE;
	else if (act == LINE_OK)
		after = answered(line, form, place, pick, &answer);
	else
		after = act == LINE_BACK ? AFTER_BACK : AFTER_STOP;
	if (after == AFTER_BACK && place > 0)
		line_say(line, "%s", _("退到上一项；<< 离开这张表"));
	form_free_pick(form);
	buf_release(&question);
	buf_release(&now);
	buf_release(&answer);
	return after;
}

static void say_all(struct line *line, struct form *form)
{
	for (unsigned n = 0; n < form->count; n++) {
		struct buf shown = {0};

		form_show(form, n, &shown);
		if (shown.len > 0)
			line_say(line, "%s: %s", _(form->fields[n].field->label), buf_cstr(&shown));
		else if (form_same(&form->fields[n]))
			line_say(line, _("%s: 空着，按上次%s"), _(form->fields[n].field->label),
				form_same(&form->fields[n]));
		buf_release(&shown);
	}
}

/* The end of the form. AFTER_ON: save; AFTER_BACK: give up; AFTER_STAY: form->at is the field to go
 * to. */
static enum after ask_save(struct line *line, struct form *form)
{
	bool yes;

	if (!form_check(form)) {
		line_bad(line, "%s", form->why);
		return AFTER_STAY;
	}
	say_all(line, form);
	enum line_act act = line_sure(line, _("保存吗？打 y 保存，n 不保存"), &yes);
	if (act == LINE_BACK) {
		form->at = form->count - 1;
		return AFTER_STAY;
	}
	if (act == LINE_END)
		return AFTER_STOP;
	return yes ? AFTER_ON : AFTER_BACK;
}

/* The next field that may be changed, from PLACE on in the direction of BY; -1 before the first. */
static int field_from(const struct form *form, int place, int by)
{
	while (place >= 0 && place < (int)form->count && form->fields[place].fixed)
		place += by;
	return place;
}

enum line_act line_form(struct line *line, struct form *form)
{
	int at = field_from(
		form, (int)form->at, 1); /* as on the screen: where it lies is taken as here */

	for (;;) {
		bool end = at >= (int)form->count;
		enum after after = end ? ask_save(line, form) : ask_field(line, form, (unsigned)at);

		if (after == AFTER_STOP)
			return LINE_END;
		if (after == AFTER_ON && end)
			return LINE_OK;
		if (after == AFTER_LEAVE || (after == AFTER_BACK && end))
			return LINE_BACK;
		if (after == AFTER_STAY && end)
			at = (int)form->at;
		else if (after == AFTER_ON)
			at = field_from(form, at + 1, 1);
		else if (after == AFTER_FINISH)
			at = (int)form->count;
		else if (after == AFTER_BACK && (at = field_from(form, at - 1, -1)) < 0)
			return LINE_BACK;
	}
}
