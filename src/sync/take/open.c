/* SPDX-License-Identifier: GPL-3.0-or-later
 * Frames between this store and another site: unsealed, unpacked and decoded, and the way back. The
 * recent facts of the sender that both ends hold serve as dictionary.
 */
#include "store/station.h"
#include "sync/keys.h"
#include "sync/take/internal.h"
#include "sync/wire/internal.h"
#include "sync/wire.h"

#include "base/memory.h"
#include "model/area.h"

#include <string.h>

struct gathered {
	struct arena *arena;
	struct fact *facts;
	size_t count, room;
};

static bool gather(const struct fact *fact, void *to)
{
	struct gathered *all = to;

	all->facts =
		array_more_in(all->arena, all->facts, all->count, &all->room, sizeof *all->facts);
	all->facts[all->count].raw = arena_bytes(all->arena, fact->raw);
	all->facts[all->count++].sig = (struct bytes){0, 0};
	return true;
}

/* Rows of what the lower station wrote and both hold. OUR number of its watermark is what we know:
 * the station asks its marks of us, we ask our own log. Both make the same bytes, or the frame's
 * hash tells. */
static void history_of(struct store *store, const struct site *lower, const struct site *upper,
	size_t most, struct buf *out)
{
	struct log *log = store_log(store);
	uint64_t own = store_station(store)->site;
	struct author_held both = {.site = lower->site};
	struct arena arena = {0};
	struct gathered all = {.arena = &arena};
	struct body_ways ways = {.sender = lower->site, .sender_area = lower->area};
	struct fault fault;
	struct buf rows = {0};

	for (unsigned lane = 0; lane < LANES; lane++)
		both.upto[lane] = own == upper->site
					  ? log_author(log, lower->site, lane)
					  : log_held(log, upper->site, lower->site, lane);
	if (log_recent(log, &both, most, gather, &all, &fault) == RC_OK && all.count) {
		body_put(&rows, all.facts, all.count, false, &ways);
		size_t skip = rows.len > most ? rows.len - most : 0;
		buf_put(out, rows.at + skip, rows.len - skip);
	}
	buf_release(&rows);
	arena_release(&arena);
}

static void own_site(struct store *store, struct site *own)
{
	const struct station *station = store_station(store);

	if (!log_site(store_log(store), station->site, own))
		*own = (struct site){.site = station->site};
	own->area = station->area;
	own->level = station->level;
}

static uint64_t ask_before(void *to, struct ref rec, uint64_t site, uint32_t seq)
{
	return log_before(to, rec, site, seq);
}

static uint64_t ask_area(void *to, struct ref rec)
{
	struct arena arena = {0};
	struct fact fact;
	struct op op = {0};

	if (!log_fact(to, rec.site, rec.seq, &arena, &fact) || !op_take(fact.raw, &op))
		op.area = 0;
	arena_release(&arena);
	return op.area;
}

struct body_ways guesses(
	struct store *store, const struct site *sender, const struct site *receiver)
{
	struct log *log = store_log(store);
	struct body_ways ways = {.sender = sender->site,
		.sender_area = sender->area,
		.before = ask_before,
		.area = ask_area,
		.to = log};
	struct site hub;
	uint64_t next = receiver->above == sender->site ? sender->site : receiver->site;

	for (unsigned i = 0; i < BODY_CHAIN && next; i++) {
		ways.chain[i] = next;
		next = log_site(log, next, &hub) ? hub.above : 0;
	}
	return ways;
}

static struct message_ways routes_between(
	struct store *store, const struct site *sender, const struct site *receiver)
{
	return (struct message_ways){.sender = sender->site,
		.receiver = receiver->site,
		.body = guesses(store, sender, receiver)};
}

/* The key id of a frame: 4 bits for the sender's key, 4 for the receiver's. */
static bool key_to(
	struct store *store, const struct site *site, struct seal_key *key, struct fault *fault)
{
	struct site now = *site;
	struct peer_keys peer_keys;
	struct agree own;
	uint32_t n;
	bool good;

