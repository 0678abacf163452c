/* SPDX-License-Identifier: GPL-3.0-or-later
 * The doors by which people and files write: commands, imports, the form, line mode.
 */
#include "doors.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/cmd.h"
#include "app/import.h"
#include "screens/form_session.h"
#include "ui/line.h"

enum { WORDS = LIMIT_FIELDS + 8 };

struct app doors_app;
char doors_file[96];

/* As main would have it. */
static char *word(const char *text)
{
	return (char *)(uintptr_t)text;
}

static const char *name_in(const struct pair *pair)
{
	return pair->by_label ? pair->field->label : pair->field->name;
}

/* Runs a command as from the shell; what it prints is not looked at. */
static int quietly(int (*run)(struct app *app, int argc, char **argv), int argc, char **argv)
{
	int keep = dup(STDOUT_FILENO), keep_err = dup(STDERR_FILENO);
	int nothing = open("/dev/null", O_WRONLY);

	fflush(NULL);
	dup2(nothing, STDOUT_FILENO);
	dup2(nothing, STDERR_FILENO);
	argv[argc] = NULL;
	int code = run(&doors_app, argc, argv);
	fflush(NULL);
	dup2(keep, STDOUT_FILENO);
	dup2(keep_err, STDERR_FILENO);
	close(keep);
	close(keep_err);
	close(nothing);
	return code;
}

static bool by_words(const struct input *input)
{
	struct arena arena = {0};
	char number[32], *argv[WORDS];
	int argc = 0;

	store_number(doors_app.store, input->ref, number);
	argv[argc++] = word(input->step ? "step" : input->ref.seq ? "edit" : "add");
	argv[argc++] = input->ref.seq ? number : word(input->kind->name);
	if (input->step)
		argv[argc++] = word(input->step->verb);
	for (unsigned n = 0; n < input->count; n++)
		argv[argc++] =
			arena_fmt(&arena, "%s=%s", name_in(&input->pairs[n]), input->pairs[n].text);
	if (input->at)
		argv[argc++] = arena_fmt(&arena, "at=%s", input->at);
	if (input->by)
		argv[argc++] = arena_fmt(&arena, "by=%s", input->by);
	int code = quietly(input->step      ? cmd_step
			   : input->ref.seq ? cmd_edit
					    : cmd_add,
		argc, argv);
	arena_release(&arena);
	return code == EXIT_DONE;
}

/* Lists as arrays with an empty member, which counts for nothing. */
static void put_json_value(struct json_out *out, const struct pair *pair)
{
	if (pair->field->type != T_CODES && pair->field->type != T_AREAS) {
		json_text(out, pair->text);
		return;
	}
	json_open(out, '[');
	json_text(out, "");
	for (const char *at = pair->text; *at; at += strspn(at, ",")) {
		size_t len = strcspn(at, ",");

		json_bytes(out, bytes_of(at, len));
		at += len;
	}
	json_close(out, ']');
}

static void put_file(const struct buf *text)
{
	FILE *out = fopen(doors_file, "w");

	assert_non_null(out);
	assert_int_equal(fwrite(text->at, 1, text->len, out), text->len);
	fclose(out);
}

static void json_file(const struct input *input)
{
	struct buf text = {0};
	struct json_out out;
	char number[32];

	store_number(doors_app.store, input->ref, number);
	json_begin(&out, &text);
	json_open(&out, '{');
	json_key_text(&out, input->step ? "step" : "kind",
		input->step ? input->step->verb : input->kind->name);
	if (input->step)
		json_key_text(&out, "of", number);
	if (input->at)
		json_key_text(&out, "at", input->at);
	if (input->by)
		json_key_text(&out, "by", input->by);
	json_key(&out, "fields");
	json_open(&out, '{');
	for (unsigned n = 0; n < input->count; n++) {
		json_key(&out, name_in(&input->pairs[n]));
		put_json_value(&out, &input->pairs[n]);
	}
	json_close(&out, '}');
	json_close(&out, '}');
	put_file(&text);
	buf_release(&text);
}

static bool by_json(const struct input *input)
{
	char *argv[] = {word("add"), word(input->kind->name), word("--json"), doors_file, NULL};

	json_file(input);
	return quietly(cmd_add, 4, argv) == EXIT_DONE;
}

