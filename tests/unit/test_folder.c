/* SPDX-License-Identifier: GPL-3.0-or-later
 * A folder as a road: what lies there is taken for what it is, whatever it is called and whoever
 * put it there.
 */
#include "sync/link.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/crypt.h"
#include "base/file.h"
#include "hub_child.h"

static char folder[] = "/tmp/outpost-folder-XXXXXX";

static int make(void **state)
{
	(void)state;
	crypt_start();
	strcpy(folder, "/tmp/outpost-folder-XXXXXX");
	return mkdtemp(folder) ? 0 : -1;
}

static int clear(void **state)
{
	(void)state;
	char command[100];
	snprintf(command, sizeof command, "rm -rf %s", folder);
	return system(command);
}

static const char *in_folder(const char *name)
{
	static char path[300];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	return path;
}

struct seen {
	unsigned asks, answers;
	struct buf last;
};

static bool count(const struct folder_item *item, void *to)
{
	struct seen *seen = to;
	*(item->type == FOLDER_ASK ? &seen->asks : &seen->answers) += 1;
	buf_clear(&seen->last);
	buf_put(&seen->last, item->frame.at, item->frame.len);
	return true;
}

static struct seen look(struct folder_skipped *skipped)
{
	struct seen seen = {0};
	struct fault fault = {0};
	assert_int_equal(folder_each(folder, count, &seen, skipped, &fault), RC_OK);
	return seen;
}

static void ask(const char *text)
{
	uint8_t id[FOLDER_ID];
	struct fault fault = {0};
	folder_id(bytes_text(text), id);
	assert_int_equal(folder_put(folder, FOLDER_ASK, id, bytes_text(text), &fault), RC_OK);
}

static void questions_are_found_and_answered_once(void **state)
{
	(void)state;
	char text[32];
	unsigned answered;
	struct fault fault = {0};
	for (int i = 0; i < 150; i++) {
		snprintf(text, sizeof text, "question %d", i);
		ask(text);
	}
	ask("question 7");
	struct seen seen = look(NULL);
	assert_int_equal(seen.asks, 150);
	assert_int_equal(folder_serve(folder, hub_child_echo, NULL, &answered, &fault), RC_OK);
	assert_int_equal(answered, 150);
	assert_int_equal(folder_serve(folder, hub_child_echo, NULL, &answered, &fault), RC_OK);
	assert_int_equal(answered, 0);
	buf_release(&seen.last);
	seen = look(NULL);
	assert_int_equal(seen.answers, 150);
	uint8_t id[FOLDER_ID];
	folder_id(bytes_text("question 9"), id);
	folder_remove(folder, id);
	buf_release(&seen.last);
	seen = look(NULL);
	assert_int_equal(seen.asks, 149);
	assert_int_equal(seen.answers, 149);
	buf_release(&seen.last);
}

static void names_mean_nothing(void **state)
{
	(void)state;
	char command[600];
	struct folder_skipped skipped;
	ask("only one");
	snprintf(command, sizeof command, "cd %s && mv *.ask 'a b;rm -rf ..\n.ANSWER'", folder);
	assert_int_equal(system(command), 0);
	struct seen seen = look(&skipped);
	assert_int_equal(seen.asks, 1);
	assert_int_equal(seen.answers, 0);
	assert_int_equal(skipped.strange, 0);
	assert_memory_equal(seen.last.at, "only one", 8);
	buf_release(&seen.last);
}

static void put_file(const char *name, const void *at, size_t len)
{
	struct fault fault = {0};
	assert_int_equal(file_write(in_folder(name), bytes_of(at, len), 0644, &fault), RC_OK);
}

