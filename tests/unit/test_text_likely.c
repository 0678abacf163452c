/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a text is likely to be: the codings of offices, phones and old programs, in long and in
 * short.
 */
#include "base/text.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char *likely(const char *coding, const char *text)
{
	static const char nothing[] = "nothing";
	struct buf coded = {0};
	if (!text_to(coding, text, strlen(text), &coded))
		fail_msg("\"%s\" cannot be written in %s", text, coding);
	const char *found = text_likely((const char *)coded.at, coded.len);
	buf_release(&coded);
	return found ? found : nothing;
}

static void codings_are_told_apart(void **state)
{
	static const struct {
		const char *coding, *name;
		const char *texts[4];
	} all[] = {
		{"UTF-8", "UTF-8", {"place,text\n", "村东桥下,护岸冲空约20米\n", "café", "李"}},
		{"GB18030", "GB18030",
			{"place,text\n村东桥下,护岸冲空约20米\n", "李", "王庄村，第3组；",
				"姓名,电话\n张镕基,1\n李玥,2\n王堃,3\n"}},
		{"GB18030", "GB18030",
			{"闫鑫淼", "name,house\na,K栋\nb,L栋\n", "水位25℃，≥50㎜；A级B段",
				"阿依古丽,酉阳土家族苗族自治县\n"}},
		{"BIG5", "Big5",
			{"村東橋下,護岸沖空約20米\n", "請注意防範洪水", "災害",
				"姓名,電話\n陳大文,1\n"}},
		{"SHIFT_JIS", "Shift_JIS",
			{"氏名,電話\nやまだ,1\n", "こんにちは", "ポンプ場", "これは水の記録です"}},
		{"ISO-8859-1", "Latin-1",
			{"caf\u00e9\n", "M\u00fcller,1\nZo\u00eb,2\n",
				"AGR\u00c9\u00c9E 25\u00b0C 10 \u00b5g m\u00b2\n", "25\u00b0C"}},
		{"ISO-8859-1", "Latin-1",
			{"na\u00efve d\u00e9j\u00e0 vu\n", "se\u00f1or", "se\u00f1or",
				"caf\u00e9"}},
		{"EUC-KR", "EUC-KR",
			{"이름,주소\n김철수,서울특별시 강남구\n",
				"하천이 범람하고 주택이 침수되었습니다",
				"재난 상황 보고: 도로 침수 3개소",
				"주민은 대피소로 이동하시기 바랍니다"}},
		{"EUC-JP", "EUC-JP",
			{"氏名,住所\n高橋健二,千葉県船橋市本町\n", "東京都千代田区丸の内",
				"住宅が浸水しました", "河川の氾濫に注意してください"}},
		{"WINDOWS-1251", "Windows-1251",
			{"глава администрации\n", "Тверская область", "наводнение в селе",
				"паводок на реке"}},
		{"UTF-16LE", "UTF-16LE",
			{"村,组\n王庄村,三组\n", "a,b\n", "name\n村\n", "李,王\n"}},
		{"UTF-16BE", "UTF-16BE",
			{"村,组\n王庄村,三组\n", "a,b\n", "name\n村\n", "李,王\n"}},
	};
	(void)state;
	for (size_t i = 0; i < countof(all); i++)
		for (size_t n = 0; n < countof(all[i].texts); n++)
			if (strcmp(likely(all[i].coding, all[i].texts[n]), all[i].name) != 0)
				fail_msg("%s \"%s\" is taken for %s", all[i].coding,
					all[i].texts[n], likely(all[i].coding, all[i].texts[n]));
}

/* A UTF-8 file with a broken byte fits nothing: it is not taken for another coding. */
static void damage_is_no_coding(void **state)
{
	(void)state;
	static const char text[] = "村名\n王庄村\n李\xe5庄村\n";
	assert_null(text_likely(text, sizeof text - 1));
	assert_string_equal(text_not_utf8(text, sizeof text - 1), "不是完整的 UTF-8 文字");
	assert_string_equal(text_not_utf8("\xb4\xe5", 2), "不是 UTF-8 文字，像是 GB18030");
}

static void what_may_be_either_is_doubtful(void **state)
{
	(void)state;
	assert_true(text_doubtful(
		"\xd0\xa1\xd6\xae", 4)); /* 小之, or two letters of Cyrillic and Hebrew */
	assert_false(text_doubtful("小之", 6));
	assert_false(text_doubtful("25\u00b0C", 5));
	assert_false(text_doubtful("Привет", 12)); /* zh: another script */
	assert_false(text_doubtful("abc", 3));
}

static void utf8_among_gb_is_seen(void **state)
{
	(void)state;
	assert_true(text_mistaken("GB18030", "隐患", 6));
	assert_true(text_mistaken("GBK", "place=村东桥下", 18));
	assert_false(text_mistaken("GB18030", "\xd2\xfe\xbb\xbc", 4));
	assert_false(text_mistaken("GB18030", "place=x", 7));
	assert_false(text_mistaken("UTF-8", "隐患", 6));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(codings_are_told_apart),
		cmocka_unit_test(damage_is_no_coding),
		cmocka_unit_test(what_may_be_either_is_doubtful),
		cmocka_unit_test(utf8_among_gb_is_seen),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
