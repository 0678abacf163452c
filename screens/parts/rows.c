/* SPDX-License-Identifier: GPL-3.0-or-later
 * A kind's rows as a list. The texts are read once; laying out only picks and orders them.
 */
#include "screens/rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "base/when.h"
#include "store/db.h"
#include "store/station.h"
#include "screens/link_status.h"
#include "screens/display.h"
#include "work/rules.h"

enum { NUMBER_WIDTH = 8, STATE_WIDTH = 10, STATE_NARROW = 6, MARK_WIDTH = 2 };

/* Column tags beside those of fields; ~0 for the state is the list's own sign. */
#define STATE_TAG (~0u)
#define TITLE_TAG (~1u)
#define MARK_TAG (~2u)

struct reading {
	struct rows *rows;
	struct store *store;
	struct arena *arena;
	struct holders holders;
	struct world world; /* .rows->late */
};

static const char *kept(struct arena *arena, struct buf *text)
{
	const char *copy = arena_text(arena, buf_cstr(text));

	buf_release(text);
	return copy;
}

static const char *mark_of(struct reading *reading, const struct row *row)
{
	struct fault fault;
	bool held[LEVELS];

	if (!reading->rows->ladder || holders_reached(reading->store, &reading->holders, row->ref,
					      row->area, held, &fault))
		return "";
	return link_status_mark(reached_top(held));
}

/* A time or a day in five columns: today the hour, else the date. */
static void put_short(const struct value *value, bool day, int64_t now, struct buf *out)
{
	char text[WHEN_TEXT];
	int64_t at = day ? date_end(value->num) - 1 : value->num;

	if (day || date_of(at) != date_of(now)) {
		date_show(date_of(at), text);
		buf_text(out, text + 5); /* behind the year */
	} else {
		when_short(at, now, text);
		buf_text(out, text);
	}
}

/* What a column that the rules show says of ROW. */
static void put_column(struct reading *reading, const struct row *row,
	const struct show_column *column, struct buf *out)
{
	enum { SHORT = 5 };
	int64_t now = store_now(reading->store);
	const struct value at = value_num(row->at);
	const struct field *field = field_of(row->kind, column->tag);
	const struct value *value = field ? row_value(row, field->tag) : NULL;

	if (column->tag == SHOW_AREA)
		display_place(row->area, out);
	else if (column->tag == SHOW_AT)
		put_short(&at, false, now, out);
	else if (value && column->width && column->width <= SHORT &&
		 (field->type == T_TIME || field->type == T_DATE))
		put_short(value, field->type == T_DATE, now, out);
	else if (value)
		display_field(reading->store, row, field, true, out);
	else if (field && (field->type == T_NUM || field->type == T_DEC))
		buf_byte(out, '.'); /* unknown is not none */
}

/* Since this person looked last; what he wrote himself is nothing new to him. */
static bool is_new(struct reading *reading, const struct row *row)
{
	struct rows *rows = reading->rows;
	uint64_t arrived = rows->who ? log_arrived(store_log(reading->store), row->ref) : 0;

	if (arrived > rows->newest)
		rows->newest = arrived;
	bool own = row->by_site == store_station(reading->store)->site && row->by_who == rows->who;
	return rows->looked && arrived > rows->looked && !own;
}

static void read_shown(struct reading *reading, const struct row *row, struct rows_line *line)
{
	const struct rule *show = reading->rows->show;
	struct buf text = {0};

	for (unsigned n = 0; n < show->columns; n++) {
		put_column(reading, row, &show->column[n], &text);
		line->texts[n] = kept(reading->arena, &text);
	}
}

/* What is over does not shine. */
static bool is_over(const struct row *row)
{
	return row->state >= 0 && row->kind->states[0].code &&
	       !(row->kind->states[row->state].flags & STATE_OPEN);
}