static void strange_things_are_left_alone(void **state)
{
	(void)state;
	static uint8_t large[FOLDER_HEAD + SERVE_BODY + 1];
	uint8_t id[FOLDER_ID], file[FOLDER_HEAD + 3];
	struct folder_skipped skipped;
	unsigned strange = 0;
	ask("good");
	assert_int_equal(symlink("/etc/passwd", in_folder("link")), 0), strange++;
	assert_int_equal(symlink("link", in_folder("link2")), 0), strange++;
	assert_int_equal(symlink("/dev/zero", in_folder("zero")), 0), strange++;
	assert_int_equal(mkfifo(in_folder("fifo"), 0666), 0), strange++;
	assert_int_equal(mkdir(in_folder("folder"), 0755), 0), strange++;
	if (mknod(in_folder("device"), S_IFCHR | 0666, makedev(1, 5)) == 0)
		strange++;
	memcpy(large, "OPF1A", 5);
	put_file("large", large, sizeof large), strange++;
	put_file("short", "OPF1", 4), strange++;
	put_file("empty", "", 0), strange++;
	put_file("photo.jpg", "a photo of somebody's village", 29), strange++;
	folder_id(bytes_text("yes"), id);
	memcpy(file, "OPF1Q", 5);
	memcpy(file + 5, id, FOLDER_ID);
	memcpy(file + FOLDER_HEAD, "no!", 3); /* not what the hash says */
	put_file("lie", file, sizeof file), strange++;
	file[4] = 'Z';
	put_file("type", file, sizeof file), strange++;
	put_file(".outpost-1.tmp", "OPF1Q half", 10);
	struct seen seen = look(&skipped);
	assert_int_equal(seen.asks, 1);
	assert_int_equal(seen.answers, 0);
	assert_int_equal(skipped.strange, strange);
	assert_false(skipped.more);
	buf_release(&seen.last);
}

/* Where a link lies under the name that ours would have, the link is replaced, not what it points
 * to. */
static void a_link_is_not_written_through(void **state)
{
	(void)state;
	struct fault fault = {0};
	struct buf kept = {0};
	struct stat st;
	uint8_t id[FOLDER_ID];
	char name[64] = "";
	put_file("kept", "kept", 4);
	folder_id(bytes_text("q"), id);
	for (int i = 0; i < 8; i++)
		snprintf(name + 2 * i, sizeof name - 2 * (size_t)i, "%02x", id[i]);
	strcat(name, ".ask");
	assert_int_equal(symlink("kept", in_folder(name)), 0);
	snprintf(name + 30, 30, ".outpost-%ld.tmp", (long)getpid());
	assert_int_equal(symlink("kept", in_folder(name + 30)), 0);
	ask("q");
	name[20] = 0;
	assert_int_equal(lstat(in_folder(name), &st), 0);
	assert_true(S_ISREG(st.st_mode));
	assert_int_equal(file_read(in_folder("kept"), 100, &kept, &fault), RC_OK);
	assert_int_equal(kept.len, 4);
	buf_release(&kept);
}

static void very_many_files_are_not_all_read(void **state)
{
	(void)state;
	char command[200];
	struct folder_skipped skipped;
	snprintf(command, sizeof command,
		"cd %s && seq 1500 | xargs touch && seq 2001 2100 | xargs mkdir", folder);
	assert_int_equal(system(command), 0);
	struct seen seen = look(&skipped);
	assert_false(skipped.more);
	assert_int_equal(skipped.strange, 1500 + 100);
	buf_release(&seen.last);
	ask("among photos");
	seen = look(&skipped);
	assert_int_equal(seen.asks, 1);
	assert_int_equal(skipped.strange, 1500 + 100);
	buf_release(&seen.last);
	snprintf(command, sizeof command, "cd %s && seq 5000 24000 | xargs touch", folder);
	assert_int_equal(system(command), 0);
	seen = look(&skipped);
	assert_true(skipped.more);
	assert_int_equal(skipped.strange + seen.asks, FOLDER_ENTRIES);
	buf_release(&seen.last);
}

static enum rc no_room(
	void *to, const struct bytes asks[], struct buf answers[], size_t n, struct fault *fault)
{
	(void)to;
	(void)asks;
	(void)n;
	buf_text(&answers[0], "x");
	return fault_set(fault, RC_FULL, "full");
}

static void what_is_not_stored_gets_no_answer(void **state)
{
	(void)state;
	unsigned answered;
	struct fault fault = {0};
	ask("q");
	assert_int_equal(folder_serve(folder, no_room, NULL, &answered, &fault), RC_FULL);
	struct seen seen = look(NULL);
	assert_int_equal(seen.answers, 0);
	buf_release(&seen.last);
	assert_int_equal(folder_each("/nowhere", count, &seen, NULL, &fault), RC_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(questions_are_found_and_answered_once, make, clear),
		cmocka_unit_test_setup_teardown(names_mean_nothing, make, clear),
		cmocka_unit_test_setup_teardown(strange_things_are_left_alone, make, clear),
		cmocka_unit_test_setup_teardown(a_link_is_not_written_through, make, clear),
		cmocka_unit_test_setup_teardown(very_many_files_are_not_all_read, make, clear),
		cmocka_unit_test_setup_teardown(what_is_not_stored_gets_no_answer, make, clear),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
