/* SPDX-License-Identifier: GPL-3.0-or-later
 * A record that is read out as digits is the same record where it is typed in, whatever kind it is
 * of; and of whom it is not, it is not taken.
 */
#include "sync/wire.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "model/kinds.h"
#include "model/value.h"

enum { AUTHOR = 4, KNOWN = 6 };

/* Two that digits do not tell apart, before and behind the author. */
static const struct spoken_site known[KNOWN] = {{0x11223344556677, 410882000000},
	{0x99999944551111, 410882103206}, {0x21223344556677, 410882103000},
	{0x00000000000009, 410882103207}, {0x31223344551111, 410882103205},
	{0x41223344551111, 410882103204}};

struct said {
	struct buf raw[SPOKEN_FACTS];
	struct fact facts[SPOKEN_FACTS];
	size_t n, seen;
};

static void add(struct said *said, const struct op *op)
{
	struct buf *raw = &said->raw[said->n];
	op_put(raw, op);
	said->facts[said->n++].raw = buf_bytes(raw);
}

static void forget(struct said *said)
{
	for (size_t i = 0; i < said->n; i++)
		buf_release(&said->raw[i]);
	*said = (struct said){0};
}

static void put_sample(struct buf *body, const struct field *field, int64_t now)
{
	struct buf ref = {0};
	struct value value = value_text("河边十二户");
	switch (field->type) {
	case T_REF:
		ref_put(&ref, (struct ref){known[random() % 3].site, 8 * 17 + 2});
		value = (struct value){WIRE_BYTES, 0, buf_bytes(&ref)};
		break;
	case T_TIME:
		value = value_num(now - 60 * (random() % 90));
		break;
	case T_DATE:
		value = value_num(20260714);
		break;
	case T_NUM:
	case T_DEC:
		value = value_num((random() % 300 + 1) * 1000);
		break;
	default:
		break;
	}
	put_field(body, field->tag, &value);
	buf_release(&ref);
}

static void sample(struct said *said, const struct kind *kind, unsigned fields)
{
	struct buf body = {0};
	struct op op = {.site = known[AUTHOR].site,
		.seq = (uint32_t)(random() % 5000 + 1) * 8 + 1,
		.stamp = UINT64_C(1789000000) << 16,
		.kind = kind->id,
		.who = 24,
		.area = known[AUTHOR].area};
	op.rec_site = op.site;
	op.rec_seq = op.seq;
	for (const struct field *field = kind->fields; field->tag && fields--; field++)
		put_sample(&body, field, 1789000000);
	op.body = buf_bytes(&body);
	add(said, &op);
	buf_release(&body);
}

static bool same(struct bytes raw, struct bytes sig, void *to)
{
	struct said *said = to;
	return !sig.len && bytes_equal(said->facts[said->seen++].raw, raw);
}

static enum rc hear(struct bytes bytes, struct said *said, struct fault *fault)
{
	said->seen = 0;
	return spoken_take(bytes, known, KNOWN, same, said, fault);
}

static void every_kind_comes_back(void **state)
{
	struct said said = {.n = 0};
	struct fault fault;
	(void)state;
	srandom(21);
	for (unsigned i = 0; i < kinds_count; i++)
		for (unsigned fields = 1; fields < 12; fields += 5) {
			struct buf bytes = {0}, digits = {0}, again = {0};
			sample(&said, &kinds[i], fields);
			assert_true(spoken_put(&bytes, said.facts, said.n, &known[AUTHOR]));
			digits_put(&digits, buf_bytes(&bytes));
			assert_int_equal(digits_take(buf_cstr(&digits), &again, &fault), RC_OK);
			assert_int_equal(hear(buf_bytes(&again), &said, &fault), RC_OK);
			assert_int_equal(said.seen, said.n);
			buf_release(&bytes);
			buf_release(&digits);
			buf_release(&again);
			forget(&said);
		}
}

static void step_by(struct said *said, uint64_t site, uint32_t n)
{
	struct op first;
	assert_true(op_take(said->facts[0].raw, &first));
	struct op op = {.site = site,
		.seq = n * 8 + 2,
		.stamp = first.stamp + ((uint64_t)n << 20),
		.rec_site = first.site,
		.rec_seq = first.seq,
		.kind = first.kind,
		.step = 1,
		.seen = first.stamp};
	add(said, &op);
}

static void steps_of_others_come_along(void **state)
{
	struct said said = {.n = 0};
	struct buf bytes = {0};
	struct fault fault;
	(void)state;
	sample(&said, kind_of(KIND_hazard), 4);
	step_by(&said, known[2].site, 9);
	step_by(&said, known[0].site, 12);
	step_by(&said, known[1].site, 4);
	assert_true(spoken_put(&bytes, said.facts, said.n, &known[AUTHOR]));
	assert_int_equal(hear(buf_bytes(&bytes), &said, &fault), RC_OK);
	assert_int_equal(said.seen, 4);
	while (said.n < SPOKEN_FACTS)
		step_by(&said, known[2].site, (uint32_t)said.n + 20);
	buf_clear(&bytes);
	assert_true(spoken_put(&bytes, said.facts, said.n, &known[AUTHOR]));
	assert_false(spoken_put(&bytes, said.facts, said.n + 1, &known[AUTHOR]));
	assert_false(spoken_put(&bytes, said.facts, 0, &known[AUTHOR]));
	buf_release(&bytes);
	forget(&said);
}

static void of_a_stranger_nothing_is_taken(void **state)
{
	struct said said = {.n = 0};
	struct buf bytes = {0};
	struct fault fault;
	(void)state;
	sample(&said, kind_of(KIND_report), 4);
	assert_true(spoken_put(&bytes, said.facts, said.n, &known[AUTHOR]));
	/* Nobody with these 16 bits, then another with them. */
	assert_int_equal(spoken_take(buf_bytes(&bytes), known, 1, same, &said, &fault), RC_DENIED);
	assert_int_equal(spoken_take(buf_bytes(&bytes), known, 3, same, &said, &fault), RC_BAD);
	assert_int_equal(said.seen, 0);
	buf_release(&bytes);
	forget(&said);
}

/* What passes the groups by chance does not pass the whole, or it says the very same. */
static void another_whole_is_refused(void **state)
{
	struct said said = {.n = 0};
	struct buf bytes = {0};
	struct fault fault;
	unsigned passed = 0;
	(void)state;
	srandom(22);
	sample(&said, kind_of(KIND_report), 6);
	assert_true(spoken_put(&bytes, said.facts, said.n, &known[AUTHOR]));
	for (size_t at = 0; at < bytes.len; at++)
		for (unsigned bit = 0; bit < 8; bit++) {
			bytes.at[at] ^= (uint8_t)(1 << bit);
			enum rc rc = hear(buf_bytes(&bytes), &said, &fault);
			assert_int_equal(said.seen, rc ? 0 : said.n);
			passed += !rc;
			bytes.at[at] ^= (uint8_t)(1 << bit);
		}
	for (size_t len = 0; len < bytes.len; len++)
		assert_int_not_equal(hear(bytes_of(bytes.at, len), &said, &fault), RC_OK);
	assert_in_range(passed, 0, 4); /* bits that no reader looks at */
	buf_release(&bytes);
	forget(&said);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_comes_back),
		cmocka_unit_test(steps_of_others_come_along),
		cmocka_unit_test(of_a_stranger_nothing_is_taken),
		cmocka_unit_test(another_whole_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
