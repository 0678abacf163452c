/* SPDX-License-Identifier: GPL-3.0-or-later
 * Marks item by item, and a quiz, as texts.
 */
#include "screens/judge_page.h"

#include <string.h>

#include "model/codes.h"
#include "model/kinds.h"
#include "screens/display.h"

enum { SHOWN = 20, TEN = 10 };

static void put_words(struct bytes text, struct buf *out)
{
	struct buf whole = {0};

	buf_put(&whole, text.at, text.len);
	display_text(buf_cstr(&whole), out);
	buf_release(&whole);
}

static const char *mark_name(char mark)
{
	const struct code *code = code_find("mark", (char[]){mark, 0});

	return code ? code_label(code) : "";
}

void judge_page_title(const struct judging *judging, struct buf *out)
{
	display_text(judging->title, out);
	buf_text(out, "  ");
	display_text(judging->list.title, out);
	buf_fmt(out, " %s", judging->list.version);
}

void judge_page_item(const struct judging *judging, struct buf *out)
{
	const struct list_item *item = judging_item(judging);

	if (!item)
		return;
	buf_fmt(out, "%u/%u ", judging->count + 1, judging->list.items);
	put_words(item->text, out);
}

void judge_page_marks(struct buf *out)
{
	for (const char *mark = "ABCD"; *mark; mark++)
		buf_fmt(out, "%s%c%s%s", *mark == 'A' ? "" : " ", *mark, display_gap(),
			mark_name(*mark));
}

void judge_page_progress(const struct judging *judging, struct buf *out)
{
	unsigned count = judging->count;

	for (unsigned n = count > SHOWN ? count - SHOWN : 0; n < count; n++)
		buf_fmt(out, "%u%c%s ", n + 1, judging->mark[n], *judging->note[n] ? "+" : "");
	if (count < judging->list.items)
		buf_fmt(out, "%u_", count + 1);
}

void judge_page_sum(const struct judging *judging, struct buf *out)
{
	buf_fmt(out, _("%u项评完：平均%u分 %s "), judging->count, judging_points(judging),
		mark_name(judging_grade(judging)));
	for (const char *mark = "ABCD"; *mark; mark++) {
		unsigned count = 0;

		for (unsigned n = 0; n < judging->count; n++)
			count += judging->mark[n] == *mark;
		buf_fmt(out, " %c%u", *mark, count);
	}
}

void judge_page_makes(const struct judging *judging, struct buf *out)
{
	struct buf problems = {0};
	unsigned count = 0;

	judging_problems(judging, &problems);
	for (const char *at = buf_cstr(&problems); *at; at += strcspn(at, "\n"), at += *at == '\n')
		count++;
	buf_release(&problems);
	if (count)
		buf_fmt(out, _("问题%u条，^O 一起存"), count);
	else
		buf_text(out, _("没有问题，^O 存"));
}

/* ---- a quiz */

void quiz_page_question(const struct quiz *quiz, struct buf *out)
{
	const struct quiz_question *asked = quiz_asks(quiz);

	if (!asked)
		return;
	buf_fmt(out, "%u/%u ", quiz->questions - quiz->waiting + 1, quiz->questions);
	put_words(asked->text, out);
}

bool quiz_page_option(const struct quiz *quiz, unsigned n, struct buf *out)
{
	const struct quiz_question *asked = quiz_asks(quiz);

	if (!asked || n >= asked->options)
		return false;
	buf_fmt(out, "  %u ", n + 1);
	put_words(asked->option[n], out);
	return true;
}

void quiz_page_last(const struct quiz *quiz, struct buf *out)
{
	if (!quiz->last)
		return;
	const struct quiz_question *asked = &quiz->question[quiz->last - 1];

	buf_text(out, quiz->last_right ? _("上一题对") : _("上一题错，过后再问。对的是："));
	if (!quiz->last_right)
		put_words(asked->option[asked->right - 1], out);
}

void quiz_page_sum(const struct quiz *quiz, int64_t now, struct buf *out)
{
	unsigned tenths = quiz_tenths(quiz, now);

	buf_fmt(out, _("%u题都答对了：一次答对%u题 %u分 学时%u.%u"), quiz->questions, quiz->right,
		quiz_score(quiz), tenths / TEN, tenths % TEN);
}
