/* SPDX-License-Identifier: GPL-3.0-or-later
 * Every screen there is: a paste writes nothing and opens nothing, and says so or lies in a field;
 * keys that come faster than a person types confirm nothing.
 */
#include "desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "model/kinds.h"

enum { SCREENS_MOST = 64 };
static const char pasted[] = "sysyY1671qtyu\nsy\n6\ny";

/* Where the screens are opened from: 'o' opens the one under test with all that any of them asks
 * for. */
static const char *target;
static const char *shown; /* the screen that was loaded last */
static struct ref hazard, warning, incident, duty;
static const struct screen *all[SCREENS_MOST + 2];
static struct screen copies[SCREENS_MOST];

static enum rc spy_load(struct view *view, struct fault *fault)
{
	shown = view->screen->name;
	for (size_t n = 0; screens[n]; n++)
		if (!strcmp(screens[n]->name, shown))
			return screens[n]->load ? screens[n]->load(view, fault) : RC_OK;
	return RC_OK;
}

static enum rc door_load(struct view *view, struct fault *fault)
{
	(void)view;
	(void)fault;
	shown = "door";
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

static void furnish(struct desk *desk)
{
	static const char *const hazards[] = {
		"category=H0101", "place=村西涵洞", "text=堵", "grade=M", NULL};
	static const char *const warnings[] = {
		"event=11B03", "severity=red", "headline=暴雨红色预警", "expires=+6h", NULL};
	static const char *const incidents[] = {"event=11B03", "place=村东", "text=车困", NULL};
	static const char *const homes[] = {"head=史丰收", "group=1组", "people=1", NULL};
	unsigned count = 0;

	desk_open(desk);
	hazard = desk_add(desk, "hazard", hazards);
	warning = desk_add(desk, "warning", warnings);
	incident = desk_add(desk, "incident", incidents);
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

/* What stands on the terminal now. */
static const char *seen(struct desk *desk)
{
	stack_draw(desk->stack, &desk->grid);
	return desk_screen(desk);
}

/* True: the screen opened. */
static bool opened(struct desk *desk, const char *name)
{
	struct fault fault = {0};

	stack_free(desk->stack);
	desk->stack = stack_new(desk->store, &desk->user, all);
	assert_true(stack_start(desk->stack, "door", &fault));
	target = name;
	shown = "";
	assert_true(stack_key(desk->stack, 'o'));
	(void)seen(desk);
	return !strcmp(shown, name);
}

/* As the loop takes keys that lie there at once. */
static void press_at_once(struct stack *stack, const char *letters)
{
	int keys[32];
	unsigned count = (unsigned)strlen(letters);

	for (unsigned n = 0; n < count; n++)
		keys[n] = letters[n];
	if (stack_acts(stack, keys[0]) && stack_many(stack, keys, count)) {
		stack_refuse(stack, count);
		return;
	}
	for (unsigned n = 0; n < count; n++)
		(void)stack_key(stack, keys[n]);
}

static void a_paste_is_no_key(void **state)
{
	struct desk desk;
	unsigned count = 0;

	(void)state;
	furnish(&desk);
	for (size_t n = 0; screens[n]; n++) {
		const char *name = screens[n]->name;

		if (!opened(&desk, name))
			fail_msg("%s does not open", name);
		uint64_t before = log_last(store_log(desk.store));
		assert_true(stack_paste(desk.stack, pasted));
		const char *screen = seen(&desk);
		if (log_last(store_log(desk.store)) != before)
			fail_msg("%s: a paste wrote", name);
		if (strcmp(shown, name) != 0)
			fail_msg("%s: a paste opened %s", name, shown);
		if (!strstr(screen, "没有当按键") && !strstr(screen, "sysyY") &&
			!strstr(screen, "没有能粘贴") && !strstr(screen, "不是数字"))
			fail_msg("%s: a paste goes nowhere\n%s", name, screen);
		count++;
	}
	assert_true(count > 20);
	desk_close(&desk);
}

static void a_burst_confirms_nothing(void **state)
{
	static const char *const bursts[] = {
		"sysysysy", "7y7y7y7y", "1y1y1y1y", "tyuysyry", "sy", "6y6y6y"};
	struct desk desk;

	(void)state;
	furnish(&desk);
	for (size_t n = 0; screens[n]; n++)
		for (size_t b = 0; b < countof(bursts); b++) {
			const char *name = screens[n]->name;

			assert_true(opened(&desk, name));
			uint64_t before = log_last(store_log(desk.store));
			press_at_once(desk.stack, bursts[b]);
			if (log_last(store_log(desk.store)) != before)
				fail_msg("%s: %s wrote", name, bursts[b]);
		}
	desk_close(&desk);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_paste_is_no_key),
		cmocka_unit_test(a_burst_confirms_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
