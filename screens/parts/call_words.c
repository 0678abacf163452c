/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a call came to, by what it was about.
 */
#include "screens/call_words.h"

#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "model/area.h"
#include "model/codes.h"
#include "model/kinds.h"

static const struct {
	unsigned answer;      /* the kind that is owed */
	const char *answered; /* NULL: as the code says */
	const char *owed;
} words_of[] = {
	{KIND_present, N_("应到"), N_("送到没应")},
	{KIND_answer, N_("已收到"), N_("送到没答")},
	{KIND_receipt, NULL, N_("送到没签")},
};

static size_t words_at(const struct rule *ask)
{
	size_t n = 0;

	while (n + 1 < countof(words_of) && ask && words_of[n].answer != ask->answer)
		n++;
	return ask ? n : countof(words_of) - 1;
}

const char *call_words_result(const struct rule *ask, const char *code)
{
	const char *answered = words_of[words_at(ask)].answered;

	return answered && !strcmp(code, "answered") ? _(answered) : code_text("call_result", code);
}

void call_words_results(const struct rule *ask, unsigned count, struct buf *out)
{
	const struct code *code;

	for (unsigned n = 1; n <= count && (code = code_nth("call_result", n)); n++)
		buf_fmt(out, "%s%u%s", n > 1 ? " " : "", n, call_words_result(ask, code->code));
}

void call_words_short(const struct rule *ask, unsigned count, struct buf *out)
{
	enum { COLUMNS = 4 };
	const struct code *code;
	size_t used;

	for (unsigned n = 1; n <= count && (code = code_nth("call_result", n)); n++) {
		const char *word = call_words_result(ask, code->code);

		buf_fmt(out, "%s%u", n > 1 ? " " : "", n);
		buf_put(out, word, text_cut(word, COLUMNS, &used));
	}
}

const char *call_words_owed(const struct rule *ask)
{
	return _(words_of[words_at(ask)].owed);
}

void call_words_phone(const char *phone, struct buf *out)
{
	enum { MOBILE = 11, FIRST = 3, THEN = 4 };

	if (strlen(phone) != MOBILE || phone[0] != '1' || strspn(phone, "0123456789") != MOBILE)
		buf_text(out, phone);
	else
		buf_fmt(out, "%.*s %.*s %s", FIRST, phone, THEN, phone + FIRST,
			phone + FIRST + THEN);
}

void call_words_nobody(const struct callee *callee, struct buf *out)
{
	struct bytes name;

	if (!callee->post || callee->post->how != POST_UP)
		buf_text(out, _("没有号码：在人员登记里补"));
	else if (area_name(callee->area, &name))
		buf_fmt(out, _("没登记：A里加联系人，单位写%.*s，分组写值班"), (int)name.len,
			(const char *)name.at);
	else
		buf_text(out, _("没登记：A里加联系人，单位写上级，分组写值班"));
}

const char *call_words_brief(const char *text, struct arena *arena)
{
	enum { LINE = 80 };
	size_t used, len = text_cut(text, LINE - 1, &used);

	return text[len] ? arena_fmt(arena, "%.*s~", (int)len, text) : arena_text(arena, text);
}

const char *call_words_over(
	const struct owing *owing, int64_t now, bool by_line, struct arena *arena)
{
	enum { SIXTY = 60 };
	int64_t newest = 0, ninety = owing->ninety;
	char time[WHEN_TEXT];
	struct buf text = {0};

	for (unsigned n = 0; n < owing->count; n++)
		if (owing->places[n].at > newest)
			newest = owing->places[n].at;
	buf_text(&text, _("都应了"));
	if (newest) {
		when_short(newest, now, time);
		buf_fmt(&text, _("，%s"), time);
	}
	if (ninety >= 0) {
		when_span(ninety > SIXTY ? ninety / SIXTY * SIXTY : SIXTY, time);
		buf_fmt(&text, _("。九成用时%s"), time);
	}
	if (!by_line)
		buf_text(&text, _("；v 看全部"));
	const char *kept = arena_text(arena, buf_cstr(&text));
	buf_release(&text);
	return kept;
}

const char *call_words_none(const struct actor *actor, struct arena *arena)
{
	struct owed_deeper deeper;
	struct fault fault;
	char number[32];

	if (owed_deeper_load(&deeper, actor, &fault) || !deeper.record.seq)
		return _("没有要叫的：没有预警、指令、点名在等下级签收或答复");
	store_number(actor->store, deeper.record, number);
	return arena_fmt(arena, _("点名 %s：%u村应了%u，没应的由各乡镇叫"), number, deeper.count,
		deeper.answered);
}
