/* SPDX-License-Identifier: GPL-3.0-or-later
 * A form in line mode: every question, wrong answers, going back, the end.
 */
#include "ui/line.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "sample.h"

static unsigned kept;

static void keep(void *to, struct form *form)
{
	(void)to;
	(void)form;
	kept++;
}

/* What was said; to be freed. */
static char *talk(struct form *form, const char *typed, enum line_act expected)
{
	struct line line;
	char *said = NULL;
	size_t size;

	kept = 0;
	sample_form(form, NULL);
	form->ways.kept = keep;
	FILE *in = fmemopen((void *)(uintptr_t)typed, strlen(typed), "r");
	FILE *out = open_memstream(&said, &size);
	line_start(&line, in, out);
	assert_int_equal(line_form(&line, form), expected);
	fclose(in);
	fclose(out);
	return said;
}

static void assert_says(const char *said, const char *part)
{
	if (!strstr(said, part))
		fail_msg("not said: %s\nbut: %s", part, said);
}

static void test_whole_form(void **state)
{
	struct form form;
	char *said =
		talk(&form, "后山\nbt\n十二\n12\n\n裂缝\\\n加宽\n-\n王\n\n是\n1 2\n\ny\n", LINE_OK);

	(void)state;
	assert_says(said, "第 1 项，共 10 项：地点（必填）\n> 后山\n地点: 后山\n");
	assert_says(said, "1. 地质 ...\n2. 火险\n3. 水利\n第 2 项，共 10 项：类别（必填）\n> "
			  "bt\n类别: 崩塌\n");
	assert_says(said, "> 十二\n错误：数量：");
	assert_says(said, "> 12\n数量: 12\n第 4 项，共 10 项：发现时间（现在是 2026-07-14 "
			  "06:33，回车不变）\n");
	assert_says(said, "续行：\n> 加宽\n");
	assert_says(said, "> 王\n责任人: 王秀英\n");
	/* A line too many is no answer. */
	assert_says(said, "保存吗？打 y 保存，n 不保存\n> \n错误：只能答 y（是）或 n（否）\n");
	assert_string_equal(form_text(&form, S_TEXT), "裂缝\n加宽");
	assert_string_equal(form_text(&form, S_OWNER), "P-2");
	assert_string_equal(form_text(&form, S_URGENT), "1");
	assert_string_equal(form_text(&form, S_TAGS), "G,F");
	assert_true(kept >= 7);
	free(said);
	form_release(&form);
}

static void test_back_and_finish(void **state)
{
	struct form form;
	char *said = talk(&form, "后山\n<\n前山\n.\n水利\n.\ny\n", LINE_OK);

	(void)state;
	assert_says(said, "第 1 项，共 10 项：地点（必填）（现在是 后山，回车不变）\n> 前山\n");
	assert_says(said, "错误：类别：必填\n");
	assert_string_equal(form_text(&form, S_PLACE), "前山");
	assert_string_equal(form_text(&form, S_SORT), "W");
	free(said);
	form_release(&form);
	free(talk(&form, "<\n", LINE_BACK));
	form_release(&form);
	said = talk(&form, "后山\nbt\n<\n<<\n", LINE_BACK);
	assert_says(said, "退到上一项；<< 离开这张表\n");
	free(said);
	form_release(&form);
}

static void test_must_and_end_of_input(void **state)
{
	struct form form;
	char *said = talk(&form, "\n后山\n", LINE_END);

	(void)state;
	assert_says(said, "错误：地点：必填\n");
	assert_int_equal(kept, 1);
	free(said);
	form_release(&form);
}

static void test_not_saved(void **state)
{
	struct form form;
	char *said = talk(&form, "后山\n火险\n.\n否\n", LINE_BACK);

	(void)state;
	assert_says(said, "地点: 后山\n类别: 火险\n");
	free(said);
	form_release(&form);
}

/* What leads a form and is filled is taken as it is, as on the screen; < goes to it. */
static void test_begins_behind_what_leads(void **state)
{
	static const struct field lead = {
		.tag = FORM_OWN, .name = "area", .label = "所属区域", .type = T_TEXT};
	static const char typed[] = "<\n柏香镇\n后山\n<<\n";
	struct form form;
	struct line line;
	char *said = NULL;
	size_t size;

	(void)state;
	sample_form(&form, NULL);
	form_lead(&form, &lead, "王庄村");
	FILE *in = fmemopen((void *)(uintptr_t)typed, strlen(typed), "r");
	FILE *out = open_memstream(&said, &size);
	line_start(&line, in, out);
	assert_int_equal(line_form(&line, &form), LINE_BACK);
	fclose(in);
	fclose(out);
	assert_ptr_equal(strstr(said, "第 2 项，共 11 项：地点"), said);
	assert_says(said, "第 1 项，共 11 项：所属区域（现在是 王庄村，回车不变）\n> 柏香镇");
	assert_string_equal(form_text(&form, FORM_OWN), "柏香镇");
	free(said);
	form_release(&form);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_whole_form),
		cmocka_unit_test(test_begins_behind_what_leads),
		cmocka_unit_test(test_back_and_finish),
		cmocka_unit_test(test_must_and_end_of_input),
		cmocka_unit_test(test_not_saved),
	};

	return cmocka_run_group_tests_name("line_form", tests, NULL, NULL);
}
