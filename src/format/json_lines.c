/* SPDX-License-Identifier: GPL-3.0-or-later
 * Cuts by line ends, or by the brackets, commas and quotes of one array; what lies between is
 * judged elsewhere.
 */
#include "format/json_lines.h"

#include <string.h>

struct cutter {
	struct arena *arena;
	struct bytes in;
	size_t at;
	unsigned line, count;
	struct json_line **last;
};

static bool blank(uint8_t c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static void skip_blanks(struct cutter *c)
{
	for (; c->at < c->in.len && blank(c->in.at[c->at]); c->at++)
		c->line += c->in.at[c->at] == '\n';
}

/* From FROM up to here. */
static void add(struct cutter *c, size_t from, unsigned line)
{
	size_t end = c->at;
	struct json_line *l;

	while (end > from && blank(c->in.at[end - 1]))
		end--;
	l = arena_get(c->arena, sizeof(*l));
	l->text = bytes_of(c->in.at + from, end - from);
	l->line = line;
	*c->last = l;
	c->last = &l->next;
	c->count++;
}

/* Behind a string's opening quote. */
static void skip_string(struct cutter *c)
{
	for (; c->at < c->in.len && c->in.at[c->at] != '"'; c->at++) {
		c->line += c->in.at[c->at] == '\n';
		if (c->in.at[c->at] == '\\')
			c->at++;
	}
}

/* To the comma or bracket behind an element; false when the file ends before. */
static bool skip_element(struct cutter *c)
{
	unsigned depth = 0;

	for (; c->at < c->in.len; c->at++) {
		uint8_t b = c->in.at[c->at];

		if (!depth && (b == ',' || b == ']'))
			return true;
		c->line += b == '\n';
		if (b == '"') {
			c->at++;
			skip_string(c);
		} else if (b == '[' || b == '{') {
			depth++;
		} else if ((b == ']' || b == '}') && depth) {
			depth--;
		}
	}
	return false;
}

static bool array(struct cutter *c, const char **why)
{
	bool more;

	c->at++;
	skip_blanks(c);
	more = c->at >= c->in.len || c->in.at[c->at] != ']';
	while (more) {
		size_t from;
		unsigned line;

		skip_blanks(c);
		from = c->at;
		line = c->line;
		if (!skip_element(c)) {
			*why = _("数组没有结束的括号");
			return false;
		}
		add(c, from, line);
		more = c->in.at[c->at] == ',';
		c->at += more;
	}
	c->at++;
	skip_blanks(c);
	*why = c->at < c->in.len ? _("数组后面有多余的内容") : NULL;
	return !*why;
}

static void lines(struct cutter *c)
{
	for (; c->at < c->in.len; skip_blanks(c)) {
		size_t from = c->at;
		const uint8_t *end = memchr(c->in.at + from, '\n', c->in.len - from);

		c->at = end ? (size_t)(end - c->in.at) : c->in.len;
		add(c, from, c->line);
	}
}

bool json_lines(struct arena *arena, struct bytes text, struct json_line **first, unsigned *count,
	const char **why)
{
	struct cutter c = {.arena = arena, .in = text, .line = 1, .last = first};
	bool good = true;

	*first = NULL;
	*why = NULL;
	skip_blanks(&c);
	if (c.at < c.in.len && c.in.at[c.at] == '[')
		good = array(&c, why);
	else
		lines(&c);
	*count = c.count;
	return good;
}
