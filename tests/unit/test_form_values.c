/* SPDX-License-Identifier: GPL-3.0-or-later
 * What stands in a form: init values, checks, the fields of a fact, drafts.
 */
#include "ui/form.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "sample.h"

static struct form started(void)
{
	struct form form;

	sample_form(&form, NULL);
	return form;
}

/* "tag=value tag=value" of a fact's fields. */
static void assert_body(struct buf *body, const char *expected)
{
	struct bytes in = buf_bytes(body);
	struct buf text = {0};
	struct value value;
	unsigned tag;

	while (in.len > 0) {
		assert_true(take_field(&in, &tag, &value));
		buf_fmt(&text, "%u=", tag);
		if (value.wire == WIRE_NUM)
			buf_fmt(&text, "%lld ", (long long)value.num);
		else if (value.wire == WIRE_TEXT)
			buf_fmt(&text, "%.*s ", (int)value.text.len, (const char *)value.text.at);
		else
			buf_fmt(&text, "(%zu) ", value.text.len);
	}
	assert_string_equal(buf_cstr(&text), expected);
	buf_release(&text);
	buf_clear(body);
}

static void test_starts_with_what_is_known(void **state)
{
	struct form form = started();

	(void)state;
	assert_int_equal(form.count, 10);
	assert_string_equal(form_text(&form, S_FOUND), "2026-07-14 06:33");
	assert_string_equal(form_text(&form, S_AREA), "410882105201");
	assert_string_equal(form_text(&form, S_PLACE), "");
	assert_false(form_changed(&form));
	form_release(&form);
}

static void test_step_arguments(void **state)
{
	struct form form;
	const struct step *step = &sample_kind.steps[0];
	struct buf body = {0};

	(void)state;
	sample_form(&form, step);
	assert_int_equal(form.count, 2);
	assert_true(form.fields[0].must);
	assert_false(form.fields[1].must);
	assert_false(sample_body(&form, step, &body));
	assert_int_equal(form.at, 0);
	form_set(&form, S_TEXT, "已填平");
	assert_true(sample_body(&form, step, &body));
	assert_body(&body, "5=已填平 ");
	form_release(&form);
	buf_release(&body);
}

static void test_body_of_a_new_record(void **state)
{
	struct form form = started();
	struct buf body = {0};

	(void)state;
	assert_false(sample_body(&form, NULL, &body));
	assert_string_equal(form.why, "地点：必填");
	form_set(&form, S_PLACE, "后山");
	form_set(&form, S_SORT, "G1");
	form_set(&form, S_COUNT, "12");
	form_set(&form, S_OWNER, "P-2");
	form_set(&form, S_URGENT, "1");
	assert_true(sample_body(&form, NULL, &body));
	assert_body(&body, "1=后山 2=G1 3=12 4=1783981980 7=(8) 8=410882105201 9=1 ");
	form_set(&form, S_OWNER, "赵村外人");
	assert_true(sample_body(&form, NULL, &body));
	assert_body(&body, "1=后山 2=G1 3=12 4=1783981980 7=赵村外人 8=410882105201 9=1 ");
	form_release(&form);
	buf_release(&body);
}

static void test_body_of_a_change(void **state)
{
	struct form form = started();
	struct value place = value_text("后山"), sort = value_text("G1"), count = value_num(12);
	struct buf body = {0};

	(void)state;
	form_fill(&form, S_PLACE, &place);
	form_fill(&form, S_SORT, &sort);
	form_fill(&form, S_COUNT, &count);
	form_set(&form, S_COUNT, "");
	form_set(&form, S_TEXT, "裂缝\n两米");
	assert_true(form_changed(&form));
	assert_true(sample_body(&form, NULL, &body));
	assert_body(&body, "3= 5=裂缝\n两米 ");
	form_release(&form);
	buf_release(&body);
}

static void test_bad_values(void **state)
{
	static const struct {
		unsigned tag;
		const char *text;
	} bad[] = {{S_COUNT, "十二"}, {S_COUNT, "12-3"}, {S_FOUND, "2026-02-31 06:00"},
		{S_SORT, "X9"}, {S_PHONE, "1a"}, {S_AREA, "123"}, {S_URGENT, "也许"},
		{S_TAGS, "G1,Q"}};

	(void)state;
	for (size_t n = 0; n < countof(bad); n++) {
		struct form form = started();
		struct buf body = {0};

		form_set(&form, S_PLACE, "后山");
		form_set(&form, S_SORT, "G1");
		form_set(&form, bad[n].tag, bad[n].text);
		assert_false(sample_body(&form, NULL, &body));
		assert_int_equal(form.fields[form.at].field->tag, bad[n].tag);
		assert_true(form.fields[form.at].bad);
		assert_true(strlen(form.why) > 0);
		assert_int_equal(body.len, 0);
		form_release(&form);
		buf_release(&body);
	}
}

static bool refuse_many(void *to, struct form *form, unsigned place, const char **why)
{
	(void)to;
	*why = "要写明情况";
	return form->fields[place].field->tag != S_COUNT || atoi(form_text(form, S_COUNT)) < 100 ||
	       *form_text(form, S_TEXT);
}

static void test_rule_over_fields(void **state)
{
	struct form form = started();

	(void)state;
	form.ways.check = refuse_many;
	form_set(&form, S_COUNT, "100");
	assert_false(form_check_field(&form, 2));
	assert_string_equal(form.why, "数量：要写明情况");
	form_set(&form, S_TEXT, "全村");
	assert_true(form_check_field(&form, 2));
	form_release(&form);
}

static void test_draft(void **state)
{
	struct form form = started(), again = started();
	struct buf draft = {0};

	(void)state;
	form_set(&form, S_TEXT, "夜里\n下雨");
	form_set(&form, S_COUNT, "十二");
	form_draft(&form, &draft);
	assert_int_equal(form_restore(&again, buf_bytes(&draft)), 2);
	assert_string_equal(form_text(&again, S_TEXT), "夜里\n下雨");
	assert_string_equal(form_text(&again, S_COUNT), "十二");
	assert_string_equal(form_text(&again, S_FOUND), "2026-07-14 06:33");
	for (size_t len = 0; len < draft.len; len++)
		form_restore(&again, bytes_of(draft.at, len));
	form_release(&form);
	form_release(&again);
	buf_release(&draft);
}

static void test_shows_labels(void **state)
{
	struct form form = started();
	static const struct {
		unsigned place;
		const char *text, *shown;
	} cases[] = {{1, "G1", "崩塌"}, {6, "P-2", "王秀英"}, {8, "1", "是"}, {9, "G1,F", "崩塌"},
		{6, "外人", "外人"}};

	(void)state;
	for (size_t n = 0; n < countof(cases); n++) {
		struct buf shown = {0};

		form_set(&form, form.fields[cases[n].place].field->tag, cases[n].text);
		form_show(&form, cases[n].place, &shown);
		assert_non_null(strstr(buf_cstr(&shown), cases[n].shown));
		buf_release(&shown);
	}
	form_release(&form);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_starts_with_what_is_known),
		cmocka_unit_test(test_step_arguments),
		cmocka_unit_test(test_body_of_a_new_record),
		cmocka_unit_test(test_body_of_a_change),
		cmocka_unit_test(test_bad_values),
		cmocka_unit_test(test_rule_over_fields),
		cmocka_unit_test(test_draft),
		cmocka_unit_test(test_shows_labels),
	};

	return cmocka_run_group_tests_name("form_values", tests, NULL, NULL);
}
