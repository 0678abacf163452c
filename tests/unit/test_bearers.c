/* SPDX-License-Identifier: GPL-3.0-or-later
 * A name that several have is asked about; whom a thing's field means, and the number at which one
 * reaches them, come from the person. Tests also: called.c
 * Covers: L10
 */
#include "store_help.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "model/kinds.h"
#include "store/identity.h"
#include "work/change.h"

static char home[HELP_HOME];
static struct store *store;
static struct fault fault;

static int begin(void **state)
{
	(void)state;
	help_home(home);
	store = help_station(home, TOWN, "BX");
	return 0;
}

static int end(void **state)
{
	(void)state;
	store_close(store);
	help_remove(home);
	return 0;
}

static unsigned bearers(const char *name, uint64_t area, bool left)
{
	struct bearers who;

	const struct name_query query = {KIND_person, bytes_text(name), area, left};

	assert_int_equal(store_bearers(store, &query, &who, &fault), RC_OK);
	return who.count;
}

static const char *shown(struct ref ref, const char *field)
{
	static struct buf out;
	struct arena arena = {0};
	struct row row;

	buf_clear(&out);
	assert_int_equal(store_row(store, ref, &arena, &row, &fault), RC_OK);
	row_field(store, &row, field_named(row.kind, field)->tag, true, &out);
	arena_release(&arena);
	return buf_cstr(&out);
}

static void a_name_has_its_bearers(void **state)
{
	(void)state;
	assert_int_equal(bearers("关山", TOWN, true), 0);
	struct ref one = help_add(store, "person", "name=关山;phone=15500010001");
	assert_int_equal(bearers("关山", TOWN, true), 1);
	help_add(store, "person", "name=关　山;phone=15500010002");
	assert_int_equal(bearers("关·山", TOWN, true), 2);
	help_step(store, one, "off", "");
	assert_int_equal(bearers("关山", TOWN, true), 2);
	assert_int_equal(bearers("关山", TOWN, false), 1);
	/* Renamed: the old name is nobody's, and the new one is his. */
	help_edit(store, one, "name=关大山");
	assert_int_equal(bearers("关山", TOWN, true), 1);
	assert_int_equal(bearers("关大山", TOWN, false), 1);
}

static void another_process_adds_one(void **state)
{
	(void)state;
	assert_int_equal(bearers("钱塘", TOWN, true), 0);
	struct store *other = help_open(home);
	help_add(other, "person", "name=钱塘");
	store_close(other);
	assert_int_equal(bearers("钱塘", TOWN, true), 1);
}

static void the_nearest_is_meant(void **state)
{
	(void)state;
	help_add_in(store, "person", VILLAGE, "name=王军;phone=15500010003");
	help_add_in(store, "person", VILLAGE_2, "name=王军;phone=15500010004");
	assert_int_equal(bearers("王军", VILLAGE, true), 1);
	assert_int_equal(bearers("王军", VILLAGE_2, true), 1);
	assert_int_equal(bearers("王军", TOWN, true), 2);
	help_add(store, "person", "name=王军;phone=15500010005");
	assert_int_equal(bearers("王军", TOWN, true), 1);
	struct ref boat = help_add_in(store, "supply", VILLAGE, "name=冲锋舟;keeper=王军");
	assert_string_equal(shown(boat, "phone"), "15500010003");
}

static void numbers_come_from_the_person(void **state)
{
	(void)state;
	struct ref he = help_add(store, "person", "name=郝仁;phone=155-0001-0006");
	struct ref pump = help_add(store, "supply", "name=水泵;keeper=郝仁");
	struct ref team = help_add(store, "team", "name=抢险队;leader=郝仁;phone=15500010006");
	struct ref depot = help_add(store, "depot", "name=东库;keeper=郝仁;phone=0391-7210001");
	struct ref truck = help_add(store, "vehicle", "name=货车;driver=郝仁;phone=15500010006");
	struct ref water = help_add(store, "facility", "name=取水点;type=water;keeper=郝仁");

	assert_string_equal(shown(pump, "phone"), "155-0001-0006");
	assert_string_equal(shown(team, "phone"), "15500010006");
	assert_string_equal(shown(depot, "phone"), "0391-7210001 155-0001-0006");
	help_edit(store, he, "phone=15500010007");
	assert_string_equal(shown(pump, "phone"), "15500010007");
	assert_string_equal(shown(team, "phone"), "15500010007"); /* the old one was his */
	assert_string_equal(shown(truck, "phone"), "15500010007");
	assert_string_equal(shown(water, "phone"), "15500010007");
	assert_string_equal(shown(depot, "phone"), "0391-7210001 15500010007");
	assert_string_equal(shown(pump, "keeper"), "郝仁");
	help_step(store, he, "off", "text=迁走");
	assert_string_equal(shown(pump, "keeper"), "郝仁（离岗）");
	assert_string_equal(shown(truck, "driver"), "郝仁（离岗）");
	/* Another keeper: the number of the one before goes with him. */
	help_add(store, "person", "name=郝学;phone=15500010008");
	help_edit(store, team, "leader=郝学");
	assert_string_equal(shown(team, "phone"), "15500010008");
	help_edit(store, team, "leader=某人");
	assert_string_equal(shown(team, "phone"), "15500010006"); /* nobody known: as it stands */
	help_add(store, "person", "name=郝学;phone=15500010009");
	help_edit(store, team, "leader=郝学");
	assert_string_equal(shown(team, "leader"), "郝学（同名 2 个）");
}

