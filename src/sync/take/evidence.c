/* SPDX-License-Identifier: GPL-3.0-or-later
 * Nonces as evidence, and what is kept of the frames of others.
 */
#include "store/station.h"
#include "base/endian.h"
#include "sync/take.h"

#include "store/db.h"

#include <string.h>

enum { WORD = LOW_WORD, KEPT = 2 * WORD + EVIDENCE_TRACE };

void evidence_digest(struct bytes packed, uint8_t digest[EVIDENCE_DIGEST])
{
	uint8_t hash[HASH_SIZE];

	crypt_hash(packed, hash);
	memcpy(digest, hash, EVIDENCE_DIGEST);
}

void evidence_nonce(
	struct store *store, uint64_t peer, const struct assertion *said, struct trace *trace)
{
	uint8_t key[HASH_SIZE], mac[HASH_SIZE];
	struct buf all = {0};

	buf_byte(&all, (uint8_t)said->kind);
	buf_low(&all, site_of(store_keys(store)->sign_public), WORD);
	buf_low(&all, peer, WORD);
	buf_low(&all, said->store, WORD);
	buf_low(&all, said->number, WORD);
	buf_put(&all, trace->digest, EVIDENCE_DIGEST);
	crypt_own_key(store_keys(store), "outpost frame evidence", key);
	crypt_mac(key, buf_bytes(&all), mac);
	memcpy(trace->nonce, mac, SEAL_NONCE);
	explicit_bzero(key, sizeof key);
	buf_release(&all);
}

bool evidence_good(
	struct store *store, uint64_t peer, const struct assertion *said, const struct trace *trace)
{
	static const uint8_t rest[SEAL_NONCE - LEAN_EVIDENCE];
	struct trace own = *trace;

	/* Of a lean frame only the beginning went with it. */
	evidence_nonce(store, peer, said, &own);
	if (crypt_equal(trace->nonce + LEAN_EVIDENCE, rest, sizeof rest))
		return crypt_equal(own.nonce, trace->nonce, LEAN_EVIDENCE);
	return crypt_equal(own.nonce, trace->nonce, SEAL_NONCE);
}

void trace_put(struct buf *out, const struct trace *trace)
{
	buf_put(out, trace->digest, EVIDENCE_DIGEST);
	buf_put(out, trace->nonce, SEAL_NONCE);
}

bool trace_take(struct bytes *in, struct trace *trace)
{
	if (in->len < EVIDENCE_TRACE)
		return false;
	memcpy(trace->digest, in->at, EVIDENCE_DIGEST);
	memcpy(trace->nonce, in->at + EVIDENCE_DIGEST, SEAL_NONCE);
	*in = bytes_of(in->at + EVIDENCE_TRACE, in->len - EVIDENCE_TRACE);
	return true;
}

/* ---- kept */

void evidence_load(struct store *store, uint64_t peer, struct evidence kept[EVIDENCES])
{
	struct buf all = {0};

	memset(kept, 0, EVIDENCES * sizeof *kept);
	if (kv_bytes(store, kv_of(KV_EVIDENCE, peer), &all) && all.len == (size_t)EVIDENCES * KEPT)
		for (unsigned i = 0; i < EVIDENCES; i++) {
			const uint8_t *at = all.at + (size_t)i * KEPT;
			struct bytes in = bytes_of(at + 2 * WORD, EVIDENCE_TRACE);
			kept[i].store = low_get(at, WORD);
			kept[i].number = low_get(at + WORD, WORD);
			(void)!trace_take(&in, &kept[i].trace);
		}
	buf_release(&all);
}

enum rc evidence_save(struct store *store, uint64_t peer, const struct evidence kept[EVIDENCES],
	struct fault *fault)
{
	struct buf all = {0};
	enum rc rc;

	for (unsigned i = 0; i < EVIDENCES; i++) {
		buf_low(&all, kept[i].store, WORD);
		buf_low(&all, kept[i].number, WORD);
		trace_put(&all, &kept[i].trace);
	}
	rc = kv_bytes_set(store, kv_of(KV_EVIDENCE, peer), buf_bytes(&all), fault);
	buf_release(&all);
	return rc;
}

enum rc evidence_add(struct store *store, uint64_t peer, const struct evidence *next,
	bool confirmed, struct fault *fault)
{
	struct evidence kept[EVIDENCES], now[EVIDENCES] = {[EVIDENCE_NEWEST] = *next};

	evidence_load(store, peer, kept);
	if (next->number <= kept[EVIDENCE_NEWEST].number)
		return RC_OK;
	if (!confirmed)
		now[EVIDENCE_OPEN] =
			kept[EVIDENCE_OPEN].number ? kept[EVIDENCE_OPEN] : kept[EVIDENCE_NEWEST];
	return evidence_save(store, peer, now, fault);
}
