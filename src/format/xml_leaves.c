/* SPDX-License-Identifier: GPL-3.0-or-later
 * The leaves of an XML file, read by a scanner that knows nothing but what such files are made of.
 */
#include "format/xml.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

struct scan {
	const char *at, *end;
	char open[XML_DEPTH][XML_NAME];
	unsigned depth;
	bool leaf, done; /* leaf: the innermost element holds none so far; done: the outermost was
			    closed */
	struct buf text; /* of the innermost element, as it stands there */
	struct buf plain;
	xml_leaf_fn *fn;
	void *to;
	bool ended; /* by FN */
	const char *why;
};

static bool refuse(struct scan *scan, const char *why)
{
	scan->why = why;
	return false;
}

static bool begins(const struct scan *scan, const char *what)
{
	size_t len = strlen(what);

	return (size_t)(scan->end - scan->at) >= len && !memcmp(scan->at, what, len);
}

/* Behind WHAT; its content goes to INTO, NULL: nowhere. */
static bool pass(struct scan *scan, const char *what, struct buf *into)
{
	const char *found = memmem(scan->at, (size_t)(scan->end - scan->at), what, strlen(what));

	if (!found)
		return refuse(scan, _("文件不完整"));
	if (into)
		buf_put(into, scan->at, (size_t)(found - scan->at));
	scan->at = found + strlen(what);
	return true;
}

static bool is_name(char c)
{
	return isalnum((unsigned char)c) || (c && strchr("_-.:", c)) || (unsigned char)c >= 0x80;
}

/* Without its prefix. */
static bool take_name(struct scan *scan, char name[XML_NAME])
{
	const char *from = scan->at;

	while (scan->at < scan->end && is_name(*scan->at)) {
		if (*scan->at == ':')
			from = scan->at + 1;
		scan->at++;
	}
	size_t len = (size_t)(scan->at - from);
	if (!len || len >= XML_NAME)
		return refuse(scan, _("标签名不对"));
	memcpy(name, from, len);
	name[len] = 0;
	return true;
}

static void skip_blanks(struct scan *scan)
{
	while (scan->at < scan->end && isspace((unsigned char)*scan->at))
		scan->at++;
}

/* Attributes say nothing here, but a '>' in one ends no tag. *EMPTY: "/>". */
static bool take_rest(struct scan *scan, bool *empty)
{
	char name[XML_NAME];

	for (*empty = false;;) {
		skip_blanks(scan);
		if (begins(scan, ">") || begins(scan, "/>")) {
			*empty = *scan->at == '/';
			scan->at += *empty ? 2 : 1;
			return true;
		}
		if (!take_name(scan, name))
			return false;
		skip_blanks(scan);
		if (!begins(scan, "="))
			return refuse(scan, _("属性没有值"));
		scan->at++;
		skip_blanks(scan);
		if (!begins(scan, "\"") && !begins(scan, "'"))
			return refuse(scan, _("属性值没有引号"));
		const char quote[2] = {*scan->at++, 0};
		if (!pass(scan, quote, NULL))
			return false;
	}
}

/* ---- texts */

static const struct {
	const char *name, *text;
} entities[] = {{"amp;", "&"}, {"lt;", "<"}, {"gt;", ">"}, {"quot;", "\""}, {"apos;", "'"}};

static size_t take_number(const char *at, struct buf *out)
{
	bool hex = at[1] == 'x';
	char *end, bytes[4];
	unsigned long cp = strtoul(at + 1 + hex, &end, hex ? 16 : 10);

	if (end == at + 1 + hex || *end != ';' || !isxdigit((unsigned char)at[1 + hex]) || !cp ||
		cp > 0x10FFFF || (cp >= 0xD800 && cp < 0xE000))
		return 0;
	buf_put(out, bytes, text_put((uint32_t)cp, bytes));
	return (size_t)(end - at) + 1;
}

