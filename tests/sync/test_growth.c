/* SPDX-License-Identifier: GPL-3.0-or-later
 * How much a hub and the county above it grow by what an enrolled station sends.
 */
#include "worst.h"

#include "store/identity.h"
#include "store/rows/internal.h"
#include "sync/swap.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static void good(enum rc rc, const struct fault *fault)
{
	if (rc)
		fail_msg("%s", fault->text);
}

/* Bytes of the pages that are in use. */
static int64_t size_of(struct store *store)
{
	return (db_number(store->db, "PRAGMA page_count", 0) -
		       db_number(store->db, "PRAGMA freelist_count", 0)) *
	       db_number(store->db, "PRAGMA page_size", 0);
}

/* What is sent, and what it may cost: a fact counts as at least so many bytes, for its place in the
 * order of arrival, in its record and in lists costs as much for a short one as for a long one. */
enum { COUNTS_AS = 128, TIMES = 4 };

struct sent {
	uint64_t facts, bytes, counted, wire;
};

static void send(struct load *load, struct sent *sent)
{
	struct buf frame = {0}, answer = {0};
	struct fault fault;

	load->number++;
	load_frame(load, &frame);
	struct bytes ask = buf_bytes(&frame);
	good(hub_answer(load->to, &ask, &answer, 1, &fault), &fault);
	sent->wire += frame.len;
	sent->facts += load->count;
	for (size_t i = 0; i < load->count; i++) {
		size_t len = load->facts[i].raw.len + load->facts[i].sig.len;
		sent->bytes += len;
		sent->counted += len < COUNTS_AS ? COUNTS_AS : len;
	}
	load->count = 0;
	buf_release(&frame);
	buf_release(&answer);
}

static const struct worst *named(const char *name)
{
	const struct worst *worst = worst_all;

	while (strcmp(worst->name, name) != 0)
		worst++;
	return worst;
}

static void judge(const char *name, unsigned frames)
{
	const struct worst *worst = named(name);
	struct load load;
	struct sent sent = {0};

	load_begin(&load, worst->way);
	struct three *w = load.world;
	int64_t hub = size_of(load.to), county = size_of(w->county);
	for (unsigned i = 0; i < frames; i++) {
		worst->make(&load, worst->n);
		send(&load, &sent);
	}
	if (worst->way == TO_TOWN)
		assert_true(world_sync(w->town, &w->to_county, 400, &w->result));
	hub = size_of(load.to) - hub;
	county = size_of(w->county) - county;
	printf("  %-20s %6llu facts, %8llu bytes, %7llu on the wire: the hub grows %8lld (%4.1f "
	       "times), the county %8lld (%4.1f)\n",
		name, (unsigned long long)sent.facts, (unsigned long long)sent.bytes,
		(unsigned long long)sent.wire, (long long)hub, (double)hub / (double)sent.bytes,
		(long long)county, (double)county / (double)sent.bytes);
	fflush(stdout);
	assert_true((uint64_t)hub <= TIMES * sent.counted);
	assert_true((uint64_t)county <= TIMES * sent.counted);
	load_end(&load);
}

static void facts_grow_a_hub_and_the_county_four_times(void **state)
{
	(void)state;
	judge("plain", 6);
	judge("tiny", 4);
	judge("indexed", 4);
	judge("steps without record", 4);
	judge("long texts", 1);
	judge("many lines", 1);
	judge("titles", 30);
	judge("signed", 6);
	judge("unproven", 2);
	judge("refused", 4);
	judge("strangers", 4);
	judge("grants", 4);
}

/* A statement makes its hub write a grant, which the county hears: so much each, and so many. */
static void ends_cost_a_few_kilobytes_each(void **state)
{
	enum { EACH = 4096, SLACK = 64 * 1024 };
	struct load load;
	struct keys old, next;
	struct fault fault;

	(void)state;
	load_begin(&load, TO_TOWN);
	struct three *w = load.world;
	int64_t hub = size_of(load.to), county = size_of(w->county);
	old = load.keys;
	for (unsigned i = 0; i < 4 * LIMIT_DAY_ENDS; i++) {
		uint8_t statement[SUCCESSOR_SIZE];
		struct buf answer = {0};
		char seed[24];
		snprintf(seed, sizeof seed, "next-%u", i);
		keys_from_seed(&next, seed);
		successor_make(&old, &next, "VIL", statement);
		struct bytes ask = bytes_of(statement, sizeof statement);
		good(hub_answer(load.to, &ask, &answer, 1, &fault), &fault);
		buf_release(&answer);
		old = next;
	}
	assert_true(world_sync(w->town, &w->to_county, 400, &w->result));
	hub = size_of(load.to) - hub;
	county = size_of(w->county) - county;
	printf("  %d ends of a site, %d followed: the hub grows %lld, the county %lld\n",
		4 * LIMIT_DAY_ENDS, LIMIT_DAY_ENDS, (long long)hub, (long long)county);
	assert_true(hub <= LIMIT_DAY_ENDS * EACH + SLACK);
	assert_true(county <= LIMIT_DAY_ENDS * EACH + SLACK);
	load_end(&load);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(facts_grow_a_hub_and_the_county_four_times),
		cmocka_unit_test(ends_cost_a_few_kilobytes_each),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
