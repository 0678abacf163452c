/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a grant lets a station write, and until when: expired, wrong place, wrong rights, revoked,
 * as a matrix of levels, places, rights and kinds; renewal; what is told to whom.
 * Tests also: renew.c grant.c hold.c invite.c validate.c carried.c
 */
#include "world.h"

#include "base/when.h"
#include "model/area.h"
#include "model/kinds.h"
#include "model/rules.h"
#include "store/identity.h"
#include "store/station.h"
#include "store/rows/internal.h"
#include "sync/enrol.h"
#include "sync/swap.h"
#include "sync/swap/internal.h"
#include "sync/take/internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { DAY = 86400 };

static void join(struct store *lower, struct store *upper, const char *name, uint64_t area,
	const struct terms *terms)
{
	char text[TOKEN_TEXT];
	struct token token;
	struct fault fault;
	struct buf ask = {0}, answer = {0};
	struct bytes asks[1];

	assert_int_equal(enrol_invite(upper,
				 &(struct guest){.area = area,
					 .level = area_level(area),
					 .name = name,
					 .ways = "http://127.0.0.1:1",
					 .terms = *terms},
				 text, &fault),
		RC_OK);
	assert_int_equal(token_read(text, &token, &fault), RC_OK);
	assert_int_equal(enrol_ask(lower, &token, &ask, &fault), RC_OK);
	asks[0] = buf_bytes(&ask);
	assert_int_equal(hub_answer(upper, asks, &answer, 1, &fault), RC_OK);
	assert_int_equal(enrol_apply(lower, buf_bytes(&answer), &fault), RC_OK);
	buf_release(&ask);
	buf_release(&answer);
}

static void start(struct three *w, const struct terms *town, const struct terms *village)
{
	*w = (struct three){.county = world_station("county", county_area),
		.town = world_station("town", town_area),
		.village = world_station("village", village_area)};
	join(w->town, w->county, "town", town_area, town);
	join(w->village, w->town, "village", village_area, village);
	w->to_town = (struct road){.hub = w->town, .seed = 1};
	w->to_county = (struct road){.hub = w->county, .seed = 2};
}

static void stop(struct three *w)
{
	world_end(w->county);
	world_end(w->town);
	world_end(w->village);
}

static void village_syncs(struct three *w)
{
	assert_true(world_sync(w->village, &w->to_town, 4, &w->result));
}

static void town_syncs(struct three *w)
{
	assert_true(world_sync(w->town, &w->to_county, 4, &w->result));
}

static void all_sync(struct three *w)
{
	village_syncs(w);
	town_syncs(w);
	village_syncs(w);
}

/* What a station says that does not ask its own program whether it may: its keys, its numbers, and
 * a signature that fits. AT 0: now. */
static struct ref forge(struct store *store, unsigned kind, uint64_t area, int64_t at)
{
	enum lane lane = lane_of(kind_of(kind), 0, bytes_text(""));
	uint64_t site = store_station(store)->site;
	struct op op = {.kind = kind, .area = area, .site = site, .rec_site = site};
	struct buf raw = {0}, body = {0};
	struct value value = value_text("假");
	uint8_t sig[SIGN_SIZE];
	struct fault fault;
	bool fresh;

	op.seq = op.rec_seq = (log_author(store_log(store), site, lane) + 1) * 8 + lane;
	op.stamp = (uint64_t)(at ? at : when_now()) * STAMP_TICK + op.seq;
	put_field(&body,
		kind == KIND_warning  ? (unsigned)warning_headline
		: kind == KIND_hazard ? (unsigned)hazard_place
				      : 1u,
		&value);
	op.body = buf_bytes(&body);
	op_put(&raw, &op);
	crypt_sign(store_keys(store), buf_bytes(&raw), sig);
	bool is_signed = kind_of(kind)->flags & K_SIGNED;
	assert_int_equal(log_append(store_log(store), buf_bytes(&raw),
				 bytes_of(sig, is_signed ? sizeof sig : 0), 0, &fresh, &fault),
		RC_OK);
	assert_true(fresh);
	buf_release(&raw);
	buf_release(&body);
	return (struct ref){site, op.seq};
}

