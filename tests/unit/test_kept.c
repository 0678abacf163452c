/* SPDX-License-Identifier: GPL-3.0-or-later
 * Home kept from look to look, and what another program reads of it from the disk, say what a first
 * look would say, whatever has come, however late it is, whoever looks, by whatever rules, and in
 * whatever state a crash left the file. Tests also: hang.c judged.c recall.c digest.c
 */
#include "store_help.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/file.h"
#include "base/when.h"
#include "model/area.h"
#include "model/kinds.h"
#include "model/shipped.h"
#include "store/identity.h"
#include "store/station.h"
#include "work/agenda.h"

enum { ROUNDS = 250, RECORDS = 600 };

static char home[HELP_HOME];
static struct store *store, *other; /* the same station, as another process has it open */
static struct ref refs[RECORDS];
static unsigned kinds_of[RECORDS], count;

static int start(void **state)
{
	struct fault fault;
	(void)state;
	area_list_add(shipped_file("areas.tsv"));
	help_home(home);
	store = help_station(home, TOWN, "BX");
	struct station own = *store_station(store);
	own.joined = true;
	assert_int_equal(store_station_set(store, &own, &fault), RC_OK);
	other = help_open(home);
	count = 0;
	return 0;
}

static int stop(void **state)
{
	(void)state;
	store_close(other);
	store_close(store);
	help_remove(home);
	area_lists_clear();
	return 0;
}

/* ---- what may happen */

/* %s: the number of a record of kind .of. */
static const struct {
	const char *kind, *fields;
	unsigned of;
} adds[] = {
	{"hazard", "category=H0101;place=后山;text=裂缝;grade=M", 0},
	{"hazard", "category=H0101;place=河边;text=渗水;grade=G;owner_due=+2d", 0},
	{"warning", "event=11B03;severity=red;status=actual;expires=+3h", 0},
	{"warning", "event=11B03;severity=blue;status=actual;areas=410882103203", 0},
	{"warning", "event=11B03;severity=orange;status=actual;identifier=A1", 0},
	{"receipt", "warning=%s", KIND_warning},
	{"receipt", "warning=%s;text=again", KIND_warning},
	{"order", "text=封涵洞;to=西彰村;due=+30m", 0},
	{"order", "text=报水位;to=BX", 0},
	{"answer", "order=%s;state=received", KIND_order},
	{"rollcall", "text=点名;due=+20m", 0},
	{"present", "rollcall=%s", KIND_rollcall},
	{"incident", "event=11B03;place=桥头;text=塌方", 0},
	{"task", "text=巡堤;due=+90m", 0},
	{"task", "text=排水;to=%s", KIND_person},
	{"person", "name=王五;role=R03;post=护林员", 0},
	{"roster", "officer=%s", KIND_person},
	{"roster", "date=今天;officer=王五", 0},
	{"roster", "date=今天;officer=李六", 0},
	{"roster", "date=昨天;officer=王五", 0},
	{"point", "name=东沟;risk=1", 0},
	{"point", "name=西沟;risk=3", 0},
	{"patrol", "point=%s;result=ok", KIND_point},
	{"supply", "name=药;expires=2026-08-01;checked=2026-07-01", 0},
	{"response", "event=11B03;level=3", 0},
	{"report", "stage=zero;event=11B03", 0},
	{"report", "stage=first;event=11B03;affected=3", 0},
	{"tip", "subject=有人开矿;place=北山", 0},
	{"request", "name=水;quantity=5;due=+2h", 0},
	{"areachange", "old=410882103203;new=410882103299", 0},
	{"codechange", "table=hazard_grade;old=G;new=M", 0},
};

static bool number_of(uint64_t *seed, unsigned kind, char number[32])
{
	unsigned first = count ? help_random(seed) % count : 0;

	for (unsigned n = 0; n < count; n++) {
		unsigned at = (first + n) % count;

		if (kinds_of[at] != kind)
			continue;
		store_number(store, refs[at], number);
		return true;
	}
	return false;
}

static void add_one(struct store *to, uint64_t *seed)
{
	unsigned n = help_random(seed) % countof(adds);
	char number[32] = "", fields[200];
	bool recodes = is_recoding(kind_named(adds[n].kind)->id);

	/* Rarely: each makes everything be judged anew. */
	if ((recodes && help_random(seed) % 3) ||
		(adds[n].of && !number_of(seed, adds[n].of, number)) || count == RECORDS)
		return;
	snprintf(fields, sizeof fields, adds[n].fields, number);
	uint64_t area = TOWN + (help_random(seed) % 3 ? 0 : 203);
	if (recodes)
		area = TOWN;
	refs[count] = help_add_in(to, adds[n].kind, area, fields);
	kinds_of[count++] = kind_named(adds[n].kind)->id;
}

