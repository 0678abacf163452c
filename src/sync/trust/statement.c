/* SPDX-License-Identifier: GPL-3.0-or-later
 * The statements of sites that ended, as this store has followed them: to be shown to a site that
 * was put back to the day before it ended.
 */
#include "store/db.h"
#include "store/station.h"
#include "sync/trust/internal.h"

#include <string.h>

enum rc statement_keep(
	struct store *store, const uint8_t statement[SUCCESSOR_SIZE], struct fault *fault)
{

	return kv_bytes_set(store, kv_of(KV_STATEMENT, successor_old(statement)),
		bytes_of(statement, SUCCESSOR_SIZE), fault);
}

bool statement_of(struct store *store, uint64_t old, struct buf *out)
{
	size_t start = out->len;

	if (kv_bytes(store, kv_of(KV_STATEMENT, old), out) && out->len - start == SUCCESSOR_SIZE)
		return true;
	out->len = start;
	return false;
}

bool statement_own(struct store *store, const uint8_t statement[SUCCESSOR_SIZE])
{
	const uint8_t *own = store_keys(store)->sign_public;

	return successor_old(statement) == site_of(own) &&
	       crypt_signed(
		       own, bytes_of(statement, SUCCESSOR_SIGNED), statement + SUCCESSOR_SIGNED);
}
