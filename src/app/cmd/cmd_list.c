/* SPDX-License-Identifier: GPL-3.0-or-later
 * list: the records of a kind as a table, CSV or JSON.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "app/cmd.h"
#include "app/csv_columns.h"
#include "app/options.h"
#include "app/out.h"
#include "app/record.h"
#include "base/file.h"
#include "base/text.h"
#include "base/when.h"
#include "model/area.h"
#include "model/kinds.h"
#include "store/station.h"
#include "work/past_row.h"
#include "work/rules.h"
#include "screens/loading.h"

struct listing {
	struct app *app;
	const struct kind *kind;
	struct query query;
	struct buf keep[QUERY_FILTERS]; /* what the filters' values borrow */
	unsigned limit, shown;
	bool more, late;
	int64_t past; /* as of then; 0 = now */
	enum rc rc;   /* of what was read meanwhile */
	struct fault fault;
	struct world world; /* .late */
	struct buf text;
	struct json_out json;
	struct table table;
	struct csv_wish wish;
	struct csv_columns columns;
};

/* ---- what is wanted */

static enum rc take_state(struct listing *listing, const char *typed, struct fault *fault)
{
	static const struct {
		const char *name;
		unsigned flag;
	} groups[] = {{"open", STATE_OPEN}, {"done", STATE_DONE}, {"void", STATE_VOID},
		{"overdue", STATE_OPEN}};
	const struct kind *kind = listing->kind;
	listing->query.state = state_named(kind, typed);
	for (int i = 0; listing->query.state < 0 && kind->states[i].code; i++)
		if (!strcmp(kind->states[i].label, typed) ||
			!strcmp(_(kind->states[i].label), typed))
			listing->query.state = i;
	for (size_t i = 0; listing->query.state < 0 && i < countof(groups); i++)
		if (!strcmp(groups[i].name, typed))
			listing->query.state_flags = groups[i].flag;
	listing->late = listing->query.state < 0 && !strcmp(typed, "overdue");
	if (listing->query.state >= 0 || listing->query.state_flags)
		return RC_OK;
	struct buf names = {0};
	for (int i = 0; kind->states[i].code; i++)
		buf_fmt(&names, " %s", kind->states[i].code);
	enum rc rc = fault_set(fault, RC_BAD,
		_("没有状态 \"%s\"，可用的有 open done void overdue%s"), typed, buf_cstr(&names));
	buf_release(&names);
	return rc;
}

static enum rc take_number(
	const char *name, const char *typed, unsigned *number, struct fault *fault)
{
	char *end;
	errno = 0;
	unsigned long value = strtoul(typed, &end, 10);
	if (*typed < '0' || *typed > '9' || *end || errno || value > 100000000)
		return fault_set(fault, RC_BAD, _("要是一个整数：选项 \"--%s\""), name);
	*number = (unsigned)value;
	return RC_OK;
}

static const struct field *field_wanted(const struct kind *kind, const char *name)
{
	const struct field *field = field_named(kind, name);
	for (const struct field *f = kind->fields; !field && f->tag; f++)
		if (!strcmp(f->label, name) || !strcmp(_(f->label), name))
			field = f;
	return field;
}

static enum rc take_area(struct listing *listing, const char *typed, struct fault *fault)
{
	const char *why = "";
	if (area_parse(typed, &listing->query.area, &why))
		return RC_OK;
	return fault_set(fault, RC_BAD, _("%s：选项 \"--area\""), why);
}

