/* SPDX-License-Identifier: GPL-3.0-or-later
 * Messages by the model come back as they went, on every machine in the same bytes, never longer
 * than by zstd; the walk knows every byte of a message; what is hostile stays small.
 * Tests also: apm.c coder.c context.c counter.c match.c mixer.c primed.c stream.c weight.c
 * Tests also: walk.c walk_body.c walk_columns.c walk_cuts.c walk_head.c walk_names.c walk_parts.c
 */
#include "base/file.h"
#include "model/kinds.h"
#include "sync/wire.h"
#include "sync/wire/model/parts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

/* Nothing is read before. */
static const struct model_way alone;

enum { MOST = 400 };

static const struct bytes none;
static const uint64_t sites[] = {0x11223344556677, 0x21223344556677, 0x00000000000009};
static uint32_t state = 1;

/* OUTPOST_LONG=1: as many as it takes minutes for. */
static unsigned rounds(unsigned few, unsigned many)
{
	return getenv("OUTPOST_LONG") ? many : few;
}

/* The same on every machine: golden bytes are made of it. */
static uint32_t some(uint32_t below)
{
	state = state * 1664525 + 1013904223;
	return (state >> 8) % below;
}

static const char *const texts[] = {"后山边坡裂缝", "H0101", "莫𡐓村委会", "㐂", "a",
	"电话 13800000000", "🌊", "村东桥下游护岸冲空约20米，已拉警戒",
	"the culvert is blocked, two households warned", "\xee\x80\x80私"};

/* A value of any sort under each tag, whatever the kind has there. */
/* What is written of a kind hangs on its table: golden bytes are of such as do not change. */
static unsigned kinds_known = 100;

static void random_value(struct buf *body, unsigned tag)
{
	struct value value = value_num((int64_t)some(1 << 20) - 1000);
	struct buf bytes = {0};

	if (some(3) == 0)
		value = value_text(texts[some(countof(texts))]);
	if (some(5) == 0) {
		for (unsigned i = some(12); i--;)
			buf_byte(&bytes, (uint8_t)some(256));
		if (some(2)) {
			buf_clear(&bytes);
			ref_put(&bytes, (struct ref){sites[some(3)], some(900) + 1});
		}
		value = (struct value){WIRE_BYTES, 0, buf_bytes(&bytes)};
	}
	put_field(body, tag, &value);
	buf_release(&bytes);
}

static void random_fact(struct buf *raw)
{
	struct buf body = {0};
	struct op op = {.site = sites[some(3)],
		.seq = (some(5000) + 1) * 8 + some(5),
		.stamp = (UINT64_C(1789000000) + some(100000)) << 16 | (some(3) ? 0 : some(500)),
		.kind = some(kinds_known) + 1,
		.who = some(50)};

	op.rec_site = op.site;
	op.rec_seq = op.seq;
	op.area = 410882103205 + some(3);
	if (some(2)) {
		op.rec_seq = (some(100) + 1) * 8 + 2;
		op.area = op.rec_seq == op.seq ? op.area : 0;
		op.step = op.rec_seq == op.seq ? 0 : some(40);
		op.seen = op.stamp - some(70000000);
		op.seen = op.rec_seq == op.seq ? 0 : op.seen;
	}
	if (some(4) == 0) {
		op.at = 1788990000 + some(100000);
		op.by = bytes_text(some(2) ? "410882103205-07" : "王桂英");
	}
	for (unsigned tag = some(4) + 1; tag < 30; tag += some(6) + 1)
		random_value(&body, tag);
	op.body = buf_bytes(&body);
	op_put(raw, &op);
	buf_release(&body);
}