/* Any step, in place or out of it: then it has no effect. */
static void step_one(struct store *to, uint64_t *seed)
{
	unsigned at = count ? help_random(seed) % count : 0;
	const struct kind *kind = count ? kind_of(kinds_of[at]) : NULL;
	unsigned steps = 0;
	struct buf body = {0};
	struct fault fault;

	while (kind && kind->steps[steps].tag)
		steps++;
	if (!steps)
		return;
	const struct step *step = &kind->steps[help_random(seed) % steps];
	struct op op = {.kind = kind->id,
		.step = step->tag,
		.rec_site = refs[at].site,
		.rec_seq = refs[at].seq};
	put_text(&body, ARG_TEXT, "办了");
	op.body = buf_bytes(&body);
	if (!(step->flags & STEP_MAKES))
		assert_int_equal(store_write(to, &op, &fault), RC_OK);
	buf_release(&body);
}

static void something(uint64_t *seed)
{
	static const int64_t skips[] = {0, 0, 1, 60, 60, 299, 600, 1800, 3600, 6 * 3600, 86400};
	struct store *to = help_random(seed) % 2 ? store : other;

	when_skip(skips[help_random(seed) % countof(skips)]);
	for (unsigned n = help_random(seed) % 3; n > 0; n--)
		add_one(to, seed);
	if (help_random(seed) % 3)
		step_one(to, seed);
}

/* ---- kept and first look say the same */

static void same_item(const struct need_item *a, const struct need_item *b)
{
	assert_int_equal(a->ref.seq, b->ref.seq);
	assert_true(a->ref.site == b->ref.site && a->area == b->area && a->group == b->group);
	assert_int_equal(a->need, b->need);
	assert_int_equal(a->band, b->band);
	assert_int_equal(a->order, b->order);
	assert_int_equal(a->colour, b->colour);
	assert_int_equal(a->owing, b->owing);
	assert_int_equal(a->mine, b->mine);
	assert_int_equal(a->in_force, b->in_force);
	assert_int_equal(a->state, b->state);
	assert_int_equal(a->until, b->until);
	assert_int_equal(a->stamp, b->stamp);
	assert_string_equal(a->text, b->text);
}

static void same_needs(struct needs *kept, const struct actor *actor)
{
	struct needs first = {.alone = true};
	struct fault fault;
	int64_t second;

	do { /* both within one second: what ends between them is in one alone */
		needs_release(&first);
		first.alone = true;
		second = when_now();
		assert_int_equal(needs_load(kept, actor, &fault), RC_OK);
		assert_int_equal(needs_load(&first, actor, &fault), RC_OK);
	} while (when_now() != second);
	assert_int_equal(kept->count, first.count);
	for (unsigned n = 0; n < first.count; n++)
		same_item(&kept->items[n], &first.items[n]);
	assert_memory_equal(kept->counts, first.counts, sizeof first.counts);
	assert_memory_equal(kept->bands, first.bands, sizeof first.bands);
	assert_int_equal(kept->next, first.next);
	needs_release(&first);
}

static void whatever_comes(uint64_t seed)
{
	const struct user wang = {.who = 7, .name = "王五", .role = "R03"};
	struct needs kept = {.alone = true};

	for (unsigned n = 0; n < ROUNDS; n++) {
		/* Now and then somebody else sits down. */
		const struct actor actor = {store, n / 40 % 2 ? &wang : NULL, NULL};

		something(&seed);
		same_needs(&kept, &actor);
	}
	assert_true(kept.count > 10);
	needs_release(&kept);
}

static bool among(const struct needs *whole, const struct need_item *item)
{
	bool found = item->ask != NULL;

	for (unsigned n = 0; n < whole->count && !found; n++)
		found = whole->items[n].ref.site == item->ref.site &&
			whole->items[n].ref.seq == item->ref.seq &&
			whole->items[n].order == item->order;
	return found;
}

/* What is shown of a first look that goes on is certain, and its end is the whole; what comes
 * between is not lost. */
