/* SPDX-License-Identifier: GPL-3.0-or-later
 * Enrolment at the hub: who may join, the grant that answers the question, and how a grant is taken
 * back. The question is join.c's.
 *   answer: a frame like any other: this station's own entry first, then the chain of sites above
 */
#include "sync/enrol.h"

#include "base/when.h"
#include "model/area.h"
#include "store/station.h"
#include "sync/trust.h"
#include "sync/enrol/internal.h"
#include "sync/take/internal.h"
#include "sync/trust/internal.h"

#include <stdio.h>
#include <string.h>

enum { CHAIN_MOST = 8 };

bool enrol_is_join(struct bytes frame)
{
	return frame.len > JOIN_HEAD + SEAL_TAG && frame.at[0] == JOIN_VERSION;
}

uint64_t enrol_joiner(struct bytes frame)
{
	return site_of(frame.at + 1 + AGREE_PUBLIC);
}

/* A question to join, opened. */
struct joining {
	struct site site;   /* its keys; what the invitation says comes later */
	struct joined word; /* number 0: an old program, which signs nothing */
	uint8_t secret[SECRET_SIZE];
	char code[SITE_CODE];
	uint32_t ours;       /* number of our key that it was sealed to */
	struct seal_key key; /* for the answer */
};

static void join_field(struct joining *joining, unsigned tag, const struct value *value)
{
	if (tag == JOIN_SECRET && value->text.len == SECRET_SIZE)
		memcpy(joining->secret, value->text.at, SECRET_SIZE);
	else if (tag == JOIN_CODE)
		code_read(value->text, joining->code);
	else if (tag == JOIN_AGREE)
		joining->site.agree_id = (unsigned)value->num;
	else if (tag == JOIN_NUMBER)
		joining->word.number = (uint64_t)value->num;
	else if (tag == JOIN_HUB)
		joining->word.hub = (uint64_t)value->num;
}

/* The signature comes last and is over everything before it. */
static bool join_fields(struct joining *joining, struct bytes head, struct bytes in)
{
	const uint8_t *start = in.at;
	struct value value;
	unsigned tag;
	bool is_signed = false;

	while (in.len && !is_signed) {
		struct bytes before = bytes_of(start, (size_t)(in.at - start));
		if (!take_field(&in, &tag, &value))
			return false;
		is_signed = tag == JOIN_SIGNED && value.text.len == SIGN_SIZE;
		if (is_signed) {
			join_digest(head, before, joining->word.digest);
			memcpy(joining->word.sig, value.text.at, SIGN_SIZE);
		} else {
			join_field(joining, tag, &value);
		}
	}
	if (!is_signed)
		joining->word.number = 0;
	return !in.len;
}

static bool join_open(struct store *store, struct bytes frame, struct joining *joining)
{
	struct site *site = &joining->site;
	struct bytes head = bytes_of(frame.at, JOIN_BOUND);
	struct buf plain = {0};
	struct seal_key key;
	uint8_t nonce[NONCE_SIZE] = {0};
	struct agree own;
	bool good = false;

	memcpy(site->agree_public, frame.at + 1, AGREE_PUBLIC);
	memcpy(site->sign_public, frame.at + 1 + AGREE_PUBLIC, SIGN_PUBLIC);
	site->site = site_of(site->sign_public);
	memcpy(nonce, frame.at + JOIN_BOUND, SEAL_NONCE);
	/* The invitation may be older than our newest key. */
	for (unsigned id = 0; id < KEYRING_KEYS && !good; id++)
		good = keyring_own_id(store, id, &joining->ours, &own) &&
		       seal_key(&key, own.secret, own.pub, site->agree_public, false, 0) &&
		       crypt_open(&plain, key.key, nonce, head,
			       bytes_of(frame.at + JOIN_HEAD, frame.len - JOIN_HEAD));
	good = good && join_fields(joining, head, buf_bytes(&plain)) &&
	       seal_key(&joining->key, own.secret, own.pub, site->agree_public, true,
		       (uint8_t)(joining->ours % KEYRING_KEYS << 4 |
				 joining->site.agree_id % KEYRING_KEYS));
	explicit_bzero(&own, sizeof own);
	buf_release(&plain);
	return good;
}

static void put_chain(struct store *store, const struct site *site, struct buf *out)
{
	struct log *log = store_log(store);
	struct site above;
	uint64_t next = store_station(store)->site;

	entry_put(store, site, out);
	for (unsigned i = 0; i < CHAIN_MOST && next && log_site(log, next, &above); i++) {
		if (!above.area)
			break;
		entry_put(store, &above, out);
		next = above.above;
	}
}

