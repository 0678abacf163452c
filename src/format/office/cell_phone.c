/* SPDX-License-Identifier: GPL-3.0-or-later
 * Telephone cells: one number, or several, with whose they are beside them.
 */
#include "format/office/inside.h"

#include <string.h>

#include "base/text.h"

enum { NUMBERS = 4, NUMBER_ROOM = 40, LEAST = 3, MOBILE = 11, LONGEST = 15 };

struct phones {
	char number[NUMBERS][NUMBER_ROOM];
	unsigned count;
	bool words;        /* something stood beside the numbers */
	bool at_extension; /* what follows is no number of its own */
};

static size_t digits_of(const char *number)
{
	size_t count = 0;

	for (; *number; number++)
		count += *number >= '0' && *number <= '9';
	return count;
}

/* An area code, or a part of a number that is written in groups: more is to come. */
static bool begun(const char *number)
{
	size_t count = digits_of(number);

	if (count == 0)
		return *number == '+';
	if (*number == '0')
		return count < (number[1] == '1' || number[1] == '2' ? 9u : 10u);
	if (*number == '+')
		return count < 12;
	if (*number == '1' && count < MOBILE)
		return count != 5 || strncmp(number, "100", 3) != 0;
	return count < 7 && count != 5;
}

static char *current(struct phones *phones)
{
	return phones->number[phones->count];
}

static void end_number(struct phones *phones)
{
	char *number = current(phones);
	size_t len = strlen(number), count = digits_of(number);

	while (len && !(number[len - 1] >= '0' && number[len - 1] <= '9'))
		number[--len] = 0;
	if (count >= LEAST && !phones->at_extension && phones->count + 1 < NUMBERS)
		phones->count++;
	else if (count && !phones->at_extension)
		phones->words = true;
	phones->at_extension = false;
	*current(phones) = 0;
}

static void put(struct phones *phones, char c)
{
	char *number = current(phones);
	size_t len = strlen(number);

	if (len + 1 < NUMBER_ROOM) {
		number[len] = c;
		number[len + 1] = 0;
	}
}

/* zh: 转 and what stands for it begins an extension */
static bool extension(uint32_t cp)
{
	return cp == 0x8F6C || cp == '#' || cp == 'x';
}

/* What may stand inside a number as well as behind it. */
static bool is_soft(uint32_t cp)
{
	return cp == '-' || cp == '(' || cp == ')' || blank_cp(cp) || cp == 0x2014 || cp == 0x2013;
}

/* zh: 、或和 and their like part numbers, and say nothing of them */
static bool parts(uint32_t cp)
{
	static const uint32_t signs[] = {'/', ',', ';', '|', '.', '~', '&', 0x3001, 0x6216, 0x548C};

	for (size_t i = 0; i < countof(signs); i++)
		if (signs[i] == cp)
			return true;
	return false;
}

/* An area code is parted from its number by a dash, whatever parted them. */
static void take_soft(struct phones *phones)
{
	const char *number = current(phones);
	size_t count = digits_of(number);

	if (!begun(number))
		end_number(phones);
	else if (*number == '0' && count >= 3 && count <= 4 && !strchr(number, '-'))
		put(phones, '-');
}

static void take(struct phones *phones, uint32_t cp, uint32_t next)
{
	bool inside = *current(phones);

	if (cp >= '0' && cp <= '9') {
		put(phones, (char)cp);
	} else if (cp == '+' && !inside) {
		put(phones, '+');
	} else if (cp == '.' && next == '0') {
		end_number(phones); /* 15430003105.0: a number that was read as one */
		phones->at_extension = true;
	} else if (is_soft(cp)) {
		if (inside)
			take_soft(phones);
	} else {
		end_number(phones);
		phones->at_extension = inside && extension(cp);
		phones->words |= !parts(cp);
	}
}

static const char *odd(const char *number)
{
	size_t count = digits_of(number);

	if (*number == '1' && number[1] >= '3' && count >= 9 && count != MOBILE)
		return _("手机号不是 11 位，请核对");
	return NULL;
}

/* +86, 0086 and 86 before a number of this country say nothing; bytes of them with what stands
 * behind. */
static size_t country(const char *text)
{
	/* zh: with brackets of full width, too */
	static const char *const codes[] = {
		"+86", "0086", "(+86)", "(86)", "（+86）", "（86）", "86"};
	enum { SHORT = 10 }; /* digits of a number with its area code, without the 0 */

	for (size_t i = 0; i < countof(codes); i++) {
		size_t len = strlen(codes[i]);

		if (strncmp(text, codes[i], len) != 0)
			continue;
		len += strspn(text + len, " -");
		/* 8612345 is a number of its own. */
		return digits_of(text + len) >= SHORT && text[len] != '0' ? len : 0;
	}
	return 0;
}

/* What is left begins with a mobile number, or with an area code that has lost its 0. */
static void at_home(const char *text, struct buf *out)
{
	size_t len = country(text);

	if (len && !(text[len] == '1' && text[len + 1] >= '3'))
		buf_byte(out, '0');
	buf_text(out, text + len);
}

static void read_phones(const char *text, struct office_cell *out)
{
	struct phones phones = {.count = 0};
	size_t len = strlen(text), step;
	uint32_t cp, next;

	if (!text[strspn(text, "+0123456789-*#")] && digits_of(text) <= LONGEST) {
		buf_text(&out->text, text); /* as people type it */
		out->why = odd(text);
		return;
	}
	for (const char *at = text; (step = text_next(at, len, &cp)) != 0;
		at += step, len -= step) {
		if (len == step || !text_next(at + step, len - step, &next))
			next = 0;
		take(&phones, plain_cp(cp), plain_cp(next));
	}
	end_number(&phones);
	if (!phones.count) {
		cell_bad(out, _("里面没有电话号码"));
		return;
	}
	buf_text(&out->text, phones.number[0]);
	out->why = odd(phones.number[0]);
	if (phones.count > 1)
		buf_text(&out->second, phones.number[1]);
	if (phones.words || phones.count > 2)
		buf_text(&out->remark, text);
}

void cell_phone(const struct field *field, const struct office_about *about, const char *text,
	struct office_cell *out)
{
	struct buf home = {0};

	(void)field;
	(void)about;
	at_home(text, &home);
	read_phones(buf_cstr(&home), out);
	buf_release(&home);
}
