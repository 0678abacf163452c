/* SPDX-License-Identifier: GPL-3.0-or-later
 * What burns most, in some rows over whatever is open, with the question whether to sign it; from
 * there to the next one, and back to what was being typed.
 */
#include "screens/display.h"
#include "screens/screens.h"
#include "screens/signing.h"
#include "work/agenda.h"

struct burning {
	struct page page;
	bool asked; /* the question of the first one was put */
	bool signs; /* it waits for a signature of who sits here */
};

/* What to do comes first: there is room for a few rows, and each byte of them is waited for. */
static void put_lines(struct view *view, const struct row *row, struct page *page)
{
	static const char *const names[] = {"action", "place", "text"};
	struct buf text = {0};

	page_clear(page);
	page->text = true;
	if (!((const struct burning *)view->state)->signs) {
		signing_about(view->store, row->ref, &text);
		page_add(page, LOOK_MARK, &text);
	}
	for (size_t n = 0; n < countof(names); n++) {
		const struct field *field = field_named(row->kind, names[n]);

		if (field)
			display_field(view->store, row, field, false, &text);
		if (text.len)
			page_add(page, LOOK_PLAIN, &text);
	}
}

/* RC_NONE: nothing does. */
static enum rc find(struct view *view, struct ref *ref, struct fault *fault)
{
	struct needs_loud loud = {0};
	enum rc rc = needs_loudest(view->store, &loud, fault);

	*ref = loud.ref;
	if (!rc && !loud.ref.seq)
		rc = fault_set(fault, RC_NONE, "%s", _("现在没有要紧的事"));
	return rc;
}

static enum act agreed(struct view *view);

static enum rc load(struct view *view, struct fault *fault)
{
	struct burning *burning = view->state;
	const struct actor actor = parts_actor(view);
	struct ref ref = view->aim.ref;
	struct row row;
	enum rc rc = burning->asked ? RC_OK : find(view, &ref, fault);

	if (rc)
		return rc;
	view->aim.ref = ref;
	rc = store_row(view->store, ref, &view->arena, &row, fault);
	if (rc)
		return rc;
	burning->signs = signing_waits(&actor, ref);
	put_lines(view, &row, &burning->page);
	if (!burning->asked && burning->signs)
		(void)signing_ask_for(view, ref, agreed);
	burning->asked = true;
	return RC_OK;
}

/* On to the next one, or back. */
static enum act written(struct view *view)
{
	struct burning *burning = view->state;
	struct fault fault = {0};
	struct ref next;

	if (!signing_write(view))
		return ACT_DRAW;
	if (find(view, &next, &fault))
		return ACT_BACK;
	burning->asked = false;
	return stack_load(view->stack, &fault) ? parts_fault(view, &fault) : ACT_DRAW;
}

static enum act agreed(struct view *view)
{
	return signing_prove(view, written);
}

static bool signs(const struct view *view)
{
	return ((const struct burning *)view->state)->signs;
}

static enum act sign(struct view *view)
{
	return signing_ask_for(view, view->aim.ref, agreed);
}

/* What is not covered need not be sent again. */
static unsigned rows(const struct view *view)
{
	return ((const struct burning *)view->state)->page.count;
}

static void layout(struct view *view, struct pane room)
{
	view->more = page_layout(&((struct burning *)view->state)->page, room);
}

static void draw(const void *state, struct pane pane)
{
	page_draw(&((const struct burning *)state)->page, pane);
}

static enum act type(struct view *view, int key)
{
	if (key == K_HANGUP)
		return ACT_NONE;
	if (key == K_ENTER)
		return parts_record(view, view->aim.ref);
	return parts_page(view, &((struct burning *)view->state)->page, key, "");
}

static void done(struct view *view)
{
	page_release(&((struct burning *)view->state)->page);
}

static const struct key keys[] = {
	{'s', N_("签收"), sign},
	{K_ENTER, N_("全文"), NULL},
	{K_CTRL('G'), N_("回去"), NULL},
	{0, NULL, NULL},
};

static const struct key_when when[] = {
	{'s', 0, signs},
	{0, 0, NULL},
};

const struct screen screen_burning = {
	.name = "burning",
	.title = "",
	.size = sizeof(struct burning),
	.keys = keys,
	.when = when,
	.over = true,
	.rows = rows,
	.load = load,
	.layout = layout,
	.draw = draw,
	.type = type,
	.done = done,
	.help = N_("最急的一条没签收的红色、橙色预警。y 签收，签完到下一条；^G "
		   "回到刚才的地方，写了一半"
		   "的字还在。回车看全文。"),
};
