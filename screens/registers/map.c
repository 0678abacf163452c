/* SPDX-License-Identifier: GPL-3.0-or-later
 * The board M: points of danger, what happens, shelters, stores and teams where they lie.
 */
#include <stdio.h>

#include "base/text.h"
#include "base/when.h"
#include "screens/display.h"
#include "screens/map_page.h"
#include "screens/printer.h"
#include "screens/screens.h"

static void make_title(struct view *view)
{
	struct map_page *page = view->state;
	struct buf title = {0};

	display_text(store_station(view->store)->name, &title);
	map_page_title(page, &title);
	text_fit(view->title, sizeof view->title, buf_cstr(&title));
	buf_release(&title);
}

static enum rc load(struct view *view, struct fault *fault)
{
	const struct actor actor = parts_actor(view);
	enum rc rc = map_page_load(view->state, &actor, &view->arena, fault);

	make_title(view);
	view->due = parts_minute(view);
	return rc;
}

static void layout(struct view *view, struct pane room)
{
	map_page_lay(view->state, room);
	make_title(view);
}

static void draw(const void *state, struct pane pane)
{
	map_page_draw(state, pane);
}

static enum act say(struct view *view, const char *text)
{
	stack_note(view, LOOK_PLAIN, "%s", text);
	return ACT_DRAW;
}

static enum act again(struct view *view)
{
	struct map_page *page = view->state;

	page->listing = MAP_LISTS_NOTHING;
	page->tally.columns = 0;
	view->typing = false;
	return ACT_DRAW;
}

static enum act turn_layer(struct view *view)
{
	struct map_page *page = view->state;

	page->layer = (page->layer + 1) % PLACE_LAYERS;
	stack_note(view, LOOK_PLAIN, _("现在看：%s"), map_page_layer(page));
	return again(view);
}

static enum act toggle(struct view *view)
{
	struct map_page *page = view->state;

	page->grave = !page->grave;
	stack_note(view, LOOK_PLAIN, "%s",
		page->grave ? _("只看红橙的点，黄蓝和没开的不看") : _("现在看：全部"));
	return again(view);
}

static enum act zoom_in(struct view *view)
{
	map_page_zoom(view->state, 1);
	return ACT_DRAW;
}

static enum act zoom_out(struct view *view)
{
	map_page_zoom(view->state, -1);
	return ACT_DRAW;
}

static enum act list(struct view *view, enum map_listing listing, const char *none)
{
	struct map_page *page = view->state;

	if (!map_page_list(page, listing))
		return say(view, none);
	page->tally.list.at = 0;
	return ACT_DRAW;
}

static enum act unknown(struct view *view)
{
	return list(view, MAP_LISTS_UNKNOWN, _("都有坐标"));
}

static enum act nearest(struct view *view)
{
	struct map_page *page = view->state;
	const struct map_place *place = map_page_at(page);

	if (place && place->known)
		page->at = place->ref;
	return list(view, MAP_LISTS_NEAR, _("附近没有知道坐标的安置点、仓库和队伍"));
}

static enum act ask_words(struct view *view)
{
	struct map_page *page = view->state;

	(void)again(view);
	tally_ask(&page->tally, _("找（名称、拼音、首字母）："), EDIT_LINE, "");
	view->typing = true;
	return ACT_DRAW;
}

static enum act to_file(struct view *view)
{
	struct map_page *page = view->state;
	struct buf text = {0}, said = {0};
	const char *why = printer_refuses(PRINT_FILE);

	if (why) {
		stack_note(view, LOOK_BAD, "%s", why);
		return ACT_DRAW;
	}
	places_geojson(&page->places, view->store, &text);
	bool good = printer_put(PRINT_FILE, "map.geojson", buf_bytes(&text), &said);
	stack_note(view, good ? LOOK_PLAIN : LOOK_BAD, "%s", buf_cstr(&said));
	buf_release(&text);
	buf_release(&said);
	return ACT_DRAW;
}

static enum act open_place(struct view *view, const struct map_place *place, const char *none)
{
	return place ? parts_record(view, place->ref) : say(view, none);
}

static enum act enter(struct view *view)
{
	struct map_page *page = view->state;
	const struct chart_spot *spot = map_page_spot(page);

