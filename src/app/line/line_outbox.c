/* SPDX-License-Identifier: GPL-3.0-or-later
 * The outbox in line mode: its page said line by line, then what can be done; in all of it, values
 * to decide between, and records to open.
 */
#include "app/talk.h"
#include "screens/beside.h"
#include "screens/hearing.h"
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
	for (const struct page_line *line = page->lines; line < page->lines + page->count; line++) {
		if (line->ref.seq && !offered(choices, line->ref))
			add(choices, (struct outbox_choice){.ref = line->ref},
				arena_fmt(arena, _("看%s"), bare(line->text)));
		if (outbox_refused_whole(line))
			add(choices, (struct outbox_choice){.ref = line->ref, .value = line->fact},
				arena_fmt(arena, _("改了再报%s"), bare(line->text)));
	}
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
	return !rc && talk_prove_for(talk, row.kind, 0);
}

static enum line_act decide(struct talk *talk, const struct outbox_choice *choice)
{
	const struct actor actor = {talk->store, &talk->user, NULL};
	struct fault fault = {0};
	bool yes = false, own;
	enum line_act act = line_yes(&talk->line, _("用这个值吗？"), &yes);

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

/* What was refused, written once more with what it says as a beginning. */
static enum line_act write_anew(struct talk *talk, struct ref ref)
{
	struct arena arena = {0};
	struct fault fault = {0};
	struct row row = {0};
	enum line_act act = LINE_OK;

	if (store_row(talk->store, ref, &arena, &row, &fault))
		line_bad(&talk->line, "%s", fault.text);
	else
		act = talk_new_of(talk, &(struct draft){.kind = row.kind, .instead = ref});
	arena_release(&arena);
	return act;
}

static enum line_act do_chosen(struct talk *talk, const struct outbox_choice *choice)
{
	if (choice->tag)
		return decide(talk, choice);
	return choice->value.seq ? write_anew(talk, choice->ref) : talk_record(talk, choice->ref);
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
	enum line_act act = line_menu(&talk->line, _("办什么？打号码，< 返回"), choices.labels,
		NULL, choices.count, &chosen);
	if (act != LINE_OK)
		return act;
	return talk_inner(do_chosen(talk, &choices.all[chosen]));
}

/* All of it, and what stands on it. */
static enum line_act parts(struct talk *talk)
{
	struct outbox_page shown = {.part = OUTBOX_ALL, .by_line = true};
	struct talk_place before =
		talk_stand(talk, "outbox_part", &(struct aim){.step = OUTBOX_ALL});
	enum line_act act;

	do {
		struct arena arena = {0};

		act = once(talk, &shown, &arena);
		arena_release(&arena);
	} while (act == LINE_OK);
	outbox_page_release(&shown);
	talk->place = before;
	return act;
}

/* The program beside is asked with ARGV, and what it said is said. */
static bool ask_beside(struct talk *talk, const char *const *argv, struct buf *said)
{
	struct buf told = {0};
	bool good = beside_run(&talk->user, argv, said, &told);

	if (!good)
		line_bad(&talk->line, "%s", buf_cstr(told.len ? &told : said));
	buf_release(&told);
	return good;
}

static enum line_act hurry(struct talk *talk)
{
	struct buf said = {0};

	if (ask_beside(talk, (const char *const[]){"sync", "--once", NULL}, &said))
		line_say(&talk->line, "%s", buf_cstr(&said));
	buf_release(&said);
	return LINE_OK;
}

static enum line_act statement(struct talk *talk)
{
	struct buf text = {0};
	struct fault fault = {0};

	if (outbox_statement(talk->store, &talk->user, &text, &fault))
		line_bad(&talk->line, "%s", fault.text);
	else
		line_say(&talk->line, "%s", buf_cstr(&text));
	buf_release(&text);
	return LINE_OK;
}

static enum line_act turn(struct talk *talk)
{
	char url[ROUTE_URL];
	struct buf question = {0};
	struct fault fault = {0};
	bool yes = false;

	if (!route_at(talk->store, 1, url)) {
		line_say(&talk->line, "%s", _("只有一条线路，没有可换的：用 outpost up URL… 设置"));
		return LINE_OK;
	}
	buf_fmt(&question, _("先走线路2 %s，换吗？"), url);
	enum line_act act = line_yes(&talk->line, buf_cstr(&question), &yes);
	if (yes && outbox_turn_ways(talk->store, &fault))
		line_bad(&talk->line, "%s", fault.text);
	else if (yes)
		line_say(&talk->line, "%s", _("换好了，从下一次起先走这一条"));
	buf_release(&question);
	return act;
}

static enum line_act stick(struct talk *talk)
{
	struct buf typed = {0}, said = {0};
	char path[BESIDE_PATH];

