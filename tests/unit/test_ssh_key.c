/* SPDX-License-Identifier: GPL-3.0-or-later
 * A station's SSH identity: OpenSSH itself reads the files and finds the same key in both.
 */
#include "sync/link.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"

static char folder[] = "/tmp/outpost-ssh-key-XXXXXX";

static int make(void **state)
{
	(void)state;
	crypt_start();
	return mkdtemp(folder) ? 0 : -1;
}

static int clear(void **state)
{
	(void)state;
	char command[100];
	snprintf(command, sizeof command, "rm -rf %s", folder);
	return system(command);
}

/* The public key of RFC 8032, test 1, as RFC 8709 writes it. */
static void a_known_key_has_a_known_line(void **state)
{
	(void)state;
	static const uint8_t public[SIGN_PUBLIC] = {0xd7, 0x5a, 0x98, 0x01, 0x82, 0xb1, 0x0a, 0xb7,
		0xd5, 0x4b, 0xfe, 0xd3, 0xc9, 0x64, 0x07, 0x3a, 0x0e, 0xe1, 0x72, 0xf3, 0xda, 0xa6,
		0x23, 0x25, 0xaf, 0x02, 0x1a, 0x68, 0xf7, 0x07, 0x51, 0x1a};
	struct buf line = {0};
	ssh_key_line(public, "village", &line);
	assert_string_equal(buf_cstr(&line),
		"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea "
		"village");
	buf_release(&line);
}

static void the_file_is_made_once_and_guarded(void **state)
{
	(void)state;
	struct keys keys;
	struct fault fault;
	struct stat st;
	struct buf path = {0}, line = {0}, file = {0};
	keys_from_seed(&keys, "a village");
	assert_int_equal(keys_save(&keys, folder, &fault), RC_OK);
	assert_int_equal(ssh_key_file(folder, &fault), RC_OK);
	buf_fmt(&path, "%s/ssh", folder);
	assert_int_equal(stat(buf_cstr(&path), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(ssh_key_file(folder, &fault), RC_OK);
	buf_text(&path, ".pub");
	assert_int_equal(file_read(buf_cstr(&path), 1000, &file, &fault), RC_OK);
	ssh_key_line(keys.sign_public, "", &line);
	assert_memory_equal(file.at, line.at, line.len);
	assert_non_null(strstr(buf_cstr(&file), " outpost-"));
	buf_release(&path);
	buf_release(&line);
	buf_release(&file);
}

static void openssh_reads_it(void **state)
{
	(void)state;
	char command[400];
	if (system("command -v ssh-keygen >/dev/null") != 0)
		skip();
	snprintf(command, sizeof command,
		"ssh-keygen -y -f %s/ssh | cut -d' ' -f1,2 >%s/again && cut -d' ' -f1,2 %s/ssh.pub "
		"| cmp - %s/again",
		folder, folder, folder, folder);
	assert_int_equal(system(command), 0);
}

/* The site has ended, another signing key is there: the old file is still the one to begin with. */
static void the_next_key(void **state)
{
	(void)state;
	struct keys keys;
	struct fault fault;
	struct buf path = {0}, used = {0}, next = {0}, now = {0};
	buf_fmt(&path, "%s/ssh", folder);
	assert_int_equal(file_read(buf_cstr(&path), 4000, &used, &fault), RC_OK);
	assert_false(ssh_key_next(folder, &used, &next));
	keys_from_seed(&keys, "the same village, later");
	assert_int_equal(keys_save(&keys, folder, &fault), RC_OK);
	assert_int_equal(ssh_key_file(folder, &fault), RC_OK);
	assert_int_equal(file_read(buf_cstr(&path), 4000, &now, &fault), RC_OK);
	assert_true(bytes_equal(buf_bytes(&used), buf_bytes(&now)));
	buf_clear(&next);
	assert_true(ssh_key_next(folder, &used, &next));
	assert_int_equal(ssh_key_make(folder, &fault), RC_OK);
	buf_clear(&now);
	assert_int_equal(file_read(buf_cstr(&path), 4000, &now, &fault), RC_OK);
	assert_true(bytes_equal(buf_bytes(&next), buf_bytes(&now)));
	buf_release(&path);
	buf_release(&used);
	buf_release(&next);
	buf_release(&now);
}

static void no_keys_no_identity(void **state)
{
	(void)state;
	struct fault fault = {0};
	assert_int_equal(ssh_key_file("/nowhere", &fault), RC_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_known_key_has_a_known_line),
		cmocka_unit_test(the_file_is_made_once_and_guarded),
		cmocka_unit_test(openssh_reads_it),
		cmocka_unit_test(the_next_key),
		cmocka_unit_test(no_keys_no_identity),
	};
	return cmocka_run_group_tests(tests, make, clear);
}
