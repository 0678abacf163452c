/* SPDX-License-Identifier: GPL-3.0-or-later
 * Facts from anywhere: what op_take accepts comes out of op_put the same, and a record folded from
 * facts is the same in whatever order and how often they come.
 * needs: src/model/op.c src/model/fold.c src/model/schema.c
 */
#include "base/limits.h"
#include "model/fold.h"

#include <string.h>

enum { FUZZ_OPS = 12 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int level_of_site(void *to, uint64_t site)
{
	(void)to;
	return (int)(site % 6) - 1;
}

static void check_again(const struct op *op)
{
	struct buf one = {0}, two = {0};
	struct op again;
	op_put(&one, op);
	assert(op_take(buf_bytes(&one), &again));
	assert(op_cmp(op, &again) == 0);
	op_put(&two, &again);
	assert(bytes_equal(buf_bytes(&one), buf_bytes(&two)));
	buf_release(&one);
	buf_release(&two);
}

/* Facts stand one after the other, each behind two bytes of length. */
static size_t take_ops(struct bytes in, struct op ops[FUZZ_OPS])
{
	size_t n = 0;
	const char *why = NULL;
	while (in.len > 2 && n < FUZZ_OPS) {
		size_t len = in.at[0] + 256u * in.at[1];
		if (len > in.len - 2)
			len = in.len - 2;
		if (op_take(bytes_of(in.at + 2, len), &ops[n])) {
			check_again(&ops[n]);
			if (op_body_check(ops[n].body, &why))
				n++;
		}
		in = bytes_of(in.at + 2 + len, in.len - 2 - len);
	}
	return n;
}

/* Facts of one record, each with a number of its own, as a store would give them. */
static void make_one_record(struct op *ops, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		ops[i].seq = (uint32_t)(8 * (i + 1)) + ops[0].seq % 5;
		ops[i].rec_site = ops[0].site;
		ops[i].rec_seq = ops[0].seq;
		ops[i].kind = ops[0].kind;
		ops[i].area = i == 0 ? ops[0].area : 0;
		if (i == 0)
			ops[i].step = 0;
	}
}

static void check_same(const struct record *a, const struct record *b)
{
	assert(a->state == b->state && a->stamp == b->stamp && a->state_at == b->state_at);
	assert(a->facts == b->facts && a->refused == b->refused && a->conflicts == b->conflicts);
	for (unsigned i = 0; i < LIMIT_FIELDS; i++) {
		assert(a->cells[i].tag == b->cells[i].tag && a->cells[i].seq == b->cells[i].seq);
		assert(!a->cells[i].tag || value_equal(&a->cells[i].value, &b->cells[i].value));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fold_ways ways = {level_of_site, NULL};
	struct op one;
	op_take(bytes_of(data, size), &one);

	struct op ops[FUZZ_OPS], there[FUZZ_OPS], back[2 * FUZZ_OPS];
	size_t n = take_ops(bytes_of(data, size), ops);
	if (n == 0)
		return 0;
	make_one_record(ops, n);
	for (size_t i = 0; i < n; i++) {
		there[i] = ops[i];
		back[n - 1 - i] = ops[i];
		back[n + i] = ops[i];
	}
	static struct record first, second;
	assert(fold_all(&first, there, n, NULL, &ways) == n);
	assert(fold_all(&second, back, 2 * n, NULL, &ways) == n);
	check_same(&first, &second);
	fold_may(there, n - 1, &there[n - 1], &ways);
	return 0;
}