static bool read_row(const struct row *row, void *to)
{
	struct reading *reading = to;
	struct rows *rows = reading->rows;
	struct buf text = {0};
	unsigned place = 0;

	rows->lines = array_more(rows->lines, rows->count, &rows->room, sizeof *rows->lines);
	struct rows_line *line = &rows->lines[rows->count++];
	*line = (struct rows_line){.ref = row->ref, .fresh = is_new(reading, row)};
	line->number = display_number(reading->store, row->ref, reading->arena);
	line->state = display_state(row);
	line->mark = mark_of(reading, row);
	buf_text(&text, display_row_colour(row, &line->look));
	if (is_over(row) && line->look != LOOK_OVER)
		line->look = LOOK_DIM;
	if (text.len)
		buf_byte(&text, ' ');
	display_title(reading->store, row, &text);
	line->title = kept(reading->arena, &text);
	display_place(row->area, &text);
	line->place = kept(reading->arena, &text);
	if (rows->show)
		read_shown(reading, row, line);
	for (const struct field *field = row->kind->fields;
		!rows->show && field->tag && place < LIST_COLUMNS; field++) {
		if (!(field->flags & F_LIST))
			continue;
		display_field(reading->store, row, field, true, &text);
		line->texts[place++] = kept(reading->arena, &text);
	}
	return true;
}

static bool read_late(const struct row *row, void *to)
{
	struct reading *reading = to;
	struct standing standing = standing_of(&reading->world, row);

	return standing.owing || standing.needed.need != NEED_OVERDUE || read_row(row, to);
}

static int by_ref(const void *a, const void *b)
{
	const struct ref *x = a, *y = b;

	if (x->site != y->site)
		return x->site < y->site ? -1 : 1;
	return (x->seq > y->seq) - (x->seq < y->seq);
}

void rows_only(struct rows *rows, struct ref *refs, unsigned count)
{
	static const struct ref none;

	if (count)
		qsort(refs, count, sizeof *refs, by_ref);
	rows->only = count ? refs : &none;
	rows->onlys = count;
}

static bool read_wanted(const struct row *row, void *to)
{
	struct reading *reading = to;
	const struct rows *rows = reading->rows;
	bool wanted = !rows->only ||
		      bsearch(&row->ref, rows->only, rows->onlys, sizeof *rows->only, by_ref);

	return !wanted || (rows->late ? read_late : read_row)(row, to);
}

static void add_column(
	struct rows *rows, const char *label, unsigned width, bool right, unsigned tag)
{
	list_column(&rows->list, label, width, right);
	rows->list.columns[rows->list.column_count - 1].tag = tag;
}

/* What one calls or counts by: shown on narrow screens where there is no state to show. */
static const struct field *handy_field(const struct kind *kind)
{
	static const char *const names[] = {"quantity", "phone", "capacity", "people"};

	for (size_t n = 0; n < countof(names); n++) {
		const struct field *field = field_named(kind, names[n]);

		if (field && field->flags & F_LIST)
			return field;
	}
	return NULL;
}

static void add_mark(struct rows *rows)
{
	if (rows->ladder && rows->list.column_count < LIST_COLUMNS)
		add_column(rows, _("存"), MARK_WIDTH, false, MARK_TAG);
}

/* Number, state, title: what one must see. The title takes what is left. */
static void lay_narrow(struct rows *rows)
{
	const struct field *handy = state_count(rows->kind) ? NULL : handy_field(rows->kind);

	list_column(&rows->list, _("编号"), NUMBER_WIDTH, false);
	if (state_count(rows->kind))
		add_column(rows, _("状态"), words_english() ? STATE_WIDTH : STATE_NARROW, false,
			STATE_TAG);
	add_mark(rows);
	add_column(rows, _("内容"), 0, false, TITLE_TAG);
	if (handy) {
		unsigned wide = (unsigned)text_columns(_(handy->label));

		add_column(rows, _(handy->label),
			field_columns(handy) < wide ? wide : field_columns(handy),
			handy->type != T_PHONE, handy->tag);
	}
}