	beside_stick(talk->store, path);
	enum line_act act = line_ask(&talk->line, _("存到哪个文件"), *path ? path : NULL,
		_("文件夹和文件名，如 /media/usb/a.opc；< 返回"), &typed);
	const char *const argv[] = {"pack", typed.len ? buf_cstr(&typed) : path, NULL};
	bool yes = act == LINE_OK && *argv[1];
	if (act == LINE_OK && !yes)
		line_bad(&talk->line, "%s", _("没有存：没写文件名。插上U盘再按2，或写出文件名"));
	buf_fmt(&said, _("存到 %s"), argv[1]);
	if (yes && !typed.len)
		act = line_yes(&talk->line, buf_cstr(&said), &yes);
	buf_clear(&said);
	if (act == LINE_OK && yes && ask_beside(talk, argv, &said))
		line_say(&talk->line, _("存好了，带到上级；回执带回来才算送到。%s"),
			buf_cstr(&said));
	buf_release(&typed);
	buf_release(&said);
	return act;
}

/* ---- where nothing but voice gets through */

enum { GROUPS_A_LINE = 5 };

/* Those that wait, one record a line. */
static bool offer_waiting(struct talk *talk, struct list *list)
{
	struct outbox_page shown = {.by_line = true};
	struct arena arena = {0};
	struct fault fault = {0};

	if (outbox_now_load(&shown, talk->store, store_now(talk->store), &arena, &fault))
		line_bad(&talk->line, "%s", fault.text);
	list_start(list, _("没有等送的，没有要念的"));
	list_column(list, "", 0, false);
	for (unsigned n = 0; n < shown.page.count; n++)
		if (shown.page.lines[n].ref.seq)
			list_cell(list, list_add(list, shown.page.lines[n].ref), 0,
				shown.page.lines[n].text);
	list_done(list);
	outbox_page_release(&shown);
	arena_release(&arena);
	return list->count > 0;
}

static void say_groups(struct talk *talk, struct ref ref)
{
	struct hearing said = {.count = 0};
	struct buf told = {0}, line = {0};

	bool good = hearing_spoken(&said, talk->store, &talk->user, ref, &told);
	for (unsigned n = 0; n < said.count; n++) {
		buf_fmt(&line, "%s%s", n % GROUPS_A_LINE ? "  " : "", said.groups[n]);
		if (n % GROUPS_A_LINE != GROUPS_A_LINE - 1 && n + 1 < said.count)
			continue;
		line_say(&talk->line, "%u: %s", n / GROUPS_A_LINE * GROUPS_A_LINE + 1,
			buf_cstr(&line));
		buf_clear(&line);
	}
	if (good)
		line_say(&talk->line, "%s", buf_cstr(&told));
	else
		line_bad(&talk->line, "%s", buf_cstr(&told));
	buf_release(&told);
	buf_release(&line);
}

static void say_telegrams(struct talk *talk, struct ref ref)
{
	struct page page = {.text = true};
	struct hearing said = {.count = 0};
	struct buf told = {0};

	bool good = hearing_telegrams(&said, talk->store, &talk->user, ref, &told);
	hearing_page(&said, &page);
	line_page(&talk->line, &page, 0, page.count);
	page_release(&page);
	if (good)
		line_say(&talk->line, "%s", buf_cstr(&told));
	else
		line_bad(&talk->line, "%s", buf_cstr(&told));
	buf_release(&told);
}

static enum line_act say_one(struct talk *talk, void (*say)(struct talk *talk, struct ref ref))
{
	struct list list;
	struct list_row *row;
	enum line_act act = LINE_BACK;

	if (!offer_waiting(talk, &list))
		line_say(&talk->line, "%s", list.empty);
	else if ((act = line_list(&talk->line, _("念哪一类里最久的一条"), &list, &row)) == LINE_OK)
		say(talk, row->ref);
	list_release(&list);
	return act;
}

static enum line_act spoken(struct talk *talk)
{
	return say_one(talk, say_groups);
}

static enum line_act telegrams(struct talk *talk)
{
	return say_one(talk, say_telegrams);
}

/* What waits from last time comes back where it is wanted; *SLOT is where it goes on to be kept. */
static enum line_act fetch(struct talk *talk, struct hearing *hearing, unsigned *slot)
{
	struct buf text = {0};
	struct hearing_draft draft;
	bool yes = false;
	enum line_act act = LINE_OK;

