/* SPDX-License-Identifier: GPL-3.0-or-later
 * Line mode whole: home, and all places from there, asked one question a line. It shows the same
 * rows and pages as the screens; only the asking differs.
 */
#include <string.h>

#include "app/child.h"
#include "app/day_copy.h"
#include "app/talk.h"
#include "app/tui.h"
#include "model/kinds.h"
#include "work/drafts.h"
#include "screens/boards.h"
#include "screens/display.h"
#include "screens/link_status.h"
#include "screens/fresh.h"
#include "screens/needs.h"
#include "screens/outage.h"
#include "screens/people.h"
#include "screens/screens.h"
#include "screens/setup.h"
#include "screens/situation.h"

/* ---- places, a letter each: those of the screens, and what has no board there */

static const struct {
	const char *sign;
	const char *label;
	enum line_act (*go)(struct talk *talk);
} places[] = {
	{"0", N_("零报告"), talk_zero},
	{"Y", N_("预警"), talk_warn},
	{"J", N_("叫应"), talk_call},
	{"D", N_("到户"), talk_tick},
	{"Z", N_("转移安置"), talk_move},
	{"R", N_("响应"), talk_response},
	{"W", N_("值班"), talk_watch},
	{"L", N_("指令任务"), talk_order},
	{"K", N_("物资"), talk_stock},
	{"B", N_("灾情"), talk_report},
	{"H", N_("核对"), talk_confirm},
	{"X", N_("巡查"), talk_patrol},
	{"E", N_("演练"), talk_drill},
	{"T", N_("统计"), talk_totals},
	{"M", N_("地图"), talk_map},
	{"F", N_("处置卡"), talk_cards},
	{"S", N_("报送"), talk_outbox},
	{"A", N_("登记簿"), talk_registers},
	{"P", N_("本机"), talk_me},
	{"n", N_("新登记"), talk_new_one},
	{"/", N_("查找"), talk_find},
	{"b", N_("家底"), talk_profile},
	{"v", N_("待办"), talk_todo},
	{"g", N_("草稿"), talk_drafts},
	{"c", N_("没关联上的预警"), talk_loose},
};

static void put_places(struct buf *out)
{
	buf_text(out, _("去处："));
	for (size_t n = 0; n < countof(places); n++)
		buf_fmt(out, "%s%s%s%s", n ? " " : display_gap(), places[n].sign, display_gap(),
			_(places[n].label));
	for (const struct board *board = boards; board->key; board++)
		if (!board->screen)
			buf_fmt(out, " %c%s%s", board->key, display_gap(), _(board->name));
	buf_text(out, _(" r催 r3催第3行 u撤回 |打印 < 退出"));
}

/* A board of the screens that is the form of a new record. */
static enum line_act begin(struct talk *talk, const struct board *board)
{
	return talk_new_of(
		talk, &(struct draft){.kind = kind_of(board->kind), .presets = board->presets});
}

static enum line_act go(struct talk *talk, const char *typed)
{
	for (size_t n = 0; n < countof(places); n++)
		if (strcmp(places[n].sign, typed) == 0)
			return talk_at(talk, boards_screen(*typed), NULL, places[n].go);
	for (const struct board *board = boards; board->key; board++)
		if (!board->screen && typed[0] == board->key && !typed[1])
			return begin(talk, board);
	if (strcmp(typed, "y") == 0)
		line_say(&talk->line, "%s", _("现在没有要确认的事"));
	else
		line_bad(&talk->line, _("没有 \"%s\"，? 看去处"), typed);
	return LINE_OK;
}

/* Capitals go from anywhere; what home has besides stays there. */
static bool is_place(void *to, char letter)
{
	bool found = false;

	(void)to;
	for (size_t n = 0; n < countof(places) && !found; n++)
		found = places[n].sign[0] == letter;
	for (const struct board *board = boards; board->key && !found; board++)
		found = board->key == letter;
	return found;
}

/* ---- home */

