/* SPDX-License-Identifier: GPL-3.0-or-later
 * Records in line mode: a register, or what belongs to a record, as a list; one record as its page
 * said line by line and a menu of what can be done. Each leads to the other.
 */
#include "app/talk.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "work/actions.h"
#include "work/totals.h"
#include "screens/loading.h"
#include "screens/printer.h"
#include "screens/qr.h"
#include "screens/rows.h"
#include "screens/text_page.h"

enum { CHOICES = ACTIONS + 24, ROWS_MOST = 1000 };

/* What stands in the menu of a record. */
struct choice {
	enum {
		DO_STEP,
		DO_EDIT,
		DO_CHILD,
		DO_LIST,
		DO_CALLS,
		DO_TEXT,
		DO_HISTORY,
		DO_PRINT,
		DO_QR,
		DO_FETCH
	} what;
	const struct action *action;
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

static void make_choices(struct record_page *shown, struct arena *arena, struct choices *choices)
{
	choices->count = 0;
	for (unsigned n = 0; n < shown->action_count; n++) {
		if (!shown->actions[n].why || shown->actions[n].step->flags & STEP_OTHER)
			add(choices, (struct choice){DO_STEP, &shown->actions[n], NULL},
				_(shown->actions[n].step->label));
	}
	if (record_page_calls(shown))
		add(choices, (struct choice){DO_CALLS, NULL, NULL}, _("打电话、书面报"));
	if (shown->may_edit)
		add(choices, (struct choice){DO_EDIT, NULL, NULL}, _("更正"));
	for (unsigned n = shown->children; n < shown->history; n++) {
		if (shown->page.lines[n].kind)
			add(choices, (struct choice){DO_LIST, NULL, shown->page.lines[n].kind},
				arena_fmt(arena, _("看%s"), shown->page.lines[n].text));
	}
	for (unsigned n = 0; n < kinds_count; n++) {
		if (record_page_offers(shown, &kinds[n]))
			add(choices, (struct choice){DO_CHILD, NULL, &kinds[n]},
				arena_fmt(arena, _("在它下面登记%s"), _(kinds[n].label)));
	}
	if (shown->lacks.size)
		add(choices, (struct choice){DO_FETCH, NULL, NULL}, _("从上级取来"));
	add(choices, (struct choice){DO_TEXT, NULL, NULL}, _("成文、念稿"));
	add(choices, (struct choice){DO_HISTORY, NULL, NULL}, _("办理记录"));
	add(choices, (struct choice){DO_PRINT, NULL, NULL}, _("打印"));
	add(choices, (struct choice){DO_QR, NULL, NULL}, _("短报文、二维码"));
}

void talk_text(struct talk *talk, struct ref ref)
{
	const struct actor actor = {talk->store, &talk->user, NULL};
	struct text_page shown = {.nth = 0};
	struct fault fault = {0};

	do {
		if (text_page_load(&shown, &actor, ref, &fault)) {
			line_bad(&talk->line, "%s", fault.text);
			break;
		}
		line_say(&talk->line, "%s", shown.title);
		line_page(&talk->line, &shown.page, 0, shown.page.count);
	} while (++shown.nth < shown.texts);
	text_page_release(&shown);
}

void talk_put(struct talk *talk, enum print_to where, const char *name, struct buf *sheet)
{
	struct buf said = {0};

	if (printer_put(where, name, buf_bytes(sheet), &said))
		line_say(&talk->line, "%s", buf_cstr(&said));
	else
		line_bad(&talk->line, "%s", buf_cstr(&said));
	buf_release(&said);
}

/* Its first official text, or where there is none its form. */
static void talk_print(struct talk *talk, struct ref ref)
{
	const struct actor actor = {talk->store, &talk->user, NULL};
	struct text_page shown = {.nth = 0};
	struct buf sheet = {0};
	struct fault fault = {0};

	if (text_page_load(&shown, &actor, ref, &fault)) {
		line_bad(&talk->line, "%s", fault.text);
	} else {
		(void)text_page_sheet(&shown, &actor, 0, &sheet);
		talk_put(talk, PRINT_PAPER, shown.number, &sheet);
	}
	text_page_release(&shown);
	buf_release(&sheet);
}

/* The short messages; as a QR code they are for paper alone, as here only text may be sent. */
static enum line_act talk_codes(struct talk *talk, struct ref ref)
{
	const struct actor actor = {talk->store, &talk->user, NULL};
	struct text_page shown = {.form = SHEET_AS_IS};
	struct qr_record codes = {0};
	struct page page = {.text = true};
	struct buf told = {0}, sheet = {0};
	enum line_act act = LINE_OK;
	bool yes = false, good = qr_record_load(&codes, talk->store, &talk->user, ref, &told);

