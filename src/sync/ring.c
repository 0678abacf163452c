/* SPDX-License-Identifier: GPL-3.0-or-later
 * The own agreement keys: made, kept beside each other in keys/agree-N.key, destroyed; and those of
 * others.
 */
#include "sync/ring.h"

#include "base/when.h"
#include "store/note.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
	DAY = 86400,
	RING_CURRENT = 1,
	RING_SINCE,
	RING_RETIRED = 16,
	RING_NUMBERS = RING_RETIRED + RING_KEYS
};

struct ring {
	uint32_t current;
	int64_t since;              /* when it was made; 0 = with the station */
	int64_t retired[RING_KEYS]; /* by number % 16, of older ones; 0 = there is none */
};

static void ring_load(struct store *store, struct ring *ring)
{
	int64_t numbers[RING_NUMBERS];

	note_get(store, "ring", numbers, RING_NUMBERS);
	ring->current = (uint32_t)numbers[RING_CURRENT];
	ring->since = numbers[RING_SINCE];
	memcpy(ring->retired, numbers + RING_RETIRED, sizeof ring->retired);
}

static enum rc ring_save(struct store *store, const struct ring *ring, struct fault *fault)
{
	int64_t numbers[RING_NUMBERS] = {
		[RING_CURRENT] = ring->current, [RING_SINCE] = ring->since};

	memcpy(numbers + RING_RETIRED, ring->retired, sizeof ring->retired);
	return note_set(store, "ring", numbers, RING_NUMBERS, fault);
}

static void folder_of(struct store *store, char folder[600])
{
	snprintf(folder, 600, "%s/keys", store_home(store));
}

static void key_name(uint32_t n, char name[32])
{
	snprintf(name, 32, "agree-%u.key", n);
}

/* Before the first change there is only agree.key, which the store has read. */
static enum rc key_load(struct store *store, const struct ring *ring, uint32_t n,
	struct agree *agree, struct fault *fault)
{
	const struct keys *keys = store_keys(store);
	char folder[600], name[32];

	if (!ring->since) {
		memcpy(agree->pub, keys->agree_public, AGREE_PUBLIC);
		memcpy(agree->secret, keys->agree_secret, AGREE_SECRET);
		return RC_OK;
	}
	folder_of(store, folder);
	key_name(n, name);
	return agree_load(agree, folder, name, fault);
}

enum rc ring_own(struct store *store, uint32_t *n, struct agree *agree, struct fault *fault)
{
	struct ring ring;

	ring_load(store, &ring);
	*n = ring.current;
	return key_load(store, &ring, ring.current, agree, fault);
}

bool ring_own_id(struct store *store, unsigned id, uint32_t *n, struct agree *agree)
{
	struct ring ring;
	struct fault fault;
	uint32_t back;

	ring_load(store, &ring);
	back = (ring.current - id) % RING_KEYS;
	if (back > ring.current || (back && !ring.retired[id]))
		return false;
	*n = ring.current - back;
	return key_load(store, &ring, *n, agree, &fault) == RC_OK;
}

/* Destroyed in the file first: a crash in between leaves a note of a key that is gone, not a key.
 */
static void destroy_old(struct store *store, struct ring *ring, int64_t now)
{
	char folder[600], name[32], path[640];

	folder_of(store, folder);
	for (uint32_t back = 1; back < RING_KEYS && back <= ring->current; back++) {
		int64_t *retired = &ring->retired[(ring->current - back) % RING_KEYS];
		if (!*retired || now - *retired < (int64_t)RING_DAYS * DAY)
			continue;
		key_name(ring->current - back, name);
		snprintf(path, sizeof path, "%s/%s", folder, name);
		unlink(path);
		*retired = 0;
	}
}

enum rc ring_rotate(struct store *store, struct fault *fault)
{
	struct ring ring;
	struct agree old, next;
	char folder[600], name[32];
	int64_t now = when_now();
	enum rc rc = store_begin(store, fault);

	if (rc)
		return rc;
	ring_load(store, &ring);
	destroy_old(store, &ring, now);
	folder_of(store, folder);
	if (ring.retired[(ring.current + 1) % RING_KEYS])
		rc = fault_set(fault, RC_BUSY, "%s",
			_("密钥换得太勤：旧密钥要留 90 天，最多留 15 把，过些日子再换"));
	if (!rc)
		rc = key_load(store, &ring, ring.current, &old, fault);
	key_name(ring.current, name);
	if (!rc)
		rc = agree_save(&old, folder, name, fault);
	agree_make(&next);
	key_name(ring.current + 1, name);
	if (!rc)
		rc = agree_save(&next, folder, name, fault);
	ring.retired[ring.current % RING_KEYS] = now > 0 ? now : 1;
	ring.since = now > 0 ? now : 1;
	ring.current++;
	if (!rc)
		rc = ring_save(store, &ring, fault);
	if (!rc)
		rc = store_commit(store, fault);
	else
		store_undo(store);
	/* Who opens the store needs some key there; the first one is not to be found there any
	 * more. */
	if (!rc)
		rc = agree_save(&next, folder, "agree.key", fault);
	explicit_bzero(&old, sizeof old);
	explicit_bzero(&next, sizeof next);
	return rc;
}

enum rc ring_tend(struct store *store, int64_t days, struct fault *fault)
{
	struct ring ring, before;
	int64_t now = when_now();
	enum rc rc = RC_OK;

	ring_load(store, &ring);
	before = ring;
	destroy_old(store, &ring, now);
	if (memcmp(before.retired, ring.retired, sizeof ring.retired) != 0)
		rc = ring_save(store, &ring, fault);
	if (rc || !days)
		return rc;
	if (!ring.since) { /* counted from the first time that it is looked at */
		struct buf at = {0};
		struct value value = value_num(now);
		unsigned tag;
		bool there = store_get(store, "", "ring.first", &at);
		struct bytes in = buf_bytes(&at);
		there = there && take_field(&in, &tag, &value);
		if (!there) {
			put_field(&at, 1, &value);
			rc = store_set(store, "", "ring.first", buf_bytes(&at), fault);
		}
		ring.since = value.num;
		buf_release(&at);
	}
	return !rc && now - ring.since >= days * DAY ? ring_rotate(store, fault) : rc;
}