/* AT stands behind the '&'; how many bytes it takes, 0: it is none that is known here. */
static size_t take_entity(const char *at, struct buf *out)
{
	for (size_t n = 0; n < countof(entities); n++)
		if (!strncmp(at, entities[n].name, strlen(entities[n].name))) {
			buf_text(out, entities[n].text);
			return strlen(entities[n].name);
		}
	return *at == '#' ? take_number(at, out) : 0;
}

/* Behind the text that there is: what stands between the tags, with its entities. */
static bool take_text(struct scan *scan)
{
	const char *from = scan->at;

	while (scan->at < scan->end && *scan->at != '<')
		scan->at++;
	buf_clear(&scan->plain);
	buf_put(&scan->plain, from, (size_t)(scan->at - from));
	for (const char *at = buf_cstr(&scan->plain); *at;) {
		size_t len = *at == '&' ? take_entity(at + 1, &scan->text) : 0;

		if (*at == '&' && !len)
			return refuse(scan, _("有不认识的实体"));
		if (*at != '&')
			buf_byte(&scan->text, (uint8_t)*at);
		at += 1 + len;
	}
	return scan->depth || !scan->text.len ||
	       buf_cstr(&scan->text)[strspn(buf_cstr(&scan->text), " \t\r\n")] == 0 ||
	       refuse(scan, _("标签外面有文字"));
}

/* ---- tags */

static bool close_tag(struct scan *scan)
{
	const char *name = scan->open[scan->depth - 1];
	const char *parent = scan->depth > 1 ? scan->open[scan->depth - 2] : "";

	if (scan->leaf)
		scan->ended = !scan->fn(scan->to, parent, name, buf_cstr(&scan->text));
	scan->leaf = false;
	scan->done = --scan->depth == 0;
	buf_clear(&scan->text);
	return true;
}

static bool end_tag(struct scan *scan)
{
	char name[XML_NAME];

	if (!take_name(scan, name))
		return false;
	skip_blanks(scan);
	if (!begins(scan, ">") || !scan->depth || strcmp(name, scan->open[scan->depth - 1]) != 0)
		return refuse(scan, _("标签没有配对"));
	scan->at++;
	return close_tag(scan);
}

/* "<a/>" is whole already. */
static bool start_tag(struct scan *scan)
{
	bool empty;

	if (scan->done || scan->depth == XML_DEPTH)
		return refuse(scan, scan->done ? _("标签外面有文字") : _("标签套得太深"));
	if (!take_name(scan, scan->open[scan->depth]) || !take_rest(scan, &empty))
		return false;
	scan->depth++;
	scan->leaf = true;
	buf_clear(&scan->text);
	return !empty || close_tag(scan);
}

static bool one(struct scan *scan)
{
	if (*scan->at != '<')
		return take_text(scan);
	if (begins(scan, "<![CDATA[")) {
		scan->at += strlen("<![CDATA[");
		return scan->depth ? pass(scan, "]]>", &scan->text)
				   : refuse(scan, _("标签外面有文字"));
	}
	if (begins(scan, "<!--"))
		return pass(scan, "-->", NULL);
	if (begins(scan, "<?"))
		return pass(scan, "?>", NULL);
	if (begins(scan, "<!"))
		return refuse(scan, _("文件带有 DTD 或实体声明，不予读取"));
	scan->at++;
	if (!begins(scan, "/"))
		return start_tag(scan);
	scan->at++;
	return end_tag(scan);
}

enum rc xml_leaves(struct bytes in, xml_leaf_fn *fn, void *to, struct fault *fault)
{
	const char *from = in.len ? (const char *)in.at : "";
	struct scan scan = {.at = from, .end = from + in.len, .fn = fn, .to = to};
	unsigned line = 1;

	if (begins(&scan, "\xEF\xBB\xBF"))
		scan.at += 3;
	while (scan.at < scan.end && !scan.ended && one(&scan))
		;
	if (!scan.why && !scan.ended && !scan.done)
		scan.why = _("文件不完整");
	for (const char *at = from; at < scan.at; at++)
		line += *at == '\n';
	buf_release(&scan.text);
	buf_release(&scan.plain);
	return scan.why ? fault_set(fault, RC_BAD, _("第%u行：%s"), line, scan.why) : RC_OK;
}
