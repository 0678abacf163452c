/* SPDX-License-Identifier: GPL-3.0-or-later
 * Registers, records and finding, in both sizes: what must be seen is seen on forty columns too.
 * Covers: C01
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "desk.h"
#include "model/kinds.h"
#include "screens/rows.h"
#include "store/peer.h"
#include "store/station.h"

static const char *const crack[] = {
	"category=H0101", "place=后山", "text=边坡裂缝", "grade=G", NULL};
static const char *const pump[] = {"name=水泵", "quantity=3", "unit=台", "phone=13800001234", NULL};
static const char *const motor[] = {
	"name=发电机", "quantity=2", "unit=台", "phone=13900005678", NULL};

static int start(void **state)
{
	static struct desk desk;

	desk_open(&desk);
	*state = &desk;
	return 0;
}

static int stop(void **state)
{
	desk_close(*state);
	return 0;
}

static void test_narrow_shows_state_and_title(void **state)
{
	struct desk *desk = *state;

	desk_add(desk, "hazard", crack);
	desk_add(desk, "supply", pump);
	desk_login(desk, 12, 40);
	assert_true(desk_keys(desk, "=hazard"));
	assert_true(desk_sees(desk, "待核实"));
	assert_true(desk_sees(desk, "后山 边坡裂缝"));
	assert_true(desk_keys(desk, "h =supply"));
	assert_true(desk_sees(desk, "水泵"));
	assert_true(desk_sees(desk, "      3"));
}

/* Does the row with TEXT shine in LOOK? */
static bool shines(struct desk *desk, const char *text, enum look look)
{
	const char *at = strstr(desk_screen(desk), text);
	unsigned row = 0, cell = 0;

	assert_non_null(at);
	for (const char *c = desk->shown; c < at; c++)
		row += *c == '\n';
	while (cell < desk->grid.columns &&
		desk->grid.cells[row * desk->grid.columns + cell].look != look)
		cell++;
	return cell < desk->grid.columns;
}

/* A red warning that was lifted stands in its register like any row; one in force in its colour. */
static void test_what_is_over_does_not_shine(void **state)
{
	struct desk *desk = *state;
	struct ref over = desk_add(desk, "warning",
		(const char *const[]){
			"event=11B01", "severity=red", "headline=大风", "expires=+6h", NULL});

	desk_step(desk, &desk->user, over, "cancel", (const char *const[]){"text=雨停", NULL});
	desk_add(desk, "warning",
		(const char *const[]){
			"event=11B03", "severity=red", "headline=暴雨", "expires=+6h", NULL});
	desk_login(desk, 24, 80);
	assert_true(desk_keys(desk, "=warning"));
	assert_true(desk_sees(desk, "已解除"));
	assert_true(shines(desk, "生效", LOOK_RED));
	assert_false(shines(desk, "已解除", LOOK_RED));
	assert_true(shines(desk, "已解除", LOOK_OVER));
}

static void test_filter_by_initials(void **state)
{
	struct desk *desk = *state;

	desk_add(desk, "supply", pump);
	desk_add(desk, "supply", motor);
	desk_login(desk, 24, 80);
	assert_true(desk_keys(desk, "=supply / f d j enter"));
	assert_true(desk_sees(desk, "发电机"));
	assert_null(strstr(desk_screen(desk), "水泵"));
	assert_true(desk_keys(desk, "esc"));
	assert_true(desk_sees(desk, "水泵"));
}

static void test_states_and_places(void **state)
{
	struct desk *desk = *state;
	struct ref ref = desk_add(desk, "hazard", crack);

	desk_step(desk, &desk->user, ref, "withdraw", (const char *const[]){"text=误报", NULL});
	desk_login(desk, 24, 80);
	assert_true(desk_keys(desk, "=hazard"));
	assert_true(desk_sees(desk, "未办结"));
	assert_null(strstr(desk_screen(desk), "已撤回"));
	assert_true(desk_keys(desk, "v"));
	assert_true(desk_sees(desk, "已撤回"));
	assert_true(desk_keys(desk, "f"));
	assert_true(desk_sees(desk, "未办结"));
	assert_true(desk_keys(desk, "h =supply f"));
	assert_true(desk_sees(desk, "没有办理状态"));
}

