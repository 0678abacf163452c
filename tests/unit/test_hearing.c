/* SPDX-License-Identifier: GPL-3.0-or-later
 * Digits between two people: read out on one screen, typed in on another; a wrong group is named at
 * once, and what the program beside the terminal says is believed.
 * Tests also: beside.c spoken.c hear.c hearing_draft.c telegram.c
 * Covers: K05
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "desk.h"
#include "screens/beside.h"
#include "screens/hearing.h"
#include "store/peer.h"

static struct desk desk;
static char digits[200], asked[400], number[32];
static char telegrams[200];
static unsigned groups;

/* Instead of outpost-sync: a record's digits are those of a text. */
static int answer(void *to, const struct user *user, const char *const *argv, struct buf *said,
	struct buf *told)
{
	(void)to;
	(void)user;
	asked[0] = '\0';
	for (; *argv; argv++)
		snprintf(asked + strlen(asked), sizeof asked - strlen(asked), "%s ", *argv);
	if (strstr(asked, "--short"))
		buf_text(said, telegrams);
	else if (!strncmp(asked, "spoken", strlen("spoken")))
		buf_text(said, digits);
	else
		buf_fmt(said, "%s\n", number);
	buf_text(told, "听到了\n");
	return 0;
}

static const struct beside beside = {answer, NULL, NULL};

static int start(void **state)
{
	struct buf out = {0};

	(void)state;
	desk_open(&desk);
	groups = digits_put(&out, bytes_text("桥头塌方埋2人，请求支援"));
	snprintf(digits, sizeof digits, "%s", buf_cstr(&out));
	buf_clear(&out);
	assert_int_equal(
		telegram_put(&out, bytes_text("桥头塌方埋2人，请求支援，路也断了，电话打不通")), 2);
	snprintf(telegrams, sizeof telegrams, "%s", buf_cstr(&out));
	buf_release(&out);
	struct ref ref = desk_add(&desk, "incident",
		(const char *const[]){"event=11D01", "place=桥头", "text=塌方", NULL});
	store_number(desk.store, ref, number);
	beside_set(&beside);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	beside_set(NULL);
	desk_close(&desk);
	return 0;
}

static const char *group(unsigned n)
{
	return digits + (size_t)n * (SPOKEN_GROUP + 1);
}

static void each_group_is_looked_at_by_itself(void **state)
{
	struct hearing hearing = {.count = 0};
	struct buf why = {0};
	char typed[32];

	(void)state;
	assert_true(groups > 4);
	snprintf(typed, sizeof typed, "%.4s", group(0));
	assert_int_equal(hearing_type(&hearing, typed, &why), HEARD_MORE);
	snprintf(typed, sizeof typed, "%.11s", group(0));
	assert_int_equal(hearing_type(&hearing, typed, &why), HEARD_GOOD);
	assert_int_equal(hearing.count, 2);
	snprintf(typed, sizeof typed, "%.5s", group(3)); /* the third was left out */
	assert_int_equal(hearing_type(&hearing, typed, &why), HEARD_WRONG);
	assert_string_equal(buf_cstr(&why), "第 3 组对不上，像是下一组：请对方从这一组重念");
	snprintf(typed, sizeof typed, "%.4s%c", group(2),
		group(2)[4] == '9' ? '0' : group(2)[4] + 1);
	buf_clear(&why);
	assert_int_equal(hearing_type(&hearing, typed, &why), HEARD_WRONG);
	assert_non_null(strstr(buf_cstr(&why), "第 3 组对不上"));
	assert_int_equal(hearing.count, 2);
	assert_int_equal(hearing_type(&hearing, "你好", &why), HEARD_WRONG);
	assert_int_equal(hearing_type(&hearing, group(2), &why), HEARD_GOOD);
	assert_true(hearing.whole);
	assert_int_equal(hearing.count, groups);
	buf_clear(&why);
	assert_int_equal(hearing_type(&hearing, "12345", &why), HEARD_WRONG);
	assert_non_null(strstr(buf_cstr(&why), "最后一组"));
	buf_release(&why);
}

