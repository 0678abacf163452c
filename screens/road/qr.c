/* SPDX-License-Identifier: GPL-3.0-or-later
 * A record as a QR code, for a telephone that is held before the screen: whole where it fits, else
 * a short message at a time; where nothing fits, or nothing draws, the messages themselves.
 */
#include "screens/qr.h"

#include <stdio.h>

#include "base/text.h"
#include "screens/printer.h"
#include "screens/screens.h"
#include "screens/text_page.h"
#include "ui/page.h"

enum { CAPTION = 1 };

struct codes {
	struct qr_record made;
	struct buf told; /* why there is none */
	bool asked, good, turned;
	bool blocks;         /* the terminal has them */
	unsigned nth, count; /* laid out: of so many pictures; 0 = none fits */
	struct page page;    /* in their place */
};

static bool fits(const struct qr *qr, struct pane room)
{
	return qr_columns(qr, QR_LIGHT) <= room.columns &&
	       qr_rows(qr, QR_LIGHT) + CAPTION <= room.rows;
}

static const struct qr *shown(const struct codes *codes)
{
	return codes->count == 1 ? &codes->made.whole : &codes->made.each[codes->nth];
}

static enum rc load(struct view *view, struct fault *fault)
{
	struct codes *codes = view->state;
	char number[32];

	(void)fault;
	store_number(view->store, view->aim.ref, number);
	snprintf(view->title, sizeof(view->title), "%s", number);
	if (!codes->asked) {
		codes->good = qr_record_load(
			&codes->made, view->store, &view->user, view->aim.ref, &codes->told);
		codes->turned = stack_face(view->stack)->ground == GROUND_LIGHT;
	}
	codes->asked = true;
	enum coding coding = stack_face(view->stack)->coding;
	codes->blocks = (coding == CODING_LOGIN ? coding_of_login() : coding) == CODING_UTF8;
	return RC_OK;
}

/* How large the terminal would have to be for the largest of them. */
static void say_small(struct codes *codes)
{
	unsigned columns = 0, rows = 0;
	struct buf text = {0};

	for (unsigned n = 0; n < codes->made.said.count; n++) {
		unsigned wide = qr_columns(&codes->made.each[n], QR_LIGHT);
		unsigned high = qr_rows(&codes->made.each[n], QR_LIGHT);

		columns = wide > columns ? wide : columns;
		rows = high > rows ? high : rows;
	}
	buf_fmt(&text, _("画不下：窗口要有%u列%u行画二维码；或按 p 印"), columns, rows + CAPTION);
	page_add(&codes->page, LOOK_BAD, &text);
}

static void fill_page(struct codes *codes)
{
	page_clear(&codes->page);
	if (!codes->good)
		page_text(&codes->page, LOOK_BAD, buf_cstr(&codes->told));
	else if (!codes->blocks)
		page_text(&codes->page, LOOK_BAD, _("这个终端画不了：要 UTF-8 的；或按 p 印"));
	else
		say_small(codes);
	if (codes->made.said.count)
		page_text(&codes->page, LOOK_DIM, _("也可以照抄；对方在 S 里按 4 录入"));
	hearing_page(&codes->made.said, &codes->page);
}

static void layout(struct view *view, struct pane room)
{
	struct codes *codes = view->state;
	bool each = codes->good && codes->blocks;

	for (unsigned n = 0; n < codes->made.said.count && each; n++)
		each = fits(&codes->made.each[n], room);
	codes->count = !each ? 0 : fits(&codes->made.whole, room) ? 1 : codes->made.said.count;
	codes->nth = codes->nth < codes->count ? codes->nth : 0;
	view->more = false;
	if (codes->count)
		return;
	fill_page(codes);
	view->more = page_layout(&codes->page, room);
}

static void draw(const void *state, struct pane pane)
{
	const struct codes *codes = state;

	if (!codes->count) {
		page_draw(&codes->page, pane);
		return;
	}
	if (codes->count == 1)
		pane_text(pane, 0, 0, LOOK_DIM, 0, _("扫出来的是短报文；扫不出按 i 反色"));
	else
		pane_fmt(pane, 0, 0, LOOK_MARK, _("第%u条 共%u条 空格下一条；扫不出按 i 反色"),
			codes->nth + 1, codes->count);
	qr_draw(shown(codes), codes->turned, pane_below(pane, CAPTION));
}

/* ---- keys */

static enum act move(struct view *view, unsigned by)
{
	struct codes *codes = view->state;

	if (codes->count)
		codes->nth = (codes->nth + by) % codes->count;
	return ACT_DRAW;
}

static enum act turn(struct view *view)
{
	((struct codes *)view->state)->turned ^= true;
	return ACT_DRAW;
}

static unsigned make_sheet(const struct view *view, struct buf *sheet)
{
	const struct codes *codes = view->state;
	const struct actor actor = parts_actor(view);
	struct text_page page = {.form = SHEET_AS_IS};

	store_number(view->store, view->aim.ref, page.number);
	qr_record_sheet(&codes->made, &actor, view->aim.ref, &page.body);
	unsigned pages = text_page_sheet(&page, &actor, QR_HEADS, sheet);
	text_page_release(&page);
	return pages;
}

static enum act to_paper(struct view *view)
{
	struct buf sheet = {0}, said = {0};

	(void)make_sheet(view, &sheet);
	bool good = printer_put(PRINT_PAPER, view->title, buf_bytes(&sheet), &said);
	stack_note(view, good ? LOOK_PLAIN : LOOK_BAD, "%s", buf_cstr(&said));
	buf_release(&sheet);
	buf_release(&said);
	return ACT_DRAW;
}

static enum act ask_paper(struct view *view)
{
	struct codes *codes = view->state;
	const char *why = codes->good ? printer_refuses(PRINT_PAPER) : buf_cstr(&codes->told);
	struct buf sheet = {0};

	if (why) {
		stack_note(view, LOOK_BAD, "%s", why);
		return ACT_DRAW;
	}
	unsigned pages = make_sheet(view, &sheet);
	buf_release(&sheet);
	return stack_ask(view, to_paper, _("打印"), _("打印这一篇，%u页"), pages);
}

static enum act type(struct view *view, int key)
{
	struct codes *codes = view->state;

	if (key == K_HANGUP || key == K_RESIZE)
		return ACT_UNKNOWN;
	if (!codes->count)
		return parts_page(view, &codes->page, key, "");
	if (key == ' ' || key == K_PAGE_DOWN || key == 'j' || key == K_DOWN)
		return move(view, 1);
	if (key == '-' || key == K_PAGE_UP || key == 'k' || key == K_UP)
		return move(view, codes->count - 1);
	return parts_unknown(view, key);
}

static void done(struct view *view)
{
	struct codes *codes = view->state;

	qr_record_release(&codes->made);
	buf_release(&codes->told);
	page_release(&codes->page);
}

static const struct key keys[] = {
	{' ', N_("下一条"), NULL},
	{'i', N_("反色"), turn},
	{'p', N_("打印"), ask_paper},
	{0, NULL, NULL},
};

const struct screen screen_qr = {
	.name = "qr",
	.title = N_("二维码"),
	.size = sizeof(struct codes),
	.keys = keys,
	.load = load,
	.layout = layout,
	.draw = draw,
	.type = type,
	.done = done,
	.help = N_("用手机扫，出来的是短报文：带到、发到对方那里，在 S 里按 4 "
		   "录入，收齐就是同一条记录。一屏画不下全部时一条一个码。扫不出来按 i 换黑白；p "
		   "印在纸上，outpost print 编号 qr 印同一份。"),
};
