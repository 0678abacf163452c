/* SPDX-License-Identifier: GPL-3.0-or-later
 * The places of line mode that no board has: what is to be done, registers, find, cards,
 * the person and the station.
 */
#include <string.h>

#include "app/talk.h"
#include "base/secret.h"
#include "model/kinds.h"
#include "store/search.h"
#include "work/attach.h"
#include "work/drafts.h"
#include "work/loose.h"
#include "work/reach.h"
#include "screens/groups.h"
#include "screens/loading.h"
#include "screens/me_page.h"
#include "screens/needs.h"
#include "screens/plate.h"
#include "screens/printer.h"
#include "screens/display.h"

enum { FOUND_MOST = 50 };

/* Where registers are looked at together. */
void talk_say_some(struct talk *talk)
{
	struct buf text = {0};

	if (loading_some(talk->store, LOADING_ALL, &text))
		line_say(&talk->line, _("%s，下面的不全"), buf_cstr(&text));
	buf_release(&text);
}

/* ---- find */

struct finding {
	struct talk *talk;
	struct list list;
};

static bool add_found(const struct row *row, void *to)
{
	static const char *const wanted[] = {
		"quantity", "unit", "keeper", "leader", "head", "phone"};
	struct finding *at = to;
	struct list_row *line = list_add(&at->list, row->ref);
	struct buf text = {0};

	buf_fmt(&text, "%s ", _(row->kind->label));
	display_title(at->talk->store, row, &text);
	list_cell(&at->list, line, 0, buf_cstr(&text));
	buf_clear(&text);
	for (size_t n = 0; n < countof(wanted); n++) {
		const struct field *field = field_named(row->kind, wanted[n]);

		if (!field || !row_value(row, field->tag))
			continue;
		display_field(at->talk->store, row, field, true, &text);
		buf_byte(&text, ' ');
	}
	display_area(row->area, &text);
	buf_byte(&text, ' ');
	reach_put(at->talk->store, row, &text);
	list_cell(&at->list, line, 1, buf_cstr(&text));
	buf_release(&text);
	return true;
}

static enum line_act find_once(struct talk *talk, const char *typed)
{
	struct finding at = {.talk = talk};
	struct fault fault = {0};
	struct list_row *row;
	enum line_act act = LINE_OK;

	talk_say_some(talk);
	list_start(&at.list, _("没有找到，换个词再试，< 返回"));
	list_column(&at.list, "", 0, false);
	list_column(&at.list, "", 0, false);
	if (store_find(talk->store, &(struct find_query){typed, 0, FOUND_MOST}, add_found, &at,
		    &fault))
		line_bad(&talk->line, "%s", fault.text);
	list_done(&at.list);
	while (act == LINE_OK) {
		act = line_list(&talk->line, _("找到"), &at.list, &row);
		if (act == LINE_OK)
			act = talk_inner(talk_record(talk, row->ref));
	}
	list_release(&at.list);
	return act;
}

enum line_act talk_find(struct talk *talk)
{
	struct buf typed = {0};
	enum line_act act;

	do {
		act = line_ask(&talk->line, _("找什么？汉字、拼音或首字母"), NULL,
			_("几个词用空格隔开，每个都要符合；< 返回"), &typed);
		if (act == LINE_OK && typed.len > 0)
			act = talk_inner(find_once(talk, buf_cstr(&typed)));
		else if (act == LINE_OK)
			act = LINE_BACK;
	} while (act == LINE_OK);
	buf_release(&typed);
	return act;
}

/* ---- the other places */

/* A file of this machine, by its path. */
static enum line_act attach(struct talk *talk, struct ref about)
{
	const struct actor actor = talk_actor(talk);
	const char *why = attach_refuses(about);
	struct buf path = {0};
	struct fault fault = {0};
	struct ref made;
	char number[32];

