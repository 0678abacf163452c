/* SPDX-License-Identifier: GPL-3.0-or-later
 * A first report from a village to its county over two links of 9,600 bit/s that are there for 50
 * seconds and gone for ten: wherever in the minute it begins, it is at the county within half a
 * minute, the village knows that, and it costs a fraction of what a known mail system for such
 * links needs for one hop (heads of HTTP and TCP not counted). The clock is made up: no second is
 * waited for.
 * Covers: T1
 */
#include "world.h"

#include "base/when.h"
#include "model/kinds.h"
#include "store/identity.h"
#include "store/station.h"
#include "sync/wire.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

enum {
	BITS = 9600,
	DELAY_MS = 300, /* each way */
	UP_MS = 50000,
	ROUND_MS = 60000,
	REDIAL_MS = 5000, /* after what failed */
	WITHIN_MS = 30000,
	EMPTY_BYTES = 1000, /* of a session with nothing to say, both ways */
	/* One hop of a report of 64 bytes, measured with NNCP 8.8.2 at this speed, no cuts: 59.8 KB
	   there and 41.8 KB back; with these cuts 101 s. */
	PEER_UP = 59800,
	PEER_DOWN = 41800
};
#define BEGINS INT64_C(1784000000)

/* Milliseconds since BEGINS; the stores see its seconds. */
static int64_t now_ms;

static void pass(int64_t ms)
{
	now_ms += ms;
	when_hold(BEGINS + now_ms / 1000);
}

/* OFFSET_MS: how far into its minute the link is when the clock begins. */
struct narrow {
	struct store *hub;
	int64_t offset_ms;
	uint64_t up, down;
	unsigned cuts;
};

/* Milliseconds until it goes; 0: it is gone. */
static int64_t there(const struct narrow *narrow)
{
	int64_t at = (now_ms + narrow->offset_ms) % ROUND_MS;

	return at < UP_MS ? UP_MS - at : 0;
}

/* Carries LEN bytes one way; false: it was cut on the way, and *BYTES has what was spent. */
static bool carry(struct narrow *narrow, size_t len, uint64_t *bytes)
{
	int64_t wanted = DELAY_MS + (int64_t)len * 8 * 1000 / BITS, left = there(narrow);

	if (wanted <= left) {
		*bytes += len;
		pass(wanted);
		return true;
	}
	*bytes += (uint64_t)(left * BITS / 8000);
	narrow->cuts++;
	pass(left + REDIAL_MS);
	return false;
}

static enum rc narrow_swap(
	struct link *link, struct bytes ask, struct buf *answer, int wait_ms, struct fault *fault)
{
	struct narrow *narrow = (struct narrow *)link;

	(void)wait_ms;
	if (!carry(narrow, ask.len, &narrow->up))
		return fault_set(fault, RC_LINK, "cut on the way up");
	enum rc rc = hub_answer(narrow->hub, &ask, answer, 1, fault);
	if (!rc && !carry(narrow, answer->len, &narrow->down))
		return fault_set(fault, RC_LINK, "cut on the way down");
	return rc;
}

static void narrow_count(const struct link *link, struct link_count *out)
{
	const struct narrow *narrow = (const struct narrow *)link;

	*out = (struct link_count){narrow->up, narrow->down, 1};
}

static void narrow_close(struct link *link)
{
	(void)link;
}

static const struct link_ops link_narrow = {
	"narrow", NULL, narrow_swap, narrow_count, narrow_close};

/* One session; true: all is above, by its own word. */
static bool session(struct store *lower, struct narrow *narrow)
{
	struct sync_result result = {0};
	struct sync_line line = {
		&link_narrow, (struct link *)narrow, (1 << LANES) - 1, 40, LINE_NO_FILES, false};
	struct fault fault = {0};
	struct peer peer;

	assert_int_equal(peer_load(lower, &peer, &fault), RC_OK);
	enum rc rc = sync_round(lower, &peer, &line, &result, &fault);
	if (rc && rc != RC_LINK)
		fail_msg("%s", fault.text);
	return !rc && result.complete;
}

static struct ref first_report(struct store *village)
{
	struct op op = {.kind = KIND_report, .area = village_area};
	struct value event = value_text("11B01"), stage = value_text("first"), dead = value_num(2),
		     text = value_text("北坡崖头塌方，埋2人，道路中断");
	struct buf body = {0};
	struct fault fault;

