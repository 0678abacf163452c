/* SPDX-License-Identifier: GPL-3.0-or-later
 * The fold: a hazard's life, who may do what when, and the same record from any order of its facts.
 * Tests also: fold_cells.c fold_track.c
 * Covers: A03
 */
#include "model/fold.h"
#include "model/kinds.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { MOST = 64 };
static const uint64_t village = 0x11, township = 0x22;

/* A record's facts as they are written down in a test. */
struct tale {
	struct op ops[MOST];
	struct buf bodies[MOST];
	size_t n;
};

static struct op *tell(struct tale *tale, uint64_t site, uint32_t who, unsigned step)
{
	struct op *op = &tale->ops[tale->n];
	bool first = !tale->n;

	*op = (struct op){.site = site,
		.seq = (uint32_t)(tale->n + 1) * 8 + 2,
		.who = who,
		.step = step,
		.kind = KIND_hazard,
		.stamp = (tale->n + 1000) * 65536,
		.rec_site = tale->ops[0].site,
		.rec_seq = tale->ops[0].seq,
		.seen = first ? 0 : tale->ops[tale->n - 1].stamp,
		.area = first ? 410882103205 : 0};
	if (first)
		op->rec_site = site, op->rec_seq = op->seq;
	tale->n++;
	return op;
}

static void with(struct tale *tale, unsigned tag, const char *text)
{
	struct value value = value_text(text);
	put_field(&tale->bodies[tale->n - 1], tag, &value);
	tale->ops[tale->n - 1].body = buf_bytes(&tale->bodies[tale->n - 1]);
}

static void forget(struct tale *tale)
{
	for (size_t i = 0; i < tale->n; i++)
		buf_release(&tale->bodies[i]);
}

static void whole_life(struct tale *tale)
{
	memset(tale, 0, sizeof *tale);
	tell(tale, village, 1, 0), with(tale, hazard_category, "H0101"),
		with(tale, hazard_place, "村东桥下");
	tell(tale, village, 1, hazard_do_assign), with(tale, hazard_owner, "水利站"),
		with(tale, ARG_TRACK, "owner");
	tell(tale, village, 1, hazard_do_assign), with(tale, hazard_regulator, "镇应急办"),
		with(tale, ARG_TRACK, "regulator");
	tell(tale, village, 2, hazard_do_accept), with(tale, ARG_TRACK, "owner");
	tell(tale, township, 3, hazard_do_accept), with(tale, ARG_TRACK, "regulator");
	tell(tale, village, 2, hazard_do_rectify), with(tale, ARG_TEXT, "已清淤");
	tell(tale, village, 1, hazard_do_recheck), with(tale, ARG_RESULT, "passed");
	tell(tale, village, 1, hazard_do_close);
}

static void from_finding_to_closing(void **state)
{
	static const int states[] = {hazard_is_new, hazard_is_assigned, hazard_is_assigned,
		hazard_is_assigned, hazard_is_accepted, hazard_is_rectified, hazard_is_passed,
		hazard_is_closed};
	struct tale tale;
	struct record record;
	enum verdict verdicts[MOST];

	(void)state;
	whole_life(&tale);
	for (size_t n = 1; n <= tale.n; n++) {
		assert_int_equal(fold_all(&record, tale.ops, n, verdicts, NULL), n);
		assert_int_equal(record.state, states[n - 1]);
		assert_int_equal(verdicts[n - 1], V_GOOD);
	}
	assert_int_equal(record.refused, 0);
	assert_int_equal(record.facts, 8);
	assert_true(record_code(&record, hazard_owner_state, "accepted"));
	assert_true(record_code(&record, hazard_category, "H0101"));
	assert_true(bytes_equal(record_text(&record, hazard_owner), bytes_text("水利站")));
	/* A step's text is the step's, not the hazard's. */
	assert_null(record_cell(&record, hazard_text));
	forget(&tale);
}

/* Each side goes its own way: nobody acts for two, both must finish, and what failed is worked on
 * again. */
