/* SPDX-License-Identifier: GPL-3.0-or-later
 * Words to the fields of a fact: order, defaults, the record's own, and every complaint.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "app_help.h"
#include "base/when.h"
#include "model/kinds.h"
#include "store/station.h"
#include "work/change_inside.h"

enum { MOST = 8, WORD = 5200 };

struct
try {
	struct village village;
	uint32_t edits; /* the seq of a record: what is parsed is an edit, or a step of it */
	struct change change;
	struct op op;
	struct fault fault;
};

static int begin(void **state)
{
	static struct try one;
	memset(&one, 0, sizeof one);
	village_open(&one.village);
	*state = &one;
	return 0;
}

static int end(void **state)
{
	struct try *one = *state;
	change_release(&one->change);
	village_close(&one->village);
	return 0;
}

/* WORDS are parted by '|'. */
static enum rc parse(
	struct try *one, const struct kind *kind, const struct step *step, const char *given)
{
	static char text[MOST][WORD];
	char *argv[MOST];
	int argc = 0;
	while (*given) {
		size_t len = strcspn(given, "|");
		snprintf(text[argc], WORD, "%.*s", (int)len, given);
		argv[argc] = text[argc];
		argc++;
		given += len + (given[len] == '|');
	}
	struct actor actor = app_actor(&one->village.app);
	struct ref ref = {store_station(actor.store)->site, one->edits};
	struct record record = {
		.kind = kind, .kind_id = kind->id, .site = ref.site, .seq = ref.seq};
	change_release(&one->change);
	if (step)
		change_step(&one->change, &actor, &record, step);
	else if (one->edits)
		change_edit(&one->change, &actor, kind, ref);
	else
		change_new(&one->change, &actor, kind, ref);
	enum rc rc = fields_words(&one->change, argc, argv, &one->fault);
	if (!step)
		change_defaults(&one->change);
	change_body(&one->change);
	one->op = one->change.op;
	if (!rc && change_missing(&one->change))
		rc = fault_set(&one->fault, RC_BAD, "\"%s\"", change_missing(&one->change)->name);
	return rc;
}

static bool field(const struct try *one, unsigned tag, struct value *value)
{
	struct bytes body = one->op.body;
	unsigned at;
	while (body.len && take_field(&body, &at, value))
		if (at == tag)
			return true;
	return false;
}

static bool text_is(const struct try *one, unsigned tag, const char *text)
{
	struct value value;
	return field(one, tag, &value) && bytes_equal(value.text, bytes_text(text));
}

static const char hazard_words[] = "text=堵塞|place=村部|category=H0101";

static void test_new_record(void **state)
{
	struct try *one = *state;
	const struct kind *kind = kind_of(KIND_hazard);
	struct value value;
	const char *why;
	assert_int_equal(parse(one, kind, NULL, hazard_words), RC_OK);
	assert_true(op_body_check(
		one->op.body, &why)); /* tags ascend, whatever the order of the words */
	assert_true(text_is(one, hazard_place, "村部"));
	assert_true(text_is(one, hazard_grade, "G"));
	assert_true(text_is(one, hazard_source, "S1"));
	assert_true(field(one, hazard_found_at, &value));
	assert_true(value.num >= 1784023200 && value.num < 1784023260); /* 2026-07-14 18:00 */
	assert_int_equal(one->op.area, 0);                              /* the caller's */
}

static void test_defaults_of_the_user(void **state)
{
	struct try *one = *state;
	struct value value;
	struct ref ref;
	struct ref warning =
		village_add(&one->village, "warning", "event=11B03", "severity=red", NULL);
	char number[32], words_given[64];
	store_number(one->village.app.store, warning, number);
	snprintf(words_given, sizeof words_given, "warning=%s", number);
	assert_int_equal(parse(one, kind_of(KIND_receipt), NULL, words_given), RC_OK);
	assert_true(text_is(one, receipt_post, "网格员"));
	assert_true(field(one, receipt_person, &value));
	assert_true(ref_take(value.text, &ref));
	assert_int_equal(ref.seq, one->village.app.user.who);
	assert_true(field(one, receipt_warning, &value));
	assert_true(ref_take(value.text, &ref));
	assert_int_equal(ref.seq, warning.seq);
}