static void lay_wide(struct rows *rows, unsigned columns)
{
	unsigned states = state_count(rows->kind) ? STATE_WIDTH + 1 : 0;
	unsigned mark = rows->ladder ? MARK_WIDTH + 1 : 0;
	unsigned sign = list_sign_keys(&rows->list) + 1;

	list_columns_of(&rows->list, rows->kind, columns - states - mark - sign);
	struct list_column *last = &rows->list.columns[rows->list.column_count - 1];
	if (states && last->tag == STATE_TAG)
		last->width = STATE_WIDTH;
	else if (states && rows->list.column_count < LIST_COLUMNS)
		add_column(rows, _("状态"), STATE_WIDTH, false, STATE_TAG);
	add_mark(rows);
}

static bool shows_right(const struct kind *kind, unsigned tag)
{
	const struct field *field = field_of(kind, tag);

	return field && (field->type == T_NUM || field->type == T_DEC);
}

static const char *head_of(const struct kind *kind, const struct show_column *column)
{
	const struct field *field = field_of(kind, column->tag);
	const char *short_one = words_english() ? column->english : column->head;

	return short_one                   ? short_one
	       : field                     ? _(field->label)
	       : column->tag == SHOW_STATE ? _("状态")
	       : column->tag == SHOW_AREA  ? _("区域")
	       : column->tag == SHOW_AT    ? _("时间")
					   : _("编号");
}

/* As the row of the rules says; at a village without the column that says where. */
static void lay_shown(struct rows *rows)
{
	for (unsigned n = 0; n < rows->show->columns; n++) {
		const struct show_column *column = &rows->show->column[n];
		const char *head = head_of(rows->kind, column);
		unsigned wide = (unsigned)text_columns(head);

		if (column->tag != SHOW_AREA || !rows->village)
			add_column(rows, head,
				column->width && column->width < wide ? wide : column->width,
				shows_right(rows->kind, column->tag), column->tag);
	}
	add_mark(rows);
}

/* The place of a field among a kind's F_LIST fields; -1 = it is none, or too far back. */
static int rows_place(const struct kind *kind, unsigned tag)
{
	int place = 0;

	for (const struct field *field = kind->fields; field->tag && place < LIST_COLUMNS;
		field++) {
		if (!(field->flags & F_LIST))
			continue;
		if (field->tag == tag)
			return place;
		place++;
	}
	return -1;
}

static int shown_place(const struct rule *show, unsigned tag)
{
	for (unsigned n = 0; n < show->columns; n++)
		if (show->column[n].tag == tag)
			return (int)n;
	return -1;
}

static const char *text_for(const struct rows *rows, const struct rows_line *line, unsigned tag)
{
	if (tag == 0)
		return line->number;
	if (tag == STATE_TAG || tag == SHOW_STATE)
		return line->state;
	if (tag == TITLE_TAG)
		return line->title;
	if (tag == MARK_TAG)
		return line->mark;
	int place = rows->show ? shown_place(rows->show, tag) : rows_place(rows->kind, tag);
	return place < 0 ? "" : line->texts[place];
}

/* The column in which what is new is marked: the one that takes what is left, else the last. */
static unsigned starred(const struct list *list)
{
	for (unsigned n = 0; n < list->column_count; n++)
		if (!list->columns[n].width)
			return n;
	return list->column_count - 1;
}

static void fill(struct rows *rows, unsigned n)
{
	const struct rows_line *line = &rows->lines[n];
	struct list *list = &rows->list;
	struct list_row *row = list_add(list, line->ref);
	unsigned star = starred(list);
	struct buf text = {0};

	row->id = n;
	row->look = line->look;
	for (unsigned c = 0; c < list->column_count; c++) {
		unsigned tag = list->columns[c].tag;
		const char *shown = text_for(rows, line, tag);

		buf_clear(&text);
		if (line->fresh && c == star)
			buf_byte(&text, '*');
		/* On a narrow screen the place stands in the title, if that does not name it. */
		if (tag == TITLE_TAG && !rows->village && !strstr(shown, line->place))
			buf_fmt(&text, "%s ", line->place);
		buf_text(&text, shown);
		list_cell(list, row, c, buf_cstr(&text));
	}
	buf_release(&text);
}

