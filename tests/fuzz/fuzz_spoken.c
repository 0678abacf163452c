/* SPDX-License-Identifier: GPL-3.0-or-later
 * Digits from a radio, and what they may stand for: anything is refused or is what was said.
 * needs: src/sync/wire/spoken.c
 */
#include "sync/wire.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The training text is read once for all of them, before anything is timed. */
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	model_home("build/fuzz");
	model_prepare();
	return 0;
}

static bool is_fact(struct bytes raw, struct bytes sig, void *to)
{
	struct op op;
	(void)to;
	assert(!sig.len && op_take(raw, &op));
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct spoken_site known[] = {
		{0x11223344556677, 410882103205}, {0x21223344556677, 410882103000}, {9, 410882}};
	struct buf bytes = {0}, digits = {0}, again = {0};
	struct fault fault;
	char *text = memory_get(size + 1, 1);

	memcpy(text, data, size);
	if (digits_take(text, &bytes, &fault) == RC_OK && bytes.len) {
		digits_put(&digits, buf_bytes(&bytes));
		assert(digits_take(buf_cstr(&digits), &again, &fault) == RC_OK);
		assert(bytes_equal(buf_bytes(&bytes), buf_bytes(&again)));
	}
	enum rc rc =
		spoken_take(bytes_of(data, size), known, countof(known), is_fact, NULL, &fault);
	assert(rc == RC_OK || rc == RC_BAD || rc == RC_DENIED);
	buf_release(&bytes);
	buf_release(&digits);
	buf_release(&again);
	free(text);
	return 0;
}
