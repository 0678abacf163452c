/* SPDX-License-Identifier: GPL-3.0-or-later
 * The table of boards.
 */
#include "screens/boards.h"

#include "model/kinds.h"
#include "screens/screens.h"

const struct board boards[] = {
	{'Y', N_("预警"), "warn", 0},
	{'J', N_("叫应"), "call", 0},
	{'D', N_("到户"), "tick", 0},
	{'W', N_("值班"), "watch", 0},
	{'L', N_("指令任务"), "order", 0},
	{'N', N_("接报"), NULL, KIND_incident},
	{'B', N_("灾情"), "report", 0},
	{'F', N_("处置卡"), "cards", 0},
	{'S', N_("报送"), "outbox", 0},
	{'A', N_("全部登记簿"), "menu", 0},
	{'P', N_("本机"), "me", 0},
	{0, NULL, NULL, 0},
};

enum act boards_open(struct view *view, int key)
{
	for (const struct board *board = boards; board->key; board++) {
		if (board->key != key)
			continue;
		if (!board->screen)
			return parts_new(view, kind_of(board->kind), (struct ref){0, 0});
		stack_open(view, board->screen);
		return ACT_BOARD;
	}
	return ACT_UNKNOWN;
}