static void test_find_from_anywhere(void **state)
{
	struct desk *desk = *state;

	desk_add(desk, "supply", pump);
	desk_add(desk, "supply", motor);
	desk_login(desk, 24, 80);
	assert_true(desk_keys(desk, "=hazard / f d j enter"));
	assert_true(desk_sees(desk, "发电机"));
	assert_true(desk_sees(desk, "2台"));
	assert_true(desk_sees(desk, "13900005678"));
	assert_null(strstr(desk_screen(desk), "水泵"));
	assert_true(desk_keys(desk, "enter"));
	assert_true(desk_sees(desk, "名称：发电机"));
	assert_true(desk_keys(desk, "h / z z z z enter"));
	assert_true(desk_sees(desk, "没有找到"));
}

static void test_menu_by_number_and_initials(void **state)
{
	struct desk *desk = *state;

	desk_login(desk, 24, 80);
	assert_true(desk_keys(desk, "A 1 1"));
	assert_true(desk_sees(desk, "隐患排查治理 0"));
	assert_true(desk_keys(desk, "h A y j y l enter"));
	assert_true(desk_sees(desk, "应急演练 0"));
}

static void test_card_in_two_keys(void **state)
{
	struct desk *desk = *state;

	desk_add(desk, "card",
		(const char *const[]){
			"code=K1", "title=山洪处置卡", "event=11A06", "text=先喊人，再报告", NULL});
	desk_login(desk, 24, 80);
	assert_true(desk_keys(desk, "F 1"));
	assert_true(desk_sees(desk, "步骤：先喊人，再报告"));
}

static void test_children_and_history(void **state)
{
	struct desk *desk = *state;
	char line[64];
	struct ref depot = desk_add(desk, "depot", (const char *const[]){"name=村部仓库", NULL});

	store_number(desk->store, depot, line);
	char store_is[80];
	snprintf(store_is, sizeof(store_is), "store=%s", line);
	desk_add(desk, "supply",
		(const char *const[]){"name=编织袋", "quantity=500", store_is, NULL});
	desk_login(desk, 24, 80);
	assert_true(desk_keys(desk, "A c k y c b d enter enter"));
	assert_true(desk_sees(desk, "名称：村部仓库"));
	assert_true(desk_sees(desk, "应急物资 1"));
	assert_true(desk_sees(desk, "编织袋"));
	assert_true(desk_keys(desk, "c enter"));
	assert_true(desk_sees(desk, "500"));
	assert_true(desk_keys(desk, "n"));
	assert_true(desk_sees(desk, "村部仓库"));
	assert_true(desk_keys(desk, "^X q l"));
	assert_true(desk_sees(desk, "办理记录 1"));
}

static void test_more_than_a_page_is_read(void **state)
{
	struct desk *desk = *state;
	char name[32];

	for (int n = 0; n < ROWS_PAGE + 20; n++) {
		snprintf(name, sizeof(name), "name=沙袋%03d", n);
		desk_add(desk, "supply", (const char *const[]){name, NULL});
	}
	desk_login(desk, 24, 80);
	assert_true(desk_keys(desk, "=supply"));
	assert_true(desk_sees(desk, "应急物资 120"));
	assert_true(desk_keys(desk, "G j j j j"));
	assert_true(desk_sees(desk, "沙袋103"));
	assert_true(desk_keys(desk, "g / 1 1 9 enter"));
	assert_true(desk_sees(desk, "沙袋119"));
}

