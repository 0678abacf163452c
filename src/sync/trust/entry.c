/* SPDX-License-Identifier: GPL-3.0-or-later
 * Entries of a grant's answer: who a site is.
 */
#include "sync/trust/internal.h"

#include <stdio.h>
#include <string.h>

enum {
	ENTRY_SITE = 1,
	ENTRY_AREA,
	ENTRY_LEVEL,
	ENTRY_NAME,
	ENTRY_CODE,
	ENTRY_KEYS,
	ENTRY_ABOVE,
	ENTRY_UNTIL,
	ENTRY_AGREE,
	ENTRY_RIGHTS,
	ENTRY_JOINED
};

void entry_put(struct store *store, const struct site *site, struct buf *out)
{
	struct buf entry = {0}, word = {0};
	struct joined joined;
	uint8_t keys[SIGN_PUBLIC + AGREE_PUBLIC];

	memcpy(keys, site->sign_public, SIGN_PUBLIC);
	memcpy(keys + SIGN_PUBLIC, site->agree_public, AGREE_PUBLIC);
	put_num(&entry, ENTRY_SITE, site->site);
	put_num(&entry, ENTRY_AREA, site->area);
	put_num(&entry, ENTRY_LEVEL, site->level);
	put_bytes(&entry, ENTRY_NAME, WIRE_TEXT, bytes_text(site->name));
	put_bytes(&entry, ENTRY_CODE, WIRE_TEXT, bytes_text(site->code));
	put_bytes(&entry, ENTRY_KEYS, WIRE_BYTES, bytes_of(keys, sizeof keys));
	put_num(&entry, ENTRY_ABOVE, site->above);
	put_num(&entry, ENTRY_UNTIL, (uint64_t)site->until);
	put_num(&entry, ENTRY_AGREE, site->agree_id);
	if (site->rights)
		put_num(&entry, ENTRY_RIGHTS, site->rights);
	joined_get(store, site->site, &joined);
	if (joined_good(&joined, site)) {
		joined_put(&joined, &word);
		put_bytes(&entry, ENTRY_JOINED, WIRE_BYTES, buf_bytes(&word));
	}
	put_varint(out, entry.len);
	buf_put(out, entry.at, entry.len);
	buf_release(&entry);
	buf_release(&word);
}

static void entry_field(struct site *site, unsigned tag, const struct value *value)
{
	switch (tag) {
	case ENTRY_SITE:
		site->site = (uint64_t)value->num;
		break;
	case ENTRY_AREA:
		site->area = (uint64_t)value->num;
		break;
	case ENTRY_LEVEL:
		site->level = (enum level)(value->num >= 0 && value->num < LEVELS ? value->num : 0);
		break;
	case ENTRY_NAME:
		bytes_into(site->name, sizeof site->name, value->text);
		break;
	case ENTRY_CODE:
		code_read(value->text, site->code);
		break;
	case ENTRY_KEYS:
		if (value->wire == WIRE_BYTES && value->text.len == SIGN_PUBLIC + AGREE_PUBLIC) {
			memcpy(site->sign_public, value->text.at, SIGN_PUBLIC);
			memcpy(site->agree_public, value->text.at + SIGN_PUBLIC, AGREE_PUBLIC);
		}
		break;
	case ENTRY_ABOVE:
		site->above = (uint64_t)value->num;
		break;
	case ENTRY_UNTIL:
		site->until = value->num;
		break;
	case ENTRY_AGREE:
		site->agree_id = (unsigned)value->num;
		break;
	case ENTRY_RIGHTS:
		site->rights = (unsigned)value->num;
		break;
	default:
		break;
	}
}

bool entry_take(struct bytes *in, struct site *site, struct joined *word)
{
	uint64_t len;
	struct bytes entry;
	struct value value;
	unsigned tag;

	memset(site, 0, sizeof *site);
	memset(word, 0, sizeof *word);
	if (!take_varint(in, &len) || len > in->len)
		return false;
	entry = bytes_of(in->at, (size_t)len);
	in->at += len;
	in->len -= (size_t)len;
	while (entry.len) {
		if (!take_field(&entry, &tag, &value))
			return false;
		if (tag == ENTRY_JOINED)
			joined_take(value.text, word);
		else
			entry_field(site, tag, &value);
	}
	return site->site && site->site == site_of(site->sign_public) && site->area;
}