	*slot = hearing_room(talk->store, &talk->user);
	if (!hearing_waiting(talk->store, &talk->user, &draft))
		return LINE_OK;
	hearing_say(&draft, store_now(talk->store), &text);
	buf_text(&text, _("，取回吗？"));
	act = line_yes(&talk->line, buf_cstr(&text), &yes);
	buf_clear(&text);
	if (act == LINE_OK && yes &&
		hearing_fetch(hearing, talk->store, &talk->user, draft.slot, &text))
		*slot = draft.slot;
	buf_release(&text);
	return act;
}

static void keep(struct talk *talk, const struct hearing *hearing, unsigned slot)
{
	struct fault fault;

	if (hearing_keep(hearing, "", talk->store, &talk->user, slot, &fault))
		line_bad(&talk->line, _("草稿没能留下：%s"), fault.text);
}

static enum line_act take(struct talk *talk, struct hearing *hearing, unsigned slot)
{
	const struct hearing nothing = {.count = 0};
	struct buf told = {0};
	struct ref ref;
	bool good = hearing_take(hearing, talk->store, &talk->user, &ref, &told);

	if (good)
		keep(talk, &nothing, slot);
	if (good)
		line_say(&talk->line, "%s", buf_cstr(&told));
	else
		line_bad(&talk->line, "%s", buf_cstr(&told));
	buf_release(&told);
	return good ? talk_inner(talk_record(talk, ref)) : LINE_BACK;
}

static enum line_act hear(struct talk *talk)
{
	struct hearing hearing = {.count = 0};
	unsigned slot;
	enum line_act act = fetch(talk, &hearing, &slot);

	while (act == LINE_OK && !hearing.whole) {
		struct buf question = {0}, typed = {0}, why = {0};

		buf_fmt(&question, _("第 %u 组起，一组或几组"), hearing.count + 1);
		act = line_ask(&talk->line, buf_cstr(&question), NULL,
			_("五位一组，幺两拐勾洞也行；哪一组对不上，当时就说；< 返回"), &typed);
		if (telegram_begins(buf_cstr(&typed)))
			buf_byte(&typed, ' '); /* the end of the line is the end of the message */
		enum heard heard = act == LINE_OK ? hearing_type(&hearing, buf_cstr(&typed), &why)
						  : HEARD_GOOD;
		if (heard == HEARD_GOOD && act == LINE_OK)
			keep(talk, &hearing, slot);
		if (heard == HEARD_WRONG)
			line_bad(&talk->line, "%s", buf_cstr(&why));
		else if (why.len)
			line_say(&talk->line, "%s", buf_cstr(&why));
		else if (heard == HEARD_MORE && typed.len)
			line_bad(&talk->line, _("位数不对：每组 %d 位"), SPOKEN_GROUP);
		buf_release(&question);
		buf_release(&typed);
		buf_release(&why);
	}
	return act == LINE_OK ? take(talk, &hearing, slot) : act;
}

static const struct {
	const char *label;
	enum line_act (*go)(struct talk *talk);
	bool (*can)(const struct outbox_page *outbox); /* NULL: always */
} deeds[] = {
	{N_("念数字"), spoken, outbox_waits},
	{N_("存U盘"), stick, NULL},
	{N_("短报文"), telegrams, outbox_waits},
	{N_("录入对方念的数字"), hear, NULL},
	{N_("现在发"), hurry, outbox_is_joined},
	{N_("迟报说明"), statement, outbox_is_late},
	{N_("全部，和要定的"), parts, NULL},
	{N_("换路"), turn, outbox_has_ways},
};
/* The letters of the board; what it does by digits has the same numbers here. */
static const char deed_keys[countof(deeds) + 1] = "    rpvm";

enum line_act talk_outbox(struct talk *talk)
{
	struct outbox_page shown = {.by_line = true};
	const char *labels[countof(deeds)];
	enum line_act act = LINE_OK;
	unsigned chosen;

	while (act == LINE_OK) {
		struct arena arena = {0};
		struct fault fault = {0};

		if (outbox_now_load(&shown, talk->store, store_now(talk->store), &arena, &fault))
			line_bad(&talk->line, "%s", fault.text);
		line_page(&talk->line, &shown.page, 0, shown.page.count);
		for (size_t n = 0; n < countof(deeds); n++)
			labels[n] =
				!deeds[n].can || deeds[n].can(&shown) ? _(deeds[n].label) : NULL;
		act = line_menu(&talk->line, _("办什么？打号码，< 返回"), labels, deed_keys,
			countof(labels), &chosen);
		if (act == LINE_OK)
			act = talk_inner(deeds[chosen].go(talk));
		arena_release(&arena);
	}
	outbox_page_release(&shown);
	return act;
}
