/* SPDX-License-Identifier: GPL-3.0-or-later
 * The table of boards.
 */
#include "screens/boards.h"

#include "base/text.h"
#include "model/kinds.h"
#include "model/rules.h"
#include "screens/display.h"
#include "screens/screens.h"

const struct board boards[] = {
	{'Y', N_("预警"), "warn", 0, NULL, NULL, false},
	{'J', N_("叫应"), "call", 0, NULL, NULL, true},
	{'D', N_("到户"), "tick", 0, NULL, NULL, false},
	{'Z', N_("转移安置"), "move", 0, NULL, NULL, false},
	{'R', N_("响应"), "response", 0, NULL, NULL, true},
	{'W', N_("值班"), "watch", 0, NULL, NULL, true},
	{'L', N_("指令任务"), "order", 0, NULL, NULL, false},
	{'N', N_("接报"), NULL, KIND_incident, NULL, NULL, true},
	/* zh: what the record begins with */
	{'I', N_("火情"), NULL, KIND_incident, "fire", "event=11G00\ntext=发现火情", false},
	{'B', N_("灾情"), "report", 0, NULL, NULL, false},
	{'X', N_("巡查"), "patrol", 0, NULL, NULL, false},
	{'E', N_("演练"), "drill", 0, NULL, NULL, true},
	{'F', N_("处置卡"), "cards", 0, NULL, NULL, false},
	{'K', N_("物资"), "stock", 0, NULL, NULL, false},
	{'S', N_("报送"), "outbox", 0, NULL, NULL, false},
	{'A', N_("登记簿"), "menu", 0, NULL, NULL, false},
	{'P', N_("本机"), "me", 0, NULL, NULL, false},
	{'H', N_("核对"), "confirm", 0, NULL, NULL, false},
	{'T', N_("统计"), "totals", 0, NULL, NULL, true},
	{'M', N_("地图"), "map", 0, NULL, NULL, true},
	{0, NULL, NULL, 0, NULL, NULL, false},
};

static const struct board *board_of(int key)
{
	const struct board *board = boards;

	while (board->key && board->key != key)
		board++;
	return board;
}

bool boards_has(int key)
{
	return board_of(key)->key != 0;
}

const char *boards_name(int key)
{
	return boards_has(key) ? _(board_of(key)->name) : "";
}

const char *boards_screen(int key)
{
	return board_of(key)->screen;
}

/* What stands on which board; those of the rows "on H" are asked of the rules. */
static const struct {
	unsigned kind;
	int key;
} cleared[] = {
	{KIND_warning, 'Y'},
	{KIND_rollcall, 'J'},
	{KIND_transfer, 'Z'},
	{KIND_shelter, 'Z'},
	{KIND_report, 'B'},
	{KIND_incident, 'W'},
	{KIND_handover, 'W'},
	{KIND_order, 'L'},
	{KIND_task, 'L'},
	{KIND_response, 'R'},
	{KIND_point, 'X'},
	{KIND_patrol, 'X'},
	{KIND_drill, 'E'},
	{KIND_inject, 'E'},
	{KIND_finding, 'E'},
	{KIND_supply, 'K'},
	{KIND_depot, 'K'},
	{KIND_device, 'K'},
	{KIND_request, 'K'},
	{KIND_move, 'K'},
};

static bool confirmed_on_board(const struct kind *kind)
{
	unsigned count;
	const struct rule *rules = rules_rows(RULE_NEED, &count);

	for (unsigned n = 0; n < count; n++)
		if (rules[n].kind == kind->id && rules[n].keyed)
			return true;
	return false;
}

int boards_for(const struct kind *kind, enum need need)
{
	if (need == NEED_CONFIRM && confirmed_on_board(kind) && boards_has('H'))
		return 'H';
	for (size_t n = 0; n < countof(cleared); n++)
		if (cleared[n].kind == kind->id && boards_has(cleared[n].key))
			return cleared[n].key;
	return 'A';
}

void boards_menu(struct boards_menu *menu, int64_t now, bool village, struct arena *arena)
{
	menu->count = 0;
	for (const struct board *board = boards; board->key; board++)
		if (menu->count < BOARDS_MOST &&
			(!board->season || rules_season(board->season, now)))
			menu->at[menu->count++] =
				(struct boards_entry){arena_fmt(arena, "%c%s%s", board->key,
							      display_gap(), _(board->name)),
					village && board->desk};
}

unsigned boards_menu_draw(const struct boards_menu *menu, struct pane pane, bool narrow)
{
	unsigned row = 0, left = 0;

	for (unsigned n = 0; n < menu->count; n++) {
		unsigned wide = (unsigned)text_columns(menu->at[n].text);
		bool fits = left == 0 || left + wide <= pane.columns;

		if (narrow && (menu->at[n].desk || !fits))
			continue;
		if (!fits) {
			row++;
			left = 0;
		}
		if (row < pane.rows)
			pane_text(pane, row, left, LOOK_PLAIN, 0, menu->at[n].text);
		left += wide + 1;
	}
	return row + 1;
}
