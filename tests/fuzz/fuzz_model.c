/* SPDX-License-Identifier: GPL-3.0-or-later
 * Anything as packed by the model: never beyond the caps; and anything as plain bytes comes back,
 * wherever the walk leads. needs: src/sync/wire/model/primed.c
 */
#include <stdlib.h>

#include "sync/wire.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The training text is read once for all of them, before anything is timed. */
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	model_home(getenv("OUTPOST_BUILD") ? getenv("OUTPOST_BUILD") : "build");
	model_prepare();
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct bytes in = bytes_of(data, size);
	const struct model_way way = {.lean = size & 1};
	struct buf plain = {0}, packed = {0}, back = {0};
	struct fault fault;
	enum rc rc = model_unpack(&plain, in, &way, &fault);

	assert(rc == RC_OK || (rc == RC_BAD && !plain.len));
	assert(plain.len <= MODEL_FREE + size * MODEL_RATIO);
	if (model_pack(&packed, in, &way, SIZE_MAX)) {
		assert(model_unpack(&back, buf_bytes(&packed), &way, &fault) == RC_OK);
		assert(bytes_equal(buf_bytes(&back), in));
	}
	buf_release(&plain);
	buf_release(&packed);
	buf_release(&back);
	return 0;
}