/* A message of N facts, of every sort of question and answer. */
static void random_message(struct buf *out, unsigned n, bool columns)
{
	static const uint8_t sig[SIGN_SIZE] = {1, 2, 3};
	struct mark marks[] = {{sites[0], sites[1], 0, 1789000000, some(500), some(2)},
		{sites[2], sites[1], 2, 1789000000, some(500), 0},
		{sites[2], sites[0], 3, 1789000555, 0, 0}};
	struct message_ways ways = {
		.sender = sites[0], .receiver = sites[1], .plain = some(4) == 0};
	struct buf raw[MOST] = {0};
	struct fact facts[MOST] = {0};
	struct message message = {.type = some(2) ? MESSAGE_ASK : MESSAGE_ANSWER,
		.number = some(5000),
		.full = some(3) == 0,
		.store = 1789000000,
		.memory = some(1 << 24),
		.got_mask = some(32),
		.sent_mask = some(32),
		.room = some(5000),
		.more_mask = some(3) ? 0 : some(31) + 1,
		.time = INT64_C(1789000000123) + some(1000000),
		.marks = marks,
		.mark_count = some(4),
		.extra = some(3) ? none : bytes_text("some fields"),
		.facts = facts,
		.fact_count = n};

	for (unsigned i = 0; i < LANES; i++)
		message.got[i] = message.sent[i] = some(30000);
	ways.body = (struct body_ways){.sender = sites[0], .sender_area = 410882103205};
	for (unsigned i = 0; i < n; i++) {
		random_fact(&raw[i]);
		facts[i].raw = buf_bytes(&raw[i]);
		if (some(6) == 0)
			facts[i].sig = bytes_of(sig, SIGN_SIZE);
	}
	message_put(out, &message, columns, &ways);
	for (unsigned i = 0; i < n; i++)
		buf_release(&raw[i]);
}

static void check(struct bytes plain)
{
	struct buf zstd = {0}, small = {0}, back = {0};
	struct fault fault;

	frame_pack(&zstd, plain, none);
	buf_put(&small, zstd.at, zstd.len);
	frame_pack_again(&small, plain, &alone);
	assert_true(small.len <= zstd.len);
	assert_int_equal(frame_unpack(&back, buf_bytes(&small), none, &fault), RC_OK);
	assert_true(bytes_equal(buf_bytes(&back), plain));
	buf_clear(&back);
	buf_clear(&small);
	assert_true(model_pack(&small, plain, &alone, SIZE_MAX));
	assert_true(small.len <= plain.len + plain.len / 4 + 4);
	assert_int_equal(model_unpack(&back, buf_bytes(&small), &alone, &fault), RC_OK);
	assert_true(bytes_equal(buf_bytes(&back), plain));
	buf_release(&zstd);
	buf_release(&small);
	buf_release(&back);
}

static void there_and_back(void **arg)
{
	(void)arg;
	state = 7;
	for (unsigned round = 0; round < rounds(120, 2000); round++) {
		struct buf plain = {0};
		random_message(&plain, some(round % 40 == 39 ? MOST : 12), round % 2);
		check(buf_bytes(&plain));
		buf_release(&plain);
	}
}

/* English, in pieces: nothing that the model has read. */
static void check_prose(unsigned pieces)
{
	struct buf prose = {0};
	struct fault fault;

	assert_int_equal(file_read("LICENSE", 1 << 20, &prose, &fault), RC_OK);
	for (unsigned round = 0; round < pieces; round++) {
		uint32_t len = some(round % 10 ? 700 : 9000), at = some((uint32_t)prose.len - len);
		check(bytes_of(prose.at + at, len));
	}
	buf_release(&prose);
}

static void what_is_no_message_comes_back_too(void **arg)
{
	struct buf plain = {0};

	(void)arg;
	check(none);
	check_prose(rounds(10, 500));
	for (unsigned i = 0; i < 40; i++)
		buf_text(&plain, texts[i % countof(texts)]);
	check(buf_bytes(&plain));
	for (unsigned round = 0; round < rounds(20, 1000); round++) {
		buf_clear(&plain);
		for (unsigned i = some(600); i--;)
			buf_byte(&plain, (uint8_t)some(round % 2 ? 256 : 3));
		check(buf_bytes(&plain));
	}
	buf_clear(&plain);
	memset(buf_grow(&plain, 100000), 0, 100000);
	assert_false(
		model_pack(&plain, bytes_of(plain.at, 100000), &alone, SIZE_MAX)); /* too dense */
	assert_int_equal(plain.len, 100000);
	memset(buf_grow(&plain, MODEL_PLAIN), 1, MODEL_PLAIN);
	assert_false(model_pack(&plain, buf_bytes(&plain), &alone, SIZE_MAX));
	buf_release(&plain);
}

