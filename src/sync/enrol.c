/* SPDX-License-Identifier: GPL-3.0-or-later
 * Enrolment: the new station's question, the grant that answers it.
 *   question: 02 | agree public (32) | sign public (32) | nonce (12) | sealed fields
 *   answer:   a frame like any other: the chain of sites above, and this station's own entry first
 */
#include "sync/enrol.h"

#include "base/when.h"
#include "model/area.h"
#include "model/pinyin.h"
#include "sync/inside.h"
#include "sync/ring.h"

#include <stdio.h>
#include <string.h>

enum {
	JOIN_VERSION = 2,
	JOIN_BOUND = 1 + AGREE_PUBLIC + SIGN_PUBLIC,
	JOIN_HEAD = JOIN_BOUND + SEAL_RANDOM,
	CHAIN_MOST = 8
};
enum { JOIN_SECRET = 1, JOIN_NAME, JOIN_CODE, JOIN_AGREE };

/* ---- at the new station */

/* Another station stands where OLD stood: what that one held is no proof any more. */
static enum rc holder_over(struct store *store, uint64_t old, struct fault *fault)
{
	return log_mark(store_log(store),
		&(struct mark){.holder = old, .site = old, .store = INT64_MAX}, fault);
}

enum rc enrol_pin(struct store *store, const struct token *token, struct fault *fault)
{
	struct peer peer = {.pace.frame = PACE_FAST}, old;
	bool replaced = peer_load(store, &old, fault) == RC_OK &&
			old.site.area == token->hub_area &&
			old.site.site != site_of(token->sign_public);
	enum rc rc = store_begin(store, fault);

	if (rc)
		return rc;
	peer.site = (struct site){.site = site_of(token->sign_public),
		.area = token->hub_area,
		.level = area_level(token->hub_area)};
	memcpy(peer.site.sign_public, token->sign_public, SIGN_PUBLIC);
	memcpy(peer.site.agree_public, token->agree_public, AGREE_PUBLIC);
	snprintf(peer.site.name, sizeof peer.site.name, "%s", token->hub_name);
	struct buf code = {0};
	pinyin_code(token->hub_name, 4, &code);
	snprintf(peer.site.code, sizeof peer.site.code, "%s", buf_cstr(&code));
	buf_release(&code);
	rc = log_site_set(store_log(store), &peer.site, fault);
	if (!rc && replaced)
		rc = holder_over(store, old.site.site, fault);
	if (!rc)
		rc = store_set(store, "", "secret", bytes_of(token->secret, SECRET_SIZE), fault);
	if (!rc && *token->ways)
		rc = ways_set(store, token->ways, fault);
	if (!rc)
		rc = peer_save(store, &peer, fault);
	if (!rc)
		rc = bond_begin(store, peer.site.site, fault);
	if (rc) {
		store_undo(store);
		return rc;
	}
	return store_commit(store, fault);
}

enum rc enrol_ask(
	struct store *store, const struct token *token, struct buf *frame, struct fault *fault)
{
	const struct keys *keys = store_keys(store);
	const struct station *station = store_station(store);
	struct buf fields = {0};
	uint8_t nonce[NONCE_SIZE] = {0}, bound[JOIN_BOUND] = {JOIN_VERSION};
	struct seal_key key;
	struct agree own;
	uint32_t n;
	enum rc rc = ring_own(store, &n, &own, fault);

	if (rc)
		return rc;
	if (!seal_key(&key, own.secret, own.pub, token->agree_public, true, 0))
		return fault_set(fault, RC_BAD, "%s", _("邀请码里的公钥无效"));
	put_bytes(&fields, JOIN_SECRET, WIRE_BYTES, bytes_of(token->secret, SECRET_SIZE));
	put_bytes(&fields, JOIN_NAME, WIRE_TEXT, bytes_text(station->name));
	put_bytes(&fields, JOIN_CODE, WIRE_TEXT, bytes_text(station->code));
	crypt_random(nonce, SEAL_RANDOM);
	/* The head is not FRAME's own bytes: these move when it grows. */
	memcpy(bound + 1, own.pub, AGREE_PUBLIC);
	explicit_bzero(&own, sizeof own);
	put_num(&fields, JOIN_AGREE, n);
	memcpy(bound + 1 + AGREE_PUBLIC, keys->sign_public, SIGN_PUBLIC);
	buf_put(frame, bound, sizeof bound);
	buf_put(frame, nonce, SEAL_RANDOM);
	crypt_seal(frame, key.key, nonce, bytes_of(bound, sizeof bound), buf_bytes(&fields));
	buf_release(&fields);
	return RC_OK;
}

