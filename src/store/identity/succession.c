/* SPDX-License-Identifier: GPL-3.0-or-later
 * What an ended site leaves: a statement, signed with its key, of who goes on, so that the other
 * stations follow without being asked; and a note for the people here.
 *
 *   04 | site that ends (7) | signing key of the next (32) | its code (11) | signature (64)
 */
#include "store/db.h"
#include "store/identity.h"
#include "store/identity/internal.h"
#include "store/station.h"

#include "base/endian.h"
#include "base/file.h"

#include <stdio.h>
#include <string.h>

enum { SITE_SIZE = LOW_SITE, PAST_AT = 1, PAST_CODE, PAST_ANEW };

void successor_make(const struct keys *old, const struct keys *next, const char *code,
	uint8_t statement[SUCCESSOR_SIZE])
{
	uint64_t site = site_of(old->sign_public);

	memset(statement, 0, SUCCESSOR_SIZE);
	statement[0] = SUCCESSOR_VERSION;
	low_put(statement + 1, site, SITE_SIZE);
	memcpy(statement + 1 + SITE_SIZE, next->sign_public, SIGN_PUBLIC);
	memcpy(statement + 1 + SITE_SIZE + SIGN_PUBLIC, code, strnlen(code, SUCCESSOR_CODE));
	crypt_sign(old, bytes_of(statement, SUCCESSOR_SIGNED), statement + SUCCESSOR_SIGNED);
}

uint64_t successor_old(const uint8_t *statement)
{
	return low_get(statement + 1, SITE_SIZE);
}

/* ---- beside the keys, for a database that is older than they are */

enum { FILE_MOST = SUCCESSORS_MOST * SUCCESSOR_SIZE };

static void file_get(const char *folder, struct buf *all)
{
	char path[540];

	snprintf(path, sizeof path, "%s/heir", folder);
	if (file_read_own(path, FILE_MOST, all, NULL) != RC_OK || all->len % SUCCESSOR_SIZE)
		buf_clear(all);
}

/* A site ends once: a statement of an end that was not carried through gives way. */
enum rc successor_save(
	const char *folder, const uint8_t statement[SUCCESSOR_SIZE], struct fault *fault)
{
	struct buf all = {0}, next = {0};
	char path[540];
	enum rc rc = file_folder(folder, 0700, fault);

	file_get(folder, &all);
	for (size_t at = 0; at < all.len; at += SUCCESSOR_SIZE)
		if (successor_old(all.at + at) != successor_old(statement))
			buf_put(&next, all.at + at, SUCCESSOR_SIZE);
	buf_put(&next, statement, SUCCESSOR_SIZE);
	size_t skip = next.len > FILE_MOST ? next.len - FILE_MOST : 0;
	snprintf(path, sizeof path, "%s/heir", folder);
	if (!rc)
		rc = file_write(path, bytes_of(next.at + skip, next.len - skip), 0600, fault);
	buf_release(&all);
	buf_release(&next);
	return rc;
}

bool successors_file(const char *folder, uint64_t site, const struct keys *keys, struct buf *chain)
{
	uint64_t last = site_of(keys->sign_public);
	struct buf all = {0};
	size_t start = chain->len;

	file_get(folder, &all);
	for (size_t at = 0; at < all.len && site != last; at += SUCCESSOR_SIZE) {
		if (successor_old(all.at + at) != site)
			continue;
		buf_put(chain, all.at + at, SUCCESSOR_SIZE);
		site = site_of(all.at + at + 1 + SITE_SIZE);
	}
	buf_release(&all);
	if (site != last)
		chain->len = start;
	return site == last && chain->len > start;
}

/* ---- in the store */

void successors_get(struct store *store, struct buf *out)
{
	size_t start = out->len;

	kv_bytes(store, kv_own(KV_SUCCESSORS), out);
	if ((out->len - start) % SUCCESSOR_SIZE)
		out->len = start;
}

void successors_part(struct store *store, uint64_t turn, struct buf *out)
{
	const size_t part = (size_t)SUCCESSORS_MOST * SUCCESSOR_SIZE;
	struct buf all = {0};

	successors_get(store, &all);
	if (all.len) {
		size_t parts = (all.len + part - 1) / part, at = turn % parts * part;
		buf_put(out, all.at + at, all.len - at < part ? all.len - at : part);
	}
	buf_release(&all);
}

unsigned successors_parts(struct store *store)
{
	struct buf all = {0};
	size_t parts;

	successors_get(store, &all);
	parts = (all.len / SUCCESSOR_SIZE + SUCCESSORS_MOST - 1) / SUCCESSORS_MOST;
	buf_release(&all);
	/* They are told in a circle that may begin in the middle. */
	return parts > 1 ? 2 * (unsigned)parts : 1;
}

enum rc successors_add(
	struct store *store, const uint8_t statement[SUCCESSOR_SIZE], struct fault *fault)
{
	struct buf all = {0};
	enum rc rc;

	successors_get(store, &all);
	buf_put(&all, statement, SUCCESSOR_SIZE);
	rc = kv_bytes_set(store, kv_own(KV_SUCCESSORS), buf_bytes(&all), fault);
	if (!rc)
		rc = kv_num_set(store, kv_own(KV_SUCCESSORS_DUE), 1, fault);
	buf_release(&all);
	return rc;
}

bool successors_have(struct store *store, uint64_t site)
{
	struct buf all = {0};
	bool found = false;

	successors_get(store, &all);
	for (size_t at = 0; at < all.len && !found; at += SUCCESSOR_SIZE)
		found = successor_old(all.at + at) == site;
	buf_release(&all);
	return found;
}

bool store_replaced(struct store *store)
{
	struct buf kept = {0};
	bool is = kv_bytes(store, kv_of(KV_STATEMENT, store_station(store)->site), &kept);

	buf_release(&kept);
	return is;
}

/* ---- sites that this one was, whether anybody vouched or not */

enum rc former_add(struct store *store, uint64_t site, struct fault *fault)
{
	struct buf all = {0};

	kv_bytes(store, kv_own(KV_FORMER), &all);
	buf_low(&all, site, LOW_WORD);
	enum rc rc = kv_bytes_set(store, kv_own(KV_FORMER), buf_bytes(&all), fault);
	buf_release(&all);
	return rc;
}

bool former_is(struct store *store, uint64_t site)
{
	struct buf all = {0};
	bool found = successors_have(store, site);

	kv_bytes(store, kv_own(KV_FORMER), &all);
	for (size_t at = 0; at + LOW_WORD <= all.len && !found; at += LOW_WORD)
		found = low_get(all.at + at, LOW_WORD) == site;
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
	kv_bytes(store, kv_own(KV_PAST), &kept);
	for (struct bytes in = buf_bytes(&kept); in.len && take_field(&in, &tag, &value);)
		if (tag == PAST_AT)
			past->at = value.num;
		else if (tag == PAST_CODE)
			bytes_into(past->code, sizeof past->code, value.text);
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
	rc = kv_bytes_set(store, kv_own(KV_PAST), buf_bytes(&out), fault);
	buf_release(&out);
	return rc;
}

bool store_past_new(struct store *store, struct past *past)
{
	struct buf kept = {0}, told = {0};
	bool fresh = kv_bytes(store, kv_own(KV_PAST), &kept) &&
		     !(kv_bytes(store, kv_own(KV_PAST_TOLD), &told) &&
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

	if (kv_bytes(store, kv_own(KV_PAST), &kept))
		rc = kv_bytes_set(store, kv_own(KV_PAST_TOLD), buf_bytes(&kept), fault);
	buf_release(&kept);
	return rc;
}