struct reasons {
	const char *wanted;
	char about[16];
	unsigned count;
};

static bool count_reason(const struct row *row, void *to)
{
	struct reasons *reasons = to;
	const struct value *value = row_value(row, refusal_reason);

	reasons->count +=
		bytes_equal(value->text, bytes_text(reasons->wanted)) &&
		bytes_equal(row_value(row, refusal_site)->text, bytes_text(reasons->about));
	return true;
}

/* How often STORE has heard that something of its own is refused for REASON. */
static unsigned told(struct store *store, const char *reason)
{
	struct query query = query_all(KIND_refusal);
	struct reasons reasons = {.wanted = reason};
	struct fault fault;

	site_hex(store_station(store)->site, reasons.about);

	assert_int_equal(store_each(store, &query, count_reason, &reasons, &fault), RC_OK);
	return reasons.count;
}

/* What the station's own program says. */
static enum rc write_own(struct store *store, unsigned kind, uint64_t area)
{
	struct value value = value_text("真");
	struct op op = {.kind = kind, .area = area};
	struct buf body = {0};
	struct fault fault;
	enum rc rc;

	put_field(&body, kind == KIND_hazard ? (unsigned)hazard_place : 11u, &value);
	if (kind == KIND_order) {
		buf_clear(&body);
		put_field(&body, 1, &value);
	}
	op.body = buf_bytes(&body);
	rc = store_write(store, &op, &fault);
	buf_release(&body);
	return rc;
}

static void levels_places_rights_and_kinds(void **state)
{
	static const struct {
		const char *rights;
		bool may[3];
	} grants[] = {{"all", {true, true, true}}, {"none", {true, false, false}},
		{"warn", {true, true, false}}, {"order,invite", {true, false, true}}};
	static const unsigned kinds_of[] = {KIND_hazard, KIND_warning, KIND_order};

	(void)state;
	for (size_t g = 0; g < countof(grants); g++) {
		const struct terms all = {0};
		struct terms terms = {0};
		struct three w;
		struct ref ref[3][2][2];
		unsigned refused = 0;

		assert_true(rights_read(grants[g].rights, &terms.rights));
		start(&w, &all, &terms);
		/* The township's rights go after its invitation of the village. */
		all_sync(&w);
		join(w.town, w.county, "town", town_area, &terms);
		town_syncs(&w);
		village_syncs(&w);
		for (unsigned k = 0; k < 3; k++) {
			enum rc wanted = grants[g].may[k] ? RC_OK : RC_DENIED;
			assert_int_equal(write_own(w.village, kinds_of[k], 0), wanted);
			assert_int_equal(write_own(w.town, kinds_of[k], 0), wanted);
			for (unsigned by = 0; by < 2; by++) {
				struct store *author = by ? w.town : w.village;
				ref[k][by][0] = forge(
					author, kinds_of[k], by ? town_area : village_area, 0);
				ref[k][by][1] = forge(author, kinds_of[k],
					by ? UINT64_C(410882104000) : other_area, 0);
				refused += !by * (1 + !grants[g].may[k]);
			}
		}
		all_sync(&w);
		village_syncs(&w);
		for (unsigned k = 0; k < 3; k++)
			for (unsigned by = 0; by < 2; by++) {
				int wanted = grants[g].may[k] ? FACT_GOOD : FACT_REFUSED;
				if (!by)
					assert_int_equal(
						world_state(w.town, ref[k][by][0]), wanted);
				if (!by)
					assert_int_equal(
						world_state(w.town, ref[k][by][1]), FACT_REFUSED);
				assert_int_equal(world_state(w.county, ref[k][by][0]), wanted);
				assert_int_equal(
					world_state(w.county, ref[k][by][1]), FACT_REFUSED);
				/* By what its own chain says, the village knows what the
				 * township may. */
				if (by)
					assert_int_equal(
						world_state(w.village, ref[k][by][0]), wanted);
			}
		/* Its own changed program shows it its own; no other's. */
		assert_int_equal(world_count(w.village, KIND_warning), grants[g].may[1] ? 4 : 1);
		assert_int_equal(world_count(w.town, KIND_warning), grants[g].may[1] ? 4 : 1);
		assert_int_equal(world_count(w.county, KIND_warning), grants[g].may[1] ? 4 : 0);
		assert_int_equal(told(w.village, "rights") + told(w.village, "area"), 2 * refused);
		stop(&w);
	}
}

