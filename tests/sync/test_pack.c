/* SPDX-License-Identifier: GPL-3.0-or-later
 * While a hub packs what it says, others write into its store.
 */
#include "worst.h"
#include "store/identity.h"
#include "store/rows/internal.h"
#include "store/station.h"
#include "sync/swap.h"

#include <dlfcn.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zstd.h>
#include <cmocka.h>

static struct store *other; /* the same store, as another program has it open */
static unsigned packed, written;

/* Somebody else begins to write. */
static void write_meanwhile(void)
{
	struct fault fault;

	if (!other)
		return;
	packed++;
	if (store_begin(other, &fault) == RC_OK) {
		written++;
		store_undo(other);
	}
}

/* In place of the library's, which they call: of what is short, and of columns. */
size_t ZSTD_compress2(ZSTD_CCtx *context, void *to, size_t room, const void *at, size_t size)
{
	size_t (*real)(ZSTD_CCtx *, void *, size_t, const void *, size_t);

	*(void **)&real = dlsym(RTLD_NEXT, "ZSTD_compress2");
	write_meanwhile();
	return real(context, to, room, at, size);
}

size_t ZSTD_compressStream2(
	ZSTD_CCtx *context, ZSTD_outBuffer *to, ZSTD_inBuffer *in, ZSTD_EndDirective end)
{
	size_t (*real)(ZSTD_CCtx *, ZSTD_outBuffer *, ZSTD_inBuffer *, ZSTD_EndDirective);

	*(void **)&real = dlsym(RTLD_NEXT, "ZSTD_compressStream2");
	write_meanwhile();
	return real(context, to, in, end);
}

static void nobody_waits_while_a_frame_is_packed(void **state)
{
	struct load load;
	struct buf frame = {0}, answers[1] = {{0}};
	struct fault fault;
	const struct worst *worst = worst_all;

	(void)state;
	while (strcmp(worst->name, "asks for all") != 0)
		worst++;
	load_begin(&load, worst->way);
	worst->make(&load, worst->n);
	load_frame(&load, &frame);
	struct bytes asks[1] = {buf_bytes(&frame)};
	assert_int_equal(store_open(&other, store_home(load.to), 0, &fault), RC_OK);
	assert_int_equal(hub_answer(load.to, asks, answers, 1, &fault), RC_OK);
	assert_true(answers[0].len > 8192);
	assert_true(packed > 0);
	assert_int_equal(written, packed);
	store_close(other);
	other = NULL;
	buf_release(&frame);
	buf_release(&answers[0]);
	load_end(&load);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nobody_waits_while_a_frame_is_packed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
