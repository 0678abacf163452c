/* SPDX-License-Identifier: GPL-3.0-or-later
 * Looking into a frame without taking it.
 */
#include "store/station.h"
#include "sync/swap.h"
#include "sync/take/internal.h"

#include "sync/enrol.h"

#include <string.h>

enum { NUMBER_SHIFT = 4, FLAG_PACKED = 1 };

/* The other end of a frame: whose seal may fit. */
struct looking {
	struct store *store;
	struct bytes frame;
	bool own; /* this station has sealed it */
	struct arena *arena;
	struct buf packed;
	size_t skip; /* of it, before what was packed */
	struct site other;
	bool found;
	struct message message; /* of a lean one that was found */
};

static bool try_site(const struct site *site, void *to)
{
	struct looking *looking = to;
	struct seal_key key;
	uint32_t n;

	looking->found =
		frame_key(looking->store, site, looking->frame.at[1], looking->own, &key, &n) &&
		seal_take(&looking->packed, &key, looking->frame);
	if (looking->found)
		looking->other = *site;
	return !looking->found;
}

/* Read as the end that it was for would, and by what that end knows without hearing it: WAY, LEAN.
 */
static enum rc decode_as(struct looking *looking, const struct model_way *way,
	const struct lean *lean, struct message *message, struct fault *fault)
{
	struct store *store = looking->store;
	const struct station *station = store_station(store);
	struct site own = {.site = station->site};
	const struct site *sender = looking->own ? &own : &looking->other,
			  *receiver = looking->own ? &looking->other : &own;
	struct buf plain = {0};
	enum rc rc = frame_unpack_way(&plain,
		bytes_of(looking->packed.at + looking->skip, looking->packed.len - looking->skip),
		way, fault);

	log_site(store_log(store), own.site, &own);
	own.area = station->area;
	struct message_ways ways = {.sender = sender->site,
		.receiver = receiver->site,
		.body = guesses(store, sender, receiver),
		.lean = lean};
	struct bytes kept = arena_bytes(looking->arena, buf_bytes(&plain));
	if (!rc)
		rc = message_take(kept, &ways, looking->arena, message, fault);
	message->plain = kept;
	buf_release(&plain);
	return rc;
}

/* What we have written ourselves. */
static enum rc decode_own(struct looking *looking, struct message *message, struct fault *fault)
{
	return decode_as(looking, &(struct model_way){.lean = false}, NULL, message, fault);
}

static void show_packing(unsigned flags, struct sight *sight)
{
	sight->packed = flags & FLAG_PACKED || flags >> NUMBER_SHIFT == MODEL_NUMBER;
	sight->history = flags & FRAME_WITH_HISTORY;
	sight->dictionary = flags >> NUMBER_SHIFT;
}

/* Is it of SITE, or for it? The check of its facts tells: the tag is made of numbers that nobody
 * keeps. One without facts tells nothing. */
static bool peek_site(const struct site *site, void *to)
{
	struct looking *looking = to;
	bool answer = lean_version(looking->frame) == LEAN_ANSWER;
	const struct lean unknown = {.number = 0};
	const struct model_way way = {.lean = true, .unnamed = answer};
	struct seal_key key;
	struct fault fault;
	uint8_t hash[HASH_SIZE];
	uint32_t n;

	looking->other = *site;
	buf_clear(&looking->packed);
	if (!site->area ||
		!frame_key(looking->store, site, looking->frame.at[1], looking->own, &key, &n))
		return true;
	looking->found = lean_open(&looking->packed, &key, looking->frame, hash);
	explicit_bzero(&key, sizeof key);
	looking->skip = answer ? LEAN_CLOCK : 0;
	looking->found = looking->found && looking->packed.len > looking->skip &&
			 decode_as(looking, &way, &unknown, &looking->message, &fault) == RC_OK &&
			 looking->message.fact_count &&
			 looking->message.type == (answer ? MESSAGE_ANSWER : MESSAGE_ASK);
	return !looking->found;
}

/* What was recorded some time ago. */
static void peek_lean(struct looking *looking, struct sight *sight, struct fault *fault)
{
	struct log *log = store_log(looking->store);
	uint64_t own = store_station(looking->store)->site;
	bool ask = lean_version(looking->frame) == LEAN_ASK;
	struct fault why;

	looking->own = ask && lean_may_be_of(own, looking->frame);
	if (log_sites(log, peek_site, looking, &why) == RC_OK && !looking->found && !ask) {
		looking->own = true;
		(void)!log_sites(log, peek_site, looking, &why);
	}
	sight->opened = sight->decoded = looking->found;
	if (!looking->found) {
		fault_set(
			fault, RC_OK, "%s", _("省去了两边都知道的内容：只有收它的站点当时读得懂"));
		return;
	}
	sight->sender = looking->own ? own : looking->other.site;
	show_packing(looking->packed.at[looking->skip], sight);
	sight->message = looking->message;
	fault_set(fault, RC_OK, "%s",
		_("省去的编号和进度已经没有人知道；没有验明是谁封的，只有内容的校验对得上"));
}

/* Of one that leaves out what both ends know: what they still know, or the facts alone. */
static void dump_lean(struct looking *looking, struct sight *sight, struct fault *fault)
{
	struct store *store = looking->store;
	struct lean_read read = {.one = false};

	sight->key_id = looking->frame.at[1];
	if (lean_version(looking->frame) == LEAN_ASK)
		lean_read_ask(store, looking->frame, &read);
	sight->opened = sight->proven = read.proven;
	if (read.proven) {
		sight->sender = read.site.site;
		show_packing(read.content.at[0], sight);
		sight->decoded = lean_decode(store, looking->frame, &read, looking->arena,
					 &sight->message, fault) == RC_OK;
	} else {
		peek_lean(looking, sight, fault);
	}
	lean_read_release(&read);
}

enum rc frame_dump(struct store *store, struct bytes frame, uint64_t to, struct arena *arena,
	struct sight *sight, struct fault *fault)
{
	struct looking looking = {.store = store, .frame = frame, .arena = arena};
	struct site known;
	uint8_t id = 0;
	enum rc rc = RC_OK;

	memset(sight, 0, sizeof *sight);
	fault_set(fault, RC_OK, "%s", "");
	sight->lean = lean_version(frame) != 0;
	if (sight->lean) {
		dump_lean(&looking, sight, fault);
		buf_release(&looking.packed);
		return RC_OK;
	}
	sight->join = enrol_is_join(frame);
	if (sight->join)
		sight->sender = enrol_joiner(frame);
	if (sight->join || !seal_head(frame, &sight->sender, &id))
		return RC_OK;
	sight->key_id = id;
	looking.own = sight->sender == store_station(store)->site;
	if (log_site(store_log(store), looking.own ? to : sight->sender, &known))
		try_site(&known, &looking);
	if (looking.own && !looking.found)
		rc = log_sites(store_log(store), try_site, &looking, fault);
	sight->opened = sight->proven = looking.found && looking.packed.len;
	if (sight->opened) {
		show_packing(looking.packed.at[0], sight);
		sight->decoded = (looking.own ? decode_own(&looking, &sight->message, fault)
					      : frame_open(store, &looking.other, frame, arena,
							&sight->message, fault)) == RC_OK;
	} else if (!rc) {
		fault_set(fault, RC_OK, "%s", _("不是封给本站的，或内容被改动"));
	}
	buf_release(&looking.packed);
	return rc;
}

void dump_dictionary(uint8_t hash[8])
{
	uint8_t all[HASH_SIZE];

	crypt_hash(frame_dictionary(), all);
	memcpy(hash, all, 8);
}