static void sides_go_their_own_way(void **state)
{
	static const struct {
		uint64_t site;
		uint32_t who;
		unsigned step;
		const char *track, *result;
		enum verdict verdict;
		int state;
	} does[] = {
		{village, 2, hazard_do_accept, "owner", NULL, V_GOOD, hazard_is_assigned},
		{village, 2, hazard_do_accept, "regulator", NULL, V_PERSON, hazard_is_assigned},
		{township, 3, hazard_do_accept, "regulator", NULL, V_GOOD, hazard_is_accepted},
		{village, 2, hazard_do_progress, "regulator", NULL, V_PERSON, hazard_is_accepted},
		{village, 2, hazard_do_rectify, "owner", NULL, V_GOOD, hazard_is_accepted},
		{village, 1, hazard_do_recheck, NULL, "passed", V_STATE, hazard_is_accepted},
		{township, 3, hazard_do_rectify, "regulator", NULL, V_GOOD, hazard_is_rectified},
		{village, 2, hazard_do_recheck, NULL, "passed", V_PERSON, hazard_is_rectified},
		{village, 1, hazard_do_recheck, NULL, "failed", V_GOOD, hazard_is_failed},
		{township, 3, hazard_do_rectify, "regulator", NULL, V_GOOD, hazard_is_failed},
		{village, 2, hazard_do_rectify, "owner", NULL, V_GOOD, hazard_is_rectified},
		{township, 4, hazard_do_urge, "owner", NULL, V_GOOD, hazard_is_rectified},
	};
	enum { BEFORE = 3 };
	struct tale tale;
	struct record record;
	enum verdict verdicts[MOST];

	(void)state;
	whole_life(&tale);
	tale.n = BEFORE;
	for (size_t n = 0; n < countof(does); n++) {
		buf_clear(&tale.bodies[tale.n]);
		tell(&tale, does[n].site, does[n].who, does[n].step), with(&tale, ARG_TEXT, "-");
		if (does[n].track)
			with(&tale, ARG_TRACK, does[n].track);
		if (does[n].result)
			with(&tale, ARG_RESULT, does[n].result);
		assert_int_equal(fold_all(&record, tale.ops, tale.n, verdicts, NULL), tale.n);
		assert_int_equal(verdicts[tale.n - 1], does[n].verdict);
		assert_int_equal(record.state, does[n].state);
	}
	assert_true(record_code(&record, hazard_owner_state, "done"));
	assert_int_equal(record_cell(&record, hazard_owner_urged)->value.num, 1);
	assert_null(record_cell(&record, hazard_regulator_urged));
	tale.n = MOST;
	forget(&tale);
}

static bool records_equal(const struct record *a, const struct record *b)
{
	if (a->state != b->state || a->state_at != b->state_at || a->facts != b->facts ||
		a->refused != b->refused || a->conflicts != b->conflicts || a->stamp != b->stamp ||
		a->area != b->area)
		return false;
	for (unsigned i = 0; i < LIMIT_FIELDS; i++) {
		const struct cell *x = &a->cells[i], *y = &b->cells[i];
		if (x->tag != y->tag || x->stamp != y->stamp || x->site != y->site ||
			(x->tag && !value_equal(&x->value, &y->value)))
			return false;
	}
	for (unsigned i = 0; i < a->lost_count && a->lost_count == b->lost_count; i++) {
		const struct lost *x = &a->lost[i], *y = &b->lost[i];
		if (x->tag != y->tag || x->site != y->site || x->seq != y->seq ||
			!value_equal(&x->value, &y->value))
			return false;
	}
	return a->lost_count == b->lost_count;
}

/* Random facts of random authors, many of them not allowed, some at odds: any order and any
 * repeats, one record. */
static void any_order_any_repeats(void **state)
{
	static const char *const words[] = {
		"甲", "乙", "丙", "passed", "failed", "owner", "regulator"};

	(void)state;
	srandom(7);
	for (int round = 0; round < 400; round++) {
		struct tale tale = {0};
		struct record right, other;
		struct op mixed[MOST * 2];
		size_t n = 0;
		tell(&tale, village, 1, 0), with(&tale, hazard_place, "沟口");
		for (int i = 0; i < 24; i++) {
			struct op *op = tell(&tale, random() % 2 ? village : township,
				(uint32_t)random() % 3, (unsigned)random() % 24);
			op->stamp = (1000 + (uint64_t)random() % 30) * 65536;
			op->seen = (1000 + (uint64_t)random() % 30) * 65536;
			with(&tale, hazard_owner, words[random() % 3]);
			with(&tale, ARG_TEXT, words[random() % 3]);
			with(&tale, ARG_TRACK, words[5 + random() % 2]);
			with(&tale, ARG_RESULT, words[3 + random() % 2]);
		}
		for (size_t i = 0; i < tale.n; i++)
			for (long times = 1 + random() % 2; times; times--)
				mixed[n++] = tale.ops[i];
		for (size_t i = n - 1; i; i--) {
			size_t j = (size_t)random() % (i + 1);
			struct op swap = mixed[i];
			mixed[i] = mixed[j], mixed[j] = swap;
		}
		fold_all(&right, tale.ops, tale.n, NULL, NULL);
		assert_int_equal(fold_all(&other, mixed, n, NULL, NULL), tale.n);
		assert_true(records_equal(&right, &other));
		forget(&tale);
	}
}

