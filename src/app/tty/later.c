/* SPDX-License-Identifier: GPL-3.0-or-later
 * What needs a link is done by outpost-sync and outpost-hub, so that a terminal loads no network
 * library: this process becomes one of them. Line mode starts here, too.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/child.h"
#include "app/cmd.h"
#include "app/out.h"
#include "app/tui.h"
#include "base/memory.h"
#include "base/text.h"

/* In the coding in which they were typed, as that program decodes them itself. */
static void words_back(int argc, char **argv, char **out)
{
	for (int i = 0; i < argc; i++) {
		struct buf text = {0};
		bool good = text_to(words_coding(), argv[i], strlen(argv[i]), &text);
		out[i] = good ? memory_text(buf_cstr(&text)) : argv[i];
		buf_release(&text);
	}
}

int cmd_later(struct app *app, int argc, char **argv)
{
	const char *program = strcmp(argv[0], "hub") ? "outpost-sync" : "outpost-hub";
	char path[PROGRAM_ROOM];
	if (!program_find(program, path)) {
		out_error(_("outpost: 这一版还不能 \"%s\"：没有装 %s"), argv[0], program);
		return EXIT_FAILED;
	}
	char **words_on = memory_get((size_t)argc + 3, sizeof *words_on);
	words_on[0] = (char *)program;
	if (app->json) /* it stood before the command */
		words_on[1] = (char *)"--json";
	words_back(argc, argv, words_on + 1 + app->json);
	program_hand_over(app);
	fflush(stdout);
	execv(path, words_on);
	out_error(_("outpost: \"%s\"：%s"), path, fault_why(errno));
	free(words_on);
	return EXIT_FAILED;
}

int cmd_line(struct app *app, int argc, char **argv)
{
	app->plain = arg_flag(&argc, argv, "plain");
	int code = app_args(app, &argc, argv, 0, 0);
	if (code)
		return code;
	return line_run(app, stdin, stdout);
}