	hearing_page(&codes.said, &page);
	line_page(&talk->line, &page, 0, page.count);
	page_release(&page);
	if (!good)
		line_bad(&talk->line, "%s", buf_cstr(&told));
	else
		act = line_yes(&talk->line, _("把二维码印在纸上？"), &yes);
	if (act == LINE_OK && yes) {
		store_number(talk->store, ref, shown.number);
		qr_record_sheet(&codes, &actor, ref, &shown.body);
		(void)text_page_sheet(&shown, &actor, QR_HEADS, &sheet);
		talk_put(talk, PRINT_PAPER, shown.number, &sheet);
	}
	qr_record_release(&codes);
	text_page_release(&shown);
	buf_release(&sheet);
	buf_release(&told);
	return talk_inner(act);
}

/* The bytes of a file that lie above. */
static enum line_act fetch(struct talk *talk, const struct record_page *shown)
{
	struct buf question = {0};
	struct fault fault = {0};
	bool yes = false;

	record_page_lacks(shown, &question);
	buf_text(&question, _("，取来吗？"));
	enum line_act act = line_yes(&talk->line, buf_cstr(&question), &yes);
	if (yes && talk_good(talk, files_want(talk->store, &shown->lacks.id, &fault), &fault))
		line_say(&talk->line, "%s", _("下次同步时从上级取来"));
	buf_release(&question);
	return act;
}

static enum line_act follow(
	struct talk *talk, struct record_page *shown, const struct choice *choice)
{
	struct draft purpose = {.kind = shown->kind, .ref = shown->ref};

	switch (choice->what) {
	case DO_STEP:
		purpose.step = choice->action->step->tag;
		if (choice->action->step->flags & STEP_MAKES)
			purpose = (struct draft){
				.kind = kind_of(choice->action->step->other), .parent = shown->ref};
		return talk_write(talk, &purpose);
	case DO_EDIT:
		return talk_write(talk, &purpose);
	case DO_CHILD:
		purpose = (struct draft){.kind = choice->kind, .parent = shown->ref};
		return talk_write(talk, &purpose);
	case DO_LIST:
		return talk_rows(talk, choice->kind, shown->ref);
	case DO_CALLS:
		return talk_incident(talk, shown->ref);
	case DO_TEXT:
		talk_text(talk, shown->ref);
		return LINE_OK;
	case DO_HISTORY:
		line_page(&talk->line, &shown->page, shown->history, shown->page.count);
		return LINE_OK;
	case DO_PRINT:
		talk_print(talk, shown->ref);
		return LINE_OK;
	case DO_QR:
		return talk_codes(talk, shown->ref);
	case DO_FETCH:
		return fetch(talk, shown);
	}
	return LINE_OK;
}

/* A step of the record that stands in no menu now. */
static bool unlisted(void *to, const char *typed)
{
	struct talk *talk = to;
	const struct actor actor = talk_actor(talk);
	struct buf why = {0};

	if (talk->place.screen && !strcmp(talk->place.screen, "record"))
		action_refused_named(&actor, talk->place.aim.ref, typed, &why);
	bool is = why.len > 0;
	if (is)
		line_say(&talk->line, "%s", buf_cstr(&why));
	buf_release(&why);
	return is;
}

static enum line_act converse(struct talk *talk, struct ref ref)
{
	struct record_page shown = {0};
	struct choices choices;
	enum line_act act = LINE_OK;
	unsigned chosen;
	uint64_t said = 0;

