/* SPDX-License-Identifier: GPL-3.0-or-later
 * Long texts: a head with a mark, and pages.
 */
#include "model/long_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/crypt.h"
#include "base/text.h"

static const char begins[] = "\n…(+";

static void key_of(struct bytes text, char key[LONG_KEY + 1])
{
	uint8_t hash[HASH_SIZE];

	crypt_hash(text, hash);
	for (int i = 0; i < LONG_KEY / 2; i++)
		snprintf(key + 2 * i, 3, "%02x", hash[i]);
}

/* Bytes of TEXT from AT on that make one part of at most MOST. */
static size_t part(struct bytes text, size_t at, size_t most)
{
	size_t left = text.len - at;

	return left <= most ? left : text_whole((const char *)text.at + at, most);
}

bool long_page(struct bytes text, unsigned n, struct bytes *page)
{
	size_t at = part(text, 0, LIMIT_TEXT - LONG_MARK);

	for (; n; n--)
		at += part(text, at, LIMIT_TEXT);
	*page = bytes_of(text.at + at, part(text, at, LIMIT_TEXT));
	return page->len;
}

void long_value(struct bytes text, struct buf *out)
{
	char key[LONG_KEY + 1];
	struct bytes page;
	unsigned pages = 0;

	while (long_page(text, pages, &page))
		pages++;
	key_of(text, key);
	buf_put(out, text.at, part(text, 0, LIMIT_TEXT - LONG_MARK));
	buf_fmt(out, "%s%u %s)", begins, pages, key);
}

bool long_text(struct bytes value, struct long_text *out)
{
	enum { TAIL = LONG_KEY + 2 }; /* " KEY)" */
	char tail[LONG_MARK + 1];
	size_t mark = strlen(begins);
	char *end;

	if (value.len < LONG_MARK || value.at[value.len - 1] != ')')
		return false;
	bytes_into(tail, sizeof tail, bytes_of(value.at + value.len - LONG_MARK, LONG_MARK));
	const char *at = strstr(tail, begins);
	if (!at)
		return false;
	out->pages = (unsigned)strtoul(at + mark, &end, 10);
	if (!out->pages || *end != ' ' || strlen(end) != TAIL ||
		strspn(end + 1, "0123456789abcdef") != LONG_KEY)
		return false;
	snprintf(out->key, sizeof out->key, "%.*s", LONG_KEY, end + 1);
	out->head = value.len - LONG_MARK + (size_t)(at - tail);
	return true;
}

void long_show(struct bytes value, const struct value_ways *ways, struct buf *out)
{
	struct long_text is;
	size_t head;
	unsigned have = 1, most = 0;

	if (!long_text(value, &is)) {
		buf_put(out, value.at, value.len);
		return;
	}
	buf_put(out, value.at, is.head);
	head = out->len;
	/* Who wrote other pages under this hash has not written this text. */
	for (unsigned nth = 0; ways->pages && have; nth++) {
		char key[LONG_KEY + 1];

		have = ways->pages(ways->to, is.key, nth, out);
		key_of(bytes_of(out->at + head - is.head, out->len - head + is.head), key);
		if (!strcmp(key, is.key))
			return;
		most = have > most && have < is.pages ? have : most;
		out->len = head;
	}
	buf_fmt(out, _("…（后面还有 %u 页没有到）"), is.pages - most);
}
