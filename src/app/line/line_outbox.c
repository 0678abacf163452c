/* SPDX-License-Identifier: GPL-3.0-or-later
 * The outbox in line mode: its page said line by line, then a menu of what stands on it: values to
 * decide between, and records to open.
 */
#include "app/line/line_parts.h"
#include "model/rules.h"
#include "screens/outbox_page.h"

enum { CHOICES_MOST = 99 };

struct choices {
	struct outbox_choice all[CHOICES_MOST]; /* tag 0: the record is opened */
	const char *labels[CHOICES_MOST];
	unsigned count;
};

static void add(struct choices *choices, struct outbox_choice choice, const char *label)
{
	if (choices->count == CHOICES_MOST)
		return;
	choices->all[choices->count] = choice;
	choices->labels[choices->count++] = label;
}

static const char *bare(const char *text)
{
	while (*text == ' ')
		text++;
	return text;
}

/* Below the line of a field stand its values: the one that it has, and the others. */
static void add_values(struct choices *choices, const struct page *page, struct arena *arena)
{
	const struct page_line *field = NULL;

	for (const struct page_line *line = page->lines; line < page->lines + page->count; line++) {
		if (line->tag && !line->fact.seq)
			field = line;
		else if (line->tag && field)
			add(choices,
				(struct outbox_choice){
					line->ref, line->fact, line->tag, line - field > 1},
				arena_fmt(
					arena, _("定%s：%s"), bare(field->text), bare(line->text)));
	}
}

static bool offered(const struct choices *choices, struct ref ref)
{
	for (unsigned n = 0; n < choices->count; n++)
		if (!choices->all[n].tag && choices->all[n].ref.site == ref.site &&
			choices->all[n].ref.seq == ref.seq)
			return true;
	return false;
}

static void add_records(struct choices *choices, const struct page *page, struct arena *arena)
{
	for (const struct page_line *line = page->lines; line < page->lines + page->count; line++)
		if (line->ref.seq && !offered(choices, line->ref))
			add(choices, (struct outbox_choice){.ref = line->ref},
				arena_fmt(arena, _("看%s"), bare(line->text)));
}

/* What is changed is a record of that kind, by hand as by any other way. */
static bool prove(struct talk *talk, struct ref ref)
{
	struct arena arena = {0};
	struct fault fault = {0};
	struct row row = {0};
	enum rc rc = store_row(talk->store, ref, &arena, &row, &fault);

	arena_release(&arena);
	if (rc)
		line_bad(&talk->line, "%s", fault.text);
	return !rc &&
	       (!rules_pin(row.kind, 0) || talk_prove(talk, &talk->user, _(row.kind->label)));
}

static enum line_act decide(struct talk *talk, const struct outbox_choice *choice)
{
	const struct actor actor = {talk->store, &talk->user, NULL};
	struct fault fault = {0};
	bool yes = false, own;
	enum line_act act = line_yes(&talk->line, _("用这个值吗？"), false, &yes);

	if (act != LINE_OK)
		return act;
	if (!yes)
		line_say(&talk->line, "%s", _("没有改动"));
	else if (!prove(talk, choice->ref))
		return LINE_OK;
	else if (outbox_decide(&actor, choice, &own, &fault))
		line_bad(&talk->line, "%s", fault.text);
	else
		line_say(&talk->line, "%s", outbox_decided(own));
	return LINE_OK;
}

/* One time round: what there is, and what is done about it. */
static enum line_act once(struct talk *talk, struct outbox_page *shown, struct arena *arena)
{
	struct choices choices = {.count = 0};
	struct fault fault = {0};
	unsigned chosen;

	if (outbox_page_load(shown, talk->store, store_now(talk->store), arena, &fault)) {
		line_bad(&talk->line, "%s", fault.text);
		return LINE_BACK;
	}
	line_page(&talk->line, &shown->page, 0, shown->page.count);
	add_values(&choices, &shown->page, arena);
	add_records(&choices, &shown->page, arena);
	if (!choices.count)
		return LINE_BACK;
	enum line_act act = line_menu(
		&talk->line, _("办什么？打号码，< 返回"), choices.labels, choices.count, &chosen);
	if (act != LINE_OK)
		return act;
	return talk_inner(choices.all[chosen].tag ? decide(talk, &choices.all[chosen])
						  : talk_record(talk, choices.all[chosen].ref));
}

enum line_act talk_outbox(struct talk *talk)
{
	struct outbox_page shown = {.by_line = true};
	enum line_act act;

	do {
		struct arena arena = {0};

		act = once(talk, &shown, &arena);
		arena_release(&arena);
	} while (act == LINE_OK);
	outbox_page_release(&shown);
	return act;
}
