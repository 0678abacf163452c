/* SPDX-License-Identifier: GPL-3.0-or-later
 * Sites: kept whole, found by code, listed by area; a level that becomes known decides which steps
 * count.
 */
#include "store/identity.h"
#include "store/rows/internal.h"
#include "store_help.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

static struct store *store;

static int start(void **state)
{
	store = help_alone(TOWN, "BX");
	*state = store_log(store);
	return 0;
}

static void kept_whole(void **state)
{
	struct log *log = *state;
	struct site site = {.site = 0xfffffffffffffful,
		.area = VILLAGE,
		.above = log->site,
		.level = LEVEL_VILLAGE,
		.agree_id = 3,
		.rights = 5,
		.until = 1900000000,
		.revoked = true,
		.ended = true};
	struct site got;
	memset(&got, 0xee, sizeof(got));
	snprintf(site.name, sizeof(site.name), "王庄村");
	snprintf(site.code, sizeof(site.code), "WZ");
	memset(site.sign_public, 7, SIGN_PUBLIC);
	memset(site.agree_public, 9, AGREE_PUBLIC);
	assert_int_equal(log_site_set(log, &site, NULL), RC_OK);
	assert_true(log_site(log, site.site, &got));
	assert_memory_equal(&got.sign_public, &site.sign_public, SIGN_PUBLIC);
	assert_memory_equal(&got.agree_public, &site.agree_public, AGREE_PUBLIC);
	assert_string_equal(got.name, site.name);
	assert_string_equal(got.code, site.code);
	assert_true(got.site == site.site && got.area == site.area && got.above == site.above &&
		    got.level == site.level && got.agree_id == 3 && got.rights == 5 &&
		    got.until == site.until && got.revoked && got.ended);
	assert_false(log_site(log, 1, &got));
}

static void code_names_the_one_in_use(void **state)
{
	struct log *log = *state;
	struct site site = {.site = 5, .area = VILLAGE, .code = "WZ", .ended = true}, got;
	assert_int_equal(log_site_set(log, &site, NULL), RC_OK);
	assert_true(log_site_code(log, "wz", &got));
	assert_int_equal(got.site, 5);
	site.site = 9;
	site.ended = false;
	assert_int_equal(log_site_set(log, &site, NULL), RC_OK);
	assert_true(log_site_code(log, "WZ", &got));
	assert_int_equal(got.site, 9);
	assert_false(log_site_code(log, "WY", &got));
}

static bool print(const struct site *site, void *to)
{
	buf_fmt(to, "%s ", site->code);
	return true;
}

static void listed_by_area(void **state)
{
	struct log *log = *state;
	struct buf out = {0};
	struct site site = {.site = 5, .area = VILLAGE, .code = "WZ"};
	assert_int_equal(log_site_set(log, &site, NULL), RC_OK);
	site = (struct site){.site = 4, .area = COUNTY, .code = "WX"};
	assert_int_equal(log_site_set(log, &site, NULL), RC_OK);
	assert_int_equal(log_sites(log, print, &out, NULL), RC_OK);
	assert_string_equal(buf_cstr(&out), "WX BX WZ ");
	buf_release(&out);
}

static void levels_decide_when_known(void **state)
{
	char village_home[HELP_HOME];
	(void)state;
	help_home(village_home);
	struct store *village = help_station(village_home, VILLAGE, "WZ");
	struct ref ref = help_add(village, "hazard", "category=H0101;place=a;text=b;grade=M");
	/* A step that only a county may take, by a village. */
	const struct kind *kind = kind_named("hazard");
	const struct step *step = NULL;
	for (const struct step *s = kind->steps; s->tag && !step; s++)
		if (!(s->by & 1u << LEVEL_VILLAGE) && s->from & 1 && !(s->flags & STEP_TRACK))
			step = s;
	assert_non_null(step);
	help_step(village, ref, step->verb, "");
	help_carry(store, village);
	help_introduce(store, village);
	struct arena arena = {0};
	struct record record;
	struct history history;
	assert_int_equal(store_record(store, ref, &arena, &record, &history, NULL), RC_OK);
	assert_int_equal(history.verdicts[1], V_LEVEL);
	assert_int_equal(record.refused, 1);
	arena_release(&arena);
	store_close(village);
	help_remove(village_home);
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, start, help_alone_stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(kept_whole),
		TEST(code_names_the_one_in_use),
		TEST(listed_by_area),
		TEST(levels_decide_when_known),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
