/* SPDX-License-Identifier: GPL-3.0-or-later
 * The form widget: keys and drawing. Moving on costs the terminal a cursor move and nothing else,
 * so the current field has no marker and no hint of its own.
 */
#include "ui/form.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "model/area.h"
#include "ui/form/form_parts.h"

enum {
	SIGN = 1,
	LABEL_MOST = 18,
	PICK_LEAST = 8,
	LONG_ROWS = 3,
	LONG_MOST = 8,
	SMALL_ROWS = 16,
	VALUE_BESIDE = 8
};

static void choose_bool(struct pick *pick, const char *above, const char *typed, void *to)
{
	(void)above;
	(void)to;
	if (list_match(_("是"), typed))
		pick_add(pick, "1", _("是"), "", false);
	if (list_match(_("否"), typed))
		pick_add(pick, "0", _("否"), "", false);
}

static bool level_below(const char *name, enum level level)
{
	for (unsigned n = 0; n < level; n++)
		if (!strcmp(level_names[n], name))
			return true;
	return false;
}

/* Words for all places below one, and those places by their names, as they stand in a text. */
static void choose_places(struct pick *pick, const char *above, const char *typed, void *to)
{
	uint64_t area = *(const uint64_t *)to, after = 0;
	const struct code *word;
	struct bytes name;
	struct buf text = {0};

	(void)above;
	for (unsigned n = 1; (word = code_nth("receiver_word", n)); n++)
		if (level_below(word->zh, area_level(area)) && list_match(word->code, typed))
			pick_add(pick, word->code, word->code, "", false);
	while (area_each(area, &after, &name)) {
		buf_clear(&text);
		buf_put(&text, name.at, name.len);
		if (list_match(buf_cstr(&text), typed))
			pick_add(pick, buf_cstr(&text), buf_cstr(&text), "", false);
	}
	buf_release(&text);
}

static void start_pick(struct form *form, unsigned place)
{
	struct form_field *field = &form->fields[place];
	const struct field *row = field->field;
	bool places = row->flags & F_PLACES;
	bool several = row->type == T_CODES || row->type == T_AREAS || places;
	pick_fn *source = choose_bool;
	void *to = NULL;

	if (row->type == T_CODE || row->type == T_CODES) {
		source = pick_codes;
		to = (void *)(uintptr_t)row->codes;
	} else if (row->type == T_AREA || row->type == T_AREAS) {
		source = pick_areas;
		to = &form->ways.area;
	} else if (places) {
		source = choose_places;
		to = &form->ways.area;
	} else if (row->type == T_REF) {
		form->asked = (struct form_asked){form, row, form->ways.to};
		source = form->ways.records;
		to = &form->asked;
	}
	form_free_pick(form);
	pick_start(&form->pick, _(row->label), source, to, edit_text(&field->edit), several);
	form->pick.lean = form->lean;
	form->pick.free = row->type == T_REF || places;
	if (form->pick.free)
		form->pick.list.empty = _("没有登记，^O 按文字记");
}

void form_free_pick(struct form *form)
{
	if (form->pick.source)
		pick_release(&form->pick);
	form->pick = (struct pick){0};
	form->picking = false;
}

/* Leave the current field; false: it is wrong, and the cursor stays. */
static bool finish(struct form *form)
{
	if (form->at >= form->count)
		return true;
	struct form_field *field = &form->fields[form->at];
	if (!form_check_field(form, form->at))
		return false;
	if (field->touched && form->ways.kept)
		form->ways.kept(form->ways.to, form);
	field->touched = false;
	return true;
}

static enum form_act go(struct form *form, long at)
{
	long step = at < (long)form->at ? -1 : 1;

	if (!finish(form))
		return FORM_MOVED;
	while (at >= 0 && at < (long)form->count && form->fields[at].fixed)
		at += step;
	if (at >= 0)
		form->at = at > (long)form->count ? form->count : (unsigned)at;
	return FORM_MOVED;
}