/* field=value, field<value, field>value, field~part */
static enum rc take_filter(struct listing *listing, const char *word, struct fault *fault)
{
	struct query *query = &listing->query;
	size_t len = strcspn(word, "=<>~");
	const char *why = "";
	char name[LIMIT_NAME];
	if (!len || !word[len] || len >= sizeof name)
		return fault_set(fault, RC_BAD, _("要写成 字段=值：\"%s\""),
			text_brief(&(struct brief){""}, word));
	memcpy(name, word, len);
	name[len] = 0;
	const struct field *field = field_wanted(listing->kind, name);
	if (!field && word[len] == '=' && !strcmp(name, "state"))
		return take_state(listing, word + len + 1, fault);
	if (!field && word[len] == '=' && !strcmp(name, "area"))
		return take_area(listing, word + len + 1, fault);
	if (!field)
		return fault_set(fault, RC_BAD,
			_("\"%s\"没有字段 \"%s\"，outpost kinds %s 列出全部"),
			_(listing->kind->label), name, listing->kind->name);
	if (query->filter_count == QUERY_FILTERS)
		return fault_set(fault, RC_BAD, _("条件太多，最多 %d 个"), QUERY_FILTERS);
	struct filter *filter = &query->filters[query->filter_count];
	struct buf *keep = &listing->keep[query->filter_count];
	struct value_ways ways = store_ways(listing->app->store, false);
	ways.now = store_now(listing->app->store);
	filter->tag = field->tag;
	filter->how = word[len];
	if (filter->how == '~') {
		buf_text(keep, word + len + 1);
		filter->value = value_text(buf_cstr(keep));
	} else if (!value_parse(field, word + len + 1, &ways, keep, &filter->value, &why)) {
		return fault_set(fault, RC_BAD, _("%s：字段 \"%s\"（%s）"), why, field->name,
			_(field->label));
	}
	query->filter_count++;
	return RC_OK;
}

static enum rc take_order(struct listing *listing, const char *name, struct fault *fault)
{
	const struct field *field = field_wanted(listing->kind, name + (*name == '-'));
	if (!field)
		return fault_set(fault, RC_BAD, _("没有字段 \"%s\"：选项 \"--sort\""), name);
	listing->query.order = field->tag;
	listing->query.backwards = *name == '-';
	return RC_OK;
}

/* ---- rows out */

/* A private text shows its first character and how long it is, a number its head and tail. */
static void mask(struct buf *text)
{
	char head[12];
	uint32_t cp;
	size_t first = text_next((const char *)text->at, text->len, &cp);
	bool digits = text->len >= 7 && cp < 0x80;
	size_t keep = digits ? 3 : first;
	if (!text->len || keep > sizeof head)
		return;
	struct buf out = {0};
	buf_put(&out, text->at, keep);
	buf_text(&out, digits ? "****" : "**");
	if (digits)
		buf_put(&out, text->at + text->len - 4, 4);
	buf_release(text);
	*text = out;
}

static void table_row_out(struct listing *listing, const struct row *row)
{
	struct store *store = listing->app->store;
	struct buf text = {0};
	char number[32];
	store_number(store, row->ref, number);
	table_cell(&listing->table, number);
	if (row->kind->states[0].code)
		table_cell(&listing->table, _(row->kind->states[row->state].label));
	for (const struct field *field = row->kind->fields; field->tag; field++) {
		if (!(field->flags & F_LIST))
			continue;
		buf_clear(&text);
		row_field(store, row, field->tag, true, &text);
		if ((field->flags & F_PRIVATE) && option_is(OPTION_MASK))
			mask(&text);
		table_cell(&listing->table, buf_cstr(&text));
	}
	buf_clear(&text);
	area_title(row->area, &text);
	table_cell(&listing->table, buf_cstr(&text));
	buf_release(&text);
}

static void json_row_out(struct listing *listing, const struct row *row)
{
	json_line(&listing->json);
	json_open(&listing->json, '{');
	record_head(&listing->json, listing->app->store, row);
	record_fields(&listing->json, listing->app->store, row);
	json_close(&listing->json, '}');
}

static bool is_late(struct listing *listing, const struct row *row)
{
	struct standing standing = standing_of(&listing->world, row);
	return !standing.owing && standing.needed.need == NEED_OVERDUE;
}

static void put_one(struct listing *listing, const struct row *row)
{
	listing->shown++;
	if (listing->app->json)
		json_row_out(listing, row);
	else if (listing->app->csv)
		csv_columns_row(&listing->columns, listing->app->store, row, &listing->text);
	else
		table_row_out(listing, row);
}

