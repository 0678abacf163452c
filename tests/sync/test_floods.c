/* SPDX-License-Identifier: GPL-3.0-or-later
 * A station that says again and again who it is, under names that it makes up, or with gaps: so
 * much is kept, the rest is counted, and whoever looks after the hub reads who it was.
 * Tests also: allowance.c successor.c intro.c dropped.c claims.c hub_serve.c outbox_claims.c.
 */
#include "outbox_text.h"
#include "worst.h"

#include "app/command.h"
#include "app/hub_cmd.h"
#include "app/sync_cmd.h"
#include "base/file.h"
#include "base/when.h"
#include "model/kinds.h"
#include "store/station.h"
#include "sync/keys.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

enum { DAY = 86400 };

static struct load load;

static int begin(void **state)
{
	(void)state;
	load_begin(&load, TO_TOWN);
	return 0;
}

static int end(void **state)
{
	(void)state;
	load_end(&load);
	return 0;
}

static void good(enum rc rc, const struct fault *fault)
{
	if (rc)
		fail_msg("%s", fault->text);
}

static void ask_town(struct bytes ask)
{
	struct buf answer = {0};
	struct fault fault;

	good(hub_answer(load.to, &ask, &answer, 1, &fault), &fault);
	buf_release(&answer);
}

struct claimed {
	uint64_t site, count;
	enum claim_what what;
};

static bool add_up(const struct claim *claim, void *to)
{
	struct claimed *claimed = to;

	if (claim->what == claimed->what) {
		claimed->count += claim->count;
		claimed->site = claim->site;
	}
	return true;
}

static struct claimed claims_of(enum claim_what what)
{
	struct claimed claimed = {.what = what};
	struct fault fault;

	good(claims_each(load.to, 0, add_up, &claimed, &fault), &fault);
	return claimed;
}

static bool count_site(const struct site *site, void *to)
{
	*(unsigned *)to += site->area == village_area;
	return true;
}

static unsigned sites(void)
{
	unsigned count = 0;
	struct fault fault;

	good(log_sites(store_log(load.to), count_site, &count, &fault), &fault);
	return count;
}

/* COUNT ends after those before, each shown to the township. */
static void end_so_often(struct keys *old, unsigned from, unsigned count)
{
	for (unsigned i = from; i < from + count; i++) {
		uint8_t statement[SUCCESSOR_SIZE];
		struct keys next;
		char seed[24];
		snprintf(seed, sizeof seed, "next-%u", i);
		keys_from_seed(&next, seed);
		successor_make(old, &next, "VIL", statement);
		ask_town(bytes_of(statement, sizeof statement));
		*old = next;
	}
}

static void a_site_ends_so_often_a_day(void **state)
{
	struct keys old = load.keys, last;
	unsigned before = sites();

	(void)state;
	end_so_often(&old, 0, LIMIT_DAY_ENDS);
	assert_int_equal(sites(), before + LIMIT_DAY_ENDS);
	assert_int_equal(claims_of(CLAIM_ENDS).count, 0);
	last = old;
	end_so_often(&old, LIMIT_DAY_ENDS, 3);
	assert_int_equal(sites(), before + LIMIT_DAY_ENDS);
	assert_int_equal(claims_of(CLAIM_ENDS).count, 1); /* of the others nobody is known */
	assert_true(claims_of(CLAIM_ENDS).site == store_station(load.from)->site);
	/* On the next day it is followed on. */
	when_skip(DAY);
	old = last;
	end_so_often(&old, LIMIT_DAY_ENDS, 3);
	assert_int_equal(sites(), before + LIMIT_DAY_ENDS + 3);
}

static void keys_change_so_often_a_day(void **state)
{
	uint64_t village = store_station(load.from)->site;
	struct site known;

	(void)state;
	for (unsigned i = 0; i < LIMIT_DAY_INTROS + 5; i++) {
		uint8_t all[INTRO_SIZE] = {3};
		for (unsigned b = 0; b < 4; b++)
			all[1 + b] = (uint8_t)((1000 + i) >> (8 * b));
		for (unsigned b = 0; b < 7; b++)
			all[5 + b] = (uint8_t)(village >> (8 * b));
		all[12] = (uint8_t)(1 + i);
		crypt_sign(&load.keys, bytes_of(all, INTRO_SIGNED), all + INTRO_SIGNED);
		ask_town(bytes_of(all, sizeof all));
	}
	assert_true(log_site(store_log(load.to), village, &known));
	assert_int_equal(known.agree_id, 1000 + LIMIT_DAY_INTROS - 1);
	assert_int_equal(claims_of(CLAIM_KEYS).count, 5);
	assert_true(claims_of(CLAIM_KEYS).site == village);
}

