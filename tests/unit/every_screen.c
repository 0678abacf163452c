/* SPDX-License-Identifier: GPL-3.0-or-later
 * Every screen there is, one after the other, each with something to show.
 */
#include "every_screen.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "model/kinds.h"

enum { SCREENS_MOST = 64 };
/* Where the screens are opened from: 'o' opens the one under test with all that any of them asks
 * for. */
static const char *target;
const char *every_shown;
static struct ref hazard, warning, incident, duty, point, drill;
static const struct screen *all[SCREENS_MOST + 2];
static struct screen copies[SCREENS_MOST];

static enum rc spy_load(struct view *view, struct fault *fault)
{
	every_shown = view->screen->name;
	for (size_t n = 0; screens[n]; n++)
		if (!strcmp(screens[n]->name, every_shown))
			return screens[n]->load ? screens[n]->load(view, fault) : RC_OK;
	return RC_OK;
}

static enum rc door_load(struct view *view, struct fault *fault)
{
	(void)view;
	(void)fault;
	every_shown = "door";
	return RC_OK;
}

static void door_draw(const void *state, struct pane pane)
{
	(void)state;
	(void)pane;
}

static enum act door_open(struct view *view)
{
	static const struct {
		const char *screen;
		struct ref *ref;
		unsigned kind;
	} aims[] = {
		{"warn", &warning, KIND_warning},
		{"call", &warning, KIND_warning},
		{"tick", &warning, KIND_warning},
		{"incident", &incident, KIND_incident},
		{"handover", &duty, KIND_duty},
		{"text", &warning, KIND_warning},
		{"checking", &point, KIND_point},
		{"judging", &drill, KIND_drill},
	};
	struct aim *aim = stack_open(view, target);

	aim->kind = kind_of(KIND_hazard);
	aim->ref = hazard;
	if (!strcmp(target, "write") || !strcmp(target, "records"))
		aim->ref = (struct ref){0, 0};
	if (!strcmp(target, "records"))
		aim->query = query_all(KIND_hazard);
	for (size_t n = 0; n < countof(aims); n++)
		if (!strcmp(target, aims[n].screen)) {
			aim->ref = *aims[n].ref;
			aim->kind = kind_of(aims[n].kind);
		}
	return ACT_OPEN;
}

static const struct key door_keys[] = {{'o', NULL, door_open}, {0, NULL, NULL}};
static const struct screen door = {
	.name = "door", .title = "", .keys = door_keys, .load = door_load, .draw = door_draw};

void every_furnish(struct desk *desk)
{
	static const char *const hazards[] = {
		"category=H0101", "place=村西涵洞", "text=堵", "grade=M", NULL};
	static const char *const warnings[] = {
		"event=11B03", "severity=red", "headline=暴雨红色预警", "expires=+6h", NULL};
	static const char *const incidents[] = {"event=11B03", "place=村东", "text=车困", NULL};
	static const char *const points[] = {"name=村西大坑", "type=pond", NULL};
	static const char *const drills[] = {"title=推演", "type=D1", NULL};
	static const char *const homes[] = {"head=史丰收", "group=1组", "people=1", NULL};
	unsigned count = 0;

	desk_open(desk);
	hazard = desk_add(desk, "hazard", hazards);
	warning = desk_add(desk, "warning", warnings);
	incident = desk_add(desk, "incident", incidents);
	point = desk_add(desk, "point", points);
	drill = desk_add(desk, "drill", drills);
	(void)desk_add(desk, "household", homes);
	all[0] = &door;
	for (; screens[count]; count++) {
		assert_true(count < SCREENS_MOST);
		copies[count] = *screens[count];
		copies[count].load = spy_load;
		all[count + 1] = &copies[count];
	}
	all[count + 1] = NULL;
}

const char *every_seen(struct desk *desk)
{
	stack_draw(desk->stack, &desk->grid);
	return desk_screen(desk);
}

bool every_opened(struct desk *desk, const char *name)
{
	struct fault fault = {0};

	stack_free(desk->stack);
	desk->stack = stack_new(desk->store, &desk->user, all);
	assert_true(stack_start(desk->stack, "door", &fault));
	target = name;
	every_shown = "";
	assert_true(stack_key(desk->stack, 'o'));
	(void)every_seen(desk);
	return !strcmp(every_shown, name);
}
