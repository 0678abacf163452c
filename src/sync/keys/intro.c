/* SPDX-License-Identifier: GPL-3.0-or-later
 * Introductions: a station says its key where the other end does not know it, signed by the key
 * that was pinned when the station joined.
 */
#include "base/limits.h"
#include "base/endian.h"
#include "base/when.h"
#include "store/identity.h"
#include "store/peer.h"
#include "store/station.h"
#include "sync/keys.h"
#include "store/db.h"

#include <string.h>

enum { INTRO_VERSION = 3, NUMBER_SIZE = 4, SITE_SIZE = 7 };

enum rc intro_put(
	struct store *store, const uint8_t *question, struct buf *out, struct fault *fault)
{
	uint8_t all[INTRO_SIZE] = {INTRO_VERSION}, *at = all + 1;
	uint64_t site = store_station(store)->site;
	struct agree agree;
	uint32_t n;
	enum rc rc = keyring_own(store, &n, &agree, fault);

	if (rc)
		return rc;
	low_put(at, n, NUMBER_SIZE);
	low_put(at + NUMBER_SIZE, site, SITE_SIZE);
	at += NUMBER_SIZE + SITE_SIZE;
	memcpy(at, agree.pub, AGREE_PUBLIC);
	if (question)
		memcpy(at + AGREE_PUBLIC, question, INTRO_QUESTION);
	crypt_sign(store_keys(store), bytes_of(all, INTRO_SIGNED), all + INTRO_SIGNED);
	buf_put(out, all, sizeof all);
	explicit_bzero(&agree, sizeof agree);
	return RC_OK;
}

bool intro_is(struct bytes in)
{
	return in.len >= INTRO_SIZE && in.at[0] == INTRO_VERSION;
}

struct bytes intro_skip(struct bytes in)
{
	return intro_is(in) ? bytes_of(in.at + INTRO_SIZE, in.len - INTRO_SIZE) : in;
}

enum { INTROS_DAY = 1, INTROS_TODAY, INTROS_NUMBERS };

/* SITE, which is below, has a key with a number that is not known here. *MAY: not too often. */
static enum rc intros_count(
	struct store *store, const struct site *site, bool *may, struct fault *fault)
{
	int64_t numbers[INTROS_NUMBERS], today = store_now(store) / DAY_SECONDS;

	kv_list(store, kv_of(KV_INTROS, site->site), numbers, INTROS_NUMBERS);
	if (numbers[INTROS_DAY] != today)
		numbers[INTROS_TODAY] = 0;
	numbers[INTROS_DAY] = today;
	*may = numbers[INTROS_TODAY] < LIMIT_DAY_INTROS;
	if (!*may)
		return claim_note(store, site->site, CLAIM_KEYS, 1, fault);
	numbers[INTROS_TODAY]++;
	return kv_list_set(store, kv_of(KV_INTROS, site->site), numbers, INTROS_NUMBERS, fault);
}

/* Has it joined here, or did a site that this one goes on for let it in? */
static bool is_below(struct store *store, const struct site *site)
{
	return site->above == store_station(store)->site || successors_have(store, site->above);
}

enum rc intro_take(struct store *store, struct bytes in, const uint8_t *question, uint64_t *number,
	struct fault *fault)
{
	const uint8_t *at = in.at + 1;
	uint8_t wanted[INTRO_QUESTION] = {0};
	struct log *log = store_log(store);
	struct site site;
	uint32_t n = 0;
	bool may = true;
	enum rc rc = RC_OK;

	n = (uint32_t)low_get(at, NUMBER_SIZE);
	*number = low_get(at + NUMBER_SIZE, SITE_SIZE);
	at += NUMBER_SIZE + SITE_SIZE;
	if (question)
		memcpy(wanted, question, INTRO_QUESTION);
	if (memcmp(at + AGREE_PUBLIC, wanted, INTRO_QUESTION) != 0 ||
		!log_site(log, *number, &site) || (!question && !is_below(store, &site)) ||
		!crypt_signed(
			site.sign_public, bytes_of(in.at, INTRO_SIGNED), in.at + INTRO_SIGNED))
		return fault_set(fault, RC_DENIED, "%s", _("对方的新密钥没有它的签名，不采用"));
	if (!question && n > site.agree_id)
		rc = intros_count(store, &site, &may, fault);
	if (rc || !may)
		return rc ? rc
			  : fault_set(fault, RC_DENIED, "%s",
				    _("对方今天换密钥太多次，不采用，明天再收"));
	/* An answer to our own question is of today, even when its store is of an earlier day. */
	return peer_keys_take(store, *number, n, at, question != NULL, fault);
}
