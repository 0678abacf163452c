/* SPDX-License-Identifier: GPL-3.0-or-later
 * What may stand where the cursor is, for the completions of shells: commands, options, kinds,
 * fields, codes, steps and record numbers, from the tables and from the station.
 */
#include <stdio.h>
#include <string.h>

#include "app/book/inside.h"
#include "model/codes.h"
#include "model/kinds.h"
#include "store/rows.h"

/* So many of a kind, the newest or first of its list: somebody who wants another one types on. */
enum { NUMBERS_MOST = 200, WORDS_MOST = 64 };

/* A line up to the cursor: CURRENT is what is being typed, the rest was. */
struct line {
	struct app *app;
	struct buf *out;
	const char *current;
	const char *before;            /* the word before it; "" at the front */
	const struct command *command; /* NULL: none yet */
	const char *words[WORDS_MOST]; /* behind the command, without options */
	unsigned count;
	bool opened; /* the station, or it was tried */
};

/* One that fits, with a few words on it. */
static void offer(struct line *line, const char *begin, const char *rest, const char *text)
{
	char word[200];
	snprintf(word, sizeof word, "%s%s", begin, rest);
	if (!strncmp(word, line->current, strlen(line->current)))
		buf_fmt(line->out, "%s\t%s\n", word, text ? text : "");
}

static bool takes_value(const char *option)
{
	static const char *const some[] = {
		"--home", "--store", "--config", "--user", "--pin-fd", NULL};
	for (const char *const *one = some; *one; one++)
		if (!strcmp(*one, option))
			return true;
	return false;
}

static void set_home(struct app *app, const char *option, const char *value)
{
	if (!strcmp(option, "--home"))
		snprintf(app->home, sizeof app->home, "%s", value);
}

static void read_line(struct line *line, int argc, char **argv)
{
	line->current = argc ? argv[argc - 1] : "";
	line->before = argc > 1 ? argv[argc - 2] : "";
	for (int i = 0; i + 1 < argc; i++) {
		const char *word = argv[i];
		if (!strncmp(word, "--home=", 7))
			set_home(line->app, "--home", word + 7);
		else if (takes_value(word) && i + 2 < argc)
			set_home(line->app, word, argv[++i]);
		else if (*word == '-' || takes_value(word))
			continue;
		else if (line->command && line->count < WORDS_MOST)
			line->words[line->count++] = word;
		else
			for (const struct command *command = line->app->commands;
				!line->command && command->name; command++)
				if (!strcmp(command->name, word))
					line->command = command;
	}
}

/* ---- what the tables know */

static void offer_kinds(struct line *line)
{
	for (unsigned i = 0; i < kinds_count; i++)
		if (!(kinds[i].flags & K_HIDDEN))
			offer(line, kinds[i].name, "", _(kinds[i].label));
}

static void offer_options(struct line *line, const char *usage)
{
	char option[40];
	while ((usage = strstr(usage, "--"))) {
		size_t len = 2 + strspn(usage + 2, "abcdefghijklmnopqrstuvwxyz0123456789-");
		snprintf(option, sizeof option, "%.*s", (int)len, usage);
		offer(line, option, "", "");
		usage += len;
	}
	offer(line, "--help", "", "");
}

static void offer_fields(struct line *line, const struct kind *kind)
{
	for (const struct field *field = kind->fields; field->tag; field++)
		if (!(field->flags & (F_FOLD | F_STEP | F_QUIET)))
			offer(line, field->name, "=", _(field->label));
}

/* ---- what the station knows */

static bool open_station(struct line *line)
{
	if (!line->opened && app_has_station(line->app))
		(void)app_store(line->app, STORE_READ);
	line->opened = true;
	return line->app->store != NULL;
}

struct offering {
	struct line *line;
	const char *begin; /* "shelter=" before the number */
};

static bool offer_row(const struct row *row, void *to)
{
	struct offering *offering = to;
	char number[32];
	store_number(offering->line->app->store, row->ref, number);
	offer(offering->line, offering->begin, number, _(row->kind->label));
	return true;
}

static void offer_records(struct line *line, const struct kind *kind, const char *begin)
{
	struct offering offering = {line, begin};
	struct query query = query_all(kind->id);
	struct fault fault;
	query.limit = NUMBERS_MOST;
	if (open_station(line) && !(kind->flags & K_HIDDEN))
		(void)!store_each(line->app->store, &query, offer_row, &offering, &fault);
}

static void offer_numbers(struct line *line, bool with_steps)
{
	for (unsigned i = 0; i < kinds_count; i++)
		if (!with_steps || kinds[i].steps[0].tag)
			offer_records(line, &kinds[i], "");
}

/* The record that was typed; its kind, or NULL. */
static const struct kind *record_named(struct line *line, const char *typed, int *state)
{
	struct arena arena = {0};
	struct fault fault;
	struct row row;
	struct ref ref;
	const struct kind *kind = NULL;
	if (open_station(line) && !store_resolve(line->app->store, typed, &ref, &fault) &&
		!store_row(line->app->store, ref, &arena, &row, &fault)) {
		kind = row.kind;
		*state = row.state;
	}
	arena_release(&arena);
	return kind;
}