struct home {
	struct talk *talk;
	struct needs needs;
	struct list list;
	struct arena arena;
	unsigned said;       /* rows */
	struct buf numbered; /* which records stood behind which numbers when they were said last */
	struct buf wrong;    /* what was said of the county's rules */
	struct fresh fresh;
};

static void load(struct home *home)
{
	struct talk *talk = home->talk;
	const struct actor actor = talk_actor(talk);
	struct fault fault = {0};

	arena_release(&home->arena);
	if (!talk_good(talk, needs_load(&home->needs, &actor, &fault), &fault))
		home->needs.count = 0;
}

/* One line each, as home of the screens has them above its rows. */
static void say_around(struct home *home)
{
	struct talk *talk = home->talk;
	struct buf text = {0}, name = {0};
	struct world world;
	struct link_status link;

	world_open(&world, talk->store, &talk->user, store_now(talk->store));
	display_text(store_station(talk->store)->name, &name);
	situation_line(&world, &text);
	line_say(&talk->line, "%s %s  %s", buf_cstr(&name), talk->user.name, buf_cstr(&text));
	buf_clear(&text);
	link_status_load(&link, talk->store);
	link_status_line(&link, world.around.now, &text);
	if (text.len)
		line_say(&talk->line, "%s", buf_cstr(&text));
	buf_clear(&text);
	situation_below(&world, false, &text);
	if (text.len)
		line_say(&talk->line, "%s", buf_cstr(&text));
	buf_clear(&text);
	if (store_station(talk->store)->level == LEVEL_VILLAGE)
		(void)situation_untold(&world, &text);
	if (text.len)
		line_say(&talk->line, "%s", buf_cstr(&text));
	if (*rules_folder_complaints())
		line_say(&talk->line, "%s", rules_folder_complaints());
	if (*rules_complaints())
		line_say(&talk->line, "%s", rules_complaints());
	talk_say_some(talk);
	buf_release(&text);
	buf_release(&name);
}

/* "现在7 今天5 以后146"; when nothing is to be done now, what comes next. */
static void say_sum(struct home *home)
{
	struct line *line = &home->talk->line;
	struct buf text = {0}, next = {0};

	needs_nothing(&home->needs, store_now(home->talk->store), false, &next);
	if (!home->needs.bands[BAND_NOW])
		line_say(line, "%s", buf_cstr(&next));
	needs_sum(&home->needs, &text);
	if (text.len)
		line_say(line, "%s", buf_cstr(&text));
	buf_release(&text);
	buf_release(&next);
}

static void say_drafts(struct home *home)
{
	struct talk *talk = home->talk;
	struct draft drafts[DRAFTS_MOST];
	unsigned count = drafts_of(talk->store, &talk->user, &home->arena, drafts);

	if (count)
		line_say(&talk->line, _("有%u份草稿没写完，打 g 接着写"), count);
}

static enum rule_band band_of(const struct home *home, unsigned row)
{
	return home->needs.items[home->list.rows[home->list.order[row]].id].band;
}

/* "以后36  核对24 H  企业场所2 A": what can wait says by which letters it is cleared. */
static void say_band(struct home *home, enum rule_band band)
{
	struct buf shares = {0};

	if (band > BAND_TODAY)
		needs_shares(&home->needs, band, &shares);
	line_say(&home->talk->line, "%s%s%u%s", _(band_labels[band]), display_gap(),
		home->needs.bands[band], buf_cstr(&shares));
	buf_release(&shares);
}

/* The next rows, of one band. */
static void say_rows(struct home *home)
{
	struct line *line = &home->talk->line;
	unsigned from = home->said, end = from + LINE_PAGE;

	if (from == home->list.shown) {
		line_say(line, "%s", _("到底了，打号码打开，? 看去处"));
		return;
	}
	enum rule_band band = band_of(home, from);

	if (band != BAND_NOW && (!from || band_of(home, from - 1) != band))
		say_band(home, band);
	while (home->said < end && home->said < home->list.shown &&
		band_of(home, home->said) == band)
		line_row(line, &home->list, home->said++);
}