	log_site(store_log(store), site->site, &now);
	peer_keys_load(store, site->site, &peer_keys);
	/* What it knew may be destroyed by now, or is the newest one that is said before the frame.
	 */
	good = ((!peer_keys.introduce &&
			keyring_own_id(store, peer_keys.mine % KEYRING_KEYS, &n, &own)) ||
		       keyring_own(store, &n, &own, fault) == RC_OK) &&
	       seal_key(key, own.secret, own.pub, now.agree_public, true,
		       (uint8_t)(n % KEYRING_KEYS << 4 | now.agree_id % KEYRING_KEYS));
	explicit_bzero(&own, sizeof own);
	return good;
}

bool frame_key(struct store *store, const struct site *site, uint8_t id, bool sent,
	struct seal_key *key, uint32_t *n)
{
	unsigned theirs = sent ? id & 15 : id >> 4, ours = sent ? id >> 4 : id & 15;
	struct site now = *site;
	struct peer_keys peer_keys;
	struct agree own;
	const uint8_t *pub = now.agree_public;
	bool good;

	log_site(store_log(store), site->site, &now);
	peer_keys_load(store, site->site, &peer_keys);
	if (peer_keys.theirs[theirs].is)
		pub = peer_keys.theirs[theirs].pub;
	else if (peer_keys.numbered && now.agree_id % KEYRING_KEYS != theirs)
		return false;
	good = keyring_own_id(store, ours, n, &own) &&
	       seal_key(key, own.secret, own.pub, pub, sent, id);
	explicit_bzero(&own, sizeof own);
	return good;
}

/* It has sealed to our key N: so it knows that one, and we need not say who we are. A question is
 * answered with the key that it was sealed to, for its writer may have been put back to an earlier
 * day. */
enum rc frame_sealed(
	struct store *store, const struct site *site, uint32_t n, bool asks, struct fault *fault)
{
	struct peer_keys peer_keys;

	peer_keys_load(store, site->site, &peer_keys);
	if ((n == peer_keys.mine && !peer_keys.introduce) || store_readonly(store))
		return RC_OK;
	peer_keys.mine = asks || n > peer_keys.mine ? n : peer_keys.mine;
	peer_keys.introduce = false;
	return peer_keys_save(store, site->site, &peer_keys, fault);
}

static bool announced(const struct message *message, uint64_t *n, struct bytes *key)
{
	struct bytes in = message->extra;
	struct value value;
	unsigned tag;

	while (in.len && take_field(&in, &tag, &value)) {
		*key = value.text;
		if (tag == EXTRA_KEY && value.wire == WIRE_BYTES && take_varint(key, n) &&
			*n <= UINT32_MAX && key->len == AGREE_PUBLIC)
			return true;
	}
	return false;
}

bool frame_announced(const struct message *message, uint64_t *n)
{
	struct bytes key;

	return announced(message, n, &key);
}

enum rc frame_key_heard(struct store *store, const struct site *site, const struct message *message,
	struct fault *fault)
{
	struct bytes key;
	uint64_t n;
	enum rc rc;

	if (message->type == MESSAGE_GRANT || store_readonly(store))
		return RC_OK; /* a grant's extra is the chain */
	rc = packing_heard(store, site->site, message, fault);
	if (rc || !announced(message, &n, &key))
		return rc;
	return peer_keys_take(store, site->site, (uint32_t)n, key.at, false, fault);
}

/* Signatures do not pack: a frame that has more of them than fit is made to be costly. */
static bool signatures_fit(const struct message *message, size_t frame)
{
	size_t count = 0;

	for (size_t i = 0; i < message->fact_count; i++)
		count += message->facts[i].sig.len != 0;
	return count * SIGN_SIZE <= frame;
}

/* The sender may write from under its area's new code already, which is known here as a change of
 * the old one and not yet by its grant. */
static enum rc message_read(struct store *store, struct bytes in, struct message_ways *ways,
	struct arena *arena, struct message *message, struct fault *fault)
{
	uint64_t now = area_now(log_areas(store_log(store)), ways->body.sender_area);
	enum rc rc = message_take(in, ways, arena, message, fault);

	if (rc != RC_BAD || now == ways->body.sender_area)
		return rc;
	ways->body.sender_area = now;
	return message_take(in, ways, arena, message, fault);
}

