/* SPDX-License-Identifier: GPL-3.0-or-later
 * watches: who held how many watches in a month, by day, by night, at weekends and on holidays, and
 * how much rest is due for them; as a table for whoever pays.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "app/cmd.h"
#include "app/csv_columns.h"
#include "app/out.h"
#include "base/file.h"
#include "base/when.h"
#include "format/csv.h"
#include "work/duties.h"

enum { DAYS = 100, YEAR = 10000, JANUARY = 100, DECEMBER = 1231, COLUMNS = 8 };

static const struct {
	const char *key, *label;
} columns[COLUMNS] = {
	{"month", N_("月份")},
	{"name", N_("姓名")},
	{"day", N_("白班")},
	{"night", N_("夜班")},
	{"weekend", N_("周末")},
	{"holiday", N_("节假日")},
	{"signed", N_("交接")},
	{"rest_hours", N_("补休小时")},
};

struct printing {
	struct csv_wish wish;
	struct table table;
	struct json_out json;
	struct buf text;
};

/* "2026-07" or "2026"; nothing: this year. */
static bool take_span(const char *typed, int64_t now, int64_t *first, int64_t *last)
{
	const char *why;
	int64_t date, year = strtoll(typed ? typed : "", NULL, 10);

	if (!typed)
		year = date_of(now) / YEAR;
	if (!typed || (strlen(typed) == 4 && date_valid(year * YEAR + JANUARY))) {
		*first = year * YEAR + JANUARY;
		*last = year * YEAR + DECEMBER;
		return true;
	}
	if (!date_parse(typed, now, &date, &why) || date % DAYS)
		return false;
	*first = date;
	*last = date + DAYS - 1;
	return true;
}

static enum rc check_coding(const char *charset, struct fault *fault)
{
	if (!charset || !strcasecmp(charset, "utf-8") || !strcasecmp(charset, "gb18030"))
		return RC_OK;
	return fault_set(fault, RC_BAD, _("没有编码 \"%s\"，可用的有 utf-8 和 gb18030"), charset);
}

static void put_row(struct printing *to, const struct app *app, const struct duty_count *count)
{
	const unsigned numbers[] = {count->day, count->night, count->weekend, count->holiday,
		count->signed_by, count->rest};
	char month[WHEN_TEXT], text[16];

	date_show(count->month * DAYS, month);
	if (app->json) {
		json_line(&to->json);
		json_open(&to->json, '{');
		json_key_text(&to->json, columns[0].key, month);
		json_key_text(&to->json, columns[1].key, count->name);
	} else if (app->csv) {
		csv_text(&to->text, month, true);
		csv_text(&to->text, count->name, false);
	} else {
		table_cell(&to->table, month);
		table_cell(&to->table, count->name);
	}
	for (size_t n = 0; n < countof(numbers); n++) {
		snprintf(text, sizeof text, "%u", numbers[n]);
		if (app->json)
			json_key_num(&to->json, columns[n + 2].key, numbers[n]);
		else if (app->csv)
			csv_text(&to->text, text, false);
		else
			table_cell(&to->table, text);
	}
	if (app->json)
		json_close(&to->json, '}');
	else if (app->csv)
		csv_end(&to->text);
}

static void begin(struct printing *to, const struct app *app)
{
	if (app->json) {
		json_begin(&to->json, &to->text);
		json_open(&to->json, '[');
		return;
	}
	for (size_t n = 0; n < COLUMNS; n++) {
		if (app->csv)
			csv_text(&to->text, to->wish.labels ? _(columns[n].label) : columns[n].key,
				!n);
		else
			table_head(&to->table, _(columns[n].label), n > 1);
	}
	if (app->csv)
		csv_end(&to->text);
}

static enum rc end(struct printing *to, const struct app *app, struct fault *fault)
{
	if (app->json) {
		json_close(&to->json, ']');
		buf_byte(&to->text, '\n');
	} else if (!app->csv) {
		table_print(&to->table, &to->text, out_columns());
	} else if (csv_wished(&to->wish) && !out_columns()) {
		/* What people get goes in its coding and with its mark as it is. */
		enum rc rc = csv_wish_code(&to->wish, false, &to->text, fault);
		return rc ? rc : file_write("-", buf_bytes(&to->text), 0600, fault);
	}
	out_buf(&to->text);
	return RC_OK;
}

static enum rc print(
	struct printing *to, struct app *app, int64_t first, int64_t last, struct fault *fault)
{
	struct arena arena = {0};
	struct duty_counts counts;
	enum rc rc = duty_counts_load(&counts, app->store, first, last, &arena, fault);

	if (!rc)
		begin(to, app);
	for (unsigned n = 0; !rc && n < counts.count; n++)
		put_row(to, app, &counts.list[n]);
	if (!rc)
		rc = end(to, app, fault);
	if (!rc && !counts.count && !app->json && !app->csv)
		out_error(_("这段时间没有值完的班：值班表在看板 W"));
	arena_release(&arena);
	return rc;
}

int cmd_watches(struct app *app, int argc, char **argv)
{
	struct printing to = {.text = {0}};
	struct fault fault = {0};
	int64_t first = 0, last = 0;

	to.wish.labels = arg_flag(&argc, argv, "labels");
	to.wish.charset = arg_value(&argc, argv, "charset");
	app->csv |= arg_flag(&argc, argv, "csv") || csv_wished(&to.wish);
	app->json |= arg_flag(&argc, argv, "json");
	int code = app_args(app, &argc, argv, 0, 1);
	if (code || (code = app_store(app, STORE_READ)))
		return code;
	enum rc rc = check_coding(to.wish.charset, &fault);
	if (!rc && !take_span(argc > 1 ? argv[1] : NULL, store_now(app->store), &first, &last))
		rc = fault_set(
			&fault, RC_BAD, _("要写一个月 2026-07 或一年 2026，不是 \"%s\""), argv[1]);
	if (!rc)
		rc = print(&to, app, first, last, &fault);
	table_release(&to.table);
	buf_release(&to.text);
	return rc ? app_fail(&fault) : EXIT_DONE;
}
