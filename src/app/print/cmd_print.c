/* SPDX-License-Identifier: GPL-3.0-or-later
 * print: what goes on paper of a record, a register or a board.
 */
#include <stdio.h>
#include <string.h>

#include "app/child.h"
#include "app/out.h"
#include "app/overwrite.h"
#include "app/paper.h"
#include "base/file.h"
#include "model/area.h"
#include "screens/beside.h"
#include "screens/boards.h"
#include "screens/qr.h"
#include "screens/screens.h"
#include "screens/text_page.h"
#include "work/text.h"

/* ---- a board */

static const char *board_named(const char *name)
{
	for (const struct board *board = boards; board->key; board++)
		if (board->screen &&
			((name[0] == board->key && !name[1]) || !strcmp(name, board->screen)))
			return board->screen;
	return strcmp(name, screen_home.name) ? NULL : screen_home.name;
}

/* ---- a record */

static bool is_label(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot && !strcmp(dot, ".label");
}

/* *NAME: "label" is that of the kind; NULL: the first that is no label, for a label is asked for.
 */
static void choose(struct text_page *shown, const struct kind *kind, const char *const *names,
	unsigned texts, const char **name, struct arena *arena)
{
	const char *wanted = *name;

	if (!wanted && texts && is_label(names[0]))
		shown->nth = texts;
	if (!wanted)
		return;
	if (!strchr(wanted, '.') && strcmp(wanted, "form") != 0)
		*name = wanted = arena_fmt(arena, "%s.%s", kind->name, wanted);
	while (shown->nth < texts && strcmp(names[shown->nth], wanted) != 0)
		shown->nth++;
}

static enum rc put_record(
	struct app *app, struct ref ref, const char *name, struct buf *sheet, struct fault *fault)
{
	const struct actor actor = app_actor(app);
	const char *names[TEXT_NAMES];
	struct text_page shown = {.nth = 0};
	struct arena arena = {0};
	struct row row;
	enum rc rc = store_row(app->store, ref, &arena, &row, fault);
	unsigned texts = rc ? 0 : text_names(&row, names);
	if (!rc)
		choose(&shown, row.kind, names, texts, &name, &arena);
	if (!rc && name && shown.nth == texts && strcmp(name, "form") != 0) {
		struct buf none = {0};
		struct world world;
		world_open(&world, app->store, &app->user, store_now(app->store));
		rc = text_compose(&none, &world, &row, name, fault); /* says which there are */
		buf_release(&none);
	}
	if (!rc)
		rc = text_page_load(&shown, &actor, ref, fault);
	if (!rc)
		(void)text_page_sheet(&shown, &actor, 0, sheet);
	text_page_release(&shown);
	arena_release(&arena);
	return rc;
}

/* What a telephone takes with it. */
static enum rc put_qr(struct app *app, struct ref ref, struct buf *sheet, struct fault *fault)
{
	const struct actor actor = app_actor(app);
	const struct beside beside = {beside_ask, NULL, app};
	struct text_page shown = {.form = SHEET_AS_IS};
	struct qr_record codes = {0};
	struct buf told = {0};
	beside_set(&beside);
	bool good = qr_record_load(&codes, app->store, &app->user, ref, &told);
	beside_set(NULL);
	if (good) {
		store_number(app->store, ref, shown.number);
		qr_record_sheet(&codes, &actor, ref, &shown.body);
		(void)text_page_sheet(&shown, &actor, QR_HEADS, sheet);
	} else {
		(void)fault_set(fault, RC_BAD, "%s", buf_cstr(&told));
	}
	qr_record_release(&codes);
	text_page_release(&shown);
	buf_release(&told);
	return good ? RC_OK : RC_BAD;
}

/* ---- the command */

static int make_sheet(struct app *app, int argc, char **argv, const char *area, struct buf *sheet)
{
	const char *why, *board = board_named(argv[1]);
	const struct kind *kind = kind_named(argv[1]);
	struct fault fault = {0};
	const struct actor actor = app_actor(app);
	struct aim aim = {.kind = kind};
	struct ref ref;
	enum rc rc;
	int code;
	if (board && argc == 2) {
		rc = paper_screen(&actor, board, &aim, sheet, &fault);
	} else if (kind && argc == 2) {
		aim.query = query_all(kind->id);
		if (area && !area_parse(area, &aim.query.area, &why)) {
			out_error(_("outpost: \"%s\"：%s"), area, why);
			return EXIT_INPUT;
		}
		rc = paper_screen(&actor, screen_records.name, &aim, sheet, &fault);
	} else {
		code = app_record(app, argv[1], &ref);
		if (code)
			return code;
		rc = argc > 2 && !strcmp(argv[2], "qr")
			     ? put_qr(app, ref, sheet, &fault)
			     : put_record(app, ref, argc > 2 ? argv[2] : NULL, sheet, &fault);
	}
	return rc ? app_fail(&fault) : EXIT_DONE;
}

static int deliver(const char *path, bool printer, bool force, struct buf *sheet)
{
	struct fault fault = {0};
	struct buf said = {0};
	int code = EXIT_DONE;
	if (printer) {
		code = printer_put(PRINT_PAPER, "", buf_bytes(sheet), &said) ? EXIT_DONE
									     : EXIT_FAILED;
		out_error("outpost: %s", buf_cstr(&said));
	} else if (path) {
		enum rc rc = overwrite_may(path, force, &fault);
		if (!rc)
			rc = file_write(path, buf_bytes(sheet), 0600, &fault);
		code = rc ? app_fail(&fault) : EXIT_DONE;
	} else {
		out_buf(sheet);
	}
	buf_release(&said);
	return code;
}

int cmd_print(struct app *app, int argc, char **argv)
{
	struct buf sheet = {0};
	const char *path = arg_value(&argc, argv, "to"), *area = arg_value(&argc, argv, "area");
	bool printer = arg_flag(&argc, argv, "printer"), force = arg_flag(&argc, argv, "force");
	int code = app_args(app, &argc, argv, 1, 2);
	if (!code && ((path && !*path) || (path && printer)))
		code = app_usage(app);
	if (code || (code = app_store(app, 0)))
		return code;
	code = make_sheet(app, argc, argv, area, &sheet);
	if (!code)
		code = deliver(path, printer, force, &sheet);
	buf_release(&sheet);
	return code;
}