static struct change change;
static const char *why;

static enum rc typed(
	const char *source, const char *kind, const char *field, const char *text, struct ref *ref)
{
	const struct actor actor = {store, NULL, source};

	change_new(&change, &actor, kind_named(kind), (struct ref){0, 0});
	assert_true(change_set(&change, "name", "油锯", &why));
	assert_true(change_set(&change, field, text, &why));
	return change_commit(&change, ref, &fault);
}

static unsigned kept_by(const char *name)
{
	struct query query = query_all(KIND_supply);
	struct value_ways ways = store_ways(store, false);
	struct buf keep = {0};
	struct filter *filter = &query.filters[query.filter_count++];
	unsigned count;

	*filter = (struct filter){.tag = supply_keeper, .how = '='};
	assert_true(value_parse(field_of(kind_of(KIND_supply), supply_keeper), name, &ways, &keep,
		&filter->value, &why));
	assert_int_equal(store_count(store, &query, &count, &fault), RC_OK);
	buf_release(&keep);
	return count;
}

static void lists_ask_by_name_or_record(void **state)
{
	struct ref he = help_add(store, "person", "name=艾力·买买提");
	char number[32], text[64];
	(void)state;
	store_number(store, he, number);
	snprintf(text, sizeof text, "name=水泵;keeper=%s", number);
	help_add(store, "supply", text);
	help_add(store, "supply", "name=铁锹;keeper=艾力·买买提");
	help_add(store, "supply", "name=雨衣;keeper=艾力");
	assert_int_equal(kept_by("艾力·买买提"), 2);
	assert_int_equal(kept_by("艾力・买买提"), 2);
	assert_int_equal(kept_by("艾力买买提"), 2);
	assert_int_equal(kept_by(number), 2);
	assert_int_equal(kept_by("艾力"), 1);
	assert_int_equal(kept_by("无人"), 0);
}

static void who_types_it_is_asked(void **state)
{
	struct ref ref, one = help_add(store, "person", "name=苗青;post=护林员;phone=15500010010");
	(void)state;
	assert_int_equal(typed(NULL, "supply", "keeper", "苗青", &ref), RC_OK);
	change_release(&change);
	help_add(store, "person", "name=苗 青;post=网格员;phone=15500010011");
	assert_int_equal(typed(NULL, "supply", "keeper", "苗青", &ref), RC_BAD);
	assert_non_null(strstr(fault.text, "护林员 15500010010"));
	assert_non_null(strstr(fault.text, "网格员 15500010011"));
	assert_non_null(strstr(fault.text, "keeper"));
	change_release(&change);
	/* From a file it is kept, and told. */
	assert_int_equal(typed("office", "supply", "keeper", "苗青", &ref), RC_OK);
	assert_non_null(strstr(change.doubt, "15500010011"));
	change_release(&change);
	assert_string_equal(shown(ref, "keeper"), "苗青（同名 2 个）");
	/* Where a field can hold no number, too. */
	assert_int_equal(typed(NULL, "vehicle", "driver", "苗青", &ref), RC_OK);
	assert_non_null(change.doubt);
	change_release(&change);
	/* One of them has left: the other is meant, and that is written. */
	help_step(store, one, "off", "");
	assert_int_equal(typed(NULL, "supply", "keeper", "苗青", &ref), RC_OK);
	change_release(&change);
	assert_string_equal(shown(ref, "phone"), "15500010011");
	assert_string_equal(shown(ref, "keeper"), "苗 青");
	/* Whoever registers the next of that name is told. */
	{
		const struct actor actor = {store, NULL, NULL};
		change_new(&change, &actor, kind_of(KIND_person), (struct ref){0, 0});
		assert_true(change_set(&change, "name", "苗青", &why));
		assert_int_equal(change_commit(&change, &ref, &fault), RC_OK);
		assert_non_null(strstr(change.doubt, "15500010011"));
		change_release(&change);
	}
	/* Two stores of one name are told apart, too. */
	help_add(store, "depot", "name=西库;place=村东");
	help_add(store, "depot", "name=西库;place=村西");
	assert_int_equal(typed(NULL, "supply", "store", "西库", &ref), RC_BAD);
	assert_non_null(strstr(fault.text, "村西"));
	change_release(&change);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_name_has_its_bearers, begin, end),
		cmocka_unit_test_setup_teardown(another_process_adds_one, begin, end),
		cmocka_unit_test_setup_teardown(the_nearest_is_meant, begin, end),
		cmocka_unit_test_setup_teardown(numbers_come_from_the_person, begin, end),
		cmocka_unit_test_setup_teardown(lists_ask_by_name_or_record, begin, end),
		cmocka_unit_test_setup_teardown(who_types_it_is_asked, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
