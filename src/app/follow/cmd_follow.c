/* SPDX-License-Identifier: GPL-3.0-or-later
 * follow: every fact once, as it comes, for a program that reads lines; where it stopped it goes
 * on.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "told.h"

#include "app/cmd.h"
#include "app/hook.h"
#include "app/options.h"
#include "app/out.h"
#include "app/record.h"
#include "base/file.h"
#include "base/text.h"
#include "base/when.h"
#include "model/area.h"
#include "model/kinds.h"
#include "store/station.h"

enum { BATCH = 200, LOOK_MS = 500 };

static volatile sig_atomic_t ending;

static void on_end(int number)
{
	(void)number;
	ending = 1;
}

struct following {
	struct app *app;
	const struct kind *kind; /* NULL: all that people see */
	const char *after;       /* a place, as a line said it; NULL: none was given */
	const char *path;        /* of the cursor; NULL: from now on, and nothing is kept */
	const char *hooks; /* folder of programs that are run for each instead of printing; NULL:
			      none */
	struct told told;
	uint64_t killed;  /* up to there somebody who was killed may have told before */
	uint64_t arrived; /* the place of the fact that is told */
	struct buf text;
};

/* ---- one fact */

static const char *step_name(const struct kind *kind, const struct op *op)
{
	const struct step *step = op->step ? step_of(kind, op->step) : NULL;

	return step ? step->verb : op->step ? "?" : op_first(op) ? "add" : "edit";
}

/* May it have been heard before? */
static bool is_again(const struct following *to)
{
	return to->arrived <= to->killed;
}

/* Noted before it is heard: what is told once more, after a kill, is told as such. */
static enum rc note_begun(struct following *to, uint64_t upto, struct fault *fault)
{
	to->told.begun = upto;
	return to->path ? told_write(&to->told, to->path, fault) : RC_OK;
}

static void put_json(
	struct following *to, const struct record *record, const struct op *op, bool refused)
{
	const struct ref rec = {op->rec_site, op->rec_seq};
	struct store *store = to->app->store;
	struct buf by = {0};
	struct json_out out;
	char text[WHEN_TEXT];

	json_begin(&out, &to->text);
	json_open(&out, '{');
	store_id((struct ref){op->site, op->seq}, text);
	json_key_text(&out, "fact", text);
	store_number(store, rec, text);
	json_key_text(&out, "number", text);
	store_id(rec, text);
	json_key_text(&out, "id", text);
	json_key_text(&out, "kind", record->kind->name);
	json_key_text(&out, "step", step_name(record->kind, op));
	area_show(op->area, text);
	json_key_text(&out, "area", text);
	when_rfc(op_at(op), text);
	json_key_text(&out, "at", text);
	store_author(store, op, &by);
	json_key_text(&out, "by", buf_cstr(&by));
	json_key(&out, "fields");
	record_body(&out, store, record->kind, op->step ? step_of(record->kind, op->step) : NULL,
		op->body);
	json_key_bool(&out, "refused", refused);
	json_key_num(&out, "arrived", (int64_t)to->arrived);
	if (is_again(to))
		json_key_bool(&out, "again", true);
	json_close(&out, '}');
	buf_byte(&to->text, '\n');
	buf_release(&by);
}

static void put_line(struct following *to, const struct record *record, const struct op *op)
{
	const struct ref rec = {op->rec_site, op->rec_seq};
	struct store *store = to->app->store;
	const struct step *step = op->step ? step_of(record->kind, op->step) : NULL;
	struct arena arena = {0};
	struct buf by = {0}, title = {0};
	struct fault fault;
	struct row row;
	char at[WHEN_TEXT], number[32];

	when_show(op_at(op), at);
	store_number(store, rec, number);
	store_author(store, op, &by);
	if (store_row(store, rec, &arena, &row, &fault) == RC_OK) {
		row_mark(&row, &title);
		row_title(store, &row, &title);
	}
	text_fmt(&to->text, "%s  %s  %s  %s  %s  %s\n", at, number, _(record->kind->label),
		step           ? _(step->label)
		: op_first(op) ? _("新增")
			       : _("更正"),
		buf_cstr(&by), buf_cstr(&title));
	buf_release(&by);
	buf_release(&title);
	arena_release(&arena);
}

static void run_hook(
	struct following *to, const struct record *record, const struct op *op, bool refused)
{
	const struct ref rec = {op->rec_site, op->rec_seq};
	struct arena arena = {0};
	struct buf title = {0};
	struct fault fault;
	struct row row;
	char number[32];

	if (!hook_there(to->hooks, record->kind->name))
		return;
	store_number(to->app->store, rec, number);
	if (store_row(to->app->store, rec, &arena, &row, &fault) == RC_OK)
		row_title(to->app->store, &row, &title);
	put_json(to, record, op, refused);
	const struct hook_words about = {
		number, step_name(record->kind, op), buf_cstr(&title), is_again(to)};
	if (note_begun(to, to->arrived, &fault) == RC_OK)
		hook_run(to->app, to->hooks, record->kind->name, &about, buf_bytes(&to->text));
	buf_clear(&to->text);
	buf_release(&title);
	arena_release(&arena);
}

/* As the record's history has it, in which secrets are left out for who may not see them. */
static enum rc tell(
	struct following *to, struct ref rec, const struct fact *fact, struct fault *fault)
{
	struct arena arena = {0};
	struct record record;
	struct history history;
	enum rc rc = store_record(to->app->store, rec, &arena, &record, &history, fault);

