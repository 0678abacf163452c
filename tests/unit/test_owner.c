/* SPDX-License-Identifier: GPL-3.0-or-later
 * Whose the station's folder is decides as whom the program works, and what somebody else is told.
 * Only root can try other accounts: tests/cli/test_private.sh does it with the program.
 */
#include <grp.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "app/start.h"

enum { OWNER = 61001, OTHER = 61002, GROUP = 61000, SAID = 4096 };

static struct app app;
static char said[SAID];

static int start(void **state)
{
	(void)state;
	app = (struct app){.login = "zhang"};
	snprintf(app.home, sizeof(app.home), "/tmp/outpost-owner-XXXXXX");
	return mkdtemp(app.home) ? 0 : -1;
}

static void path_of(const char *name, char path[600])
{
	snprintf(path, 600, "%s/%s", app.home, name);
}

static int stop(void **state)
{
	char path[600];
	(void)state;
	path_of("station.db", path);
	(void)!unlink(path);
	return rmdir(app.home);
}

static FILE *err;
static int old;

static void listen(void)
{
	err = tmpfile();
	assert_non_null(err);
	fflush(stderr);
	old = dup(STDERR_FILENO);
	dup2(fileno(err), STDERR_FILENO);
}

static void listened(void)
{
	fflush(stderr);
	dup2(old, STDERR_FILENO);
	close(old);
	rewind(err);
	said[fread(said, 1, SAID - 1, err)] = '\0';
	fclose(err);
}

static int take(void)
{
	listen();
	int code = owner_take(&app);
	listened();
	return code;
}

static void the_owner_is_not_asked(void **state)
{
	char there[sizeof(app.home)];
	(void)state;
	assert_int_equal(take(), 0);
	assert_string_equal(said, "");
	assert_int_equal(umask(0), 077);
	memcpy(there, app.home, sizeof(there));
	strcat(app.home, "-none");
	assert_int_equal(take(), 0); /* it is still to be made */
	memcpy(app.home, there, sizeof(there));
}

static void what_others_could_read_is_closed_and_said(void **state)
{
	struct stat st;
	char path[600];
	(void)state;
	path_of("station.db", path);
	fclose(fopen(path, "w"));
	assert_int_equal(chmod(path, 0644), 0);
	assert_int_equal(chmod(app.home, 0755), 0);
	assert_int_equal(take(), 0);
	assert_non_null(strstr(said, "现在不能了"));
	assert_int_equal(stat(app.home, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	assert_int_equal(take(), 0);
	assert_string_equal(said, "");
}

/* As another account would be; root comes back. */
static int take_as(unsigned account, unsigned group)
{
	const gid_t groups[] = {group};
	assert_int_equal(setgroups(group ? 1 : 0, groups), 0);
	/* Before glibc 2.33 who a process really is decides what it may open, not as whom it acts.
	 */
	assert_int_equal(setresgid(account, account, 0), 0);
	assert_int_equal(setresuid(account, account, 0), 0);
	int code = take();
	assert_int_equal(setresuid(0, 0, 0), 0);
	assert_int_equal(setresgid(0, 0, 0), 0);
	assert_int_equal(setgroups(0, NULL), 0);
	return code;
}

static void somebody_elses_folder(void **state)
{
	char path[600];
	(void)state;
	if (geteuid() != 0)
		skip();
	assert_int_equal(chown(app.home, OWNER, OWNER), 0);
	assert_int_equal(take_as(OTHER, 0), EXIT_REFUSED);
	assert_non_null(strstr(said, "sudo -u '#61001'"));
	/* Shared with a group that this account is not in; then it is, but not of all there is. */
	assert_int_equal(chown(app.home, OWNER, GROUP), 0);
	assert_int_equal(chmod(app.home, 02770), 0);
	assert_int_equal(take_as(OTHER, 0), EXIT_REFUSED);
	assert_non_null(strstr(said, "usermod -aG 61000 zhang"));
	path_of("station.db", path);
	fclose(fopen(path, "w"));
	assert_int_equal(chmod(path, 0600), 0);
	assert_int_equal(take_as(OTHER, GROUP), EXIT_REFUSED);
	assert_non_null(strstr(said, "/station.db"));
	assert_int_equal(chown(path, OWNER, GROUP), 0);
	assert_int_equal(chmod(path, 0660), 0);
	assert_int_equal(take_as(OTHER, GROUP), 0);
	assert_string_equal(said, "");
}

/* Root works as the owner, and never comes back: so in a child. */
static void root_becomes_the_owner(void **state)
{
	int status;
	(void)state;
	if (geteuid() != 0)
		skip();
	assert_int_equal(chown(app.home, OWNER, OWNER), 0);
	pid_t child = fork();
	if (child == 0) {
		int code = owner_take(&app);
		_exit(code || geteuid() != OWNER || getuid() != OWNER ||
			strcmp(app.owner, "#61001") != 0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

/* Root's own files may be closed to the owner. */
static void what_failed_as_the_owner_is_explained(void **state)
{
	(void)state;
	snprintf(app.owner, sizeof(app.owner), "zhang");
	listen();
	owner_say(&app, EXIT_DONE);
	owner_say(&app, EXIT_USAGE);
	listened();
	assert_string_equal(said, "");
	listen();
	owner_say(&app, EXIT_INPUT);
	listened();
	assert_non_null(strstr(said, "\"zhang\""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_owner_is_not_asked, start, stop),
		cmocka_unit_test_setup_teardown(
			what_others_could_read_is_closed_and_said, start, stop),
		cmocka_unit_test_setup_teardown(somebody_elses_folder, start, stop),
		cmocka_unit_test_setup_teardown(root_becomes_the_owner, start, stop),
		cmocka_unit_test_setup_teardown(what_failed_as_the_owner_is_explained, start, stop),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
