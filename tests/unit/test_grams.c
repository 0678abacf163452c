/* SPDX-License-Identifier: GPL-3.0-or-later
 * Text to tokens, and the check of what the index offers.
 */
#include "store/search/internal.h"

#include <setjmp.h>
#include <string.h>
#include <cmocka.h>

static const char *tokens(const char *line, bool pinyin)
{
	static struct buf out;
	buf_clear(&out);
	grams_put(bytes_text(line), pinyin, &out);
	return buf_cstr(&out);
}

static void lines_become_tokens(void **state)
{
	(void)state;
	assert_string_equal(tokens("", true), "");
	assert_string_equal(tokens("水泵", false), "水泵 泵 ");
	assert_string_equal(tokens("水", false), "水 ");
	assert_string_equal(tokens("水，泵", false), "水 泵 ");
	assert_string_equal(tokens("qy25 1380", false), "2qy25 21380 3138 3380 ");
	assert_string_equal(tokens("水泵", true), "水泵 泵 0sb 1shui0beng0 0b 1beng0 ");
	/* Marks are not typed; letters part sounds. */
	assert_non_null(strstr(tokens("水、泵", true), "0sb "));
	assert_null(strstr(tokens("水a泵", true), "0sb "));
	/* Hanzi that SQLite's tables may not know are spelled out. */
	assert_string_equal(tokens("𬺈", false), "x2ce88 ");
	/* Several readings, all of them. */
	const char *both = tokens("长", true);
	assert_true(strstr(both, "1chang0 ") && strstr(both, "1zhang0 "));
}

static void words_match(void **state)
{
	static const struct {
		const char *lines, *word;
		bool match;
	} cases[] = {
		{"柴油发电机\n李四\n", "发电", true},
		{"柴油发电机\n李四\n", "fdj", true},
		{"柴油发电机\n李四\n", "jls", false}, /* not over the end of a line */
		{"柴油发电机\n李四\n", "柴李", false},
		{"柴油发电机\n李四\n", "发电fdj", true},
		{"柴油发电机\n李四\n", "发电ls", true},
		{"柴油发电机\n李四\n", "发电xx", false},
		{"zz-18\n", "zz-18", true},
		{"zz-18\n", "zz-19", false},
		{"", "a", false},
		{"a\n", "，", false},
	};
	(void)state;
	for (size_t i = 0; i < countof(cases); i++)
		if (grams_match(bytes_text(cases[i].lines), cases[i].word) != cases[i].match)
			fail_msg("%s in %s", cases[i].word, cases[i].lines);
}

static void questions(void **state)
{
	static struct syllables syllables;
	struct buf out = {0};
	(void)state;
	syllables_start(&syllables);
	assert_true(grams_query(&syllables, "崩塌处", &out));
	assert_string_equal(buf_cstr(&out), "(\"崩塌\" AND \"塌处\")");
	buf_clear(&out);
	assert_true(grams_query(&syllables, "机", &out));
	assert_string_equal(buf_cstr(&out), "(\"机\"*)");
	buf_clear(&out);
	assert_true(grams_query(&syllables, "1380", &out));
	assert_string_equal(buf_cstr(&out), "(\"3138\" AND \"3380\")");
	buf_clear(&out);
	assert_true(grams_query(&syllables, "3组", &out));
	assert_string_equal(buf_cstr(&out), "(\"23\"*) AND (\"组\"*)");
	buf_clear(&out);
	assert_false(grams_query(&syllables, "，。", &out));
	assert_int_equal(out.len, 0);
	buf_release(&out);
}

static void long_lines_are_cut_between_hanzi(void **state)
{
	char line[700] = "";
	(void)state;
	for (unsigned i = 0; i < 200; i++)
		memcpy(line + 1 + 3 * i, "中", 4);
	line[0] = 'a';
	size_t part = pinyin_part(bytes_text(line));
	assert_true(part > 150 && part < 200);
	assert_int_equal((part - 1) % 3, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_become_tokens),
		cmocka_unit_test(words_match),
		cmocka_unit_test(questions),
		cmocka_unit_test(long_lines_are_cut_between_hanzi),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
