/* SPDX-License-Identifier: GPL-3.0-or-later
 * Choosing in line mode: by number, or by words that name one thing; and yes or no.
 */
#include "ui/line.h"

#include <string.h>

/* The items of a pick; its first column is the number that say_page writes itself. */
static void say_choices(struct line *line, struct pick *pick, unsigned from)
{
	const char *label, *value;
	bool below;

	for (unsigned n = from;
		n < from + LINE_PAGE && (label = pick_shown(pick, n, &value, &below)); n++)
		line_say(line, "%u. %s%s%s", n + 1,
			pick->list.rows[pick->list.order[n]].marked ? "* " : "", label,
			below ? " ..." : "");
	if (from + LINE_PAGE < pick->list.shown)
		line_say(line, _("还有 %u 条。更多？"), pick->list.shown - from - LINE_PAGE);
}

static void take_value(struct pick *pick, const char *value)
{
	buf_clear(&pick->value);
	buf_text(&pick->value, value);
}

/* A number typed at a choice. True: it is taken. */
static bool take_number(struct line *line, struct pick *pick, const char *text)
{
	unsigned number = line_number(text);
	const char *value;
	bool below;

	if (pick->several && pick_numbers(pick, text))
		return true;
	if (number == 0 || !pick_shown(pick, number - 1, &value, &below)) {
		line_bad(line, _("没有第 \"%s\" 项"), text);
		return false;
	}
	if (below) {
		pick_open(pick, number - 1);
		return false;
	}
	take_value(pick, value);
	return true;
}

/* Words typed at a choice. True: they name one thing, or are taken as they are. */
static bool take_words(struct line *line, struct pick *pick, const char *typed)
{
	const char *value;
	bool below;
	unsigned at;

	pick_type(pick, typed);
	bool named = pick_named(pick, typed, &at);
	const char *label = pick_shown(pick, at, &value, &below);
	if (named) {
		line_say(line, "%s", label);
		take_value(pick, value);
		return true;
	}
	if (label)
		return false;
	if (pick->free) {
		take_value(pick, typed);
		return true;
	}
	line_bad(line, _("没有 \"%s\""), typed);
	pick_type(pick, "");
	return false;
}

enum line_act line_pick(struct line *line, struct pick *pick)
{
	struct buf answer = {0};
	unsigned from = 0;
	enum line_act act = LINE_OK;
	bool taken = false;

	while (!taken) {
		say_choices(line, pick, from);
		act = line_ask(line,
			pick->several ? _("打号码，几个之间用空格") : _("打号码或名称"), NULL,
			_("打号码选一项，直接回车看下一页，打字查找，< 返回"), &answer);
		const char *text = buf_cstr(&answer);
		if (act == LINE_BACK && pick_up(pick)) {
			from = 0;
			continue;
		}
		if (act != LINE_OK)
			break;
		if (!*text) {
			from = from + LINE_PAGE < pick->list.shown ? from + LINE_PAGE : 0;
			continue;
		}
		from = 0;
		taken = strspn(text, "0123456789 ,") == strlen(text) ? take_number(line, pick, text)
								     : take_words(line, pick, text);
	}
	buf_release(&answer);
	return act;
}

/* ---- yes or no */

/* False: it is neither. */
static bool yes_or_no(const char *typed, bool *yes)
{
	static const char *const answers[] = {
		"是", "y", "yes", "1", "否", "n", "no", "0"}; /* zh: also typed */

	for (size_t n = 0; n < countof(answers); n++) {
		if (strcasecmp(typed, answers[n]) == 0) {
			*yes = n < countof(answers) / 2;
			return true;
		}
	}
	return false;
}

/* NOW (may be NULL): what an empty answer means, that is no. */
static enum line_act ask_yes(struct line *line, const char *question, const char *now, bool *yes)
{
	struct buf answer = {0};
	enum line_act act;

	*yes = false;
	while ((act = line_ask(line, question, now, _("打 y（是）或 n（否）"), &answer)) ==
		LINE_OK) {
		if ((now && !answer.len) || yes_or_no(buf_cstr(&answer), yes))
			break;
		line_bad(line, "%s", _("只能答 y（是）或 n（否）"));
	}
	buf_release(&answer);
	return act;
}

enum line_act line_yes(struct line *line, const char *question, bool *yes)
{
	return ask_yes(line, question, _("否"), yes);
}

enum line_act line_sure(struct line *line, const char *question, bool *yes)
{
	return ask_yes(line, question, NULL, yes);
}
