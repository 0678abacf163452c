/* SPDX-License-Identifier: GPL-3.0-or-later
 * text: what a record says as an office writes it, or as it is read out.
 */
#include <string.h>

#include "app/cmd.h"
#include "app/out.h"
#include "work/text.h"

static enum rc put(struct app *app, const struct row *row, const char *name, struct fault *fault)
{
	const char *names[TEXT_NAMES];
	struct world world;
	struct buf text = {0};
	unsigned count = text_names(row, names);
	world_open(&world, app->store, &app->user, store_now(app->store));
	enum rc rc = text_compose(&text, &world, row, name ? name : count ? names[0] : "", fault);
	if (!rc)
		out_buf(&text);
	buf_release(&text);
	return rc;
}

static int put_record(struct app *app, const char *typed, const char *name)
{
	struct arena arena = {0};
	struct fault fault = {0};
	struct row row;
	struct ref ref;
	int code = app_record(app, typed, &ref);
	if (code)
		return code;
	enum rc rc = store_row(app->store, ref, &arena, &row, &fault);
	if (!rc)
		rc = put(app, &row, name, &fault);
	arena_release(&arena);
	return rc ? app_fail(&fault) : EXIT_DONE;
}

/* Is NAME a text that is about no record? */
static bool is_of_day(const char *name)
{
	const char *names[TEXT_NAMES];
	unsigned count = text_names(NULL, names);
	while (count && strcmp(names[count - 1], name) != 0)
		count--;
	return count;
}

int cmd_text(struct app *app, int argc, char **argv)
{
	struct fault fault = {0};
	int code = app_args(app, &argc, argv, 0, 2);
	if (code || (code = app_store(app, STORE_READ)))
		return code;
	if (argc == 2 && is_of_day(argv[1]))
		return put(app, NULL, argv[1], &fault) ? app_fail(&fault) : EXIT_DONE;
	if (argc > 1)
		return put_record(app, argv[1], argc > 2 ? argv[2] : NULL);
	return put(app, NULL, NULL, &fault) ? app_fail(&fault) : EXIT_DONE;
}