static void send(void)
{
	struct buf frame = {0};

	load.number++;
	load_frame(&load, &frame);
	ask_town(buf_bytes(&frame));
	buf_release(&frame);
	load.count = 0;
}

static void send_hazards(unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		struct op op = {.kind = KIND_hazard};
		load_fact(&load, &op, LANE_LOOP, false);
	}
	send();
}

static bool count_range(const struct dropped *dropped, void *to)
{
	(void)dropped;
	++*(unsigned *)to;
	return true;
}

static unsigned ranges(void)
{
	unsigned count = 0;
	struct fault fault;

	for (int state = DROPPED_NEW; state <= DROPPED_AGAIN; state++)
		good(dropped_each(store_log(load.to), (enum dropped_state)state, count_range,
			     &count, &fault),
			&fault);
	return count;
}

static void names_that_are_made_up_fill_nothing(void **state)
{
	(void)state;
	for (unsigned turn = 0; turn < 3; turn++) {
		for (unsigned i = 0; i < LIMIT_FRAME_TAKEN; i++) {
			struct op op = {.kind = KIND_hazard,
				.site = (load_random(&load) << 12 | i) & UINT64_C(0xffffffffffffff),
				.seq = 8 + LANE_LOOP};
			load_fact(&load, &op, LANE_LOOP, false);
		}
		send();
	}
	assert_in_range(ranges(), 1000, LIMIT_STRANGERS);
}

static void gaps_make_no_more_ranges(void **state)
{
	uint64_t village = store_station(load.from)->site;

	(void)state;
	for (unsigned turn = 0; turn < 3; turn++) {
		for (unsigned i = 0; i < 3000; i++) {
			struct op op = {.kind = KIND_hazard, .area = other_area};
			load.next[LANE_LOOP]++;
			load_fact(&load, &op, LANE_LOOP, false);
		}
		send();
	}
	assert_in_range(ranges(), 900, LIMIT_RANGES + 5);
	/* None of them counts as held, in the first as in the last. */
	assert_true(dropped_has(store_log(load.to), village, load.next[LANE_LOOP] * 8 + LANE_LOOP));
}

/* An import without end: so much a day, then little at a time for a while, then it waits. */
static void a_day_takes_so_much(void **state)
{
	uint64_t village = store_station(load.from)->site;
	unsigned most = LIMIT_DAY_FACTS + LIMIT_DAY_MORE, held;

	(void)state;
	for (unsigned i = 0; i < most / LIMIT_FRAME_TAKEN + 2; i++)
		send_hazards(LIMIT_FRAME_TAKEN);
	held = log_author(store_log(load.to), village, LANE_LOOP);
	assert_in_range(held, LIMIT_DAY_FACTS - LIMIT_FRAME_TAKEN, LIMIT_DAY_FACTS);
	assert_true(claims_of(CLAIM_MUCH).count > 0);
	assert_true(claims_of(CLAIM_MUCH).site == village);
	load.next[LANE_LOOP] = held; /* what was not taken comes again */
	send_hazards(LIMIT_DAY_LITTLE);
	assert_int_equal(
		log_author(store_log(load.to), village, LANE_LOOP), held + LIMIT_DAY_LITTLE);
	when_skip(DAY);
	send_hazards(LIMIT_FRAME_TAKEN);
	assert_int_equal(log_author(store_log(load.to), village, LANE_LOOP),
		held + LIMIT_DAY_LITTLE + LIMIT_FRAME_TAKEN);
}

/* ---- whoever looks after the hub reads who it was */

static void has(const char *text, const char *one, const char *two)
{
	if (!strstr(text, one) || !strstr(text, two))
		fail_msg("neither \"%s\" nor \"%s\" may miss: %s", one, two, text);
}

static void outbox_says(const char *one, const char *two)
{
	struct buf all = {0};

	outbox_text_put(load.to, &all);
	has(buf_cstr(&all), one, two);
	buf_release(&all);
}