/* ---- at the hub */

bool enrol_is_join(struct bytes frame)
{
	return frame.len > JOIN_HEAD + SEAL_TAG && frame.at[0] == JOIN_VERSION;
}

uint64_t enrol_joiner(struct bytes frame)
{
	return site_of(frame.at + 1 + AGREE_PUBLIC);
}

static bool join_open(struct store *store, struct bytes frame, struct site *site,
	uint8_t secret[SECRET_SIZE], char code[12], uint32_t *ours)
{
	struct buf plain = {0};
	struct seal_key key;
	struct bytes in;
	struct value value;
	unsigned tag;
	uint8_t nonce[NONCE_SIZE] = {0};
	struct agree own;
	bool good = false;

	memcpy(site->agree_public, frame.at + 1, AGREE_PUBLIC);
	memcpy(site->sign_public, frame.at + 1 + AGREE_PUBLIC, SIGN_PUBLIC);
	memcpy(nonce, frame.at + JOIN_BOUND, SEAL_RANDOM);
	/* The invitation may be older than our newest key. */
	for (unsigned id = 0; id < RING_KEYS && !good; id++)
		good = ring_own_id(store, id, ours, &own) &&
		       seal_key(&key, own.secret, own.pub, site->agree_public, false, 0) &&
		       crypt_open(&plain, key.key, nonce, bytes_of(frame.at, JOIN_BOUND),
			       bytes_of(frame.at + JOIN_HEAD, frame.len - JOIN_HEAD));
	explicit_bzero(&own, sizeof own);
	for (in = buf_bytes(&plain); good && in.len && (good = take_field(&in, &tag, &value));) {
		if (tag == JOIN_SECRET && value.text.len == SECRET_SIZE)
			memcpy(secret, value.text.at, SECRET_SIZE);
		if (tag == JOIN_CODE)
			bytes_into(code, 12, value.text);
		if (tag == JOIN_AGREE)
			site->agree_id = (unsigned)value.num;
	}
	buf_release(&plain);
	site->site = site_of(site->sign_public);
	return good;
}

static void put_chain(struct store *store, const struct site *joined, struct buf *out)
{
	struct log *log = store_log(store);
	struct site above;
	uint64_t next = store_station(store)->site;

	entry_put(out, joined);
	for (unsigned i = 0; i < CHAIN_MOST && next && log_site(log, next, &above); i++) {
		if (!above.area)
			break;
		entry_put(out, &above);
		next = above.above;
	}
}

/* Our own entry must hold our keys: it is the first of the chain that lower stations keep. */
static enum rc own_entry(struct store *store, struct fault *fault)
{
	const struct station *station = store_station(store);
	struct site own;
	struct agree agree;
	uint32_t n;
	enum rc rc = ring_own(store, &n, &agree, fault);

	if (rc)
		return rc;
	if (!log_site(store_log(store), station->site, &own))
		own = (struct site){.site = station->site};
	own.agree_id = n;
	own.area = station->area;
	own.level = station->level;
	memcpy(own.sign_public, store_keys(store)->sign_public, SIGN_PUBLIC);
	memcpy(own.agree_public, agree.pub, AGREE_PUBLIC);
	explicit_bzero(&agree, sizeof agree);
	snprintf(own.name, sizeof own.name, "%s", station->name);
	snprintf(own.code, sizeof own.code, "%s", station->code);
	return log_site_set(store_log(store), &own, fault);
}

/* The grant as the invitation has it. A clock that was never set gives no end: that comes when the
 * station is heard with a better one. */
