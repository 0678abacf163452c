/* SPDX-License-Identifier: GPL-3.0-or-later
 * Commands: one row each in src/app/commands.c. Dispatch, --help, completions and the manual read it.
 */
#ifndef APP_COMMAND_H
#define APP_COMMAND_H

#include "store/find.h"

/* Exit codes of docs/ and of every command. */
enum exit_code { EXIT_DONE, EXIT_FAILED, EXIT_USAGE, EXIT_LINK, EXIT_REFUSED, EXIT_INPUT, EXIT_NONE };
enum exit_code exit_of(enum rc rc);

struct app {
	char home[512], config[512];
	char user_name[LIMIT_NAME + 1]; /* who acts: option, OUTPOST_USER, the login, or the only user */
	bool json, csv;
	struct store *store;            /* opened by app_store */
	struct user user;
	const char *program;            /* argv[0] */
};

struct command {
	const char *name, *usage, *text; /* usage without the name; text N_(), one line */
	int (*run)(struct app *app, int argc, char **argv); /* argv[0] is the command; the answer is an exit code */
	const char *help;                /* N_(), some lines more; may be NULL */
	const char *const *words;        /* completions of its first argument; may be NULL */
};
extern const struct command commands[]; /* ends with name NULL */

/* Opens the store and the user once; on failure says why and returns an exit code, else 0. */
int app_store(struct app *app, unsigned flags);
/* Prints a fault to stderr; returns the exit code. */
int app_fail(const struct fault *fault);
int app_usage(const struct command *command);
const struct command *command_named(const char *name);

/* Takes --name VALUE, --name=VALUE or a bare --name out of argv. */
bool arg_flag(int *argc, char **argv, const char *name);
const char *arg_value(int *argc, char **argv, const char *name); /* NULL when not there */
/* "" or the first argument beginning with "--" that nobody took. */
const char *arg_left(int argc, char **argv);

/* Builds the fields of a fact from name=value words. RC_BAD names the field and the rule. STEP NULL: a record's fields. */
enum rc fields_parse(struct store *store, const struct kind *kind, const struct step *step, int argc, char **argv,
	bool strict, struct op *op, struct buf *body, struct fault *fault) MUST_CHECK;

#endif
