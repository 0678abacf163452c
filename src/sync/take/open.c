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

/* What was in a seal that is proven. */
struct content {
	const struct site *site; /* whose it is */
	struct bytes frame, packed;
	const struct lean *lean; /* what it leaves out; NULL: nothing */
};

/* What came out, and how much the model had to read for it. */
struct unpacked {
	struct buf plain;
	size_t modelled;
};

/* BELOW: whose it is, if that is below. */
static enum rc unpack(struct store *store, uint64_t below, struct bytes packed,
	const struct model_way *way, struct unpacked *out, struct fault *fault)
{
	enum rc rc;

	*out = (struct unpacked){.modelled = 0};
	if (!frame_by_model(packed))
		return frame_unpack_way(&out->plain, packed, way, fault);
	if (below && !packing_affords(store, below))
		return fault_set(
			fault, RC_NONE, "%s", _("它一分钟里要本站算得太多，将请对方用 zstd 重发"));
	rc = frame_unpack_way(&out->plain, packed, way, fault);
	if (rc != RC_NONE)
		out->modelled = so_far_bytes(way->so_far) + way->history.len +
				(rc ? model_most(packed.len) : out->plain.len);
	if (below)
		packing_spend(store, below, out->modelled);
	return rc;
}

static enum rc decode(struct store *store, const struct content *content, struct arena *arena,
	struct message *message, struct fault *fault)
{
	const struct site *site = content->site;
	struct bytes packed = content->packed;
	struct unpacked out;
	struct buf history = {0};
	struct model_way way = {.lean = content->lean != NULL,
		.unnamed = lean_version(content->frame) == LEAN_ANSWER};
	struct session_ends ends = {.other = site->site};
	struct site own;
	bool is_below;
	enum rc rc;

	model_home(store_home(store));
	log_view(store_log(store));
	own_site(store, &own);
	is_below = log_within(store_log(store), site->area, own.area);
	if (packed.len && packed.at[0] & FRAME_WITH_HISTORY)
		history_of(store, site, &own, frame_history(packed), &history);
	way.history = buf_bytes(&history);
	ends.own = own.site;
	if (way.lean)
		way.so_far = session_reading(&ends, packed, way.unnamed);
	rc = unpack(store, is_below ? site->site : 0, packed, &way, &out, fault);
	if (!rc && way.lean)
		session_read(&ends, packed,
			&(struct session_text){way.history, buf_bytes(&out.plain), way.unnamed});
	if (rc == RC_OK) {
		struct message_ways ways = routes_between(store, site, &own);
		struct bytes kept = arena_bytes(arena, buf_bytes(&out.plain));
		ways.lean = content->lean;
		rc = message_read(store, kept, &ways, arena, message, fault);
		message->plain = kept;
		message->history = arena_bytes(arena, way.history);
		message->modelled = out.modelled;
		seal_evidence(content->frame, message->trace.nonce);
		if (rc == RC_OK && !signatures_fit(message, content->frame.len))
			rc = fault_set(fault, RC_BAD, "%s", _("收到的数据帧不合规范，已丢弃"));
	}
	if (rc == RC_OK && is_below)
		burden_weigh(store, message, arena);
	log_view_end(store_log(store));
	buf_release(&out.plain);
	buf_release(&history);
	return rc;
}

enum rc frame_read(struct store *store, const struct site *site, struct bytes frame,
	struct arena *arena, struct message *message, struct fault *fault)
{
	struct content content = {.site = site, .frame = frame};
	struct buf packed = {0};
	struct seal_key key;
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
	content.packed = buf_bytes(&packed);
	rc = decode(store, &content, arena, message, fault);
	message->key_number = key_number;
	evidence_digest(buf_bytes(&packed), message->trace.digest);
	buf_release(&packed);
	return rc;
}

enum rc lean_decode(struct store *store, struct bytes frame, const struct lean_read *read,
	struct arena *arena, struct message *message, struct fault *fault)
{
	size_t skip = lean_version(frame) == LEAN_ANSWER ? LEAN_CLOCK : 0;
	const struct content content = {.site = &read->site,
		.frame = frame,
		.packed = bytes_of(read->content.at + skip, read->content.len - skip),
		.lean = &read->lean};
	enum rc rc;

	memset(message, 0, sizeof *message);
	if (!read->proven)
		return fault_set(fault, RC_DENIED, _("\"%s\" 的数据帧打不开：密钥不符或内容被改动"),
			read->site.name);
	rc = decode(store, &content, arena, message, fault);
	message->key_number = read->key_number;
	evidence_digest(buf_bytes(&read->content), message->trace.digest);
	return rc;
}

