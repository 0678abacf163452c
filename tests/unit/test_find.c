/* SPDX-License-Identifier: GPL-3.0-or-later
 * Lists: every filter, order and page against the same rows picked and sorted plainly; bad
 * questions are told.
 */
#include "store_help.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "model/area.h"
#include "model/kinds.h"
#include "store/identity.h"
#include "store/rows/internal.h"

static char home[HELP_HOME];
static struct store *store;

enum { ROWS = 60 };

struct want {
	struct ref ref;
	uint64_t area;
	int64_t quantity;
	char name[32];
	bool has;
};
static struct want wants[ROWS];

static int start(void **state)
{
	uint64_t seed = 7;
	(void)state;
	help_home(home);
	store = help_station(home, TOWN, "BX");
	for (unsigned i = 0; i < ROWS; i++) {
		struct want *want = &wants[i];
		char text[100];
		snprintf(want->name, sizeof(want->name), "泵%02u", help_random(&seed) % 20);
		want->area = help_random(&seed) % 3 ? VILLAGE : VILLAGE_2;
		want->has = help_random(&seed) % 4 != 0;
		want->quantity = help_random(&seed) % 10;
		snprintf(text, sizeof(text), want->has ? "name=%s;quantity=%d" : "name=%s",
			want->name, (int)want->quantity);
		want->ref = help_add_in(store, "supply", want->area, text);
	}
	return 0;
}

static int stop(void **state)
{
	(void)state;
	store_close(store);
	help_remove(home);
	return 0;
}

struct list {
	uint32_t seqs[ROWS * 2];
	unsigned count, most;
};

static bool add(const struct row *row, void *to)
{
	struct list *list = to;
	list->seqs[list->count++] = row->ref.seq;
	return !list->most || list->count < list->most;
}

static unsigned ask(const struct query *query, struct list *list)
{
	struct fault fault = {0};
	unsigned count;
	*list = (struct list){0};
	assert_int_equal(store_each(store, query, add, list, &fault), RC_OK);
	assert_int_equal(store_count(store, query, &count, &fault), RC_OK);
	return count;
}

static void default_order_is_area_and_title(void **state)
{
	struct query query = query_all(KIND_supply);
	struct list list;
	(void)state;
	assert_int_equal(ask(&query, &list), ROWS);
	assert_int_equal(list.count, ROWS);
	for (unsigned i = 1; i < ROWS; i++) {
		const struct want *a = &wants[list.seqs[i - 1] / 8 - 1],
				  *b = &wants[list.seqs[i] / 8 - 1];
		int order = strcmp(a->name, b->name);
		assert_true(a->area < b->area ||
			    (a->area == b->area &&
				    (order < 0 || (order == 0 && a->ref.seq < b->ref.seq))));
	}
	struct list back;
	query.backwards = true;
	ask(&query, &back);
	for (unsigned i = 0; i < ROWS; i++)
		assert_int_equal(back.seqs[i], list.seqs[ROWS - 1 - i]);
}

static void pages_are_parts_of_the_list(void **state)
{
	struct query query = query_all(KIND_supply);
	struct list all, page;
	(void)state;
	ask(&query, &all);
	query.limit = 7;
	for (query.skip = 0; query.skip < ROWS; query.skip += 7) {
		assert_int_equal(ask(&query, &page), ROWS); /* counts are of the whole list */
		for (unsigned i = 0; i < page.count; i++)
			assert_int_equal(page.seqs[i], all.seqs[query.skip + i]);
	}
}

static void filters_pick(void **state)
{
	struct list list;
	(void)state;
	for (int64_t bound = 0; bound < 10; bound++) {
		static const char hows[] = "=<>";
		for (unsigned h = 0; hows[h]; h++) {
			struct query query = query_all(KIND_supply);
			unsigned count = 0;
			query.filters[0] =
				(struct filter){supply_quantity, hows[h], value_num(bound * 1000)};
			query.filter_count = 1;
			query.area = VILLAGE;
			for (unsigned i = 0; i < ROWS; i++) {
				const struct want *w = &wants[i];
				bool in = hows[h] == '='   ? w->quantity == bound
					  : hows[h] == '<' ? w->quantity < bound
							   : w->quantity > bound;
				count += w->has && in && w->area == VILLAGE;
			}
			assert_int_equal(ask(&query, &list), count);
			assert_int_equal(list.count, count);
		}
	}
	struct query query = query_all(KIND_supply);
	query.filters[0] = (struct filter){supply_name, '~', value_text("泵1")};
	query.filter_count = 1;
	unsigned count = 0;
	for (unsigned i = 0; i < ROWS; i++)
		count += strstr(wants[i].name, "泵1") != NULL;
	assert_int_equal(ask(&query, &list), count);
	/* An empty value picks those without. */
	query.filters[0] = (struct filter){supply_quantity, '=', value_text("")};
	count = 0;
	for (unsigned i = 0; i < ROWS; i++)
		count += !wants[i].has;
	assert_int_equal(ask(&query, &list), count);
	query = query_all(KIND_supply);
	query.area = TOWN;
	assert_int_equal(ask(&query, &list), ROWS);
	query.area = TOWN_2;
	assert_int_equal(ask(&query, &list), 0);
}

