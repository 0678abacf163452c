/* SPDX-License-Identifier: GPL-3.0-or-later
 * Codings of files from outside. China's offices write UTF-8, GB18030 and what older programs call
 * GBK or GB2312, all of which GB18030 reads.
 */
#include "format/charset.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"

enum { NAME = 40, HEAD = 200 };

/* What files say that the bytes do not tell: all that is not UTF-8 or GB18030. */
static const struct coding {
	const char *name, *from, *likely;
} codings[] = {
	{"ISO-8859-1", "WINDOWS-1252", "Latin-1"},
	{"LATIN1", "WINDOWS-1252", "Latin-1"},
	{"WINDOWS-1252", "WINDOWS-1252", "Latin-1"},
	{"BIG5", "BIG5", "Big5"},
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

/* The first line of IN that is not in CODING; 0 when each is. */
static unsigned line_not(struct bytes in, const char *coding)
{
	struct buf out = {0};
	unsigned line = 1;

	for (bool good = true; in.len; line++) {
		const uint8_t *end = memchr(in.at, '\n', in.len);
		size_t len = end ? (size_t)(end - in.at) + 1 : in.len;

		buf_clear(&out);
		good = text_from(coding, (const char *)in.at, len, &out);
		if (!good)
			break;
		in = bytes_of(in.at + len, in.len - len);
	}
	buf_release(&out);
	return in.len ? line : 0;
}

/* What is neither UTF-8 nor GB18030: where it first shows, and what it is likely to be. */
static enum rc refused(struct bytes in, const char *likely, struct fault *fault)
{
	bool gb = likely && strcmp(likely, "GB18030") == 0;
	unsigned line = line_not(in, gb ? "GB18030" : NULL);

	if (gb)
		return fault_set(fault, RC_BAD, _("第 %u 行：不是完整的 GB18030 文字"), line);
	if (likely)
		return fault_set(fault, RC_BAD,
			_("第 %u 行：文字既不是 UTF-8 也不是 GB18030，像是 %s：请另存为 UTF-8 "
			  "再导入"),
			line, likely);
	return fault_set(fault, RC_BAD, _("第 %u 行：文字既不是 UTF-8 也不是 GB18030"), line);
}

enum rc charset_utf8(struct bytes in, struct fault *fault)
{
	const char *likely = text_likely((const char *)in.at, in.len);

	if (!likely || strcmp(likely, "UTF-8") == 0)
		return RC_OK;
	return fault_set(fault, RC_BAD, _("第 %u 行：不是 UTF-8，像是 %s：请另存为 UTF-8 再导入"),
		line_not(in, NULL), likely);
}

/* GB text read as UTF-8 is nearly all bad; a damaged UTF-8 file is nearly all good. */
static bool mostly_bad(struct bytes in)
{
	const char *s = (const char *)in.at;
	size_t good = 0, bad = 0, step;
	uint32_t cp;

	for (size_t i = 0; (step = text_next(s + i, in.len - i, &cp)) != 0; i += step)
		if (step > 1)
			good++;
		else
			bad += (in.at[i] & 0x80) != 0;
	return good <= bad;
}

/* ---- damaged tables: what is no character costs one */

/* Good characters beside ASCII for each bad byte: below, it is another coding. */
enum { GOOD_FOR_BAD = 3, COMMON_LEAST = 60 };

static const char replacement[] = "\xEF\xBF\xBD"; /* U+FFFD */

/* The length of the GB18030 character at S by its form. */
static size_t gb_step(const uint8_t *s, size_t len)
{
	if (s[0] < 0x81 || len < 2)
		return 1;
	if (s[1] >= 0x30 && s[1] <= 0x39)
		return len < 4 ? 1 : 4;
	return s[1] >= 0x40 && s[1] != 0x7F && s[1] != 0xFF ? 2 : 1;
}

/* One character of IN, or U+FFFD for one byte that is none; returns the bytes taken. */
static size_t one_char(struct bytes in, bool gb, struct buf *room, bool *good)
{
	uint32_t cp;
	size_t step = gb ? gb_step(in.at, in.len) : text_next((const char *)in.at, in.len, &cp);

	*good = in.at[0] < 0x80 ||
		(gb ? step > 1 && text_from("GB18030", (const char *)in.at, step, room) : step > 1);
	if (!*good)
		buf_text(room, replacement);
	else if (!gb || in.at[0] < 0x80)
		buf_put(room, in.at, step);
	return *good ? step : 1;
}

/* False: too much of it is no text in that coding. */
static bool damaged(struct bytes in, bool gb, struct buf *room, struct charset_lost *lost)
{
	const char *text = (const char *)in.at;
	size_t wide = 0, len = in.len, all;
	unsigned line = 1;

	buf_clear(room);
	*lost = (struct charset_lost){.count = 0};
	while (in.len) {
		bool good, ascii = in.at[0] < 0x80;
		size_t step;

		line += in.at[0] == '\n';
		step = one_char(in, gb, room, &good);
		wide += good && !ascii;
		if (!good && !lost->count++)
			lost->line = line;
		in = bytes_of(in.at + step, in.len - step);
	}
	bool known = !gb || text_common("GB18030", text, len, &all) >= COMMON_LEAST;
	return known && lost->count * GOOD_FOR_BAD <= wide;
}

static enum rc table_as(
	struct bytes in, bool gb, struct buf *room, struct bytes *out, struct charset_lost *lost)
{
	const char *s = (const char *)in.at;

	*out = in;
	if (!gb && text_valid(s, in.len))
		return RC_OK;
	if (!(gb && text_from("GB18030", s, in.len, room)) && !damaged(in, gb, room, lost))
		return RC_BAD;
	*out = buf_bytes(room);
	return RC_OK;
}

static enum rc wide_table(
	struct bytes in, const char *name, struct buf *room, struct bytes *out, struct fault *fault)
{
	if (!text_from(name, (const char *)in.at, in.len, room))
		return fault_set(fault, RC_BAD, _("文字与编码 \"%s\" 不符"), name);
	*out = buf_bytes(room);
	return RC_OK;
}

/* A damaged UTF-8 file can be read as GB18030, too, as hanzi that nobody uses. */
static bool guessed(struct bytes in, const char *likely, struct buf *room, struct bytes *out,
	struct charset_lost *lost)
{
	bool gb = likely ? strcmp(likely, "GB18030") == 0 : mostly_bad(in);

	if (likely && !gb && strcmp(likely, "UTF-8") != 0)
		return false;
	return table_as(in, gb, room, out, lost) == RC_OK && (likely || !gb || !lost->count);
}

/* ---- XML */

static const struct coding *told(struct bytes in)
{
	char name[NAME];

	declared(in, name);
	for (size_t i = 0; i < countof(codings); i++)
		if (strcasecmp(name, codings[i].name) == 0)
			return &codings[i];
	return NULL;
}

/* A few bytes that are no text, in a file that has no other letters than ASCII. */
static bool nearly_plain(
	struct bytes in, struct buf *room, struct bytes *out, struct charset_lost *lost)
{
	enum { FEW = 8 };
	bool good = damaged(in, false, room, lost);

	*out = buf_bytes(room);
	return good || lost->count <= FEW;
}

/* Neither UTF-8 nor UTF-16 with its mark. */
static enum rc xml_guessed(struct bytes in, struct buf *room, struct bytes *out,
	struct charset_lost *lost, struct fault *fault)
{
	static const char *const others[] = {"Big5", "EUC-KR", "EUC-JP", "Shift_JIS"};
	const char *likely = text_likely((const char *)in.at, in.len);
	const struct coding *says = told(in);
	bool gb = likely ? strcmp(likely, "GB18030") == 0 : text_is_gb((const char *)in.at, in.len);

	if (says && !gb) {
		buf_clear(room);
		if (!text_from(says->from, (const char *)in.at, in.len, room))
			return fault_set(
				fault, RC_BAD, _("文字与所写的编码 \"%s\" 不符"), says->name);
		*out = buf_bytes(room);
		return RC_OK;
	}
	for (size_t i = 0; i < countof(others); i++)
		if (likely && strcmp(likely, others[i]) == 0)
			return refused(in, likely, fault);
	if (guessed(in, likely, room, out, lost) || nearly_plain(in, room, out, lost))
		return RC_OK;
	return refused(in, likely, fault);
}

static bool is_forbidden(uint8_t byte)
{
	return byte < ' ' && byte != '\t' && byte != '\n' && byte != '\r';
}

/* Control characters, of which XML has none. */
static void without_controls(struct buf *room, struct bytes *out, struct charset_lost *lost)
{
	struct buf clean = {0};
	unsigned line = 1;
	size_t at = 0;

	while (at < out->len && !is_forbidden(out->at[at]))
		at++;
	if (at == out->len)
		return;
	for (at = 0; at < out->len; at++) {
		line += out->at[at] == '\n';
		if (!is_forbidden(out->at[at])) {
			buf_byte(&clean, out->at[at]);
			continue;
		}
		buf_text(&clean, replacement);
		if (!lost->count++)
			lost->line = line;
	}
	buf_release(room);
	*room = clean;
	*out = buf_bytes(room);
}

static bool is_blank(struct bytes in)
{
	return in.len && in.at[0] && strchr(" \t\r\n", in.at[0]);
}

enum rc charset_xml(struct bytes in, struct buf *room, struct bytes *out, struct charset_lost *lost,
	struct fault *fault)
{
	bool little = begins(in, "\xff\xfe", 2) || begins(in, "<\0", 2);
	bool marked = little ? in.at[0] == 0xff : begins(in, "\xfe\xff", 2);
	enum rc rc = RC_OK;

	*lost = (struct charset_lost){.count = 0};
	if (is_utf16(in)) {
		in = bytes_of(in.at + 2 * marked, (in.len - 2 * marked) & ~(size_t)1);
		return wide_table(in, little ? "UTF-16LE" : "UTF-16BE", room, out, fault);
	}
	if (begins(in, "\xef\xbb\xbf", 3))
		in = bytes_of(in.at + 3, in.len - 3);
	while (is_blank(in)) /* before the declaration */
		in = bytes_of(in.at + 1, in.len - 1);
	while (in.len && !in.at[in.len - 1]) /* what fills up a block is no text */
		in.len--;
	*out = in;
	if (!text_valid((const char *)in.at, in.len) || text_doubtful((const char *)in.at, in.len))
		rc = xml_guessed(in, room, out, lost, fault);
	if (rc == RC_OK)
		without_controls(room, out, lost);
	return rc;
}

enum rc charset_table(struct bytes in, struct buf *room, struct bytes *out,
	struct charset_lost *lost, struct fault *fault)
{
	bool little = begins(in, "\xff\xfe", 2);

	*lost = (struct charset_lost){.count = 0};
	if (little || begins(in, "\xfe\xff", 2))
		return wide_table(bytes_of(in.at + 2, in.len - 2), little ? "UTF-16LE" : "UTF-16BE",
			room, out, fault);
	if (begins(in, "\xef\xbb\xbf", 3)) {
		in = bytes_of(in.at + 3, in.len - 3);
		return table_as(in, false, room, out, lost) ? refused(in, NULL, fault) : RC_OK;
	}
	if (text_doubtful((const char *)in.at, in.len))
		return fault_set(fault, RC_BAD,
			_("看不出是 UTF-8 还是 GB18030：请另存为带 BOM 的 UTF-8 再导入"));
	const char *likely = text_likely((const char *)in.at, in.len);
	if (likely && strncmp(likely, "UTF-16", 6) == 0)
		return wide_table(in, likely, room, out, fault);
	return guessed(in, likely, room, out, lost) ? RC_OK : refused(in, likely, fault);
}
