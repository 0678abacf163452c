/* SPDX-License-Identifier: GPL-3.0-or-later
 * What an ended site leaves: a statement signed with its key of who goes on, so that the others
 * follow without being asked. And a note for the people here.
 *
 *   04 | site that ends (7) | signing key of the next (32) | its code (11) | signature (64)
 */
#include "store/fork.h"

#include "base/file.h"
#include "store/inside.h"

#include <stdio.h>
#include <string.h>

enum { SITE_SIZE = 7, PAST_AT = 1, PAST_CODE, PAST_ANEW };

void heir_make(const struct keys *old, const struct keys *next, const char *code,
	uint8_t statement[HEIR_SIZE])
{
	uint64_t site = site_of(old->sign_public);

	memset(statement, 0, HEIR_SIZE);
	statement[0] = HEIR_VERSION;
	for (unsigned b = 0; b < SITE_SIZE; b++)
		statement[1 + b] = (uint8_t)(site >> (8 * b));
	memcpy(statement + 1 + SITE_SIZE, next->sign_public, SIGN_PUBLIC);
	memcpy(statement + 1 + SITE_SIZE + SIGN_PUBLIC, code, strnlen(code, HEIR_CODE));
	crypt_sign(old, bytes_of(statement, HEIR_SIGNED), statement + HEIR_SIGNED);
}

uint64_t heir_old(const uint8_t *statement)
{
	uint64_t site = 0;

	for (unsigned b = 0; b < SITE_SIZE; b++)
		site |= (uint64_t)statement[1 + b] << (8 * b);
	return site;
}

/* ---- beside the keys, for a crash between saving them and the commit */

enum rc heir_save(const char *folder, const uint8_t statement[HEIR_SIZE], struct fault *fault)
{
	char path[540];
	enum rc rc = file_folder(folder, 0700, fault);

	snprintf(path, sizeof path, "%s/heir", folder);
	return rc ? rc : file_write(path, bytes_of(statement, HEIR_SIZE), 0600, fault);
}

bool heir_read(
	const char *folder, uint64_t site, const struct keys *keys, uint8_t statement[HEIR_SIZE])
{
	char path[540];
	struct buf read = {0};
	bool good;

	snprintf(path, sizeof path, "%s/heir", folder);
	good = file_read(path, HEIR_SIZE, &read, NULL) == RC_OK && read.len == HEIR_SIZE &&
	       heir_old(read.at) == site &&
	       memcmp(read.at + 1 + SITE_SIZE, keys->sign_public, SIGN_PUBLIC) == 0;
	if (good)
		memcpy(statement, read.at, HEIR_SIZE);
	buf_release(&read);
	return good;
}

/* ---- in the store */

void heirs_get(struct store *store, struct buf *out)
{
	size_t start = out->len;

	store_get(store, "", "heirs", out);
	if ((out->len - start) % HEIR_SIZE)
		out->len = start;
}

void heirs_part(struct store *store, uint64_t turn, struct buf *out)
{
	const size_t part = (size_t)HEIRS_MOST * HEIR_SIZE;
	struct buf all = {0};

	heirs_get(store, &all);
	if (all.len) {
		size_t parts = (all.len + part - 1) / part, at = turn % parts * part;
		buf_put(out, all.at + at, all.len - at < part ? all.len - at : part);
	}
	buf_release(&all);
}

unsigned heirs_parts(struct store *store)
{
	struct buf all = {0};
	size_t parts;

	heirs_get(store, &all);
	parts = (all.len / HEIR_SIZE + HEIRS_MOST - 1) / HEIRS_MOST;
	buf_release(&all);
	/* They are told in a circle that may begin in the middle. */
	return parts > 1 ? 2 * (unsigned)parts : 1;
}

enum rc heirs_add(struct store *store, const uint8_t statement[HEIR_SIZE], struct fault *fault)
{
	struct buf all = {0};
	enum rc rc;

	heirs_get(store, &all);
	buf_put(&all, statement, HEIR_SIZE);
	rc = store_set(store, "", "heirs", buf_bytes(&all), fault);
	if (!rc)
		rc = store_set(store, "", "heirs.due", bytes_text("1"), fault);
	buf_release(&all);
	return rc;
}

bool heirs_have(struct store *store, uint64_t site)
{
	struct buf all = {0};
	bool found = false;

	heirs_get(store, &all);
	for (size_t at = 0; at < all.len && !found; at += HEIR_SIZE)
		found = heir_old(all.at + at) == site;
	buf_release(&all);
	return found;
}

/* ---- for the people here */

void store_past(struct store *store, struct past *past)
{
	struct buf kept = {0};
	struct value value;
	unsigned tag;

	*past = (struct past){0};
	store_get(store, "", "past", &kept);
	for (struct bytes in = buf_bytes(&kept); in.len && take_field(&in, &tag, &value);)
		if (tag == PAST_AT)
			past->at = value.num;
		else if (tag == PAST_CODE)
			snprintf(past->code, sizeof past->code, "%.*s", (int)value.text.len,
				(const char *)value.text.at);
		else if (tag == PAST_ANEW)
			past->anew = (unsigned)value.num;
	buf_release(&kept);
}

enum rc store_past_set(struct store *store, const struct past *past, struct fault *fault)
{
	struct buf out = {0};
	struct value at = value_num(past->at), code = value_text(past->code),
		     anew = value_num(past->anew);
	enum rc rc;

	put_field(&out, PAST_AT, &at);
	put_field(&out, PAST_CODE, &code);
	put_field(&out, PAST_ANEW, &anew);
	rc = store_set(store, "", "past", buf_bytes(&out), fault);
	buf_release(&out);
	return rc;
}

bool store_past_new(struct store *store, struct past *past)
{
	struct buf kept = {0}, told = {0};
	bool fresh = store_get(store, "", "past", &kept) &&
		     !(store_get(store, "", "past.told", &told) &&
			     bytes_equal(buf_bytes(&kept), buf_bytes(&told)));

	if (fresh)
		store_past(store, past);
	buf_release(&kept);
	buf_release(&told);
	return fresh;
}

enum rc store_past_told(struct store *store, struct fault *fault)
{
	struct buf kept = {0};
	enum rc rc = RC_OK;

	if (store_get(store, "", "past", &kept))
		rc = store_set(store, "", "past.told", buf_bytes(&kept), fault);
	buf_release(&kept);
	return rc;
}
