/* SPDX-License-Identifier: GPL-3.0-or-later
 * Leaving danger zones in line mode: orders, zones and shelters by their numbers.
 */
#include <string.h>

#include "app/talk.h"
#include "model/kinds.h"
#include "screens/move_page.h"
#include "screens/village_page.h"
#include "work/drafts.h"

struct moving {
	struct talk *talk;
	struct move_page page;
	struct arena arena;
};

static bool load(struct moving *at)
{
	const struct actor actor = talk_actor(at->talk);
	struct fault fault = {0};

	arena_release(&at->arena);
	if (!talk_good(at->talk, move_page_load(&at->page, &actor, &at->arena, &fault), &fault))
		return false;
	move_page_lay(&at->page, LINE_COLUMNS);
	return true;
}

static void say_all(struct moving *at)
{
	const struct tally *tally = &at->page.tally;
	const struct leaving *leaving = &at->page.leaving;
	struct buf text = {0};

	for (unsigned n = 0; n < tally->heads; n++)
		line_say(&at->talk->line, "%s", tally->head[n].text);
	for (unsigned n = 0; move_page_row(&at->page, n, &text); n++) {
		line_say(&at->talk->line, "%u. %s%s", n + 1,
			n < leaving->order_count                         ? ""
			: n < leaving->order_count + leaving->zone_count ? _("户/人 到动告拒不未 ")
									 : _("安置点 "),
			buf_cstr(&text));
		buf_clear(&text);
	}
	if (!leaving->order_count && !leaving->zone_count && !leaving->shelter_count)
		line_say(&at->talk->line, "%s", tally->list.empty);
	buf_release(&text);
}

/* '>' of the page stands on row N, from 1; false: there is none. */
static bool stand_on(struct moving *at, unsigned n)
{
	struct list *list = &at->page.tally.list;

	for (unsigned shown = 0, row = 0; row < list->shown; row++)
		if (!list_shown(list, row)->heading && ++shown == n) {
			list->at = row;
			return true;
		}
	return false;
}

static enum line_act moved(struct talk *talk, uint64_t area);

static enum line_act open_row(struct moving *at)
{
	const struct move_at row = move_page_at(&at->page);

	if (row.order)
		return talk_inner(talk_record(at->talk, row.order->ref));
	if (row.shelter)
		return talk_inner(talk_shelter(at->talk, row.shelter->ref));
	if (at->page.leaving.places)
		return talk_inner(moved(at->talk, row.zone->area));
	return talk_inner(talk_homes_at(at->talk, at->page.leaving.warning, row.zone->point));
}

static enum line_act issue(struct moving *at)
{
	const char *presets = move_page_presets(&at->page, at->talk->store, &at->arena);

	return talk_inner(talk_new_of(
		at->talk, &(struct draft){.kind = kind_of(KIND_evacuation), .presets = presets}));
}

static enum line_act check_in_at(struct moving *at)
{
	const struct leaving_shelter *shelter = move_page_shelter(&at->page);

	if (shelter)
		return talk_inner(talk_shelter(at->talk, shelter->ref));
	line_bad(&at->talk->line, "%s", _("没有避难场所：A 登记簿里先登记"));
	return LINE_OK;
}

static void say_situation(struct moving *at, bool of_row)
{
	const struct actor actor = talk_actor(at->talk);
	const struct move_at row = move_page_at(&at->page);
	struct village_page shown = {.title = ""};
	struct fault fault = {0};
	uint64_t area = of_row && row.zone ? row.zone->area : at->page.leaving.area;

	if (talk_good(at->talk, village_page_load(&shown, &actor, area, &fault), &fault)) {
		line_say(&at->talk->line, _("形势 %s"), shown.title);
		line_page(&at->talk->line, &shown.page, 0, shown.page.count);
	}
	page_release(&shown.page);
}

/* "3" opens row 3; "n3" is an order about the zone of row 3. */
static enum line_act pressed(struct moving *at, const char *typed)
{
	unsigned n = line_number(typed), of = typed[0] == 'n' ? line_number(typed + 1) : 0;

	if (n && stand_on(at, n))
		return open_row(at);
	if (!strcmp(typed, "n") || (of && stand_on(at, of)))
		return issue(at);
	if (!strcmp(typed, "i"))
		return check_in_at(at);
	if (!strcmp(typed, "p") || (*typed == 'p' && stand_on(at, line_number(typed + 1)))) {
		say_situation(at, typed[1] != 0);
		return LINE_OK;
	}
	line_bad(&at->talk->line, _("没有 \"%s\"，打列出的号码或字母"), typed);
	return LINE_OK;
}

static enum line_act moved(struct talk *talk, uint64_t area)
{
	struct moving at = {.talk = talk, .page = {.area = area}};
	struct talk_place before = talk_stand(talk, "move", &(struct aim){.query = {.area = area}});
	struct buf typed = {0};
	enum line_act act = LINE_OK;

	while (act == LINE_OK && load(&at)) {
		say_all(&at);
		act = line_choose(&talk->line, _("打号码看，n号码 下令，i 登记，p 形势，回车返回"),
			NULL, _("令的号码：t 里下返回令；危险区：逐户；安置点：登记和报人数"),
			&typed);
		if (act == LINE_OK && !typed.len)
			act = LINE_BACK;
		else if (act == LINE_OK)
			act = pressed(&at, buf_cstr(&typed));
	}
	move_page_release(&at.page);
	arena_release(&at.arena);
	buf_release(&typed);
	talk->place = before;
	return act == LINE_OK ? LINE_BACK : act;
}

enum line_act talk_move(struct talk *talk)
{
	return moved(talk, 0);
}
