/* SPDX-License-Identifier: GPL-3.0-or-later
 * Codings of files from outside. China's offices write UTF-8, GB18030 and what older programs call
 * GBK or GB2312, all of which GB18030 reads.
 */
#include "app/charset.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"

enum { NAME = 40, HEAD = 200 };

/* FROM NULL: the XML parser reads it itself. */
static const struct coding {
	const char *name, *from, *tell;
} codings[] = {
	{"UTF-8", NULL, "UTF-8"},
	{"UTF8", NULL, "UTF-8"},
	{"US-ASCII", NULL, "UTF-8"},
	{"ASCII", NULL, "UTF-8"},
	{"ISO-8859-1", NULL, "ISO-8859-1"},
	{"LATIN1", NULL, "ISO-8859-1"},
	{"WINDOWS-1252", "WINDOWS-1252", "UTF-8"},
	{"GB18030", "GB18030", "UTF-8"},
	{"GBK", "GB18030", "UTF-8"},
	{"X-GBK", "GB18030", "UTF-8"},
	{"CP936", "GB18030", "UTF-8"},
	{"GB2312", "GB18030", "UTF-8"},
	{"GB_2312-80", "GB18030", "UTF-8"},
	{"EUC-CN", "GB18030", "UTF-8"},
	{"BIG5", "BIG5", "UTF-8"},
};

static bool begins(struct bytes in, const char *with, size_t len)
{
	return in.len >= len && memcmp(in.at, with, len) == 0;
}

static bool is_utf16(struct bytes in)
{
	return begins(in, "\xff\xfe", 2) || begins(in, "\xfe\xff", 2) || begins(in, "<\0", 2) ||
	       begins(in, "\0<", 2);
}

/* The encoding of an XML declaration; "" when there is none. */
static void declared(struct bytes in, char name[NAME])
{
	size_t most = in.len < HEAD ? in.len : HEAD;
	const uint8_t *end, *at;
	size_t n = 0;

	name[0] = '\0';
	if (!begins(in, "<?xml", 5) || !(end = memmem(in.at, most, "?>", 2)))
		return;
	at = memmem(in.at, (size_t)(end - in.at), "encoding", 8);
	if (!at)
		return;
	for (at += 8; at < end && strchr(" \t\r\n=", *at); at++)
		;
	if (at == end || (*at != '"' && *at != '\''))
		return;
	for (at++; at < end && *at != '"' && *at != '\'' && n + 1 < NAME; at++)
		name[n++] = (char)*at;
	name[n] = '\0';
}

static enum rc read_as(const struct coding *coding, struct bytes in, struct buf *room,
	struct bytes *out, struct fault *fault)
{
	*out = in;
	if (!coding->from) {
		bool utf8 = strcmp(coding->tell, "UTF-8") == 0;

		if (utf8 && !text_valid((const char *)in.at, in.len))
			return fault_set(fault, RC_BAD,
				_("不是 UTF-8；若是国标编码，首行要写 encoding=\"GB18030\""));
		return RC_OK;
	}
	buf_clear(room);
	if (!text_from(coding->from, (const char *)in.at, in.len, room))
		return fault_set(fault, RC_BAD, _("文字与所写的编码 \"%s\" 不符"), coding->name);
	*out = buf_bytes(room);
	return RC_OK;
}

enum rc charset_xml(struct bytes in, struct buf *room, struct bytes *out, const char **coding,
	struct fault *fault)
{
	char name[NAME];

	*out = in;
	*coding = NULL;
	if (is_utf16(in))
		return RC_OK;
	if (begins(in, "\xef\xbb\xbf", 3))
		in = bytes_of(in.at + 3, in.len - 3);
	while (in.len && strchr(" \t\r\n", in.at[0]) &&
		in.at[0]) /* blank lines before the declaration */
		in = bytes_of(in.at + 1, in.len - 1);
	declared(in, name);
	for (size_t i = 0; i < countof(codings); i++)
		if (strcasecmp(name[0] ? name : "UTF-8", codings[i].name) == 0) {
			*coding = codings[i].tell;
			return read_as(&codings[i], in, room, out, fault);
		}
	return fault_set(fault, RC_BAD, _("编码 \"%s\" 不认识，请转成 UTF-8 或 GB18030"), name);
}

/* The first byte that is no UTF-8, or the length. *good: characters of several bytes that are,
 * *bad: bytes that are not. */
static size_t first_bad(struct bytes in, size_t *good, size_t *bad)
{
	const char *s = (const char *)in.at;
	size_t first = in.len;

	*good = *bad = 0;
	for (size_t i = 0; i < in.len;) {
		uint32_t cp;
		size_t n = text_next(s + i, in.len - i, &cp);

		if (n > 1) {
			*good += 1;
		} else if (!n || (in.at[i] & 0x80)) {
			*bad += 1;
			if (first == in.len)
				first = i;
			n = 1;
		}
		i += n;
	}
	return first;
}

static unsigned line_of(struct bytes in, size_t at)
{
	unsigned line = 1;

	for (size_t i = 0; i < at; i++)
		line += in.at[i] == '\n';
	return line;
}

enum rc charset_table(struct bytes in, struct buf *room, struct bytes *out, struct fault *fault)
{
	size_t good, bad, at;
	bool little = begins(in, "\xff\xfe", 2);

	if (little || begins(in, "\xfe\xff", 2)) {
		const char *name = little ? "UTF-16LE" : "UTF-16BE";

		if (!text_from(name, (const char *)in.at + 2, in.len - 2, room))
			return fault_set(fault, RC_BAD, _("文字与编码 \"%s\" 不符"), name);
		*out = buf_bytes(room);
		return RC_OK;
	}
	if (begins(in, "\xef\xbb\xbf", 3))
		in = bytes_of(in.at + 3, in.len - 3);
	at = first_bad(in, &good, &bad);
	*out = in;
	if (!bad)
		return RC_OK;
	/* GB text read as UTF-8 is nearly all bad; a damaged UTF-8 file is nearly all good. */
	if (good <= bad) {
		buf_clear(room);
		if (text_from("GB18030", (const char *)in.at, in.len, room)) {
			*out = buf_bytes(room);
			return RC_OK;
		}
	}
	return fault_set(
		fault, RC_BAD, _("第 %u 行：文字既不是 UTF-8 也不是 GB18030"), line_of(in, at));
}
