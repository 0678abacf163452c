/* SPDX-License-Identifier: GPL-3.0-or-later
 * Sealed frames: the other station opens them, nobody else does, and no bit can be changed on the
 * way.
 * Covers: K10
 */
#include "sync/wire.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static struct keys village, township, stranger;

static struct seal_key key_of(const struct keys *own, const struct keys *other, bool sending)
{
	struct seal_key key;
	assert_true(seal_key(
		&key, own->agree_secret, own->agree_public, other->agree_public, sending, 7));
	return key;
}

static void the_other_opens_it(void **state)
{
	struct seal_key put = key_of(&village, &township, true),
			take = key_of(&township, &village, false);
	struct seal_key back = key_of(&township, &village, true),
			wrong = key_of(&stranger, &village, false);
	struct buf frame = {0}, plain = {0};
	uint64_t sender;
	uint8_t id;

	(void)state;
	seal_put(&frame, &put, 0x11223344556677, bytes_text("村东桥下游护岸冲空"));
	assert_int_equal(frame.len, SEAL_HEAD + strlen("村东桥下游护岸冲空") + SEAL_TAG);
	assert_true(seal_head(buf_bytes(&frame), &sender, &id));
	assert_true(sender == 0x11223344556677 && id == 7);
	assert_true(seal_take(&plain, &take, buf_bytes(&frame)));
	assert_true(bytes_equal(buf_bytes(&plain), bytes_text("村东桥下游护岸冲空")));
	assert_memory_not_equal(put.key, back.key, 32);
	buf_clear(&plain);
	assert_false(seal_take(&plain, &wrong, buf_bytes(&frame)));
	assert_false(seal_take(&plain, &back, buf_bytes(&frame)));
	assert_int_equal(plain.len, 0);
	buf_release(&frame);
	buf_release(&plain);
}

static void every_bit_counts(void **state)
{
	struct seal_key put = key_of(&village, &township, true),
			take = key_of(&township, &village, false);
	struct buf frame = {0}, plain = {0};

	(void)state;
	seal_put(&frame, &put, 5, bytes_text("x"));
	for (size_t bit = 0; bit < frame.len * 8; bit++) {
		frame.at[bit / 8] ^= (uint8_t)(1u << (bit % 8));
		assert_false(seal_take(&plain, &take, buf_bytes(&frame)));
		frame.at[bit / 8] ^= (uint8_t)(1u << (bit % 8));
	}
	for (size_t len = 0; len < frame.len; len++)
		assert_false(seal_take(&plain, &take, bytes_of(frame.at, len)));
	assert_true(seal_take(&plain, &take, buf_bytes(&frame)));
	buf_release(&frame);
	buf_release(&plain);
}

static const uint64_t asker = UINT64_C(0x11223344556677);

/* What both ends know, as a question at number 9 leaves it out. */
static struct lean known(void)
{
	return (struct lean){.sender = asker, .number = 9, .memory = 0x5a5a5a5a};
}

static const uint8_t evidence[] = "\x01\x02\x03\x04\x05\x06";
enum { ASKER = 0x1122 };

static bool opens(
	const struct seal_key *key, const struct lean *lean, struct bytes frame, struct buf *plain)
{
	uint8_t hash[HASH_SIZE];

	buf_clear(plain);
	return lean_open(plain, key, frame, hash) && lean_proven(key, lean, frame, hash);
}

static void a_lean_one_opens_for_who_knows_the_same(void **state)
{
	struct seal_key put = key_of(&village, &township, true),
			take = key_of(&township, &village, false),
			back = key_of(&township, &village, true),
			wrong = key_of(&stranger, &village, false);
	struct lean lean = known(), other;
	struct bytes text = bytes_text("村东桥下游护岸冲空");
	struct buf frame = {0}, plain = {0};
	uint64_t sender;
	uint8_t id;

	(void)state;
	lean_put(&frame, &put, LEAN_ASK, &lean, evidence, text);
	assert_int_equal(frame.len, LEAN_ASK_HEAD + text.len);
	assert_int_equal(lean_version(buf_bytes(&frame)), LEAN_ASK);
	assert_int_equal(lean_site(buf_bytes(&frame)), ASKER);
	assert_false(seal_head(buf_bytes(&frame), &sender, &id));
	assert_true(opens(&take, &lean, buf_bytes(&frame), &plain));
	assert_true(bytes_equal(buf_bytes(&plain), text));
	assert_false(opens(&wrong, &lean, buf_bytes(&frame), &plain));
	assert_false(opens(&back, &lean, buf_bytes(&frame), &plain));
	other = lean, other.sender++;
	assert_false(opens(&take, &other, buf_bytes(&frame), &plain));
	other = lean, other.number++;
	assert_false(opens(&take, &other, buf_bytes(&frame), &plain));
	other = lean, other.memory ^= 1;
	assert_false(opens(&take, &other, buf_bytes(&frame), &plain));
	other = lean, other.time += 64;
	assert_false(opens(&take, &other, buf_bytes(&frame), &plain));
	other = lean, other.question[31] ^= 1;
	assert_false(opens(&take, &other, buf_bytes(&frame), &plain));
	buf_release(&frame);
	buf_release(&plain);
}

