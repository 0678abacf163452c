/* SPDX-License-Identifier: GPL-3.0-or-later
 * The table of boards.
 */
#include "screens/boards.h"

#include "model/kinds.h"
#include "screens/screens.h"

const struct board boards[] = {
	{'Y', N_("预警"), "warn", 0, NULL, NULL},
	{'J', N_("叫应"), "call", 0, NULL, NULL},
	{'D', N_("到户"), "tick", 0, NULL, NULL},
	{'W', N_("值班"), "watch", 0, NULL, NULL},
	{'L', N_("指令任务"), "order", 0, NULL, NULL},
	{'N', N_("接报"), NULL, KIND_incident, NULL, NULL},
	/* zh: what the record begins with */
	{'I', N_("火情"), NULL, KIND_incident, "fire", "event=11G00\ntext=发现火情"},
	{'B', N_("灾情"), "report", 0, NULL, NULL},
	{'F', N_("处置卡"), "cards", 0, NULL, NULL},
	{'S', N_("报送"), "outbox", 0, NULL, NULL},
	{'A', N_("全部登记簿"), "menu", 0, NULL, NULL},
	{'P', N_("本机"), "me", 0, NULL, NULL},
	{0, NULL, NULL, 0, NULL, NULL},
};

enum act boards_open(struct view *view, int key)
{
	for (const struct board *board = boards; board->key; board++) {
		if (board->key != key)
			continue;
		if (!board->screen)
			return parts_begin(view, kind_of(board->kind), board->presets);
		stack_open(view, board->screen);
		return ACT_BOARD;
	}
	return ACT_UNKNOWN;
}
