/* SPDX-License-Identifier: GPL-3.0-or-later
 * The one door: values, what is left out, who may, and what follows from a change. That all ways in
 * lead through it is tests/cli/test_doors.c's.
 * Tests also: commit.c may.c decide.c receipt.c source.c actions.c
 */
#include "store_help.h"

#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "model/kinds.h"
#include "store/identity.h"
#include "store/rows/internal.h"
#include "store/station.h"
#include "work/actions.h"
#include "work/change.h"
#include "work/may.h"
#include "work/receipt.h"

static struct scene {
	char home[HELP_HOME];
	struct store *store;
	struct user user;
	struct actor person, file; /* who types, and what is read */
	struct change change;
	struct fault fault;
	const char *why;
} s;

static const struct ref alone = {0, 0};

static struct user person_named(const char *name, const char *role)
{
	struct actor station = {.store = s.store};
	struct user user;
	struct ref ref;

	change_new(&s.change, &station, kind_of(KIND_person), alone);
	assert_true(change_set(&s.change, "name", name, &s.why));
	assert_true(change_set(&s.change, "登录名", name, &s.why));
	assert_true(change_set(&s.change, "role", role, &s.why));
	assert_int_equal(change_commit(&s.change, &ref, &s.fault), RC_OK);
	change_release(&s.change);
	assert_true(store_user_who(s.store, ref.site, ref.seq, &user));
	return user;
}

static int begin(void **state)
{
	(void)state;
	memset(&s, 0, sizeof s);
	help_home(s.home);
	s.store = help_station(s.home, VILLAGE, "WZ");
	s.user = person_named("张三", "");
	s.person = (struct actor){s.store, &s.user, NULL};
	s.file = (struct actor){s.store, &s.user, "county"};
	return 0;
}

static int end(void **state)
{
	(void)state;
	store_close(s.store);
	help_remove(s.home);
	return 0;
}

static void start(const struct actor *actor, unsigned kind)
{
	change_new(&s.change, actor, kind_of(kind), alone);
}

static bool set(const char *name, const char *text)
{
	return change_set(&s.change, name, text, &s.why);
}

static enum rc done(struct ref *ref)
{
	change_defaults(&s.change);
	enum rc rc = change_commit(&s.change, ref, &s.fault);
	change_release(&s.change);
	return rc;
}

static struct ref hazard(const struct actor *actor)
{
	struct ref ref;

	start(actor, KIND_hazard);
	assert_true(set("category", "H0101") && set("place", "后山") && set("text", "裂缝"));
	assert_true(set("grade", "G"));
	assert_int_equal(done(&ref), RC_OK);
	return ref;
}

static const char *code_of(struct ref ref, unsigned tag)
{
	static char text[64];
	struct arena arena = {0};
	struct record record;

	assert_int_equal(store_record(s.store, ref, &arena, &record, NULL, &s.fault), RC_OK);
	bytes_into(text, sizeof text, record_text(&record, tag));
	arena_release(&arena);
	return text;
}

static void what_is_typed(void **state)
{
	(void)state;
	start(&s.person, KIND_hazard);
	assert_true(set("地点", "后山")); /* by its label */
	assert_false(set("place", "前山"));
	assert_string_equal(s.why, "写了两次");
	assert_false(set("grade", "Q")); /* no such code */
	change_defaults(&s.change);
	assert_int_equal(change_value(&s.change, hazard_grade)->how, CHANGE_DEFAULT);
	assert_true(set("grade", "M")); /* a default gives way */
	assert_false(set("grade", "G"));
	assert_false(set("owner_state", "accepted"));
	assert_false(set("nothing", "x"));
	assert_true(set("category", ""));
	assert_int_equal(change_missing(&s.change)->tag, hazard_category);
	change_release(&s.change);
}

/* Blank by intent is no reason to fill something in; in an edit it clears. */
static void what_is_blank(void **state)
{
	struct ref ref = hazard(&s.person), again;

	(void)state;
	assert_string_equal(code_of(ref, hazard_source), "S1");
	start(&s.person, KIND_hazard);
	assert_true(set("category", "H0101") && set("place", "桥下") && set("text", "裂缝"));
	assert_true(set("source", " "));
	assert_int_equal(done(&again), RC_OK);
	assert_string_equal(code_of(again, hazard_source), "");
	change_edit(&s.change, &s.person, kind_of(KIND_hazard), ref);
	assert_true(set("source", ""));
	assert_false(set("place", ""));
	assert_false(set("area", "41"));
	assert_int_equal(done(&ref), RC_OK);
	assert_string_equal(code_of(ref, hazard_source), "");
}