/* Our own entry must hold our keys: it is the first of the chain that lower stations keep. */
static enum rc own_entry(struct store *store, struct fault *fault)
{
	const struct station *station = store_station(store);
	struct site own;
	struct peer peer;
	struct fault none;
	struct agree agree;
	uint32_t n;
	enum rc rc = keyring_own(store, &n, &agree, fault);

	if (rc)
		return rc;
	if (!log_site(store_log(store), station->site, &own))
		own = (struct site){.site = station->site};
	own.agree_id = n;
	own.area = station->area;
	own.level = station->level;
	if (peer_load(store, &peer, &none) == RC_OK)
		own.above = peer.site.site; /* which goes on for whoever granted it */
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
		site->until = now + days * DAY_SECONDS;
	snprintf(site->name, sizeof site->name, "%s", invitation->name);
}

/* Nobody joins below itself. */
static bool is_above(struct store *store, uint64_t site)
{
	struct site hub;
	uint64_t next = store_station(store)->site;

	if (successors_have(store, site))
		return true;
	for (unsigned i = 0; i < CHAIN_MOST && next; i++) {
		if (next == site)
			return true;
		next = log_site(store_log(store), next, &hub) ? hub.above : 0;
	}
	return false;
}

/* Does the invitation hold, and has whoever asks shown that it is that station? Nothing is changed
 * by asking. */
static enum rc may_join(struct store *store, const struct joining *joining,
	const struct invitation *invitation, const struct site *known, struct fault *fault)
{
	const struct station *own = store_station(store);
	const struct site *site = &joining->site;
	struct joined last;
	enum rc rc;

	joined_get(store, site->site, &last);
	if ((joining->word.hub != own->site && !successors_have(store, joining->word.hub)) ||
		!joined_good(&joining->word, site))
		return fault_set(fault, RC_DENIED, "%s",
			_("入网请求没有那个站点自己的签名，或不是为这份邀请签的"));
	if (is_above(store, site->site))
		return fault_set(
			fault, RC_DENIED, _("只能邀请本站 \"%s\" 辖区以内的下级"), own->name);
	rc = invitation->area == own->area ? may_invite_twin(store, fault)
					   : may_invite(store, invitation->area, fault);
	if (rc)
		return rc;
	if (known->revoked)
		return fault_set(fault, RC_DENIED, _("\"%s\" 已被注销"), known->name);
	if (known->ended)
		return fault_set(fault, RC_DENIED, _("\"%s\" 已换号，旧号不能再加入"), known->name);
	if (!invitation->used_by && joining->word.number <= last.number)
		return fault_set(fault, RC_DENIED,
			_("\"%s\" 的入网请求是以前的，没有采用：请核对那边的时钟再加入"),
			known->name);
	return RC_OK;
}

/* It asks again: the answer was lost, or somebody has recorded the question. What is known of it
 * stays as it is. */
static enum rc admit_again(
	struct store *store, struct joining *joining, const struct site *known, struct fault *fault)
{
	struct site *site = &joining->site, asked = *site;

	if (!known->area || known->area != site->area || known->level != site->level ||
		!stands_over(store, store_station(store)->site, known->above))
		return fault_set(fault, RC_DENIED, "%s", _("邀请码没有发过，或已被另一个站点用过"));
	*site = *known;
	site->agree_id = asked.agree_id;
	memcpy(site->agree_public, asked.agree_public, AGREE_PUBLIC);
	return RC_OK;
}

static enum rc admit_new(struct store *store, struct joining *joining,
	struct invitation *invitation, const struct site *known, struct fault *fault)
{
	struct site *site = &joining->site;
	struct joined last;
	enum rc rc = own_entry(store, fault), undo;

	joined_get(store, site->site, &last);
	if (!rc)
		rc = joined_set(store, site->site, &joining->word, fault);
	if (!rc && (rc = grant_write(store, site, fault))) { /* we may not invite any more */
		undo = joined_set(store, site->site, &last, fault);
		return undo ? undo : rc;
	}
	invitation->used_by = site->site;
	if (!rc)
		rc = invite_save(store, joining->secret, invitation, fault);
	if (!rc)
		rc = log_site_set(store_log(store), site, fault);
	if (!rc)
		rc = term_set(store, site->site, invitation->terms.days, fault);
	if (!rc && known->area &&
		(known->area != site->area || grant_over(known->until, log_now(store_log(store)))))
		rc = moved_below(store, site->site, fault);
	if (!rc && known->area)
		rc = grants_longer(store, site->site, fault);
	if (!rc)
		rc = facts_settle(store, fault);
	return rc ? rc : peer_keys_joined(store, site, joining->ours, fault);
}