static void test_own(void **state)
{
	struct try *one = *state;
	char given[200];
	snprintf(given, sizeof given,
		"%s|area=410882103|at=2026-07-01T00:00:00+08:00|by= 群众\x1b[1m ", hazard_words);
	assert_int_equal(parse(one, kind_of(KIND_hazard), NULL, given), RC_OK);
	assert_int_equal(one->op.area, 410882103000);
	assert_int_equal(one->op.at, 1782835200);
	assert_true(bytes_equal(one->op.by, bytes_text("群众")));
}

static void test_edit(void **state)
{
	struct try *one = *state;
	struct value value;
	one->edits = 8;
	assert_int_equal(parse(one, kind_of(KIND_hazard), NULL, "risk=1|measures="), RC_OK);
	assert_true(text_is(one, hazard_risk, "1"));
	assert_true(field(one, hazard_measures, &value));
	assert_int_equal(value.text.len, 0);            /* cleared */
	assert_false(field(one, hazard_grade, &value)); /* nothing is filled in */
	assert_int_equal(parse(one, kind_of(KIND_hazard), NULL, "place="), RC_BAD);
	assert_int_equal(parse(one, kind_of(KIND_hazard), NULL, "area=410882103205"), RC_BAD);
}

static void test_steps(void **state)
{
	struct try *one = *state;
	const struct kind *kind = kind_of(KIND_hazard);
	struct value value;
	one->edits = 8;
	assert_int_equal(parse(one, kind, step_named(kind, "assign"),
				 "交办对象=owner|owner=村委会|责任单位期限=2026-08"),
		RC_OK);
	assert_true(text_is(one, ARG_TRACK, "owner"));
	assert_true(field(one, hazard_owner_due, &value));
	assert_int_equal(value.num, 20260800);
	assert_int_equal(parse(one, kind, step_named(kind, "recheck"), "text=好"), RC_BAD);
	assert_non_null(strstr(one->fault.text, "\"result\""));
	assert_int_equal(parse(one, kind, step_named(kind, "recheck"), "place=甲"), RC_BAD);
}

static void test_complaints(void **state)
{
	static const struct {
		const char *word, *name;
	} cases[] = {
		{"colour=red", "\"colour\""},
		{"place", "\"place\""},
		{"=x", "\"=x\""},
		{"grade=Z", "\"grade\""},
		{"owner_due=2026-02-31", "\"owner_due\""},
		{"money=3万", "\"money\""},
		{"owner_state=accepted", "\"owner_state\""},
		{"place=再来", "\"place\""},
		{"area=12345", "\"area\""},
		{"at=明年", "\"at\""},
		{"by=\xff", "\"by\""},
		{"photos=\xe4\xb8", "\"photos\""},
		{"area=41|area=41", "\"area\""},
	};
	struct try *one = *state;
	char given[400];
	for (size_t i = 0; i < countof(cases); i++) {
		snprintf(given, sizeof given, "%s|%s", hazard_words, cases[i].word);
		if (parse(one, kind_of(KIND_hazard), NULL, given) != RC_BAD)
			fail_msg("%s passed", cases[i].word);
		if (!strstr(one->fault.text, cases[i].name))
			fail_msg("%s: %s", cases[i].word, one->fault.text);
	}
	assert_int_equal(parse(one, kind_of(KIND_hazard), NULL, "category=H0101|text=堵"), RC_BAD);
	assert_non_null(strstr(one->fault.text, "\"place\""));
}

static void test_too_long(void **state)
{
	struct try *one = *state;
	char given[WORD];
	/* A private text has no pages, for those go where everybody reads. */
	snprintf(given, sizeof given, "subject=%0*d", LIMIT_TEXT + 1, 1);
	assert_int_equal(parse(one, kind_of(KIND_tip), NULL, given), RC_BAD);
	assert_non_null(strstr(one->fault.text, "\"subject\""));
	snprintf(given, sizeof given, "category=H0101|place=村|text=%0*d", LIMIT_TEXT + 1, 1);
	assert_int_equal(parse(one, kind_of(KIND_hazard), NULL, given), RC_OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_new_record, begin, end),
		cmocka_unit_test_setup_teardown(test_defaults_of_the_user, begin, end),
		cmocka_unit_test_setup_teardown(test_own, begin, end),
		cmocka_unit_test_setup_teardown(test_edit, begin, end),
		cmocka_unit_test_setup_teardown(test_steps, begin, end),
		cmocka_unit_test_setup_teardown(test_complaints, begin, end),
		cmocka_unit_test_setup_teardown(test_too_long, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
