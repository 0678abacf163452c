/* SPDX-License-Identifier: GPL-3.0-or-later
 * "name value" lines and tab separated tables, with the line number in every complaint.
 * A line is copied before it is cut into words, so the text may be mapped read only.
 */
#include "base/conf.h"

#include <string.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/text.h"

typedef bool cut_fn(char *text, struct conf_line *line, const char **why);

static bool add_word(struct conf_line *line, const char *word, const char **why)
{
	if (line->count == CONF_COLUMNS) {
		*why = _("一行里的项太多");
		return false;
	}
	line->word[line->count++] = word;
	return true;
}

static bool blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Takes a "quoted" word in place, \" and \\ undone; NULL when it does not end. */
static char *cut_quoted(char *at)
{
	char *to = at;
	for (at++; *at && *at != '"'; at++) {
		if (*at == '\\' && (at[1] == '"' || at[1] == '\\'))
			at++;
		*to++ = *at;
	}
	if (*at != '"')
		return NULL;
	*to = 0;
	return at + 1;
}

static bool cut_words(char *text, struct conf_line *line, const char **why)
{
	char *at = text;
	for (;;) {
		while (blank(*at))
			at++;
		if (*at == 0 || *at == '#')
			return true;
		char *word = at;
		if (*at == '"') {
			at = cut_quoted(at);
			if (!at || (*at && !blank(*at))) {
				*why = at ? _("引号后面要有空格") : _("引号没有配对");
				return false;
			}
		} else {
			while (*at && !blank(*at))
				at++;
			if (*at)
				*at++ = 0;
		}
		if (!add_word(line, word, why))
			return false;
	}
}

static bool cut_columns(char *text, struct conf_line *line, const char **why)
{
	if (*text == '#')
		return true;
	for (char *at = text; at;) {
		char *word = at;
		at = strchr(at, '\t');
		if (at)
			*at++ = 0;
		if (!add_word(line, word, why))
			return false;
	}
	return true;
}

static bool only_blanks(const char *text)
{
	return text[strspn(text, " \t")] == 0;
}

static bool one_line(
	struct bytes raw, struct buf *copy, cut_fn *cut, struct conf_line *line, const char **why)
{
	line->count = 0;
	if (raw.len > LIMIT_ROW) {
		*why = _("这一行太长");
		return false;
	}
	if (!text_valid((const char *)raw.at, raw.len)) {
		*why = _("不是 UTF-8 文字，请另存为 UTF-8");
		return false;
	}
	buf_clear(copy);
	buf_put(copy, raw.at, raw.len);
	buf_cstr(copy);
	char *text = (char *)copy->at;
	return only_blanks(text) || cut(text, line, why);
}

static enum rc each(const char *file, struct bytes text, cut_fn *cut, conf_fn *fn, void *to,
	struct fault *fault)
{
	static const uint8_t mark[] = {0xEF, 0xBB, 0xBF};
	if (text.len >= sizeof mark && memcmp(text.at, mark, sizeof mark) == 0)
		text = bytes_of(text.at + sizeof mark, text.len - sizeof mark);
	struct buf copy = {0};
	struct conf_line line = {.file = file};
	const char *why = NULL;
	bool good = true;
	while (good && text.len) {
		const uint8_t *end = memchr(text.at, '\n', text.len);
		size_t len = end ? (size_t)(end - text.at) : text.len;
		struct bytes raw = bytes_of(text.at, len);
		size_t whole = end ? len + 1 : len;
		text = bytes_of(text.at + whole, text.len - whole);
		if (raw.len && raw.at[raw.len - 1] == '\r')
			raw.len--;
		line.number++;
		good = one_line(raw, &copy, cut, &line, &why) &&
		       (line.count == 0 || fn(&line, to, &why));
	}
	buf_release(&copy);
	if (good)
		return RC_OK;
	return fault_set(
		fault, RC_BAD, "%s:%u: %s", file, line.number, why ? why : _("这一行写得不对"));
}

enum rc conf_each(const char *file, struct bytes text, conf_fn *fn, void *to, struct fault *fault)
{
	return each(file, text, cut_words, fn, to, fault);
}

enum rc tsv_each(const char *file, struct bytes text, conf_fn *fn, void *to, struct fault *fault)
{
	return each(file, text, cut_columns, fn, to, fault);
}
