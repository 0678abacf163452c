/* SPDX-License-Identifier: GPL-3.0-or-later
 * The tour: six pages on which the real keys are pressed over make-believe things. Nothing is read
 * and nothing is kept.
 */
#include "screens/screens.h"

enum { STEPS_MOST = 5 };

static const struct {
	const char *text; /* N_() */
	struct {
		int key;
		const char *said; /* N_(): what stands below then */
	} steps[STEPS_MOST];
} pages[] = {
	{N_("1/6 三条规则：小写字母办事，大写字母去一个地方，数字选一行。\n"
	    "下面是首页的一行，按它前面的数字打开它：\n\n"
	    "> 1 剩3分  签收  红R 【演练】暴雨红色预警"),
		{{'1', N_("打开了。在真的首页上也是这样。")}}},
	{N_("2/6 ^X 退一步，在哪里都一样；^G 看最急的事，再按一次回到原处，打了一半的字还在。\n"
	    "^X 是按住 Ctrl 再按 x。先按 ^G，再按一次 ^G：\n\n"
	    "!!红R 【演练】暴雨红色预警 剩3分 未签 ^G看"),
		{{K_CTRL('G'), N_("看到了：【演练】市气象台发，滩区的人马上撤。")},
			{K_CTRL('G'), N_("回到了原处。")}}},
	{N_("3/6 签收是两个键：s，问的话看清楚，再按 y。按别的键就是不办。\n\n"
	    "!!红R 【演练】暴雨红色预警 剩3分 未签 ^G看 s签收"),
		{{'s', N_("红R 【演练】暴雨红色预警：按 y 签收，其他键不办")},
			{'y', N_("已签收(演练，没有记)。")}}},
	{N_("4/6 到户(D)：一户一个键，1 是告知。按错了 u 撤回。按 1、1、1、u：\n\n"
	    "> 1组 【演练】张三家 未到户\n  1组 【演练】李四家 未到户\n  2组 【演练】王五家 "
	    "未到户"),
		{{'1', N_("张三家 告知")}, {'1', N_("张三家、李四家 告知")},
			{'1', N_("三家都告知了")}, {'u', N_("王五家 撤回了")}}},
	{N_("5/6 平安无事也要报：首页上按 0，再按 y。\n\n"
	    "> 07:00 零报告 【演练】"),
		{{'0', N_("【演练】零报告 一切平安：按 y 报送，其他键不办")},
			{'y', N_("报了(演练，已丢掉)。")}}},
	{N_("6/6 找人找物：/ 再打首字母，潜水泵是 qsb。处置卡：F 再按卡上的字，山洪是 1。\n"
	    "按 / q s b："),
		{{'/', N_("找：")}, {'q', N_("找：q")}, {'s', N_("找：qs")},
			{'b', N_("【演练】潜水泵 6台 应急仓库 谢红旗。完了：^X 回去，P 9 "
				 "再来一遍。")}}},
};

struct tour {
	unsigned page, step;
};

static void draw(const void *state, struct pane pane)
{
	const struct tour *tour = state;
	unsigned top = pane_wrapped(pane, 0, 0, LOOK_PLAIN, 0, _(pages[tour->page].text)) + 1;

	if (!tour->step)
		return;
	const char *said = _(pages[tour->page].steps[tour->step - 1].said);
	unsigned rows = pane_wrapped(pane_measured(pane), 0, 0, LOOK_MARK, 0, said);

	/* On a small screen over the end of the text: what the key did is read whole. */
	if (top + rows > pane.rows)
		top = pane.rows > rows ? pane.rows - rows : 0;
	struct pane below = pane_below(pane, top);
	pane_clear(below);
	pane_wrapped(below, 0, 0, LOOK_MARK, 0, said);
}

/* The key that the page waits for; 0: it is done. */
static int wanted(const struct tour *tour)
{
	return tour->step < STEPS_MOST ? pages[tour->page].steps[tour->step].key : 0;
}

static enum act next(struct tour *tour)
{
	if (tour->page + 1 == countof(pages))
		return ACT_BACK;
	tour->page++;
	tour->step = 0;
	return ACT_DRAW;
}

static enum act type(struct view *view, int key)
{
	struct tour *tour = view->state;
	char name[16];

	if (key == K_HANGUP || key == K_RESIZE || key == K_CTRL('L'))
		return ACT_UNKNOWN;
	if (key == K_CTRL('X') || key == K_ESC)
		return ACT_BACK;
	if (key == K_ENTER)
		return next(tour);
	if (key != wanted(tour) && (key == 'q' || key == 'h'))
		return key == 'q' ? ACT_BACK : ACT_HOME;
	if (wanted(tour) && key == wanted(tour)) {
		tour->step++;
		if (!wanted(tour))
			stack_note(view, LOOK_PLAIN, _("这一页会了，回车看下一页"));
	} else if (wanted(tour)) {
		stack_note(view, LOOK_PLAIN, _("这一页现在按 %s；回车跳过，^X 不看了"),
			key_show(wanted(tour), name));
	} else {
		stack_note(view, LOOK_PLAIN, _("这一页会了，回车看下一页"));
	}
	return ACT_DRAW;
}

static const struct key keys[] = {
	{K_ENTER, N_("下一页"), NULL},
	{K_CTRL('X'), N_("不看了"), NULL},
	{0, NULL, NULL},
};

static enum rc load(struct view *view, struct fault *fault)
{
	(void)fault;
	view->typing = true;
	return RC_OK;
}

const struct screen screen_tour = {
	.name = "tour",
	.title = N_("导览 演练，什么都不记"),
	.size = sizeof(struct tour),
	.keys = keys,
	.every_key = true,
	.load = load,
	.draw = draw,
	.type = type,
};