	talk->line.unlisted = unlisted;
	while (act == LINE_OK) {
		struct arena arena = {0};
		struct fault fault = {0};

		if (record_page_load(&shown, talk->store, &talk->user, ref, &arena, &fault)) {
			line_bad(&talk->line, "%s", fault.text);
			arena_release(&arena);
			break;
		}
		if (said != shown.stamp) {
			line_say(&talk->line, "%s %s %s", _(shown.kind->label), shown.number,
				shown.title);
			talk_page(talk, &shown);
		}
		said = shown.stamp;
		make_choices(&shown, &arena, &choices);
		act = line_menu(&talk->line, _("办什么？打号码，< 返回"), choices.labels, NULL,
			choices.count, &chosen);
		if (act == LINE_OK)
			act = talk_inner(follow(talk, &shown, &choices.all[chosen]));
		arena_release(&arena);
	}
	record_page_release(&shown);
	return act;
}

/* ---- what is printed where somebody is */

enum line_act talk_at(struct talk *talk, const char *screen, const struct aim *aim,
	enum line_act (*go)(struct talk *talk))
{
	struct talk_place before = talk_stand(talk, screen, aim);
	enum line_act act = go(talk);

	talk->place = before;
	return act;
}

enum line_act talk_record(struct talk *talk, struct ref ref)
{
	struct talk_place before = talk_stand(talk, "record", &(struct aim){.ref = ref});
	enum line_act act = converse(talk, ref);

	talk->place = before;
	return act;
}

/* ---- lists */

static enum rc say_loading(struct talk *talk, const struct kind *kind, struct fault *fault)
{
	struct buf text = {0};
	enum rc rc = loading_warning(talk->store, kind, &text, fault);

	if (text.len)
		line_say(&talk->line, "%s", buf_cstr(&text));
	buf_release(&text);
	return rc;
}

enum line_act talk_rows(struct talk *talk, const struct kind *kind, struct ref parent)
{
	struct talk_place place = talk->place;
	struct query query = query_all(kind->id);
	struct arena arena = {0};
	struct fault fault = {0};
	struct rows rows;
	struct list_row *row;
	enum line_act act = LINE_OK;
	enum rc rc = parent.seq ? RC_OK : say_loading(talk, kind, &fault);
	unsigned before;

	query.parent = parent;
	(void)talk_stand(talk, "records", &(struct aim){.kind = kind, .query = query});
	query.open_first = kind_ends(kind);
	rows_start(&rows, kind, _("还没有登记，< 返回"));
	do {
		before = rows.count;
		rc = rc ? rc : rows_load(&rows, talk->store, &query, &arena, &fault);
	} while (!rc && rows.count > before && rows.count < rows.list.total &&
		 rows.count < ROWS_MOST);
	if (rc)
		line_bad(&talk->line, "%s", fault.text);
	rows_lay(&rows, talk->line.columns);
	while (!rc && act == LINE_OK) {
		act = line_list(&talk->line, _(kind->plural), &rows.list, &row);
		if (act == LINE_OK)
			act = talk_inner(talk_record(talk, row->ref));
	}
	rows_release(&rows);
	arena_release(&arena);
	talk->place = place;
	return act;
}

enum line_act talk_behind(
	struct talk *talk, const char *name, const char *label, struct counting_of of)
{
	const struct kind *kind = total_kind(total_rule(name));
	struct aim aim = {
		.kind = kind, .query = query_all(kind->id), .at = of.at, .alone = of.alone};
	struct counted counted = {.count = 0};
	struct arena arena = {0};
	struct fault fault = {0};
	struct world world;
	struct rows rows;
	struct list_row *chosen;
	enum line_act act = LINE_OK;

	aim.query.area = of.area;
	snprintf(aim.figure, sizeof aim.figure, "%s", name);
	text_fit(aim.text, sizeof aim.text, label);
	struct talk_place before = talk_stand(talk, "records", &aim);
	world_open(&world, talk->store, &talk->user, store_now(talk->store));
	rows_start(&rows, kind, _("还没有登记，< 返回"));
	enum rc rc = total_behind(&counted, &world, name, &of, &arena, &fault);
	rows_only(&rows, counted.records, counted.count);
	if (!rc)
		rc = rows_load(&rows, talk->store, &aim.query, &arena, &fault);
	rows_lay(&rows, talk->line.columns);
	for (bool good = talk_good(talk, rc, &fault); good && act == LINE_OK;) {
		act = line_list(&talk->line, _(kind->plural), &rows.list, &chosen);
		if (act == LINE_OK)
			act = talk_inner(talk_record(talk, chosen->ref));
	}
	rows_release(&rows);
	arena_release(&arena);
	talk->place = before;
	return talk_inner(act);
}
