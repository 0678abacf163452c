/* SPDX-License-Identifier: GPL-3.0-or-later
 * Two stations of one village change one field without having seen each other: show gives both
 * values, on both stations the same one first.
 */
#include "store/log.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/when.h"
#include "model/kinds.h"
#include "store/identity.h"
#include "store/rows/internal.h"

static char homes[2][64];

static struct store *station(unsigned n, const char *code)
{
	struct station who = {.area = 410882103205, .level = LEVEL_VILLAGE, .name = "王庄村"};
	struct store *store;
	struct fault fault = {0};
	struct keys keys;
	snprintf(who.code, sizeof who.code, "%s", code);
	snprintf(homes[n], sizeof homes[n], "/tmp/outpost-conflict-XXXXXX");
	assert_non_null(mkdtemp(homes[n]));
	keys_from_seed(&keys, code);
	if (store_init(&store, homes[n], &who, &keys, STORE_FAST, &fault))
		fail_msg("%s", fault.text);
	return store;
}

static bool give(const struct fact *fact, void *to)
{
	struct fault fault = {0};
	bool fresh;
	if (store_take(to, fact->raw, fact->sig, 0, &fresh, &fault))
		fail_msg("%s", fault.text);
	return true;
}

static void carry(struct store *from, struct store *to)
{
	struct fault fault;
	uint64_t seen;
	for (unsigned lane = 0; lane < LANES; lane++)
		assert_int_equal(
			log_up(store_log(from), &(struct facts_query){.lane = lane, .limit = 1000},
				give, to, &seen, &fault),
			RC_OK);
}

static struct ref write_place(struct store *store, struct ref ref, const char *place)
{
	struct buf body = {0};
	struct fault fault = {0};
	struct value text = value_text(place);
	struct op op = {.kind = KIND_hazard,
		.area = ref.seq ? 0 : 410882103205,
		.rec_site = ref.site,
		.rec_seq = ref.seq};
	put_field(&body, hazard_place, &text);
	op.body = buf_bytes(&body);
	if (store_write(store, &op, &fault))
		fail_msg("%s", fault.text);
	buf_release(&body);
	return (struct ref){op.rec_site, op.rec_seq};
}

static void take_step(struct store *store, struct ref ref, unsigned step, const char *text)
{
	struct buf body = {0};
	struct fault fault = {0};
	struct value value = value_text(text);
	struct op op = {
		.kind = KIND_hazard, .step = step, .rec_site = ref.site, .rec_seq = ref.seq};
	put_field(&body, ARG_TEXT, &value);
	op.body = buf_bytes(&body);
	if (store_write(store, &op, &fault))
		fail_msg("%s", fault.text);
	buf_release(&body);
}

static void clear(unsigned n)
{
	char command[200];
	snprintf(command, sizeof command, "rm -rf '%s'", homes[n]);
	assert_int_equal(system(command), 0);
}

static void shown(unsigned n, struct ref ref, const char *options, char *out, size_t room)
{
	const char *build = getenv("OUTPOST_BUILD");
	char command[400], id[32];
	store_id(ref, id);
	snprintf(command, sizeof command, "OUTPOST_LANG=zh OUTPOST_HOME=%s '%s/outpost' show %s %s",
		homes[n], build ? build : "build", id, options);
	FILE *pipe = popen(command, "r");
	assert_non_null(pipe);
	size_t len = fread(out, 1, room - 1, pipe);
	out[len] = 0;
	assert_int_equal(pclose(pipe), 0);
}

static void test_both_values(void **state)
{
	char one[8192], other[8192];
	struct store *stores[2];
	(void)state;
	crypt_start();
	stores[0] = station(0, "AA");
	stores[1] = station(1, "BB");
	struct ref ref = write_place(stores[0], (struct ref){0, 0}, "村部");
	carry(stores[0], stores[1]);
	write_place(stores[0], ref, "村部北侧");
	when_skip(60);
	write_place(stores[1], ref, "村部南侧");
	carry(stores[0], stores[1]);
	carry(stores[1], stores[0]);
	store_close(stores[0]);
	store_close(stores[1]);
	for (unsigned n = 0; n < 2; n++) {
		shown(n, ref, "", one, sizeof one);
		const char *kept = strstr(one, "村部南侧"), *lost = strstr(one, "村部北侧");
		if (!kept || !lost || kept > lost)
			fail_msg("%s", one);
		assert_non_null(strstr(one, "另一个值"));
		/* Each with its station and what is known of the clock. */
		assert_non_null(strstr(one, "现在的值"));
		assert_non_null(strstr(one, "王庄村"));
		assert_non_null(strstr(one, "时钟未对"));
		shown(n, ref, "--json", other, sizeof other);
		assert_non_null(strstr(other, "\"overwritten\":[\"place\"]"));
		clear(n);
	}
}

/* One station withdraws, the other one rectifies what is withdrawn: shown as without effect, and
 * nothing is hidden. */
static void test_refused_step(void **state)
{
	char text[8192];
	struct store *stores[2];
	(void)state;
	crypt_start();
	stores[0] = station(0, "AA");
	stores[1] = station(1, "BB");
	struct ref ref = write_place(stores[0], (struct ref){0, 0}, "村部");
	carry(stores[0], stores[1]);
	take_step(stores[0], ref, hazard_do_withdraw, "看错了");
	when_skip(60);
	take_step(stores[1], ref, hazard_do_rectify, "已清淤");
	carry(stores[0], stores[1]);
	carry(stores[1], stores[0]);
	store_close(stores[0]);
	store_close(stores[1]);
	for (unsigned n = 0; n < 2; n++) {
		shown(n, ref, "", text, sizeof text);
		assert_non_null(strstr(text, "已撤回"));
		assert_non_null(strstr(text, "! 未生效"));
		shown(n, ref, "--history", text, sizeof text);
		assert_non_null(strstr(text, "已清淤"));
		shown(n, ref, "--json", text, sizeof text);
		assert_non_null(strstr(text, "\"refused\":1,"));
		assert_non_null(strstr(text, "\"why\":\"state\""));
		clear(n);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_both_values),
		cmocka_unit_test(test_refused_step),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
