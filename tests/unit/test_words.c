/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which language the program speaks: seven locales, OUTPOST_LANG and LANGUAGE in every mix, on a
 * terminal and not, each in a process of its own, with a catalogue as msgfmt makes them.
 */
#include "base/base.h"

#include <locale.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/outpost-words-XXXXXX";

static const char *const locales[] = {
	"C", "POSIX", "C.UTF-8", "zh_CN.UTF-8", "zh_CN.GB18030", "zh_CN.GBK", "en_US.UTF-8"};
static const char *const wishes[] = {NULL, "zh", "en"};
static const char *const languages[] = {NULL, "zh_CN:en", "en"};

static void put_u32(FILE *file, uint32_t number)
{
	fwrite(&number, sizeof number, 1, file);
}

/* The smallest catalogue: its head and one text, in the machine's byte order. */
static int make_catalogue(void **state)
{
	(void)state;
	static const char head[] = "Content-Type: text/plain; charset=UTF-8\n";
	static const char from[] = "隐患", to[] = "hazard “x”";
	char path[100];
	if (!mkdtemp(folder))
		return -1;
	snprintf(path, sizeof path, "%s/en", folder);
	mkdir(path, 0700);
	snprintf(path, sizeof path, "%s/en/LC_MESSAGES", folder);
	mkdir(path, 0700);
	snprintf(path, sizeof path, "%s/en/LC_MESSAGES/outpost.mo", folder);
	FILE *file = fopen(path, "wb");
	if (!file)
		return -1;
	uint32_t texts = 28 + 16 + 16;
	uint32_t rows[] = {0x950412de, 0, 2, 28, 28 + 16, 0, texts};
	fwrite(rows, sizeof rows, 1, file);
	put_u32(file, 0);
	put_u32(file, texts);
	put_u32(file, sizeof from - 1);
	put_u32(file, texts + 1);
	put_u32(file, sizeof head - 1);
	put_u32(file, texts + 1 + sizeof from);
	put_u32(file, sizeof to - 1);
	put_u32(file, texts + 1 + sizeof from + sizeof head);
	fputc(0, file);
	fwrite(from, sizeof from, 1, file);
	fwrite(head, sizeof head, 1, file);
	fwrite(to, sizeof to, 1, file);
	return fclose(file);
}

static int remove_catalogue(void **state)
{
	(void)state;
	char command[100];
	snprintf(command, sizeof command, "rm -rf '%s'", folder);
	return system(command);
}

struct answer {
	char said[40], coding[16];
	bool english, hanzi;
};

static void set_or_not(const char *name, const char *value)
{
	if (value)
		setenv(name, value, 1);
	else
		unsetenv(name);
}

