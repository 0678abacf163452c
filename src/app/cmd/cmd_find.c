/* SPDX-License-Identifier: GPL-3.0-or-later
 * find: records by hanzi, pinyin or initials, own village first; or the nearest of what is needed.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "app/cmd.h"
#include "app/options.h"
#include "app/out.h"
#include "app/record.h"
#include "base/text.h"
#include "model/area.h"
#include "store/search.h"
#include "screens/loading.h"
#include "work/places.h"

struct finding {
	struct app *app;
	unsigned found;
	struct out_list list;
};

static void put_json(struct finding *finding, const struct row *row)
{
	json_line(&finding->list.json);
	json_open(&finding->list.json, '{');
	record_head(&finding->list.json, finding->app->store, row);
	record_fields(&finding->list.json, finding->app->store, row);
	json_close(&finding->list.json, '}');
}

/* What one wants of a thing that was found: what it is, where, and whom to call. */
static void put_row(struct finding *finding, const struct row *row)
{
	struct store *store = finding->app->store;
	struct table *table = &finding->list.table;
	const struct field *phone = field_named(row->kind, "phone");
	struct buf text = {0};
	char number[32];
	store_number(store, row->ref, number);
	table_cell(table, number);
	table_cell(table, _(row->kind->label));
	row_mark(row, &text);
	row_title(store, row, &text);
	table_cell(table, buf_cstr(&text));
	table_cell(table, row->kind->states[0].code ? _(row->kind->states[row->state].label) : "");
	buf_clear(&text);
	if (phone && !(phone->flags & F_PRIVATE))
		row_field(store, row, phone->tag, true, &text);
	table_cell(table, buf_cstr(&text));
	buf_clear(&text);
	area_title(row->area, &text);
	table_cell(table, buf_cstr(&text));
	buf_release(&text);
}

static bool each(const struct row *row, void *to)
{
	struct finding *finding = to;
	finding->found++;
	if (finding->app->json)
		put_json(finding, row);
	else
		put_row(finding, row);
	return true;
}

static void end(struct finding *finding, bool good)
{
	struct buf loading = {0};
	if (good && loading_some(finding->app->store, LOADING_ALL, &loading))
		out_error(_("outpost: %s，没找到的可能还没到"), buf_cstr(&loading));
	buf_release(&loading);
	bool none = !finding->found && !finding->app->json;
	if (good && none)
		out_error(_("没有找到"));
	out_list_end(&finding->list, good && !none);
}

static int take_words(int argc, char **argv, struct buf *words_wanted)
{
	for (int i = 1; i < argc; i++) {
		if (i > 1)
			buf_byte(words_wanted, ' ');
		if (!text_clean(argv[i], strlen(argv[i]), false, words_wanted)) {
			out_error(_("outpost: 第 %d 个词：%s"), i,
				text_not_utf8(argv[i], strlen(argv[i])));
			return EXIT_INPUT;
		}
	}
	return 0;
}

static int take_limit(const char *typed, unsigned *limit)
{
	char *end = NULL;
	*limit = (unsigned)option_number(OPTION_FIND_LIMIT);
	if (!typed)
		return 0;
	errno = 0;
	unsigned long value = strtoul(typed, &end, 10);
	if (*typed < '0' || *typed > '9' || *end || errno || value > 1000000) {
		out_error(_("outpost: 要是一个整数：选项 \"--limit\""));
		return EXIT_INPUT;
	}
	*limit = (unsigned)value;
	return 0;
}

/* ---- the nearest of what is needed */

static void near_json(struct finding *finding, const struct row *row, const struct near_place *near)
{
	struct json_out *out = &finding->list.json;

	json_line(out);
	json_open(out, '{');
	record_head(out, finding->app->store, row);
	json_key_num(out, "metres", near->metres);
	json_key_bool(out, "about", near->about);
	record_fields(out, finding->app->store, row);
	json_close(out, '}');
}

