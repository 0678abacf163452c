/* SPDX-License-Identifier: GPL-3.0-or-later
 * The export command: one kind as a table, JSON or GeoJSON, or all kinds as JSON or GeoJSON.
 */
#include "app/import.h"
#include "app/out.h"
#include "app/overwrite.h"

#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "model/area.h"

enum format { FORMAT_CSV, FORMAT_JSON, FORMAT_GEOJSON };

struct export
{
	struct store *store;
	enum format format;
	bool sheet, gb; /* CSV for a spreadsheet; in GB18030, else in UTF-8 with its mark */
	uint64_t area;
	struct buf text;
	struct json_out json;
	bool force;
	unsigned rows, left_out; /* left_out: GeoJSON without coordinates */
	struct buf moved;        /* struct ref: records whose steps are still to be written */
};

/* No record may be read while rows are: its steps follow when the kind is through. */
static void remember(struct export *ex, const struct row *row)
{
	if (row->kind->steps && row->kind->steps[0].tag)
		buf_put(&ex->moved, &row->ref, sizeof row->ref);
}

static bool row_out(const struct row *row, void *to)
{
	struct export *ex = to;

	ex->rows++;
	if (ex->format == FORMAT_CSV) {
		export_row_csv(&ex->text, ex->store, row, ex->sheet);
		return true;
	}
	if (ex->format == FORMAT_JSON) {
		json_line(&ex->json);
		export_row_json(&ex->json, ex->store, row);
		remember(ex, row);
	} else if (!geojson_row(&ex->json, ex->store, row)) {
		ex->rows--;
		ex->left_out++;
	}
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

static void begin(struct export *ex, const struct kind *kind)
{
	if (ex->format == FORMAT_CSV) {
		if (ex->sheet && !ex->gb)
			buf_text(&ex->text, "\xEF\xBB\xBF");
		export_head_csv(&ex->text, kind, ex->sheet);
		return;
	}
	json_begin(&ex->json, &ex->text);
	if (ex->format == FORMAT_GEOJSON) {
		json_open(&ex->json, '{');
		json_key_text(&ex->json, "type", "FeatureCollection");
		json_key(&ex->json, "features");
	}
	json_open(&ex->json, '[');
}

static void end(struct export *ex)
{
	if (ex->format == FORMAT_CSV)
		return;
	if (ex->rows)
		buf_byte(&ex->text, '\n');
	json_close(&ex->json, ']');
	if (ex->format == FORMAT_GEOJSON)
		json_close(&ex->json, '}');
	buf_byte(&ex->text, '\n');
}

static enum rc write_out(struct export *ex, const struct kind *only, struct fault *fault)
{
	enum rc rc = RC_OK;

	begin(ex, only);
	for (unsigned i = 0; i < kinds_count && rc == RC_OK; i++) {
		const struct kind *kind = &kinds[i];
		bool wanted = only ? kind == only : !(kind->flags & K_HIDDEN);

		if (wanted && (ex->format != FORMAT_GEOJSON || geojson_kind(kind)))
			rc = kind_out(ex, kind, fault);
	}
	end(ex);
	return rc;
}

static bool for_sheet(int *argc, char **argv, struct export *ex)
{
	bool excel = arg_flag(argc, argv, "excel");

	ex->gb = arg_flag(argc, argv, "gb18030");
	ex->sheet = excel || ex->gb;
	return ex->sheet;
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

/* Usage errors are said here; 0 = go on. */
static int options(
	struct app *app, int *argc, char **argv, struct export *ex, const struct kind **kind)
{
	bool csv = arg_flag(argc, argv, "csv") || app->csv,
	     json = arg_flag(argc, argv, "json") || app->json;
	bool geo = arg_flag(argc, argv, "geojson");

	csv |= for_sheet(argc, argv, ex);
	ex->force = arg_flag(argc, argv, "force");
	const char *area = arg_value(argc, argv, "area");
	int code = app_args(app, argc, argv, 1, 2);

	if (code)
		return code;
	ex->format = geo ? FORMAT_GEOJSON : json ? FORMAT_JSON : FORMAT_CSV;
	*kind = NULL;
	if (ex->sheet && !names_file(*argc, argv))
		return EXIT_USAGE;
	if (csv + json + geo > 1)
		return app_usage(app);
	if (!take_area(area, ex))
		return EXIT_USAGE;
	if (strcmp(argv[1], "all") == 0) {
		if (csv) {
			out_error("outpost: %s", _("各种记录的列不同，CSV "
						   "一次只能导出一种；请写明种类，或用 --json"));
			return EXIT_USAGE;
		}
		if (!geo)
			ex->format = FORMAT_JSON;
		return 0;
	}
	code = app_kind(argv[1], kind);
	if (!code && geo && !geojson_kind(*kind)) {
		out_error(_("outpost: \"%s\" 没有坐标，不能导出为 GeoJSON"), _((*kind)->label));
		return EXIT_USAGE;
	}
	return code;
}

static enum rc to_gb(struct export *ex, struct fault *fault)
{
	struct buf coded = {0};

	if (!text_to("GB18030", (const char *)ex->text.at, ex->text.len, &coded)) {
		buf_release(&coded);
		return fault_set(fault, RC_BAD, _("有的字不能写成 GB18030"));
	}
	buf_release(&ex->text);
	ex->text = coded;
	return RC_OK;
}

int export_run(struct app *app, int argc, char **argv)
{
	struct export ex = {.area = 0};
	struct fault fault = {0};
	const struct kind *kind;
	int code = options(app, &argc, argv, &ex, &kind);
	enum rc rc;

	if (!code && argc > 2 && overwrite_may(argv[2], ex.force, &fault))
		code = app_fail(&fault);
	if (!code)
		code = app_store(app, 0);
	if (code)
		return code;
	ex.store = app->store;
	rc = write_out(&ex, kind, &fault);
	if (rc == RC_OK && ex.gb)
		rc = to_gb(&ex, &fault);
	if (rc == RC_OK && argc > 2 && strcmp(argv[2], "-") != 0)
		rc = file_write(argv[2], buf_bytes(&ex.text), 0600, &fault);
	else if (rc == RC_OK)
		out_buf(&ex.text);
	if (rc == RC_NONE) /* a folder is missing, not a record */
		fault.rc = RC_IO;
	if (rc == RC_OK && ex.left_out)
		out_error(_("outpost: %u 条记录没有坐标，没有导出"), ex.left_out);
	buf_release(&ex.text);
	buf_release(&ex.moved);
	return rc == RC_OK ? EXIT_DONE : app_fail(&fault);
}
