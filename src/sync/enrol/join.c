/* SPDX-License-Identifier: GPL-3.0-or-later
 * Joining, at the new station: the question that it signs, and what the answer makes of it.
 *   question: 02 | agree public (32) | sign public (32) | nonce (12) | sealed fields
 * The last field is the signature, over the head and all fields before it: who shows it has the
 * key, and asks this hub with this invitation. Nothing of this station changes before the answer.
 */
#include "base/endian.h"
#include "base/when.h"
#include "model/area.h"
#include "model/pinyin.h"
#include "store/db.h"
#include "sync/enrol.h"
#include "store/station.h"
#include "sync/enrol/internal.h"
#include "sync/take/internal.h"
#include "sync/trust/internal.h"

#include <stdio.h>
#include <string.h>

enum { CHAIN_MOST = 8 };

void join_digest(struct bytes head, struct bytes fields, uint8_t digest[HASH_SIZE])
{
	struct buf all = {0};

	buf_put(&all, head.at, head.len);
	buf_put(&all, fields.at, fields.len);
	crypt_hash(buf_bytes(&all), digest);
	buf_release(&all);
}

uint64_t join_number(struct bytes frame)
{
	uint8_t hash[HASH_SIZE];

	crypt_hash(frame, hash);
	return low_get(hash, LOW_WORD) >> 1 |
	       1; /* programs of before the signature answer with 0 */
}

/* ---- the invitation that was taken, until it is answered */

enum { JOINING_TOKEN = 1, JOINING_WORD, JOINING_NUMBER };

struct asked {
	struct token token;
	struct joined word;
	uint64_t number; /* that the answer repeats */
};

static enum rc asked_save(struct store *store, const struct token *token, const struct joined *word,
	uint64_t number, struct fault *fault)
{
	char text[TOKEN_TEXT];
	struct buf out = {0}, raw = {0};
	enum rc rc;

	token_write(token, text);
	joined_put(word, &raw);
	put_bytes(&out, JOINING_TOKEN, WIRE_TEXT, bytes_text(text));
	put_bytes(&out, JOINING_WORD, WIRE_BYTES, buf_bytes(&raw));
	put_num(&out, JOINING_NUMBER, number);
	rc = kv_bytes_set(store, kv_own(KV_JOINING), buf_bytes(&out), fault);
	if (!rc)
		rc = kv_bytes_set(
			store, kv_own(KV_SECRET), bytes_of(token->secret, SECRET_SIZE), fault);
	buf_release(&out);
	buf_release(&raw);
	return rc;
}

static enum rc asked_load(struct store *store, struct asked *asked, struct fault *fault)
{
	struct buf kept = {0};
	struct value value;
	unsigned tag;
	char text[TOKEN_TEXT] = "";

	memset(asked, 0, sizeof *asked);
	kv_bytes(store, kv_own(KV_JOINING), &kept);
	for (struct bytes in = buf_bytes(&kept); in.len && take_field(&in, &tag, &value);) {
		if (tag == JOINING_TOKEN)
			bytes_into(text, sizeof text, value.text);
		else if (tag == JOINING_WORD)
			joined_take(value.text, &asked->word);
		else if (tag == JOINING_NUMBER)
			asked->number = (uint64_t)value.num;
	}
	buf_release(&kept);
	return *text ? token_read(text, &asked->token, fault)
		     : fault_set(fault, RC_NONE, "%s",
			       _("本站没有要求加入：请先用邀请码 outpost join"));
}

static enum rc asked_clear(struct store *store, struct fault *fault)
{
	enum rc rc = kv_bytes_set(store, kv_own(KV_JOINING), (struct bytes){0, 0}, fault);

	return rc ? rc : kv_bytes_set(store, kv_own(KV_SECRET), (struct bytes){0, 0}, fault);
}