static enum form_act save(struct form *form)
{
	if (!finish(form) || !form_check(form))
		return FORM_MOVED;
	return FORM_SAVE;
}

static enum form_act pick_pressed(struct form *form, int key)
{
	struct form_field *field = &form->fields[form->at];

	switch (pick_key(&form->pick, key)) {
	case PICK_TAKEN:
		edit_set(&field->edit, pick_value(&form->pick));
		field->touched = true;
		form_free_pick(form);
		return go(form, (long)form->at + 1);
	case PICK_LEFT:
		form_free_pick(form);
		return FORM_MOVED;
	case PICK_NOT:
		return FORM_NOT;
	case PICK_MOVED:
		break;
	}
	return FORM_MOVED;
}

/* A key in a field that is chosen, not typed. */
static enum form_act choice_key(struct form *form, int key)
{
	struct form_field *field = &form->fields[form->at];
	bool empty = field->edit.text.len == 0;

	if (key == K_BACKSPACE || key == K_DELETE || key == K_CTRL('U')) {
		edit_set(&field->edit, "");
		field->touched = true;
		return FORM_MOVED;
	}
	if (key == ' ' || (key == K_ENTER && empty && field->must)) {
		start_pick(form, form->at);
		form->picking = true;
		return FORM_MOVED;
	}
	if (!key_is_text(key))
		return FORM_NOT;
	start_pick(form, form->at);
	form->picking = true;
	return pick_pressed(form, key);
}

/* What became of it, in words. */
static enum form_act typed(struct form *form, enum edit_act act)
{
	struct form_field *field = &form->fields[form->at];

	switch (act) {
	case EDIT_DONE:
		field->touched = true;
		form->why[0] = '\0';
		return FORM_MOVED;
	case EDIT_FULL:
		snprintf(form->why, sizeof(form->why), _("这一项最多 %zu 个字"),
			field->edit.most / 3);
		return FORM_MOVED;
	case EDIT_REFUSED:
		snprintf(form->why, sizeof(form->why), "%s", _(edit_rule(field->edit.type)));
		return FORM_MOVED;
	case EDIT_NOT:
		break;
	}
	return FORM_NOT;
}

static enum form_act text_key(struct form *form, int key)
{
	struct form_field *field = &form->fields[form->at];

	if (key == '=' && form_same(field) && field->edit.text.len == 0) {
		edit_set(&field->edit, form_same(field));
		return typed(form, EDIT_DONE);
	}
	return typed(form, edit_key(&form->fields[form->at].edit, key));
}

enum form_act form_paste(struct form *form, const char *text)
{
	if (form->at >= form->count)
		return FORM_NOT;
	if (!form_is_choice(form, form->at))
		return typed(form, edit_paste(&form->fields[form->at].edit, text));
	if (!form->picking)
		start_pick(form, form->at);
	form->picking = true;
	pick_paste(&form->pick, text);
	return FORM_MOVED;
}

static enum form_act move_key(struct form *form, int key)
{
	long at = (long)form->at;

	switch (key) {
	case K_ENTER:
		return form->at >= form->count ? save(form) : go(form, at + 1);
	case K_TAB:
	case K_DOWN:
	case K_CTRL('N'):
		return go(form, at + 1);
	case K_BACKTAB:
	case K_UP:
	case K_CTRL('P'):
		return go(form, at - 1);
	case K_PAGE_DOWN:
		return go(form, (long)form->count);
	case K_PAGE_UP:
		return go(form, 0);
	default:
		return FORM_NOT;
	}
}

enum form_act form_key(struct form *form, int key)
{
	if (form->picking)
		return pick_pressed(form, key);
	if (key == K_CTRL('O'))
		return save(form);
	if (key == K_CTRL('X') || key == K_ESC)
		return FORM_LEAVE;
	if (key == '?' && form->at < form->count && form->fields[form->at].edit.text.len == 0) {
		snprintf(form->why, sizeof(form->why), "%s", form_wanted(form));
		return FORM_MOVED;
	}
	if (form->at < form->count) {
		enum form_act act = form_is_choice(form, form->at) ? choice_key(form, key)
								   : text_key(form, key);
		if (act != FORM_NOT)
			return act;
	}
	return move_key(form, key);
}