	put_field(&body, report_event, &event);
	put_field(&body, report_stage, &stage);
	put_field(&body, report_dead, &dead);
	put_field(&body, report_text, &text);
	op.body = buf_bytes(&body);
	assert_int_equal(store_write(village, &op, &fault), RC_OK);
	buf_release(&body);
	return (struct ref){op.rec_site, op.rec_seq};
}

static bool there_is(struct store *store, struct ref ref)
{
	struct arena arena = {0};
	struct row row;
	struct fault fault;
	enum rc rc = store_row(store, ref, &arena, &row, &fault);

	arena_release(&arena);
	return rc == RC_OK;
}

static bool village_knows(struct three *three, struct ref ref)
{
	return log_held(store_log(three->village), store_station(three->county)->site, ref.site,
		       ref.seq & 7) >= ref.seq >>
	       3;
}

static void settled(struct three *three, struct narrow *to_town, struct narrow *to_county)
{
	for (int n = 0; n < 20; n++)
		if (session(three->village, to_town) & session(three->town, to_county) && n > 2)
			return;
	fail_msg("they do not come to rest");
}

/* From the first second of it to the county, and back until the village knows; milliseconds. */
static int64_t flash(struct three *three, struct narrow *to_town, struct narrow *to_county)
{
	int64_t begun = now_ms, arrived = 0;
	struct ref ref = first_report(three->village);

	for (int n = 0; n < 40 && !village_knows(three, ref); n++) {
		session(three->village, to_town);
		if (there_is(three->town, ref))
			session(three->town, to_county);
		if (!arrived && there_is(three->county, ref))
			arrived = now_ms;
	}
	assert_true(village_knows(three, ref));
	assert_true(arrived > 0);
	return arrived - begun;
}

static void wherever_in_the_minute_it_begins(void **state)
{
	struct three *three = world_three(true);
	struct narrow to_town = {.hub = three->town}, to_county = {.hub = three->county};
	uint64_t most_up = 0, most_down = 0;
	int64_t longest = 0;

	(void)state;
	pass(0);
	settled(three, &to_town, &to_county);
	for (int64_t second = 0; second < 60; second++) {
		/* The two links are not gone at the same time. */
		now_ms = (now_ms / ROUND_MS + 1) * ROUND_MS;
		to_town.offset_ms = second * 1000;
		to_county.offset_ms = (second + 23) % 60 * 1000;
		to_town.up = to_town.down = to_county.up = to_county.down = 0;
		int64_t took = flash(three, &to_town, &to_county);

		if (took > longest)
			longest = took;
		if (to_town.up + to_county.up > most_up)
			most_up = to_town.up + to_county.up;
		if (to_town.down + to_county.down > most_down)
			most_down = to_town.down + to_county.down;
	}
	print_message("the longest took %.1f s; at most %lu bytes up and %lu down over both hops, "
		      "%u cuts\n",
		(double)longest / 1000, (unsigned long)most_up, (unsigned long)most_down,
		to_town.cuts + to_county.cuts);
	assert_true(to_town.cuts > 0 && to_county.cuts > 0);
	assert_true(longest <= WITHIN_MS);
	assert_true(most_up < PEER_UP / 10 && most_down < PEER_DOWN / 10);
	assert_int_equal(world_count(three->county, KIND_report), 60);
	world_three_end(three);
}

/* A mail system made against listeners sends 33.5 KB each way when there is nothing to say. */
static void nothing_to_say_costs_next_to_nothing(void **state)
{
	struct three *three = world_three(true);
	struct narrow to_town = {.hub = three->town}, to_county = {.hub = three->county};

	(void)state;
	pass(0);
	settled(three, &to_town, &to_county);
	to_town.up = to_town.down = 0;
	to_town.offset_ms = 0;
	now_ms = (now_ms / ROUND_MS + 1) * ROUND_MS;
	assert_true(session(three->village, &to_town));
	print_message("nothing to say: %lu bytes up, %lu down\n", (unsigned long)to_town.up,
		(unsigned long)to_town.down);
	assert_true(to_town.up + to_town.down <= EMPTY_BYTES);
	world_three_end(three);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wherever_in_the_minute_it_begins),
		cmocka_unit_test(nothing_to_say_costs_next_to_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