/* Higher than the last one, also of a store that is gone: so it follows the clock. */
static uint64_t next_number(struct store *store)
{
	int64_t now = store_now(store);
	struct joined last;
	struct asked open;
	struct fault none;
	uint64_t most;

	joined_get(store, store_station(store)->site, &last);
	most = last.number;
	if (asked_load(store, &open, &none) == RC_OK && open.word.number > most)
		most = open.word.number;
	return now > 0 && (uint64_t)now > most ? (uint64_t)now : most + 1;
}

static void put_question(struct store *store, const struct token *token, uint32_t n,
	struct bytes head, struct joined *word, struct buf *fields)
{
	const struct station *station = store_station(store);
	struct site site = {.area = token->area, .level = token->level};

	*word = (struct joined){.number = next_number(store), .hub = site_of(token->sign_public)};
	put_bytes(fields, JOIN_SECRET, WIRE_BYTES, bytes_of(token->secret, SECRET_SIZE));
	put_bytes(fields, JOIN_NAME, WIRE_TEXT, bytes_text(station->name));
	put_bytes(fields, JOIN_CODE, WIRE_TEXT, bytes_text(station->code));
	put_num(fields, JOIN_AGREE, n);
	put_num(fields, JOIN_NUMBER, word->number);
	put_num(fields, JOIN_HUB, word->hub);
	join_digest(head, buf_bytes(fields), word->digest);
	memcpy(site.sign_public, store_keys(store)->sign_public, SIGN_PUBLIC);
	joined_sign(word, store_keys(store), &site);
	put_bytes(fields, JOIN_SIGNED, WIRE_BYTES, bytes_of(word->sig, SIGN_SIZE));
}

enum rc enrol_ask(
	struct store *store, const struct token *token, struct buf *frame, struct fault *fault)
{
	struct buf fields = {0}, whole = {0};
	uint8_t nonce[NONCE_SIZE] = {0}, bound[JOIN_BOUND] = {JOIN_VERSION};
	struct joined word;
	struct seal_key key;
	struct agree own;
	uint32_t n;
	enum rc rc = keyring_own(store, &n, &own, fault);

	if (rc)
		return rc;
	if (!seal_key(&key, own.secret, own.pub, token->agree_public, true, 0))
		return fault_set(fault, RC_BAD, "%s", _("邀请码里的公钥无效"));
	memcpy(bound + 1, own.pub, AGREE_PUBLIC);
	explicit_bzero(&own, sizeof own);
	memcpy(bound + 1 + AGREE_PUBLIC, store_keys(store)->sign_public, SIGN_PUBLIC);
	put_question(store, token, n, bytes_of(bound, sizeof bound), &word, &fields);
	crypt_random(nonce, SEAL_NONCE);
	buf_put(&whole, bound, sizeof bound);
	buf_put(&whole, nonce, SEAL_NONCE);
	crypt_seal(&whole, key.key, nonce, bytes_of(bound, sizeof bound), buf_bytes(&fields));
	rc = asked_save(store, token, &word, join_number(buf_bytes(&whole)), fault);
	buf_put(frame, whole.at, whole.len);
	buf_release(&fields);
	buf_release(&whole);
	return rc;
}

/* ---- the answer */

/* Another station stands where OLD stood: what that one held is no proof any more. */
static enum rc holder_over(struct store *store, uint64_t old, struct fault *fault)
{
	return log_mark(store_log(store),
		&(struct mark){.holder = old, .site = old, .store = INT64_MAX}, fault);
}

/* The site of the invitation is the one above from now on. */
static enum rc pin(
	struct store *store, const struct token *token, struct peer *peer, struct fault *fault)
{
	struct peer old = {.question = 0};
	struct fault none;
	bool had = peer_load(store, &old, &none) == RC_OK;
	struct buf code = {0};
	enum rc rc;