	if (why) {
		line_bad(&talk->line, "%s", why);
		return LINE_OK;
	}
	enum line_act act = line_ask(&talk->line, _("文件路径："), NULL, NULL, &path);
	const struct attaching attaching = {.about = about, .path = buf_cstr(&path)};
	if (act == LINE_OK && path.len &&
		talk_good(talk, attach_file(&actor, &attaching, &made, &fault), &fault)) {
		store_number(talk->store, made, number);
		line_say(&talk->line, _("已附 %s"), number);
	}
	buf_release(&path);
	return talk_inner(act);
}

enum line_act talk_new_of(struct talk *talk, const struct draft *draft)
{
	if (!talk_may(talk, draft->kind, 0))
		return LINE_OK;
	return draft->kind->id == KIND_attachment ? attach(talk, draft->parent)
						  : talk_write(talk, draft);
}

/* A warning that a person has to tie to another one. */
static bool is_loose(struct talk *talk, const struct need_item *item)
{
	struct arena arena = {0};
	struct fault fault;
	struct row row;
	bool is = item->need != NEED_SIGN && item->kind->id == KIND_warning &&
		  !store_row(talk->store, item->ref, &arena, &row, &fault) && loose_is(&row);

	arena_release(&arena);
	return is;
}

enum line_act talk_need(struct talk *talk, const struct need_item *item)
{
	if (item->event.seq)
		return talk_at(talk, "report", NULL, talk_report);
	if (item->ask && item->kind->id == KIND_report)
		return talk_at(talk, "report", NULL, item->mine ? talk_zero : talk_report);
	if (!item->ref.seq)
		return talk_new_of(talk, &(struct draft){.kind = item->kind});
	if (is_loose(talk, item))
		return talk_at(talk, "loose", NULL, talk_loose);
	return item->count > 1 ? talk_rows(talk, item->kind, (struct ref){0, 0})
			       : talk_record(talk, item->ref);
}

enum line_act talk_todo(struct talk *talk)
{
	struct needs needs = {0};
	struct arena arena = {0};
	struct fault fault = {0};
	struct list list;
	struct list_row *row;
	enum line_act act = LINE_OK;
	const struct actor actor = {talk->store, &talk->user, NULL};

	talk_say_some(talk);
	list_start(&list, _("现在没有要办的事，< 返回"));
	while (act == LINE_OK) {
		if (needs_load(&needs, &actor, &fault)) {
			line_bad(&talk->line, "%s", fault.text);
			break;
		}
		needs_group(&needs);
		needs_titles(&needs, talk->store, display_title, NEEDS_SHOWN, &arena);
		const struct needs_look look = {.now = store_now(talk->store),
			.wide = true,
			.village = store_station(talk->store)->level == LEVEL_VILLAGE};
		needs_list(&needs, &list, &look);
		act = line_list(&talk->line, _("待办"), &list, &row);
		if (act == LINE_OK)
			act = talk_inner(talk_need(talk, &needs.items[row->id]));
	}
	list_release(&list);
	needs_release(&needs);
	arena_release(&arena);
	return act;
}

static const struct kind *ask_kind(
	struct talk *talk, const char *title, bool fresh, enum line_act *act)
{
	struct actor writer = talk_actor(talk);
	struct pick pick;

	line_say(&talk->line, "%s", title);
	pick_start(&pick, title, groups_offer, fresh ? &writer : NULL, "", false);
	*act = line_pick(&talk->line, &pick);
	const struct kind *kind = *act == LINE_OK ? kind_named(pick_value(&pick)) : NULL;
	pick_release(&pick);
	return kind;
}

enum line_act talk_registers(struct talk *talk)
{
	enum line_act act;
	const struct kind *kind = ask_kind(talk, _("看哪一种登记簿"), false, &act);

	return kind ? talk_rows(talk, kind, (struct ref){0, 0}) : act;
}

enum line_act talk_new_one(struct talk *talk)
{
	enum line_act act;
	const struct kind *kind = ask_kind(talk, _("新登记哪一种"), true, &act);

	return kind ? talk_new_of(talk, &(struct draft){.kind = kind}) : act;
}

/* Each card with its sign: those that fit now first, as on the plate the rest. */
static void say_plate(struct talk *talk, const struct plate *plate, bool now)
{
	for (unsigned n = 0; n < plate->count; n++)
		if (now == (*plate->cards[n].now != '\0'))
			line_say(&talk->line, "%c %s %s",
				plate->cards[n].sign ? plate->cards[n].sign : ' ',
				plate->cards[n].title, plate->cards[n].now);
}

