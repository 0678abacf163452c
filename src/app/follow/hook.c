/* SPDX-License-Identifier: GPL-3.0-or-later
 * Programs of the county's own. Each gets the whole of its input from a file in memory, so that one
 * which reads nothing holds nobody up.
 */
#include "app/hook.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/child.h"
#include "app/options.h"
#include "base/file.h"

enum { SAID = 2000 };

struct running {
	const struct app *app;
	const struct hook_words *about;
	struct bytes json;
	char log[600];
};

bool hook_there(const char *folder, const char *name)
{
	char path[1024];
	struct stat there;

	return snprintf(path, sizeof path, "%s/%s", folder, name) < (int)sizeof path &&
	       stat(path, &there) == 0 && (S_ISDIR(there.st_mode) || there.st_mode & S_IXUSR);
}

/* Root's or this account's, and nobody else writes it. */
static bool is_safe(const struct stat *there)
{
	return (there->st_uid == 0 || there->st_uid == geteuid()) &&
	       !(there->st_mode & (S_IWGRP | S_IWOTH));
}

static void become(const struct running *running, const char *path, int in, int out)
{
	setpgid(0, 0);
	if (dup2(in, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0 ||
		dup2(out, STDERR_FILENO) < 0)
		_exit(127);
	program_hand_over(running->app);
	setenv("OUTPOST_NUMBER", running->about->number, 1);
	setenv("OUTPOST_STEP", running->about->step, 1);
	setenv("OUTPOST_TITLE", running->about->title, 1);
	if (running->about->again)
		setenv("OUTPOST_AGAIN", "1", 1);
	else
		unsetenv("OUTPOST_AGAIN");
	execl(path, path, (char *)NULL);
	_exit(127);
}

/* The beginning of what it printed. */
static void log_said(const struct running *running, const char *path, int out)
{
	char said[SAID];
	ssize_t len = pread(out, said, sizeof said - 1, 0);

	if (len <= 0)
		return;
	said[len] = '\0';
	log_line(running->log, "%s: %s", path, said);
}

static bool ran(const struct running *running, const char *path, int in, int out)
{
	pid_t child = in >= 0 && out >= 0 ? fork() : -1;

	if (child == 0)
		become(running, path, in, out);
	if (child < 0)
		return false;
	setpgid(child, child); /* whoever of both is first */
	return child_ends_well(child, option_number(OPTION_HOOK_SECONDS) * 1000);
}

static void run_one(const struct running *running, const char *path)
{
	struct stat there;
	int in, out;

	if (stat(path, &there) || !S_ISREG(there.st_mode) || !(there.st_mode & S_IXUSR))
		return;
	if (!is_safe(&there)) {
		log_line(running->log, _("没有运行 %s：别的账号能改它"), path);
		return;
	}
	in = child_input(running->json);
	out = child_input(bytes_of(NULL, 0));
	if (!ran(running, path, in, out))
		log_line(running->log, _("%s 失败了（%s）"), path, running->about->number);
	log_said(running, path, out);
	if (in >= 0)
		close(in);
	if (out >= 0)
		close(out);
}

static int is_shown(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static void run_folder(const struct running *running, const char *folder)
{
	struct dirent **entries = NULL;
	int count = scandir(folder, &entries, is_shown, alphasort);
	char path[1400];

	for (int n = 0; n < count; n++) {
		if (snprintf(path, sizeof path, "%s/%s", folder, entries[n]->d_name) <
			(int)sizeof path)
			run_one(running, path);
		free(entries[n]);
	}
	free(entries);
}

void hook_run(const struct app *app, const char *folder, const char *name,
	const struct hook_words *about, struct bytes json)
{
	struct running running = {.app = app, .about = about, .json = json};
	char path[1024];
	struct stat there;

	if (!hook_there(folder, name))
		return;
	snprintf(path, sizeof path, "%s/%s", folder, name);
	snprintf(running.log, sizeof running.log, "%s/hooks.log", app->home);
	if (stat(path, &there))
		return;
	if (!S_ISDIR(there.st_mode))
		run_one(&running, path);
	else if (is_safe(&there))
		run_folder(&running, path);
	else
		log_line(running.log, _("没有运行 %s：别的账号能改它"), path);
}