	/* Numbers of questions go on: an answer that somebody recorded is none to the next one. */
	*peer = (struct peer){.pace.frame = PACE_FAST, .question = old.question};
	peer->site = (struct site){.site = site_of(token->sign_public),
		.area = token->hub_area,
		.level = area_level(token->hub_area)};
	memcpy(peer->site.sign_public, token->sign_public, SIGN_PUBLIC);
	memcpy(peer->site.agree_public, token->agree_public, AGREE_PUBLIC);
	snprintf(peer->site.name, sizeof peer->site.name, "%s", token->hub_name);
	pinyin_code(token->hub_name, 4, &code);
	snprintf(peer->site.code, sizeof peer->site.code, "%s", buf_cstr(&code));
	buf_release(&code);
	rc = log_site_set(store_log(store), &peer->site, fault);
	if (!rc && had && old.site.area == token->hub_area && old.site.site != peer->site.site) {
		rc = holder_over(store, old.site.site, fault);
		if (!rc)
			rc = hub_replaced(store, old.site.site, peer->site.site, fault);
	}
	if (!rc)
		rc = peer_save(store, peer, fault);
	return rc ? rc : peer_keys_begin(store, peer->site.site, fault);
}

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
		rc = grant_write_at(store, &chain[count], own->area, NULL, fault);
	return rc == RC_DENIED ? RC_OK : rc; /* who may not invite names nobody */
}

struct chain {
	struct site sites[CHAIN_MOST];
	unsigned count;
	bool known; /* a site of it was known before: what stands above that is not the hub's to say
		     */
};

/* A site above the hub. Who is known here stays what it is, unless it shows its own word for
 * another place. */
static enum rc take_above(struct store *store, struct site *site, const struct joined *word,
	struct chain *chain, struct fault *fault)
{
	struct site known;
	struct joined last;
	enum rc rc;

	if (log_site(store_log(store), site->site, &known) && known.area) {
		joined_get(store, site->site, &last);
		chain->known = true;
		if (word->number <= last.number || word->hub != site->above ||
			memcmp(known.sign_public, site->sign_public, SIGN_PUBLIC) != 0 ||
			!joined_good(word, site)) {
			*site = known;
			return RC_OK;
		}
		chain->known = false; /* it says itself who stands above it */
		site->revoked = known.revoked;
		site->ended = known.ended;
		site->agree_id = known.agree_id;
		memcpy(site->agree_public, known.agree_public, AGREE_PUBLIC);
	} else if (chain->known) {
		site->area = 0;
		return RC_OK;
	}
	rc = joined_good(word, site) ? joined_set(store, site->site, word, fault) : RC_OK;
	if (!rc)
		rc = log_site_set(store_log(store), site, fault);
	return rc ? rc
		  : peer_keys_take(
			    store, site->site, site->agree_id, site->agree_public, false, fault);
}

/* Who answers says itself who it is and who stands above it: this station's people have chosen it.
 */
static enum rc take_hub(struct store *store, struct site *site, const struct joined *word,
	const struct peer *peer, struct fault *fault)
{
	struct site known;
	struct joined last;
	enum rc rc;

	if (site->site != peer->site.site)
		return fault_set(fault, RC_BAD, "%s", _("上级的授权不合规范，没有采用"));
	if (log_site(store_log(store), site->site, &known))
		site->revoked = known.revoked;
	joined_get(store, site->site, &last);
	rc = word->number > last.number && joined_good(word, site)
		     ? joined_set(store, site->site, word, fault)
		     : RC_OK;
	if (!rc)
		rc = log_site_set(store_log(store), site, fault);
	return rc ? rc
		  : peer_keys_take(
			    store, site->site, site->agree_id, site->agree_public, true, fault);
}

static enum rc take_own(struct store *store, const struct site *site, const struct asked *asked,
	const struct peer *peer, struct fault *fault)
{
	enum rc rc;

	if (site->site != store_station(store)->site || site->above != peer->site.site ||
		site->area != asked->token.area || site->level != asked->token.level)
		return fault_set(fault, RC_BAD, "%s", _("上级的授权不合规范，没有采用"));
	rc = become(store, site, fault);
	if (!rc)
		rc = joined_set(store, site->site, &asked->word, fault);
	return rc ? rc : log_site_set(store_log(store), site, fault);
}

