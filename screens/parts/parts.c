/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the screens share: opening one another, keys of lists, what follows from a key.
 */
#include <stdio.h>

#include "base/text.h"
#include "model/kinds.h"
#include "model/rules.h"
#include "store/log.h"
#include "store/station.h"
#include "work/actions.h"
#include "work/checking.h"
#include "work/may.h"
#include "screens/needs.h"
#include "screens/display.h"
#include "screens/printer.h"
#include "screens/figures_line.h"
#include "screens/screens.h"
#include "screens/situation.h"

/* Nothing here fits: the same words are looked for in everything. */
static enum act find_everywhere(struct view *view, struct list *list)
{
	struct aim *aim = stack_open(view, "lookup");

	text_fit(aim->text, sizeof(aim->text), edit_text(&list->filter));
	list_filter(list, "");
	list->typing = view->typing = false;
	return ACT_OPEN;
}

enum act parts_list(struct view *view, struct list *list, int key, bool *chosen, bool *more)
{
	*chosen = *more = false;
	if (key == K_ENTER && list->typing && list->shown == 0 && list->filter.text.len)
		return find_everywhere(view, list);
	char first = list->first;
	enum list_act act = list_key(list, key);

	if (first && act == LIST_NOT && key >= '0' && key <= '9') {
		stack_note(
			view, LOOK_BAD, _("没有 %c%c 号；第%c行是 0%c"), first, key, first, first);
		return ACT_DRAW;
	}
	*chosen = act == LIST_CHOSEN;
	*more = act == LIST_MORE;
	view->typing = list->typing;
	if (list->first)
		stack_note(view, LOOK_MARK, _("%c_ 再按一位"), list->first);
	return act == LIST_NOT ? ACT_UNKNOWN : ACT_DRAW;
}

enum act parts_children(struct view *view, const struct kind *kind, struct ref parent)
{
	struct aim *aim = stack_open(view, "records");

	aim->kind = kind;
	aim->query = query_all(kind->id);
	aim->query.parent = parent;
	return ACT_OPEN;
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

bool parts_acts(const struct view *view, struct ref ref)
{
	const struct actor actor = parts_actor(view);
	struct action actions[ACTIONS];
	struct arena arena = {0};
	struct fault fault;
	struct row row;
	bool acts = store_row(view->store, ref, &arena, &row, &fault) == RC_OK &&
		    actions_of(&actor, &row, actions) > 0;

	arena_release(&arena);
	return acts;
}

enum act parts_text(struct view *view)
{
	struct ref ref = view->screen->row ? view->screen->row(view) : (struct ref){0, 0};

	stack_open(view, "text")->ref = ref;
	return ACT_OPEN;
}

enum act parts_picture(struct view *view)
{
	struct ref ref = view->screen->row ? view->screen->row(view) : (struct ref){0, 0};
	struct aim *aim = stack_open(view, "text");

	aim->ref = ref;
	aim->other = true;
	return ACT_OPEN;
}

enum act parts_why(struct view *view)
{
	struct ref ref = view->screen->row ? view->screen->row(view) : (struct ref){0, 0};

	if (!ref.seq) {
		stack_note(view, LOOK_PLAIN, "%s", _("先把 > 移到一条记录上，再按 w 看为什么"));
		return ACT_DRAW;
	}
	stack_open(view, "why")->ref = ref;
	return ACT_OPEN;
}

enum act parts_records(struct view *view, const struct kind *kind)
{
	return parts_children(view, kind, (struct ref){0, 0});
}

enum act parts_figures(struct view *view, char board, uint64_t area, struct ref of)
{
	char names[sizeof view->aim.figure];

	figures_names(board, names, sizeof names);
	if (!*names) {
		stack_note(view, LOOK_PLAIN, "%s", _("这块板上没有规则里的数"));
		return ACT_DRAW;
	}
	struct aim *aim = stack_open(view, "figure");
	snprintf(aim->figure, sizeof aim->figure, "%s", names);
	aim->query.area = area;
	aim->parent = of;
	return ACT_OPEN;
}

bool parts_may(struct view *view, const struct kind *kind, unsigned step)
{
	struct actor actor = parts_actor(view);
	struct fault fault = {0};

	if (store_readonly(view->store)) {
		stack_note(view, LOOK_BAD, "%s",
			store_cramped(view->store)
				? _("磁盘已满，只能看不能写：请腾出空间，之后自动恢复")
				: _("本站现在只能看不能写：数据由更新的程序建立，请升级"));
		return false;
	}
	bool may = step ? !may_kind(&actor, kind, step, &fault) : action_may_add(&actor, kind);
	if (!may && step)
		parts_fault(view, &fault);
	else if (!may)
		stack_note(
			view, LOOK_BAD, _("您的角色不能登记\"%s\"，请联系管理员"), _(kind->label));
	return may;
}

/* Most records are typed into a form. */
static const char *screen_of_new(const struct kind *kind)
{
	return kind->id == KIND_selfcheck    ? "judging"
	       : kind->id == KIND_attachment ? "attach"
					     : "write";
}

enum act parts_new(struct view *view, const struct kind *kind, struct ref parent)
{
	const char *why = kind->id == KIND_attachment ? attach_refuses(parent) : NULL;

