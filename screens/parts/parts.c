/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the screens share: opening one another, keys of lists, and the line for a wrong key.
 */
#include <stdio.h>

#include "model/rules.h"
#include "store/station.h"
#include "work/actions.h"
#include "screens/needs.h"
#include "screens/display.h"
#include "screens/screens.h"

/* Keys that the stack answers on every screen. */
static bool is_common(int key)
{
	return key == '?' || key == 'h' || key == 'q' || key == K_ESC || key == K_CTRL('L') ||
	       key == K_RESIZE || key == K_HANGUP;
}

enum act parts_unknown(struct view *view, int key)
{
	struct buf line = {0};
	char name[16];

	if (is_common(key))
		return ACT_UNKNOWN;
	buf_fmt(&line, _("没有 %s 键。?帮助 "), key_show(key, name));
	for (const struct key *row = view->screen->keys; row && row->key; row++) {
		if (row->label)
			buf_fmt(&line, "%s%s%s ", key_show(row->key, name), display_gap(),
				_(row->label));
	}
	stack_note(view, LOOK_BAD, "%s", buf_cstr(&line));
	buf_release(&line);
	return ACT_DRAW;
}

enum act parts_list(struct view *view, struct list *list, int key, bool *chosen, bool *more)
{
	enum list_act act = list_key(list, key);

	*chosen = act == LIST_CHOSEN;
	*more = act == LIST_MORE;
	view->typing = list->typing;
	return act == LIST_NOT ? ACT_UNKNOWN : ACT_DRAW;
}

static enum act parts_children(struct view *view, const struct kind *kind, struct ref parent)
{
	struct aim *aim = stack_open(view, "records");

	aim->kind = kind;
	aim->query = query_all(kind->id);
	aim->query.parent = parent;
	return ACT_OPEN;
}

enum act parts_page(struct view *view, struct page *page, int key, const char *closed)
{
	enum list_act act = page_key(page, key);
	const struct page_line *line = page_line(page);

	if (act == LIST_NOT)
		return parts_unknown(view, key);
	if (act != LIST_CHOSEN || !line)
		return ACT_DRAW;
	if (line->ref.seq)
		return parts_record(view, line->ref);
	if (line->kind)
		return parts_children(view, line->kind, view->aim.ref);
	stack_note(view, LOOK_PLAIN, "%s", closed);
	return ACT_DRAW;
}

enum act parts_find(struct view *view)
{
	stack_open(view, "lookup");
	return ACT_OPEN;
}

enum act parts_record(struct view *view, struct ref ref)
{
	stack_open(view, "record")->ref = ref;
	return ACT_OPEN;
}

enum act parts_records(struct view *view, const struct kind *kind)
{
	return parts_children(view, kind, (struct ref){0, 0});
}

enum act parts_new(struct view *view, const struct kind *kind, struct ref parent)
{
	if (store_readonly(view->store)) {
		stack_note(view, LOOK_BAD, "%s",
			store_cramped(view->store)
				? _("磁盘已满，只能看不能写：请腾出空间，之后自动恢复")
				: _("本站现在只能看不能写：数据由更新的程序建立，请升级"));
		return ACT_DRAW;
	}
	struct actor actor = {view->store, &view->user, NULL};
	if (!action_may_add(&actor, kind)) {
		stack_note(view, LOOK_BAD, _("您的角色不能登记\"%s\"，请找站长"), _(kind->label));
		return ACT_DRAW;
	}
	struct aim *aim = stack_open(view, "write");
	aim->kind = kind;
	aim->parent = parent;
	return ACT_OPEN;
}

enum act parts_prove(struct view *view, const struct kind *kind, unsigned step,
	enum act (*then)(struct view *view))
{
	const struct step *row = step ? step_of(kind, step) : NULL;

	if (!rules_pin(kind, step))
		return then(view);
	return stack_prove(view, &view->user, _(row ? row->label : kind->label), then);
}

enum act parts_fault(struct view *view, const struct fault *fault)
{
	stack_note(view, LOOK_BAD, "%s", fault->text);
	return ACT_DRAW;
}

bool parts_ring(struct stack *stack, struct store *store, uint64_t *stamp)
{
	struct buf text = {0};
	struct fault fault;
	bool fresh = false;

	if (needs_alarm(store, stamp, &text, &fresh, &fault) == RC_OK)
		stack_banner(stack, LOOK_RED, buf_cstr(&text));
	buf_release(&text);
	return fresh;
}

bool parts_press(struct stack *stack, struct store *store, int key, uint64_t *stamp)
{
	bool stays = stack_key(stack, key);

	if (stays && *stamp && (key == 'y' || key == K_ENTER || key == K_CTRL('O')))
		(void)parts_ring(stack, store, stamp);
	return stays;
}
