/* SPDX-License-Identifier: GPL-3.0-or-later
 * report: disaster reports added up, as the board B shows them; the merged report; what differs
 * between two; and the table in the order of the national one.
 */
#include <stdio.h>
#include <string.h>

#include "app/cmd.h"
#include "app/out.h"
#include "base/when.h"
#include "format/csv.h"
#include "model/area.h"
#include "model/codes.h"
#include "model/kinds.h"
#include "screens/report_page.h"

enum { HOUSES = 3 };

struct reporting {
	struct app *app;
	struct report_page page;
	struct arena arena;
	struct buf text;
};

/* ---- the board */

static void put_board(struct reporting *to)
{
	struct report_page *page = &to->page;

	report_page_lay(page, TALLY_NARROW > out_columns() ? TALLY_NARROW : out_columns());
	buf_fmt(&to->text, "%s\n", page->title);
	for (unsigned n = 0; n < page->tally.heads; n++)
		buf_fmt(&to->text, "%s\n", page->tally.head[n].text);
	for (unsigned n = 0; n < page->row_count; n++) {
		report_page_line(page, &page->rows[n], &to->text);
		buf_byte(&to->text, '\n');
	}
	if (!page->row_count)
		buf_fmt(&to->text, "%s\n", page->tally.list.empty);
	for (unsigned n = 0; n < page->tally.feet; n++)
		buf_fmt(&to->text, "%s\n", page->tally.foot[n].text);
	for (unsigned n = page->tally.feet; n < page->doubts.count; n++)
		buf_fmt(&to->text, "%s\n", page->doubt_lines[n]);
}

/* ---- the table */

/* One row of it: a place, its numbers, the report that says them (NULL: a sum), and its houses. */
struct line {
	uint64_t area;
	const struct loss_numbers *numbers;
	const struct loss_report *report;
	struct {
		int64_t rooms, households;
	} house[HOUSES];
	int64_t since;
};

/* Codes of the table `damage`, in the order of .house. */
static const char *const damages[HOUSES] = {"collapsed", "serious", "slight"};

static bool see_house(const struct row *row, void *to)
{
	struct line *line = to;
	const struct value *damage = row_value(row, house_damage),
			   *rooms = row_value(row, house_rooms);

	for (unsigned n = 0; n < HOUSES && damage && !row_void(row) && row->at >= line->since; n++)
		if (bytes_equal(damage->text, bytes_text(damages[n]))) {
			line->house[n].rooms += rooms ? rooms->num : 0;
			line->house[n].households++;
		}
	return true;
}

/* "serious_rooms", "collapsed_households": of the list of houses; what is not listed is not known.
 */
static bool put_houses(const struct line *line, const char *column, struct buf *out)
{
	const char *under = strrchr(column, '_');

	for (unsigned n = 0; n < HOUSES && under; n++) {
		if (strncmp(column, damages[n], strlen(damages[n])) != 0 ||
			column + strlen(damages[n]) != under)
			continue;
		if (line->house[n].households)
			buf_fmt(out, "%lld",
				(long long)(!strcmp(under, "_rooms") ? line->house[n].rooms
								     : line->house[n].households));
		return !strcmp(under, "_rooms") || !strcmp(under, "_households");
	}
	return false;
}

/* A number that the report has beside those of the board. */
static void put_other(
	struct reporting *to, const struct line *line, const char *column, struct buf *out)
{
	const struct field *field = field_named(kind_of(KIND_report), column);
	struct fault fault;
	struct row row;

	if (field && field->flags & F_SUM && line->report &&
		store_row(to->app->store, line->report->ref, &to->arena, &row, &fault) == RC_OK &&
		row_value(&row, field->tag))
		value_show(field, row_value(&row, field->tag), &(struct value_ways){0}, out);
}

/* What heads a row. */
static bool put_head(
	const struct losses *losses, const char *column, uint64_t area, struct buf *out)
{
	bool above = !strcmp(column, "above");
	char time[WHEN_TEXT];
	struct bytes name;

	if (above || !strcmp(column, "area")) {
		if (area_name(above ? area_above(area) : area, &name))
			buf_put(out, name.at, name.len);
	} else if (!strcmp(column, "event")) {
		buf_text(out, code_text("disaster", losses->event));
	} else if (!strcmp(column, "time")) {
		when_show(losses->from, time);
		buf_text(out, time);
	} else if (!strcmp(column, "year")) {
		buf_fmt(out, "%lld", (long long)(date_of(losses->from) / 10000));
	} else {
		return false;
	}
	return true;
}

/* "" = not kept here. */
static void put_cell(
	struct reporting *to, const struct line *line, const char *column, struct buf *out)
{
	buf_clear(out);
	if (put_head(&to->page.losses, column, line->area, out) || put_houses(line, column, out))
		return;
	for (unsigned f = 0; f < LOSS_FIGURES; f++)
		if (!strcmp(loss_field(f)->name, column)) {
			loss_show(line->numbers, f, out);
			return;
		}
	put_other(to, line, column, out);
}

