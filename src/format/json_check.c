/* SPDX-License-Identifier: GPL-3.0-or-later
 * Is it JSON? RFC 8259 to the letter, with the limits of format/json.h. One pass and no memory of
 * its own; double keys are found by comparing an object's keys, which is why an object has at most
 * KEYS of them.
 */
#include "format/json.h"

#include <string.h>

#include "base/text.h"

enum { KEYS = 128 };

struct scan {
	const uint8_t *from, *at, *end;
	unsigned depth;
	const char *why;
};

static bool no(struct scan *s, const char *why)
{
	if (!s->why)
		s->why = why;
	return false;
}

static void blanks(struct scan *s)
{
	while (s->at < s->end && memchr(" \t\r\n", *s->at, 4))
		s->at++;
}

static bool is(struct scan *s, char c)
{
	if (s->at == s->end || *s->at != (uint8_t)c)
		return false;
	s->at++;
	return true;
}

static bool word(struct scan *s, const char *text)
{
	size_t n = strlen(text);

	if ((size_t)(s->end - s->at) < n || memcmp(s->at, text, n) != 0)
		return no(s, _("此处应是值"));
	s->at += n;
	return true;
}

static size_t digits(struct scan *s)
{
	size_t n = 0;

	for (; s->at < s->end && *s->at >= '0' && *s->at <= '9'; s->at++)
		n++;
	return n;
}

static bool number(struct scan *s)
{
	size_t n;

	is(s, '-');
	if (is(s, '0'))
		n = 1;
	else
		n = digits(s);
	if (!n)
		return no(s, _("此处应是值"));
	if (is(s, '.')) {
		size_t more = digits(s);

		if (!more)
			return no(s, _("小数点后没有数字"));
		n += more;
	}
	if (n > JSON_DIGITS)
		return no(s, _("数字超过 15 位，请加引号写成文本"));
	if (is(s, 'e') || is(s, 'E')) {
		if (!is(s, '+'))
			is(s, '-');
		n = digits(s);
		if (n < 1 || n > 3)
			return no(s, _("指数应是一到三位数字"));
	}
	return true;
}

static bool hex4(struct scan *s, unsigned *code)
{
	*code = 0;
	for (int i = 0; i < 4; i++, s->at++) {
		static const char all[] = "0123456789abcdefABCDEF";
		const char *found;

		if (s->at == s->end || !*s->at || !(found = strchr(all, *s->at)))
			return no(s, _("\\u 后应是四位十六进制数"));
		*code = *code * 16 + (unsigned)(found - all < 16 ? found - all : found - all - 6);
	}
	return true;
}

/* Behind "\\u". */
static bool unicode(struct scan *s)
{
	unsigned code, low;

	if (!hex4(s, &code))
		return false;
	if (!code)
		return no(s, _("文本里不能有 NUL"));
	if (code < 0xd800 || code > 0xdfff)
		return true;
	if (code > 0xdbff || !is(s, '\\') || !is(s, 'u'))
		return no(s, _("\\u 代理码不成对"));
	if (!hex4(s, &low))
		return false;
	return (low >= 0xdc00 && low <= 0xdfff) || no(s, _("\\u 代理码不成对"));
}

static bool escape(struct scan *s)
{
	if (s->at == s->end)
		return no(s, _("文本没有结束的引号"));
	if (*s->at && strchr("\"\\/bfnrt", *s->at)) {
		s->at++;
		return true;
	}
	return is(s, 'u') ? unicode(s) : no(s, _("不认识的转义"));
}

/* *inside: what stands between the quotes, as written. */
static bool string(struct scan *s, struct bytes *inside)
{
	const uint8_t *from;

	if (!is(s, '"'))
		return no(s, _("此处应是引号"));
	from = s->at;
	while (s->at < s->end && *s->at != '"') {
		uint8_t c = *s->at++;

		if (c < 0x20) {
			s->at--;
			return no(s, _("文本里有控制字符"));
		}
		if (c == '\\' && !escape(s))
			return false;
	}
	*inside = bytes_of(from, (size_t)(s->at - from));
	if (!is(s, '"'))
		return no(s, _("文本没有结束的引号"));
	if (!text_valid((const char *)inside->at, inside->len)) {
		s->at = from;
		return no(s, _("不是 UTF-8"));
	}
	return true;
}

/* Keys are compared as written; one with an escape could hide a double, so it is refused. */
static bool key(struct scan *s, struct bytes *keys, size_t n)
{
	const uint8_t *from = s->at;

	if (n == KEYS)
		return no(s, _("一个对象里的键太多"));
	if (!string(s, &keys[n]))
		return false;
	if (keys[n].len && memchr(keys[n].at, '\\', keys[n].len)) {
		s->at = from;
		return no(s, _("键里不能有转义"));
	}
	for (size_t i = 0; i < n; i++)
		if (bytes_equal(keys[i], keys[n])) {
			s->at = from;
			return no(s, _("同一个键写了两次"));
		}
	blanks(s);
	return is(s, ':') || no(s, _("键后应是冒号"));
}

/* Values hold values: the one circle of this file. */
static bool value(struct scan *s);

static bool members(struct scan *s, char close)
{
	struct bytes keys[KEYS];
	size_t n = 0;

	blanks(s);
	if (is(s, close))
		return true;
	do {
		blanks(s);
		if (close == '}' && !key(s, keys, n++))
			return false;
		if (!value(s))
			return false;
		blanks(s);
	} while (is(s, ','));
	return is(s, close) || no(s, _("此处应是逗号或右括号"));
}

static bool nested(struct scan *s, char close)
{
	bool good;

	if (s->depth == JSON_DEPTH)
		return no(s, _("括号套得太深"));
	s->at++;
	s->depth++;
	good = members(s, close);
	s->depth--;
	return good;
}

static bool value(struct scan *s)
{
	struct bytes text;

	blanks(s);
	if (s->at == s->end)
		return no(s, _("内容不完整"));
	switch (*s->at) {
	case '{':
		return nested(s, '}');
	case '[':
		return nested(s, ']');
	case '"':
		return string(s, &text);
	case 't':
		return word(s, "true");
	case 'f':
		return word(s, "false");
	case 'n':
		return word(s, "null");
	default:
		return number(s);
	}
}

bool json_check(struct bytes in, size_t *at, const char **why)
{
	struct scan s = {.from = in.at, .at = in.at, .end = in.at + in.len};
	bool good = value(&s);

	if (good) {
		blanks(&s);
		good = s.at == s.end || no(&s, _("后面有多余的内容"));
	}
	*at = (size_t)(s.at - s.from);
	*why = good ? NULL : s.why;
	return good;
}
