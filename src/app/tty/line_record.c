/* SPDX-License-Identifier: GPL-3.0-or-later
 * One record in line mode, and writing: the sheet said line by line, a menu of what can be done,
 * the form asked field by field.
 */
#include "app/line_parts.h"
#include "screens/deeds.h"
#include "screens/paper.h"
#include "screens/people.h"
#include "screens/say.h"
#include "screens/sheet.h"

enum { CHOICES = DEEDS + 24 };

/* What stands in the menu of a record. */
struct choice {
	enum { DO_STEP, DO_EDIT, DO_CHILD, DO_LIST, DO_HISTORY } what;
	const struct deed *deed;
	const struct kind *kind;
};

struct choices {
	struct choice all[CHOICES];
	const char *labels[CHOICES];
	unsigned count;
};

static void add(struct choices *choices, struct choice choice, const char *label)
{
	if (choices->count == CHOICES)
		return;
	choices->all[choices->count] = choice;
	choices->labels[choices->count++] = label;
}

static void make_choices(
	struct talk *talk, struct sheet *sheet, struct arena *arena, struct choices *choices)
{
	choices->count = 0;
	for (unsigned n = 0; n < sheet->deed_count; n++) {
		if (!sheet->deeds[n].why || sheet->deeds[n].step->flags & STEP_OTHER)
			add(choices, (struct choice){DO_STEP, &sheet->deeds[n], NULL},
				_(sheet->deeds[n].step->label));
	}
	if (sheet->may_edit)
		add(choices, (struct choice){DO_EDIT, NULL, NULL}, _("修改"));
	for (unsigned n = sheet->children; n < sheet->history; n++) {
		if (sheet->page.lines[n].kind)
			add(choices, (struct choice){DO_LIST, NULL, sheet->page.lines[n].kind},
				arena_fmt(arena, _("看%s"), sheet->page.lines[n].text));
	}
	for (unsigned n = 0; n < kinds_count; n++) {
		if (sheet_offers(sheet, &kinds[n]) &&
			deed_may_add(talk->store, &talk->user, &kinds[n]))
			add(choices, (struct choice){DO_CHILD, NULL, &kinds[n]},
				arena_fmt(arena, _("在它下面登记%s"), _(kinds[n].label)));
	}
	add(choices, (struct choice){DO_HISTORY, NULL, NULL}, _("履历"));
}

static enum line_act follow(struct talk *talk, struct sheet *sheet, const struct choice *choice)
{
	struct draft purpose = {.kind = sheet->kind, .ref = sheet->ref};

	switch (choice->what) {
	case DO_STEP:
		purpose.step = choice->deed->step->tag;
		if (choice->deed->step->flags & STEP_MAKES)
			purpose = (struct draft){
				.kind = kind_of(choice->deed->step->other), .parent = sheet->ref};
		return talk_write(talk, &purpose);
	case DO_EDIT:
		return talk_write(talk, &purpose);
	case DO_CHILD:
		purpose = (struct draft){.kind = choice->kind, .parent = sheet->ref};
		return talk_write(talk, &purpose);
	case DO_LIST:
		return talk->rows(talk, choice->kind, sheet->ref);
	case DO_HISTORY:
		line_page(&talk->line, &sheet->page, sheet->history, sheet->page.count);
		return LINE_OK;
	}
	return LINE_OK;
}

enum line_act talk_record(struct talk *talk, struct ref ref)
{
	struct sheet sheet = {0};
	struct choices choices;
	enum line_act act = LINE_OK;
	unsigned chosen;
	uint64_t said = 0;

	while (act == LINE_OK) {
		struct arena arena = {0};
		struct fault fault = {0};

		if (sheet_load(&sheet, talk->store, &talk->user, ref, &arena, &fault)) {
			line_bad(&talk->line, "%s", fault.text);
			arena_release(&arena);
			break;
		}
		if (said != sheet.stamp) {
			line_say(&talk->line, "%s %s %s", _(sheet.kind->label), sheet.number,
				sheet.title);
			line_page(&talk->line, &sheet.page, 0, sheet.history);
		}
		said = sheet.stamp;
		make_choices(talk, &sheet, &arena, &choices);
		act = line_menu(&talk->line, _("办什么？打号码，< 返回"), choices.labels,
			choices.count, &chosen);
		if (act == LINE_OK)
			act = talk_inner(follow(talk, &sheet, &choices.all[chosen]));
		arena_release(&arena);
	}
	sheet_release(&sheet);
	return act;
}

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
		line_bad(&talk->line, "%s%s%s", second.name, say_colon(), why);
	return good && !why;
}

enum line_act talk_write(struct talk *talk, const struct draft *purpose)
{
	struct paper paper;
	struct fault fault = {0};
	struct ref ref;
	struct buf title = {0};
	char number[32], said[DEED_SAID];
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
			deed_say_signed(talk->store, ref, paper.again, said);
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