static void say_text(struct talk *talk, const char *text)
{
	for (const char *at = text; *at; at += at[strcspn(at, "\n")] == '\n') {
		line_say(&talk->line, "%.*s", (int)strcspn(at, "\n"), at);
		at += strcspn(at, "\n");
	}
}

enum line_act talk_cards(struct talk *talk)
{
	struct plate plate = {0};
	struct arena arena = {0};
	struct fault fault = {0};
	struct buf typed = {0};
	const struct plate_card *card = NULL;

	if (plate_load(&plate, talk->store, &arena, &fault))
		line_bad(&talk->line, "%s", fault.text);
	if (plate.shipped)
		line_say(&talk->line, "%s", plate_shipped_only());
	say_plate(talk, &plate, true);
	say_plate(talk, &plate, false);
	enum line_act act = line_ask(
		&talk->line, _("处置卡 打前面的字"), NULL, _("卡前面的一个字，< 返回"), &typed);
	if (act == LINE_OK && typed.len == 1)
		card = plate_find(&plate, *buf_cstr(&typed));
	if (act == LINE_OK && typed.len && !card)
		line_bad(&talk->line, _("没有这个字的处置卡"));
	struct ref ref = card ? card->ref : (struct ref){0, 0};
	if (card && card->text)
		say_text(talk, card->text);
	buf_release(&typed);
	arena_release(&arena);
	return ref.seq ? talk_record(talk, ref) : act;
}

/* ---- the person and the station */

static void say_me(struct talk *talk)
{
	struct buf text = {0};

	me_user(&talk->user, &text);
	me_station(talk->store, &text);
	say_text(talk, buf_cstr(&text));
	buf_release(&text);
}

static enum line_act new_pin(struct talk *talk)
{
	char first[LIMIT_PIN + 1], again[LIMIT_PIN + 1];
	struct fault fault = {0};

	if (!talk_prove(talk, &talk->user, _("改口令")))
		return LINE_OK;
	bool typed = line_secret(&talk->line, _("新口令："), first) &&
		     line_secret(&talk->line, _("再打一遍："), again);
	if (typed && !secret_good(first))
		line_bad(&talk->line, _("口令要 %d 到 %d 个字母、数字或符号"), LIMIT_PIN_LEAST,
			LIMIT_PIN);
	else if (typed && strcmp(first, again) != 0)
		line_bad(&talk->line, "%s", _("两遍不一样，口令没有改"));
	else if (typed && store_pin_set(talk->store, talk->user.who, first, &fault))
		line_bad(&talk->line, "%s", fault.text);
	else
		line_say(&talk->line, "%s", typed ? _("口令已设") : _("口令没有改"));
	secret_wipe(first);
	secret_wipe(again);
	return LINE_OK;
}

enum line_act talk_me(struct talk *talk)
{
	const char *const labels[] = {_("口令"), _("我的资料"), _("值班表")};
	enum { PIN, MYSELF, ROSTER };
	enum line_act act = LINE_OK;
	unsigned chosen;

	while (act == LINE_OK) {
		(void)!store_user_who(
			talk->store, store_station(talk->store)->site, talk->user.who, &talk->user);
		say_me(talk);
		act = line_menu(&talk->line, _("办什么？打号码，< 返回"), labels, NULL,
			countof(labels), &chosen);
		if (act != LINE_OK)
			break;
		if (chosen != ROSTER && !talk->user.who)
			line_bad(&talk->line, "%s",
				_("您没有在本站登记为人员，请管理员用 outpost user add 登记"));
		else if (chosen == PIN)
			act = talk_inner(new_pin(talk));
		else if (chosen == MYSELF)
			act = talk_inner(talk_record(talk,
				(struct ref){store_station(talk->store)->site, talk->user.who}));
		else
			act = talk_inner(talk_rows(talk, kind_of(KIND_roster), (struct ref){0, 0}));
	}
	return act;
}