static enum rc admit(struct store *store, struct joining *joining, struct fault *fault)
{
	struct site *site = &joining->site, known = {0};
	struct invitation invitation;
	enum rc rc;

	if (!invite_load(store, joining->secret, &invitation))
		return fault_set(fault, RC_NONE, "%s", _("邀请码没有发过，或已被另一个站点用过"));
	if (!joining->word.number)
		return fault_set(fault, RC_NEWER,
			_("站点 %s 用旧程序要求加入：请先更新它的程序再加入，邀请码仍然有效"),
			site_hex(site->site, (char[SITE_HEX]){""}));
	if (invitation.used_by && invitation.used_by != site->site)
		return fault_set(fault, RC_DENIED, "%s", _("邀请码没有发过，或已被另一个站点用过"));
	if (log_site(store_log(store), site->site, &known) &&
		memcmp(known.sign_public, (uint8_t[SIGN_PUBLIC]){0}, SIGN_PUBLIC) != 0 &&
		memcmp(known.sign_public, site->sign_public, SIGN_PUBLIC) != 0)
		return fault_set(fault, RC_DENIED, _("\"%s\" 的公钥不是这一把"), known.name);
	grant_of(store, &invitation, site);
	rc = may_join(store, joining, &invitation, &known, fault);
	if (rc || invitation.used_by)
		return rc ? rc : admit_again(store, joining, &known, fault);
	code_unique(store_log(store), joining->code, site);
	return admit_new(store, joining, &invitation, &known, fault);
}

/* Sealed to the key that the question came with, whatever else is known of the station. */
static void seal_answer(struct store *store, const struct joining *joining, struct bytes chain,
	uint64_t number, struct buf *out)
{
	uint64_t own = store_station(store)->site;
	struct message_ways ways = {.sender = own, .receiver = joining->site.site};
	struct message answer = {.type = MESSAGE_GRANT,
		.number = number,
		.time = store_now_ms(store),
		.extra = chain};
	struct buf plain = {0}, packed = {0};

	message_put(&plain, &answer, false, &ways);
	frame_pack(&packed, buf_bytes(&plain), (struct bytes){0, 0});
	seal_put(out, &joining->key, own, buf_bytes(&packed));
	buf_release(&plain);
	buf_release(&packed);
}

/* A program that does not sign cannot join. Of all that it can be told, only a dictionary that it
 * does not have makes it say that the versions differ; its invitation stays good. */
static void seal_newer(struct store *store, const struct joining *joining, struct buf *out)
{
	static const uint8_t other[] = {JOIN_NEWER};

	seal_put(out, &joining->key, store_station(store)->site, bytes_of(other, sizeof other));
}

enum rc enrol_answer(struct store *store, struct bytes frame, struct buf *out, struct fault *fault)
{
	struct joining joining = {.ours = 0};
	struct buf chain = {0};
	enum rc rc;

	if (!enrol_is_join(frame) || !join_open(store, frame, &joining))
		return fault_set(
			fault, RC_NONE, "%s", _("入网请求打不开：不是给本站的，或内容被改动"));
	rc = admit(store, &joining, fault);
	if (rc == RC_NEWER) {
		seal_newer(store, &joining, out);
		rc = RC_OK;
	} else if (!rc) {
		put_chain(store, &joining.site, &chain);
		seal_answer(store, &joining, buf_bytes(&chain), join_number(frame), out);
	}
	explicit_bzero(&joining.key, sizeof joining.key);
	buf_release(&chain);
	return rc;
}

struct revoking {
	struct store *store;
	const struct site *named;
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
		(successor_of(all->store, site->site, all->named->site) ||
			successor_of(all->store, all->named->site, site->site)))
		all->rc = revocation_write(all->store, all->named, site, all->reason, all->fault);
	return !all->rc;
}

enum rc enrol_revoke(struct store *store, uint64_t site, const char *reason, struct fault *fault)
{
	struct site known;
	struct revoking all = {store, &known, reason, fault, RC_OK};
	enum rc rc;

	if (!log_site(store_log(store), site, &known))
		return fault_set(fault, RC_NONE, "%s", _("没有这个站点"));
	if ((rc = may_revoke(store, &known, fault)))
		return rc;
	rc = log_sites(store_log(store), revoke_kin, &all, fault);
	rc = rc ? rc : all.rc;
	return rc ? rc : side_ask_again(store, fault);
}
