/* SPDX-License-Identifier: GPL-3.0-or-later
 * The own agreement keys where the database and the folder keys/ do not agree. A backup restores
 * the one without the other, and a power cut may fall between them.
 */
#include "sync/keys/keyring.h"

#include "store/peer.h"
#include "store/station.h"
#include "sync/keys.h"
#include "store/db.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	HOUR = 3600,
	KEYRING_CURRENT = 1,
	KEYRING_SINCE,
	KEYRING_RENEWED,
	KEYRING_RETIRED = 16,
	KEYRING_NUMBER = KEYRING_RETIRED + KEYRING_KEYS, /* and 1, as 0 is not kept */
	KEYRING_NUMBERS = KEYRING_NUMBER + KEYRING_KEYS,
	FILES = 64, /* key files that are looked at */
	FOUND = 12, /* of them that are kept: some slots stay free for changes */
	NAME = 32
};

void keyring_load(struct store *store, struct keyring *ring)
{
	int64_t numbers[KEYRING_NUMBERS];

	kv_list(store, kv_own(KV_KEYRING), numbers, KEYRING_NUMBERS);
	*ring = (struct keyring){.current = (uint32_t)numbers[KEYRING_CURRENT],
		.since = numbers[KEYRING_SINCE],
		.renewed = numbers[KEYRING_RENEWED]};
	for (uint32_t slot = 0; slot < KEYRING_KEYS; slot++) {
		struct kept_key *old = &ring->old[slot];
		int64_t number = numbers[KEYRING_NUMBER + slot];
		old->retired = numbers[KEYRING_RETIRED + slot];
		/* Earlier programs made one number after the other, and kept no numbers. */
		old->number = number ? (uint32_t)(number - 1)
				     : ring->current - (ring->current - slot) % KEYRING_KEYS;
	}
}

static void numbers_of(const struct keyring *ring, int64_t numbers[KEYRING_NUMBERS])
{
	memset(numbers, 0, KEYRING_NUMBERS * sizeof *numbers);
	numbers[KEYRING_CURRENT] = ring->current;
	numbers[KEYRING_SINCE] = ring->since;
	numbers[KEYRING_RENEWED] = ring->renewed;
	for (unsigned slot = 0; slot < KEYRING_KEYS; slot++) {
		const struct kept_key *old = &ring->old[slot];
		numbers[KEYRING_RETIRED + slot] = old->retired;
		numbers[KEYRING_NUMBER + slot] = old->retired ? (int64_t)old->number + 1 : 0;
	}
}

enum rc keyring_save(struct store *store, const struct keyring *ring, struct fault *fault)
{
	int64_t numbers[KEYRING_NUMBERS];

	numbers_of(ring, numbers);
	return kv_list_set(store, kv_own(KV_KEYRING), numbers, KEYRING_NUMBERS, fault);
}

static void folder_of(struct store *store, char folder[600])
{
	snprintf(folder, 600, "%s/keys", store_home(store));
}

static void key_name(uint32_t n, char name[NAME])
{
	snprintf(name, NAME, "agree-%u.key", n);
}

/* agree.key is key 0 of a station that has never changed it, unless it is of another day. */
static bool first_key(struct store *store, struct agree *agree)
{
	const struct keys *keys = store_keys(store);
	struct site own;

	memcpy(agree->pub, keys->agree_public, AGREE_PUBLIC);
	memcpy(agree->secret, keys->agree_secret, AGREE_SECRET);
	return !log_site(store_log(store), store_station(store)->site, &own) ||
	       memcmp(own.agree_public, agree->pub, AGREE_PUBLIC) == 0;
}

enum rc keyring_key(struct store *store, const struct keyring *ring, uint32_t n,
	struct agree *agree, struct fault *fault)
{
	char folder[600], name[NAME];

	if (!ring->since)
		return first_key(store, agree)
			       ? RC_OK
			       : fault_set(fault, RC_NONE, "%s",
					 _("本站的加密密钥不在了：下一次同步换新的"));
	folder_of(store, folder);
	key_name(n, name);
	return agree_load(agree, folder, name, fault);
}