static void typed_in_on_the_screen(void **state)
{
	char wrong[SPOKEN_GROUP + 1];

	(void)state;
	desk_login(&desk, 24, 80);
	assert_true(desk_keys(&desk, "S 4"));
	assert_true(desk_sees(&desk, "第 1 组："));
	for (unsigned n = 0; n + 1 < groups; n++) {
		snprintf(wrong, sizeof wrong, "%.5s", group(n));
		desk_type(&desk, wrong);
	}
	snprintf(wrong, sizeof wrong, "%.4s", group(groups - 1));
	wrong[4] = group(groups - 1)[4] == '9' ? '0' : (char)(group(groups - 1)[4] + 1);
	wrong[5] = '\0';
	desk_type(&desk, wrong);
	assert_true(desk_sees(&desk, "组对不上：请对方重念这一组"));
	desk_type(&desk, group(groups - 1));
	assert_true(desk_sees(&desk, "桥头"));
	assert_true(desk_sees(&desk, "听到了"));
	assert_int_equal(strncmp(asked, "hear ", 5), 0);
	assert_int_equal(strlen(asked), 5 + groups * (SPOKEN_GROUP + 1));
}

/* Somebody is above, so what is written waits to go there. */
static void read_out_large(void **state)
{
	struct station station = *store_station(desk.store);
	struct peer peer = {.pace = {.frame = 4096}};
	struct fault fault = {0};
	char spaced[16];

	(void)state;
	assert_true(log_site(store_log(desk.store), station.site, &peer.site));
	station.joined = true;
	assert_int_equal(store_station_set(desk.store, &station, &fault), RC_OK);
	assert_int_equal(peer_save(desk.store, &peer, &fault), RC_OK);
	snprintf(spaced, sizeof spaced, "%c %c %c %c %c", digits[0], digits[1], digits[2],
		digits[3], digits[4]);
	desk_login(&desk, 24, 80);
	assert_true(desk_keys(&desk, "S 1"));
	assert_true(desk_sees(&desk, spaced));
	assert_true(desk_sees(&desk, "1幺 2两 7拐"));
	assert_true(desk_sees(&desk, number));
	assert_int_equal(strncmp(asked, "spoken ", 7), 0);
	desk_login(&desk, 9, 40); /* so small that there are pages */
	assert_true(desk_keys(&desk, "S 1"));
	assert_true(desk_sees(&desk, "第1页，共"));
	assert_true(desk_keys(&desk, "space"));
	assert_true(desk_sees(&desk, "第2页，共"));
	assert_null(strstr(desk_screen(&desk), spaced));
	desk_login(&desk, 24, 80);
	assert_true(desk_keys(&desk, "S 3"));
	snprintf(spaced, sizeof spaced, "%.12s", telegrams);
	assert_true(desk_sees(&desk, spaced));
}

static void short_messages_both_ways(void **state)
{
	char first[TELEGRAM + 2], second[TELEGRAM + 1];

	(void)state;
	assert_int_equal(sscanf(telegrams, "%70s %70s", first, second), 2);
	desk_login(&desk, 24, 80);
	assert_true(desk_keys(&desk, "S 4"));
	desk_type(&desk, second);
	assert_true(desk_keys(&desk, "enter"));
	assert_true(desk_sees(&desk, "第2条收到，共2条，还缺1条"));
	first[20] = first[20] == 'A' ? 'B' : 'A';
	desk_type(&desk, first);
	assert_true(desk_sees(&desk, "这一条短报文对不上"));
	assert_int_equal(sscanf(telegrams, "%70s", first), 1);
	desk_type(&desk, first);
	assert_true(desk_sees(&desk, "桥头"));
	assert_int_equal(strncmp(asked, "hear D12", strlen("hear D12")), 0);
	assert_non_null(strstr(asked, second));
}