	for (size_t n = 0; !rc && record.kind && n < history.count; n++) {
		const struct op *op = &history.ops[n];

		if (op->site != fact->site || op->seq != fact->seq)
			continue;
		if (to->hooks)
			run_hook(to, &record, op, history.verdicts[n] != V_GOOD);
		else if (to->app->json)
			put_json(to, &record, op, history.verdicts[n] != V_GOOD);
		else
			put_line(to, &record, op);
	}
	arena_release(&arena);
	return rc == RC_NONE ? RC_OK : rc;
}

static bool is_wanted(const struct following *to, const struct fact *fact)
{
	const struct kind *kind = kind_of(fact->kind);

	return kind && (to->kind ? kind == to->kind : !(kind->flags & K_HIDDEN)) &&
	       !told_has(&to->told, fact->site, fact->seq);
}

/* ---- all that have come; *MORE: there may be more at once */

static enum rc tell_batch(struct following *to, bool *more, struct fault *fault)
{
	struct arena arena = {0};
	struct arrivals arrivals;
	/* A horn that has sounded is written down before the next one. */
	unsigned most = to->hooks ? 1 : BATCH;
	enum rc rc = log_arrivals(
		store_log(to->app->store), to->told.cursor, most, &arena, &arrivals, fault);

	*more = !rc && arrivals.count == most;
	for (unsigned n = 0; n < arrivals.count && !rc; n++) {
		const struct fact *fact = &arrivals.facts[n];
		struct op op;

		if (!is_wanted(to, fact) || !op_take(fact->raw, &op))
			continue;
		to->arrived = fact->arr;
		rc = tell(to, (struct ref){op.rec_site, op.rec_seq}, fact, fault);
		told_add(&to->told, fact->site, fact->seq);
	}
	if (!rc && to->text.len)
		rc = note_begun(to, arrivals.seen, fault);
	if (!rc && arrivals.seen != to->told.cursor) {
		to->told.cursor = arrivals.seen;
		out_buf(&to->text);
		/* Told is what was written out: only then the cursor moves. */
		rc = !out_done() ? fault_set(fault, RC_IO, _("结果没有写出去"))
		     : to->path  ? told_write(&to->told, to->path, fault)
				 : RC_OK;
	}
	arena_release(&arena);
	return rc;
}

static enum rc follow(struct following *to, bool once, struct fault *fault)
{
	static const struct timespec look = {0, LOOK_MS * 1000000L};
	bool more = true;
	enum rc rc = RC_OK;

	while (!rc && !ending) {
		rc = tell_batch(to, &more, fault);
		if (rc || more)
			continue;
		if (once)
			break;
		while (!ending && !store_moved(to->app->store) && !store_gone(to->app->store))
			nanosleep(&look, NULL);
		if (store_gone(to->app->store))
			app_reopen(to->app);
		if (log_last(store_log(to->app->store)) < to->told.cursor)
			to->told.cursor = 0; /* it was put back: what was told is known by number */
	}
	return rc;
}

static enum rc begin(struct following *to, struct fault *fault)
{
	const char *kind = to->kind ? to->kind->name : "";
	uint64_t last = log_last(store_log(to->app->store));
	enum rc rc = RC_OK;

	/* What lies there from before is no news for a horn. */
	if (to->hooks && !file_there(to->path, F_OK)) {
		to->told.cursor = last;
		rc = told_write(&to->told, to->path, fault);
	} else if (to->after) {
		to->told.cursor = strtoull(to->after, NULL, 10);
	} else if (to->path) {
		rc = told_read(&to->told, to->path, kind, fault);
	} else {
		to->told.cursor = last;
	}
	if (last < to->told.cursor)
		to->told.cursor = to->told.begun = 0;
	to->killed = to->told.begun > to->told.cursor ? to->told.begun : 0;
	return rc;
}

/* Programs are the setting's; how far they were told lies beside the station where nothing else is
 * said. */
static int with_hooks(struct following *to, char kept[600])
{
	to->hooks = option_text(OPTION_HOOKS);
	if (!strcmp(to->hooks, "none")) {
		out_error(_("outpost: outpost.conf 里没有写 hooks：放程序的文件夹"));
		return EXIT_INPUT;
	}
	snprintf(kept, 600, "%s/hooks.cursor", to->app->home);
	if (!to->path)
		to->path = kept;
	return 0;
}

static bool is_place(const char *text)
{
	return *text && strlen(text) < 19 && strspn(text, "0123456789") == strlen(text);
}

int cmd_follow(struct app *app, int argc, char **argv)
{
	const struct sigaction act = {.sa_handler = on_end};
	struct following to = {.app = app};
	struct fault fault = {0};
	char kept[600];
	app->json |= arg_flag(&argc, argv, "json");
	bool once = arg_flag(&argc, argv, "once");
	bool hooks = arg_flag(&argc, argv, "hooks");
	to.path = arg_value(&argc, argv, "cursor");
	to.after = arg_value(&argc, argv, "after");
	int code = app_args(app, &argc, argv, 0, 1);

	if (!code && ((to.path && (!*to.path || to.after)) ||
			     (to.after && (hooks || !is_place(to.after)))))
		code = app_usage(app);
	if (code || (argc > 1 && (code = app_kind(argv[1], &to.kind))) ||
		(code = app_store(app, STORE_READ)) || (hooks && (code = with_hooks(&to, kept))))
		return code;
	sigaction(SIGTERM, &act, NULL);
	sigaction(SIGINT, &act, NULL);
	enum rc rc = begin(&to, &fault);
	if (!rc)
		rc = follow(&to, once, &fault);
	told_release(&to.told);
	buf_release(&to.text);
	return rc ? app_fail(&fault) : EXIT_DONE;
}