enum rc keyring_key_save(
	struct store *store, uint32_t n, const struct agree *agree, struct fault *fault)
{
	char folder[600], name[NAME];

	folder_of(store, folder);
	key_name(n, name);
	return agree_save(agree, folder, name, fault);
}

enum rc keyring_key_name(struct store *store, const struct agree *agree, struct fault *fault)
{
	char folder[600];

	folder_of(store, folder);
	return agree_save(agree, folder, "agree.key", fault);
}

void keyring_destroy(struct store *store, uint32_t n)
{
	char folder[600], name[NAME], path[640];

	folder_of(store, folder);
	key_name(n, name);
	snprintf(path, sizeof path, "%s/%s", folder, name);
	unlink(path);
}

/* ---- what lies in the folder */

struct key_files {
	uint32_t numbers[FILES];
	unsigned count;
};

static bool number_of(const char *name, uint32_t *n)
{
	char *end = NULL, again[NAME];

	if (strncmp(name, "agree-", 6) != 0)
		return false;
	unsigned long number = strtoul(name + 6, &end, 10);
	if (number > UINT32_MAX)
		return false;
	*n = (uint32_t)number;
	key_name(*n, again);
	return strcmp(name, again) == 0;
}

/* A file that is damaged is as good as none. */
static bool can_load(struct store *store, uint32_t n)
{
	const struct keyring changed = {.since = 1};
	struct agree agree;
	bool good = keyring_key(store, &changed, n, &agree, NULL) == RC_OK;

	explicit_bzero(&agree, sizeof agree);
	return good;
}

static int newest_first(const void *a, const void *b)
{
	uint32_t one, two;

	memcpy(&one, a, sizeof one);
	memcpy(&two, b, sizeof two);
	return (one < two) - (one > two);
}

static void files_read(struct store *store, struct key_files *files)
{
	char folder[600];
	uint32_t n;

	files->count = 0;
	folder_of(store, folder);
	DIR *dir = opendir(folder);
	for (struct dirent *entry; dir && files->count < FILES && (entry = readdir(dir));)
		if (number_of(entry->d_name, &n) && can_load(store, n))
			files->numbers[files->count++] = n;
	if (dir)
		closedir(dir);
	qsort(files->numbers, files->count, sizeof *files->numbers, newest_first);
}

/* ---- mending */

/* A number above all that this station can have given: nobody changes keys once a second. Its slot
 * is a free one, or the one whose key was replaced first. */
static uint32_t number_above(struct store *store, const struct keyring *ring)
{
	int64_t now = store_now(store);
	uint32_t n = now > CLOCKS_BEGIN && now < UINT32_MAX ? (uint32_t)now : 0, best;

	if (n <= ring->current)
		n = ring->current + 1;
	best = n;
	for (uint32_t i = 0; i < KEYRING_KEYS; i++) {
		const struct kept_key *old = &ring->old[(n + i) % KEYRING_KEYS];
		if (!old->retired)
			return n + i;
		if (old->retired < ring->old[best % KEYRING_KEYS].retired)
			best = n + i;
	}
	return best;
}

static void retire(struct keyring *ring, uint32_t n, int64_t now)
{
	ring->old[n % KEYRING_KEYS] = (struct kept_key){now, n};
}

/* The station above does not know a new key, and is told before the next question. */
static enum rc introduce_above(struct store *store, struct fault *fault)
{
	struct peer peer;
	struct peer_keys peer_keys;
	struct fault none;

	if (peer_load(store, &peer, &none) != RC_OK)
		return RC_OK;
	peer_keys_load(store, peer.site.site, &peer_keys);
	peer_keys.introduce = true;
	return peer_keys_save(store, peer.site.site, &peer_keys, fault);
}

static enum rc make_above(
	struct store *store, struct keyring *ring, int64_t now, struct fault *fault)
{
	struct agree agree;
	uint32_t n = number_above(store, ring);
	struct kept_key *slot = &ring->old[n % KEYRING_KEYS];
	enum rc rc;

	agree_make(&agree);
	rc = keyring_key_save(store, n, &agree, fault);
	explicit_bzero(&agree, sizeof agree);
	if (!rc && slot->retired)
		keyring_destroy(store, slot->number);
	*slot = (struct kept_key){0, 0};
	ring->current = n;
	ring->since = now;
	return rc ? rc : introduce_above(store, fault);
}

