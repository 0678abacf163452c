/* SPDX-License-Identifier: GPL-3.0-or-later
 * The worst 64 KiB that an enrolled station can send: what taking them costs, beside 64 KiB of
 * what honest stations send, and twice as much beside half of it.
 */
#include "worst.h"

#include "store/search/internal.h"
#include "store/station.h"
#include "sync/swap.h"
#include "sync/take/internal.h"

#include <malloc.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

/* ---- the heap at its highest, of everything in the process */

#if defined(__SANITIZE_ADDRESS__)
static size_t heap_now, heap_most;
#else
extern void *__libc_malloc(size_t), *__libc_calloc(size_t, size_t), *__libc_realloc(void *, size_t);
extern void __libc_free(void *);
static size_t heap_now, heap_most;

static void *counted(void *at)
{
	heap_now += at ? malloc_usable_size(at) : 0;
	if (heap_now > heap_most)
		heap_most = heap_now;
	return at;
}

static void uncounted(void *at)
{
	size_t size = at ? malloc_usable_size(at) : 0;
	heap_now -= size < heap_now ? size : heap_now;
}

void *malloc(size_t size)
{
	return counted(__libc_malloc(size));
}

void *calloc(size_t n, size_t size)
{
	return counted(__libc_calloc(n, size));
}

void *realloc(void *at, size_t size)
{
	uncounted(at);
	return counted(__libc_realloc(at, size));
}

void free(void *at)
{
	uncounted(at);
	__libc_free(at);
}
#endif

/* ---- what one frame costs */

enum {
	MEMORY_MOST = 32 << 20,
	TRIES = 5, /* another program may have had the processor's caches */
	SLACK_MS = 4,
};
/* Twice as much may cost so many times as much: n log n. A frame may cost so many times what 64
 * KiB of honest facts cost; the bound is 0.3 s where those take 40 ms. */
static const double twice_most = 2.6, times_most = 7.5;

struct cost {
	double take_ms, find_ms;
	size_t memory, frame;
};

static double now_ms(void)
{
	struct timespec at;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &at);
	return (double)at.tv_sec * 1e3 + (double)at.tv_nsec / 1e6;
}

static void good(enum rc rc, const struct fault *fault)
{
	if (rc)
		fail_msg("%s", fault->text);
}

static void take_question(struct load *load, struct cost *cost)
{
	struct buf frame = {0}, answers[1] = {{0}};
	struct fault fault;

	load_frame(load, &frame);
	struct bytes asks[1] = {buf_bytes(&frame)};
	size_t before = heap_most = heap_now;
	double from = now_ms();
	good(hub_answer(load->to, asks, answers, 1, &fault), &fault);
	cost->take_ms = now_ms() - from;
	cost->memory = heap_most - before;
	cost->frame = frame.len;
	assert_true(answers[0].len > 0);
	buf_release(&frame);
	buf_release(&answers[0]);
}

static void take_marks_alone(struct load *load, struct cost *cost)
{
	const struct message message = {.marks = load->marks, .mark_count = load->mark_count};
	struct fault fault;
	size_t before = heap_most = heap_now;
	double from = now_ms();

	good(store_begin(load->to, &fault), &fault);
	good(marks_take(load->to, store_station(load->from)->site, &message, &fault), &fault);
	good(store_commit(load->to, &fault), &fault);
	cost->take_ms = now_ms() - from;
	cost->memory = heap_most - before;
}

static struct cost cost_of(const struct worst *worst, unsigned n)
{
	struct load load;
	struct cost cost = {0};
	struct fault fault;

	load_begin(&load, worst->way);
	worst->make(&load, n);
	if (worst->way == TO_VILLAGE)
		take_marks_alone(&load, &cost);
	else
		take_question(&load, &cost);
	double from = now_ms();
	good(index_ready(load.to, &fault), &fault);
	cost.find_ms = now_ms() - from;
	load_end(&load);
	return cost;
}

/* ---- judged beside each other, in one run */

static void show(const char *name, const struct cost *whole, const struct cost *half)
{
	printf("  %-22s %6zu bytes  taken in %6.1f ms (half of it %6.1f), %4.1f MiB; found by in "
	       "%6.1f ms\n",
		name, whole->frame, whole->take_ms, half->take_ms,
		(double)whole->memory / (1 << 20), whole->find_ms);
	fflush(stdout);
}

static bool is_fine(const struct cost *whole, const struct cost *half, const struct cost *plain)
{
	return whole->take_ms <= half->take_ms * twice_most + SLACK_MS &&
	       whole->take_ms <= plain->take_ms * times_most &&
	       whole->find_ms <= plain->find_ms * times_most;
}

static void judge(const struct worst *worst)
{
	static struct cost plain;
	struct cost half, whole;
	bool fine = false;

	for (unsigned i = 0; i < TRIES && !fine; i++) {
		if (i || !plain.frame)
			plain = cost_of(&worst_all[0], worst_all[0].n);
		half = cost_of(worst, worst->n / 2);
		whole = cost_of(worst, worst->n);
		fine = is_fine(&whole, &half, &plain);
	}
	show(worst->name, &whole, &half);
	if (!fine)
		fail_msg("%s: %.1f ms, half of it %.1f ms, honest facts %.1f ms; found by in %.1f "
			 "ms, honest facts in %.1f ms",
			worst->name, whole.take_ms, half.take_ms, plain.take_ms, whole.find_ms,
			plain.find_ms);
	assert_in_range(whole.frame, 0, 64 * 1024);
	assert_in_range(whole.memory, 0, MEMORY_MOST);
}

static void the_worst_frame_costs_a_few_honest_ones(void **state)
{
	const char *only = getenv("WORST");

	(void)state;
	for (unsigned i = 0; i < worst_count; i++)
		if (!only || !strcmp(only, worst_all[i].name))
			judge(&worst_all[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_worst_frame_costs_a_few_honest_ones),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