static void grant_of(struct store *store, const struct invitation *invitation, struct site *site)
{
	int64_t now = log_now(store_log(store)), days = invitation->terms.days;

	site->area = invitation->area;
	site->level = invitation->level;
	site->above = store_station(store)->site;
	site->rights = invitation->terms.rights;
	site->until = invitation->terms.until;
	if (!site->until && days && now)
		site->until = now + days * 86400;
	snprintf(site->name, sizeof site->name, "%s", invitation->name);
}

static enum rc admit(struct store *store, struct site *site, const uint8_t secret[SECRET_SIZE],
	struct fault *fault)
{
	struct invitation invitation;
	struct site known = {0};
	bool found = log_site(store_log(store), site->site, &known);
	enum rc rc;

	if (!invite_load(store, secret, &invitation) ||
		(invitation.used_by && invitation.used_by != site->site))
		return fault_set(fault, RC_DENIED, "%s", _("邀请码没有发过，或已被另一个站点用过"));
	if (known.revoked)
		return fault_set(fault, RC_DENIED, _("\"%s\" 已被注销"), known.name);
	grant_of(store, &invitation, site);
	if (found && invitation.used_by) { /* it asks again: the answer was lost */
		snprintf(site->code, sizeof site->code, "%s", known.code);
		site->until = known.until;
		return RC_OK;
	}
	invitation.used_by = site->site;
	rc = invite_save(store, secret, &invitation, fault);
	if (!rc)
		rc = log_site_set(store_log(store), site, fault);
	if (!rc)
		rc = term_set(store, site->site, invitation.terms.days, fault);
	if (!rc && known.area &&
		(known.area != site->area || grant_over(known.until, log_now(store_log(store)))))
		rc = moved_below(store, site->site, fault);
	if (!rc)
		rc = grant_write(store, site, fault);
	return rc ? rc : facts_settle(store, fault);
}

enum rc enrol_answer(struct store *store, struct bytes frame, struct buf *out, struct fault *fault)
{
	struct site site = {0};
	uint8_t secret[SECRET_SIZE] = {0};
	char code[12] = "";
	uint32_t ours = 0;
	struct buf chain = {0};
	struct message answer = {.type = MESSAGE_GRANT, .time = store_now_ms(store)};
	enum rc rc;

	if (!enrol_is_join(frame) || !join_open(store, frame, &site, secret, code, &ours))
		return fault_set(
			fault, RC_DENIED, "%s", _("入网请求打不开：不是给本站的，或内容被改动"));
	code_unique(store_log(store), code, &site);
	rc = own_entry(store, fault);
	if (!rc)
		rc = admit(store, &site, secret, fault);
	if (!rc)
		rc = bond_joined(store, &site, ours, fault);
	if (rc)
		return rc;
	put_chain(store, &site, &chain);
	answer.extra = buf_bytes(&chain);
	rc = frame_close(store, &site, &answer, true, false, out, fault);
	buf_release(&chain);
	return rc;
}

/* ---- the grant at the new station */

/* Who this station is from now on. */
static enum rc become(struct store *store, const struct site *site, struct fault *fault)
{
	struct station station = *store_station(store);
	struct site known = {0};
	struct peer peer;
	enum rc rc = peer_load(store, &peer, fault);
	bool moved = station.area != site->area;

	/* While its grant was over it heard of that alone. */
	if (log_site(store_log(store), station.site, &known))
		moved |= grant_over(known.until, log_now(store_log(store)));

	station.area = site->area;
	station.level = site->level;
	station.joined = true;
	snprintf(station.code, sizeof station.code, "%s", site->code);
	snprintf(station.name, sizeof station.name, "%s", site->name);
	if (!rc)
		rc = store_station_set(store, &station, fault);
	return rc || !moved ? rc : moved_here(store, peer.site.site, fault);
}

struct looking {
	uint64_t own;
	bool found;
};

static bool below_us(const struct site *site, void *to)
{
	struct looking *looking = to;

	looking->found |= site->above == looking->own;
	return !looking->found;
}

/* Stations that joined here before this one had anybody above hear who that is: the topmost first,
 * for nobody but the one at the top may name others. */
