/* SPDX-License-Identifier: GPL-3.0-or-later
 * Stores that older programs wrote, unpacked from an archive into a folder of their own.
 */
#include "unpacked.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

static void run(const char *const argv[])
{
	int status = -1;
	pid_t pid = fork();

	if (!pid) {
		execvp(argv[0], (char *const *)argv);
		_exit(127);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

void unpacked_more(const char *top, const char *archive, const char *what)
{
	run((const char *const[]){"tar", "-xzf", archive, "-C", top, what, NULL});
}

void unpacked_begin(char top[UNPACKED_PATH], const char *archive)
{
	snprintf(top, UNPACKED_PATH, "%s/outpost-stores-XXXXXX",
		access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	assert_non_null(mkdtemp(top));
	unpacked_more(top, archive, NULL);
}

void unpacked_end(const char *top)
{
	run((const char *const[]){"rm", "-rf", top, NULL});
}
