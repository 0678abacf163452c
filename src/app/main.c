/* SPDX-License-Identifier: GPL-3.0-or-later
 * outpost: language, options that go before any command, who acts; then the command.
 */
#include <string.h>
#include <unistd.h>

#include "app/out.h"
#include "app/paper.h"
#include "app/prove.h"
#include "app/start.h"
#include "app/tui.h"

/* No command: the full screen on a terminal, else how it is used. */
static int no_command(struct app *app)
{
	struct buf text = {0};
	if (isatty(STDIN_FILENO) && isatty(STDOUT_FILENO))
		return tui_run(app);
	command_usage(&text);
	out_errors(&text);
	buf_release(&text);
	return EXIT_USAGE;
}

/* Only what stands before the command is looked at: behind it --json and --help are the command's.
 */
static int take_leading(struct app *app, int *argc, char ***argv)
{
	while (*argc > 1 && (*argv)[1][0] == '-') {
		const char *option = (*argv)[1];
		if (!strcmp(option, "--json"))
			app->json = true;
		else if (!strcmp(option, "--help") || !strcmp(option, "-h")) {
			struct buf text = {0};
			command_usage(&text);
			out_buf(&text);
			buf_release(&text);
			return EXIT_DONE;
		} else {
			out_error(
				_("outpost: 没有这个选项 \"%s\"，outpost --help 列出全部"), option);
			return EXIT_USAGE;
		}
		(*argc)--;
		(*argv)++;
	}
	return -1;
}

static int run(struct app *app, int argc, char **argv)
{
	struct arena arena = {0};
	/* A line of authorized_keys is in UTF-8, whatever the person's locale. */
	int code = app->logs_in ? 0 : start_coding(argc, argv, &arena);
	if (!code)
		code = start_user(app, arg_value(&argc, argv, "user"));
	if (!code)
		code = prove_option(app, &argc, argv);
	if (!code && (code = take_leading(app, &argc, &argv)) < 0) {
		code = start_data(app);
		paper_ready(app);
		if (!code)
			code = argc > 1 ? command_run(app, argc - 1, argv + 1) : no_command(app);
	}
	app_close(app);
	arena_release(&arena);
	return code;
}

int main(int argc, char **argv)
{
	struct app app = {.program = argv[0]};
	int code = EXIT_USAGE;
	if (login_asked(argc, argv)) {
		app.logs_in = true;
		app.login_command = !login_begin();
	}
	if (!start_words(&app, &argc, argv)) {
		out_error(_("outpost: --home 和 --config 后面要有文件夹，路径不超过 511 字节"));
	} else if (start_version("outpost", &argc, argv)) {
		code = EXIT_DONE;
	} else {
		crypt_start();
		code = owner_take(&app);
		if (!code)
			code = run(&app, argc, argv);
		owner_say(&app, code);
	}
	if (!out_done() && code == EXIT_DONE)
		code = EXIT_FAILED;
	return code;
}
