/* SPDX-License-Identifier: GPL-3.0-or-later
 * What every case begins and ends with.
 */
#include "cases.h"

#include "store/rows/internal.h"

int cases_make(void **state)
{
	(void)state;
	scene_mould_make();
	return 0;
}

int cases_drop(void **state)
{
	(void)state;
	scene_mould_drop();
	return 0;
}

int case_begin(void **state)
{
	struct scene *scene = calloc(1, sizeof *scene);

	scene_begin(scene);
	*state = scene;
	return 0;
}

int case_end(void **state)
{
	scene_end(*state);
	free(*state);
	return 0;
}

void case_again(struct scene *scene)
{
	scene_end(scene);
	scene_begin(scene);
}

void good(struct scene *scene, bool is)
{
	if (!is)
		fail_msg("%s", scene->said);
}

int state_of(struct store *store, struct ref ref)
{
	struct arena arena = {0};
	struct record record;
	struct fault fault;
	int state;

	assert_int_equal(store_record(store, ref, &arena, &record, NULL, &fault), RC_OK);
	state = record.state;
	arena_release(&arena);
	return state;
}

bool text_is(struct store *store, struct ref ref, unsigned tag, const char *text)
{
	struct arena arena = {0};
	struct record record;
	struct fault fault;
	bool is;

	assert_int_equal(store_record(store, ref, &arena, &record, NULL, &fault), RC_OK);
	is = bytes_equal(record_text(&record, tag), bytes_text(text));
	arena_release(&arena);
	return is;
}

void cases_choose(void)
{
	const char *only = getenv("OUTPOST_CASE");

	if (only)
		cmocka_set_test_filter(only);
}