static void near_row(struct finding *finding, const struct row *row, const struct near_place *near,
	struct geo from)
{
	struct buf text = {0};

	if (near->about)
		buf_text(&text, _("约"));
	geo_put_metres(near->metres, &text);
	if (!near->about)
		buf_fmt(&text, " %s", geo_way_name(geo_way(from, near->place->at)));
	table_cell(&finding->list.table, buf_cstr(&text));
	buf_release(&text);
	put_row(finding, row);
}

static enum rc list_near(struct finding *finding, struct geo from, const struct map_places *places,
	const struct find_query *query, struct fault *fault)
{
	struct arena arena = {0};
	struct near_place *near;
	unsigned count = places_near(places, from, &arena, &near);
	enum rc rc = RC_OK;

	for (unsigned n = 0; n < count && finding->found < query->limit && !rc; n++) {
		struct row row;

		if (query->kind && near[n].place->kind->id != query->kind)
			continue;
		rc = store_row(finding->app->store, near[n].place->ref, &arena, &row, fault);
		if (rc)
			break;
		finding->found++;
		if (finding->app->json)
			near_json(finding, &row, &near[n]);
		else
			near_row(finding, &row, &near[n], from);
	}
	arena_release(&arena);
	return rc;
}

/* Shelters, stores and teams round the record NUMBER; of KIND alone, where one is asked for. */
static int find_near(struct finding *finding, const char *number, const struct find_query *query)
{
	static const char *const heads[] = {
		N_("距离"), N_("编号"), N_("种类"), N_("内容"), N_("状态"), N_("电话"), N_("区域")};
	struct store *store = finding->app->store;
	struct map_places places;
	struct arena arena = {0};
	struct fault fault = {0};
	struct ref ref;
	struct geo from;
	bool about;
	enum rc rc = store_resolve(store, number, &ref, &fault);

	if (!rc)
		rc = places_load(&places, store, &arena, &fault);
	if (!rc && !places_of(&places, store, ref, &from, &about))
		rc = fault_set(&fault, RC_NONE,
			_("\"%s\" 没有坐标，它那个村也没有一处有坐标：补上经纬度再找"), number);
	if (!rc) {
		if (about)
			out_notice(_("outpost: %s 没有坐标，按它那个村的位置算"), number);
		out_list_begin(&finding->list, finding->app->json, heads, countof(heads));
		rc = list_near(finding, from, &places, query, &fault);
		end(finding, !rc);
	}
	arena_release(&arena);
	return rc ? app_fail(&fault) : 0;
}

int cmd_find(struct app *app, int argc, char **argv)
{
	static const char *const heads[] = {
		N_("编号"), N_("种类"), N_("内容"), N_("状态"), N_("电话"), N_("区域")};
	struct finding finding = {.app = app};
	struct fault fault = {0};
	struct buf wanted = {0};
	const struct kind *kind = NULL;
	unsigned limit;
	app->json |= arg_flag(&argc, argv, "json");
	const char *kind_name = arg_value(&argc, argv, "kind"),
		   *typed_limit = arg_value(&argc, argv, "limit"),
		   *near = arg_value(&argc, argv, "near");
	int code = app_args(app, &argc, argv, near ? 0 : 1, near ? 0 : -1);
	if (code || (kind_name && (code = app_kind(kind_name, &kind))) ||
		(code = app_store(app, 0)) || (code = take_limit(typed_limit, &limit)))
		return code;
	if (near)
		return find_near(
			&finding, near, &(struct find_query){"", kind ? kind->id : 0, limit});
	if (!(code = take_words(argc, argv, &wanted))) {
		const struct find_query query = {buf_cstr(&wanted), kind ? kind->id : 0, limit};
		out_list_begin(&finding.list, app->json, heads, countof(heads));
		enum rc rc = store_find(app->store, &query, each, &finding, &fault);
		end(&finding, !rc);
		code = rc ? app_fail(&fault) : 0;
	}
	buf_release(&wanted);
	return code;
}