/* setlocale remembers: every case gets a fresh process. */
static struct answer ask(const char *locale, const char *wish, const char *language, bool terminal)
{
	int ends[2], status;
	struct answer answer = {0};
	assert_int_equal(pipe(ends), 0);
	fflush(NULL);
	pid_t child = fork();
	if (child == 0) {
		unsetenv("LC_ALL");
		unsetenv("LC_MESSAGES");
		unsetenv("LC_CTYPE");
		set_or_not("LANG", locale);
		set_or_not("LANGUAGE", language);
		words_start(wish, folder, terminal);
		snprintf(answer.said, sizeof answer.said, "%s", _("隐患"));
		snprintf(answer.coding, sizeof answer.coding, "%s", words_coding());
		answer.english = words_english();
		answer.hanzi = words_hanzi();
		ssize_t done = write(ends[1], &answer, sizeof answer);
		_exit(done == (ssize_t)sizeof answer && *_("") == 0 ? 0 : 1);
	}
	close(ends[1]);
	assert_int_equal(read(ends[0], &answer, sizeof answer), sizeof answer);
	close(ends[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	return answer;
}

static bool is_plain(const char *locale)
{
	return strcmp(locale, "C") == 0 || strcmp(locale, "POSIX") == 0;
}

static bool want_english(const char *locale, const char *wish, bool terminal)
{
	if (wish)
		return strcmp(wish, "en") == 0;
	return strncmp(locale, "en", 2) == 0 || (terminal && is_plain(locale));
}

static void check_all(bool terminal)
{
	for (size_t l = 0; l < countof(locales); l++)
		for (size_t w = 0; w < countof(wishes); w++)
			for (size_t g = 0; g < countof(languages); g++) {
				struct answer answer =
					ask(locales[l], wishes[w], languages[g], terminal);
				bool english = want_english(locales[l], wishes[w], terminal);
				if (strcmp(answer.said, english ? "hazard “x”" : "隐患") != 0 ||
					answer.english != english)
					fail_msg("%s, %s, %s: %s", locales[l],
						wishes[w] ? wishes[w] : "-",
						languages[g] ? languages[g] : "-", answer.said);
			}
}

static void sixty_three_cases_of_a_file(void **state)
{
	(void)state;
	check_all(false);
}

static void sixty_three_cases_of_a_terminal(void **state)
{
	(void)state;
	check_all(true);
}

static void what_a_terminal_can_show(void **state)
{
	(void)state;
	assert_false(ask("C", NULL, NULL, true).hanzi);
	assert_false(ask("POSIX", "en", NULL, true).hanzi);
	assert_true(ask("C", "zh", NULL, true).hanzi); /* who wishes Chinese has a reason */
	assert_true(ask("C", NULL, NULL, false).hanzi);
	assert_true(ask("C.UTF-8", NULL, NULL, true).hanzi);
	assert_true(ask("xx_YY.UTF-8", NULL, NULL, true).hanzi); /* not installed: C.UTF-8 */
	assert_false(ask("xx_YY.UTF-8", NULL, NULL, true).english);
	assert_true(ask("en", NULL, NULL, false).english);
	assert_true(ask("en_GB@euro", NULL, NULL, false).english);
	assert_false(ask("enx_YY.UTF-8", NULL, NULL, false).english);
	assert_false(ask(NULL, NULL, "en", false).english);
	assert_false(ask("C.UTF-8", "fr", NULL, false).english);
}

static void the_coding_is_known(void **state)
{
	(void)state;
	assert_string_equal(ask("C", NULL, NULL, true).coding, "UTF-8");
	assert_string_equal(ask("C.UTF-8", NULL, NULL, true).coding, "UTF-8");
	if (!setlocale(LC_CTYPE, "zh_CN.GB18030")) {
		print_message("zh_CN.GB18030 is not installed\n");
		return;
	}
	struct answer answer = ask("zh_CN.GB18030", "en", NULL, true);
	assert_string_equal(answer.coding, "GB18030");
	assert_string_equal(
		answer.said, "hazard “x”"); /* UTF-8 inside, whatever the terminal speaks */
	assert_true(answer.hanzi);
}

static void without_a_catalogue_it_speaks_chinese(void **state)
{
	(void)state;
	words_start("en", "/nonexistent", false);
	assert_string_equal(_("尚未译出"), "尚未译出");
	words_start("zh", "/nonexistent", false);
	assert_false(words_english());
}

/* Whatever of it is broken: nothing is read beyond it, and the rest, or Chinese, is spoken. */
static void a_broken_catalogue_does_no_harm(void **state)
{
	char path[100];
	uint8_t whole[400], broken[400];
	(void)state;
	snprintf(path, sizeof path, "%s/en/LC_MESSAGES/outpost.mo", folder);
	FILE *file = fopen(path, "rb");
	assert_non_null(file);
	size_t len = fread(whole, 1, sizeof whole, file);
	fclose(file);
	for (size_t at = 0; at < 2 * len; at++) {
		memcpy(broken, whole, len);
		if (at < len)
			broken[at] ^= 0xFF;
		file = fopen(path, "wb");
		assert_non_null(file);
		fwrite(broken, 1, at < len ? len : at - len, file);
		fclose(file);
		words_start("en", folder, false);
		assert_non_null(words("隐患"));
		assert_true(strlen(words("隐患")) < 40);
		assert_string_equal(words("没有"), "没有");
	}
	words_start("zh", folder, false);
	file = fopen(path, "wb");
	assert_non_null(file);
	fwrite(whole, 1, len, file);
	fclose(file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sixty_three_cases_of_a_file),
		cmocka_unit_test(sixty_three_cases_of_a_terminal),
		cmocka_unit_test(what_a_terminal_can_show),
		cmocka_unit_test(the_coding_is_known),
		cmocka_unit_test(a_broken_catalogue_does_no_harm),
		cmocka_unit_test(without_a_catalogue_it_speaks_chinese),
	};
	return cmocka_run_group_tests(tests, make_catalogue, remove_catalogue);
}