enum rc frame_heard(struct store *store, const struct site *site, const struct message *message,
	struct fault *fault)
{
	enum rc rc =
		frame_sealed(store, site, message->key_number, message->type == MESSAGE_ASK, fault);

	if (!rc)
		rc = frame_key_heard(store, site, message, fault);
	return rc ? rc : deed_heard(store, site, message, fault);
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

/* The same by the model, where that is shorter. A lean one goes on from what was said before, if
 * the other end has it; CLOSING keeps: an answer is to say that this one has. LEAN is told which
 * state it is. */
static void pack_model(struct buf *frame, const struct message *message,
	const struct message_ways *ways, struct bytes history, const struct closing *closing,
	struct lean *lean)
{
	const struct session_ends ends = {ways->sender, ways->receiver};
	struct model_way way = {.history = history, .lean = ways->lean != NULL};
	bool ask = way.lean && message->type == MESSAGE_ASK;
	struct buf plain = {0};

	message_put(&plain, message, message->fact_count >= COLUMNS_FROM, ways);
	if (ask)
		way.so_far = session_asking(&ends, true);
	else if (way.lean && closing->keeps)
		way.so_far = session_answering(&ends);
	if (so_far_bytes(way.so_far) + plain.len > closing->most)
		way.so_far = ask ? session_asking(&ends, false) : NULL;
	way.unnamed = !ask;
	if (so_far_bytes(way.so_far) + history.len + plain.len > closing->most)
		way.history = history = (struct bytes){0, 0};
	if (so_far_bytes(way.so_far) + plain.len <= closing->most)
		frame_pack_again(frame, buf_bytes(&plain), &way);
	if (ask)
		session_state(&ends, buf_bytes(frame), lean);
	if (ask)
		session_asked(&ends, buf_bytes(frame), history, buf_bytes(&plain));
	else if (way.so_far)
		session_answered(&ends, frame, buf_bytes(&plain));
	buf_release(&plain);
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

/* How a message goes out: whole, or by a version of lean_form(). */
struct outgoing {
	const struct message *message;
	const struct seal_key *key;
	unsigned version;
	struct lean lean;
};

/* PACKED, sealed so that it is evidence of what this station has said to SITE. */
static void seal(struct store *store, uint64_t site, const struct outgoing *outgoing,
	struct bytes packed, struct buf *out)
{
	const struct assertion said = asserted(store, outgoing->message);
	uint64_t own = store_station(store)->site;
	struct buf content = {0};
	struct trace trace;

	if (outgoing->version == LEAN_ANSWER)
		lean_clock_put(&content, &outgoing->lean);
	buf_put(&content, packed.at, packed.len);
	evidence_digest(buf_bytes(&content), trace.digest);
	evidence_nonce(store, site, &said, &trace);
	if (outgoing->version)
		lean_put(out, outgoing->key, outgoing->version, &outgoing->lean, trace.nonce,
			buf_bytes(&content));
	else
		seal_put_with(out, outgoing->key, own, trace.nonce, buf_bytes(&content));
	buf_release(&content);
}

void frame_finish(struct store *store, const struct site *site, const struct message *message,
	const struct closing *closing, unsigned how, struct buf *out)
{
	struct buf packed = {0}, history = {0}, read = {0}, extra = {0};
	bool model = packing_model(store, site->site, how);
	struct message whole = *message;
	struct message_ways ways;
	struct site own;
	struct outgoing outgoing = {.message = message, .key = &closing->key};
	const struct session_ends ends = {store_station(store)->site, site->site};

	buf_put(&extra, message->extra.at, message->extra.len);
	buf_put(&extra, closing->announced.at, closing->announced.len);
	packing_say(store, site->site, message, &extra);
	if (!(how & CLOSE_PLAIN))
		outgoing.version =
			lean_form(store, site->site, message, closing->question, &outgoing.lean);
	if (!outgoing.version)
		lean_say(message, &extra);
	whole.extra = buf_bytes(&extra);
	own_site(store, &own);
	ways = routes_between(store, &own, site);
	ways.plain = how & CLOSE_PLAIN;
	ways.lean = outgoing.version ? &outgoing.lean : NULL;
	if ((how & CLOSE_REMEMBER) && !ways.plain && message->fact_count &&
		message->type == MESSAGE_ASK) {
		history_of(store, &own, site, HISTORY_MOST, &history);
		if (model && how & CLOSE_CRAWLS)
			history_of(store, &own, site, MODEL_HISTORY, &read);
	}
	pack(&packed, &whole, &ways, buf_bytes(&history));
	if (model)
		pack_model(&packed, &whole, &ways, buf_bytes(&read), closing, &outgoing.lean);
	else if (ways.lean && message->type == MESSAGE_ASK)
		session_asking(&ends, false);
	seal(store, site->site, &outgoing, buf_bytes(&packed), out);
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
