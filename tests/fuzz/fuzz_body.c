/* SPDX-License-Identifier: GPL-3.0-or-later
 * Facts on the wire from anywhere: what body_take accepts are canonical facts and comes back the
 * same, as rows and as columns. needs: src/sync/wire/body.c src/sync/wire/body_head.c
 * src/sync/wire/body_items.c
 */
#include "base/arena.h"
#include "model/op.h"
#include "sync/wire.h"

#include <string.h>

enum { MOST = 512 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct taken {
	struct arena arena;
	struct fact facts[MOST];
	size_t n;
};

static bool take(struct bytes raw, struct bytes sig, void *to)
{
	struct taken *taken = to;
	struct op op;

	assert(op_take(raw, &op));
	if (taken->n == MOST)
		return false;
	taken->facts[taken->n++] = (struct fact){
		.raw = arena_bytes(&taken->arena, raw), .sig = arena_bytes(&taken->arena, sig)};
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct body_ways ways = {.sender = 11, .sender_area = 410882103205};
	static struct taken first, second;
	struct fault fault;

	memset(&first, 0, sizeof first);
	if (body_take(bytes_of(data, size), &ways, take, &first, &fault) == RC_OK)
		for (int columns = 0; columns < 2 && first.n; columns++) {
			struct buf out = {0};
			memset(&second, 0, sizeof second);
			body_put(&out, first.facts, first.n, columns, &ways);
			assert(body_take(buf_bytes(&out), &ways, take, &second, &fault) == RC_OK);
			assert(second.n == first.n);
			for (size_t i = 0; i < first.n; i++)
				assert(bytes_equal(first.facts[i].raw, second.facts[i].raw));
			buf_release(&out);
			arena_release(&second.arena);
		}
	arena_release(&first.arena);
	return 0;
}
