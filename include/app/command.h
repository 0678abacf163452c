/* SPDX-License-Identifier: GPL-3.0-or-later
 * Commands: one row each in src/app/commands.c. Dispatch, --help, completions and the manual read
 * it.
 */
#ifndef APP_COMMAND_H
#define APP_COMMAND_H

#include "store/station.h"
#include "work/change.h"

/* Exit codes of docs/ and of every command. */
enum exit_code { EXIT_DONE, EXIT_FAILED, EXIT_USAGE, EXIT_LINK, EXIT_REFUSED, EXIT_INPUT, EXIT_NONE };
enum exit_code exit_of(enum rc rc);

struct command;

struct app {
	char home[512];
	char config[512];               /* as given by --config or OUTPOST_CONFIG; "" = nowhere in particular (config.h) */
	char user_name[LIMIT_NAME + 1]; /* who acts, as given by --user or OUTPOST_USER; "" = by the login */
	char login[40];                 /* name of the account that runs the program */
	char owner[40];                 /* whom root works as, as the station's folder is his; "" = nobody else */
	bool json, csv;
	bool plain;                /* line mode sends nothing but text */
	bool unclear;              /* the station has users, and nothing says which of them acts */
	bool logs_in;              /* `login`: the person is fixed, and nothing but the terminal is theirs */
	bool login_command;        /* there, the client asked for something else */
	bool proven;               /* who acts is proven by the login itself: a forced command's OUTPOST_USER */
	bool pin_given, pin_shown; /* by --pin-fd; and it was theirs, whoever acts */
	int pin_fd;
	struct store *store;            /* opened by app_store */
	struct user second;             /* who has shown a PIN beside them, for one change */
	struct user user;               /* who 0 = the station itself, as long as it has no users */
	const char *program;            /* argv[0] */
	const struct command *command;  /* the one that runs */
	const struct command *commands; /* all of them: for what prints the table */
};

struct command {
	const char *name, *usage, *text;                    /* usage without the name; text N_(), one line */
	int (*run)(struct app *app, int argc, char **argv); /* argv[0] is the command; the answer is an exit code */
	const char *help;                                   /* N_(), some lines more; may be NULL */
	const char *const *words;                           /* completions of its first argument, ends with NULL; may be NULL */
};
/* Runs argv[0] with its --help; a usage error when there is no such command. */
int command_run(struct app *app, int argc, char **argv);
void command_usage(struct buf *out);              /* all commands, a line each */
void command_help(const struct command *command); /* to stdout */

/* Is there a station in the app's home? */
bool app_has_station(const struct app *app);
/* Opens the store and the user once; on failure says why and returns an exit code, else 0. */
int app_store(struct app *app, unsigned flags);
/* As app_store, for a command that writes: the store must be writable and the writer known. */
int app_writer(struct app *app);
/* After a command has written: the daily backup. A failure is said and changes nothing. */
void app_wrote(struct app *app);
/* May the user do that, by role and level? RC_DENIED names both. What asks for a PIN (roles.conf)
 * asks for it here. */
enum rc app_may(struct app *app, const struct kind *kind, unsigned step, struct fault *fault) MUST_CHECK;
/* For who stays for days: opens the store again when somebody replaced its file. */
void app_reopen(struct app *app);
void app_close(struct app *app);
/* Prints a fault to stderr; returns the exit code. */
int app_fail(const struct fault *fault);
/* How the command is used, to stderr; EXIT_USAGE. */
int app_usage(const struct app *app);
/* Takes "--" away; usage (not 0) when an option is left over or the words behind argv[0] are not
 * LEAST to MOST. MOST -1 = any number. */
int app_args(const struct app *app, int *argc, char **argv, int least, int most);
/* The kind and the record that a command was given; not 0 = said and to be returned. */
int app_kind(const char *name, const struct kind **kind);
int app_record(struct app *app, const char *typed, struct ref *ref);

/* Takes --name VALUE, --name=VALUE or a bare --name out of argv; NAME without the dashes. Nothing
 * behind "--" is looked at. */
bool arg_flag(int *argc, char **argv, const char *name);
const char *arg_value(int *argc, char **argv, const char *name); /* NULL when not there, "" when its value is missing */
/* "" or the first argument beginning with "--" that nobody took. */
const char *arg_left(int argc, char **argv);

/* Who acts, as what is written says. */
struct actor app_actor(const struct app *app);
/* One field of CHANGE by its name or label, or name=value words. RC_BAD names the field and the rule. */
enum rc fields_set(struct change *change, const char *name, const char *text, struct fault *fault) MUST_CHECK;
enum rc fields_words(struct change *change, int argc, char **argv, struct fault *fault) MUST_CHECK;
/* Says to whoever typed it that a name fits several (change.doubt). */
void fields_doubt(const struct change *change);

#endif