	if (spot && spot->count > 1)
		return list(view, MAP_LISTS_CELL, "");
	return open_place(view, map_page_at(page), _("光标这里没有东西"));
}

static enum act take_words(struct view *view, int key)
{
	struct map_page *page = view->state;
	bool done;

	if (!tally_key(&page->tally, key, &done))
		return ACT_DRAW;
	view->typing = false;
	page->tally.columns = 0;
	if (!done || !*edit_text(&page->tally.edit))
		return ACT_DRAW;
	const struct map_place *found = map_page_find(page, edit_text(&page->tally.edit));
	if (!found)
		return say(view, _("图上没有叫这个的；a 看没有坐标的"));
	if (!map_page_shows(page, found)) {
		page->layer = LAYER_ALL;
		page->grave = false;
	}
	map_page_go(page, found);
	return ACT_DRAW;
}

static enum act arrow(struct view *view, int key)
{
	struct map_page *page = view->state;
	int down = key == K_DOWN || key == 'j' ? 1 : key == K_UP || key == 'k' ? -1 : 0;
	int right = key == K_RIGHT ? 1 : key == K_LEFT ? -1 : 0;

	return map_page_arrow(page, down, right) ? ACT_DRAW : say(view, _("那边没有了"));
}

/* A list over the map: one step back is the map again. */
static enum act type_list(struct view *view, int key)
{
	struct map_page *page = view->state;
	bool chosen, more;

	if (key == K_ESC || key == K_CTRL('X') || key == 'q')
		return again(view);
	enum act act = parts_list(view, &page->tally.list, key, &chosen, &more);
	if (chosen)
		return open_place(view, map_page_at(page), "");
	return act == ACT_UNKNOWN ? parts_unknown(view, key) : act;
}

static enum act type(struct view *view, int key)
{
	struct map_page *page = view->state;

	if (key == K_HANGUP || key == K_RESIZE)
		return ACT_UNKNOWN;
	if (page->tally.prompt)
		return take_words(view, key);
	if (page->listing != MAP_LISTS_NOTHING)
		return type_list(view, key);
	if (key == K_UP || key == K_DOWN || key == K_LEFT || key == K_RIGHT || key == 'j' ||
		key == 'k')
		return arrow(view, key);
	if (map_page_turn(page, key))
		return ACT_DRAW;
	if (key == K_ENTER)
		return enter(view);
	if (key == '=')
		return zoom_in(view);
	if (key > '0' && key <= '9')
		return open_place(
			view, map_page_number(page, (unsigned)(key - '0')), _("图上没有这个号"));
	return parts_unknown(view, key);
}

static enum act paste(struct view *view, const char *text)
{
	tally_paste(&((struct map_page *)view->state)->tally, text);
	return ACT_DRAW;
}

static struct ref row(const struct view *view)
{
	const struct map_place *place = map_page_at(view->state);

	return place ? place->ref : (struct ref){0, 0};
}

static void done(struct view *view)
{
	map_page_release(view->state);
}

static const struct key keys[] = {
	{'+', N_("放大"), zoom_in},
	{'-', N_("缩小"), zoom_out},
	{K_ENTER, N_("打开"), NULL},
	{'o', N_("就近"), nearest},
	{'v', N_("只看红橙"), toggle},
	{'f', N_("层"), turn_layer},
	{'/', N_("找"), ask_words},
	{'a', N_("没坐标的"), unknown},
	{'p', N_("存GeoJSON"), to_file},
	{0, NULL, NULL},
};

const struct screen screen_map = {
	.name = "map",
	.title = N_("地图"),
	.size = sizeof(struct map_page),
	.dense = true,
	.keys = keys,
	.load = load,
	.layout = layout,
	.draw = draw,
	.type = type,
	.paste = paste,
	.row = row,
	.done = done,
	.help = N_(
		"上北下南，字母是风险点的颜色，数字是事件和重大隐患，按数字打开。方向键到那一边的"
		"下一个，图外还有的就移图；+ 放大 - 缩小。一格里有几个的只画最重的，回车看全部。"
		"o 离这里最近的安置点、仓库、队伍；f 换层，v 只看红橙，/ 找到并移过去，a "
		"没有坐标的按村列，p 存成 GeoJSON 文件。"),
};