/* The key that was current has no file when it was made with the station: it gets one. */
static enum rc keep_first(
	struct store *store, struct keyring *ring, int64_t now, struct fault *fault)
{
	struct agree agree;
	enum rc rc;

	if (ring->since || !first_key(store, &agree))
		return RC_OK;
	rc = keyring_key_save(store, ring->current, &agree, fault);
	explicit_bzero(&agree, sizeof agree);
	retire(ring, ring->current, now);
	return rc;
}

/* The newest key is current; every other has the slot that its number gives it, unless a newer one
 * has it. */
static void take_files(
	struct store *store, struct keyring *ring, const struct key_files *files, int64_t now)
{
	const struct keyring before = *ring;

	if (!files->count)
		return;
	memset(ring->old, 0, sizeof ring->old);
	ring->current = files->numbers[0];
	if (ring->current != before.current || !ring->since)
		ring->since = now;
	for (unsigned i = 1; i < files->count; i++) {
		uint32_t n = files->numbers[i], slot = n % KEYRING_KEYS;
		const struct kept_key *old = &before.old[slot];
		bool known = old->retired && old->number == n;
		if (slot == ring->current % KEYRING_KEYS || ring->old[slot].retired ||
			(!known && i >= FOUND))
			keyring_destroy(store, n);
		else
			retire(ring, n, known ? old->retired : now);
	}
}

static enum rc name_current(struct store *store, const struct keyring *ring, struct fault *fault)
{
	struct agree agree;
	enum rc rc = keyring_key(store, ring, ring->current, &agree, fault);

	if (!rc && memcmp(agree.pub, store_keys(store)->agree_public, AGREE_PUBLIC) != 0)
		rc = keyring_key_name(store, &agree, fault);
	explicit_bzero(&agree, sizeof agree);
	return rc;
}

static enum rc mend(struct store *store, struct fault *fault)
{
	struct keyring ring;
	struct key_files files;
	struct agree agree;
	struct fault why;
	int64_t now = store_now(store), before[KEYRING_NUMBERS], after[KEYRING_NUMBERS];
	enum rc rc = RC_OK;

	now = now > 0 ? now : 1;
	keyring_load(store, &ring);
	numbers_of(&ring, before);
	files_read(store, &files);
	take_files(store, &ring, &files, now);
	if (keyring_key(store, &ring, ring.current, &agree, &why) != RC_OK)
		rc = make_above(store, &ring, now, fault);
	explicit_bzero(&agree, sizeof agree);
	numbers_of(&ring, after);
	if (!rc && memcmp(before, after, sizeof before) != 0)
		rc = keyring_save(store, &ring, fault);
	return rc || !ring.since ? rc : name_current(store, &ring, fault);
}

/* Inside a transaction, so that two processes do not mend at once. */
static enum rc locked(struct store *store,
	enum rc (*deed)(struct store *store, struct fault *fault), struct fault *fault)
{
	enum rc rc = store_begin(store, fault);

	if (rc)
		return rc;
	rc = deed(store, fault);
	if (!rc)
		return store_commit(store, fault);
	store_undo(store);
	return rc;
}

enum rc keyring_mend(struct store *store, struct fault *fault)
{
	return locked(store, mend, fault);
}

static enum rc renew(struct store *store, struct fault *fault)
{
	struct keyring ring;
	int64_t now = store_now(store);
	enum rc rc = mend(store, fault);

	keyring_load(store, &ring);
	if (rc || (ring.renewed && now >= ring.renewed && now - ring.renewed < HOUR))
		return rc;
	now = now > 0 ? now : 1;
	rc = keep_first(store, &ring, now, fault);
	if (!rc && ring.since)
		retire(&ring, ring.current, now);
	ring.renewed = now;
	if (!rc)
		rc = make_above(store, &ring, now, fault);
	if (!rc)
		rc = keyring_save(store, &ring, fault);
	return rc ? rc : name_current(store, &ring, fault);
}

enum rc keyring_renew(struct store *store, struct fault *fault)
{
	return locked(store, renew, fault);
}
