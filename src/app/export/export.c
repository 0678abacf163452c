/* SPDX-License-Identifier: GPL-3.0-or-later
 * The export command: one kind, or all that a format has room for, in one of the formats.
 */
#include "export_inside.h"

#include <limits.h>
#include <string.h>

#include "app/out.h"
#include "app/overwrite.h"
#include "base/file.h"
#include "base/text.h"
#include "model/area.h"
#include "model/kinds.h"

/* ---- the formats */

/* No record may be read while rows are: its steps follow when the kind is through. */
static void remember(struct export *ex, const struct row *row)
{
	if (row->kind->steps && row->kind->steps[0].tag)
		buf_put(&ex->moved, &row->ref, sizeof row->ref);
}

static void csv_begin(struct export *ex)
{
	csv_columns_head(&ex->columns, &ex->text);
}

static bool csv_row(struct export *ex, const struct row *row)
{
	csv_columns_row(&ex->columns, ex->store, row, &ex->text);
	return true;
}

static void list_begin(struct export *ex)
{
	json_begin(&ex->json, &ex->text);
	json_open(&ex->json, '[');
}

static bool list_row(struct export *ex, const struct row *row)
{
	json_line(&ex->json);
	export_row_json(&ex->json, ex->store, row);
	remember(ex, row);
	return true;
}

static void list_end(struct export *ex)
{
	if (ex->rows)
		buf_byte(&ex->text, '\n');
	json_close(&ex->json, ']');
	buf_byte(&ex->text, '\n');
}

static void geo_begin(struct export *ex)
{
	json_begin(&ex->json, &ex->text);
	json_open(&ex->json, '{');
	json_key_text(&ex->json, "type", "FeatureCollection");
	json_key(&ex->json, "features");
	json_open(&ex->json, '[');
}

static bool geo_row(struct export *ex, const struct row *row)
{
	return geojson_row(&ex->json, ex->store, row);
}

static void geo_end(struct export *ex)
{
	if (ex->rows)
		buf_byte(&ex->text, '\n');
	json_close(&ex->json, ']');
	json_close(&ex->json, '}');
	buf_byte(&ex->text, '\n');
}

enum { CSV, JSON, GEOJSON };
static bool feed_has(const struct kind *kind)
{
	return kind->id == KIND_warning;
}

static enum rc feed_whole(struct export *ex, struct fault *fault)
{
	return atom_warnings(ex->store, UINT_MAX, &ex->text, fault);
}

static const struct export_format formats[] = {
	[CSV] = {"csv", NULL, csv_begin, csv_row, NULL, NULL, NULL},
	[JSON] = {"json", NULL, list_begin, list_row, list_end, NULL, NULL},
	[GEOJSON] = {"geojson", geojson_kind, geo_begin, geo_row, geo_end, NULL,
		N_("outpost: \"%s\" 没有坐标，不能导出为 GeoJSON")},
	{"atom", feed_has, NULL, NULL, NULL, feed_whole,
		N_("outpost: \"%s\" 不能导出为订阅源，预警(warning)可以")},
	{"ics", ics_has, ics_begin, ics_row, ics_end, NULL,
		N_("outpost: \"%s\" 不能导出为日历，值班表(roster)和演练(drill)可以")},
	{"vcf", vcard_has, NULL, vcard_row, NULL, NULL,
		N_("outpost: \"%s\" 不能导出为名片，联系人(contact)、专家(expert)和人员(person)"
		   "可以")},
};

/* ---- all rows */

static bool row_out(const struct row *row, void *to)
{
	struct export *ex = to;

	if (ex->format->row(ex, row))
		ex->rows++;
	else
		ex->left_out++;
	return true;
}

static enum rc kind_out(struct export *ex, const struct kind *kind, struct fault *fault)
{
	struct query query = query_all(kind->id);

	query.area = ex->area;
	buf_clear(&ex->moved);
	enum rc rc = store_each(ex->store, &query, row_out, ex, fault);
	for (size_t at = 0; at < ex->moved.len && !rc; at += sizeof(struct ref)) {
		struct ref ref;

		memcpy(&ref, ex->moved.at + at, sizeof ref);
		rc = export_steps_json(&ex->json, ex->store, ref, fault);
	}
	return rc;
}

static enum rc write_out(struct export *ex, const struct kind *only, struct fault *fault)
{
	enum rc rc = RC_OK;

	if (ex->format->begin)
		ex->format->begin(ex);
	for (unsigned i = 0; i < kinds_count && rc == RC_OK; i++) {
		const struct kind *kind = &kinds[i];
		bool wanted = only ? kind == only : !(kind->flags & K_HIDDEN);

		if (wanted && (!ex->format->has || ex->format->has(kind)))
			rc = kind_out(ex, kind, fault);
	}
	if (ex->format->end)
		ex->format->end(ex);
	return rc;
}

/* --excel and --gb18030 are tables for a spreadsheet in two codings. */
static bool for_sheet(int *argc, char **argv, struct export *ex)
{
	bool excel = arg_flag(argc, argv, "excel"), gb = arg_flag(argc, argv, "gb18030");

	ex->wish.sheet = excel || gb;
	if (gb)
		ex->wish.charset = "gb18030";
	return csv_wished(&ex->wish);
}

