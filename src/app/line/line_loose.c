/* SPDX-License-Identifier: GPL-3.0-or-later
 * Warnings that could not be tied, in line mode: said one after the other, tied or left.
 */
#include "app/talk.h"
#include "model/kinds.h"
#include "screens/loose_page.h"

static enum line_act settle(struct talk *talk, struct ref one, struct ref to)
{
	const struct kind *kind = kind_of(KIND_warning);
	const unsigned step = to.seq ? warning_do_tie : warning_do_leave;
	const struct actor actor = {talk->store, &talk->user, NULL};
	struct fault fault = {0};
	struct buf question = {0};
	bool yes = false;

	buf_fmt(&question, "%s ", to.seq ? _("关联") : _("不关联"));
	loose_pair(talk->store, one, to, &question);
	enum line_act act = line_yes(&talk->line, buf_cstr(&question), &yes);
	buf_release(&question);
	if (act != LINE_OK || !yes || !talk_prove_for(talk, kind, step))
		return act;
	if (loose_settle(&actor, one, to, &fault))
		line_bad(&talk->line, "%s", fault.text);
	else
		line_say(&talk->line, "%s", loose_settled(to));
	return LINE_OK;
}

static enum line_act tie(struct talk *talk, struct ref one)
{
	struct loose_offers offers = {talk->store, one};
	struct ref to = {0, 0};
	struct pick pick;
	enum line_act act = LINE_OK;

	pick_start(&pick, _("关联到哪一条"), loose_offer, &offers, "", false);
	if (!pick.list.shown)
		line_bad(&talk->line, "%s", _("本站没有它能更新或解除的预警：7 不关联"));
	else if ((act = line_pick(&talk->line, &pick)) == LINE_OK)
		to = loose_chosen(talk->store, &pick);
	pick_release(&pick);
	return act == LINE_OK && to.seq ? settle(talk, one, to) : act;
}

/* One of them: what is known of it, and what is done. */
static enum line_act once(struct talk *talk, struct page *page, unsigned n)
{
	struct buf answer = {0};
	struct ref one = page->lines[n].ref;

	line_page(&talk->line, page, n, n + 1);
	enum line_act act = line_choose(&talk->line, _("6关联 7不关联 t全文 回车下一条"), NULL,
		_("6 选它更新或解除的是哪一条；7 两条各自照办；< 返回"), &answer);
	int key = answer.len == 1 ? answer.at[0] : 0;
	if (act == LINE_OK && key == '6')
		act = talk_inner(tie(talk, one));
	else if (act == LINE_OK && key == '7')
		act = talk_inner(settle(talk, one, (struct ref){0, 0}));
	else if (act == LINE_OK && key == 't')
		act = talk_inner(talk_record(talk, one));
	else if (act == LINE_OK && answer.len)
		line_bad(&talk->line, _("没有 \"%s\"，打 6、7 或 t"), buf_cstr(&answer));
	buf_release(&answer);
	return act;
}

enum line_act talk_loose(struct talk *talk)
{
	struct page page = {.empty = _("没有要核对的预警")};
	struct fault fault = {0};
	unsigned count = 0;
	enum line_act act = LINE_OK;

	if (loose_page_load(&page, talk->store, &count, &fault))
		line_bad(&talk->line, "%s", fault.text);
	for (unsigned n = 0; n < page.count && act == LINE_OK; n++)
		act = once(talk, &page, n);
	if (!count)
		line_say(&talk->line, "%s", page.empty);
	page_release(&page);
	return act == LINE_OK ? LINE_BACK : act;
}