static void steps_that_are_not_allowed_stay_and_are_marked(void **state)
{
	struct tale tale = {0};
	struct record record;
	enum verdict verdicts[MOST];

	(void)state;
	tell(&tale, village, 1, 0);
	tell(&tale, village, 1, hazard_do_close);
	tell(&tale, village, 1, hazard_do_rectify); /* without its text */
	tell(&tale, village, 2, hazard_do_rectify), with(&tale, ARG_TEXT, "好了");
	tell(&tale, village, 2, hazard_do_recheck), with(&tale, ARG_RESULT, "passed");
	tell(&tale, village, 2, 63);
	fold_all(&record, tale.ops, tale.n, verdicts, NULL);
	assert_int_equal(verdicts[1], V_STATE);
	assert_int_equal(verdicts[2], V_ARGS);
	assert_int_equal(verdicts[3], V_GOOD);
	assert_int_equal(verdicts[4], V_PERSON);
	assert_int_equal(verdicts[5], V_KIND);
	assert_int_equal(record.state, hazard_is_rectified);
	assert_int_equal(record.refused, 3);
	assert_int_equal(record.facts, 6);
	forget(&tale);
}

static void failed_recheck_goes_back(void **state)
{
	struct tale tale;
	struct record record;

	(void)state;
	whole_life(&tale);
	tale.n = 6;
	tell(&tale, village, 1, hazard_do_recheck), buf_clear(&tale.bodies[6]),
		with(&tale, ARG_RESULT, "failed");
	fold_all(&record, tale.ops, tale.n, NULL, NULL);
	assert_int_equal(record.state, hazard_is_failed);
	for (size_t i = 0; i < MOST; i++)
		buf_release(&tale.bodies[i]);
}

static int level_of(void *to, uint64_t site)
{
	(void)to;
	return site == village ? LEVEL_VILLAGE : LEVEL_COUNTY;
}

static void plates_are_the_countys(void **state)
{
	struct fold_ways ways = {level_of, NULL};
	struct tale tale = {0};
	struct record record;
	enum verdict verdicts[MOST];

	(void)state;
	tell(&tale, village, 1, 0);
	tell(&tale, village, 1, hazard_do_plate), with(&tale, hazard_plate, "督1号");
	tell(&tale, township, 1, hazard_do_plate), with(&tale, hazard_plate, "督2号");
	fold_all(&record, tale.ops, tale.n, verdicts, &ways);
	assert_int_equal(verdicts[1], V_LEVEL);
	assert_int_equal(verdicts[2], V_GOOD);
	assert_true(record_code(&record, hazard_plate, "督2号"));
	forget(&tale);
}

static void two_who_did_not_see_each_other(void **state)
{
	struct tale tale = {0};
	struct record record;
	const struct cell *cell;

	(void)state;
	tell(&tale, village, 1, 0), with(&tale, hazard_place, "桥下");
	tell(&tale, village, 1, 0), with(&tale, hazard_place, "桥东");
	tell(&tale, township, 3, 0), with(&tale, hazard_place, "桥西");
	tale.ops[2].seen = tale.ops[0].stamp;
	fold_all(&record, tale.ops, tale.n, NULL, NULL);
	cell = record_cell(&record, hazard_place);
	assert_int_equal(record.conflicts, 1);
	assert_true(bytes_equal(cell->value.text, bytes_text("桥西")));
	assert_true(
		bytes_equal(record_lost(&record, hazard_place, 0)->value.text, bytes_text("桥东")));
	assert_null(record_lost(&record, hazard_place, 1));
	assert_null(record_lost(&record, hazard_text, 0));
	/* Who writes the field again and saw both has decided. */
	tell(&tale, village, 1, 0), with(&tale, hazard_place, "桥东");
	fold_all(&record, tale.ops, tale.n, NULL, NULL);
	assert_int_equal(record.conflicts, 0);
	forget(&tale);
}

