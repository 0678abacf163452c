/* SPDX-License-Identifier: GPL-3.0-or-later
 * login: what sshd starts for a person's key (outpost user key). That line names the person; the
 * terminal opens and nothing else. Of what the client sent, only the terminal's type and the
 * language count.
 */

#include <ctype.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "app/cmd.h"
#include "app/out.h"
#include "app/tui.h"

enum { VALUE_ROOM = 64 };

/* Options that go before any command, with their values. */
static bool takes_value(const char *option)
{
	static const char *const names[] = {"--home", "--config", "--user", "--pin-fd"};
	for (size_t i = 0; i < countof(names); i++)
		if (!strcmp(names[i], option))
			return true;
	return false;
}

bool login_asked(int argc, char **argv)
{
	int at = 1;
	while (at < argc && !strncmp(argv[at], "--", 2))
		at += takes_value(argv[at]) ? 2 : 1;
	/* Whoever asks what it does is no login. */
	return at < argc && !strcmp(argv[at], "login") &&
	       (at + 1 == argc || strcmp(argv[at + 1], "--help") != 0);
}

/* A name of a terminal or a locale: neither can be a path, and neither holds what a library would
 * read otherwise. */
static bool keep(const char *name, char value[VALUE_ROOM])
{
	const char *given = getenv(name);
	if (!given || !*given || strlen(given) >= VALUE_ROOM)
		return false;
	for (const char *at = given; *at; at++)
		if (!isalnum((unsigned char)*at) && !strchr("._-+@", *at))
			return false;
	snprintf(value, VALUE_ROOM, "%s", given);
	return true;
}

bool login_begin(void)
{
	char type[VALUE_ROOM] = "dumb", language[VALUE_ROOM] = "C.UTF-8";
	const char *wanted = getenv("SSH_ORIGINAL_COMMAND");
	bool bare = !wanted || !*wanted;
	keep("TERM", type);
	keep("LANG", language);
	clearenv();
	setenv("TERM", type, 1);
	setenv("LANG", language, 1);
	setenv("INPUTRC", "/dev/null", 1); /* readline reads no file of anybody's */
	return bare;
}

/* Nothing of a shell's: no stopping, no more rights than now by any program. */
static void settle(void)
{
	static const int stops[] = {SIGTSTP, SIGTTIN, SIGTTOU};
	const struct sigaction ignore = {.sa_handler = SIG_IGN};
	for (size_t i = 0; i < countof(stops); i++)
		sigaction(stops[i], &ignore, NULL);
	(void)!prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

static int refuse(const char *why)
{
	out_error("outpost: %s", why);
	return EXIT_REFUSED;
}

int cmd_login(struct app *app, int argc, char **argv)
{
	(void)argv;
	if (!app->user_name[0])
		return refuse(_("登录要写明是谁：outpost --user 姓名 login，这一行由 outpost user "
				"key 打印"));
	if (app->login_command)
		return refuse(_("这把钥匙只打开前哨，不运行命令：请不带命令登录"));
	if (argc > 1 || !isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return refuse(_("这把钥匙只打开前哨的终端：请在终端上登录（ssh -t）"));
	settle();
	int code = app_store(app, 0);
	return code ? code : tui_run(app);
}