/* Does BELOW stand in the area of SITE, the entry N? A twin's hub has the same; all others larger
 * ones. */
static bool stands_in(
	const struct token *token, unsigned n, const struct site *below, const struct site *site)
{
	bool twin = n == 1 && token->area == token->hub_area;

	return area_within(below->area, site->area) && (site->area == below->area) == twin;
}

/* The own entry, the hub's, and those above it. */
static enum rc take_chain(struct store *store, struct bytes in, const struct asked *asked,
	const struct peer *peer, struct fault *fault)
{
	struct chain chain = {.count = 0};
	struct site site, below = {0};
	struct joined word;
	enum rc rc = RC_OK;

	for (unsigned i = 0; in.len && i <= CHAIN_MOST && !rc; i++) {
		if (!entry_take(&in, &site, &word) ||
			(i && !stands_in(&asked->token, i, &below, &site)))
			return fault_set(fault, RC_BAD, "%s", _("上级的授权不合规范，没有采用"));
		below = site;
		if (i == 0)
			rc = take_own(store, &site, asked, peer, fault);
		else if (i == 1)
			rc = take_hub(store, &site, &word, peer, fault);
		else
			rc = take_above(store, &site, &word, &chain, fault);
		if (i > 0 && site.area)
			chain.sites[chain.count++] = site;
	}
	if (!rc && !chain.count)
		return fault_set(fault, RC_BAD, "%s", _("上级的授权不合规范，没有采用"));
	return rc ? rc : name_above(store, chain.sites, chain.count, fault);
}

static enum rc open_answer(struct store *store, struct peer *peer, struct bytes frame,
	struct arena *arena, struct message *answer, struct fault *fault)
{
	enum rc rc =
		successor_is(frame) ? successors_from_above(store, peer, &frame, fault) : RC_OK;

	if (!rc && !frame.len)
		return fault_set(fault, RC_DENIED,
			_("\"%s\" 不接受这个邀请码：没有发过、已用过或已作废；也可能不接受本站，"
			  "原因在上级的 hub.log 里"),
			peer->site.name);
	if (!rc)
		rc = frame_open(store, &peer->site, frame, arena, answer, fault);
	if (rc == RC_NONE)
		return fault_set(fault, RC_NEWER,
			_("\"%s\" 要用更新的程序：请先更新本站的程序再加入，邀请码仍然有效"),
			peer->site.name);
	return rc;
}

static bool answers(const struct message *answer, const struct asked *asked)
{
	return answer->type == MESSAGE_GRANT &&
	       (!answer->number || answer->number == asked->number);
}

enum rc enrol_apply(struct store *store, struct bytes frame, struct fault *fault)
{
	struct arena arena = {0};
	struct message answer = {0};
	struct peer peer;
	struct asked asked;
	int64_t offset_ms;
	enum rc rc = asked_load(store, &asked, fault);

	if (!rc)
		rc = store_begin(store, fault);
	if (rc)
		return rc;
	rc = pin(store, &asked.token, &peer, fault);
	if (!rc)
		rc = open_answer(store, &peer, frame, &arena, &answer, fault);
	if (!rc && !answers(&answer, &asked))
		rc = fault_set(fault, RC_BAD, "%s", _("收到的不是授权"));
	if (!rc)
		rc = take_chain(store, answer.extra, &asked, &peer, fault);
	if (!rc)
		rc = store_clock_heard(store, answer.time, 0, &offset_ms, fault);
	if (!rc && *asked.token.ways)
		rc = routes_set(store, asked.token.ways, fault);
	if (!rc)
		rc = asked_clear(store, fault);
	if (rc)
		store_undo(store);
	else
		rc = store_commit(store, fault);
	arena_release(&arena);
	return rc;
}