bool form_choices(struct form *form, unsigned place, struct pick **pick)
{
	if (!form_is_choice(form, place))
		return false;
	start_pick(form, place);
	*pick = &form->pick;
	return true;
}

static unsigned label_width(const struct form *form, struct pane pane)
{
	size_t wide = 0;
	unsigned most = pane.columns / 3 < LABEL_MOST ? pane.columns / 3 : LABEL_MOST;

	for (unsigned n = 0; n < form->count; n++) {
		size_t label = text_columns(_(form->fields[n].field->label));

		wide = label > wide ? label : wide;
	}
	return wide > most ? most : (unsigned)wide;
}

/* Rows a field takes: long texts grow, and begin with some room so that the first letters move
 * nothing. */
static unsigned rows_of(const struct form *form, unsigned place, struct pane pane)
{
	const struct form_field *field = &form->fields[place];

	if (field->edit.type != EDIT_TEXT)
		return 1;
	unsigned least = pane.rows > SMALL_ROWS ? LONG_ROWS : 1;
	unsigned most = pane.rows > SMALL_ROWS ? LONG_MOST : pane.rows / 2 + 1;
	unsigned rows = edit_rows(&field->edit, pane.columns - form->left);
	return rows < least ? least : rows > most ? most : rows;
}

/* Is the current field seen from the first one on, and some of what follows? */
static bool fits_from_top(const struct form *form, struct pane pane)
{
	enum { FOLLOW = 4 };
	unsigned used = 0;

	for (unsigned n = 0; n < form->count && n < form->at + FOLLOW; n++)
		used += rows_of(form, n, pane);
	return used <= pane.rows;
}

/* The first field drawn: as far up as the current one can still be seen whole. */
static void scroll(struct form *form, struct pane pane)
{
	unsigned used = 1;

	if (form->begun)
		form->top = form->lean || form->headed || !fits_from_top(form, pane) ? form->at : 0;
	form->begun = false;
	if (form->top > form->at)
		form->top = form->at;
	for (unsigned n = form->top; n < form->at && n < form->count; n++)
		used += rows_of(form, n, pane);
	if (form->at < form->count)
		used += rows_of(form, form->at, pane) - 1;
	while (used > pane.rows && form->top < form->at)
		used -= rows_of(form, form->top++, pane);
}

/* All but the last row, where the rule stands that was broken. */
static struct pane body_pane(struct pane pane)
{
	return pane_part(pane, 0, 0, pane.rows - 1, pane.columns);
}

static bool is_typed(const struct form *form, unsigned place)
{
	return !form_is_choice(form, place) && !form->fields[place].fixed;
}

static struct pane value_pane(
	const struct form *form, unsigned place, struct pane pane, unsigned row)
{
	const struct form_field *field = &form->fields[place];
	bool beside = (field->last || field->note) && is_typed(form, place);
	unsigned columns = beside ? form->left + VALUE_BESIDE : pane.columns;

	return pane_part(pane, row, form->left, field->rows, columns);
}

/* Below the field if there is room, else at the foot: what is above stays as it is. On a slow line
 * below all fields, so that none has to be painted again. */
static struct pane pick_pane(const struct form *form, struct pane pane)
{
	unsigned top = 1, all = 1;

	for (unsigned n = form->top; n < form->end; n++) {
		top += n < form->at ? form->fields[n].rows : 0;
		all += form->fields[n].rows;
	}
	if (form->lean && all + PICK_LEAST <= pane.rows)
		top = all;
	if (top + PICK_LEAST > pane.rows)
		top = pane.rows > PICK_LEAST ? pane.rows - PICK_LEAST : 0;
	return pane_below(pane, top);
}

