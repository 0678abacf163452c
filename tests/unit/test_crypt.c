/* SPDX-License-Identifier: GPL-3.0-or-later
 * Keys, hashes, signatures and PINs, with the published vectors where there are any.
 */
#include "base/crypt.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "base/file.h"

static void hash_is_blake2b_256(void **state)
{
	(void)state;
	/* BLAKE2b with 32 bytes of "abc" */
	static const uint8_t want[] = {0xbd, 0xdd, 0x81, 0x3c, 0x63, 0x42, 0x39, 0x72};
	uint8_t hash[HASH_SIZE];
	crypt_hash(bytes_text("abc"), hash);
	assert_memory_equal(hash, want, sizeof want);
}

static void signatures_hold_for_these_bytes_and_this_key(void **state)
{
	(void)state;
	struct keys mine, other;
	uint8_t sig[SIGN_SIZE];
	keys_make(&mine);
	keys_make(&other);
	assert_memory_not_equal(mine.sign_public, other.sign_public, SIGN_PUBLIC);
	char text[] = "红色预警";
	struct bytes bytes = bytes_text(text);
	crypt_sign(&mine, bytes, sig);
	assert_true(crypt_signed(mine.sign_public, bytes, sig));
	assert_false(crypt_signed(other.sign_public, bytes, sig));
	text[3] ^= 1;
	assert_false(crypt_signed(mine.sign_public, bytes, sig));
	text[3] ^= 1;
	sig[SIGN_SIZE - 1] ^= 1;
	assert_false(crypt_signed(mine.sign_public, bytes, sig));
}

static void seeds_give_the_same_keys(void **state)
{
	(void)state;
	struct keys a, b, c;
	keys_from_seed(&a, "柏香镇");
	keys_from_seed(&b, "柏香镇");
	keys_from_seed(&c, "王庄村");
	assert_memory_equal(&a, &b, sizeof a);
	assert_memory_not_equal(a.sign_public, c.sign_public, SIGN_PUBLIC);
	assert_memory_not_equal(a.sign_secret, a.agree_secret, AGREE_SECRET);
	uint8_t hash[HASH_SIZE];
	crypt_hash(bytes_of(a.sign_public, SIGN_PUBLIC), hash);
	uint64_t site = site_of(a.sign_public);
	assert_true(site != 0 && site >> 56 == 0);
	assert_int_equal(site >> 48, hash[0]);
	assert_int_equal(site & 0xFF, hash[6]);
}

static void keys_are_kept_and_guarded(void **state)
{
	(void)state;
	char folder[] = "/tmp/outpost-keys-XXXXXX", keys_at[100], file[120], command[200];
	struct keys mine, got;
	struct fault fault;
	struct stat st;
	assert_non_null(mkdtemp(folder));
	snprintf(keys_at, sizeof keys_at, "%s/keys", folder);
	snprintf(file, sizeof file, "%s/sign.key", keys_at);
	assert_int_equal(keys_load(&got, keys_at, &fault), RC_NONE);
	keys_make(&mine);
	assert_int_equal(keys_save(&mine, keys_at, &fault), RC_OK);
	assert_int_equal(stat(keys_at, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	assert_int_equal(stat(file, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(keys_load(&got, keys_at, &fault), RC_OK);
	assert_memory_equal(&got, &mine, sizeof got);

	assert_int_equal(chmod(file, 0644), 0);
	assert_int_equal(keys_load(&got, keys_at, &fault), RC_DENIED);
	assert_int_equal(file_write(file, bytes_text("12ab\n"), 0600, &fault), RC_OK);
	assert_int_equal(keys_load(&got, keys_at, &fault), RC_BAD);
	assert_non_null(strstr(fault.text, "sign.key"));
	snprintf(command, sizeof command, "rm -rf '%s'", folder);
	assert_int_equal(system(command), 0);
}

static void pins_are_checked_by_their_hash(void **state)
{
	(void)state;
	char hash[PIN_TEXT], again[PIN_TEXT];
	pin_hash("2580", hash);
	pin_hash("2580", again);
	assert_string_not_equal(hash, again);
	assert_ptr_equal(strstr(hash, "$argon2id$v=19$m=19456,t=2,p=1$"), hash);
	assert_true(pin_check("2580", hash));
	assert_false(pin_check("2581", hash));
	assert_false(pin_check("", hash));
	assert_false(pin_check("2580", ""));
	assert_false(pin_check("2580", "$argon2id$nonsense"));
}

int main(void)
{
	crypt_start();
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hash_is_blake2b_256),
		cmocka_unit_test(signatures_hold_for_these_bytes_and_this_key),
		cmocka_unit_test(seeds_give_the_same_keys),
		cmocka_unit_test(keys_are_kept_and_guarded),
		cmocka_unit_test(pins_are_checked_by_their_hash),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