/* What is printed is UTF-8 without a mark: that is not for spreadsheets. */
static bool names_file(int argc, char **argv)
{
	if (argc > 2 && strcmp(argv[2], "-") != 0)
		return true;
	out_error("outpost: %s", _("给表格软件的文件要写文件名"));
	return false;
}

static bool take_area(const char *typed, struct export *ex)
{
	const char *why;

	if (!typed || area_parse(typed, &ex->area, &why))
		return true;
	out_error(_("outpost: 区域 \"%s\"：%s"), typed, why);
	return false;
}

/* The one format that is asked for; false: several are. NULL: none is. */
static bool take_format(struct app *app, int *argc, char **argv, struct export *ex)
{
	bool wanted[countof(formats)];
	unsigned count = 0;

	for (size_t n = 0; n < countof(formats); n++)
		wanted[n] = arg_flag(argc, argv, formats[n].word);
	csv_wish_take(&ex->wish, argc, argv);
	wanted[CSV] |= app->csv | for_sheet(argc, argv, ex);
	wanted[JSON] |= app->json;
	for (size_t n = 0; n < countof(formats); n++)
		if (wanted[n]) {
			ex->format = &formats[n];
			count++;
		}
	return count <= 1;
}

static int all_kinds(struct export *ex)
{
	if (ex->format == &formats[CSV]) {
		out_error("outpost: %s", _("各种记录的列不同，CSV "
					   "一次只能导出一种；请写明种类，或用 --json"));
		return EXIT_USAGE;
	}
	if (!ex->format)
		ex->format = &formats[JSON];
	return 0;
}

/* Usage errors are said here; 0 = go on. */
static int options(
	struct app *app, int *argc, char **argv, struct export *ex, const struct kind **kind)
{
	bool one = take_format(app, argc, argv, ex);

	ex->force = arg_flag(argc, argv, "force");
	const char *area = arg_value(argc, argv, "area");
	/* A calendar, cards, a map, a feed are of all kinds that they have room for, unless one is
	 * named. */
	int code = app_args(app, argc, argv, ex->format && ex->format->has ? 0 : 1, 2);

	*kind = NULL;
	if (code)
		return code;
	if (ex->wish.sheet && !names_file(*argc, argv))
		return EXIT_USAGE;
	if (!one)
		return app_usage(app);
	if (!take_area(area, ex))
		return EXIT_USAGE;
	if (*argc == 1 || strcmp(argv[1], "all") == 0)
		return all_kinds(ex);
	if (!ex->format)
		ex->format = &formats[CSV];
	code = app_kind(argv[1], kind);
	if (!code && ex->format->has && !ex->format->has(*kind)) {
		out_error(_(ex->format->lacks), _((*kind)->label));
		return EXIT_USAGE;
	}
	return code;
}

static enum rc columns_of(struct export *ex, const struct kind *kind, struct fault *fault)
{
	static const enum csv_own own[] = {
		OWN_REF, OWN_NUMBER, OWN_AREA, OWN_AT, OWN_BY, OWN_STATE};

	if (ex->format != &formats[CSV])
		return RC_OK;
	return csv_wish_columns(&ex->wish, kind, own, countof(own), &ex->columns, fault);
}

/* What is for people, or in another coding, goes as it is, also where it is printed. */
static enum rc hand_over(struct export *ex, const char *path, struct fault *fault)
{
	bool prints = !path || !strcmp(path, "-");
	enum rc rc = csv_wish_code(&ex->wish, prints && out_columns(), &ex->text, fault);

	if (!rc && prints && !csv_wished(&ex->wish))
		out_buf(&ex->text);
	else if (!rc)
		rc = file_write(prints ? "-" : path, buf_bytes(&ex->text), 0600, fault);
	if (rc == RC_NONE) /* a folder is missing, not a record */
		rc = fault->rc = RC_IO;
	return rc;
}

int export_run(struct app *app, int argc, char **argv)
{
	struct export ex = {.area = 0};
	struct fault fault = {0};
	struct one_wish one;
	const struct kind *kind;

	if (one_wanted(&argc, argv, &one))
		return one_run(app, argc, argv, &one);
	int code = options(app, &argc, argv, &ex, &kind);
	enum rc rc;

	if (!code && argc > 2 && overwrite_may(argv[2], ex.force, &fault))
		code = app_fail(&fault);
	if (!code)
		code = app_store(app, 0);
	if (code)
		return code;
	ex.store = app->store;
	rc = columns_of(&ex, kind, &fault);
	if (rc == RC_OK)
		rc = ex.format->whole ? ex.format->whole(&ex, &fault)
				      : write_out(&ex, kind, &fault);
	if (rc == RC_OK)
		rc = hand_over(&ex, argc > 2 ? argv[2] : NULL, &fault);
	if (rc == RC_OK && ex.left_out && ex.format == &formats[GEOJSON])
		out_error(_("outpost: %u 条记录没有坐标，没有导出"), ex.left_out);
	buf_release(&ex.text);
	buf_release(&ex.moved);
	csv_columns_release(&ex.columns);
	return rc == RC_OK ? EXIT_DONE : app_fail(&fault);
}