/* What is chosen stands there in words; finding them may need the store. */
static void lay_choice(struct form *form, unsigned place)
{
	struct form_field *field = &form->fields[place];
	struct buf shown = {0};

	form_show(form, place, &shown);
	if (shown.len == 0 && !field->fixed)
		buf_text(&shown, _("[选]"));
	free(field->shown);
	field->shown = memory_text(buf_cstr(&shown));

	buf_release(&shown);
}

static bool too_small(struct pane pane)
{
	return pane.rows < 2 || pane.columns < 12;
}

/* All, or up to the last that has to be filled or was, and the cursor. */
static unsigned end_of(const struct form *form)
{
	unsigned end = form->at + 1;

	for (unsigned n = 0; n < form->count; n++) {
		const struct form_field *field = &form->fields[n];

		if (!form->lean || !form->fresh || field->must || field->marked || field->bad ||
			field->last || field->note)
			end = n + 1 > end ? n + 1 : end;
	}
	return end < form->count ? end : form->count;
}

void form_layout(struct form *form, struct pane room)
{
	unsigned row = 0;

	if (too_small(room))
		return;
	struct pane body = body_pane(room);
	form->left = SIGN + label_width(form, room) + 1;
	scroll(form, body);
	form->end = end_of(form);
	for (unsigned n = form->top; n < form->end && row < body.rows; n++) {
		unsigned rows = rows_of(form, n, body);

		form->fields[n].rows = rows < body.rows - row ? rows : body.rows - row;
		if (is_typed(form, n))
			edit_layout(&form->fields[n].edit, value_pane(form, n, body, row));
		else
			lay_choice(form, n);
		row += form->fields[n].rows;
	}
	if (form->picking)
		pick_layout(&form->pick, pick_pane(form, room));
}

static void draw_field(const struct form *form, struct pane pane, unsigned row, unsigned place)
{
	const struct form_field *field = &form->fields[place];
	bool here = place == form->at && !form->picking;
	struct pane value = value_pane(form, place, pane, row);
	const char *sign = field->bad ? "!" : field->marked ? "+" : field->must ? "*" : " ";

	pane_text(pane, row, 0, field->bad ? LOOK_BAD : LOOK_PLAIN, 1, sign);
	pane_text(pane, row, SIGN, LOOK_PLAIN, form->left - SIGN - 1, _(field->field->label));
	if (is_typed(form, place)) {
		edit_draw(&field->edit, value, here);
		if (field->last)
			pane_text(pane, row, form->left + VALUE_BESIDE + 1, LOOK_PLAIN, 0,
				field->last);
		if (field->note)
			pane_text(pane, row, form->left + 2 * VALUE_BESIDE + 1, LOOK_PLAIN, 0,
				field->note);
		return;
	}
	unsigned end = pane_text(value, 0, 0, LOOK_PLAIN, 0, field->shown);
	if (field->note)
		pane_text(value, 0, end + 2, LOOK_DIM, 0, field->note);
	if (here)
		pane_cursor(value, 0, 0);
}

static void draw_save(const struct form *form, struct pane pane, unsigned row)
{
	if (row >= pane.rows)
		return;
	if (form->end < form->count) {
		pane_fmt(pane, row, SIGN, LOOK_DIM, _("其余%u项 下键"), form->count - form->end);
		return;
	}
	pane_fmt(pane, row, form->left, LOOK_PLAIN, "[%s]", form->save);
	if (form->at == form->count)
		pane_cursor(pane, row, form->left + 1);
}

void form_draw(const struct form *form, struct pane pane)
{
	unsigned row = 0;

	if (too_small(pane))
		return;
	struct pane body = body_pane(pane);
	for (unsigned n = form->top; n < form->end && row < body.rows; n++) {
		draw_field(form, body, row, n);
		row += form->fields[n].rows;
	}
	draw_save(form, body, row);
	if (form->why[0])
		pane_text(pane, pane.rows - 1, 0, LOOK_BAD, 0, form->why);
	if (form->picking)
		pick_draw(&form->pick, pick_pane(form, pane));
}