/* A file says what was, not what is usual; and it knows records by names of its own. */
static void what_a_file_says(void **state)
{
	struct ref ref, point;

	(void)state;
	start(&s.file, KIND_point);
	assert_true(set("name", "后山") && set("type", "landslide") && set("place", "后山"));
	assert_int_equal(done(&point), RC_OK);
	assert_int_equal(store_ref_set(s.store, "county", "P7", point, &s.fault), RC_OK);
	start(&s.file, KIND_household);
	assert_true(set("head", "李") && set("point", "P7") && set("phone", " "));
	assert_int_equal(change_value(&s.change, household_point)->value.wire, WIRE_BYTES);
	assert_null(change_value(&s.change, household_phone));
	assert_int_equal(done(&ref), RC_OK);
	start(&s.person, KIND_household);
	assert_true(set("head", "李") && set("point", "P7"));
	assert_int_equal(change_value(&s.change, household_point)->value.wire, WIRE_TEXT);
	change_release(&s.change);
	ref = hazard(&s.file);
	assert_string_equal(code_of(ref, hazard_source), "");
	start(&s.file, KIND_person);
	assert_false(set("login", "root"));
	assert_true(set("role", "R99")); /* a code that is not known here */
	change_release(&s.change);
}

static void what_must_be_there(void **state)
{
	struct ref ref;

	(void)state;
	start(&s.person, KIND_hazard);
	assert_true(set("place", "后山"));
	assert_int_equal(done(&ref), RC_BAD);
	assert_non_null(strstr(s.fault.text, "\"category\""));
	start(&s.file, KIND_hazard);
	assert_int_equal(done(&ref), RC_BAD);
}

static enum rc step(const struct actor *actor, struct ref ref, unsigned tag, const char *text)
{
	struct arena arena = {0};
	struct record record;

	assert_int_equal(store_record(s.store, ref, &arena, &record, NULL, &s.fault), RC_OK);
	change_step(&s.change, actor, &record, step_of(record.kind, tag));
	arena_release(&arena);
	assert_true(!*text || set("text", text));
	enum rc rc = change_commit(&s.change, &ref, &s.fault);
	change_release(&s.change);
	return rc;
}

static unsigned refused(struct ref ref)
{
	struct arena arena = {0};
	struct record record;

	assert_int_equal(store_record(s.store, ref, &arena, &record, NULL, &s.fault), RC_OK);
	arena_release(&arena);
	return record.refused;
}

/* A person is told; what a file says happened, and is marked. */
static void steps_out_of_order(void **state)
{
	struct ref ref = hazard(&s.person);

	(void)state;
	assert_int_equal(step(&s.person, ref, hazard_do_close, ""), RC_DENIED);
	assert_non_null(strstr(s.fault.text, "现在是"));
	assert_int_equal(refused(ref), 0);
	assert_int_equal(step(&s.file, ref, hazard_do_close, ""), RC_OK);
	assert_int_equal(refused(ref), 1);
}

static void who_may(void **state)
{
	struct ref ref = hazard(&s.person), made;
	struct user watcher = person_named("李四", "R17");
	struct actor actor = {s.store, &watcher, NULL};
	struct action actions[ACTIONS];
	struct arena arena = {0};
	struct row row;

	(void)state;
	assert_int_equal(store_row(s.store, ref, &arena, &row, &s.fault), RC_OK);
	assert_int_equal(may_kind(&actor, row.kind, 0, &s.fault), BAR_ROLE);
	assert_non_null(strstr(s.fault.text, "R17"));
	assert_int_equal(may_row(&actor, &row, hazard_do_assign, &s.fault), BAR_ROLE);
	assert_int_equal(may_kind(&s.person, row.kind, hazard_do_plate, &s.fault), BAR_LEVEL);
	assert_int_equal(may_kind(&s.person, row.kind, 63, &s.fault), BAR_KIND);
	assert_int_equal(may_row(&s.person, &row, hazard_do_close, &s.fault), BAR_STATE);
	assert_int_equal(may_row(&s.person, &row, 0, &s.fault), BAR_NONE);
	assert_true(action_may_edit(&s.person, &row));
	assert_false(action_may_edit(&actor, &row));
	assert_true(actions_of(&s.person, &row, actions) > 0);
	assert_int_equal(actions_of(&actor, &row, actions), 0);
	arena_release(&arena);
	/* and whoever does not ask is refused all the same */
	start(&actor, KIND_hazard);
	assert_true(set("category", "H0101") && set("place", "后山") && set("text", "裂缝"));
	assert_int_equal(done(&made), RC_DENIED);
}