/* Who may not invite makes no station that others believe. */
static void who_may_not_invite_grants_nothing(void **state)
{
	const struct terms all = {0};
	struct terms terms = {0};
	struct store *guest = world_station("guest", other_area);
	struct site site, known;
	struct fault fault;
	struct three w;

	(void)state;
	start(&w, &all, &all);
	assert_true(rights_read("warn,order", &terms.rights));
	join(w.town, w.county, "town", town_area, &terms);
	assert_true(log_site(store_log(w.town), store_station(w.town)->site, &site));
	site.rights = RIGHTS_ALL; /* its program was changed */
	assert_int_equal(log_site_set(store_log(w.town), &site, &fault), RC_OK);
	join(guest, w.town, "guest", other_area, &all);
	town_syncs(&w);
	assert_true(log_site(store_log(w.town), store_station(guest)->site, &known));
	assert_false(
		log_site(store_log(w.county), store_station(guest)->site, &known) && known.area);
	world_end(guest);
	stop(&w);
}

static void after_its_end_nothing_counts_until_it_has_a_new_one(void **state)
{
	int64_t now = when_now();
	const struct terms all = {0}, ten = {.until = now + 10 * DAY};
	struct three w;
	struct ref early, late, late_warning;

	(void)state;
	start(&w, &all, &ten);
	all_sync(&w);
	when_skip(10 * DAY + DAY / 2); /* clocks may differ by that */
	assert_int_equal(write_own(w.village, KIND_warning, 0), RC_OK);
	village_syncs(&w);
	assert_int_equal(world_count(w.town, KIND_warning), 1);
	when_skip(2 * DAY);
	early = forge(w.village, KIND_hazard, village_area, now + 9 * DAY);
	late = forge(w.village, KIND_hazard, village_area, 0);
	late_warning = forge(w.village, KIND_warning, village_area, 0);
	/* People go on recording; nobody is woken. */
	assert_int_equal(write_own(w.village, KIND_hazard, 0), RC_OK);
	assert_int_equal(write_own(w.village, KIND_warning, 0), RC_DENIED);
	struct ref acks = world_hazard(w.town, village_area, "镇上写的");
	all_sync(&w);
	village_syncs(&w);
	assert_int_equal(world_state(w.town, early), FACT_GOOD);
	assert_int_equal(world_state(w.town, late), FACT_REFUSED);
	assert_int_equal(world_state(w.town, late_warning), FACT_REFUSED);
	assert_int_equal(world_state(w.county, early), FACT_GOOD);
	assert_int_equal(world_state(w.county, late), FACT_REFUSED);
	assert_int_equal(world_state(w.county, late_warning), FACT_REFUSED);
	assert_int_equal(world_count(w.county, KIND_warning), 1);
	assert_int_equal(told(w.village, "expired"), 6); /* three facts, two levels */
	assert_int_equal(store_refused(w.village), 3);
	assert_int_equal(world_state(w.village, acks), -1);
	/* A new invitation: all of it counts, everywhere, and nothing that it missed is missing. */
	join(w.village, w.town, "village", village_area, &all);
	all_sync(&w);
	village_syncs(&w);
	assert_int_equal(world_state(w.town, late), FACT_GOOD);
	assert_int_equal(world_state(w.county, late), FACT_GOOD);
	assert_int_equal(world_count(w.county, KIND_warning), 2);
	assert_int_equal(told(w.village, "lifted"), 6);
	assert_int_equal(store_refused(w.village), 0);
	assert_int_equal(world_state(w.village, acks), FACT_GOOD);
	stop(&w);
	when_skip(-(12 * DAY + DAY / 2));
}

