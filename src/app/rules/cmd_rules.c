/* SPDX-License-Identifier: GPL-3.0-or-later
 * rules: the county's rules as they count here; what is wrong with a file; what a file would
 * change; and which rows a record is under.
 */
#include <string.h>

#include "app/cmd.h"
#include "app/rules/cmd_rules.h"
#include "app/out.h"
#include "app/record.h"
#include "base/file.h"
#include "store/station.h"
#include "work/agenda.h"
#include "work/why.h"

enum { FILE_MOST = 4 << 20 };

static void put_rule(struct buf *out, const struct rule *rule)
{
	if (rule->file)
		buf_fmt(out, "%s:%u\t%s\n", rule->file, rule->line, rule->said);
}

/* Those of a word in the order in which they count, word by word. */
static int list(struct app *app)
{
	struct buf out = {0};
	int code = app_has_station(app) ? app_store(app, STORE_READ) : 0;

	if (code)
		return code;
	for (unsigned word = 0; word < RULE_WORDS; word++) {
		unsigned count;
		const struct rule *rows = rules_rows((enum rule_word)word, &count);

		for (unsigned n = 0; n < count; n++)
			put_rule(&out, &rows[n]);
	}
	out_buf(&out);
	buf_release(&out);
	return EXIT_DONE;
}

static int read_file(const char *file, struct buf *text)
{
	struct fault fault = {0};
	enum rc rc = file_read(file, FILE_MOST, text, &fault);

	return rc ? app_fail(&fault) : EXIT_DONE;
}

/* Home as it would be, and nothing is kept. */
static int try(struct app *app, const char *file, int argc, char **argv)
{
	struct buf text = {0};
	struct fault fault = {0};
	int code = app_store(app, STORE_READ);

	if (!code)
		code = read_file(file, &text);
	if (!code && (rules_without(app->store, rules_name(file), &fault) ||
			     rules_load(rules_now(), file, buf_bytes(&text), &fault)))
		code = app_fail(&fault);
	buf_release(&text);
	argv[argc] = NULL;
	return code ? code : cmd_today(app, argc, argv);
}

/* ---- why */

static int why(struct app *app, const char *typed)
{
	struct buf out = {0};
	struct arena arena = {0};
	struct fault fault = {0};
	struct world world;
	struct row row;
	struct ref ref;
	int code = app_store(app, STORE_READ);

	if (code)
		return code;
	enum rc rc = store_resolve(app->store, typed, &ref, &fault);
	if (!rc)
		rc = store_row(app->store, ref, &arena, &row, &fault);
	if (!rc) {
		world_open(&world, app->store, &app->user, store_now(app->store));
		why_tell(&world, &row, &out);
		out_buf(&out);
	}
	buf_release(&out);
	arena_release(&arena);
	return rc ? app_fail(&fault) : EXIT_DONE;
}

int cmd_rules(struct app *app, int argc, char **argv)
{
	int code = app_args(app, &argc, argv, 0, 2);
	const char *what = argc > 1 ? argv[1] : "list";

	if (code)
		return code;
	if (!strcmp(what, "list") && argc <= 2)
		return list(app);
	if (!strcmp(what, "check") && argc == 3)
		return rules_check_file(argv[2]);
	if (!strcmp(what, "try") && argc == 3)
		return try(app, argv[2], 1, argv);
	if (!strcmp(what, "why") && argc == 3)
		return why(app, argv[2]);
	if (!strcmp(what, "publish") && argc == 3)
		return rules_publish(app, argv[2]);
	if (!strcmp(what, "withdraw") && argc == 3)
		return rules_withdraw(app, argv[2]);
	return app_usage(app);
}
