/* SPDX-License-Identifier: GPL-3.0-or-later
 * The numbers of this station's questions, and the nonces of the last ones: what it knows to have
 * asked when somebody shows it a question. A number is used up durably before its frame leaves.
 */
#include "sync/inside.h"

#include <string.h>

enum { NUMBER = 8, ENTRY = NUMBER + SEAL_NONCE };

static uint64_t number_at(const uint8_t *at)
{
	uint64_t number = 0;

	for (unsigned b = 0; b < NUMBER; b++)
		number |= (uint64_t)at[b] << (8 * b);
	return number;
}

/* Entries in the order of their numbers. */
static size_t entries(struct store *store, struct buf *all)
{
	store_get(store, "", ASKED_SETTING, all);
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
	enum rc rc = RC_OK;

	if (newest(&all) >= number)
		rc = fault_set(fault, RC_BUSY, _("另一个 outpost sync 正在同步：等它做完再试"));
	for (unsigned b = 0; b < NUMBER; b++)
		buf_byte(&all, (uint8_t)(number >> (8 * b)));
	buf_put(&all, frame.at + SEAL_BOUND, SEAL_NONCE);
	skip = count + 1 > ASKED_KEPT ? (count + 1 - ASKED_KEPT) * ENTRY : 0;
	if (!rc)
		rc = store_set(
			store, "", ASKED_SETTING, bytes_of(all.at + skip, all.len - skip), fault);
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
