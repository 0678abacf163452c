/* SPDX-License-Identifier: GPL-3.0-or-later
 * How each of the programs begins: folders, language, the coding of arguments, the clock, the
 * county's data.
 */
#include "app/start.h"

#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/config.h"
#include "app/options.h"
#include "app/out.h"
#include "base/text.h"
#include "base/when.h"

#define HOME_OF_ALL "/var/lib/outpost"
#define HOME_OF_ONE ".local/share/outpost"

static bool is_folder(const char *path)
{
	struct stat info;
	return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

static const char *environment(const char *name)
{
	const char *value = getenv(name);
	return value && *value ? value : NULL;
}

/* A path that is cut, or none, would be another folder. */
static bool take_path(char path[512], const char *given)
{
	int len = snprintf(path, 512, "%s", given);
	return len > 0 && len < 512;
}

static bool take_home(struct app *app, const char *given, const char *own)
{
	if (!given)
		given = environment("OUTPOST_HOME");
	if (!given && is_folder(HOME_OF_ALL))
		given = HOME_OF_ALL;
	if (given)
		return take_path(app->home, given);
	int len = snprintf(app->home, sizeof app->home, "%s/" HOME_OF_ONE, own);
	return len >= 0 && (size_t)len < sizeof app->home;
}

/* What lies beside the program that runs: a build folder, or an installed one. */
static bool beside(const char *name, char *path, size_t room)
{
	char self[400];
	ssize_t len = readlink("/proc/self/exe", self, sizeof self - 1);
	if (len <= 0)
		return false;
	self[len] = 0;
	char *end = strrchr(self, '/');
	if (end)
		*end = 0;
	snprintf(path, room, "%s/%s", self, name);
	return is_folder(path);
}

/* Did sshd start this very program, as it does with a forced command? Behind a shell somebody may
 * have set what he likes. */
static bool from_sshd(void)
{
	char path[40], name[8] = "";
	snprintf(path, sizeof path, "/proc/%d/comm", (int)getppid());
	FILE *file = fopen(path, "r");
	if (!file)
		return false;
	bool sshd = fgets(name, 5, file) &&
		    strcmp(name, "sshd") == 0; /* sshd, and sshd-session of later ones */
	fclose(file);
	return sshd;
}

int start_user(struct app *app, const char *given)
{
	const char *set = environment("OUTPOST_USER");
	bool forced = set && (environment("SSH_CONNECTION") || environment("SSH_ORIGINAL_COMMAND"));
	if (forced && given && strcmp(given, set) != 0) {
		out_error(_("outpost: 这次登录就是 \"%s\"，不能用 --user 换人"), set);
		return EXIT_REFUSED;
	}
	app->proven = (set || app->logs_in) && from_sshd();
	if (!given)
		given = set ? set : "";
	if (strlen(given) > LIMIT_NAME || !text_valid(given, strlen(given))) {
		out_error(_("outpost: 姓名不是有效的文字或者太长：选项 \"--user\""));
		return EXIT_INPUT;
	}
	snprintf(app->user_name, sizeof app->user_name, "%s", given);
	return 0;
}

int start_coding(int argc, char **argv, struct arena *arena)
{
	if (!strcmp(words_coding(), "UTF-8"))
		return 0;
	for (int i = 1; i < argc; i++) {
		struct buf text = {0};
		if (text_mistaken(words_coding(), argv[i], strlen(argv[i]))) {
			out_error(_("outpost: 第 %d 个参数像是 UTF-8，而 LC_ALL 说的是 "
				    "%s：请把终端和 "
				    "LC_ALL 设成一样"),
				i, words_coding());
			return EXIT_INPUT;
		}
		if (!text_from(words_coding(), argv[i], strlen(argv[i]), &text)) {
			out_error(_("outpost: 第 %d 个参数不是 %s 编码的文字"), i, words_coding());
			buf_release(&text);
			return EXIT_INPUT;
		}
		argv[i] = arena_text(arena, buf_cstr(&text));
		buf_release(&text);
	}
	return 0;
}

bool start_version(const char *program, int *argc, char **argv)
{
	if (!arg_flag(argc, argv, "version"))
		return false;
	out_fmt("%s %s\n", program, OUTPOST_VERSION);
	return true;
}

int start_data(struct app *app)
{
	const char *now = environment("OUTPOST_NOW");
	struct buf complaints = {0};
	if (!when_start(now)) {
		out_error(_("outpost: OUTPOST_NOW 不是 RFC 3339 时间 \"%s\""), now);
		return EXIT_INPUT;
	}
	if (config_load(app, &complaints)) {
		if (!complaints.len || complaints.at[complaints.len - 1] != '\n')
			buf_byte(&complaints, '\n');
		out_errors(&complaints);
	}
	buf_release(&complaints);
	return 0;
}

bool start_words(struct app *app, int *argc, char **argv)
{
	const struct passwd *account = getpwuid(getuid());
	const char *own = environment("HOME"), *wish = environment("OUTPOST_LANG");
	char folder[500];
	if (!own)
		own = account ? account->pw_dir : "/";
	const char *home = arg_value(argc, argv, "home");
	if (!home)
		home = arg_value(argc, argv, "store"); /* as it is called at a hub */
	bool good = take_home(app, home, own);
	const char *config = arg_value(argc, argv, "config");
	if (config)
		good = take_path(app->config, config) && good;
	app->config_given = config || environment("OUTPOST_CONFIG");
	snprintf(app->login, sizeof app->login, "%s", account ? account->pw_name : "");
	options_load(app->home, false);
	if (!wish && strcmp(option_text(OPTION_LANGUAGE), "auto") != 0)
		wish = option_text(OPTION_LANGUAGE);
	bool found = beside("lang", folder, sizeof folder) ||
		     beside("../share/locale", folder, sizeof folder);
	words_start(wish, found ? folder : OUTPOST_PREFIX "/share/locale", isatty(STDOUT_FILENO));
	return good;
}
