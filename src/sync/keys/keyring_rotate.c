/* SPDX-License-Identifier: GPL-3.0-or-later
 * The own agreement keys: made, kept beside each other in keys/agree-N.key, destroyed; and those of
 * others.
 */
#include "sync/keys/keyring.h"

#include "base/when.h"
#include "store/db.h"
#include "store/station.h"
#include "sync/keys.h"

#include <string.h>

/* A key that is not there is mended once, where that may be written. */
enum rc keyring_own(struct store *store, uint32_t *n, struct agree *agree, struct fault *fault)
{
	struct keyring ring;
	enum rc rc;

	keyring_load(store, &ring);
	*n = ring.current;
	rc = keyring_key(store, &ring, ring.current, agree, fault);
	if ((rc != RC_NONE && rc != RC_BAD) || store_readonly(store))
		return rc;
	if ((rc = keyring_mend(store, fault)))
		return rc;
	keyring_load(store, &ring);
	*n = ring.current;
	return keyring_key(store, &ring, ring.current, agree, fault);
}

bool keyring_own_id(struct store *store, unsigned id, uint32_t *n, struct agree *agree)
{
	struct keyring ring;
	struct fault fault;

	keyring_load(store, &ring);
	*n = ring.current;
	if (id != ring.current % KEYRING_KEYS) {
		if (!ring.old[id].retired)
			return false;
		*n = ring.old[id].number;
	}
	return keyring_key(store, &ring, *n, agree, &fault) == RC_OK;
}

/* Destroyed in the file first: a crash in between leaves a note of a key that is gone, not a key.
 */
static bool destroy_old(struct store *store, struct keyring *ring, int64_t now)
{
	bool any = false;

	for (unsigned slot = 0; slot < KEYRING_KEYS; slot++) {
		struct kept_key *old = &ring->old[slot];
		if (!old->retired || now - old->retired < (int64_t)KEYRING_DAYS * DAY_SECONDS)
			continue;
		keyring_destroy(store, old->number);
		*old = (struct kept_key){0, 0};
		any = true;
	}
	return any;
}

/* The next number whose slot is free: a key of another day may lie in the very next one. */
static bool next_number(const struct keyring *ring, uint32_t *n)
{
	for (*n = ring->current + 1; *n < ring->current + KEYRING_KEYS; ++*n)
		if (!ring->old[*n % KEYRING_KEYS].retired)
			return true;
	return false;
}

/* Both keys have their files before the commit: a crash between them is mended from the files. */
static enum rc change(struct store *store, struct keyring *ring, int64_t now, struct agree *next,
	struct fault *fault)
{
	struct agree old;
	uint32_t n;
	enum rc rc;

	if (!next_number(ring, &n))
		return fault_set(fault, RC_BUSY, "%s",
			_("密钥换得太勤：旧密钥要留 90 天，最多留 15 把，过些日子再换"));
	rc = keyring_key(store, ring, ring->current, &old, fault);
	if (!rc)
		rc = keyring_key_save(store, ring->current, &old, fault);
	explicit_bzero(&old, sizeof old);
	agree_make(next);
	if (!rc)
		rc = keyring_key_save(store, n, next, fault);
	ring->old[ring->current % KEYRING_KEYS] = (struct kept_key){now, ring->current};
	ring->since = now;
	ring->current = n;
	return rc ? rc : keyring_save(store, ring, fault);
}

enum rc keyring_rotate(struct store *store, struct fault *fault)
{
	struct keyring ring;
	struct agree next;
	int64_t now = when_now();
	enum rc rc = store_begin(store, fault);

	if (rc)
		return rc;
	rc = keyring_mend(store, fault);
	keyring_load(store, &ring);
	destroy_old(store, &ring, now);
	if (!rc)
		rc = change(store, &ring, now > 0 ? now : 1, &next, fault);
	if (!rc)
		rc = store_commit(store, fault);
	else
		store_undo(store);
	/* Who opens the store needs some key there; the first one is not to be found there any
	 * more. */
	if (!rc)
		rc = keyring_key_name(store, &next, fault);
	explicit_bzero(&next, sizeof next);
	return rc;
}

enum rc keyring_tend(struct store *store, int64_t days, struct fault *fault)
{
	struct keyring ring;
	int64_t now = when_now();
	enum rc rc = keyring_mend(store, fault);

	keyring_load(store, &ring);
	if (!rc && destroy_old(store, &ring, now))
		rc = keyring_save(store, &ring, fault);
	if (rc || !days)
		return rc;
	if (!ring.since) { /* counted from the first time that it is looked at */
		int64_t first[] = {0, 0};
		if (!kv_list(store, kv_own(KV_KEYRING_FIRST), first, countof(first))) {
			first[1] = now;
			rc = kv_list_set(
				store, kv_own(KV_KEYRING_FIRST), first, countof(first), fault);
		}
		ring.since = first[1];
	}
	return !rc && now - ring.since >= days * DAY_SECONDS ? keyring_rotate(store, fault) : rc;
}

enum rc peer_keys_begin(struct store *store, uint64_t site, struct fault *fault)
{
	struct peer_keys peer_keys = {0};
	struct agree own;
	enum rc rc = keyring_own(store, &peer_keys.mine, &own, fault);

	explicit_bzero(&own, sizeof own);
	return rc ? rc : peer_keys_save(store, site, &peer_keys, fault);
}