static enum rc name_above(
	struct store *store, const struct site chain[], unsigned count, struct fault *fault)
{
	const struct station *own = store_station(store);
	struct looking looking = {own->site, false};
	enum rc rc = log_sites(store_log(store), below_us, &looking, fault);

	while (looking.found && !rc && count--)
		rc = grant_write_at(store, &chain[count], own->area, fault);
	return rc == RC_DENIED ? RC_OK : rc; /* who may not invite names nobody */
}

static enum rc take_chain(struct store *store, struct bytes in, struct fault *fault)
{
	uint64_t own = store_station(store)->site;
	struct site site, known, chain[CHAIN_MOST];
	unsigned above = 0;
	enum rc rc = RC_OK;

	for (unsigned i = 0; in.len && i <= CHAIN_MOST && !rc; i++) {
		if (!entry_take(&in, &site) || (i == 0) != (site.site == own))
			return fault_set(fault, RC_BAD, "%s", _("上级的授权不合规范，没有采用"));
		if (i == 0)
			rc = become(store, &site, fault);
		else if (log_site(store_log(store), site.site, &known))
			site.revoked = known.revoked;
		if (!rc)
			rc = log_site_set(store_log(store), &site, fault);
		if (!rc && i > 0)
			rc = bond_take(
				store, site.site, site.agree_id, site.agree_public, true, fault);
		if (i > 0)
			chain[above++] = site;
	}
	return rc ? rc : name_above(store, chain, above, fault);
}

enum rc enrol_apply(struct store *store, struct bytes frame, struct fault *fault)
{
	struct arena arena = {0};
	struct message answer = {0};
	struct peer peer;
	int64_t offset_ms;
	enum rc rc = peer_load(store, &peer, fault);

	if (!rc && heir_is(frame))
		rc = heirs_from_above(store, &peer, &frame, fault);
	if (!rc && !frame.len)
		return fault_set(fault, RC_DENIED,
			_("\"%s\" 不接受这个邀请码：没有发过、已用过或已作废"), peer.site.name);
	if (!rc)
		rc = frame_open(store, &peer.site, frame, &arena, &answer, fault);
	if (!rc && answer.type != MESSAGE_GRANT)
		rc = fault_set(fault, RC_BAD, "%s", _("收到的不是授权"));
	if (!rc && !(rc = store_begin(store, fault))) {
		rc = take_chain(store, answer.extra, fault);
		if (!rc)
			rc = store_clock_heard(store, answer.time, 0, &offset_ms, fault);
		if (!rc)
			rc = store_set(store, "", "secret", (struct bytes){0, 0}, fault);
		if (rc)
			store_undo(store);
		else
			rc = store_commit(store, fault);
	}
	arena_release(&arena);
	return rc;
}

struct revoking {
	struct store *store;
	uint64_t site;
	const char *reason;
	struct fault *fault;
	enum rc rc;
};

/* Whoever has the keys of a site has those of the sites that it was before, or could make one that
 * goes on for it: they go together. */
static bool revoke_kin(const struct site *site, void *to)
{
	struct revoking *all = to;

	if (!site->revoked && site->site != store_station(all->store)->site &&
		(heir_of(all->store, site->site, all->site) ||
			heir_of(all->store, all->site, site->site)))
		all->rc = revocation_write(all->store, site, all->reason, all->fault);
	return !all->rc;
}

enum rc enrol_revoke(struct store *store, uint64_t site, const char *reason, struct fault *fault)
{
	struct revoking all = {store, site, reason, fault, RC_OK};
	struct site known;
	enum rc rc;

	if (!log_site(store_log(store), site, &known))
		return fault_set(fault, RC_NONE, "%s", _("没有这个站点"));
	if (!area_within(known.area, store_station(store)->area) ||
		site == store_station(store)->site)
		return fault_set(fault, RC_DENIED, _("\"%s\" 不在本站辖区，不能注销"), known.name);
	rc = log_sites(store_log(store), revoke_kin, &all, fault);
	return rc ? rc : all.rc;
}