/* It leads to the check of a message, whatever the message holds, and not a byte too far or too
 * short. */
static void the_walk_knows_every_byte(void **arg)
{
	struct walk *walk = malloc(sizeof *walk);

	(void)arg;
	state = 3;
	for (unsigned round = 0; round < 400; round++) {
		struct buf plain = {0};
		random_message(&plain, 1 + some(round % 50 ? 20 : MOST), round % 2);
		walk_start(walk);
		for (size_t i = 0; i < plain.len; i++) {
			assert_false(walk->lost || walk->whole);
			walk_byte(walk, plain.at[i]);
		}
		assert_true(walk->whole);
		buf_release(&plain);
	}
	free(walk);
}

/* Of many facts: pieces of some size each, that make all of it; of rows and of noise none. */
static void columns_are_cut(void **arg)
{
	enum { LEAST = 200, CUTS = 500 };
	struct buf plain = {0}, packed = {0}, back = {0};
	struct fault fault;
	size_t cuts[CUTS], count, before = 0;

	(void)arg;
	state = 17;
	kinds_known = 11; /* of all of them there are more columns than the walk follows */
	random_message(&plain, MOST, true);
	count = walk_cuts(buf_bytes(&plain), LEAST, cuts, CUTS);
	assert_in_range(count, 10, CUTS);
	for (size_t i = 0; i < count; i++) {
		assert_true(cuts[i] >= before + LEAST && cuts[i] + LEAST <= plain.len);
		before = cuts[i];
	}
	assert_int_equal(walk_cuts(buf_bytes(&plain), LEAST, cuts, 3), 3);
	frame_pack(&packed, buf_bytes(&plain), none);
	assert_int_equal(frame_unpack(&back, buf_bytes(&packed), none, &fault), RC_OK);
	assert_true(bytes_equal(buf_bytes(&back), buf_bytes(&plain)));
	assert_int_equal(walk_cuts(bytes_of(plain.at, plain.len - 1), LEAST, cuts, CUTS),
		0); /* no message */
	buf_clear(&plain);
	random_message(&plain, MOST, false);
	assert_int_equal(walk_cuts(buf_bytes(&plain), LEAST, cuts, CUTS), 0);
	kinds_known = 100;
	buf_release(&plain);
	buf_release(&packed);
	buf_release(&back);
}

static void hex(struct bytes bytes, char *out)
{
	for (size_t i = 0; i < bytes.len; i++)
		snprintf(out + 2 * i, 3, "%02x", bytes.at[i]);
}