/* ^X, a cut line: what was typed waits, group by group, and the digits behind the last one. */
static void what_was_typed_waits(void **state)
{
	char some[40];

	(void)state;
	desk_login(&desk, 24, 80);
	assert_true(desk_keys(&desk, "S 4"));
	assert_null(strstr(desk_screen(&desk), "有草稿"));
	snprintf(some, sizeof some, "%.5s%.3s", group(0), group(1));
	desk_type(&desk, some);
	assert_true(desk_keys(&desk, "^X"));
	assert_true(desk_sees(&desk, "草稿留着；再录时按 ^R 取回"));
	assert_true(desk_keys(&desk, "4"));
	assert_true(desk_sees(&desk, "第 1 组："));
	assert_true(desk_sees(&desk, "有草稿 07-14 06:33 已录1组  ^R 取回"));
	assert_true(desk_keys(&desk, "^R"));
	snprintf(some, sizeof some, "第 2 组：%.3s", group(1));
	assert_true(desk_sees(&desk, some));
	assert_null(strstr(desk_screen(&desk), "有草稿"));
	for (unsigned n = 1; n + 1 < groups; n++) {
		snprintf(some, sizeof some, "%.5s", group(n) + (n == 1 ? 3 : 0));
		some[n == 1 ? 2 : SPOKEN_GROUP] = '\0';
		desk_type(&desk, some);
	}
	desk_hang_up(&desk); /* all but the last group */
	desk_login(&desk, 12, 40);
	assert_true(desk_keys(&desk, "S 4 ^R"));
	desk_type(&desk, group(groups - 1));
	assert_true(desk_sees(&desk, "桥头"));
	assert_int_equal(strlen(asked), 5 + groups * (SPOKEN_GROUP + 1));
	assert_true(desk_keys(&desk, "h S 4"));
	assert_null(strstr(desk_screen(&desk), "有草稿"));
}

/* Who begins anew instead has both. */
static void a_new_beginning_writes_nothing_over(void **state)
{
	char some[40];

	(void)state;
	desk_login(&desk, 24, 80);
	assert_true(desk_keys(&desk, "S 4"));
	snprintf(some, sizeof some, "%.5s%.5s", group(0), group(1));
	desk_type(&desk, some);
	assert_true(desk_keys(&desk, "^X 4"));
	snprintf(some, sizeof some, "%.2s", group(0));
	desk_type(&desk, some);
	assert_true(desk_keys(&desk, "^R"));
	assert_true(desk_sees(&desk, "第 3 组："));
	desk_type(&desk, group(2));
	assert_true(desk_sees(&desk, "桥头"));
	assert_true(desk_keys(&desk, "h S 4"));
	assert_true(desk_sees(&desk, "已录0组"));
	assert_true(desk_keys(&desk, "^R"));
	snprintf(some, sizeof some, "第 1 组：%.2s", group(0));
	assert_true(desk_sees(&desk, some));
}

/* Folded to forty columns, one sees where a message ends and the next begins. */
static void each_message_stands_below_its_number(void **state)
{
	struct hearing said = {.count = 2};
	struct page page = {.text = true};

	(void)state;
	snprintf(said.telegrams[0], sizeof said.telegrams[0], "D1AAAA");
	snprintf(said.telegrams[1], sizeof said.telegrams[1], "D2BB");
	hearing_page(&said, &page);
	assert_int_equal(page.count, 4);
	assert_string_equal(page.lines[0].text, "第1条 共2条 6个字符");
	assert_string_equal(page.lines[1].text, "D1AAAA");
	assert_string_equal(page.lines[2].text, "第2条 共2条 4个字符");
	assert_string_equal(page.lines[3].text, "D2BB");
	page_release(&page);
}

static void short_messages_wait(void **state)
{
	char first[TELEGRAM + 2], second[TELEGRAM + 1];

	(void)state;
	assert_int_equal(sscanf(telegrams, "%70s %70s", first, second), 2);
	desk_login(&desk, 24, 80);
	assert_true(desk_keys(&desk, "S 4"));
	desk_type(&desk, second);
	assert_true(desk_keys(&desk, "enter ^X 4"));
	assert_true(desk_sees(&desk, "已收1条"));
	assert_true(desk_keys(&desk, "^R"));
	desk_type(&desk, first);
	assert_true(desk_keys(&desk, "enter"));
	assert_true(desk_sees(&desk, "桥头"));
	assert_non_null(strstr(asked, second));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(each_group_is_looked_at_by_itself, start, stop),
		cmocka_unit_test_setup_teardown(typed_in_on_the_screen, start, stop),
		cmocka_unit_test_setup_teardown(read_out_large, start, stop),
		cmocka_unit_test_setup_teardown(short_messages_both_ways, start, stop),
		cmocka_unit_test_setup_teardown(what_was_typed_waits, start, stop),
		cmocka_unit_test_setup_teardown(a_new_beginning_writes_nothing_over, start, stop),
		cmocka_unit_test(each_message_stands_below_its_number),
		cmocka_unit_test_setup_teardown(short_messages_wait, start, stop),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
