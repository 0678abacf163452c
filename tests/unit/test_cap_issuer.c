/* SPDX-License-Identifier: GPL-3.0-or-later
 * The issuing unit, and the person who stands where it belongs.
 */
#include "format/cap_issuer.h"

#include <setjmp.h>
#include <string.h>

#include <cmocka.h>

static void test_issuer(void **state)
{
	static const struct {
		const char *sender, *name, *headline, *unit, *writer;
	} cases[] = {
		{"Qinyang_Observatory", "赵一帆", "沁阳市气象台变更发布大风红色预警信号",
			"沁阳市气象台", "赵一帆"},
		{"Qinyang_Observatory", "赵一帆", "大风红色预警信号", "Qinyang_Observatory",
			"赵一帆"},
		{"x@example.org", "赵一帆", "大风", "x@example.org", "赵一帆"},
		{"Qinyang_Observatory", "Zhao Yifan", "Gale in Qinyang", "Qinyang_Observatory",
			"Zhao Yifan"},
		{"s", "沁阳市气象台", "大风", "沁阳市气象台", ""},
		{"s", "焦作市", "大风", "焦作市", ""},
		{"s", "县防汛抗旱指挥部", "焦作市气象台发布暴雨预警", "县防汛抗旱指挥部", ""},
		{"s", "Weather desk", "x", "Weather desk", ""},
		{"cap@example.org", "Plain Valley", "x", "Plain Valley", ""},
		{"410882", NULL, "沁阳市水利局发布山洪预警", "沁阳市水利局", ""},
		{"沁阳市气象局", NULL, "焦作市气象台发布暴雨预警", "沁阳市气象局", ""},
		{"s", NULL, NULL, "s", ""},
		{"s", "沁阳市气象台 赵一帆", "大风", "沁阳市气象台", "赵一帆"},
		{"s", "沁阳市应急管理局（赵一帆）", "大风", "沁阳市应急管理局", "赵一帆"},
		{"s", "沁阳市气象台 值班室", "大风", "沁阳市气象台 值班室", ""},
	};

	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		struct arena arena = {0};
		struct cap_info info = {.text = {[CAP_SENDER_NAME] = cases[i].name,
						[CAP_HEADLINE] = cases[i].headline}};
		const char *writer, *unit = cap_issuer(cases[i].sender, &info, &arena, &writer);

		if (strcmp(unit, cases[i].unit) != 0 || strcmp(writer, cases[i].writer) != 0)
			fail_msg("%zu: %s, %s", i, unit, writer);
		arena_release(&arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_issuer)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
