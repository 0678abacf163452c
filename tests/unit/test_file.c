/* SPDX-License-Identifier: GPL-3.0-or-later
 * Whole files: the old one or the new one, nothing left beside, and a log that stays small.
 */
#include "base/file.h"

#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/outpost-file-XXXXXX";

static const char *in_folder(const char *name)
{
	static char path[200];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	return path;
}

static int make(void **state)
{
	(void)state;
	return mkdtemp(folder) ? 0 : -1;
}

static int clear(void **state)
{
	(void)state;
	char command[200];
	snprintf(command, sizeof command, "rm -rf '%s'", folder);
	return system(command);
}

static unsigned entries(void)
{
	unsigned count = 0;
	DIR *dir = opendir(folder);
	assert_non_null(dir);
	while (readdir(dir))
		count++;
	closedir(dir);
	return count - 2;
}

static void what_is_written_is_read(void **state)
{
	(void)state;
	const char *path = in_folder("甲.txt");
	struct fault fault;
	struct stat st;
	struct buf got = {0};
	assert_int_equal(file_write(path, bytes_text("旧"), 0644, &fault), RC_OK);
	assert_int_equal(file_write(path, bytes_text("新的一份"), 0600, &fault), RC_OK);
	buf_text(&got, "前");
	assert_int_equal(file_read(path, 100, &got, &fault), RC_OK);
	assert_string_equal(buf_cstr(&got), "前新的一份");
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(entries(), 1);
	assert_int_equal(unlink(path), 0);
	buf_release(&got);
}

static void big_files_come_whole_or_not_at_all(void **state)
{
	(void)state;
	const char *path = in_folder("big");
	struct fault fault;
	struct buf big = {0}, got = {0};
	memset(buf_grow(&big, 300000), 'x', 300000);
	assert_int_equal(file_write(path, buf_bytes(&big), 0644, &fault), RC_OK);
	assert_int_equal(file_read(path, 299999, &got, &fault), RC_BAD);
	assert_int_equal(got.len, 0);
	assert_int_equal(file_read(path, 300000, &got, &fault), RC_OK);
	assert_true(bytes_equal(buf_bytes(&got), buf_bytes(&big)));
	assert_int_equal(unlink(path), 0);
	buf_release(&big);
	buf_release(&got);
}

static void a_file_takes_its_place(void **state)
{
	(void)state;
	struct fault fault;
	struct buf got = {0};
	char new[200], old[200];
	snprintf(new, sizeof new, "%s", in_folder("new"));
	snprintf(old, sizeof old, "%s", in_folder("old"));
	assert_int_equal(file_write(old, bytes_text("旧"), 0600, &fault), RC_OK);
	assert_int_equal(file_write(new, bytes_text("新"), 0600, &fault), RC_OK);
	assert_int_equal(file_place(new, old, &fault), RC_OK);
	assert_int_equal(file_read(old, 100, &got, &fault), RC_OK);
	assert_string_equal(buf_cstr(&got), "新");
	assert_int_equal(entries(), 1);
	/* A link that somebody laid there is not followed. */
	assert_int_equal(symlink(old, new), 0);
	assert_int_equal(file_place(new, in_folder("third"), &fault), RC_IO);
	assert_int_equal(entries(), 1);
	assert_int_equal(file_place(new, old, &fault), RC_NONE);
	assert_int_equal(file_move(new, old, &fault), RC_OK);
	assert_int_equal(file_move(old, new, &fault), RC_OK);
	assert_int_equal(access(old, F_OK), -1);
	assert_int_equal(unlink(new), 0);
	buf_release(&got);
}

