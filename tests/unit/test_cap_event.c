/* SPDX-License-Identifier: GPL-3.0-or-later
 * Names of events as bureaus write them, and the codes that they have.
 */
#include "format/cap_event.h"

#include <setjmp.h>
#include <string.h>

#include <cmocka.h>

/* The names of the national warning service and what bureaus make of them; "" = has no code. */
static void test_names(void **state)
{
	static const struct {
		const char *name, *code;
	} cases[] = {{"台风", "11B01"}, {"龙卷风", "11B02"}, {"暴雨", "11B03"}, {"暴雪", "11B04"},
		{"寒潮", "11B05"}, {"大风", "11B06"}, {"沙尘暴", "11B07"}, {"低温冻害", "11B08"},
		{"高温", "11B09"}, {"热浪", "11B10"}, {"干热风", "11B11"}, {"下击暴流", "11B12"},
		{"雪崩", "11B13"}, {"雷电", "11B14"}, {"冰雹", "11B15"}, {"霜冻", "11B16"},
		{"大雾", "11B17"}, {"低空风切变", "11B18"}, {"霾", "11B19"}, {"雷雨大风", "11B20"},
		{"道路结冰", "11B21"}, {"干旱", "11B22"}, {"海上大风", "11B23"},
		{"高温中暑", "11B24"}, {"森林火险", "11B25"}, {"草原火险", "11B26"},
		{"冰冻", "11B27"}, {"空间天气", "11B28"}, {"重污染", "11B29"}, {"强对流", "X01"},
		{"洪水", "11A01"}, {"内涝", "11A02"}, {"水库重大险情", "11A03"},
		{"堤防重大险情", "11A04"}, {"凌汛", "11A05"}, {"山洪", "11A06"},
		{"地质灾害", "11D00"},
		/* as they are written */
		{"暴雨预警信号", "11B03"}, {"暴雨红色预警信号", "11B03"}, {"短时强降水", "11B03"},
		{"大雪预警", "11B04"}, {"强降温天气", "11B05"}, {"浮尘天气", "11B07"},
		{"持续低温", "11B08"}, {"浓雾", "11B17"}, {"海上大雾", "11B17"},
		{"雷雨强风", "11B20"}, {"道路冰雪", "11B21"}, {"气象干旱", "11B22"},
		{"沿海大风", "11B23"}, {"森林(草原)火险", "11B25"}, {"森林火险气象等级", "11B25"},
		{"高森林火险天气", "11B25"}, {"低温雨雪冰冻", "11B27"}, {"重污染天气", "11B29"},
		{"空气重污染", "11B29"}, {"强对流天气", "X01"}, {"渍涝风险", "11A02"},
		{"城市内涝气象风险", "11A02"}, {"中小河流洪水气象风险", "11A01"},
		{"中小河流洪水和山洪气象风险", "11A01"}, {"山洪灾害气象风险", "11A06"},
		{"地质灾害气象风险", "11D00"}, {"落石", "11D03"}, {"RAINSTORM", "11B03"},
		{"gale", "11B06"},
		/* what means none */
		{"柳絮飘飞", ""}, {"停课信号", ""}, {"", ""}, {"风", ""}, {"预警信号", ""}};

	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		struct cap_info info = {.text = {[CAP_EVENT] = cases[i].name}};
		const char *code = cap_event(&info);

		if (strcmp(code, *cases[i].code ? cases[i].code : cases[i].name) != 0)
			fail_msg("%s: %s", cases[i].name, code);
	}
}

static void test_block(void **state)
{
	struct cap_pair code = {"CN", "11B06", NULL}, other = {"SAME", "TOR", &code};
	struct cap_info info = {.text = {[CAP_EVENT] = "柳絮飘飞"}};

	(void)state;
	assert_string_equal(cap_event(&info), "柳絮飘飞"); /* its own words */
	info.event_codes = &other;
	assert_string_equal(cap_event(&info), "11B06");
	info = (struct cap_info){.text = {[CAP_HEADLINE] = "沁阳市气象台发布道路结冰黄色预警"}};
	assert_string_equal(cap_event(&info), "11B21");
	info = (struct cap_info){.text = {[CAP_HEADLINE] = "通知"}};
	assert_string_equal(cap_event(&info), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_block),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
