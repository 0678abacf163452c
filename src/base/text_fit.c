/* SPDX-License-Identifier: GPL-3.0-or-later
 * What of a text may be printed or said. A message quotes files, arguments, other stations and
 * libraries; none of it may command a terminal, turn the reading direction or begin a line of its
 * own. Of a control character something stays to be seen: a message that quotes one still has all
 * its words.
 */
#include "base/text.h"

#include <stdio.h>
#include <string.h>

enum { NO_TEXT = 0xFFFD, FORMATTED = 4096 };

static const char mark[] = "...";

size_t text_next_shown(const char *s, size_t len, uint32_t *cp)
{
	size_t step = text_next(s, len, cp);
	if (!step)
		return 0;
	if (*cp == '\n' || *cp == '\r' || *cp == '\t')
		*cp = ' ';
	else if (*cp < 0x20 || (*cp >= 0x7F && *cp < 0xA0) || (*cp == NO_TEXT && step == 1))
		*cp = '?';
	else if (text_format(*cp))
		*cp = 0;
	return step;
}

/* CUT: more stood behind LEN bytes. */
static void fit(char *out, size_t room, const char *s, size_t len, bool cut)
{
	size_t used = 0, whole = 0, step; /* whole: where the mark still fits behind */
	uint32_t cp;
	char text[4];
	if (cut)
		len = text_whole(s, len);
	for (; (step = text_next_shown(s, len, &cp)) != 0; s += step, len -= step) {
		size_t size = cp ? text_put(cp, text) : 0;
		if (used + size >= room) {
			cut = true;
			break;
		}
		memcpy(out + used, text, size);
		used += size;
		if (used + sizeof mark <= room)
			whole = used;
	}
	out[used] = 0;
	if (cut && room >= sizeof mark)
		memcpy(out + whole, mark, sizeof mark);
}

void text_fit(char *out, size_t room, const char *s)
{
	fit(out, room, s, strlen(s), false);
}

const char *text_brief(struct brief *brief, const char *s)
{
	text_fit(brief->text, sizeof brief->text, s);
	return brief->text;
}

void text_fit_args(char *out, size_t room, const char *fmt, va_list args)
{
	char text[FORMATTED];
	int len = vsnprintf(text, sizeof text, fmt, args);
	if (len < 0)
		text[0] = 0;
	fit(out, room, text, strlen(text), len >= FORMATTED);
}
