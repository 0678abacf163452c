/* SPDX-License-Identifier: GPL-3.0-or-later
 * With which keys a frame is sealed and opened, and what its two ends come to know of each other's.
 */
#include "store/station.h"
#include "sync/keys.h"
#include "sync/take/internal.h"
#include "sync/wire/internal.h"

#include <string.h>

/* The key id of a frame: 4 bits for the sender's key, 4 for the receiver's. */
static bool key_to(
	struct store *store, const struct site *site, struct seal_key *key, struct fault *fault)
{
	struct site now = *site;
	struct peer_keys peer_keys;
	struct agree own;
	uint32_t n;
	bool good;

	log_site(store_log(store), site->site, &now);
	peer_keys_load(store, site->site, &peer_keys);
	/* What it knew may be destroyed by now, or is the newest one that is said before the frame.
	 */
	good = ((!peer_keys.introduce &&
			keyring_own_id(store, peer_keys.mine % KEYRING_KEYS, &n, &own)) ||
		       keyring_own(store, &n, &own, fault) == RC_OK) &&
	       seal_key(key, own.secret, own.pub, now.agree_public, true,
		       (uint8_t)(n % KEYRING_KEYS << 4 | now.agree_id % KEYRING_KEYS));
	explicit_bzero(&own, sizeof own);
	return good;
}

bool frame_key(struct store *store, const struct site *site, uint8_t id, bool sent,
	struct seal_key *key, uint32_t *n)
{
	unsigned theirs = sent ? id & 15 : id >> 4, ours = sent ? id >> 4 : id & 15;
	struct site now = *site;
	struct peer_keys peer_keys;
	struct agree own;
	const uint8_t *pub = now.agree_public;
	bool good;

	log_site(store_log(store), site->site, &now);
	peer_keys_load(store, site->site, &peer_keys);
	if (peer_keys.theirs[theirs].is)
		pub = peer_keys.theirs[theirs].pub;
	else if (peer_keys.numbered && now.agree_id % KEYRING_KEYS != theirs)
		return false;
	good = keyring_own_id(store, ours, n, &own) &&
	       seal_key(key, own.secret, own.pub, pub, sent, id);
	explicit_bzero(&own, sizeof own);
	return good;
}

/* It has sealed to our key N: so it knows that one, and we need not say who we are. A question is
 * answered with the key that it was sealed to, for its writer may have been put back to an earlier
 * day. */
enum rc frame_sealed(
	struct store *store, const struct site *site, uint32_t n, bool asks, struct fault *fault)
{
	struct peer_keys peer_keys;

	peer_keys_load(store, site->site, &peer_keys);
	if ((n == peer_keys.mine && !peer_keys.introduce) || store_readonly(store))
		return RC_OK;
	peer_keys.mine = asks || n > peer_keys.mine ? n : peer_keys.mine;
	peer_keys.introduce = false;
	return peer_keys_save(store, site->site, &peer_keys, fault);
}

static bool announced(const struct message *message, uint64_t *n, struct bytes *key)
{
	struct bytes in = message->extra;
	struct value value;
	unsigned tag;

	while (in.len && take_field(&in, &tag, &value)) {
		*key = value.text;
		if (tag == EXTRA_KEY && value.wire == WIRE_BYTES && take_varint(key, n) &&
			*n <= UINT32_MAX && key->len == AGREE_PUBLIC)
			return true;
	}
	return false;
}

bool frame_announced(const struct message *message, uint64_t *n)
{
	struct bytes key;

	return announced(message, n, &key);
}

enum rc frame_key_heard(struct store *store, const struct site *site, const struct message *message,
	struct fault *fault)
{
	struct bytes key;
	uint64_t n;
	enum rc rc;

	if (message->type == MESSAGE_GRANT || store_readonly(store))
		return RC_OK; /* a grant's extra is the chain */
	rc = packing_heard(store, site->site, message, fault);
	if (!rc)
		rc = lean_heard(store, site->site, message, fault);
	if (rc || !announced(message, &n, &key))
		return rc;
	return peer_keys_take(store, site->site, (uint32_t)n, key.at, false, fault);
}

/* A key of ours that it has not sealed to yet is announced with every frame. */
static enum rc announce(struct store *store, const struct site *site, struct arena *arena,
	struct bytes *extra, struct fault *fault)
{
	struct buf both = {0}, field = {0};
	struct peer_keys peer_keys;
	struct agree own;
	uint32_t n;
	enum rc rc = keyring_own(store, &n, &own, fault);

	peer_keys_load(store, site->site, &peer_keys);
	if (!rc && n != peer_keys.mine) {
		put_varint(&both, n);
		buf_put(&both, own.pub, AGREE_PUBLIC);
		struct value value = {WIRE_BYTES, 0, buf_bytes(&both)};
		put_field(&field, EXTRA_KEY, &value);
		*extra = arena_bytes(arena, buf_bytes(&field));
	}
	explicit_bzero(&own, sizeof own);
	buf_release(&both);
	buf_release(&field);
	return rc;
}

enum rc frame_prepare(struct store *store, const struct site *site, bool is_grant,
	struct arena *arena, struct closing *closing, struct fault *fault)
{
	*closing = (struct closing){.most = packing_most(store, site->site)};
	if (!key_to(store, site, &closing->key, fault))
		return fault_set(fault, RC_DENIED, _("没有 \"%s\" 的公钥，不能加封"), site->name);
	return is_grant ? RC_OK : announce(store, site, arena, &closing->announced, fault);
}
