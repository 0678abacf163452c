/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the model has learnt from its training text is kept in a file: whatever becomes of it,
 * messages come out the same, and memory stays within what the document says.
 * Tests also: kept.c learnt.c
 */
#include "base/file.h"
#include "sync/wire.h"
#include "sync/wire/model/parts.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

/* Nothing is read before. */
static const struct model_way alone;

enum { PACKED_MOST = 200, LARGE = 300000 };

static char folder[] = "/tmp/outpost-model-XXXXXX", path[100], right[PACKED_MOST];

static void hex(const struct buf *bytes, char *out)
{
	for (size_t i = 0; i < bytes->len && i < PACKED_MOST / 2 - 1; i++)
		snprintf(out + 2 * i, 3, "%02x", bytes->at[i]);
}

static const char said[] = "村东桥下护岸冲空，已拉线";

/* In a process that has not read the training text: each test begins so. BEFORE it packs, and
 * BETWEEN two messages, something may happen. */
static void packed_in_a_child(
	const char *home, void before(void), void between(void), char text[PACKED_MOST])
{
	int ends[2], status;
	pid_t child;

	assert_int_equal(pipe(ends), 0);
	child = fork();
	assert_true(child >= 0);
	if (!child) {
		struct buf packed = {0}, again = {0};
		if (before)
			before();
		model_home(home);
		bool good = model_pack(&packed, bytes_text(said), &alone, SIZE_MAX);
		if (between)
			between();
		good = good && model_pack(&again, bytes_text(said), &alone, SIZE_MAX) &&
		       bytes_equal(buf_bytes(&packed), buf_bytes(&again));
		hex(&packed, text);
		good = good && write(ends[1], text, PACKED_MOST) == PACKED_MOST;
		_exit(good ? 0 : 1);
	}
	close(ends[1]);
	assert_int_equal(read(ends[0], text, PACKED_MOST), PACKED_MOST);
	close(ends[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

static void same_as_ever(const char *home, void before(void), void between(void))
{
	char text[PACKED_MOST] = "";

	packed_in_a_child(home, before, between, text);
	assert_string_equal(text, right);
}

static ino_t file_number(void)
{
	struct stat stat_;

	assert_int_equal(stat(path, &stat_), 0);
	return stat_.st_ino;
}

static int begin(void **state)
{
	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof path, "%s/model.state", folder);
	packed_in_a_child(folder, NULL, NULL, right);
	return 0;
}

static int end(void **state)
{
	(void)state;
	unlink(path);
	return rmdir(folder);
}

static void it_is_made_once(void **state)
{
	struct stat made;
	ino_t first = file_number();

	(void)state;
	assert_int_equal(stat(path, &made), 0);
	assert_true((size_t)made.st_size > 1000000 && made.st_size < MODEL_MEMORY + 5000);
	assert_int_equal(made.st_mode & 0777, 0600);
	same_as_ever(folder, NULL, NULL);
	assert_true(file_number() == first);
}

static void put_byte(long at)
{
	FILE *file = fopen(path, "r+");
	int byte;

	assert_non_null(file);
	assert_int_equal(fseek(file, at, SEEK_SET), 0);
	byte = fgetc(file);
	assert_int_equal(fseek(file, at, SEEK_SET), 0);
	fputc(byte ^ 1, file);
	fclose(file);
}

static void what_is_damaged_is_made_again(void **state)
{
	static const long places[] = {0, 40, 64, 5000, 4000000, 9000000};

	(void)state;
	for (size_t i = 0; i < countof(places); i += 2) {
		ino_t before = file_number();
		put_byte(places[i]);
		put_byte(places[i + 1]);
		same_as_ever(folder, NULL, NULL);
		assert_true(file_number() != before);
	}
}

static void what_is_cut_short_is_made_again(void **state)
{
	static const off_t sizes[] = {0, 5000, 9000000};

	(void)state;
	for (size_t i = 0; i < countof(sizes); i++) {
		assert_int_equal(truncate(path, sizes[i]), 0);
		same_as_ever(folder, NULL, NULL);
		struct stat now;
		assert_int_equal(stat(path, &now), 0);
		assert_true(now.st_size > sizes[i]);
	}
}

static void cut(void)
{
	if (truncate(path, 4096))
		_exit(7);
}

static void spoil(void)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	uint8_t other[4096];

	memset(other, 0x5A, sizeof other);
	for (off_t at = 4096; at < 11000000; at += 8192)
		if (pwrite(fd, other, sizeof other, at) != sizeof other)
			_exit(7);
	close(fd);
}

/* Of a process that serves for months. */
static void what_is_damaged_while_it_is_in_use_is_noticed(void **state)
{
	(void)state;
	same_as_ever(folder, NULL, cut);
	same_as_ever(folder, NULL, spoil);
	same_as_ever(folder, NULL, NULL);
}

static void what_is_no_file_is_passed_over(void **state)
{
	(void)state;
	unlink(path);
	assert_int_equal(mkfifo(path, 0600), 0);
	same_as_ever(folder, NULL, NULL);
	unlink(path);
	assert_int_equal(mkdir(path, 0700), 0);
	same_as_ever(folder, NULL, NULL);
	assert_int_equal(rmdir(path), 0);
	same_as_ever("/nonexistent/folder", NULL, NULL);
}

/* As on a full disk: every write beyond the first kilobytes fails. */
static void small_files_only(void)
{
	const struct rlimit few = {LARGE, LARGE};

	signal(SIGXFSZ, SIG_IGN);
	if (setrlimit(RLIMIT_FSIZE, &few))
		_exit(8);
}

static void where_nothing_can_be_kept_it_works_too(void **state)
{
	(void)state;
	unlink(path);
	same_as_ever(folder, small_files_only, NULL);
	assert_int_not_equal(access(path, F_OK), 0);
	if (geteuid() == 0) { /* root writes everywhere */
		print_message("skip a folder that may not be written: root may\n");
	} else {
		chmod(folder, 0500);
		same_as_ever(folder, NULL, NULL);
		chmod(folder, 0700);
	}
	same_as_ever(folder, NULL, NULL);
}

static long resident(void)
{
	long pages = 0;
	FILE *file = fopen("/proc/self/statm", "r");

	if (!file || fscanf(file, "%*s %ld", &pages) != 1)
		pages = -1;
	if (file)
		fclose(file);
	return pages < 0 ? -1 : pages * sysconf(_SC_PAGESIZE);
}

/* In use, with a message of many facts behind it. */
static void memory_is_what_the_document_says(void **state)
{
	struct buf plain = {0}, packed = {0};
	long before = resident(), after;

	(void)state;
	assert_true(sizeof(struct memory) <= MODEL_MEMORY);
	assert_true(sizeof(struct model) + sizeof(struct memory) <= MODEL_WORKING);
	if (before < 0) {
		print_message("skip memory: no /proc\n");
		return;
	}
	model_home(folder);
	for (unsigned i = 0; i < LARGE / 10; i++)
		buf_fmt(&plain, "%u村%u", i * 7919 % 10007, i % 83);
	before = resident();
	(void)!model_pack(&packed, buf_bytes(&plain), &alone, SIZE_MAX);
	after = resident();
	assert_true(after - before <= MODEL_MEMORY + MODEL_WORKING + LARGE);
	buf_release(&plain);
	buf_release(&packed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(it_is_made_once),
		cmocka_unit_test(what_is_damaged_is_made_again),
		cmocka_unit_test(what_is_cut_short_is_made_again),
		cmocka_unit_test(what_is_damaged_while_it_is_in_use_is_noticed),
		cmocka_unit_test(what_is_no_file_is_passed_over),
		cmocka_unit_test(where_nothing_can_be_kept_it_works_too),
		cmocka_unit_test(memory_is_what_the_document_says)};

	crypt_start();
	return cmocka_run_group_tests(tests, begin, end);
}