/* As it was then; what was not there yet, and what did not count any more, is left out. */
static bool put_past(struct listing *listing, const struct row *row)
{
	struct arena arena = {0};
	struct row past;

	listing->rc =
		row_past(listing->app->store, row, listing->past, &arena, &past, &listing->fault);
	if (!listing->rc && !row_void(&past))
		put_one(listing, &past);
	listing->rc = listing->rc == RC_NONE ? RC_OK : listing->rc;
	arena_release(&arena);
	return !listing->rc;
}

static bool each(const struct row *row, void *to)
{
	struct listing *listing = to;
	/* A warning that came by two roads is one: its proven copy is shown. */
	if (has_copies(row->kind)) {
		struct ref shown = warning_shown(listing->app->store, row->ref);
		if (shown.site != row->ref.site || shown.seq != row->ref.seq)
			return true;
	}
	if (listing->late && !is_late(listing, row))
		return true;
	if (listing->limit && listing->shown == listing->limit) {
		listing->more = true;
		return false;
	}
	if (listing->past)
		return put_past(listing, row);
	put_one(listing, row);
	return true;
}

static void table_begin(struct listing *listing)
{
	/* For people; programs get the newest first. */
	listing->query.open_first = kind_ends(listing->kind);
	table_head(&listing->table, _("编号"), false);
	if (listing->kind->states[0].code)
		table_head(&listing->table, _("状态"), false);
	for (const struct field *field = listing->kind->fields; field->tag; field++)
		if (field->flags & F_LIST)
			table_head(&listing->table, _(field->label),
				field->type == T_NUM || field->type == T_DEC);
	table_head(&listing->table, _("区域"), false);
}

/* What people get goes in its coding and with its mark as it is. */
static enum rc hand_over(struct listing *listing, struct fault *fault)
{
	bool shown = !listing->app->csv || !csv_wished(&listing->wish) || out_columns();
	if (shown) {
		out_buf(&listing->text);
		return RC_OK;
	}
	enum rc rc = csv_wish_code(&listing->wish, false, &listing->text, fault);
	return rc ? rc : file_write("-", buf_bytes(&listing->text), 0600, fault);
}

static enum rc columns_of(struct listing *listing, struct fault *fault)
{
	static const enum csv_own own[] = {OWN_NUMBER, OWN_AREA, OWN_STATE, OWN_AT};
	listing->columns.listed = true;
	return csv_wish_columns(
		&listing->wish, listing->kind, own, countof(own), &listing->columns, fault);
}

/* What the rows do not say. */
static void say_rest(const struct listing *listing)
{
	struct app *app = listing->app;

	if (!listing->shown && !app->json && !app->csv)
		out_error(_("没有符合的记录"));
	if (listing->more && !app->json)
		out_error(_("只列出前 %u 条，用 --limit 可以列出更多"), listing->limit);
}

static enum rc read_all(struct listing *listing, struct fault *fault)
{
	enum rc rc = store_each(listing->app->store, &listing->query, each, listing, fault);

	if (rc || !listing->rc)
		return rc;
	*fault = listing->fault;
	return listing->rc;
}

static enum rc print(struct listing *listing, struct fault *fault)
{
	struct app *app = listing->app;
	if (app->json) {
		json_begin(&listing->json, &listing->text);
		json_open(&listing->json, '[');
	} else if (app->csv)
		csv_columns_head(&listing->columns, &listing->text);
	else
		table_begin(listing);
	/* One more than wanted tells whether there are more; warnings may fall out, and what is in
	 * time, so all are read. */
	if (listing->late)
		world_open(&listing->world, app->store, &app->user, store_now(app->store));
	bool some_fall_out = listing->late || listing->past || has_copies(listing->kind);
	if (listing->limit && !some_fall_out)
		listing->query.limit = listing->limit + 1;
	enum rc rc = read_all(listing, fault);
	if (rc)
		return rc;
	if (app->json) {
		json_close(&listing->json, ']');
		buf_byte(&listing->text, '\n');
	} else if (!app->csv)
		table_print(&listing->table, &listing->text, out_columns());
	rc = hand_over(listing, fault);
	if (rc)
		return rc;
	say_rest(listing);
	return RC_OK;
}

