/* SPDX-License-Identifier: GPL-3.0-or-later
 * The outbox: the station above and the ways to it, what waits and how long it will take, what is
 * late and why, what two stations disagree about and what was refused. A person decides with a key:
 * the field is written again, or where the record is not ours, a decision is put on record.
 */
#include <stdio.h>

#include "model/kinds.h"
#include "store/station.h"
#include "work/actions.h"
#include "work/change.h"
#include "screens/display.h"
#include "screens/screens.h"
#include "screens/outbox_page.h"

enum { INDENT = 4 };

struct outbox {
	struct outbox_page shown;
	/* Asked: take this value? */
	struct ref ref,
		value; /* value: the fact that wrote it; seq 0 = the first one of the others */
	unsigned tag;
	bool other;
};

static enum rc load(struct view *view, struct fault *fault)
{
	struct outbox *outbox = view->state;
	int64_t now = store_now(view->store);

	outbox->shown.page.indent = INDENT;
	outbox->tag = 0;
	view->typing = false;
	return outbox_page_load(&outbox->shown, view->store, now, &view->arena, fault);
}

static void layout(struct view *view, struct pane room)
{
	page_layout(&((struct outbox *)view->state)->shown.page, room);
}

static void draw(const void *state, struct pane pane)
{
	page_draw(&((const struct outbox *)state)->shown.page, pane);
}

/* ---- deciding between two values */

static enum act ask(struct view *view, bool other)
{
	struct outbox *outbox = view->state;
	const struct page_line *line = page_line(&outbox->shown.page);

	if (!line || !line->tag) {
		stack_note(view, LOOK_PLAIN, _("把 > 移到\"两站填得不同\"下面的一行，再按 1 或 2"));
		return ACT_DRAW;
	}
	outbox->ref = line->ref;
	outbox->tag = line->tag;
	outbox->value = line->fact;
	outbox->other = other;
	view->typing = true; /* the answer is ours, whatever key it is */
	stack_note(view, LOOK_MARK,
		other ? _("按 y 改用另一个值，其他键不动") : _("按 y 确认现在的值，其他键不动"));
	return ACT_DRAW;
}

static enum act keep_this(struct view *view)
{
	return ask(view, false);
}

static enum act take_other(struct view *view)
{
	return ask(view, true);
}

/* Not ours to change: what was found here goes up as a decision on that record. */
static enum rc put_decision(struct view *view, const struct field *field, const struct value *value,
	struct fault *fault)
{
	struct outbox *outbox = view->state;
	const struct kind *kind = kind_of(KIND_decision);
	struct actor actor = {view->store, &view->user, NULL};
	struct change change;
	struct buf text = {0};
	struct ref made;
	const char *why = "";

	change_new(&change, &actor, kind, outbox->ref);
	value_show(field, value, &change.ways, &text);
	change_put(&change, field_of(kind, decision_field), value_text(field->name), &why);
	change_put(&change, field_of(kind, decision_kept), value_text(buf_cstr(&text)), &why);
	enum rc rc = change_commit(&change, &made, fault);
	change_release(&change);
	buf_release(&text);
	return rc;
}

/* The field again, by somebody who has seen both: that ends the disagreement everywhere. */
static enum rc put_field_again(struct view *view, const struct row *row, const struct field *field,
	const struct value *value, struct fault *fault)
{
	struct outbox *outbox = view->state;
	struct actor actor = {view->store, &view->user, NULL};
	struct change change;
	struct ref ref;
	const char *why = "";

	change_edit(&change, &actor, row->kind, outbox->ref);
	change_put(&change, field, *value, &why);
	enum rc rc = change_commit(&change, &ref, fault);
	change_release(&change);
	return rc;
}

/* The other value that was meant: that of the line it was asked on, or else the newest. */
static const struct lost *meant(const struct outbox *outbox, const struct record *record)
{
	const struct lost *one, *first = record_lost(record, outbox->tag, 0);

	for (unsigned n = 0; (one = record_lost(record, outbox->tag, n)); n++)
		if (one->site == outbox->value.site && one->seq == outbox->value.seq)
			return one;
	return first;
}