/* The worked question of docs/WIRE.md; and many messages, by the hash of what they become. */
static void golden(void **arg)
{
	static const uint8_t worked[] =
		"\x00\x1f\xfe\xca\xad\x0b\x00\x05\x3a\x39\x00\x00\x02\x01\xbe\x9f\x1e"
		"\x02\x0a\xcc\x4b\x80\x01\x18\x0f\x19\x09\x00\x02\x28phone\x00signed\x00"
		"\x06\x22\xda\x0c\x20\x00\x09\x09\x11\x09\x0c\x1d\x00H0101\x00M\x00"
		"\xb4\xe5\xb6\xab\xc7\xc5\xcf\xc2\x00\xbb\xa4\xb0\xb6\xb3\xe5\xbf\xd5\x00"
		"1\x38\x61\x9b\x68";
	struct buf packed = {0}, all = {0};
	uint8_t hash[HASH_SIZE];
	char text[200];

	(void)arg;
	assert_true(model_pack(&packed, bytes_of(worked, sizeof worked - 1), &alone, SIZE_MAX));
	hex(buf_bytes(&packed), text);
	assert_string_equal(text, "f47004fee0ea504bdfe5d91c8757870d94cf81a42b6629d1b931c5a0874af7a2"
				  "f3675a3e5e1391334a05297fcdea48e804bb82bc32696573de3d4f72f742");
	state = 11;
	kinds_known = 11;
	for (unsigned round = 0; round < 60; round++) {
		struct buf plain = {0};
		random_message(&plain, some(round % 10 ? 12 : 100), round % 2);
		assert_true(model_pack(&all, buf_bytes(&plain), &alone, SIZE_MAX));
		buf_release(&plain);
	}
	crypt_hash(buf_bytes(&all), hash);
	kinds_known = 100;
	hex(bytes_of(hash, 8), text);
	assert_string_equal(text, "e4f306f3d9916f40");
	buf_release(&packed);
	buf_release(&all);
}

/* Every byte belongs to a part, and together they weigh what the message takes. */
static void parts_add_up(void **arg)
{
	struct buf plain = {0}, packed = {0};
	struct weight rows[1000];

	(void)arg;
	state = 13;
	for (unsigned round = 0; round < 12; round++) {
		uint64_t bits = 0, bytes = 0;
		buf_clear(&plain);
		buf_clear(&packed);
		random_message(&plain, 1 + some(60), round % 2);
		assert_true(model_pack(&packed, buf_bytes(&plain), &alone, SIZE_MAX));
		size_t n = model_weigh(buf_bytes(&plain), &alone, rows, countof(rows));
		assert_true(n > 10 && n < countof(rows));
		for (size_t i = 0; i < n; i++) {
			assert_true(*weight_name(rows[i].step) && rows[i].bytes);
			assert_true(rows[i].count && rows[i].count <= rows[i].bytes);
			bytes += rows[i].bytes;
			bits += rows[i].bits;
		}
		assert_int_equal(bytes, plain.len);
		/* Each bit is rounded to a 256th of one; the end takes some bytes. */
		assert_in_range(bits / 2048, packed.len < 8 ? 0 : packed.len - 8,
			packed.len + 3 + plain.len / 256);
		assert_int_equal(model_weigh(buf_bytes(&plain), &alone, rows, 3), 3);
	}
	buf_release(&plain);
	buf_release(&packed);
}

static void hostile_bytes_stay_small(void **arg)
{
	struct buf plain = {0}, packed = {0}, back = {0};
	struct fault fault;

	(void)arg;
	state = 5;
	random_message(&plain, 6, false);
	assert_true(model_pack(&packed, buf_bytes(&plain), &alone, SIZE_MAX));
	for (unsigned round = 0; round < 300; round++) {
		struct buf bad = {0};
		size_t len = round % 3 ? packed.len : some((uint32_t)packed.len);
		buf_put(&bad, packed.at, len);
		for (unsigned flips = round % 3 ? 1 + some(3) : 0; flips--;)
			bad.at[some((uint32_t)len)] ^= (uint8_t)(1 << some(8));
		buf_clear(&back);
		enum rc rc = model_unpack(&back, buf_bytes(&bad), &alone, &fault);
		assert_true(rc == RC_OK || (rc == RC_BAD && !back.len));
		assert_true(back.len <= MODEL_FREE + len * MODEL_RATIO);
		buf_release(&bad);
	}
	/* More of the same than anybody says: the reader stops. */
	buf_clear(&packed);
	for (unsigned i = 0; i < 40; i++)
		buf_byte(&packed, 0);
	buf_clear(&back);
	assert_int_equal(model_unpack(&back, buf_bytes(&packed), &alone, &fault), RC_BAD);
	assert_int_equal(back.len, 0);
	buf_put(&back, "x", 1); /* behind what is there */
	buf_clear(&packed);
	assert_true(model_pack(&packed, buf_bytes(&plain), &alone, SIZE_MAX));
	buf_text(&packed, "and more");
	assert_int_equal(model_unpack(&back, buf_bytes(&packed), &alone, &fault), RC_BAD);
	assert_int_equal(back.len, 1);
	buf_release(&plain);
	buf_release(&packed);
	buf_release(&back);
}