static void empty_values_come_last(void **state)
{
	struct list list;
	(void)state;
	for (unsigned back = 0; back < 2; back++) {
		struct query query = query_all(KIND_supply);
		query.order = supply_quantity;
		query.backwards = back;
		ask(&query, &list);
		for (unsigned i = 1; i < ROWS; i++) {
			const struct want *a = &wants[list.seqs[i - 1] / 8 - 1];
			const struct want *b = &wants[list.seqs[i] / 8 - 1];
			assert_true(a->has || !b->has);
			if (a->has && b->has)
				assert_true(back ? a->quantity >= b->quantity
						 : a->quantity <= b->quantity);
		}
	}
}

static void states_and_parents(void **state)
{
	struct list list;
	(void)state;
	struct ref a = help_add(store, "hazard", "category=H0101;place=a;text=b;grade=G");
	help_add(store, "hazard", "category=H0101;place=c;text=d;grade=G");
	help_step(store, a, "withdraw", "text=误报");
	struct query query = query_all(KIND_hazard);
	query.state_flags = STATE_OPEN;
	assert_int_equal(ask(&query, &list), 1);
	query.state_flags = STATE_VOID;
	assert_int_equal(ask(&query, &list), 1);
	assert_int_equal(list.seqs[0], a.seq);
	query.state_flags = 0;
	query.state = hazard_is_new;
	assert_int_equal(ask(&query, &list), 1);

	struct buf number = {0};
	char id[32], text[80];
	struct ref drill = help_add(store, "drill", "title=防汛演练;type=D1");
	store_number(store, drill, id);
	snprintf(text, sizeof(text), "drill=%s;text=哨子不够", id);
	struct ref finding = help_add(store, "finding", text);
	help_add(store, "finding", "text=不相干");
	query = query_all(KIND_finding);
	query.parent = drill;
	assert_int_equal(ask(&query, &list), 1);
	assert_int_equal(list.seqs[0], finding.seq);
	buf_release(&number);
}

static void piles_show_the_newest_first(void **state)
{
	struct list list;
	(void)state;
	struct ref a = help_add(store, "duty", "type=note;text=一"),
		   b = help_add(store, "duty", "type=note;text=二");
	struct query query = query_all(KIND_duty);
	ask(&query, &list);
	assert_int_equal(list.seqs[0], b.seq);
	assert_int_equal(list.seqs[1], a.seq);
	list = (struct list){.most = 1};
	assert_int_equal(store_each(store, &query, add, &list, NULL), RC_OK);
	assert_int_equal(list.count, 1);
}

/* Warnings: what was lifted stands behind what is in force, whichever is newer. */
static void what_is_over_stands_behind(void **state)
{
	struct list list;
	(void)state;
	struct ref a = help_add(store, "warning", "event=11B03;severity=yellow;headline=一"),
		   b = help_add(store, "warning", "event=11B01;severity=red;headline=二");
	struct query query = query_all(KIND_warning);
	help_step(store, b, "cancel", "text=雨停");
	ask(&query, &list);
	assert_int_equal(list.seqs[0], b.seq);
	query.open_first = true;
	ask(&query, &list);
	assert_int_equal(list.count, 2);
	assert_int_equal(list.seqs[0], a.seq);
	assert_int_equal(list.seqs[1], b.seq);
}

static void bad_questions_are_told(void **state)
{
	struct fault fault;
	struct list list = {0};
	unsigned count;
	(void)state;
	struct query query = query_all(9999);
	assert_int_equal(store_each(store, &query, add, &list, &fault), RC_BAD);
	query = query_all(KIND_supply);
	query.order = 199;
	assert_int_equal(store_each(store, &query, add, &list, &fault), RC_BAD);
	query = query_all(KIND_supply);
	query.filters[0] = (struct filter){199, '=', value_num(1)};
	query.filter_count = 1;
	assert_int_equal(store_count(store, &query, &count, &fault), RC_BAD);
	query.filters[0] = (struct filter){supply_name, '?', value_num(1)};
	assert_int_equal(store_count(store, &query, &count, &fault), RC_BAD);
	query = query_all(KIND_duty);
	query.kind = KIND_person;
	query.parent = (struct ref){1, 8};
	assert_int_equal(store_count(store, &query, &count, &fault), RC_BAD);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(default_order_is_area_and_title),
		cmocka_unit_test(pages_are_parts_of_the_list),
		cmocka_unit_test(filters_pick),
		cmocka_unit_test(empty_values_come_last),
		cmocka_unit_test(states_and_parents),
		cmocka_unit_test(piles_show_the_newest_first),
		cmocka_unit_test(what_is_over_stands_behind),
		cmocka_unit_test(bad_questions_are_told),
	};
	return cmocka_run_group_tests(tests, start, stop);
}
