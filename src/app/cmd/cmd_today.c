/* SPDX-License-Identifier: GPL-3.0-or-later
 * today: what needs somebody now, the worst first.
 */
#include <stdlib.h>
#include <string.h>

#include "app/cmd.h"
#include "app/grant.h"
#include "app/out.h"
#include "app/record.h"
#include "base/memory.h"
#include "base/when.h"
#include "model/area.h"
#include "model/kinds.h"
#include "model/rules.h"
#include "store/station.h"
#include "screens/loading.h"
#include "work/agenda.h"

struct item {
	enum need need;
	int64_t until;
	const char *mark, *title, *why;
	const struct kind *kind;
	struct ref ref;
	uint64_t area;
	int state;
};

struct today {
	struct app *app;
	int64_t now;
	struct arena arena;
	struct item *items;
	size_t count, room;
};

static void add_item(
	struct today *today, const struct row *row, enum need need, int64_t until, const char *why)
{
	struct buf mark = {0}, title = {0};
	today->items = array_more_in(
		&today->arena, today->items, today->count, &today->room, sizeof *today->items);
	row_mark(row, &mark);
	row_title(today->app->store, row, &title);
	today->items[today->count++] =
		(struct item){need, until, arena_text(&today->arena, buf_cstr(&mark)),
			arena_text(&today->arena, buf_cstr(&title)),
			why ? arena_text(&today->arena, why) : "", row->kind, row->ref, row->area,
			row->state};
	buf_release(&mark);
	buf_release(&title);
}

static bool each_open(const struct row *row, void *to)
{
	struct today *today = to;
	int64_t until = 0;
	const char *why = NULL;
	enum need need = need_of(today->app->store, row, today->now, &until, &why);
	if (need_is_now(need, until, today->now))
		add_item(today, row, need, until, why);
	return true;
}

static bool is_warning(const struct item *item)
{
	return item->kind->id == KIND_warning;
}

/* The worst first: by sort of need, warnings before all else, inside it by what ends first; no end
 * known comes last. */
static int item_order(const void *a, const void *b)
{
	const struct item *one = a, *other = b;
	int64_t end = one->until ? one->until : INT64_MAX,
		other_end = other->until ? other->until : INT64_MAX;
	if (one->need != other->need)
		return one->need < other->need ? -1 : 1;
	if (is_warning(one) != is_warning(other))
		return is_warning(one) ? -1 : 1;
	if (end != other_end)
		return end < other_end ? -1 : 1;
	return one->ref.seq < other->ref.seq ? -1 : one->ref.seq > other->ref.seq;
}

static enum rc gather(struct today *today, struct fault *fault)
{
	enum rc rc = store_each_open(today->app->store, each_open, today, fault);
	if (!rc && today->count)
		qsort(today->items, today->count, sizeof *today->items, item_order);
	return rc;
}

static void put_json(const struct today *today, struct buf *text)
{
	struct json_out out;
	char word[WHEN_TEXT];
	json_begin(&out, text);
	json_open(&out, '[');
	for (size_t i = 0; i < today->count; i++) {
		const struct item *item = &today->items[i];
		const char *state = record_state(item->kind, item->state);
		json_line(&out);
		json_open(&out, '{');
		json_key_text(&out, "need", need_names[item->need]);
		store_number(today->app->store, item->ref, word);
		json_key_text(&out, "number", word);
		store_id(item->ref, word);
		json_key_text(&out, "id", word);
		json_key_text(&out, "kind", item->kind->name);
		area_show(item->area, word);
		json_key_text(&out, "area", word);
		json_key_text(&out, "state", *state ? state : NULL);
		when_rfc(item->until, word);
		json_key_text(&out, "until", item->until ? word : NULL);
		json_key_text(&out, "title", item->title);
		json_close(&out, '}');
	}
	json_close(&out, ']');
	buf_byte(text, '\n');
}

static void put_table(const struct today *today, struct buf *text)
{
	static const char *const heads[] = {
		N_("需要"), N_("期限"), N_("编号"), N_("种类"), N_("内容"), N_("说明"), N_("区域")};
	struct table table = {0};
	struct buf place = {0};
	char word[WHEN_TEXT];
	for (size_t i = 0; i < countof(heads); i++)
		table_head(&table, _(heads[i]), false);
	for (size_t i = 0; i < today->count; i++) {
		const struct item *item = &today->items[i];
		table_cell(&table, _(need_labels[item->need]));
		when_short(item->until, today->now, word);
		table_cell(&table, item->until ? word : "");
		store_number(today->app->store, item->ref, word);
		table_cell(&table, word);
		table_cell(&table, _(item->kind->label));
		buf_clear(&place);
		buf_fmt(&place, "%s%s", item->mark, item->title);
		table_cell(&table, buf_cstr(&place));
		table_cell(&table, item->why);
		buf_clear(&place);
		area_title(item->area, &place);
		table_cell(&table, buf_cstr(&place));
	}
	table_print(&table, text, out_columns());
	if (!today->count)
		buf_fmt(text, "%s\n", _("现在没有要办的事"));
	grant_notice(today->app->store, text);
	buf_release(&place);
	table_release(&table);
}

int cmd_today(struct app *app, int argc, char **argv)
{
	struct today today = {.app = app};
	struct fault fault = {0};
	struct buf text = {0};
	app->json |= arg_flag(&argc, argv, "json");
	int code = app_args(app, &argc, argv, 0, 0);
	if (code || (code = app_store(app, STORE_READ)))
		return code;
	today.now = store_now(app->store);
	enum rc rc = gather(&today, &fault);
	if (!rc) {
		if (app->json)
			put_json(&today, &text);
		else
			put_table(&today, &text);
		out_buf(&text);
		buf_clear(&text);
		if (loading_some(app->store, LOADING_ALL, &text))
			out_error(_("outpost: %s，上面的不全"), buf_cstr(&text));
	}
	buf_release(&text);
	arena_release(&today.arena);
	return rc ? app_fail(&fault) : EXIT_DONE;
}
