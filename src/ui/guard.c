/* SPDX-License-Identifier: GPL-3.0-or-later
 * The question for a PIN.
 */
#include "ui/guard.h"

#include <stdio.h>

void guard_start(struct guard *guard, const struct user *who, const char *what, bool lock)
{
	guard_release(guard);
	guard->who = *who;
	guard->on = true;
	guard->lock = lock;
	snprintf(guard->what, sizeof(guard->what), "%s", what);
	edit_start(&guard->pin, EDIT_SECRET, LIMIT_PIN, "");
}

void guard_release(struct guard *guard)
{
	if (guard->on)
		edit_release(&guard->pin);
	*guard = (struct guard){0};
}

static enum guard_act try(struct guard *guard, struct store *store)
{
	struct fault fault = {0};
	enum rc rc = store_pin_try(store, guard->who.who, edit_text(&guard->pin), &fault);

	edit_set(&guard->pin, "");
	snprintf(guard->note, sizeof(guard->note), "%s", rc ? fault.text : "");
	return rc ? GUARD_WAITS : GUARD_SHOWN;
}

enum guard_act guard_key(struct guard *guard, struct store *store, int key)
{
	if (key == K_CTRL('X') || (key == K_ESC && !guard->lock))
		return GUARD_LEFT;
	if (key == K_ENTER && guard->pin.text.len > 0)
		return try(guard, store);
	if (key != K_ENTER)
		(void)edit_key(&guard->pin, key);
	return GUARD_WAITS;
}

/* Whose PIN is asked for, and what for. Returns the rows used. */
static unsigned draw_question(const struct guard *guard, struct pane pane)
{
	struct buf line = {0};

	if (guard->what[0])
		buf_fmt(&line, _("%s：要 %s 的口令"), guard->what, guard->who.name);
	else
		buf_fmt(&line, _("%s 在吗？请输口令"), guard->who.name);
	unsigned rows = pane_wrapped(pane, 0, 0, LOOK_PLAIN, 0, buf_cstr(&line));
	buf_release(&line);
	return rows;
}

static struct pane pin_pane(struct pane pane, unsigned row)
{
	return pane_behind(pane, row, pane_text(pane, row, 0, LOOK_TITLE, 0, _("口令：")));
}

void guard_layout(struct guard *guard, struct pane room)
{
	edit_layout(&guard->pin, pin_pane(room, draw_question(guard, room)));
}

void guard_draw(const struct guard *guard, struct pane pane)
{
	unsigned row = draw_question(guard, pane);

	if (row >= pane.rows)
		return;
	edit_draw(&guard->pin, pin_pane(pane, row), true);
	row += 2;
	if (row < pane.rows && guard->note[0])
		row += pane_wrapped(pane_below(pane, row), 0, 0, LOOK_BAD, 0, guard->note);
	if (row < pane.rows)
		pane_text(pane, row, 0, LOOK_DIM, 0,
			_("忘了口令：请管理员用 outpost user pin 姓名 重设"));
}

const char *guard_keys(const struct guard *guard)
{
	if (guard->lock)
		return _("回车 继续  ^X 退出（草稿留着）");
	return _("回车 确认  ^X 不办");
}
