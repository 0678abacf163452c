/* SPDX-License-Identifier: GPL-3.0-or-later
 * Putting things in words for screens and line mode: pure but for titles, which ask the store.
 */
#include "screens/display.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "model/area.h"
#include "model/kinds.h"
#include "model/pinyin.h"
#include "store/station.h"
#include "work/agenda.h"

enum { MINUTE = 60, PHONE_HEAD = 3 };

static const struct {
	const char *letters;
	enum look look;
} colours[COLOURS] = {{N_("红R"), LOOK_RED}, {N_("橙O"), LOOK_ORANGE}, {N_("黄Y"), LOOK_YELLOW},
	{N_("蓝B"), LOOK_BLUE}};

void display_text(const char *text, struct buf *out)
{
	struct buf shown = {0};

	if (!words_hanzi())
		pinyin_show(text, &shown);
	else
		buf_text(&shown, text);
	for (size_t n = 0; n < shown.len; n++) {
		if (shown.at[n] == '\n')
			shown.at[n] = ' ';
	}
	buf_put(out, shown.at, shown.len);
	buf_release(&shown);
}

void display_time(int64_t at, int64_t now, char out[WHEN_TEXT])
{
	char then[WHEN_TEXT], today[WHEN_TEXT];

	when_show(at, then);
	when_show(now, today);
	if (strncmp(then, today, 4) == 0)
		snprintf(out, WHEN_TEXT, "%s", then + 5);
	else
		snprintf(out, WHEN_TEXT, "%.10s", then);
}

int64_t display_minutes(int64_t until, int64_t now)
{
	return until / MINUTE - now / MINUTE;
}

void display_left(int64_t until, int64_t now, struct buf *out)
{
	enum { HOURS = 60, DAYS = 24 * HOURS, TWO_DAYS = 2 * DAYS };
	long long left = display_minutes(until, now);
	bool late = until < now;

	if (late)
		left = -left;
	if (left < HOURS)
		buf_fmt(out, late ? _("超%lld分") : _("剩%lld分"), left);
	else if (left < TWO_DAYS)
		buf_fmt(out, late ? _("超%lld小时") : _("剩%lld小时"), left / HOURS);
	else
		buf_fmt(out, late ? _("超%lld天") : _("剩%lld天"), left / DAYS);
}

void display_clock(int64_t at, int64_t now, char out[WHEN_TEXT])
{
	enum { NARROW = 5, YEAR = 5 };

	if (date_of(at) == date_of(now)) {
		when_short(at, now, out);
		return;
	}
	date_show(date_of(at), out);
	memmove(out, out + YEAR, NARROW + 1);
}

const char *display_waits(const struct kind *kind, int state)
{
	if (kind->id != KIND_transfer)
		return _(kind->label);
	if (state == transfer_is_listed)
		return _("待告知");
	return state == transfer_is_refused || state == transfer_is_absent ? _("回访") : _("转移");
}

const char *display_sum(int64_t sum, unsigned count, char text[DISPLAY_SUM])
{
	snprintf(text, DISPLAY_SUM, count && !sum ? "." : "%lld", (long long)sum);
	return text;
}

void display_cell(struct buf *text, unsigned columns, struct buf *out)
{
	struct buf plain = {0};
	size_t used;

	text_plain(buf_cstr(text), &plain);
	size_t wide = text_columns_n((const char *)plain.at, plain.len);
	if (wide > columns) {
		plain.len = text_cut(buf_cstr(&plain), columns - 1, &used);
		buf_byte(&plain, '~');
		wide = used + 1;
	}
	buf_put(out, plain.at, plain.len);
	while (wide++ <= columns)
		buf_byte(out, ' ');
	buf_clear(text);
	buf_release(&plain);
}

void display_codes(const char *table, unsigned most, struct buf *out)
{
	const struct code *code;

	for (unsigned n = 1; n <= most && (code = code_nth(table, n)); n++)
		buf_fmt(out, "%s%u%s%s", n > 1 ? " " : "", n, display_gap(), code_label(code));
}

