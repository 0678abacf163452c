/* SPDX-License-Identifier: GPL-3.0-or-later
 * The form that all boards have.
 */
#include "screens/tally.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

enum { LIST_LEAST = 3, TYPED_LEAST = 10 };

void tally_start(struct tally *tally, const char *empty)
{
	list_start(&tally->list, empty);
	tally->list.head = false;
	tally->started = true;
}

void tally_release(struct tally *tally)
{
	if (!tally->started)
		return;
	list_release(&tally->list);
	edit_release(&tally->edit);
}

void tally_clear(struct tally *tally)
{
	tally->heads = tally->feet = tally->columns = 0;
}

void tally_head(struct tally *tally, enum look look, const char *text)
{
	if (tally->heads < TALLY_LINES && *text)
		tally->head[tally->heads++] = (struct tally_line){text, look, false};
}

void tally_head_rest(struct tally *tally, enum look look, const char *text)
{
	unsigned before = tally->heads;

	tally_head(tally, look, text);
	if (tally->heads > before)
		tally->head[before].yields = true;
}

void tally_foot(struct tally *tally, enum look look, const char *text)
{
	if (tally->feet < TALLY_LINES && *text)
		tally->foot[tally->feet++] = (struct tally_line){text, look, false};
}

void tally_ask(struct tally *tally, const char *prompt, enum edit_type type, const char *text)
{
	edit_release(&tally->edit);
	edit_start(&tally->edit, type, TALLY_TEXT, text);
	tally->prompt = prompt;
}

/* Something of that question waits to be fetched. */
static bool has_left(const struct tally *tally)
{
	return *tally->left && tally->left_prompt && !strcmp(tally->left_prompt, tally->prompt);
}

bool tally_key(struct tally *tally, int key, bool *done)
{
	*done = key == K_ENTER || key == K_CTRL('O');
	if (key == K_CTRL('R') && has_left(tally)) {
		edit_set(&tally->edit, tally->left);
		return false;
	}
	if (!*done && key != K_ESC && key != K_CTRL('X')) {
		(void)edit_key(&tally->edit, key);
		return false;
	}
	if (*done || tally->edit.text.len) {
		snprintf(tally->left, sizeof(tally->left), "%s",
			*done ? "" : edit_text(&tally->edit));
		tally->left_prompt = tally->prompt;
	}
	tally->prompt = NULL;
	return true;
}

void tally_paste(struct tally *tally, const char *text)
{
	if (tally->prompt)
		(void)edit_paste(&tally->edit, text);
	else
		list_paste(&tally->list, text);
}

/* The rows over the text that its question takes for itself, because both do not fit in one. */
static unsigned prompt_rows(const struct tally *tally, struct pane pane)
{
	if (!tally->prompt || text_columns(tally->prompt) + TYPED_LEAST <= pane.columns)
		return 0;
	return pane_wrapped(pane_measured(pane), 0, 0, LOOK_PLAIN, 0, tally->prompt);
}

static unsigned feet(const struct tally *tally, struct pane pane)
{
	return tally->feet + (tally->prompt ? 1 + prompt_rows(tally, pane) : 0) +
	       (*tally->rest != '\0');
}

/* Rows that the list and what is below it keep. */
static unsigned kept(const struct tally *tally, struct pane pane)
{
	const struct list *list = &tally->list;

	if (!list->shown && !*list->empty)
		return feet(tally, pane);
	return feet(tally, pane) + (list->shown < LIST_LEAST ? 1 : LIST_LEAST);
}

/* Wrapped as it is drawn: some characters take more columns then. */
static unsigned draw_line(const struct tally_line *line, struct pane part)
{
	struct buf plain = {0};

	text_plain(line->text, &plain);
	unsigned used = pane_wrapped(part, 0, 0, line->look, 0, buf_cstr(&plain));
	buf_release(&plain);
	return used;
}

/* The rows of all of it, however many there are. */
static unsigned whole(const struct tally_line *line, struct pane pane)
{
	enum { ENOUGH = 200 };
	struct pane tall = pane_measured(pane);

	tall.rows = ENOUGH;
	return draw_line(line, tall);
}