static unsigned count_of(unsigned kind)
{
	struct query query = query_all(kind);
	unsigned count;

	assert_int_equal(store_count(s.store, &query, &count, &s.fault), RC_OK);
	return count;
}

static void signed_twice(void **state)
{
	struct ref warning, one, two;
	char said[ACTION_SAID];
	int64_t at;

	(void)state;
	start(&s.person, KIND_warning);
	assert_true(set("event", "11B03") && set("severity", "red"));
	assert_int_equal(done(&warning), RC_OK);
	assert_false(action_signed(&s.person, warning, &one, &at));
	for (int n = 0; n < 2; n++) {
		change_new(&s.change, &s.person, kind_of(KIND_receipt), warning);
		assert_int_equal(done(n ? &two : &one), RC_OK);
	}
	assert_int_equal(one.seq, two.seq);
	assert_true(s.change.again > 0);
	assert_true(action_signed(&s.person, warning, &two, &at));
	assert_int_equal(action_sign(&s.person, warning, said, &s.fault), RC_OK);
	assert_int_equal(count_of(KIND_receipt), 1);
	/* what stands in a file is kept as it stands there */
	for (int n = 0; n < 2; n++) {
		change_new(&s.change, &s.file, kind_of(KIND_receipt), warning);
		assert_int_equal(done(&two), RC_OK);
	}
	assert_int_equal(count_of(KIND_receipt), 3);
}

static enum rc decided(struct ref ref, const char *field, const char *kept)
{
	struct ref made;

	change_new(&s.change, &s.person, kind_of(KIND_decision), ref);
	assert_true(set("field", field) && set("kept", kept));
	return done(&made);
}

static void decisions(void **state)
{
	struct ref ref = hazard(&s.person);

	(void)state;
	assert_int_equal(decided(ref, "nothing", "x"), RC_BAD);
	assert_int_equal(decided(ref, "grade", ""), RC_OK); /* the one that stands */
	assert_int_equal(decided(ref, "级别", "X"), RC_BAD);
	assert_int_equal(decided(ref, "found_at", "明年"), RC_BAD);
	assert_int_equal(count_of(KIND_decision), 1);
	assert_int_equal(decided(ref, "地点", "前山"), RC_OK);
	assert_string_equal(code_of(ref, hazard_place), "前山");
}

/* On a record of a station above it is a word to those who may edit it. */
static void decisions_on_what_lies_elsewhere(void **state)
{
	char home[HELP_HOME];
	struct ref ref;

	(void)state;
	help_home(home);
	struct store *town = help_station(home, TOWN, "BX");
	ref = hazard(&(struct actor){.store = town});
	help_introduce(s.store, town);
	help_carry(s.store, town);
	assert_int_equal(decided(ref, "place", "前山"), RC_OK);
	assert_int_equal(count_of(KIND_decision), 1);
	assert_string_equal(code_of(ref, hazard_place), "后山");
	change_edit(&s.change, &s.person, kind_of(KIND_hazard), ref);
	assert_true(set("place", "前山"));
	assert_int_equal(done(&ref), RC_DENIED);
	store_close(town);
	help_remove(home);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_is_typed, begin, end),
		cmocka_unit_test_setup_teardown(what_is_blank, begin, end),
		cmocka_unit_test_setup_teardown(what_a_file_says, begin, end),
		cmocka_unit_test_setup_teardown(what_must_be_there, begin, end),
		cmocka_unit_test_setup_teardown(steps_out_of_order, begin, end),
		cmocka_unit_test_setup_teardown(who_may, begin, end),
		cmocka_unit_test_setup_teardown(signed_twice, begin, end),
		cmocka_unit_test_setup_teardown(decisions, begin, end),
		cmocka_unit_test_setup_teardown(decisions_on_what_lies_elsewhere, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
