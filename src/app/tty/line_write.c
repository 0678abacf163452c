/* SPDX-License-Identifier: GPL-3.0-or-later
 * Writing in line mode: the form asked field by field, signed and saved.
 */
#include "app/line_parts.h"
#include "work/actions.h"
#include "screens/paper.h"
#include "screens/people.h"
#include "screens/display.h"

/* Somebody may have written meanwhile: both are said, and the person decides. */
static enum line_act confirm(struct talk *talk, struct paper *paper, bool *go)
{
	struct buf clash = {0};
	enum line_act act = LINE_OK;

	*go = true;
	if (paper_moved(paper, &clash)) {
		line_say(&talk->line, "%s", buf_cstr(&clash));
		act = line_yes(&talk->line, _("以您的为准保存吗？"), false, go);
	}
	buf_release(&clash);
	return act;
}

/* Who signs it: the user, or where somebody else has to, one who is here with his own PIN. */
static bool sign(struct talk *talk, struct paper *paper)
{
	struct people people = {.store = talk->store, .but = talk->user.who, .with_pin = true};
	const char *what, *why = NULL;
	struct user second;
	struct pick pick;
	bool asks = paper_asks(paper, &what);

	if (!paper_other(paper))
		return !asks || talk_prove(talk, &talk->user, what);
	line_say(&talk->line, _("%s要由另一个人办。由谁签？"), what);
	pick_start(&pick, "", people_offer, &people, "", false);
	bool good = line_pick(&talk->line, &pick) == LINE_OK &&
		    people_chosen(&people, &pick, &second) && talk_prove(talk, &second, what);
	pick_release(&pick);
	if (good && !paper_second(paper, &second, &why))
		line_bad(&talk->line, "%s%s%s", second.name, display_colon(), why);
	return good && !why;
}

enum line_act talk_write(struct talk *talk, const struct draft *purpose)
{
	struct paper paper;
	struct fault fault = {0};
	struct ref ref;
	struct buf title = {0};
	char number[32], said[ACTION_SAID];
	bool go = false;

	if (paper_open(&paper, talk->store, &talk->user, purpose, &fault)) {
		line_bad(&talk->line, "%s", fault.text);
		return LINE_OK;
	}
	paper_title(&paper, &title);
	line_say(&talk->line, "%s", buf_cstr(&title));
	if (paper.restored)
		line_say(&talk->line, "%s", _("接着上次没写完的草稿"));
	enum line_act act = line_form(&talk->line, &paper.form);
	if (act == LINE_OK)
		act = confirm(talk, &paper, &go);
	if (act == LINE_OK && go)
		go = sign(talk, &paper);
	if (act == LINE_OK && go) {
		if (paper_save(&paper, &ref, &fault)) {
			line_bad(&talk->line, "%s", fault.text);
		} else if (paper.again) {
			action_say_signed(talk->store, ref, paper.again, said);
			line_say(&talk->line, "%s", said);
		} else {
			store_number(talk->store, ref, number);
			line_say(&talk->line, _("已保存 %s"), number);
		}
	}
	if (!paper.saved && form_changed(&paper.form)) {
		paper_keep(&paper);
		line_say(&talk->line, "%s", _("没有保存，草稿留着"));
	}
	buf_release(&title);
	paper_release(&paper);
	return act;
}
