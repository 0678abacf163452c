/* SPDX-License-Identifier: GPL-3.0-or-later
 * The coding of characters while the program runs. The C library converts for ncurses, both ways,
 * by the locale; names of files and what other programs are told stay as the login said.
 */
#include "ui/face.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const coding_names[CODINGS] = {"", "UTF-8", "GB18030", N_("拼音")};

/* Locales that have the coding; which of them are installed differs. */
static const char *const locales[CODINGS][3] = {
	[CODING_UTF8] = {"C.UTF-8", "zh_CN.UTF-8", NULL},
	[CODING_GB18030] = {"zh_CN.GB18030", "zh_CN.gb18030", NULL},
};

static const char *installed(enum coding coding)
{
	for (unsigned n = 0; locales[coding][n]; n++) {
		locale_t locale = newlocale(LC_CTYPE_MASK, locales[coding][n], (locale_t)0);

		if (!locale)
			continue;
		freelocale(locale);
		return locales[coding][n];
	}
	return NULL;
}

enum coding coding_of_login(void)
{
	if (!words_hanzi())
		return CODING_PINYIN;
	return strcmp(words_coding(), "UTF-8") == 0 ? CODING_UTF8 : CODING_GB18030;
}

enum coding coding_next(enum coding coding)
{
	do
		coding = coding + 1 < CODINGS ? coding + 1 : CODING_UTF8;
	while (coding != CODING_PINYIN && !installed(coding));
	return coding;
}

void coding_set(enum coding coding)
{
	static char login[FACE_TERMINAL];
	const char *name = installed(coding);

	if (!*login)
		snprintf(login, sizeof(login), "%s", setlocale(LC_CTYPE, NULL));
	if (coding == CODING_LOGIN || coding == CODING_PINYIN || coding == coding_of_login())
		name = login;
	if (!name || !setlocale(LC_CTYPE, name))
		(void)setlocale(LC_CTYPE, login);
}

void face_terminal(char out[FACE_TERMINAL])
{
	const char *type = getenv("TERM");

	snprintf(out, FACE_TERMINAL, "%.30s %s%s", type ? type : "", words_coding(),
		words_hanzi() ? "" : " -");
}
