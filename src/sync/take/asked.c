/* SPDX-License-Identifier: GPL-3.0-or-later
 * The numbers of this station's questions, and the nonces of the last ones: what it knows to have
 * asked when somebody shows it a question. A number is used up durably before its frame leaves.
 */
#include "base/endian.h"
#include "store/db.h"
#include "store/rows.h"
#include "sync/take/internal.h"

#include <string.h>

enum { NUMBER = LOW_WORD, ENTRY = NUMBER + SEAL_NONCE };

static uint64_t number_at(const uint8_t *at)
{
	return low_get(at, NUMBER);
}

/* Entries in the order of their numbers. */
static size_t entries(struct store *store, struct buf *all)
{
	kv_bytes(store, kv_own(KV_ASKED), all);
	all->len -= all->len % ENTRY;
	return all->len / ENTRY;
}

static uint64_t newest(const struct buf *all)
{
	return all->len ? number_at(all->at + all->len - ENTRY) : 0;
}

uint64_t asked_next(struct store *store, uint64_t question)
{
	struct buf all = {0};

	entries(store, &all);
	if (question < newest(&all))
		question = newest(&all);
	buf_release(&all);
	return question + 1;
}

enum rc asked_note(struct store *store, uint64_t number, struct bytes frame, struct fault *fault)
{
	struct buf all = {0};
	size_t count = entries(store, &all), skip;
	uint8_t nonce[SEAL_NONCE];
	enum rc rc = RC_OK;

	if (newest(&all) >= number)
		rc = fault_set(fault, RC_BUSY, _("另一个 outpost sync 正在同步：等它做完再试"));
	buf_low(&all, number, NUMBER);
	seal_evidence(frame, nonce);
	buf_put(&all, nonce, SEAL_NONCE);
	skip = count + 1 > ASKED_KEPT ? (count + 1 - ASKED_KEPT) * ENTRY : 0;
	if (!rc)
		rc = kv_bytes_set(
			store, kv_own(KV_ASKED), bytes_of(all.at + skip, all.len - skip), fault);
	buf_release(&all);
	return rc;
}

bool asked_forgotten(struct store *store, uint64_t number, const uint8_t nonce[SEAL_NONCE])
{
	struct buf all = {0};
	bool forgotten = false, found = false;

	entries(store, &all);
	if (number > newest(&all)) {
		forgotten = true;
	} else if (all.len && number >= number_at(all.at)) {
		for (size_t at = 0; at < all.len && !found; at += ENTRY)
			found = number_at(all.at + at) == number &&
				memcmp(all.at + at + NUMBER, nonce, SEAL_NONCE) == 0;
		forgotten = !found;
	}
	buf_release(&all);
	return forgotten;
}