static bool by_import_json(const struct input *input)
{
	char *argv[] = {word("import"), word("json"), doors_file, NULL};

	json_file(input);
	return quietly(import_run, 3, argv) == EXIT_DONE;
}

static void csv_cell(struct buf *out, const char *text)
{
	buf_byte(out, '"');
	for (; *text; text++)
		buf_fmt(out, *text == '"' ? "\"\"" : "%c", *text);
	buf_byte(out, '"');
}

static bool by_import_csv(const struct input *input)
{
	char *argv[] = {word("import"), word("csv"), doors_file, word("--kind"),
		word(input->kind->name), NULL};
	struct buf text = {0}, row = {0};

	for (unsigned n = 0; n < input->count; n++) {
		csv_cell(&text, name_in(&input->pairs[n]));
		csv_cell(&row, input->pairs[n].text);
		buf_byte(&text, n + 1 < input->count || input->at ? ',' : '\n');
		buf_byte(&row, n + 1 < input->count || input->at ? ',' : '\n');
	}
	if (input->at) {
		buf_text(&text, "登记时间,填报人\n");
		buf_fmt(&row, "%s,%s\n", input->at, input->by);
	}
	buf_put(&text, row.at, row.len);
	put_file(&text);
	buf_release(&text);
	buf_release(&row);
	return quietly(import_run, 5, argv) == EXIT_DONE;
}

static void open_paper(const struct input *input, struct session *session)
{
	struct draft purpose = {.kind = input->kind, .ref = input->ref};
	struct fault fault = {0};

	if (input->step && input->step->flags & STEP_MAKES)
		purpose = (struct draft){.kind = kind_of(input->step->other), .parent = input->ref};
	else if (input->step)
		purpose.step = input->step->tag;
	if (form_session_open(session, doors_app.store, &doors_app.user, &purpose, &fault))
		fail_msg("%s", fault.text);
}

static bool save_paper(struct session *session)
{
	struct fault fault = {0};
	struct ref ref;
	bool saved = form_session_save(session, &ref, &fault) == RC_OK;

	form_session_release(session);
	return saved;
}

static bool by_form(const struct input *input)
{
	struct session session;

	open_paper(input, &session);
	for (unsigned n = 0; n < input->count; n++)
		form_set(&session.form, input->pairs[n].field->tag, input->pairs[n].text);
	return save_paper(&session);
}

static const struct pair *pair_of(const struct input *input, unsigned tag)
{
	for (unsigned n = 0; n < input->count; n++)
		if (input->pairs[n].field->tag == tag)
			return &input->pairs[n];
	return NULL;
}

/* What is chosen from lists, whose length hangs on what is there, is set as after choosing. */
static bool is_chosen(const struct pair *pair)
{
	enum ftype type = pair->field->type;

	return type == T_REF || type == T_AREA || type == T_AREAS || type == T_CODE ||
	       type == T_CODES;
}

static void put_answer(struct buf *out, const struct pair *pair)
{
	if (!pair || is_chosen(pair)) {
		buf_byte(out, '\n');
		return;
	}
	if (!*pair->text)
		buf_byte(out, '-');
	for (const char *at = pair->text; *at; at++)
		buf_fmt(out, *at == '\n' ? "\\%c" : "%c", *at);
	buf_byte(out, '\n');
}

static bool by_line_mode(const struct input *input)
{
	struct session session;
	struct line line;
	struct buf typed = {0};

	open_paper(input, &session);
	for (unsigned n = 0; n < session.form.count; n++) {
		const struct field *field = session.form.fields[n].field;
		const struct pair *pair = pair_of(input, field->tag);

		if (session.form.fields[n].fixed)
			continue;
		if (pair && is_chosen(pair))
			form_set(&session.form, pair->field->tag, pair->text);
		put_answer(&typed, pair);
	}
	buf_text(&typed, "y\n");
	FILE *in = fmemopen(typed.at, typed.len, "r"), *out = fopen("/dev/null", "w");
	line_start(&line, in, out);
	enum line_act act = line_form(&line, &session.form);
	fclose(in);
	fclose(out);
	buf_release(&typed);
	assert_int_equal(act, LINE_OK);
	return save_paper(&session);
}

const struct door door_words = {"words", by_words}, door_json = {"json", by_json},
		  door_import_json = {"import json", by_import_json},
		  door_import_csv = {"import csv", by_import_csv}, door_form = {"form", by_form},
		  door_line_mode = {"line mode", by_line_mode};