/* Do the numbers mean other records than when they were said? Minutes that run are no change. */
static bool renumbered(struct home *home)
{
	struct buf now = {0};

	for (unsigned n = 0; n < home->needs.count; n++) {
		const struct need_item *item = &home->needs.items[n];

		buf_fmt(&now, "%d %u %llx %x %u\n", (int)item->band, item->kind->id,
			(unsigned long long)item->ref.site, item->ref.seq, item->count);
	}
	bool other = !bytes_equal(buf_bytes(&now), buf_bytes(&home->numbered));
	buf_release(&home->numbered);
	home->numbered = now;
	return other;
}

/* Is something else wrong with the county's rules than was said? */
static bool is_wrong_anew(struct home *home)
{
	struct buf now = {0};

	buf_fmt(&now, "%s\n%s", rules_folder_complaints(), rules_complaints());
	bool other = !bytes_equal(buf_bytes(&now), buf_bytes(&home->wrong));
	buf_release(&home->wrong);
	home->wrong = now;
	return other;
}

/* "西彰村 现在7 今天5 以后146": nothing moved since it was said whole; an empty line says the rows.
 */
static void say_short(struct home *home)
{
	struct talk *talk = home->talk;
	struct buf text = {0};

	display_text(store_station(talk->store)->name, &text);
	if (home->needs.count)
		needs_sum(&home->needs, &text);
	else
		buf_fmt(&text, " %s", _("现在没有要办的事"));
	line_say(&talk->line, "%s", buf_cstr(&text));
	buf_release(&text);
}

/* WHOLE: at the beginning. Later, what was said once is not said again on a slow line. */
static void say_home(struct home *home, bool whole)
{
	struct store *store = home->talk->store;
	const struct needs_look look = {.now = store_now(store),
		.wide = true,
		.village = store_station(store)->level == LEVEL_VILLAGE,
		.fresh = home->fresh.on};
	const struct actor actor = talk_actor(home->talk);

	load(home);
	needs_group(&home->needs);
	fresh_load(&home->fresh, &actor, &home->needs);
	needs_titles(&home->needs, store, display_title, NEEDS_SHOWN, &home->arena);
	needs_list(&home->needs, &home->list, &look);
	home->said = 0;
	bool other = renumbered(home);
	whole |= is_wrong_anew(home);
	if (!whole && !other) {
		say_short(home);
		return;
	}
	if (whole)
		say_around(home);
	say_sum(home);
	if (whole)
		say_drafts(home);
	if (home->needs.bands[BAND_NOW])
		say_rows(home);
}

/* r3: of that row; r: of the zero report where that is owed, else of the first row that has
 * somebody to urge. */
static void urge(struct home *home, const char *typed)
{
	unsigned n = line_number(typed + 1);
	const struct list_row *row = n ? list_shown(&home->list, n - 1) : NULL;
	const struct need_item *items = home->needs.items, *item = NULL;

	if (typed[1] && !row) {
		line_bad(&home->talk->line, _("没有第 \"%s\" 项"), typed + 1);
		return;
	}
	for (unsigned at = 0; at < home->needs.count && !row; at++) {
		bool owed = items[at].owing && !items[at].event.seq;

		if (owed && (!item || (!item->ask && items[at].ask)))
			item = &items[at];
	}
	talk_urge(home->talk, row ? &items[row->id] : item);
}

/* What has been said was read by whoever answers. */
static void looked(struct home *home)
{
	fresh_paged(&home->fresh, &home->needs, &home->list, 0, home->said);
	fresh_left(&home->fresh, &home->needs);
}

/* A number, a letter, or nothing for more. *STAYS: what was said of home still holds. */
static enum line_act answer(struct home *home, const char *typed, bool *stays)
{
	unsigned n = line_number(typed);
	const struct list_row *row = n ? list_shown(&home->list, n - 1) : NULL;