static enum rc decide(struct view *view, bool *own, struct fault *fault)
{
	struct outbox *outbox = view->state;
	struct arena arena = {0};
	struct record record;
	struct history history;
	struct row row;
	enum rc rc = store_row(view->store, outbox->ref, &arena, &row, fault);

	if (!rc)
		rc = store_record(view->store, outbox->ref, &arena, &record, &history, fault);
	int place = rc ? -1 : field_place(row.kind, outbox->tag);
	const struct cell *cell = place < 0 ? NULL : &record.cells[place];
	const struct lost *lost = cell ? meant(outbox, &record) : NULL;
	if (!rc && !lost) {
		rc = fault_set(fault, RC_BAD, _("已经有人定了，没有改动"));
	} else if (!rc) {
		const struct field *field = &row.kind->fields[place];
		const struct value *value = outbox->other ? &lost->value : &cell->value;

		struct actor actor = {view->store, &view->user, NULL};

		*own = action_may_edit(&actor, &row) && !(field->flags & F_FOLD);
		rc = *own ? put_field_again(view, &row, field, value, fault)
			  : put_decision(view, field, value, fault);
	}
	arena_release(&arena);
	return rc;
}

static enum act decided(struct view *view)
{
	struct fault fault = {0};
	bool own = true;

	if (decide(view, &own, &fault)) {
		((struct outbox *)view->state)->tag = 0;
		return parts_fault(view, &fault);
	}
	arena_release(&view->arena);
	if (load(view, &fault))
		return parts_fault(view, &fault);
	stack_note(view, LOOK_MARK,
		own ? _("已定，记下了您的姓名；另一个值在履历里")
		    : _("记录不归本站改：裁定已记在它下面，由它所在的站改"));
	return ACT_DRAW;
}

/* What is changed is a record of that kind, by hand as by any other way. */
static enum act answer(struct view *view, int key)
{
	struct outbox *outbox = view->state;
	struct arena arena = {0};
	struct fault fault = {0};
	struct row row = {0};

	view->typing = false;
	if (key != 'y' && key != 'Y') {
		outbox->tag = 0;
		stack_note(view, LOOK_PLAIN, _("没有改动"));
		return ACT_DRAW;
	}
	enum rc rc = store_row(view->store, outbox->ref, &arena, &row, &fault);
	arena_release(&arena);
	return rc ? parts_fault(view, &fault) : parts_prove(view, row.kind, 0, decided);
}

static enum act type(struct view *view, int key)
{
	struct outbox *outbox = view->state;

	if (key == K_HANGUP || key == K_RESIZE)
		return ACT_UNKNOWN;
	if (outbox->tag)
		return answer(view, key);
	return parts_page(
		view, &outbox->shown.page, key, _("这一行打不开；移到一条记录上再按回车"));
}

static void done(struct view *view)
{
	outbox_page_release(&((struct outbox *)view->state)->shown);
}

static const struct key keys[] = {
	{K_ENTER, N_("打开"), NULL},
	{'1', N_("用现在的"), keep_this},
	{'2', N_("用另一个"), take_other},
	{'/', N_("查找"), parts_find},
	{0, NULL, NULL},
};

const struct screen screen_outbox = {
	.name = "outbox",
	.title = N_("收发"),
	.size = sizeof(struct outbox),
	.keys = keys,
	.load = load,
	.layout = layout,
	.draw = draw,
	.type = type,
	.done = done,
	.menu = 'o',
	.help = N_("上级是谁、线路通不通、每一类还等送多少、按量过的速度要多久、什么迟了、为什么。"
		   "\"等送\"是上级还没有证实收到；每类后面的数字是本机写了多少条、各级已证实存下多"
		   "少条。\n"
		   "两站填得不同：移到那一行，按 1 用现在的，按 2 用另一个，再按 y。"),
};
