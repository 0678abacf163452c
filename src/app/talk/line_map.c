/* SPDX-License-Identifier: GPL-3.0-or-later
 * The map in line mode: a line a place, with its bearing; and what is nearest to one of them.
 */
#include <string.h>

#include "app/talk.h"
#include "screens/map_page.h"

struct mapping {
	struct talk *talk;
	struct map_page page;
	struct arena arena;
	unsigned *shown; /* places, as they are numbered */
	unsigned count, said;
	char words[80]; /* only what has these; "" = all */
};

static bool load(struct mapping *at)
{
	const struct actor actor = talk_actor(at->talk);
	struct fault fault = {0};

	arena_release(&at->arena);
	at->count = at->said = 0;
	if (!talk_good(at->talk, map_page_load(&at->page, &actor, &at->arena, &fault), &fault))
		return false;
	at->shown = arena_get(&at->arena, (at->page.places.count + 1) * sizeof *at->shown);
	for (unsigned n = 0; n < at->page.places.count; n++) {
		const struct map_place *place = &at->page.places.at[n];

		if (map_page_shows(&at->page, place) &&
			(!*at->words || list_match(place->title, at->words)))
			at->shown[at->count++] = n;
	}
	return true;
}

static void say_next(struct mapping *at)
{
	struct line *line = &at->talk->line;
	struct buf text = {0};

	for (unsigned n = 0; n < LINE_PAGE && at->said < at->count; n++, at->said++) {
		buf_clear(&text);
		map_page_line(&at->page, &at->page.places.at[at->shown[at->said]], &text);
		line_say(line, "%u. %s", at->said + 1, buf_cstr(&text));
	}
	buf_release(&text);
}

static void say_first(struct mapping *at)
{
	struct line *line = &at->talk->line;
	struct buf text = {0};

	map_page_unknown(&at->page, &text);
	line_say(line, _("地图 %s %u处%s"), map_page_layer(&at->page), at->count,
		at->page.grave ? _("，只看红橙") : "");
	if (text.len)
		line_say(line, "%s", buf_cstr(&text));
	if (!at->count)
		line_say(line, "%s", _("没有；f 换层，v 全部"));
	say_next(at);
	buf_release(&text);
}

/* Numbers go on where those of the map end, so the same number never means two. */
static enum line_act nearest(struct mapping *at, const struct map_place *from)
{
	struct talk *talk = at->talk;
	struct near_place *near;
	struct geo here;
	bool about;
	struct buf text = {0}, typed = {0};
	unsigned count = 0;
	enum line_act act = LINE_OK;

	if (places_of(&at->page.places, talk->store, from->ref, &here, &about))
		count = places_near(&at->page.places, here, &at->arena, &near);
	if (!count) {
		line_say(&talk->line, "%s", _("附近没有知道坐标的安置点、仓库和队伍"));
		return LINE_OK;
	}
	if (count > LINE_PAGE)
		count = LINE_PAGE;
	line_say(&talk->line, _("离 %s 最近的安置点、仓库、队伍"), from->title);
	for (unsigned n = 0; n < count; n++) {
		buf_clear(&text);
		map_page_near(&at->page, here, &near[n], &text);
		line_say(&talk->line, "%u. %s", n + 1, buf_cstr(&text));
	}
	act = line_ask(&talk->line, _("打号码打开，回车返回"), NULL, NULL, &typed);
	unsigned n = act == LINE_OK ? line_number(buf_cstr(&typed)) : 0;
	if (n && n <= count)
		act = talk_record(talk, near[n - 1].place->ref);
	buf_release(&text);
	buf_release(&typed);
	return talk_inner(act);
}

static const struct map_place *place_at(struct mapping *at, unsigned n)
{
	return n && n <= at->count ? &at->page.places.at[at->shown[n - 1]] : NULL;
}

/* *WHOLE: other places are shown now. */
static enum line_act choose(struct mapping *at, const char *typed, bool *whole)
{
	const struct map_place *place = place_at(at, line_number(typed));
	const struct map_place *from = *typed == 'o' ? place_at(at, line_number(typed + 1)) : NULL;

	if (place)
		return talk_inner(talk_record(at->talk, place->ref));
	if (from)
		return nearest(at, from);
	*whole = true;
	if (!strcmp(typed, "f"))
		at->page.layer = (at->page.layer + 1) % PLACE_LAYERS;
	else if (!strcmp(typed, "v"))
		at->page.grave = !at->page.grave;
	else if (*typed == '/')
		snprintf(at->words, sizeof at->words, "%s", typed + 1);
	else {
		*whole = false;
		line_bad(&at->talk->line, _("没有 \"%s\"，打列出的号码或字母"), typed);
	}
	return LINE_OK;
}

enum line_act talk_map(struct talk *talk)
{
	struct mapping at = {.talk = talk};
	struct buf typed = {0};
	enum line_act act = LINE_OK;
	bool whole = true;

	while (act == LINE_OK && (!whole || load(&at))) {
		if (whole)
			say_first(&at);
		whole = false;
		act = line_choose(&talk->line,
			_("打号码打开，o3 第3处附近，/字 找，f 换层，v 只看红橙，更多回车，< 返回"),
			NULL, NULL, &typed);
		if (act != LINE_OK)
			break;
		if (typed.len)
			act = choose(&at, buf_cstr(&typed), &whole);
		else if (at.said == at.count)
			act = LINE_BACK;
		else
			say_next(&at);
	}
	map_page_release(&at.page);
	arena_release(&at.arena);
	buf_release(&typed);
	return act == LINE_OK ? LINE_BACK : act;
}
