/* SPDX-License-Identifier: GPL-3.0-or-later
 * today: what needs somebody now, the worst first.
 */
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

struct today {
	struct app *app;
	int64_t now;
	struct arena arena;
	struct needs needs;
};

static void title(struct store *store, const struct row *row, struct buf *out)
{
	row_mark(row, out);
	row_title(store, row, out);
}

static enum rc gather(struct today *today, struct fault *fault)
{
	const struct actor actor = {today->app->store, &today->app->user, NULL};
	enum rc rc = needs_load(&today->needs, &actor, fault);
	if (!rc)
		needs_titles(&today->needs, actor.store, today->app->json ? row_title : title,
			today->needs.count, &today->arena);
	return rc;
}

/* Every need stands here, also of those that only watch; what is in force is no need. */
static const struct need_item *item_at(const struct today *today, unsigned n)
{
	const struct need_item *item = &today->needs.items[n];
	return item->need == NEED_NONE ? NULL : item;
}

static void put_json(const struct today *today, struct buf *text)
{
	struct json_out out;
	char word[WHEN_TEXT];
	json_begin(&out, text);
	json_open(&out, '[');
	for (unsigned n = 0; n < today->needs.count; n++) {
		const struct need_item *item = item_at(today, n);
		if (!item)
			continue;
		const char *state = item->ask ? "" : record_state(item->kind, item->state);
		json_line(&out);
		json_open(&out, '{');
		json_key_text(&out, "need", need_names[item->need]);
		store_number(today->app->store, item->ref, word);
		json_key_text(&out, "number", item->ask ? NULL : word);
		store_id(item->ref, word);
		json_key_text(&out, "id", item->ask ? NULL : word);
		json_key_text(&out, "kind", item->kind->name);
		area_show(item->area, word);
		json_key_text(&out, "area", word);
		json_key_text(&out, "state", *state ? state : NULL);
		when_rfc(item->until, word);
		json_key_text(&out, "until", item->until ? word : NULL);
		json_key_text(&out, "title", item->title);
		json_key_text(&out, "text", item->text);
		json_key_text(&out, "band", band_names[item->band]);
		json_close(&out, '}');
	}
	json_close(&out, ']');
	buf_byte(text, '\n');
}

static void put_table(const struct today *today, struct buf *text)
{
	static const char *const heads[] = {N_("时候"), N_("需要"), N_("期限"), N_("编号"),
		N_("种类"), N_("内容"), N_("说明"), N_("区域")};
	struct table table = {0};
	struct buf place = {0};
	char word[WHEN_TEXT];
	for (size_t i = 0; i < countof(heads); i++)
		table_head(&table, _(heads[i]), false);
	unsigned shown = 0;
	for (unsigned n = 0; n < today->needs.count; n++) {
		const struct need_item *item = item_at(today, n);
		if (!item)
			continue;
		shown++;
		table_cell(&table, _(band_labels[item->band]));
		table_cell(&table, _(need_labels[item->need]));
		when_short(item->until, today->now, word);
		table_cell(&table, item->until ? word : "");
		store_number(today->app->store, item->ref, word);
		table_cell(&table, item->ask ? "" : word);
		table_cell(&table, _(item->kind->label));
		table_cell(&table, item->title);
		table_cell(&table, item->text);
		buf_clear(&place);
		area_title(item->area, &place);
		table_cell(&table, buf_cstr(&place));
	}
	table_print(&table, text, out_columns());
	if (!shown)
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
	needs_release(&today.needs);
	arena_release(&today.arena);
	return rc ? app_fail(&fault) : EXIT_DONE;
}
