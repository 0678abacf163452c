/* SPDX-License-Identifier: GPL-3.0-or-later
 * One record: what it is, what can be done next (each step on a key), what belongs to it, and its
 * history. A list of lines, so that enter opens whatever a line names.
 */
#include <stdio.h>
#include <stdlib.h>

#include "screens/display.h"
#include "screens/screens.h"
#include "screens/record_page.h"
#include "work/seen.h"
#include "ui/pick.h"

enum { INDENT = 2 };

struct screen_record_state {
	struct record_page shown;
	struct pick pick; /* of steps, or of kinds to be written under it */
	bool picking, picking_kind;
	bool passing; /* opened for its steps alone: behind one stands what it was opened from */
};

static void layout(struct view *view, struct pane room)
{
	struct screen_record_state *record = view->state;

	if (record->picking)
		pick_layout(&record->pick, room);
	view->more = page_layout(&record->shown.page, room) && !record->picking;
}

static void draw(const void *state, struct pane pane)
{
	const struct screen_record_state *record = state;

	if (record->picking)
		pick_draw(&record->pick, pane);
	else
		page_draw(&record->shown.page, pane);
}

static enum act take_step(struct view *view, const struct action *action)
{
	bool other = action->why && action->step->flags & STEP_OTHER;
	if (action->why && !other) {
		stack_note(view, LOOK_BAD, "%s%s%s", _(action->step->label), display_colon(),
			action->why);
		return ACT_DRAW;
	}
	if (action->step->flags & STEP_MAKES)
		return parts_new(view, kind_of(action->step->other), view->aim.ref);
	struct screen_record_state *record = view->state;
	struct aim *aim = stack_open(view, "write");
	aim->kind = record->shown.kind;
	aim->ref = view->aim.ref;
	aim->step = action->step->tag;
	aim->other = other; /* somebody else may sign at these keys */
	return ACT_OPEN;
}

static void offer_steps(struct pick *pick, const char *above, const char *typed, void *to)
{
	const struct record_page *shown = to;
	char tag[16];

	(void)above;
	for (unsigned n = 0; n < shown->action_count; n++) {
		const struct action *action = &shown->actions[n];

		snprintf(tag, sizeof(tag), "%u", n);
		if (!list_match(_(action->step->label), typed))
			continue;
		pick_add(pick, tag, _(action->step->label), action->why ? action->why : "", false);
		pick_sign(pick, action_key(action->step));
	}
}

static void offer_kinds(struct pick *pick, const char *above, const char *typed, void *to)
{
	const struct record_page *shown = to;

	(void)above;
	for (unsigned n = 0; n < kinds_count; n++) {
		if (record_page_offers(shown, &kinds[n]) && list_match(_(kinds[n].label), typed))
			pick_add(pick, kinds[n].name, _(kinds[n].label), "", false);
	}
}

static enum act list_kinds(struct view *view)
{
	struct screen_record_state *record = view->state;

	pick_start(&record->pick, _("登记关联事项（^X 返回）"), offer_kinds, &record->shown, "",
		false);
	if (record->pick.list.shown == 0) {
		pick_release(&record->pick);
		stack_note(view, LOOK_PLAIN, _("这类记录没有关联事项可登记"));
		return ACT_DRAW;
	}
	record->picking = record->picking_kind = view->typing = true;
	return ACT_DRAW;
}

static enum act list_steps(struct view *view)
{
	struct screen_record_state *record = view->state;

	if (record->shown.action_count == 0) {
		stack_note(view, LOOK_PLAIN, _("这条记录现在没有可办的步骤：l 看办理记录"));
		return ACT_DRAW;
	}
	pick_start(&record->pick, _("办理（^X 返回）"), offer_steps, &record->shown, "", false);
	record->picking = view->typing = true;
	record->picking_kind = false;
	return ACT_DRAW;
}

static enum rc load(struct view *view, struct fault *fault)
{
	struct screen_record_state *record = view->state;
	uint64_t before = record->shown.stamp;

	record->shown.page.indent = INDENT;
	enum rc rc = record_page_load(
		&record->shown, view->store, &view->user, view->aim.ref, &view->arena, fault);
	if (rc)
		return rc;
	const struct actor actor = parts_actor(view);
	seen_record(&actor, view->aim.ref);
	snprintf(view->title, sizeof(view->title), "%s %s %s", _(record->shown.kind->label),
		record->shown.number, record->shown.title);
	if (before && before != record->shown.stamp && !record->shown.newest_own)
		stack_note(view, LOOK_MARK, _("已更新：%s"), record->shown.newest);
	if (!before && view->aim.steps) {
		(void)list_steps(view);
		record->passing = record->picking;
	}
	return RC_OK;
}

static enum act picked(struct view *view, int key)
{
	struct screen_record_state *record = view->state;
	enum pick_act act = pick_key(&record->pick, key);
	const struct kind *kind = NULL;
	bool passing = record->passing;
	enum act done_by = ACT_DRAW;
	unsigned n = 0;

	if (act == PICK_NOT)
		return parts_unpicked(view, key);
	if (act != PICK_TAKEN && act != PICK_LEFT)
		return ACT_DRAW;
	if (act == PICK_TAKEN && record->picking_kind)
		kind = kind_named(pick_value(&record->pick));
	else if (act == PICK_TAKEN)
		n = (unsigned)strtoul(pick_value(&record->pick), NULL, 10);
	record->picking = record->passing = view->typing = false;
	pick_release(&record->pick);
	if (kind)
		return parts_check(view, kind, record->shown.kind, view->aim.ref);
	if (act == PICK_TAKEN && n < record->shown.action_count)
		done_by = take_step(view, &record->shown.actions[n]);
	return done_by == ACT_OPEN && passing ? ACT_INSTEAD : done_by;
}