/* A hub whose clock, and so its village's, was years ahead: what it refused counts when it is set
 * right. */
static void a_clock_set_right_takes_its_refusals_back(void **state)
{
	const struct terms all = {0}, ten = {.until = when_now() + 10 * DAY};
	struct three w;

	(void)state;
	start(&w, &all, &ten);
	all_sync(&w);
	when_skip(4000 * DAY);
	struct ref late = forge(w.village, KIND_hazard, village_area, 0);
	village_syncs(&w);
	assert_int_equal(world_state(w.town, late), FACT_REFUSED);
	when_skip(-4000 * DAY);
	village_syncs(&w);
	assert_int_equal(world_state(w.town, late), FACT_GOOD);
	village_syncs(&w);
	assert_int_equal(told(w.village, "lifted"), 1);
	assert_int_equal(store_refused(w.village), 0);
	stop(&w);
}

/* The author's clock alone does not end a grant. */
static void a_clock_years_ahead_ends_nothing(void **state)
{
	const struct terms all = {0}, ten = {.until = when_now() + 10 * DAY};
	struct three w;

	(void)state;
	start(&w, &all, &ten);
	struct ref ref = forge(w.village, KIND_hazard, village_area, when_now() + 900 * DAY);
	village_syncs(&w);
	assert_int_equal(world_state(w.town, ref), FACT_GOOD);
	village_syncs(&w);
	assert_int_equal(told(w.village, "clock"), 1);
	stop(&w);
}

static int64_t until_of(struct store *store, struct store *of)
{
	struct site site = {0};

	assert_true(log_site(store_log(store), store_station(of)->site, &site));
	return site.until;
}

static void carry(struct store *from, struct store *to)
{
	struct carry_count count;
	struct buf file = {0};
	struct site site;
	struct fault fault;
	uint64_t sender;

	assert_true(log_site(store_log(from), store_station(to)->site, &site));
	assert_int_equal(carry_pack(from, &site, &file, &count, &fault), RC_OK);
	assert_int_equal(carry_take(to, buf_bytes(&file), &sender, &count, &fault), RC_OK);
	buf_release(&file);
}

static void it_begins_anew_while_the_station_is_heard(void **state)
{
	const struct terms term = {.days = 100};
	struct three w;

	(void)state;
	start(&w, &term, &term);
	all_sync(&w);
	int64_t first = until_of(w.village, w.village);
	assert_true(first > when_now() + 99 * DAY);
	unsigned grants = world_count(w.county, KIND_grant);
	when_skip(40 * DAY);
	all_sync(&w);
	assert_true(until_of(w.village, w.village) == first);
	assert_int_equal(world_count(w.county, KIND_grant), grants);
	when_skip(20 * DAY);
	all_sync(&w);
	all_sync(&w);
	assert_true(until_of(w.village, w.village) >= first + 59 * DAY);
	assert_true(until_of(w.county, w.village) == until_of(w.village, w.village));
	assert_true(until_of(w.village, w.town) == until_of(w.county, w.town));
	assert_int_equal(world_count(w.county, KIND_grant), grants + 2);
	/* On foot, too. */
	when_skip(60 * DAY);
	int64_t second = until_of(w.village, w.village);
	carry(w.village, w.town);
	carry(w.town, w.village);
	/* The township has no more. */
	assert_true(until_of(w.village, w.village) == until_of(w.village, w.town));
	second = until_of(w.village, w.village);
	carry(w.town, w.county);
	carry(w.county, w.town);
	carry(w.town, w.village);
	assert_true(until_of(w.village, w.village) > second);
	/* Nobody was heard for long: the township has to be heard first, then all is good. */
	when_skip(300 * DAY);
	struct ref ref = world_hazard(w.village, 0, "隔了一年");
	village_syncs(&w);
	assert_int_equal(world_state(w.town, ref), FACT_REFUSED);
	town_syncs(&w);
	all_sync(&w);
	all_sync(&w);
	assert_int_equal(world_state(w.town, ref), FACT_GOOD);
	assert_int_equal(world_state(w.county, ref), FACT_GOOD);
	assert_int_equal(store_refused(w.village), 0);
	assert_int_equal(write_own(w.village, KIND_warning, 0), RC_OK);
	stop(&w);
	when_skip(-420 * DAY);
}