static void offer_steps(struct line *line, const struct kind *kind, int state)
{
	enum level level = store_station(line->app->store)->level;
	for (const struct step *step = kind->steps; step->tag; step++)
		if (step->from & B(state) && step->by & 1u << level &&
			!(step->flags & (STEP_PAST | STEP_OWN)))
			offer(line, step->verb, "", _(step->label));
}

/* ---- field=value */

static void offer_values(struct line *line, const struct field *field)
{
	char begin[120];
	const char *value = strchr(line->current, '=') + 1, *comma = strrchr(value, ',');
	if (comma && (field->type == T_CODES || field->type == T_AREAS))
		value = comma + 1;
	snprintf(begin, sizeof begin, "%.*s", (int)(value - line->current), line->current);
	if (field->codes)
		for (const struct code *code = NULL; (code = code_each(field->codes, NULL, code));)
			offer(line, begin, code->code, code_label(code));
	if (field->type == T_REF && field->target)
		offer_records(line, kind_of(field->target), begin);
	if (field->type == T_BOOL) {
		offer(line, begin, "1", _("是"));
		offer(line, begin, "0", _("否"));
	}
}

static const struct field *typed_field(const struct line *line, const struct kind *kind)
{
	char name[64];
	const char *equals = strchr(line->current, '=');
	if (!equals)
		return NULL;
	snprintf(name, sizeof name, "%.*s", (int)(equals - line->current), line->current);
	const struct field *field = field_named(kind, name);
	for (const struct field *arg = step_args; !field && arg->tag; arg++)
		if (!strcmp(arg->name, name))
			field = arg;
	return field;
}

static void offer_field_values(struct line *line, const struct kind *kind)
{
	const struct field *field = typed_field(line, kind);
	if (field)
		offer_values(line, field);
	else if (!strchr(line->current, '='))
		offer_fields(line, kind);
}

static void offer_step_args(struct line *line, const struct kind *kind)
{
	const struct step *step = step_named(kind, line->words[1]);
	const struct field *field = typed_field(line, kind);
	bool must;
	if (field) {
		offer_values(line, field);
		return;
	}
	for (unsigned n = 0; step && (field = step_arg(kind, step, n, &must)); n++)
		offer(line, field->name, "=", _(field->label));
}

/* ---- which of them */

static void offer_states(struct line *line)
{
	static const char *const flags[] = {"open", "done", "void", "overdue"};
	const struct kind *kind = line->count ? kind_named(line->words[0]) : NULL;
	for (const struct state *state = kind ? kind->states : NULL; state && state->code; state++)
		offer(line, state->code, "", _(state->label));
	for (size_t i = 0; i < countof(flags); i++)
		offer(line, flags[i], "", "");
}

/* What stands behind an option that has a value; false: it is none that we know. */
static bool offer_option_value(struct line *line)
{
	if (!strcmp(line->before, "--kind"))
		offer_kinds(line);
	else if (!strcmp(line->before, "--state"))
		offer_states(line);
	else if (!strcmp(line->before, "--level"))
		for (unsigned i = 0; i < LEVELS; i++)
			offer(line, level_names[i], "", _(level_labels[i]));
	else
		return false;
	return true;
}

/* Of a command about one record: RECORD STEP field=value…, or RECORD field=value… */
static void offer_of_record(struct line *line)
{
	bool step = !strcmp(line->command->name, "step");
	int state = 0;
	const struct kind *kind = line->count ? record_named(line, line->words[0], &state) : NULL;
	if (!line->count)
		offer_numbers(line, step);
	else if (kind && step && line->count == 1)
		offer_steps(line, kind, state);
	else if (kind && step)
		offer_step_args(line, kind);
	else if (kind && strstr(line->command->usage, "field=value"))
		offer_field_values(line, kind);
}

static void offer_words(struct line *line)
{
	const struct command *command = line->command;
	const struct kind *kind = line->count ? kind_named(line->words[0]) : NULL;
	char asks[80];
	snprintf(asks, sizeof asks, "%.60s RECORD", line->before);
	for (const char *const *word = command->words; !line->count && word && *word; word++)
		if (!strcmp(*word, "KIND"))
			offer_kinds(line);
		else
			offer(line, *word, "", "");
	if (!strncmp(command->usage + (*command->usage == '['), "RECORD", 6))
		offer_of_record(line);
	else if (line->count && (strstr(command->usage, asks) || !strcmp(line->words[0], "diff")))
		offer_numbers(line, false);
	else if (kind && strstr(command->usage, "field=value"))
		offer_field_values(line, kind);
}

void complete_line(struct app *app, int argc, char **argv, struct buf *out)
{
	struct line line = {.app = app, .out = out};
	read_line(&line, argc, argv);
	if (offer_option_value(&line))
		return;
	if (!line.command) {
		for (const struct command *command = app->commands; command->name; command++)
			offer(&line, command->name, "", _(command->text));
		offer_options(&line, "--home --config --user --pin-fd --version");
	} else if (*line.current == '-') {
		offer_options(&line, line.command->usage);
	} else {
		offer_words(&line);
	}
}
