/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a station above refused is told where it was written, with the reason and what to do; no
 * reason is without advice.
 */
#include "screens/outbox_page.h"
#include "store/station.h"
#include "store/rows/internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "app/sync_cmd.h"
#include "base/when.h"
#include "model/codes.h"
#include "model/kinds.h"
#include "store_help.h"
#include "work/instead.h"

static char home[HELP_HOME], town_home[HELP_HOME];
static struct store *store, *town;

static int start(void **state)
{
	(void)state;
	help_home(home);
	help_home(town_home);
	store = help_station(home, VILLAGE, "WZ");
	town = help_station(town_home, TOWN, "BX");
	help_introduce(store, town);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	store_close(store);
	store_close(town);
	help_remove(home);
	help_remove(town_home);
	return 0;
}

static void refuse(struct ref ref, const char *reason)
{
	char fields[120];

	snprintf(fields, sizeof fields, "site=%014llx;seq=%u;reason=%s",
		(unsigned long long)ref.site, ref.seq, reason);
	help_add_in(town, "refusal", VILLAGE, fields);
	help_carry(store, town);
}

/* All lines as one text. */
static const char *lines(unsigned *refused)
{
	static struct buf all;
	struct arena arena = {0};
	struct fault fault = {0};
	struct outbox_page outbox = {0};

	buf_clear(&all);
	assert_int_equal(outbox_page_load(&outbox, store, when_now(), &arena, &fault), RC_OK);
	for (unsigned n = 0; n < outbox.page.count; n++)
		buf_fmt(&all, "%s%s\n", outbox.page.lines[n].ref.seq ? "*" : "",
			outbox.page.lines[n].text);
	*refused = outbox.refused;
	outbox_page_release(&outbox);
	arena_release(&arena);
	return buf_cstr(&all);
}

static void told_where_it_was_written(void **state)
{
	unsigned refused;
	struct ref ref = help_add(store, "hazard", "category=H0101;place=后山;text=裂缝;grade=G");

	(void)state;
	assert_null(strstr(lines(&refused), "没有收"));
	assert_int_equal(refused, 0);
	refuse(ref, "area");
	const char *text = lines(&refused);
	assert_int_equal(refused, 1);

	assert_non_null(strstr(text, "*  隐患 WZ-"));
	assert_non_null(strstr(text, "没有收：不在其区域内。在本站的区域里重写"));
	refuse(ref, "clock");
	text = lines(&refused);
	assert_int_equal(refused, 2);
	assert_non_null(strstr(text, "有话：时间超前一天以上。把写它的机器的时钟对准"));
}

/* Its grant had run out, and was renewed. */
static void what_was_taken_after_all_is_not_told(void **state)
{
	unsigned refused;
	struct ref ref = help_add(store, "hazard", "category=H0101;place=沟口;text=裂缝;grade=G");

	(void)state;
	refuse(ref, "expired");
	assert_non_null(strstr(lines(&refused), "授权已到期。与上级同步续期"));
	assert_int_equal(refused, 1);
	assert_int_equal(store_refused(store), 1);
	refuse(ref, "lifted");
	assert_null(strstr(lines(&refused), "没有收"));
	assert_int_equal(refused, 0);
	assert_int_equal(store_refused(store), 0);
}

/* Another record stands for it: the old one is withdrawn, and nothing is left to do. */
static void what_is_written_anew_is_over(void **state)
{
	unsigned refused;
	struct user user = {.who = 1, .name = "张三"};
	struct actor actor = {store, &user, NULL};
	struct arena arena = {0};
	struct fault fault = {0};
	struct row row;
	struct ref old = help_add(store, "hazard", "category=H0101;place=桥北;text=裂缝;grade=G");
	struct ref new = help_add(store, "hazard", "category=H0101;place=桥南;text=裂缝;grade=G");

	(void)state;
	refuse(old, "rights");
	assert_non_null(strstr(lines(&refused), "桥北"));
	assert_non_null(strstr(lines(&refused), "（e 改了再报）"));
	unsigned before = store_refused(store);
	assert_int_equal(instead_write(&actor, old, new, &fault), RC_OK);
	assert_null(strstr(lines(&refused), "桥北"));
	assert_int_equal(store_refused(store), before - 1);
	assert_int_equal(store_row(store, old, &arena, &row, &fault), RC_OK);
	assert_true(row_void(&row));
	arena_release(&arena);
}

/* A fact that is not here, and a reason that this program does not know. */
static void of_what_is_not_known_here(void **state)
{
	unsigned refused;

	(void)state;
	refuse((struct ref){77, 8}, "rights");
	assert_non_null(strstr(lines(&refused), "\n  一条记录"));
	assert_string_equal(refusal_advice(bytes_text("tomorrow")), refusal_advice(bytes_text("")));
	assert_non_null(strstr(refusal_advice(bytes_text("")), "打电话"));
}

/* Somebody below says that this station wrote it: nobody has to go looking for that. */
static void what_came_back_waits_in_sight(void **state)
{
	struct fault fault = {0};
	struct sync_report report = {.returned = 1};
	struct buf said = {0};
	unsigned refused;
	bool full;

	(void)state;
	assert_null(strstr(lines(&refused), "退回"));
	assert_int_equal(returned_keep(store, 7, bytes_text("one"), &full, &fault), RC_OK);
	assert_non_null(strstr(lines(&refused), "下级退回 1 条本站以前的记录，没有签名"));
	sync_report_text(&report, &said);
	assert_non_null(strstr(buf_cstr(&said), "下级退回 1 条没有签名，等人决定"));
	buf_release(&said);
}

/* The head of the section stands above it, though nothing of ours was refused. */
static void who_sends_too_much_is_named(void **state)
{
	struct op op = {.kind = KIND_hazard, .site = store_station(town)->site, .seq = 8};
	struct fault fault = {0};
	unsigned refused;

	(void)state;
	assert_null(strstr(lines(&refused), "没有生效的，和上级有意见的"));
	assert_int_equal(store_begin(store, &fault), RC_OK);
	assert_int_equal(dropped_put(store_log(store), &op, 1, "area", &fault), RC_OK);
	assert_int_equal(store_commit(store, &fault), RC_OK);
	assert_non_null(strstr(lines(&refused), "没有生效的，和上级有意见的\n  "));
	assert_non_null(strstr(lines(&refused), "不归它写的太多，一天里丢掉了1条，共1条"));
	assert_int_equal(refused, 0);
}

static void every_reason_has_its_own_advice(void **state)
{
	const struct code *code = NULL;
	unsigned count = 0;

	(void)state;
	while ((code = code_each("refusal", NULL, code))) {
		const char *advice = refusal_advice(bytes_text(code->code));
		if (advice == refusal_advice(bytes_text("")))
			fail_msg("no advice for \"%s\"", code->code);
		count++;
	}
	assert_true(count >= 6);
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, start, stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(told_where_it_was_written),
		TEST(what_was_taken_after_all_is_not_told),
		TEST(what_is_written_anew_is_over),
		TEST(of_what_is_not_known_here),
		TEST(what_came_back_waits_in_sight),
		TEST(who_sends_too_much_is_named),
		TEST(every_reason_has_its_own_advice),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
