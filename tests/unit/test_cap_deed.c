/* SPDX-License-Identifier: GPL-3.0-or-later
 * Is a warning lifted, or issued, by what its message says?
 */
#include "format/cap_deed.h"

#include <setjmp.h>
#include <string.h>

#include <cmocka.h>

static void test_headlines(void **state)
{
	static const struct {
		const char *headline;
		enum cap_deed deed;
	} cases[] = {
		{"沁阳市气象台解除暴雨红色预警信号", CAP_LIFTS},
		{"沁阳市气象台发布解除暴雨红色预警信号的公告", CAP_LIFTS},
		{"关于解除地质灾害黄色预警的通知", CAP_LIFTS},
		{"暴雨红色预警信号解除", CAP_LIFTS},
		{"山洪灾害预警已解除，请注意后续天气", CAP_LIFTS},
		{"沁阳市发布的大风蓝色预警信号现已解除", CAP_LIFTS},
		{"取消大雾橙色预警", CAP_LIFTS},
		{"沁阳市气象台发布暴雨红色预警解除消息", CAP_LIFTS},
		{"撤销寒潮蓝色预警信号[Ⅳ级/一般]", CAP_LIFTS},
		{"大风预警结束", CAP_LIFTS},
		{"解除2026年8月2日8时发布的暴雨红色预警信号", CAP_LIFTS},
		{"撤销前期发布的暴雨红色预警信号", CAP_LIFTS},
		{"【预警解除】沁阳市暴雨红色预警信号解除", CAP_LIFTS},
		{"大风红色预警信号解除并转发雷电黄色预警信号", CAP_TURNS},
		{"解除大风红色预警信号并发布大风蓝色预警信号", CAP_TURNS},
		{"发布大风蓝色预警信号，解除大风红色预警信号", CAP_TURNS},
		{"发布大风蓝色预警信号，红色预警信号解除", CAP_TURNS},
		{"解除暴雨红色预警信号，降为橙色", CAP_TURNS},
		{"解除暴雨橙色预警信号同时改发暴雨黄色预警信号", CAP_TURNS},
		{"沁阳市气象台发布暴雨红色预警信号", CAP_ISSUES},
		{"变更发布大风红色预警信号[Ⅰ级/特别严重]", CAP_ISSUES},
		{"暴雨橙色预警信号升级为红色", CAP_ISSUES},
		{"继续发布暴雨红色预警信号，预计18时解除预警", CAP_ISSUES},
		{"暴雨红色预警信号尚未解除", CAP_SILENT},
		{"暴雨红色预警信号解除时间待定", CAP_SILENT},
		{"大雾黄色预警信号期间解除交通管制", CAP_SILENT},
		{"道路封闭已解除", CAP_SILENT},
		{"北部山区公路落石预警", CAP_SILENT},
		{"", CAP_SILENT},
		{"Hailstorm warning - over", CAP_LIFTS},
		{"The flood warning has been cancelled", CAP_LIFTS},
		{"Gale: blue signal in place of red, which is lifted", CAP_SILENT},
		{"Flood warning issued, not cancelled", CAP_SILENT},
		{"Overcast with gales", CAP_SILENT},
	};

	(void)state;
	for (size_t i = 0; i < countof(cases); i++)
		if (cap_headline(cases[i].headline) != cases[i].deed)
			fail_msg("%s: %d", cases[i].headline, cap_headline(cases[i].headline));
}

static void test_msgtype(void **state)
{
	static const struct {
		const char *headline, *urgency, *response, *declared, *is, *why;
	} cases[] = {
		{"发布暴雨红色预警信号", "Immediate", "", "alert", "alert", NULL},
		{"解除暴雨红色预警信号", "Immediate", "", "update", "cancel", "headline"},
		{"解除暴雨红色预警信号", "", "", "alert", "cancel", "headline"},
		{"暴雨", "Past", "", "update", "cancel", "urgency"},
		{"暴雨", "past", "", "alert", "cancel", "urgency"},
		{"暴雨", "", "AllClear", "update", "cancel", "responseType"},
		{"暴雨", "", "Monitor AllClear", "update", "cancel", "responseType"},
		{"暴雨", "", "AllClear Evacuate", "update", "update", NULL},
		{"发布暴雨红色预警信号", "", "", "cancel", "cancel", NULL},
		{"解除红色预警信号，发布蓝色预警信号", "", "", "cancel", "update", "headline"},
		{"解除红色预警信号，发布蓝色预警信号", "Past", "", "update", "update", NULL},
	};

	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		struct cap_info info = {.text = {[CAP_HEADLINE] = cases[i].headline,
						[CAP_URGENCY] = cases[i].urgency,
						[CAP_RESPONSE] = cases[i].response}};
		const char *why, *is = cap_msgtype(&info, cases[i].declared, &why);

		if (strcmp(is, cases[i].is) != 0)
			fail_msg("%zu: %s", i, is);
		if (cases[i].why)
			assert_string_equal(why, cases[i].why);
		else
			assert_null(why);
	}
	/* A block without a headline speaks by its event; a bare cancel says nothing more. */
	struct cap_info info = {.text = {[CAP_EVENT] = "解除暴雨预警"}};
	const char *why;

	assert_string_equal(cap_msgtype(&info, "update", &why), "cancel");
	assert_string_equal(cap_msgtype(NULL, "cancel", &why), "cancel");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_headlines),
		cmocka_unit_test(test_msgtype),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