enum rc frame_read(struct store *store, const struct site *site, struct bytes frame,
	struct arena *arena, struct message *message, struct fault *fault)
{
	struct buf packed = {0}, plain = {0}, history = {0};
	struct seal_key key;
	struct site own;
	uint64_t sender;
	uint32_t key_number;
	uint8_t id;
	enum rc rc;

	memset(message, 0, sizeof *message);
	if (!seal_head(frame, &sender, &id) || sender != site->site ||
		!frame_key(store, site, id, false, &key, &key_number) ||
		!seal_take(&packed, &key, frame)) {
		buf_release(&packed);
		return fault_set(fault, RC_DENIED, _("\"%s\" 的数据帧打不开：密钥不符或内容被改动"),
			site->name);
	}
	model_home(store_home(store));
	log_view(store_log(store));
	own_site(store, &own);
	if (packed.len && packed.at[0] & FRAME_WITH_HISTORY)
		history_of(store, site, &own, frame_history(buf_bytes(&packed)), &history);
	rc = frame_unpack(&plain, buf_bytes(&packed), buf_bytes(&history), fault);
	if (rc == RC_OK) {
		struct message_ways ways = routes_between(store, site, &own);
		struct bytes kept = arena_bytes(arena, buf_bytes(&plain));
		rc = message_read(store, kept, &ways, arena, message, fault);
		message->key_number = key_number;
		message->plain = kept;
		message->history = arena_bytes(arena, buf_bytes(&history));
		evidence_digest(buf_bytes(&packed), message->trace.digest);
		memcpy(message->trace.nonce, frame.at + SEAL_BOUND, SEAL_NONCE);
		if (rc == RC_OK && !signatures_fit(message, frame.len))
			rc = fault_set(fault, RC_BAD, "%s", _("收到的数据帧不合规范，已丢弃"));
	}
	if (rc == RC_OK && log_within(store_log(store), site->area, own.area))
		burden_weigh(store, message, arena);
	log_view_end(store_log(store));
	buf_release(&packed);
	buf_release(&plain);
	buf_release(&history);
	return rc;
}

enum rc frame_heard(struct store *store, const struct site *site, const struct message *message,
	struct fault *fault)
{
	enum rc rc =
		frame_sealed(store, site, message->key_number, message->type == MESSAGE_ASK, fault);

	return rc ? rc : frame_key_heard(store, site, message, fault);
}

enum rc frame_open(struct store *store, const struct site *site, struct bytes frame,
	struct arena *arena, struct message *message, struct fault *fault)
{
	enum rc rc = frame_read(store, site, frame, arena, message, fault);

	return rc ? rc : frame_heard(store, site, message, fault);
}

/* Rows or columns, whichever packs shorter; a few facts are never shorter as columns. */
enum { COLUMNS_FROM = 24 };

static void pack(struct buf *out, const struct message *message, struct message_ways *ways,
	struct bytes history)
{
	struct buf plain = {0}, other = {0};

	message_put(&plain, message, false, ways);
	frame_pack(out, buf_bytes(&plain), history);
	if (message->fact_count >= COLUMNS_FROM) {
		buf_clear(&plain);
		message_put(&plain, message, true, ways);
		frame_pack(&other, buf_bytes(&plain), history);
		if (other.len < out->len) {
			buf_clear(out);
			buf_put(out, other.at, other.len);
		}
	}
	/* False ones may all be the same, and pack: whoever passes them on must be read. */
	if (!signatures_fit(message, out->len)) {
		buf_clear(&plain);
		message_put(&plain, message, false, ways);
		buf_clear(out);
		buf_byte(out, FRAME_PLAIN);
		buf_put(out, plain.at, plain.len);
	}
	buf_release(&plain);
	buf_release(&other);
}

/* The same by the model, where that is shorter. */
static void pack_model(struct buf *frame, const struct message *message,
	const struct message_ways *ways, struct bytes history)
{
	struct buf plain = {0};

	message_put(&plain, message, message->fact_count >= COLUMNS_FROM, ways);
	frame_pack_again(frame, buf_bytes(&plain), history);
	buf_release(&plain);
}

