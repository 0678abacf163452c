/* SPDX-License-Identifier: GPL-3.0-or-later
 * Signs that XML does not take as they stand, and that senders write all the same: an "&" that
 * begins nothing. For its sake no warning is lost.
 */
#include "format/cap_names.h"

#include <string.h>

/* What stands between the marks is taken as it is. */
static const char raw_from[] = "<![CDATA[", raw_to[] = "]]>";

static bool is_reference(struct bytes in)
{
	size_t at = 1;

	if (at < in.len && in.at[at] == '#')
		at++;
	size_t first = at;
	while (at < in.len && ((in.at[at] >= '0' && in.at[at] <= '9') ||
				      ((in.at[at] | 0x20) >= 'a' && (in.at[at] | 0x20) <= 'z')))
		at++;
	return at > first && at < in.len && in.at[at] == ';';
}

/* Bytes of the raw part that begins at IN; 0: none does. */
static size_t raw_part(struct bytes in)
{
	size_t from = sizeof(raw_from) - 1;

	if (in.len < from || memcmp(in.at, raw_from, from) != 0)
		return 0;
	const uint8_t *end = memmem(in.at, in.len, raw_to, sizeof(raw_to) - 1);
	return end ? (size_t)(end - in.at) + sizeof(raw_to) - 1 : in.len;
}

/* "风速 < 5": behind what begins a tag stands its name, or a sign. */
static bool is_markup(struct bytes in)
{
	return in.len < 2 || !memchr(" \t\r\n0123456789=<", in.at[1], 16);
}

unsigned cap_mend(struct bytes in, struct buf *out)
{
	unsigned count = 0;

	for (size_t step; in.len; in = bytes_of(in.at + step, in.len - step)) {
		step = raw_part(in);
		if (!step && *in.at == '&' && !is_reference(in)) {
			buf_text(out, "&amp;");
			count++;
			step = 1;
			continue;
		}
		if (!step && *in.at == '<' && !is_markup(in)) {
			buf_text(out, "&lt;");
			count++;
			step = 1;
			continue;
		}
		step = step ? step : 1;
		buf_put(out, in.at, step);
	}
	return count;
}

const char *cap_fault(const char *error)
{
	static const struct {
		const char *error, *text;
	} faults[] = {
		{"no element found", N_("文件是空的，或不是 XML")},
		{"unclosed token", N_("文件不完整，请重新获取")},
		{"unclosed CDATA section", N_("文件不完整，请重新获取")},
		{"mismatched tag", N_("元素的开头和结尾不相配")},
		{"undefined entity", N_("用了没有定义的实体，不予读取")},
		{"not well-formed (invalid token)", N_("有不合 XML 规则的字符")},
	};

	for (size_t i = 0; error && i < countof(faults); i++)
		if (strcmp(error, faults[i].error) == 0)
			return _(faults[i].text);
	return _("不合 XML 规则");
}