struct grants {
	struct arena arena;
	struct fact facts[8];
	struct op ops[8];
	size_t count;
};

static bool gather_newest_first(const struct fact *fact, void *to)
{
	struct grants *grants = to;
	struct op op;

	assert_true(op_take(fact->raw, &op));
	if (op.kind != KIND_grant || grants->count == countof(grants->facts))
		return true;
	memmove(grants->ops + 1, grants->ops, grants->count * sizeof op);
	memmove(grants->facts + 1, grants->facts, grants->count++ * sizeof *fact);
	grants->facts[0] = (struct fact){.site = fact->site,
		.seq = fact->seq,
		.raw = arena_bytes(&grants->arena, fact->raw),
		.sig = arena_bytes(&grants->arena, fact->sig)};
	assert_true(op_take(grants->facts[0].raw, &grants->ops[0]));
	grants->ops[0].sig = grants->facts[0].sig;
	return true;
}

static void the_newest_grant_counts_in_any_order(void **state)
{
	struct author_held alarms = {.upto = {[LANE_ALARM] = UINT32_MAX}};
	const struct terms all = {0}, term = {.days = 100};
	struct grants grants = {.count = 0};
	struct site town;
	struct three w;
	struct taken taken;
	struct fault fault;

	(void)state;
	start(&w, &all, &term);
	village_syncs(&w);
	when_skip(60 * DAY);
	village_syncs(&w);
	alarms.site = store_station(w.town)->site;
	assert_int_equal(log_recent(store_log(w.town), &alarms, SIZE_MAX, gather_newest_first,
				 &grants, &fault),
		RC_OK);
	assert_int_equal(grants.count, 2);
	struct message message = {.facts = grants.facts, .ops = grants.ops, .fact_count = 2};
	assert_true(log_site(store_log(w.county), store_station(w.town)->site, &town));
	assert_int_equal(store_begin(w.county, &fault), RC_OK);
	assert_int_equal(facts_take(w.county, &town, &message, true, &taken, &fault), RC_OK);
	assert_int_equal(store_commit(w.county, &fault), RC_OK);
	assert_int_equal(taken.fresh, 2);
	assert_true(until_of(w.county, w.village) == until_of(w.town, w.village));
	arena_release(&grants.arena);
	stop(&w);
	when_skip(-60 * DAY);
}