static enum rc put_row(struct reporting *to, struct line line, struct fault *fault)
{
	const struct code *column = NULL;
	struct query houses = query_all(KIND_house);
	struct buf cell = {0};
	bool first = true;

	line.since = to->page.losses.from;
	houses.area = line.area;
	enum rc rc = store_each(to->app->store, &houses, see_house, &line, fault);
	while (!rc && (column = code_each("loss_column", NULL, column))) {
		put_cell(to, &line, column->code, &cell);
		csv_text(&to->text, buf_cstr(&cell), first);
		first = false;
	}
	if (!rc)
		csv_end(&to->text);
	buf_release(&cell);
	return rc;
}

/* This place's own newest report, or where there is none the sum; then each place below that has
 * numbers. */
static int put_table(struct reporting *to)
{
	const struct losses *losses = &to->page.losses;
	struct fault fault = {0};
	enum rc rc = RC_OK;
	const struct code *column = NULL;
	bool first = true;

	while ((column = code_each("loss_column", NULL, column))) {
		csv_text(&to->text, code_label(column), first);
		first = false;
	}
	csv_end(&to->text);
	if (*losses->event)
		rc = put_row(to,
			(struct line){.area = losses->area,
				.numbers = losses->own ? &losses->own->numbers : &losses->sum,
				.report = losses->own},
			&fault);
	for (unsigned n = 0; n < losses->place_count && !rc; n++) {
		const struct loss_place *place = &losses->places[n];

		if (place->newest)
			rc = put_row(to,
				(struct line){.area = place->area,
					.numbers = &place->newest->numbers,
					.report = place->newest},
				&fault);
	}
	return rc ? app_fail(&fault) : EXIT_DONE;
}

/* ---- two versions */

static const struct loss_report *report_of(struct reporting *to, const char *typed, int *code)
{
	struct ref ref;

	*code = app_record(to->app, typed, &ref);
	for (unsigned n = 0; !*code && n < to->page.losses.count; n++) {
		const struct loss_report *report = &to->page.losses.reports[n];

		if (report->ref.site == ref.site && report->ref.seq == ref.seq)
			return report;
	}
	if (!*code) {
		out_error(_("outpost: \"%s\" 不是这场灾害的报告"), typed);
		*code = EXIT_NONE;
	}
	return NULL;
}

static int put_differs(struct reporting *to, char **argv)
{
	int code;
	const struct loss_report *before = report_of(to, argv[2], &code);
	const struct loss_report *now = before ? report_of(to, argv[3], &code) : NULL;

	if (!now)
		return code;
	report_differs(&before->numbers, &now->numbers, &to->text);
	if (!to->text.len)
		buf_text(&to->text, _("没有变化"));
	buf_byte(&to->text, '\n');
	return EXIT_DONE;
}

/* ---- the merged report */

static int merge(struct reporting *to, const char *reason)
{
	const struct actor actor = app_actor(to->app);
	struct fault fault = {0};
	struct ref ref;
	char number[32];
	enum rc rc = app_may(to->app, kind_of(KIND_report), 0, &fault);

	if (!rc)
		rc = losses_merge(&actor, &to->page.losses, reason, &ref, &fault);
	if (rc)
		return app_fail(&fault);
	app_wrote(to->app);
	store_number(to->app->store, ref, number);
	buf_fmt(&to->text, "%s\n", number);
	return EXIT_DONE;
}

/* ---- the command */

static int act(struct reporting *to, const char *what, int argc, char **argv, const char *reason)
{
	if (!strcmp(what, "board") && argc <= 2)
		put_board(to);
	else if (!strcmp(what, "table") && argc == 2)
		return put_table(to);
	else if (!strcmp(what, "merge") && argc == 2)
		return merge(to, reason ? reason : "");
	else if (!strcmp(what, "diff") && argc == 4)
		return put_differs(to, argv);
	else
		return app_usage(to->app);
	return EXIT_DONE;
}

int cmd_report(struct app *app, int argc, char **argv)
{
	struct reporting to = {.app = app};
	struct fault fault = {0};
	const char *event = arg_value(&argc, argv, "event"),
		   *reason = arg_value(&argc, argv, "reason");
	int code = app_args(app, &argc, argv, 0, 3);
	const char *what = argc > 1 ? argv[1] : "board";

	if (!code)
		code = strcmp(what, "merge") ? app_store(app, STORE_READ) : app_writer(app);
	if (code)
		return code;
	const struct code *wanted = event ? code_named("disaster", event) : NULL;
	if (wanted)
		snprintf(to.page.event, sizeof to.page.event, "%s", wanted->code);
	const struct actor actor = app_actor(app);
	if (report_page_load(&to.page, &actor, &to.arena, &fault))
		code = app_fail(&fault);
	else
		code = act(&to, what, argc, argv, reason);
	out_buf(&to.text);
	buf_release(&to.text);
	report_page_release(&to.page);
	arena_release(&to.arena);
	return code;
}