static const struct rule *show_of(unsigned kind)
{
	unsigned count;
	const struct rule *rules = rules_rows(RULE_SHOW, &count);

	for (unsigned n = 0; n < count; n++)
		if (rules[n].kind == kind)
			return &rules[n];
	return NULL;
}

void rows_order(struct query *query)
{
	const struct rule *show = show_of(query->kind);

	query->open_first = kind_ends(kind_of(query->kind));
	for (unsigned n = 0; show && n < show->sorts && n < QUERY_ORDERS; n++)
		query->orders[n] = show->sort[n];
}

/* Under the kind's name, for each person. */
static struct kv looked_at(const struct rows *rows)
{
	return kv_part(KV_LOOKED, rows->who, rows->kind->name);
}

void rows_look(struct rows *rows, const struct actor *actor)
{
	rows->who = actor->user ? actor->user->who : 0;
	if (rows->who)
		rows->looked = rows->newest = (uint64_t)kv_num(actor->store, looked_at(rows), 0);
}

/* A courtesy: where it cannot be kept, the same rows are marked again. */
static void keep_looked(struct rows *rows, struct store *store, uint64_t before)
{
	struct fault fault;

	if (rows->who && rows->newest > before && !store_readonly(store))
		(void)!kv_num_set(store, looked_at(rows), (int64_t)rows->newest, &fault);
}

void rows_start(struct rows *rows, const struct kind *kind, const char *empty)
{
	*rows = (struct rows){.kind = kind};
	list_start(&rows->list, empty);
	rows->list.signs = SIGNS_ALL;
}

void rows_release(struct rows *rows)
{
	list_release(&rows->list);
	free(rows->lines);
	*rows = (struct rows){0};
}

void rows_clear(struct rows *rows)
{
	rows->count = rows->columns = 0;
}

enum rc rows_load(struct rows *rows, struct store *store, const struct query *query,
	struct arena *arena, struct fault *fault)
{
	struct reading reading = {.rows = rows, .store = store, .arena = arena};
	struct query more = *query;
	unsigned total = 0;
	uint64_t newest = rows->newest;
	enum rc rc;

	more.skip = rows->count;
	more.limit = rows->late || rows->only ? 0 : ROWS_PAGE;
	if (rows->late)
		world_open(&reading.world, store, NULL, store_now(store));
	rows->ladder = store_station(store)->joined;
	rows->village = store_station(store)->level == LEVEL_VILLAGE;
	if (!rows->count)
		rows->show = show_of(rows->kind->id);
	rc = rows->ladder ? holders_load(store, &reading.holders, fault) : RC_OK;
	if (!rc)
		rc = store_count(store, query, &total, fault);
	if (!rc)
		rc = store_each(store, &more, read_wanted, &reading, fault);
	rows->list.total = rc ? 0 : rows->late || rows->only ? rows->count : total;
	rows->columns = 0;
	/* Who sees what belongs to one record has not seen the others. */
	if (!query->parent.seq && !rows->only)
		keep_looked(rows, store, newest);
	return rc;
}

void rows_lay(struct rows *rows, unsigned columns)
{
	struct list *list = &rows->list;
	unsigned total = list->total;

	if (rows->columns == columns)
		return;
	rows->columns = columns;
	list->column_count = 0;
	if (columns < ROWS_NARROW)
		lay_narrow(rows);
	else if (rows->show)
		lay_shown(rows);
	else
		lay_wide(rows, columns);
	list_clear(list);
	for (unsigned n = 0; n < rows->count; n++)
		fill(rows, n);
	list->total = total;
	list_done(list);
}