static void who_was_revoked_is_heard_no_more(void **state)
{
	const struct terms all = {0};
	struct three w;
	struct peer peer;
	struct fault fault = {0};

	(void)state;
	start(&w, &all, &all);
	all_sync(&w);
	struct ref before = forge(w.village, KIND_warning, village_area, 0);
	when_skip(60);
	assert_int_equal(
		enrol_revoke(w.town, store_station(w.village)->site, "丢失", &fault), RC_OK);
	when_skip(60);
	struct ref after = forge(w.village, KIND_warning, village_area, 0);
	assert_int_equal(peer_load(w.village, &peer, &fault), RC_OK);
	assert_int_equal(sync_round(w.village, &peer,
				 &(struct sync_line){&link_road, road_link(&w.to_town), EVERY_LANE,
					 5, LINE_NO_FILES, false},
				 &w.result, &fault),
		RC_DENIED);
	assert_int_equal(world_state(w.town, before), -1);
	/* By another road to one that has not heard of it, and then has: what came before it was
	 * revoked stays, what it writes later is refused. */
	town_syncs(&w);
	struct arena arena = {0};
	struct fact fact;
	bool fresh;
	for (int i = 0; i < 2; i++) {
		struct ref ref = i ? after : before;
		assert_true(log_fact(store_log(w.village), ref.site, ref.seq, &arena, &fact));
		assert_int_equal(log_append(store_log(w.county), fact.raw, fact.sig,
					 via_of(store_station(w.town)->site), &fresh, &fault),
			RC_OK);
	}
	arena_release(&arena);
	assert_int_equal(world_state(w.county, before), FACT_GOOD);
	assert_int_equal(world_state(w.county, after), FACT_REFUSED);
	struct op op = {.site = after.site,
		.seq = after.seq,
		.rec_site = after.site,
		.rec_seq = after.seq,
		.kind = KIND_warning,
		.area = village_area,
		.stamp = (uint64_t)when_now() * STAMP_TICK};
	assert_string_equal(log_objection(store_log(w.county), &op), "revoked");
	/* Nor does it come back with an invitation that it finds. */
	char text[TOKEN_TEXT];
	struct token token;
	struct buf ask = {0}, answer = {0};
	assert_int_equal(enrol_invite(w.town,
				 &(struct guest){.area = village_area,
					 .level = LEVEL_VILLAGE,
					 .name = "village",
					 .ways = ""},
				 text, &fault),
		RC_OK);
	assert_int_equal(token_read(text, &token, &fault), RC_OK);
	assert_int_equal(enrol_ask(w.village, &token, &ask, &fault), RC_OK);
	struct bytes asks[1] = {buf_bytes(&ask)};
	assert_int_equal(hub_answer(w.town, asks, &answer, 1, &fault), RC_OK);
	assert_int_equal(answer.len, 0);
	buf_release(&ask);
	buf_release(&answer);
	stop(&w);
}

static void a_moved_station_gets_what_lies_there(void **state)
{
	const struct terms all = {0};
	struct three w;

	(void)state;
	start(&w, &all, &all);
	struct ref there = world_hazard(w.town, other_area, "邻村");
	struct ref here = world_hazard(w.town, village_area, "本村");
	carry(w.town, w.village);
	carry(w.village, w.town); /* with the receipt */
	assert_int_equal(world_state(w.village, here), FACT_GOOD);
	assert_int_equal(world_state(w.village, there), -1);
	join(w.village, w.town, "village", other_area, &all);
	carry(w.town, w.village); /* on foot: what was proven before says nothing */
	assert_int_equal(world_state(w.village, there), FACT_GOOD);
	struct ref third = world_hazard(w.town, village_area, "又搬");
	all_sync(&w);
	assert_int_equal(world_state(w.village, third), -1);
	join(w.village, w.town, "village", village_area, &all);
	all_sync(&w);
	assert_int_equal(world_state(w.village, third), FACT_GOOD);
	stop(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(levels_places_rights_and_kinds),
		cmocka_unit_test(who_may_not_invite_grants_nothing),
		cmocka_unit_test(after_its_end_nothing_counts_until_it_has_a_new_one),
		cmocka_unit_test(a_clock_set_right_takes_its_refusals_back),
		cmocka_unit_test(a_clock_years_ahead_ends_nothing),
		cmocka_unit_test(it_begins_anew_while_the_station_is_heard),
		cmocka_unit_test(the_newest_grant_counts_in_any_order),
		cmocka_unit_test(who_was_revoked_is_heard_no_more),
		cmocka_unit_test(a_moved_station_gets_what_lies_there),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