static void a_next_word_hides_nothing(void **state)
{
	struct tale tale = {0};
	struct record record;

	(void)state;
	tell(&tale, village, 1, 0), with(&tale, hazard_place, "桥下");
	tell(&tale, village, 1, 0), with(&tale, hazard_place, "桥东");
	tell(&tale, township, 3, 0), with(&tale, hazard_place, "桥西");
	tale.ops[2].seen = tale.ops[0].stamp;
	/* Its next fact tells nothing of having seen the other. */
	tell(&tale, township, 3, 0), with(&tale, hazard_place, "桥北");
	tale.ops[3].seen = tale.ops[2].stamp;
	fold_all(&record, tale.ops, tale.n, NULL, NULL);
	assert_int_equal(record.conflicts, 1);
	/* The same word from both is no disagreement. */
	tell(&tale, township, 3, 0), with(&tale, hazard_place, "桥东");
	tale.ops[4].seen = tale.ops[3].stamp;
	fold_all(&record, tale.ops, tale.n, NULL, NULL);
	assert_int_equal(record.conflicts, 0);
	forget(&tale);
}

static void may_asks_without_writing(void **state)
{
	struct tale tale;
	struct op close = {.site = village,
		.seq = 999,
		.who = 1,
		.kind = KIND_hazard,
		.step = hazard_do_close,
		.stamp = 1};

	(void)state;
	whole_life(&tale);
	close.rec_site = tale.ops[0].site;
	close.rec_seq = tale.ops[0].seq;
	assert_int_equal(fold_may(tale.ops, 7, &close, NULL), V_GOOD);
	assert_int_equal(fold_may(tale.ops, 6, &close, NULL), V_STATE);
	assert_int_equal(fold_may(tale.ops, 8, &close, NULL), V_STATE);
	forget(&tale);
}

static void urging_counts_and_extending_moves_the_due_day(void **state)
{
	struct tale tale;
	struct record record;
	struct value until = value_num(20261224);

	(void)state;
	whole_life(&tale);
	for (size_t i = 3; i < tale.n; i++)
		buf_release(&tale.bodies[i]);
	tale.n = 3;
	tell(&tale, village, 1, hazard_do_urge);
	tell(&tale, village, 1, hazard_do_urge);
	tell(&tale, village, 1, hazard_do_extend);
	put_field(&tale.bodies[5], ARG_UNTIL, &until);
	tale.ops[5].body = buf_bytes(&tale.bodies[5]);
	fold_all(&record, tale.ops, tale.n, NULL, NULL);
	assert_int_equal(record_cell(&record, hazard_urged)->value.num, 2);
	assert_int_equal(record_cell(&record, hazard_owner_due)->value.num, 20261224);
	assert_int_equal(record.state, hazard_is_assigned);
	forget(&tale);
}

static void without_its_beginning_there_is_no_record(void **state)
{
	struct tale tale;
	struct record record;

	(void)state;
	whole_life(&tale);
	assert_int_equal(fold_all(&record, tale.ops + 1, tale.n - 1, NULL, NULL), 0);
	assert_int_equal(fold_all(&record, tale.ops, 0, NULL, NULL), 0);
	forget(&tale);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(from_finding_to_closing),
		cmocka_unit_test(any_order_any_repeats),
		cmocka_unit_test(steps_that_are_not_allowed_stay_and_are_marked),
		cmocka_unit_test(failed_recheck_goes_back),
		cmocka_unit_test(plates_are_the_countys),
		cmocka_unit_test(two_who_did_not_see_each_other),
		cmocka_unit_test(a_next_word_hides_nothing),
		cmocka_unit_test(sides_go_their_own_way),
		cmocka_unit_test(may_asks_without_writing),
		cmocka_unit_test(urging_counts_and_extending_moves_the_due_day),
		cmocka_unit_test(without_its_beginning_there_is_no_record),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
