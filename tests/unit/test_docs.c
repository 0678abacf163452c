/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a record is found by, and whose records come first.
 */
#include "store/identity.h"
#include "store/search/internal.h"
#include "store_help.h"

#include <setjmp.h>
#include <string.h>
#include <cmocka.h>

#include "model/kinds.h"

static struct store *store;

static int start(void **state)
{
	(void)state;
	store = help_alone(VILLAGE, "WZ");
	return 0;
}

static void own_place_then_above_then_beside(void **state)
{
	(void)state;
	assert_int_equal(doc_rank(store, VILLAGE), 3);
	assert_int_equal(doc_rank(store, TOWN), 2);
	assert_int_equal(doc_rank(store, VILLAGE_2), 1);
	assert_int_equal(doc_rank(store, TOWN_2), 0);
	assert_int_equal(doc_rank(store, COUNTY), 0);
}

static void every_searched_field_is_in_the_text(void **state)
{
	struct arena arena = {0};
	struct kept *kept;
	struct buf text = {0};
	(void)state;
	struct ref person = help_add(store, "person", "name=李四;phone=0391-12 345;post=网格员");
	assert_int_equal(kept_get(store, kind_named("person"), person, &arena, &kept, NULL), RC_OK);
	doc_text(store, kept, &text);
	const char *all = buf_cstr(&text);
	assert_non_null(strstr(all, "李四\n"));
	assert_non_null(strstr(all, "\n039112345\n"));
	assert_non_null(strstr(all, "网格员\n"));
	assert_non_null(strstr(all, "wz-12\n"));
	buf_clear(&text);
	struct ref hazard =
		help_add(store, "hazard", "category=H0101;place=后山;text=一\n二;grade=G");
	assert_int_equal(kept_get(store, kind_named("hazard"), hazard, &arena, &kept, NULL), RC_OK);
	doc_text(store, kept, &text);
	assert_non_null(strstr(buf_cstr(&text), "h0101\n"));
	assert_non_null(strstr(buf_cstr(&text), "一二\n"));
	buf_release(&text);
	arena_release(&arena);
}

static void all_records_in_the_order_of_showing(void **state)
{
	struct docs docs = {0};
	(void)state;
	for (unsigned i = 0; i < 20; i++)
		help_add(store, i % 2 ? "supply" : "contact", "name=a");
	assert_int_equal(docs_all(store, &docs, NULL), RC_OK);
	assert_int_equal(docs.count, 20 + 2);
	for (size_t i = 1; i < docs.count; i++)
		assert_true(docs.at[i - 1].stamp < docs.at[i].stamp);
	docs_release(&docs);
	assert_true(kind_found(kind_named("supply")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(own_place_then_above_then_beside),
		cmocka_unit_test(every_searched_field_is_in_the_text),
		cmocka_unit_test(all_records_in_the_order_of_showing),
	};
	return cmocka_run_group_tests(tests, start, help_alone_stop);
}