static void in_slices(void **state)
{
	uint64_t seed = 77;
	struct fault fault;
	unsigned slices = 0;

	(void)state;
	rules_base(true);
	for (unsigned n = 0; n < ROUNDS / 5; n++) {
		struct needs some = {.alone = true, .slice = 1 + help_random(&seed) % 9},
			     whole = {.alone = true};
		const struct actor actor = {store, NULL, NULL};

		something(&seed);
		int64_t second = when_now(); /* what ends within it is in one alone */
		assert_int_equal(needs_load(&some, &actor, &fault), RC_OK);
		while (some.counting) {
			needs_group(&some);
			unsigned shown = some.count;
			assert_int_equal(needs_load(&whole, &actor, &fault), RC_OK);
			for (unsigned i = 0; i < shown && second == when_now(); i++)
				assert_true(among(&whole, &some.items[i]));
			if (!(help_random(&seed) % 12))
				something(&seed);
			(void)needs_go_on(&some, &actor);
			assert_int_equal(some.count, shown);
			second = when_now();
			assert_int_equal(needs_load(&some, &actor, &fault), RC_OK);
			slices++;
		}
		same_needs(&some, &actor);
		needs_release(&some);
		needs_release(&whole);
	}
	assert_true(slices > ROUNDS / 5);
	rules_base(false);
}

static void one_life(void **state)
{
	(void)state;
	whatever_comes(1);
}

static void another_life(void **state)
{
	(void)state;
	whatever_comes(20260714);
}

/* ---- read from the disk */

static const struct user people[] = {
	{.who = 0, .name = ""}, {.who = 7, .name = "王五", .role = "R03"},
	{.who = 8, .name = "李六", .role = "R02", .post = "防办主任"},
	{.who = 8, .name = "李六", .role = "R03", .post = "防办主任"}, /* he has changed */
};

static void path_of(const struct user *user, char path[HELP_HOME + 40])
{
	snprintf(path, HELP_HOME + 40, "%s/recall/home-%u-0", home, user->who);
}

/* Records enough that what was judged is worth writing. */
static void fill_station(void)
{
	for (unsigned n = 0; n < 220; n++)
		help_add_in(store, "hazard", TOWN, "category=H0101;place=后山;text=裂缝;grade=G");
}

/* What a crash, a full disk or somebody leaves: nothing, the half of it, another byte. */
static void harm(uint64_t *seed, const struct user *user)
{
	char path[HELP_HOME + 40];
	struct buf file = {0};
	struct fault fault;

	path_of(user, path);
	if (file_read(path, 1 << 20, &file, &fault) == RC_OK && file.len) {
		unsigned at = (unsigned)(help_random(seed) % file.len);

		switch (help_random(seed) % 3) {
		case 0:
			file_remove(path);
			break;
		case 1:
			file.len = at;
			break;
		default:
			file.at[at] ^= (uint8_t)(1u << help_random(seed) % 8);
		}
		if (file_there(path, F_OK))
			assert_int_equal(file_write(path, buf_bytes(&file), 0600, &fault), RC_OK);
	}
	buf_release(&file);
}

static void other_rules(uint64_t *seed)
{
	static const char *const rows[] = {
		"due hazard new at +1h \"核实\" grade=M\n",
		"off due hazard new at grade=M\n",
		"limit warning.red.minutes 7\n",
		"limit expiring.days 60\n",
		"rank now due hazard new group all\n",
	};
	struct fault fault;
	const char *row = rows[help_random(seed) % countof(rows)];

	if (!(help_random(seed) % 3))
		rules_base(false);
	else if (rules_load(rules_now(), "county.conf", bytes_text(row), &fault))
		assert_non_null(strstr(row, "off ")); /* of what is not there */
}

/* The place of the most urgent thing that rings; -1: nothing does. */
static int loudest_of(const struct needs *needs)
{
	int order = -1;

	for (unsigned n = 0; n < needs->count; n++)
		if (needs->items[n].ring && !needs->items[n].ask &&
			(order < 0 || (int)needs->items[n].order < order))
			order = (int)needs->items[n].order;
	return order;
}

/* What rings is found among what is anybody's. */
static void rings_the_same(void)
{
	const struct actor anybody = {store, NULL, NULL};
	struct needs first = {.alone = true};
	struct needs_loud loud;
	struct fault fault;
	int64_t second;

	do {
		second = when_now();
		assert_int_equal(needs_load(&first, &anybody, &fault), RC_OK);
		assert_int_equal(needs_loudest(store, &loud, &fault), RC_OK);
	} while (when_now() != second);
	assert_int_equal(loudest_of(&first), loud.ref.seq ? (int)loud.order : -1);
	needs_release(&first);
}

