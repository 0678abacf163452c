/* SPDX-License-Identifier: GPL-3.0-or-later
 * Packed frames from anywhere: never beyond the caps, and what is packed here comes back the same.
 * needs: src/sync/wire/frame.c
 */
#include "sync/wire.h"

#include "base/limits.h"

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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes in = bytes_of(data, size), history = bytes_of(data, size / 2);
	struct buf plain = {0}, packed = {0}, back = {0};
	struct fault fault;
	enum rc rc = frame_unpack(&plain, in, (struct bytes){0, 0}, &fault);

	assert(rc == RC_OK || rc == RC_BAD || rc == RC_NONE);
	assert(plain.len <= LIMIT_PLAIN + 32 * 1024);
	assert(rc == RC_OK || !plain.len);
	buf_clear(&plain);
	rc = frame_unpack(&plain, in, history, &fault);
	assert(rc == RC_OK || rc == RC_BAD || rc == RC_NONE);
	if (size % 64 == 0) { /* packing is slow */
		frame_pack(&packed, in, history);
		assert(frame_unpack(&back, buf_bytes(&packed), history, &fault) == RC_OK);
		assert(bytes_equal(buf_bytes(&back), in));
	}
	buf_release(&plain);
	buf_release(&packed);
	buf_release(&back);
	return 0;
}