/* Before the rows: whoever reads them must know that they are not all. */
static enum rc warn(struct listing *listing, struct fault *fault)
{
	struct buf text = {0};
	enum rc rc = loading_warning(listing->app->store, listing->kind, &text, fault);
	if (text.len)
		out_error("outpost: %s", buf_cstr(&text));
	buf_release(&text);
	return rc;
}

struct wishes {
	const char *state, *area, *limit, *sort, *past;
};

/* A time, or a frozen version (kind edition) by its number. What rows say now does not sort out
 * what they said then. */
static enum rc take_past(
	struct listing *listing, const struct wishes *wish, int filters, struct fault *fault)
{
	struct store *store = listing->app->store;
	struct arena arena = {0};
	struct fault none;
	struct ref ref;
	struct row row;
	const char *why = "";
	enum rc rc = RC_OK;

	if (wish->state || wish->sort || filters)
		return fault_set(fault, RC_BAD, "%s",
			_("--as-of 只能和 --area 一起用：现在的条件筛不了那时的记录"));
	if (!store_resolve(store, wish->past, &ref, &none) &&
		!store_row(store, ref, &arena, &row, &none) && row.kind->id == KIND_edition)
		listing->past = row_value(&row, edition_frozen)->num;
	else if (!when_parse(wish->past, store_now(store), &listing->past, &why))
		rc = fault_set(fault, RC_BAD, _("%s：选项 \"--as-of\""), why);
	arena_release(&arena);
	return rc;
}

static enum rc take_wishes(struct listing *listing, const struct wishes *wish, int argc,
	char **argv, struct fault *fault)
{
	enum rc rc = RC_OK;
	listing->query = query_all(listing->kind->id);
	if (out_columns() && !listing->app->json && !listing->app->csv)
		listing->limit = (unsigned)option_number(OPTION_LIST_LIMIT);
	if (wish->state)
		rc = take_state(listing, wish->state, fault);
	if (!rc && wish->area)
		rc = take_area(listing, wish->area, fault);
	if (!rc && wish->limit)
		rc = take_number("limit", wish->limit, &listing->limit, fault);
	if (!rc && wish->sort)
		rc = take_order(listing, wish->sort, fault);
	for (int i = 0; i < argc && !rc; i++)
		rc = take_filter(listing, argv[i], fault);
	if (!rc && wish->past)
		rc = take_past(listing, wish, argc, fault);
	return rc;
}

int cmd_list(struct app *app, int argc, char **argv)
{
	struct listing listing = {.app = app};
	struct wishes wish;
	struct fault fault = {0};
	app->json |= arg_flag(&argc, argv, "json");
	csv_wish_take(&listing.wish, &argc, argv);
	app->csv |= arg_flag(&argc, argv, "csv") || csv_wished(&listing.wish);
	wish.state = arg_value(&argc, argv, "state");
	wish.area = arg_value(&argc, argv, "area");
	wish.limit = arg_value(&argc, argv, "limit");
	wish.sort = arg_value(&argc, argv, "sort");
	wish.past = arg_value(&argc, argv, "as-of");
	int code = app_args(app, &argc, argv, 1, -1);
	if (code || (code = app_kind(argv[1], &listing.kind)) ||
		(code = app_store(app, STORE_READ)))
		return code;
	enum rc rc = take_wishes(&listing, &wish, argc - 2, argv + 2, &fault);
	if (!rc && app->csv)
		rc = columns_of(&listing, &fault);
	if (!rc)
		rc = warn(&listing, &fault);
	if (!rc)
		rc = print(&listing, &fault);
	for (unsigned i = 0; i < QUERY_FILTERS; i++)
		buf_release(&listing.keep[i]);
	table_release(&listing.table);
	csv_columns_release(&listing.columns);
	buf_release(&listing.text);
	return rc ? app_fail(&fault) : EXIT_DONE;
}
