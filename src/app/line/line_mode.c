/* SPDX-License-Identifier: GPL-3.0-or-later
 * Line mode whole: home, registers, records, forms, find, outbox, asked one question a line. It
 * shows the same rows and pages as the screens; only the asking differs.
 */
#include <string.h>

#include "app/child.h"
#include "app/day_copy.h"
#include "app/line/line_parts.h"
#include "app/tui.h"
#include "work/drafts.h"
#include "screens/needs.h"
#include "screens/people.h"
#include "screens/display.h"
#include "screens/setup.h"
#include "screens/situation.h"

/* Beside it stands screens/parts/boards.c: the capitals that open the same places on screens. */
static const struct {
	const char *label;
	enum line_act (*go)(struct talk *talk);
} places[] = {
	{N_("待办"), talk_todo},
	{N_("登记簿"), talk_registers},
	{N_("查找"), talk_find},
	{N_("新登记"), talk_new_one},
	{N_("处置卡"), talk_cards},
	{N_("草稿"), talk_drafts},
	{N_("数据报送"), talk_outbox},
	{N_("到户"), talk_tick},
	{N_("叫应"), talk_call},
	{N_("预警"), talk_warn},
	{N_("灾情"), talk_report},
	{N_("指令任务"), talk_order},
	{N_("值班"), talk_watch},
	{N_("没关联上的预警"), talk_loose},
	{N_("本机"), talk_me},
};

/* The number of a place on the menu. */
static unsigned number_of(enum line_act (*go)(struct talk *talk))
{
	unsigned n = 0;

	while (n < countof(places) && places[n].go != go)
		n++;
	return n + 1;
}

static void greet(struct talk *talk)
{
	struct needs needs = {0};
	struct arena arena = {0};
	struct fault fault = {0};
	struct buf sum = {0}, name = {0}, around = {0};
	struct world world;
	struct draft drafts[DRAFTS_MOST];

	display_text(store_station(talk->store)->name, &name);
	const struct actor actor = {talk->store, &talk->user, NULL};
	if (needs_load(&needs, &actor, &fault))
		line_bad(&talk->line, "%s", fault.text);
	needs_sum(&needs, &sum);
	world_open(&world, talk->store, &talk->user, store_now(talk->store));
	situation_line(&world, &around);
	line_say(&talk->line, "%s %s  %s", buf_cstr(&name), talk->user.name, buf_cstr(&around));
	line_say(&talk->line, "%s", sum.len ? buf_cstr(&sum) : _("现在没有要办的事"));
	unsigned count = drafts_of(talk->store, &talk->user, &arena, drafts);
	if (count)
		line_say(&talk->line, _("有%u份草稿没写完，选 %u 接着写"), count,
			number_of(talk_drafts));
	needs_release(&needs);
	arena_release(&arena);
	buf_release(&sum);
	buf_release(&name);
	buf_release(&around);
}

static void home(struct talk *talk, struct app *app)
{
	const char *labels[countof(places)];
	unsigned chosen;
	enum line_act act = LINE_OK;

	for (size_t n = 0; n < countof(places); n++)
		labels[n] = _(places[n].label);
	while (act == LINE_OK) {
		day_copy_here(app);
		greet(talk);
		act = line_menu(
			&talk->line, _("去哪里？打号码，< 退出"), labels, countof(places), &chosen);
		if (act == LINE_OK)
			act = talk_inner(places[chosen].go(talk));
	}
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
	const struct beside beside = {beside_ask, NULL, app};
	beside_set(&beside);
	home(&talk, app);
	beside_set(NULL);
	day_copy_here(app);
	line_say(&talk.line, "%s", _("再见"));
	return EXIT_DONE;
}