static enum act edit(struct view *view)
{
	struct screen_record_state *record = view->state;

	if (!record->shown.may_edit) {
		stack_note(view, LOOK_BAD, _("这条记录不归本站改；有话要说，t 看能办的步骤"));
		return ACT_DRAW;
	}
	struct aim *aim = stack_open(view, "write");
	aim->kind = record->shown.kind;
	aim->ref = view->aim.ref;
	return ACT_OPEN;
}

/* What is behind it is what one wants to read. */
static enum act to_history(struct view *view)
{
	struct screen_record_state *record = view->state;

	page_jump(&record->shown.page, record->shown.history);
	return ACT_DRAW;
}

static enum act to_children(struct view *view)
{
	struct screen_record_state *record = view->state;

	if (record->shown.children == record->shown.history)
		stack_note(view, LOOK_PLAIN, _("这条记录没有关联事项：n 登记"));
	page_jump(&record->shown.page, record->shown.children);
	return ACT_DRAW;
}

static enum act paste(struct view *view, const char *text)
{
	pick_paste(&((struct screen_record_state *)view->state)->pick, text);
	return ACT_DRAW;
}

static struct ref row(const struct view *view)
{
	return view->aim.ref;
}

/* A sign whose step cannot be taken now says why, and who may. */
static bool refused(struct view *view, int key)
{
	const struct actor actor = parts_actor(view);
	struct buf why = {0};

	action_refused(&actor, view->aim.ref, key, &why);
	bool is = why.len > 0;
	if (is)
		stack_note(view, LOOK_BAD, "%s", buf_cstr(&why));
	buf_release(&why);
	return is;
}

static enum act type(struct view *view, int key)
{
	struct screen_record_state *record = view->state;

	if (key == K_HANGUP)
		return ACT_NONE;
	if (record->picking)
		return picked(view, key);
	for (unsigned n = 0; n < record->shown.action_count; n++) {
		if (action_key(record->shown.actions[n].step) == key)
			return take_step(view, &record->shown.actions[n]);
	}
	if (refused(view, key))
		return ACT_DRAW;
	if (key == 'J' && record_page_calls(&record->shown)) {
		stack_open(view, "incident")->ref = view->aim.ref;
		return ACT_OPEN;
	}
	return parts_page(view, &record->shown.page, key,
		_("这一行打不开；按可办事项前的键办理，e 更正，q 返回"));
}

/* ---- the bytes of a file that lie above */

static enum act want(struct view *view)
{
	struct screen_record_state *record = view->state;
	struct fault fault = {0};

	if (files_want(view->store, &record->shown.lacks.id, &fault))
		return parts_fault(view, &fault);
	stack_note(view, LOOK_MARK, _("下次同步时从上级取来"));
	return ACT_DRAW;
}

/* It goes over a way that others wait for: how much it is, and how long it takes, is said first. */
static enum act fetch(struct view *view)
{
	struct screen_record_state *record = view->state;
	struct buf about = {0};

	if (!record->shown.lacks.size)
		return ACT_UNKNOWN;
	record_page_lacks(&record->shown, &about);
	enum act act = stack_ask(view, want, _("从上级取来"), "%s", buf_cstr(&about));
	buf_release(&about);
	return act;
}

static const struct record_page *shown_of(const struct view *view)
{
	return &((const struct screen_record_state *)view->state)->shown;
}

static bool may_act(const struct view *view)
{
	return shown_of(view)->action_count > 0;
}

static bool may_edit(const struct view *view)
{
	return shown_of(view)->may_edit;
}

static bool may_add(const struct view *view)
{
	return shown_of(view)->may_add;
}

static bool may_fetch(const struct view *view)
{
	return shown_of(view)->lacks.size > 0;
}

static bool has_children(const struct view *view)
{
	return shown_of(view)->children < shown_of(view)->history;
}

static void done(struct view *view)
{
	struct screen_record_state *record = view->state;

	if (record->picking)
		pick_release(&record->pick);
	record_page_release(&record->shown);
}

static const struct pick *pick_of(const struct view *view)
{
	const struct screen_record_state *record = view->state;

	return record->picking ? &record->pick : NULL;
}

static const struct key keys[] = {
	{'t', N_("办理"), list_steps},
	{'e', N_("更正"), edit},
	{'n', N_("登记关联事项"), list_kinds},
	{'c', N_("关联事项"), to_children},
	{'l', N_("办理记录"), to_history},
	{'p', N_("成文"), parts_text},
	{'w', N_("取来"), fetch},
	{K_ENTER, N_("打开"), NULL},
	{'/', N_("查找"), parts_find},
	{0, NULL, NULL},
};

static const struct key_when when[] = {
	{'t', 0, may_act},
	{'e', 0, may_edit},
	{'n', 0, may_add},
	{'c', 0, has_children},
	{'w', 0, may_fetch},
	{0, 0, NULL},
};

const struct screen screen_record = {
	.name = "record",
	.title = "",
	.size = sizeof(struct screen_record_state),
	.keys = keys,
	.pick = pick_of,
	.when = when,
	.load = load,
	.layout = layout,
	.draw = draw,
	.type = type,
	.paste = paste,
	.row = row,
	.done = done,
	.help = N_(
		"\"可办事项\"一行是现在能走的步骤，按前面的数字或字母就办；其他步骤的键说为什么现在"
		"不能"
		"办、谁能办；t "
		"列出能办的步骤，键一样。e 更正，p 成文（初报、书面报告、念稿），c 看关联事项，n "
		"登记一条，l "
		"看办理记录（谁、何时、做了什么）；突发事件上 J "
		"是要打的电话和书面报告；附件的字节还在上级时，w 取来。\n"
		"带！的行要核实：两站填得不同，或有一步没有生效。"),
};
