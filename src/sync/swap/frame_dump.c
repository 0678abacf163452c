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
	struct buf packed;
	struct site other;
	bool found;
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

/* What we have written ourselves is read as the other end would. */
static enum rc decode_own(struct store *store, const struct looking *looking, struct arena *arena,
	struct message *message, struct fault *fault)
{
	const struct station *own = store_station(store);
	struct site sender = {.site = own->site};
	struct buf plain = {0};
	enum rc rc = frame_unpack(&plain, buf_bytes(&looking->packed), (struct bytes){0, 0}, fault);

	log_site(store_log(store), own->site, &sender);
	sender.area = own->area;
	struct message_ways ways = {.sender = own->site,
		.receiver = looking->other.site,
		.body = guesses(store, &sender, &looking->other)};
	struct bytes kept = arena_bytes(arena, buf_bytes(&plain));
	if (!rc)
		rc = message_take(kept, &ways, arena, message, fault);
	message->plain = kept;
	buf_release(&plain);
	return rc;
}

static void show_packing(unsigned flags, struct sight *sight)
{
	sight->packed = flags & FLAG_PACKED || flags >> NUMBER_SHIFT == MODEL_NUMBER;
	sight->history = flags & FRAME_WITH_HISTORY;
	sight->dictionary = flags >> NUMBER_SHIFT;
}

/* Of one that leaves out what both ends know, only that can be told which they still know. */
static void dump_lean(struct store *store, struct bytes frame, struct arena *arena,
	struct sight *sight, struct fault *fault)
{
	struct lean_read read = {.one = false};

	sight->key_id = frame.at[1];
	if (lean_version(frame) == LEAN_ASK)
		lean_read_ask(store, frame, &read);
	sight->opened = read.proven;
	if (read.proven) {
		unsigned flags = read.content.at[0];
		sight->sender = read.site.site;
		show_packing(flags, sight);
		sight->decoded =
			lean_decode(store, frame, &read, arena, &sight->message, fault) == RC_OK;
	} else {
		fault_set(
			fault, RC_OK, "%s", _("省去了两边都知道的内容：只有收它的站点当时读得懂"));
	}
	lean_read_release(&read);
}

enum rc frame_dump(struct store *store, struct bytes frame, uint64_t to, struct arena *arena,
	struct sight *sight, struct fault *fault)
{
	struct looking looking = {.store = store, .frame = frame};
	struct site known;
	uint8_t id = 0;
	enum rc rc = RC_OK;

	memset(sight, 0, sizeof *sight);
	fault_set(fault, RC_OK, "%s", "");
	sight->lean = lean_version(frame) != 0;
	if (sight->lean) {
		dump_lean(store, frame, arena, sight, fault);
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
	sight->opened = looking.found && looking.packed.len;
	if (sight->opened) {
		show_packing(looking.packed.at[0], sight);
		sight->decoded =
			(looking.own ? decode_own(store, &looking, arena, &sight->message, fault)
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
