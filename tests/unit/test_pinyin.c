/* SPDX-License-Identifier: GPL-3.0-or-later
 * Pinyin: every reading finds, the usual one shows.
 */
#include "model/pinyin.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void letters_find_words(void **state)
{
	(void)state;
	static const struct {
		const char *word, *typed;
		bool found;
	} cases[] = {
		{"发电机", "fdj", true},
		{"发电机", "fadianji", true},
		{"发电机", "fadj", true},
		{"发电机", "dianji", true},
		{"发电机", "dj", true},
		{"发电机", "fadianj", true},
		{"发电机", "fdjx", false},
		{"发电机", "fadianjia", false},
		{"发电机", "fj", false},
		{"发电机", "", true},
		{"银行", "yinhang", true},
		{"银行", "yinxing", true},
		{"银行", "yh", true},
		{"银行", "yx", true},
		{"厦门", "xiamen", true},
		{"厦门", "shamen", true},
		{"厦门", "shm", true},
		{"重庆", "chongqing", true},
		{"重庆", "zhq", true},
		{"王庄3组", "wz3z", true},
		{"王庄3组", "3zu", true},
		{"王庄3组", "wz4z", false},
		{"柏香镇 广韩村", "bxzghc", true},
		{"吕村", "lvc", true},
		{"吕村", "lucun", true},
		{"西安", "xian", true},
		{"先", "xian", true},
		{"A区", "aq", true},
		{"Ａ区", "aq", true},
		{"沙袋", "shd", true},
		{"沙袋", "sd", true},
		{"崩塌", "beta", false},
		{"", "a", false},
		{"", "", true},
		{"二〇二六", "2", false},
		{"二〇二六", "elel", true},
		{"沙袋", "SD", true},
	};
	for (size_t i = 0; i < countof(cases); i++)
		if (pinyin_match(cases[i].word, cases[i].typed) != cases[i].found)
			fail_msg("%s by %s", cases[i].word, cases[i].typed);
}

static void long_words_cost_no_more_than_their_length(void **state)
{
	(void)state;
	char typed[80];
	struct buf word = {0};
	for (int i = 0; i < 1000; i++)
		buf_text(&word, "啊");
	memset(typed, 'a', sizeof typed);
	typed[62] = 'x';
	typed[63] = 0;
	assert_false(pinyin_match(buf_cstr(&word), typed));
	typed[62] = 'a';
	assert_true(pinyin_match(buf_cstr(&word), typed));
	typed[63] = 'a';
	typed[64] = 0; /* more than anybody types */
	assert_false(pinyin_match(buf_cstr(&word), typed));
	buf_release(&word);
}

static void names_are_shown(void **state)
{
	(void)state;
	static const struct {
		const char *word, *shown, *code;
	} cases[] = {
		{"王庄", "Wang Zhuang", "WZ"},
		{"王庄村", "Wang Zhuang Cun", "WZC"},
		{"重庆", "Chong Qing", "CQ"},
		{"厦门银行", "Xia Men Yin Hang", "XMYH"},
		{"银行行长", "Yin Hang Hang Zhang", "YHHZ"},
		{"长沙村长", "Chang Sha Cun Zhang", "CSCZ"},
		{"吕村", "Lyu Cun", "LC"},
		{"3组A区", "3 Zu A Qu", "3ZAQ"},
		{"柏香镇 广韩村（北），好。", "Bai Xiang Zhen Guang Han Cun(Bei),Hao.", "BXZGHCBH"},
		{"【演练】“蓝色”预警·Ⅱ级…", "[Yan Lian]\"Lan Se\"Yu Jing.IIJi...", "YLLSYJJ"},
		{"", "", ""},
	};
	for (size_t i = 0; i < countof(cases); i++) {
		struct buf shown = {0}, code = {0};
		pinyin_show(cases[i].word, &shown);
		pinyin_code(cases[i].word, 8, &code);
		assert_string_equal(buf_cstr(&shown), cases[i].shown);
		assert_string_equal(buf_cstr(&code), cases[i].code);
		buf_release(&shown);
		buf_release(&code);
	}
	struct buf code = {0};
	pinyin_code("王庄村", 2, &code);
	assert_string_equal(buf_cstr(&code), "WZ");
	buf_release(&code);
}

static void readings_and_initials(void **state)
{
	(void)state;
	assert_string_equal(pinyin_of(0x957F), "zhang chang"); /* 长 */
	assert_string_equal(pinyin_of(0x738B), "wang");        /* 王 */
	assert_string_equal(pinyin_of(0x3007), "ling");        /* 〇 */
	assert_non_null(pinyin_of(0x4DAE));                    /* a rare one: 䶮 */
	assert_non_null(pinyin_of(0x2CE93));
	assert_null(pinyin_of('a'));
	assert_null(pinyin_of(0x3001));
	assert_null(pinyin_of(0x10FFFF));
	assert_int_equal(pinyin_initials(0x957F), 1u << ('z' - 'a') | 1u << ('c' - 'a'));
	assert_int_equal(pinyin_initials('a'), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(letters_find_words),
		cmocka_unit_test(long_words_cost_no_more_than_their_length),
		cmocka_unit_test(names_are_shown),
		cmocka_unit_test(readings_and_initials),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