/* A program that starts, looks once, and ends. */
static void starts_and_looks(const struct user *user)
{
	const struct actor actor = {store, user->who ? user : NULL, NULL};
	struct needs needs = {0};

	same_needs(&needs, &actor);
	needs_release(&needs);
}

static void another_program(void **state)
{
	uint64_t seed = 7;
	char path[HELP_HOME + 40];

	(void)state;
	rules_base(true);
	fill_station();
	for (unsigned n = 0; n < ROUNDS; n++) {
		const struct user *user = &people[help_random(&seed) % countof(people)];

		something(&seed);
		if (!(help_random(&seed) % 8))
			harm(&seed, user);
		if (!(help_random(&seed) % 10))
			other_rules(&seed);
		starts_and_looks(user);
		if (n % 5 == 0)
			rings_the_same();
	}
	path_of(&people[1], path);
	assert_true(file_there(path, R_OK));
	rules_base(false);
}

static int64_t written(const struct user *user)
{
	char path[HELP_HOME + 40];
	struct stat st;

	path_of(user, path);
	return stat(path, &st) ? 0 : (int64_t)st.st_ino;
}

/* The disk is read in place of judging, and written when much was judged: not at each look. */
static void seldom_written(void **state)
{
	const struct actor actor = {store, NULL, NULL};
	struct needs needs = {0};
	struct fault fault;

	(void)state;
	assert_int_equal(needs_load(&needs, &actor, &fault), RC_OK);
	assert_int_equal(written(&people[0]), 0); /* there is nothing to spare */
	fill_station();
	assert_int_equal(needs_load(&needs, &actor, &fault), RC_OK);
	int64_t last = written(&people[0]);
	unsigned times = 0;
	assert_true(last);
	for (unsigned minute = 0; minute < 10; minute++) {
		when_skip(60);
		help_add_in(store, "hazard", TOWN, "category=H0101;place=后山;text=裂缝;grade=G");
		starts_and_looks(&people[0]);
		assert_int_equal(needs_load(&needs, &actor, &fault), RC_OK);
		times += written(&people[0]) != last;
		last = written(&people[0]);
	}
	/* The time of day may end the terms of many at once. */
	assert_in_range(times, 0, 2);
	needs_release(&needs);
}

/* Where nothing can be written all is judged, as before. */
static void nothing_written(void **state)
{
	struct fault fault;
	char path[HELP_HOME + 40];

	(void)state;
	fill_station();
	snprintf(path, sizeof path, "%s/recall", home);
	assert_int_equal(file_write(path, bytes_text("in the way"), 0600, &fault), RC_OK);
	starts_and_looks(&people[0]);
	assert_int_equal(written(&people[0]), 0);
	file_remove(path);
	starts_and_looks(&people[0]);
	assert_true(written(&people[0]));
	assert_int_equal(store_rebuild(store, &fault), RC_OK);
	int64_t before = written(&people[0]);
	starts_and_looks(&people[0]); /* rows that were made again are judged again */
	assert_true(written(&people[0]) != before);
}

static bool hangs(const char *kind, const char *on)
{
	return rules_hang(kind_named(kind), kind_named(on));
}

static void what_hangs_on_what(void **state)
{
	(void)state;
	assert_true(hangs("warning", "warning")); /* one of its copies is shown */
	assert_true(hangs("warning", "receipt"));
	assert_true(hangs("rollcall", "present"));
	assert_true(hangs("point", "patrol"));
	assert_true(hangs("task", "person")); /* whose it is */
	assert_false(hangs("hazard", "hazard"));
	assert_false(hangs("hazard", "receipt"));
	assert_false(hangs("hazard", "person"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_hangs_on_what),
		cmocka_unit_test_setup_teardown(one_life, start, stop),
		cmocka_unit_test_setup_teardown(in_slices, start, stop),
		cmocka_unit_test_setup_teardown(another_life, start, stop),
		cmocka_unit_test_setup_teardown(another_program, start, stop),
		cmocka_unit_test_setup_teardown(seldom_written, start, stop),
		cmocka_unit_test_setup_teardown(nothing_written, start, stop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