static void test_every_register_opens(void **state)
{
	struct desk *desk = *state;
	char keys[64];

	desk_login(desk, 12, 40);
	for (unsigned k = 0; k < kinds_count; k++) {
		if (kinds[k].flags & K_HIDDEN)
			continue;
		assert_true(desk_keys(desk, "A"));
		desk_type(desk, kinds[k].plural);
		snprintf(keys, sizeof(keys), "enter n");
		assert_true(desk_keys(desk, keys));
		/* A file belongs to a record: there it says so, and opens nothing. */
		if (kinds[k].id != KIND_attachment)
			assert_true(desk_keys(desk, "^X"));
		/* The user of this station is there. */
		assert_true(desk_sees(desk, kinds[k].id == KIND_person ? "张三" : "还没有"));
		assert_true(desk_keys(desk, "h"));
	}
}

/* A township above that has told what is left of its registers. */
static void join(struct desk *desk, unsigned opened)
{
	struct station station = *store_station(desk->store);
	struct peer peer = {.site = {.site = 77, .area = 410882103000, .name = "柏香镇"},
		.pace = {.rate = 100, .frame = PACE_SLOW}};
	struct fault fault;

	station.joined = true;
	peer.load.loaded = peer.load.opened = opened;
	peer.load.came[LANE_BULK] = (struct lane_waiting){120, 9000};
	peer.load.left[LANE_BULK] = (struct lane_waiting){380, 36000};
	assert_int_equal(store_station_set(desk->store, &station, &fault), RC_OK);
	assert_int_equal(log_site_set(store_log(desk->store), &peer.site, &fault), RC_OK);
	assert_int_equal(peer_save(desk->store, &peer, &fault), RC_OK);
}

static void test_a_register_opens_when_it_is_whole(void **state)
{
	struct desk *desk = *state;

	desk_add(desk, "supply", pump);
	desk_add(desk, "hazard", crack);
	join(desk, 31 & ~(1u << LANE_BULK));
	desk_login(desk, 24, 80);
	assert_true(desk_keys(desk, "=supply"));
	assert_true(desk_sees(desk, "还没有从上级传完"));
	assert_true(desk_sees(desk, "已到120条（8.7K）"));
	assert_true(desk_sees(desk, "还差380条（35.1K），约2分"));
	assert_null(strstr(desk_screen(desk), "水泵"));
	/* Nothing that works on a list works on none. */
	assert_true(desk_keys(desk, "f"));
	assert_true(desk_sees(desk, "还没有从上级传完"));
	/* What is here can be looked at, and the title says what it is. */
	assert_true(desk_keys(desk, "v"));
	assert_true(desk_sees(desk, "水泵"));
	assert_true(desk_sees(desk, "（不全，正在接收 120/500）"));
	/* Another lane is whole. */
	assert_true(desk_keys(desk, "h =hazard"));
	assert_true(desk_sees(desk, "后山"));
	/* It opens by itself. */
	assert_true(desk_keys(desk, "h =supply"));
	assert_null(strstr(desk_screen(desk), "水泵"));
	join(desk, 31);
	desk_reload(desk);
	assert_true(desk_sees(desk, "水泵"));
	assert_null(strstr(desk_screen(desk), "不全"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_narrow_shows_state_and_title, start, stop),
		cmocka_unit_test_setup_teardown(test_what_is_over_does_not_shine, start, stop),
		cmocka_unit_test_setup_teardown(test_filter_by_initials, start, stop),
		cmocka_unit_test_setup_teardown(test_states_and_places, start, stop),
		cmocka_unit_test_setup_teardown(test_find_from_anywhere, start, stop),
		cmocka_unit_test_setup_teardown(test_menu_by_number_and_initials, start, stop),
		cmocka_unit_test_setup_teardown(test_card_in_two_keys, start, stop),
		cmocka_unit_test_setup_teardown(test_children_and_history, start, stop),
		cmocka_unit_test_setup_teardown(test_more_than_a_page_is_read, start, stop),
		cmocka_unit_test_setup_teardown(test_every_register_opens, start, stop),
		cmocka_unit_test_setup_teardown(
			test_a_register_opens_when_it_is_whole, start, stop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
