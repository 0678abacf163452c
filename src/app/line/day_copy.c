/* SPDX-License-Identifier: GPL-3.0-or-later
 * The day's copy where facts come in without a command. Copying takes a second for every 100 MB or
 * so: neither a key nor a village waits for that, so a program of its own does it.
 */
#include "app/day_copy.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/options.h"
#include "base/when.h"
#include "store/station.h"

enum { EVERY = 60, EVERY_FAILED = 3600 };

static bool due(const struct app *app)
{
	return option_is(OPTION_DAILY_BACKUP) && store_daily_due(app->store);
}

void day_copy_here(struct app *app)
{
	if (due(app))
		app_wrote(app);
}

/* Has it ended? GOOD says how. */
static bool ended(struct day_copy *copy, bool *good)
{
	int status = 0;
	pid_t pid = waitpid(copy->child.pid, &status, WNOHANG);
	if (pid == 0)
		return false;
	*good = pid < 0 || status == 0;
	close(copy->child.fd);
	copy->child = (struct child){.fd = -1};
	return true;
}

bool day_copy_tend(struct day_copy *copy, const struct app *app)
{
	static const char *const argv[] = {"outpost", "backup", "--day", NULL};
	char path[PROGRAM_ROOM];
	bool good = true;
	int64_t now = when_now();
	if (copy->child.pid) {
		if (ended(copy, &good) && !good)
			copy->again = now + EVERY_FAILED;
		return good;
	}
	if (now < copy->again && copy->again - now <= EVERY_FAILED)
		return true;
	copy->again = now + EVERY;
	if (due(app) && program_find(argv[0], path))
		(void)child_start(&copy->child, app, path, argv);
	return true;
}