static unsigned firm_rows(const struct tally *tally, struct pane pane)
{
	unsigned rows = 0;

	for (unsigned n = 0; n < tally->heads; n++)
		rows += tally->head[n].yields ? 0 : whole(&tally->head[n], pane);
	return rows;
}

/* The lines above the list; the list keeps some rows where it has any. Returns the rows they took.
 */
static unsigned draw_head(const struct tally *tally, struct pane pane)
{
	unsigned keep = kept(tally, pane), row = 0, firm = firm_rows(tally, pane);
	unsigned spare = pane.rows > keep + firm ? pane.rows - keep - firm : 0;

	for (unsigned n = 0; n < tally->heads && row + keep < pane.rows; n++) {
		bool yields = tally->head[n].yields;
		unsigned rows = yields ? spare : pane.rows - keep - row;
		struct pane part = pane_part(pane, row, 0, rows, pane.columns);
		unsigned used = rows ? draw_line(&tally->head[n], part) : 0;

		if (yields && rows && whole(&tally->head[n], pane) > rows)
			pane_text(part, rows - 1, pane.columns - 1, LOOK_PLAIN, 0, "~");
		spare -= yields ? used : 0;
		row += used;
	}
	return row;
}

static struct pane list_pane(const struct tally *tally, struct pane pane)
{
	unsigned top = draw_head(tally, pane_measured(pane)), below = feet(tally, pane);
	unsigned rows = pane.rows > top + below ? pane.rows - top - below : 0;

	if (*tally->rest && rows > tally->most)
		rows = tally->most;
	return pane_part(pane, top, 0, rows, pane.columns);
}

/* Where a text is typed: the last row, behind its prompt or below it. */
static struct pane edit_pane(const struct tally *tally, struct pane pane)
{
	unsigned row = pane.rows - 1, above = prompt_rows(tally, pane);

	if (!above || above > row)
		return pane_behind(
			pane, row, pane_text(pane, row, 0, LOOK_PLAIN, 0, tally->prompt));
	pane_wrapped(pane_part(pane, row - above, 0, above, pane.columns), 0, 0, LOOK_PLAIN, 0,
		tally->prompt);
	return pane_part(pane, row, 0, 1, pane.columns);
}

void tally_layout(struct tally *tally, struct pane room)
{
	unsigned shown = tally->list.shown;

	tally->columns = room.columns;
	tally->rest[0] = '\0';
	if (tally->most && shown > tally->most && room.columns >= TALLY_NARROW &&
		room.rows < PICTURE_ROWS)
		snprintf(tally->rest, sizeof tally->rest, _("其余%u 空格"), shown - tally->most);
	list_layout(&tally->list, list_pane(tally, room));
	if (tally->prompt)
		edit_layout(&tally->edit, edit_pane(tally, pane_measured(room)));
}

void tally_draw(const struct tally *tally, struct pane pane)
{
	struct pane list = list_pane(tally, pane);
	unsigned row = list.top - pane.top + list.rows;

	draw_head(tally, pane);
	list_draw(&tally->list, list);
	if (*tally->rest && row < pane.rows)
		pane_text(pane, row++, 2, LOOK_PLAIN, 0, tally->rest);
	for (unsigned n = 0; n < tally->feet && row < pane.rows; n++)
		pane_text(pane, row++, 0, tally->foot[n].look, 0, tally->foot[n].text);
	if (!tally->prompt)
		return;
	edit_draw(&tally->edit, edit_pane(tally, pane), true);
	if (has_left(tally) && !tally->edit.text.len)
		pane_right(edit_pane(tally, pane), 0, LOOK_MARK, _("^R 取回刚打的"));
}

bool tally_next(struct tally *tally, bool (*wanted)(const void *to, int64_t id), const void *to)
{
	struct list *list = &tally->list;

	for (unsigned n = 1; n <= list->shown; n++) {
		unsigned at = (list->at + n) % list->shown;

		if (!wanted(to, list_shown(list, at)->id))
			continue;
		list->at = at;
		return true;
	}
	return false;
}