void display_masked(enum ftype type, const char *text, struct buf *out)
{
	size_t len = strlen(text);
	uint32_t cp;

	if (len == 0)
		return;
	if (type == T_PHONE && len > PHONE_HEAD + 4) {
		buf_put(out, text, PHONE_HEAD);
		buf_fmt(out, "****%s", text + len - 4);
		return;
	}
	buf_put(out, text, type == T_PHONE ? 0 : text_next(text, len, &cp));
	buf_text(out, "**");
}

const char *display_colour(unsigned colour, enum look *look)
{
	*look = colour < COLOURS ? colours[colour].look : LOOK_PLAIN;
	return colour < COLOURS ? _(colours[colour].letters) : "";
}

void display_field(struct store *store, const struct row *row, const struct field *field, bool mask,
	struct buf *out)
{
	const struct value *value = row_value(row, field->tag);
	struct buf text = {0};

	if (value && field->type == T_TIME && mask) {
		char time[WHEN_TEXT];

		display_time(value->num, store_now(store), time);
		buf_text(out, time);
		return;
	}
	row_field(store, row, field->tag, true, &text);
	if (mask && field->flags & F_PRIVATE)
		display_masked(field->type, buf_cstr(&text), out);
	else
		display_text(buf_cstr(&text), out);
	buf_release(&text);
}

void display_draft(struct store *store, const struct draft *draft, struct buf *out)
{
	const struct step *step = draft->step ? step_of(draft->kind, draft->step) : NULL;
	struct ref about = draft->ref.seq ? draft->ref : draft->parent;
	struct arena arena = {0};
	struct fault fault;
	struct row row;

	buf_fmt(out, "%s%s",
		step             ? _(step->label)
		: draft->ref.seq ? _("改")
				 : _("新"),
		_(draft->kind->label));
	if (about.seq && store_row(store, about, &arena, &row, &fault) == RC_OK) {
		buf_fmt(out, " %s ", display_number(store, about, &arena));
		display_title(store, &row, out);
	}
	if (*draft->title)
		buf_byte(out, ' ');
	display_text(draft->title, out);
	arena_release(&arena);
}

const char *display_drafts(struct store *store, const struct user *user, struct arena *arena)
{
	struct draft drafts[DRAFTS_MOST];
	struct buf text = {0};
	unsigned count = drafts_of(store, user, arena, drafts);

	if (count) {
		buf_fmt(&text, _("草稿%u份，^R 接着写："), count);
		display_draft(store, &drafts[count - 1], &text);
	}
	const char *said = arena_text(arena, buf_cstr(&text));
	buf_release(&text);
	return said;
}

void display_title(struct store *store, const struct row *row, struct buf *out)
{
	const struct field *title = field_flagged(row->kind, F_TITLE);
	struct buf text = {0};

	row_mark(row, out);
	row_title(store, row, &text);
	if (title && title->flags & F_PRIVATE)
		display_masked(title->type, buf_cstr(&text), out);
	else
		display_text(buf_cstr(&text), out);
	buf_release(&text);
}

void display_place(uint64_t area, struct buf *out)
{
	struct bytes name;
	char text[LIMIT_NAME + 1];

	if (area_name(area, &name))
		bytes_into(text, sizeof(text), name);
	else
		area_short(area, text);
	display_text(text, out);
}

void display_area(uint64_t area, struct buf *out)
{
	struct buf text = {0};

	area_title(area, &text);
	display_text(buf_cstr(&text), out);
	buf_release(&text);
}

const char *display_gap(void)
{
	return words_english() ? " " : "";
}

const char *display_colon(void)
{
	return _("：");
}

const char *display_state(const struct row *row)
{
	const struct state *states = row->kind->states;

	if (row->state < 0 || (unsigned)row->state >= state_count(row->kind))
		return "";
	return _(states[row->state].label);
}

bool display_over(const struct kind *kind, int state)
{
	return state >= 0 && kind_ends(kind) && kind->states[state].flags & STATE_DONE;
}

const char *display_row_colour(const struct row *row, enum look *look)
{
	const char *colour = display_colour(row_colour(row), look);

	if (display_over(row->kind, row->state))
		*look = LOOK_OVER;
	return colour;
}

const char *display_number(struct store *store, struct ref ref, struct arena *arena)
{
	char number[32];

	store_number(store, ref, number);
	return arena_text(arena, number);
}
