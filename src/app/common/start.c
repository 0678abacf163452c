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
#include "work/rules.h"

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

/* The name of a process, cut to ROOM. */
static bool process_name(pid_t pid, char name[], size_t room)
{
	char path[40];
	snprintf(path, sizeof path, "/proc/%d/comm", (int)pid);
	FILE *file = fopen(path, "r");
	bool read = file && fgets(name, (int)room, file);
	if (file)
		fclose(file);
	return read;
}

static bool is_sshd(pid_t pid)
{
	char name[5] = "";
	return process_name(pid, name, sizeof name) &&
	       strcmp(name, "sshd") == 0; /* sshd, and sshd-session of later ones */
}

static pid_t parent_of(pid_t pid)
{
	char path[40], line[400];
	snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
	FILE *file = fopen(path, "r");
	bool read = file && fgets(line, sizeof line, file);
	if (file)
		fclose(file);
	/* "PID (NAME) STATE PARENT …", and a name may hold anything. */
	const char *end = read ? strrchr(line, ')') : NULL;
	return end && strlen(end) > 4 ? (pid_t)strtol(end + 4, NULL, 10) : 0;
}

/* Is it "SHELL -c COMMAND", as sshd calls an account's shell, and nothing else? */
static bool runs_a_command(pid_t pid)
{
	char path[40], words_of[4096];
	snprintf(path, sizeof path, "/proc/%d/cmdline", (int)pid);
	FILE *file = fopen(path, "r");
	size_t len = file ? fread(words_of, 1, sizeof words_of, file) : 0;
	if (file)
		fclose(file);
	if (!len || len == sizeof words_of || words_of[len - 1])
		return false;
	const char *option = words_of + strlen(words_of) + 1, *end = words_of + len;
	if (option >= end || strcmp(option, "-c") != 0 || option + 3 >= end)
		return false;
	return option + 3 + strlen(option + 3) + 1 == end;
}

/* Did sshd start this very program, as it does with a forced command? By the account's shell, that
 * is, which may still be there in between: dash does not make way for its last command. Behind any
 * other somebody may have set what he likes. */
static bool from_sshd(void)
{
	pid_t parent = getppid();
	return is_sshd(parent) || (runs_a_command(parent) && is_sshd(parent_of(parent)));
}

/* A forced command is for the account that owns the station. Whoever has an account of their own is
 * who that account is. */
static bool owns_home(const struct app *app)
{
	struct stat folder;
	return stat(app->home, &folder) != 0 || folder.st_uid == geteuid();
}

int start_user(struct app *app, const char *given)
{
	const char *set = environment("OUTPOST_USER");
	bool forced = set && (environment("SSH_CONNECTION") || environment("SSH_ORIGINAL_COMMAND"));
	if (forced && given && strcmp(given, set) != 0) {
		out_error(_("outpost: 这次登录就是 \"%s\"，不能用 --user 换人"), set);
		return EXIT_REFUSED;
	}
	app->proven = (set || app->logs_in) && owns_home(app) && from_sshd();
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
		rules_folder_complain(buf_cstr(&complaints));
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
	if (!config)
		config = environment("OUTPOST_CONFIG");
	if (config)
		good = take_path(app->config, config) && good;
	snprintf(app->login, sizeof app->login, "%s", account ? account->pw_name : "");
	options_load(app->home, false);
	if (!wish && strcmp(option_text(OPTION_LANGUAGE), "auto") != 0)
		wish = option_text(OPTION_LANGUAGE);
	bool found = program_folder("lang", folder, sizeof folder) ||
		     program_folder("../share/locale", folder, sizeof folder);
	words_start(wish, found ? folder : OUTPOST_PREFIX "/share/locale", isatty(STDOUT_FILENO));
	return good;
}