static void one_file_in_an_opened_folder(void **state)
{
	(void)state;
	struct stat st;
	int at = open(folder, O_RDONLY | O_DIRECTORY);
	assert_true(at >= 0);
	/* What lies under the name is replaced, not written through. */
	assert_int_equal(symlinkat("/nowhere/else", at, "x"), 0);
	assert_int_equal(file_put(at, "x", bytes_text("一"), 0640), 0);
	assert_int_equal(fstatat(at, "x", &st, AT_SYMLINK_NOFOLLOW), 0);
	assert_true(S_ISREG(st.st_mode) && (st.st_mode & 0777) == 0640 && st.st_size == 3);
	assert_int_equal(file_put(at, "x", bytes_text("二"), 0600 | FILE_LOOSE), 0);
	assert_int_equal(fstatat(at, "x", &st, AT_SYMLINK_NOFOLLOW), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(entries(), 1);
	assert_int_equal(unlinkat(at, "x", 0), 0);
	close(at);
}

static void failures_say_so_and_leave_nothing(void **state)
{
	(void)state;
	struct fault fault;
	struct buf got = {0};
	assert_int_equal(file_read(in_folder("none"), 10, &got, &fault), RC_NONE);
	assert_non_null(strstr(fault.text, "none"));
	assert_int_equal(file_read(folder, 10, &got, &fault), RC_IO);
	assert_int_equal(file_write(in_folder("no/such"), bytes_text("x"), 0600, &fault), RC_NONE);
	/* The new file cannot take the place of a folder; what was written beside goes. */
	assert_int_equal(mkdir(in_folder("dir"), 0700), 0);
	assert_int_equal(file_write(in_folder("dir"), bytes_text("x"), 0600, &fault), RC_IO);
	assert_int_equal(rmdir(in_folder("dir")), 0);
	assert_int_equal(entries(), 0);
	buf_release(&got);
}

/* Of a process that is no more, and of one that lives. */
static void drafts_of_the_dead_are_swept(void **state)
{
	char path[200];
	struct fault fault = {0};
	static const char *const stay[] = {"a.tmp", ".b.tmp", ".c.12-0.txt", ".d.x-0.tmp", "..tmp"};
	(void)state;
	char drafts[2][64];
	snprintf(drafts[0], sizeof drafts[0], ".key.%d-0.tmp", 4194305);
	snprintf(drafts[1], sizeof drafts[1], ".key.%d-0.tmp", (int)getpid());
	for (size_t i = 0; i < countof(stay) + 2; i++) {
		const char *name = i < 2 ? drafts[i] : stay[i - 2];
		snprintf(path, sizeof path, "%s/%s", folder, name);
		assert_int_equal(file_write(path, bytes_text("x"), 0600, &fault), RC_OK);
	}
	file_sweep(folder);
	file_sweep("/nowhere");
	for (size_t i = 0; i < countof(stay) + 2; i++) {
		const char *name = i < 2 ? drafts[i] : stay[i - 2];
		snprintf(path, sizeof path, "%s/%s", folder, name);
		assert_int_equal(access(path, F_OK), i == 0 ? -1 : 0);
		unlink(path);
	}
}

static void folders_come_with_their_parents(void **state)
{
	(void)state;
	struct fault fault;
	struct stat st;
	assert_int_equal(file_folder(in_folder("a/b//c/"), 0700, &fault), RC_OK);
	assert_int_equal(stat(in_folder("a/b/c"), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	assert_int_equal(file_folder(in_folder("a/b/c"), 0700, &fault), RC_OK);
	assert_int_equal(file_write(in_folder("a/file"), bytes_text(""), 0600, &fault), RC_OK);
	assert_int_equal(file_folder(in_folder("a/file/x"), 0700, &fault), RC_IO);
}

static void a_log_is_lines_and_a_small_ring(void **state)
{
	(void)state;
	char path[200], old[210], line[1500];
	struct buf got = {0};
	struct fault fault;
	struct stat st;
	snprintf(path, sizeof path, "%s", in_folder("log"));
	snprintf(old, sizeof old, "%s.1", path);
	log_line(path, "甲\x1b[31m%s\xff", "one\ntwo");
	assert_int_equal(file_read(path, 1000, &got, &fault), RC_OK);
	assert_non_null(strstr(buf_cstr(&got), "甲\\x1b[31mone\\x0atwo\\xff\n"));
	assert_ptr_equal(strchr(buf_cstr(&got), '\n'), buf_cstr(&got) + got.len - 1);
	/* What turns the reading direction is seen, too, and a cut is between characters. */
	log_line(path, "\xE2\x80\xAE%*s%s", 1990, "", "甲乙丙丁");
	buf_clear(&got);
	assert_int_equal(file_read(path, 10000, &got, &fault), RC_OK);
	assert_non_null(strstr(buf_cstr(&got), " \\xe2\\x80\\xae  "));
	assert_non_null(strstr(buf_cstr(&got), "  甲乙...\n"));
	memset(line, 'y', sizeof line - 1);
	line[sizeof line - 1] = 0;
	for (int i = 0; i < 1500; i++)
		log_line(path, "%s", line);
	assert_int_equal(stat(path, &st), 0);
	assert_true(st.st_size <= (1 << 20) + 2000);
	assert_int_equal(stat(old, &st), 0);
	assert_true(st.st_size <= (1 << 20) + 2000);
	buf_release(&got);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_is_read),
		cmocka_unit_test(big_files_come_whole_or_not_at_all),
		cmocka_unit_test(a_file_takes_its_place),
		cmocka_unit_test(one_file_in_an_opened_folder),
		cmocka_unit_test(failures_say_so_and_leave_nothing),
		cmocka_unit_test(drafts_of_the_dead_are_swept),
		cmocka_unit_test(folders_come_with_their_parents),
		cmocka_unit_test(a_log_is_lines_and_a_small_ring),
	};
	return cmocka_run_group_tests(tests, make, clear);
}