/* A key of ours that it has not sealed to yet is announced with every frame. */
static enum rc announce(struct store *store, const struct site *site, struct arena *arena,
	struct bytes *extra, struct fault *fault)
{
	struct buf both = {0}, field = {0};
	struct peer_keys peer_keys;
	struct agree own;
	uint32_t n;
	enum rc rc = keyring_own(store, &n, &own, fault);

	peer_keys_load(store, site->site, &peer_keys);
	if (!rc && n != peer_keys.mine) {
		put_varint(&both, n);
		buf_put(&both, own.pub, AGREE_PUBLIC);
		struct value value = {WIRE_BYTES, 0, buf_bytes(&both)};
		put_field(&field, EXTRA_KEY, &value);
		*extra = arena_bytes(arena, buf_bytes(&field));
	}
	explicit_bzero(&own, sizeof own);
	buf_release(&both);
	buf_release(&field);
	return rc;
}

enum rc frame_prepare(struct store *store, const struct site *site, bool is_grant,
	struct arena *arena, struct closing *closing, struct fault *fault)
{
	*closing = (struct closing){.announced = {0, 0}};
	if (!key_to(store, site, &closing->key, fault))
		return fault_set(fault, RC_DENIED, _("没有 \"%s\" 的公钥，不能加封"), site->name);
	return is_grant ? RC_OK : announce(store, site, arena, &closing->announced, fault);
}

/* What this station will have to own up to. Answers that ask for more, or refuse, move nothing that
 * is remembered here. */
static struct assertion asserted(struct store *store, const struct message *message)
{
	uint64_t number = log_number(store_log(store));
	bool carried = message->type == MESSAGE_CARRY;

	if (message->type == MESSAGE_ASK)
		return (struct assertion){EVIDENCE_QUESTION, 0, message->number};
	if (carried && message->counts)
		return (struct assertion){EVIDENCE_QUESTION, 0, message->counts};
	if (carried)
		return (struct assertion){EVIDENCE_CARRIED, number, 0};
	if (message->type == MESSAGE_ANSWER && message->status == ANSWER_DONE)
		return (struct assertion){EVIDENCE_ANSWER, number, message->number};
	return (struct assertion){EVIDENCE_NONE, number, message->number};
}

void frame_finish(struct store *store, const struct site *site, const struct message *message,
	const struct closing *closing, unsigned how, struct buf *out)
{
	struct buf packed = {0}, history = {0}, read = {0}, extra = {0};
	bool model = packing_model(store, site->site, how);
	struct message whole = *message;
	struct message_ways ways;
	struct assertion said = asserted(store, message);
	struct trace trace;
	struct site own;

	buf_put(&extra, message->extra.at, message->extra.len);
	buf_put(&extra, closing->announced.at, closing->announced.len);
	packing_say(store, site->site, message, &extra);
	whole.extra = buf_bytes(&extra);
	own_site(store, &own);
	ways = routes_between(store, &own, site);
	ways.plain = how & CLOSE_PLAIN;
	if ((how & CLOSE_REMEMBER) && !ways.plain && message->fact_count &&
		message->type == MESSAGE_ASK) {
		history_of(store, &own, site, HISTORY_MOST, &history);
		if (model && how & CLOSE_CRAWLS)
			history_of(store, &own, site, MODEL_HISTORY, &read);
	}
	pack(&packed, &whole, &ways, buf_bytes(&history));
	if (model)
		pack_model(&packed, &whole, &ways, buf_bytes(&read));
	evidence_digest(buf_bytes(&packed), trace.digest);
	evidence_nonce(store, site->site, &said, &trace);
	seal_put_with(out, &closing->key, own.site, trace.nonce, buf_bytes(&packed));
	buf_release(&packed);
	buf_release(&history);
	buf_release(&read);
	buf_release(&extra);
}

enum rc frame_close(struct store *store, const struct site *site, const struct message *message,
	unsigned how, struct buf *out, struct fault *fault)
{
	struct arena arena = {0};
	struct closing closing;
	enum rc rc =
		frame_prepare(store, site, message->type == MESSAGE_GRANT, &arena, &closing, fault);

	if (!rc)
		frame_finish(store, site, message, &closing, how, out);
	explicit_bzero(&closing.key, sizeof closing.key);
	arena_release(&arena);
	return rc;
}