/* A message says the same whatever was packed, refused or unpacked before it. */
static void nothing_is_left_of_a_message(void **arg)
{
	struct buf plain = {0}, first = {0}, again = {0}, other = {0}, thrown = {0};
	struct fault fault;

	(void)arg;
	state = 9;
	random_message(&plain, 20, false);
	random_message(&other, 300, true);
	assert_true(model_pack(&first, buf_bytes(&plain), &alone, SIZE_MAX));
	assert_true(model_pack(&thrown, buf_bytes(&other), &alone, SIZE_MAX));
	assert_false(model_pack(&thrown, buf_bytes(&other), &alone, 50));
	(void)!model_unpack(&thrown, buf_bytes(&other), &alone, &fault);
	assert_true(model_pack(&again, buf_bytes(&plain), &alone, SIZE_MAX));
	assert_true(bytes_equal(buf_bytes(&first), buf_bytes(&again)));
	buf_release(&plain);
	buf_release(&first);
	buf_release(&again);
	buf_release(&other);
	buf_release(&thrown);
}

/* In another process, before this one has read the training text: what is kept serves, and what is
 * damaged is made again. */
static void packed_in_a_child(const char *home, char text[200])
{
	int ends[2];
	struct buf packed = {0};

	assert_int_equal(pipe(ends), 0);
	if (fork() == 0) {
		model_home(home);
		bool good = model_pack(&packed, bytes_text("村东桥下护岸冲空"), &alone, SIZE_MAX) &&
			    write(ends[1], packed.at, packed.len) == (ssize_t)packed.len;
		_exit(good ? 0 : 1);
	}
	close(ends[1]);
	uint8_t bytes[90];
	ssize_t got = read(ends[0], bytes, sizeof bytes);
	assert_true(got > 0);
	hex(bytes_of(bytes, (size_t)got), text);
	close(ends[0]);
}

static void the_state_is_kept(void **arg)
{
	char home[] = "/tmp/outpost-model-XXXXXX", path[100], first[200], text[200];
	struct stat made, now;
	FILE *file;

	(void)arg;
	assert_non_null(mkdtemp(home));
	snprintf(path, sizeof path, "%s/model.state", home);
	packed_in_a_child(home, first);
	assert_int_equal(stat(path, &made), 0);
	assert_true((size_t)made.st_size > 1000000 && made.st_size < MODEL_MEMORY + 100);
	packed_in_a_child(home, text);
	assert_string_equal(text, first);
	assert_int_equal(stat(path, &now), 0);
	assert_true(now.st_ino == made.st_ino);
	file = fopen(path, "r+");
	assert_non_null(file);
	assert_int_equal(fseek(file, 5000000, SEEK_SET), 0);
	fputc(fgetc(file) ^ 1, file);
	fclose(file);
	packed_in_a_child(home, text);
	assert_string_equal(text, first);
	assert_int_equal(stat(path, &now), 0);
	assert_true(now.st_ino != made.st_ino); /* made again */
	unlink(path);
	rmdir(home);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(the_state_is_kept),
		cmocka_unit_test(the_walk_knows_every_byte), cmocka_unit_test(there_and_back),
		cmocka_unit_test(what_is_no_message_comes_back_too),
		cmocka_unit_test(columns_are_cut), cmocka_unit_test(golden),
		cmocka_unit_test(parts_add_up), cmocka_unit_test(hostile_bytes_stay_small),
		cmocka_unit_test(nothing_is_left_of_a_message)};

	crypt_start();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
