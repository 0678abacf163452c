/* SPDX-License-Identifier: GPL-3.0-or-later
 * Chinese is the text in the source; English is read from a catalogue of msgfmt. The program
 * decides which, and not gettext, which asks the user's LANGUAGE (Chinese desktops set zh_CN:en,
 * and would get English), and since glibc 2.39 says nothing in C.UTF-8, the only locale that every
 * system has.
 */
#include "base/base.h"

#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define FALL_BACK "C.UTF-8" /* every Debian has it */

/* Set once at start, before there is anything to say. */
static bool english;
static bool hanzi = true;
static char coding[16] = "UTF-8";

/* ---- the catalogue: sorted texts, each with its translation */

#define MAGIC UINT32_C(0x950412de)
enum { HEAD = 20, ROW = 8, MOST = 16 << 20 };

static struct {
	char *at;
	uint32_t size, rows, from, to; /* texts, and where the tables of both languages begin */
} catalogue;

static uint32_t number_at(uint32_t place)
{
	uint32_t number;
	memcpy(&number, catalogue.at + place, sizeof number);
	return number;
}

/* A text by its row in TABLE, with a NUL behind it; NULL: the catalogue is broken. */
static const char *text_at(uint32_t table, uint32_t row)
{
	uint32_t len = number_at(table + row * ROW), place = number_at(table + row * ROW + 4);
	bool whole = place < catalogue.size && len < catalogue.size - place;
	return whole && !catalogue.at[place + len] ? catalogue.at + place : NULL;
}

static bool holds(uint32_t table)
{
	return table <= catalogue.size && catalogue.rows <= (catalogue.size - table) / ROW;
}

static bool is_catalogue(void)
{
	if (catalogue.size < HEAD || number_at(0) != MAGIC || number_at(4) >> 16)
		return false;
	catalogue.rows = number_at(8);
	catalogue.from = number_at(12);
	catalogue.to = number_at(16);
	return holds(catalogue.from) && holds(catalogue.to);
}

/* Without one, or with a broken one, what is asked for is said in Chinese. */
static void read_catalogue(const char *folder)
{
	char path[1024];
	snprintf(path, sizeof path, "%s/en/LC_MESSAGES/outpost.mo", folder);
	FILE *file = fopen(path, "rb");
	free(catalogue.at);
	memset(&catalogue, 0, sizeof catalogue);
	if (!file)
		return;
	long size = fseek(file, 0, SEEK_END) ? 0 : ftell(file);
	if (size > 0 && size <= MOST && (catalogue.at = malloc((size_t)size))) {
		rewind(file);
		catalogue.size = (uint32_t)fread(catalogue.at, 1, (size_t)size, file);
	}
	fclose(file);
	if (!is_catalogue())
		catalogue.rows = 0;
}

static const char *translated(const char *msgid)
{
	uint32_t low = 0, high = catalogue.rows;
	while (low < high) {
		uint32_t row = low + (high - low) / 2;
		const char *text = text_at(catalogue.from, row);
		int order = text ? strcmp(msgid, text) : 0;
		if (!order) {
			const char *found = text ? text_at(catalogue.to, row) : NULL;
			return found && *found ? found : msgid;
		}
		if (order < 0)
			high = row;
		else
			low = row + 1;
	}
	return msgid;
}

/* ---- which language */

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
	setlocale(LC_MESSAGES, "C");
	if (english)
		read_catalogue(folder);
}

const char *words(const char *msgid)
{
	/* "" would give the catalogue's head. */
	return english && *msgid ? translated(msgid) : msgid;
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
