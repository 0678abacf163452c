/* SPDX-License-Identifier: GPL-3.0-or-later
 * outpost-sync: what needs the station above. The terminal starts it and never waits for it.
 */
#include <signal.h>
#include <string.h>

#include "app/out.h"
#include "app/progress_show.h"
#include "app/start.h"
#include "app/sync_cmd.h"

#define FAR(name, run, usage, text, help, words) {#name, usage, text, run, help, NULL},
#define cmd_hub NULL
static const struct command ours[] = {
#include "app/far.def"
	{NULL, NULL, NULL, NULL, NULL, NULL},
};
#undef cmd_hub
#undef FAR

static const struct command *find(const char *name)
{
	for (const struct command *command = ours; command->name; command++)
		if (command->run && !strcmp(command->name, name))
			return command;
	return NULL;
}

static void help(void)
{
	for (const struct command *command = ours; command->name; command++)
		if (command->run)
			out_fmt("outpost-sync %s %s\n", command->name, command->usage);
}

/* "outpost-sync feed --help" asks for no station, as "outpost feed --help" does. */
static bool helped(int argc, char **argv)
{
	const struct command *command = argc > 1 ? find(argv[1]) : NULL;
	argc--;
	argv++;
	if (!command || !arg_flag(&argc, argv, "help"))
		return false;
	command_help(command);
	return true;
}

/* Started by a unit: "outpost-sync --once"; by outpost: "outpost-sync sync --once". */
static int run_command(struct app *app, int argc, char **argv)
{
	for (; argc > 1 && !strcmp(argv[1], "--json"); argc--, argv++)
		app->json = true;
	bool bare = argc < 2 || !strncmp(argv[1], "--", 2);
	app->command = find(bare ? "sync" : argv[1]);
	app->commands = ours;
	if (app->command)
		return app->command->run(app, argc - !bare, argv + !bare);
	out_error(_("outpost: 这一版还不能 \"%s\""), argv[1]);
	return EXIT_FAILED;
}

static int run(struct app *app, int argc, char **argv)
{
	struct arena arena = {0};
	int code = start_coding(argc, argv, &arena);
	if (!code)
		code = start_user(app, arg_value(&argc, argv, "user"));
	if (!code)
		code = start_data(app);
	if (!code)
		code = run_command(app, argc, argv);
	app_close(app);
	arena_release(&arena);
	return code;
}

int main(int argc, char **argv)
{
	struct app app = {.program = argv[0]};
	struct sigaction ignore = {.sa_handler = SIG_IGN};
	int code = EXIT_USAGE;
	sigaction(SIGPIPE, &ignore, NULL);
	if (!start_words(&app, &argc, argv)) {
		out_error(_("outpost: --home 和 --config 后面要有文件夹，路径不超过 511 字节"));
	} else if (start_version("outpost-sync", &argc, argv) || helped(argc, argv)) {
		code = EXIT_DONE;
	} else if (argc < 2 || !strcmp(argv[1], "--help")) {
		help();
		code = argc < 2 ? EXIT_USAGE : EXIT_DONE;
	} else {
		crypt_start();
		progress_show();
		code = owner_take(&app);
		if (!code)
			code = run(&app, argc, argv);
	}
	if (!out_done() && code == EXIT_DONE)
		code = EXIT_FAILED;
	return code;
}