	if (!parts_may(view, kind, 0))
		return ACT_DRAW;
	if (why) {
		stack_note(view, LOOK_BAD, "%s", why);
		return ACT_DRAW;
	}
	struct aim *aim = stack_open(view, screen_of_new(kind));
	aim->kind = kind;
	aim->parent = parent;
	if (kind->id == KIND_selfcheck) /* item by item; there is one list of that sort */
		snprintf(aim->text, sizeof aim->text, "model");
	if (kind->id == KIND_attachment)
		aim->ref = parent;
	return ACT_OPEN;
}

enum act parts_check(
	struct view *view, const struct kind *kind, const struct kind *of, struct ref ref)
{
	if (checked_as(of) != kind)
		return parts_new(view, kind, ref);
	if (!parts_may(view, kind, 0))
		return ACT_DRAW;
	struct aim *aim = stack_open(view, "checking");
	aim->ref = ref;
	aim->kind = kind;
	return ACT_OPEN;
}

enum act parts_begin(struct view *view, const struct kind *kind, const char *presets)
{
	enum act act = parts_new(view, kind, (struct ref){0, 0});

	if (act != ACT_OPEN || !presets)
		return act;
	struct aim *aim = stack_open(view, "write");
	aim->kind = kind;
	snprintf(aim->text, sizeof aim->text, "%s", presets);
	return act;
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

struct actor parts_actor(const struct view *view)
{
	return (struct actor){view->store, &view->user, NULL};
}

enum act parts_reload(struct view *view)
{
	struct fault fault = {0};

	return stack_load(view->stack, &fault) ? parts_fault(view, &fault) : ACT_DRAW;
}

bool parts_ring(struct stack *stack, struct store *store, struct ring *ring)
{
	struct alarm alarm = {0};
	struct fault fault;

	ring->last = log_last(store_log(store));
	situation_clock(stack, store);
	situation_over(stack, store);
	if (needs_alarm(store, true, &ring->heard, &alarm, &fault) == RC_OK)
		stack_alarm(stack, &(struct stack_alarm){buf_cstr(&alarm.what),
					   {buf_cstr(&alarm.rest[0]), buf_cstr(&alarm.rest[1]),
						   buf_cstr(&alarm.rest[2])},
					   alarm.signs});
	bool rings = needs_rings(ring, &alarm, store_now(store));
	needs_alarm_release(&alarm);
	return rings && !stack_is_quiet(stack);
}

/* The stack counts by the system's clock; people read the station's. */
int64_t parts_minute(const struct view *view)
{
	enum { MINUTE = 60 };

	return when_now() + MINUTE - store_now(view->store) % MINUTE;
}

bool parts_counts(const struct stack *stack)
{
	return stack_counts(stack) || needs_loudest_counts();
}

bool parts_count(struct stack *stack, struct store *store)
{
	struct needs_loud loud;
	struct fault fault;

	if (stack_counts(stack))
		stack_count(stack);
	else
		(void)!needs_loudest_yet(store, &loud, &fault);
	return parts_counts(stack);
}

bool parts_tick(struct stack *stack, struct store *store, struct ring *ring)
{
	situation_clock(stack, store);
	return ring->next && store_now(store) >= ring->next && parts_ring(stack, store, ring);
}

bool parts_press(struct stack *stack, struct store *store, int key, struct ring *ring)
{
	bool stays = stack_key(stack, key);
	uint64_t last = log_last(store_log(store));

	/* What this key wrote may have ended what the alarm line says. */
	if (stays && (last != ring->last || key == K_CTRL('O') ||
			     (ring->heard && (key == 'y' || key == K_ENTER))))
		(void)parts_ring(stack, store, ring);
	return stays;
}
