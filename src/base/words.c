/* SPDX-License-Identifier: GPL-3.0-or-later
 * Chinese is the text in the source; gettext is bound only for English. The program decides
 * which, not the user's LANGUAGE: Chinese desktops set zh_CN:en, and gettext, finding no
 * Chinese catalogue, would answer in English.
 */
#include "base/base.h"

#include <langinfo.h>
#include <libintl.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define DOMAIN "outpost"
#define FALL_BACK "C.UTF-8" /* every Debian has it */

/* Set once at start, before there is anything to say. */
static bool english;
static bool hanzi = true;
static char coding[16] = "UTF-8";

/* The name of the locale that messages should be in, as asked for: it may not be installed. */
static const char *asked(void)
{
	static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
	for (size_t i = 0; i < countof(names); i++) {
		const char *value = getenv(names[i]);
		if (value && *value)
			return value;
	}
	return "C";
}

static bool begins_english(const char *locale)
{
	return strncmp(locale, "en", 2) == 0 && strchr("_.@", locale[2]);
}

static bool is_utf8(const char *charset)
{
	return strcasecmp(charset, "UTF-8") == 0;
}

/* GB18030 and GBK hold all hanzi we use; GB2312 is their beginning. */
static bool is_gb(const char *charset)
{
	return strncasecmp(charset, "GB", 2) == 0;
}

/* Sets the coding of characters. Numbers, dates and order stay those of C: files depend on them. */
static void take_charset(bool chinese_wished, bool terminal)
{
	if (!setlocale(LC_CTYPE, ""))
		setlocale(LC_CTYPE, FALL_BACK);
	const char *charset = nl_langinfo(CODESET);
	hanzi = is_utf8(charset) || is_gb(charset);
	if (!hanzi && (!terminal || chinese_wished))
		hanzi = setlocale(LC_CTYPE, FALL_BACK) != NULL;
	charset = nl_langinfo(CODESET);
	snprintf(coding, sizeof coding, "%s", is_gb(charset) ? charset : "UTF-8");
}

void words_start(const char *wish, const char *folder, bool terminal)
{
	bool zh = wish && strcmp(wish, "zh") == 0;
	bool en = wish && strcmp(wish, "en") == 0;
	take_charset(zh, terminal);
	english = en || (!zh && (begins_english(asked()) || !hanzi));
	if (!english) {
		setlocale(LC_MESSAGES, "C");
		return;
	}
	/* gettext is silent in C and POSIX; under any other name it heeds LANGUAGE. */
	setlocale(LC_MESSAGES, FALL_BACK);
	setenv("LANGUAGE", "en", 1);
	bindtextdomain(DOMAIN, folder);
	bind_textdomain_codeset(DOMAIN, "UTF-8");
	textdomain(DOMAIN);
}

const char *words(const char *msgid)
{
	/* "" would give the catalogue's head. */
	return english && *msgid ? dgettext(DOMAIN, msgid) : msgid;
}

bool words_english(void)
{
	return english;
}

const char *words_coding(void)
{
	return coding;
}

bool words_hanzi(void)
{
	return hanzi;
}