	*stays = !*typed || (n && !row);
	if (row)
		return talk_need(home->talk, &home->needs.items[row->id]);
	if (n)
		line_bad(&home->talk->line, _("没有第 \"%s\" 项"), typed);
	else if (!*typed)
		say_rows(home);
	else if (strcmp(typed, "s") == 0)
		talk_sign(home->talk);
	else if (typed[0] == 'r' && (!typed[1] || line_number(typed + 1)))
		urge(home, typed);
	else if (strcmp(typed, "u") == 0)
		talk_back(home->talk);
	else
		return go(home->talk, typed);
	return LINE_OK;
}

static void home_run(struct talk *talk, struct app *app)
{
	struct home home = {.talk = talk};
	struct buf typed = {0}, help = {0};
	enum line_act act = LINE_OK;
	bool stays = false, whole = true;

	put_places(&help);
	list_start(&home.list, "");
	while (act == LINE_OK) {
		const char place[2] = {talk->line.going, '\0'};

		talk->line.going = '\0';
		day_copy_here(app);
		if (*place) {
			stays = false;
			act = talk_inner(go(talk, place));
			continue;
		}
		if (!stays)
			say_home(&home, whole);
		whole = false;
		act = line_ask(&talk->line, _("打号码，s签收 !告急 更多回车 ?去处 <退出"), NULL,
			buf_cstr(&help), &typed);
		if (act != LINE_END)
			looked(&home);
		if (act == LINE_OK)
			act = talk_inner(answer(&home, buf_cstr(&typed), &stays));
	}
	list_release(&home.list);
	needs_release(&home.needs);
	arena_release(&home.arena);
	buf_release(&home.numbered);
	buf_release(&home.wrong);
	buf_release(&typed);
	buf_release(&help);
}

/* ---- the first run, and who it is */

static bool first_run(struct app *app, struct talk *talk)
{
	struct setup setup = {0};
	struct fault fault = {0};
	bool made = false;

	setup_start(&setup);
	line_say(&talk->line, "%s", _("前哨 第一次使用：建立本站"));
	while (!made && line_form(&talk->line, &setup.form) == LINE_OK) {
		made = setup_make(&setup, app->home, app->login, &app->store, &app->user, &fault) ==
		       RC_OK;
		if (!made)
			line_bad(&talk->line, "%s", fault.text);
	}
	setup_release(&setup);
	return made;
}

static bool ask_person(struct app *app, struct talk *talk)
{
	struct people people = {.store = app->store};
	struct pick pick;
	bool known = false;

	line_say(&talk->line, "%s", _("您是哪一位？"));
	pick_start(&pick, "", people_offer, &people, "", false);
	if (line_pick(&talk->line, &pick) == LINE_OK)
		known = people_chosen(&people, &pick, &app->user);
	pick_release(&pick);
	talk->store = app->store;
	return known && talk_prove(talk, &app->user, NULL);
}

int line_run(struct app *app, FILE *in, FILE *out)
{
	struct talk talk = {0};
	struct buf cut = {0};
	bool ready = true;
	int code = app_has_station(app) ? app_store(app, STORE_RESERVE) : 0;

	if (code)
		return code;
	if (app->plain)
		line_start_bare(&talk.line, in, out);
	else
		line_start(&talk.line, in, out);
	if (!app->store)
		ready = first_run(app, &talk);
	else if (app->unclear)
		ready = ask_person(app, &talk);
	if (!ready)
		return EXIT_FAILED;
	talk.store = app->store;
	talk.user = app->user;
	store_read_as(talk.store, talk.user.who ? &talk.user : NULL);
	talk.line.to = &talk;
	talk.line.same = talk_same;
	talk.line.tell = talk_alarm;
	talk.line.burning = talk_burning;
	talk.line.paper = talk_paper;
	talk.place.screen = screen_home.name;
	talk.line.place = is_place;
	const struct beside beside = {beside_ask, NULL, app};
	beside_set(&beside);
	if (outage_begin(talk.store, &talk.user, &cut))
		line_say(&talk.line, "%s", buf_cstr(&cut));
	buf_release(&cut);
	home_run(&talk, app);
	outage_end(talk.store);
	beside_set(NULL);
	day_copy_here(app);
	line_say(&talk.line, "%s", _("再见"));
	return EXIT_DONE;
}
