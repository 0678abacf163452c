/* SPDX-License-Identifier: GPL-3.0-or-later
 * How much a station may bring in a day. What is more stays with it, in its own order, so alarms
 * come first; little at a time goes on for a while, so that an import keeps no warning back.
 */
#include "base/limits.h"
#include "base/when.h"
#include "store/db.h"
#include "store/station.h"
#include "sync/take/internal.h"

enum { TAKEN_DAY = 1, TAKEN_FACTS, TAKEN_BYTES, TAKEN_NUMBERS };

static void taken_get(struct store *store, uint64_t site, int64_t numbers[TAKEN_NUMBERS])
{
	int64_t today = store_now(store) / DAY_SECONDS;

	kv_list(store, kv_of(KV_TAKEN, site), numbers, TAKEN_NUMBERS);
	if (numbers[TAKEN_DAY] != today)
		numbers[TAKEN_FACTS] = numbers[TAKEN_BYTES] = 0;
	numbers[TAKEN_DAY] = today;
}

bool allowance_over(struct store *store, const struct site *site, size_t facts)
{
	bool few = site->level <= LEVEL_VILLAGE, many;
	int64_t numbers[TAKEN_NUMBERS], most = few ? LIMIT_DAY_FACTS : LIMIT_DAY_FACTS_MANY,
					bytes = few ? LIMIT_DAY_BYTES : LIMIT_DAY_BYTES_MANY;

	if (!facts)
		return false;
	taken_get(store, site->site, numbers);
	many = facts > LIMIT_DAY_LITTLE;
	if (!many) {
		most += LIMIT_DAY_MORE;
		bytes += (int64_t)LIMIT_DAY_MORE * LIMIT_DAY_EACH;
	}
	return numbers[TAKEN_FACTS] + (int64_t)facts > most || numbers[TAKEN_BYTES] >= bytes;
}

enum rc allowance_use(struct store *store, const struct site *site, uint64_t facts, uint64_t bytes,
	struct fault *fault)
{
	int64_t numbers[TAKEN_NUMBERS];

	if (!facts)
		return RC_OK;
	taken_get(store, site->site, numbers);
	numbers[TAKEN_FACTS] += (int64_t)facts;
	numbers[TAKEN_BYTES] += (int64_t)bytes;
	return kv_list_set(store, kv_of(KV_TAKEN, site->site), numbers, TAKEN_NUMBERS, fault);
}

enum rc allowance_keep(struct store *store, uint64_t old, uint64_t next, struct fault *fault)
{
	int64_t numbers[TAKEN_NUMBERS];

	taken_get(store, old, numbers);
	if (!numbers[TAKEN_FACTS])
		return RC_OK;
	return kv_list_set(store, kv_of(KV_TAKEN, next), numbers, TAKEN_NUMBERS, fault);
}