/* What `site claims --json` prints. */
static void claims_say(struct app *app, const char *name)
{
	struct buf text = {0};
	struct fault fault;
	char path[600], line[120];

	snprintf(path, sizeof path, "%s/claims.out", app->home);
	app->json = true;
	fflush(stdout);
	int saved = dup(STDOUT_FILENO), file = open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
	dup2(file, STDOUT_FILENO);
	int code = sync_claims(app);
	fflush(stdout);
	dup2(saved, STDOUT_FILENO);
	close(saved);
	close(file);
	assert_int_equal(code, 0);
	good(file_read(path, 1 << 20, &text, &fault), &fault);
	snprintf(line, sizeof line, "{\"site\":\"%s\",\"what\":\"dropped\",\"count\":80,", name);
	has(buf_cstr(&text), line, line);
	snprintf(line, sizeof line, "{\"site\":\"%s\",\"what\":\"ends\",\"count\":1,", name);
	has(buf_cstr(&text), line, line);
	buf_release(&text);
}

static void the_outputs_name_who_floods(void **state)
{
	struct app app = {.store = load.to};
	struct hub hub = {.app = &app};
	struct buf text = {0}, answer = {0}, frame = {0};
	struct keys old = load.keys;
	struct fault fault;
	char path[600], name[20];

	(void)state;
	snprintf(app.home, sizeof app.home, "%s", store_home(load.to));
	site_hex(store_station(load.from)->site, name);
	for (unsigned i = 0; i < 100; i++) {
		struct op op = {.kind = KIND_hazard, .area = other_area};
		load_fact(&load, &op, LANE_LOOP, false);
	}
	/* Facts in the name of the township as well. */
	struct op own = {.kind = KIND_hazard,
		.site = store_station(load.to)->site,
		.seq = 9000 * 8 + LANE_LOOP,
		.area = village_area};
	load_fact(&load, &own, LANE_LOOP, false);
	load_frame(&load, &frame);
	struct bytes ask = buf_bytes(&frame);
	good(hub_serve(&hub, &ask, &answer, 1, &fault), &fault);
	end_so_often(&old, 0, LIMIT_DAY_ENDS);
	end_so_often(&old, LIMIT_DAY_ENDS, 1);
	when_skip(3700);
	good(hub_serve(&hub, &ask, &answer, 1, &fault), &fault);

	hub_metrics(&hub, &text);
	char line[120];
	snprintf(line, sizeof line, "outpost_site_dropped_total{site=\"%s\"} 80\n", name);
	has(buf_cstr(&text), line, "outpost_dropped_total 80\n");
	/* Of a hundred, twenty are kept. */
	snprintf(line, sizeof line,
		"outpost_site_refused{site=\"%s\",area=\"410882103205\",name=\"village\"} 20\n",
		name);
	has(buf_cstr(&text), line, "outpost_refused 20\n");
	snprintf(line, sizeof line, "outpost_unproven_claims_total{site=\"%s\",what=\"ends\"} 1\n",
		name);
	has(buf_cstr(&text), line, line);
	buf_clear(&text);
	snprintf(path, sizeof path, "%s/hub.log", app.home);
	good(file_read(path, 1 << 20, &text, &fault), &fault);
	snprintf(line, sizeof line, "%s 一天 80 条，共 80 条", name);
	has(buf_cstr(&text), "拒收太多", line);
	snprintf(line, sizeof line, "%s %s，1次", name, claim_text(CLAIM_ENDS));
	has(buf_cstr(&text), "没有凭据的说法", line);
	outbox_says("village：不归它写的太多", "共80条");
	outbox_says(claim_text(CLAIM_ENDS), "1次");
	claims_say(&app, name);
	hub_close(&hub);
	buf_release(&text);
	buf_release(&answer);
	buf_release(&frame);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_site_ends_so_often_a_day, begin, end),
		cmocka_unit_test_setup_teardown(keys_change_so_often_a_day, begin, end),
		cmocka_unit_test_setup_teardown(names_that_are_made_up_fill_nothing, begin, end),
		cmocka_unit_test_setup_teardown(gaps_make_no_more_ranges, begin, end),
		cmocka_unit_test_setup_teardown(a_day_takes_so_much, begin, end),
		cmocka_unit_test_setup_teardown(the_outputs_name_who_floods, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