static void every_bit_of_a_lean_one_counts(void **state)
{
	struct seal_key put = key_of(&village, &township, true),
			take = key_of(&township, &village, false);
	struct lean lean = known();
	struct buf frame = {0}, plain = {0};

	(void)state;
	for (unsigned version = LEAN_ASK; version <= LEAN_ANSWER; version++) {
		buf_clear(&frame);
		lean_put(&frame, &put, version, &lean, evidence, bytes_text("xy"));
		size_t site = version == LEAN_ASK ? 2 : 0; /* only says who is tried */
		for (size_t bit = 0; bit < frame.len * 8; bit++) {
			if (bit / 8 >= 2 && bit / 8 < 2 + site)
				continue;
			frame.at[bit / 8] ^= (uint8_t)(1u << (bit % 8));
			assert_false(opens(&take, &lean, buf_bytes(&frame), &plain));
			frame.at[bit / 8] ^= (uint8_t)(1u << (bit % 8));
		}
		for (size_t len = 0; len < frame.len; len++)
			assert_false(opens(&take, &lean, bytes_of(frame.at, len), &plain));
		assert_true(opens(&take, &lean, buf_bytes(&frame), &plain));
	}
	buf_release(&frame);
	buf_release(&plain);
}

/* The same content makes the same frame; another content, or another thing left out, a frame of
 * which nothing is the same. */
static void no_two_contents_share_a_nonce(void **state)
{
	struct seal_key put = key_of(&village, &township, true);
	struct lean lean = known(), other = known();
	struct buf frame = {0}, again = {0}, text = {0}, number = {0};
	const size_t tag = LEAN_ASK_HEAD - LEAN_TAG;

	(void)state;
	other.number++;
	lean_put(&frame, &put, LEAN_ASK, &lean, evidence, bytes_text("护岸冲空"));
	lean_put(&again, &put, LEAN_ASK, &lean, evidence, bytes_text("护岸冲空"));
	lean_put(&text, &put, LEAN_ASK, &lean, evidence, bytes_text("护岸冲垮"));
	lean_put(&number, &put, LEAN_ASK, &other, evidence, bytes_text("护岸冲空"));
	assert_true(bytes_equal(buf_bytes(&frame), buf_bytes(&again)));
	assert_memory_not_equal(frame.at + tag, text.at + tag, LEAN_TAG);
	assert_memory_not_equal(frame.at + tag, number.at + tag, LEAN_TAG);
	assert_memory_not_equal(frame.at + LEAN_ASK_HEAD, text.at + LEAN_ASK_HEAD, 9);
	assert_memory_not_equal(frame.at + LEAN_ASK_HEAD, number.at + LEAN_ASK_HEAD, 12);
	buf_release(&frame);
	buf_release(&again);
	buf_release(&text);
	buf_release(&number);
}

static void hex_of(struct bytes in, char *out)
{
	for (size_t i = 0; i < in.len; i++)
		snprintf(out + 2 * i, 3, "%02x", in.at[i]);
}

/* The bytes that docs/WIRE.md prints. */
static void a_lean_one_as_the_document_has_it(void **state)
{
	struct seal_key key = {.id = 0};
	struct lean lean = {.sender = asker, .number = 258};
	struct buf frame = {0};
	char hex[200];

	(void)state;
	for (unsigned i = 0; i < sizeof key.key; i++)
		key.key[i] = (uint8_t)i;
	lean_put(&frame, &key, LEAN_ASK, &lean, evidence, bytes_text("outpost"));
	hex_of(buf_bytes(&frame), hex);
	assert_string_equal(hex, "050022110102030405067d8c8834cd6d8a9d0c0c3d07209d05cbfd");
	buf_clear(&frame);
	lean.time = INT64_C(1784000000000);
	memset(lean.question, 7, sizeof lean.question);
	lean_put(&frame, &key, LEAN_ANSWER, &lean, evidence, bytes_text("outpost"));
	hex_of(buf_bytes(&frame), hex);
	assert_string_equal(hex, "0600010203040506ad868259e289cf0fd43de591eae957326c");
	buf_release(&frame);
}

/* Of other ciphers that a later program may have: it is not taken for one of ours. */
static void the_ciphers_have_a_number(void **state)
{
	struct seal_key put = key_of(&village, &township, true),
			take = key_of(&township, &village, false);
	struct buf frame = {0}, plain = {0};
	uint64_t sender;
	uint8_t id;

	(void)state;
	seal_put(&frame, &put, 5, bytes_text("x"));
	assert_int_equal(frame.at[0], SEAL_VERSION);
	for (unsigned other = 0; other < 256; other++) {
		frame.at[0] = (uint8_t)other;
		assert_int_equal(seal_head(buf_bytes(&frame), &sender, &id), other == SEAL_VERSION);
		buf_clear(&plain);
		assert_int_equal(
			seal_take(&plain, &take, buf_bytes(&frame)), other == SEAL_VERSION);
	}
	buf_release(&frame);
	buf_release(&plain);
}

static void a_key_of_zeros_is_none(void **state)
{
	uint8_t zero[AGREE_PUBLIC] = {0};
	struct seal_key key;

	(void)state;
	assert_false(seal_key(&key, village.agree_secret, village.agree_public, zero, true, 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_other_opens_it),
		cmocka_unit_test(every_bit_counts),
		cmocka_unit_test(the_ciphers_have_a_number),
		cmocka_unit_test(a_lean_one_opens_for_who_knows_the_same),
		cmocka_unit_test(every_bit_of_a_lean_one_counts),
		cmocka_unit_test(no_two_contents_share_a_nonce),
		cmocka_unit_test(a_lean_one_as_the_document_has_it),
		cmocka_unit_test(a_key_of_zeros_is_none),
	};

	crypt_start();
	keys_from_seed(&village, "village");
	keys_from_seed(&township, "township");
	keys_from_seed(&stranger, "stranger");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
