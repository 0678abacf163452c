/* SPDX-License-Identifier: GPL-3.0-or-later
 * Carry files: written for one station, taken by it, in any order and any number of times.
 */
#include "store/station.h"
#include "base/endian.h"
#include "sync/swap.h"
#include "sync/swap/internal.h"
#include "sync/take/internal.h"
#include "sync/trust/internal.h"
#include "sync/wire/internal.h"

#include "base/progress.h"
#include "base/when.h"
#include "model/area.h"
#include "model/rules.h"
#include "store/db.h"

#include <stdio.h>
#include <string.h>

enum { FRAME_ROOM = 40 * 1024, STICK_MIB = 20 };
static const int64_t MIB = 1024 * 1024;

/* ---- the file: carry_file.c reads it */

static void put_head(struct buf *out, uint64_t to)
{
	buf_put(out, CARRY_MAGIC, 4);
	buf_low(out, to, CARRY_SITE);
}

static void put_frame(struct buf *out, struct bytes frame)
{
	buf_low(out, frame.len, CARRY_LENGTH);
	buf_put(out, frame.at, frame.len);
}

/* ---- packing */

/* What a file says beside what it carries. */
struct said {
	struct acks acks;
	uint64_t counts;                 /* upwards: the number that it has among our questions */
	struct evidence kept[EVIDENCES]; /* downwards: questions of the addressee */
};

/* A file for TO while it is packed. */
struct packing {
	struct store *store;
	const struct site *to;
	bool up;
	struct carried carried;
	uint64_t cursor[LANES];  /* where the next frame begins in our arrivals */
	const struct said *said; /* NULL: a frame has said it */
	struct bytes beside;     /* the piece of an attachment */
	struct buf *file;
};

/* From as far as is proven to be there. */
static enum rc begin_at(struct packing *packing, struct fault *fault)
{
	struct peer_lane lanes;
	enum rc rc = RC_OK;

	for (unsigned lane = 0; lane < LANES && !rc; lane++) {
		uint64_t *cursor = &packing->cursor[lane], proven = packing->carried.proven[lane];
		rc = log_peer_lane(
			store_log(packing->store), packing->to->site, lane, &lanes, fault);
		*cursor = packing->up ? lanes.sent : lanes.got;
		if (!packing->up && *cursor < proven)
			*cursor = proven;
	}
	return rc;
}

/* Every frame that this store packs has a number of its own, which only rises: by it the other end
 * tells a new one from one that it is given again. From the clock, so that it rises also over a
 * copy of the store that somebody laid back. */
enum { PACKED_LAST = 1, PACKED_NUMBERS };

static void packed_next(struct store *store, uint64_t *number)
{
	int64_t numbers[PACKED_NUMBERS], now = store_now(store);

	kv_list(store, kv_own(KV_PACKED), numbers, PACKED_NUMBERS);
	*number = (uint64_t)(now > numbers[PACKED_LAST] ? now : numbers[PACKED_LAST] + 1);
}

static enum rc packed_save(struct store *store, uint64_t last, struct fault *fault)
{
	const int64_t numbers[PACKED_NUMBERS] = {[PACKED_LAST] = (int64_t)last};

	return kv_list_set(store, kv_own(KV_PACKED), numbers, PACKED_NUMBERS, fault);
}

static enum rc pack_frame(
	const struct packing *packing, const struct choice *choice, struct fault *fault)
{
	struct store *store = packing->store;
	const struct carried *carried = &packing->carried;
	const struct said *said = packing->said;
	struct message message = {.type = MESSAGE_CARRY,
		.full = true,
		.number = carried->store,
		.heard = carried->newest,
		.store = log_number(store_log(store)),
		.got_mask = EVERY_LANE,
		.sent_mask = EVERY_LANE,
		.more_mask = choice->more_mask,
		.marks = said ? said->acks.marks : NULL,
		.mark_count = said ? said->acks.count : 0,
		.counts = said ? said->counts : 0,
		.facts = choice->facts,
		.fact_count = choice->count};
	struct buf frame = {0}, number = {0};
	struct arena arena = {0};
	enum rc rc;

	memcpy(message.got, carried->got, sizeof message.got);
	memcpy(message.sent, choice->seen, sizeof message.sent);
	memcpy(message.before, packing->cursor, sizeof message.before);
	if (message.counts) {
		put_varint(&number, message.counts);
		extra_add(&message, EXTRA_EVIDENCE, buf_bytes(&number), &arena);
	} else if (said) {
		evidence_show(said->kept, 0, &message, &arena);
	}
	if (packing->beside.len)
		extra_add(&message, EXTRA_FILES, packing->beside, &arena);
	rc = frame_close(store, packing->to, &message, CLOSE_PLAIN, &frame, fault);
	if (!rc && message.counts)
		rc = asked_note(store, message.counts, buf_bytes(&frame), fault);
	if (!rc)
		put_frame(packing->file, buf_bytes(&frame));
	buf_release(&frame);
	buf_release(&number);
	arena_release(&arena);
	return rc;
}

/* A frame of its own, behind those of the facts. */
struct packing_files {
	struct packing *packing;
	struct carry_count *count;
};
static enum rc pack_piece(struct bytes piece, void *to, struct fault *fault)
{
	const struct packing_files *files = to;
	struct packing *packing = files->packing;
	struct choice nothing = {0};
	bool full = packing->file->len + LIMIT_FRAME + CARRY_LENGTH > CARRY_FILE ||
		    files->count->frames == CARRY_FRAMES;

	if (full) { /* the next file goes on where this one ends */
		files->count->more = true;
		return RC_OK;
	}
	memcpy(nothing.seen, packing->cursor, sizeof nothing.seen);
	packing->beside = piece;
	enum rc rc = pack_frame(packing, &nothing, fault);
	packing->beside = (struct bytes){0, 0};
	packing->said = NULL;
	files->count->frames++;
	packing->carried.newest++;
	return rc;
}

static enum rc pack_files(struct packing *packing, struct carry_count *count, struct fault *fault)
{
	struct packing_files files = {packing, count};

	return packing->up && !count->more ? files_each_piece(packing->store, packing->to,
						     rules_limit("file.stick.mib", STICK_MIB) * MIB,
						     pack_piece, &files, fault)
					   : RC_OK;
}

static const char packing_facts[] = N_("打包（条）");

static enum rc pack_all(struct packing *packing, struct carry_count *count, struct fault *fault)
{
	const struct wanted wanted = {
		packing->to, packing->up, EVERY_LANE, packing->cursor, room_of(FRAME_ROOM)};
	struct store *store = packing->store;
	struct carried *carried = &packing->carried;
	struct choice choice;
	bool more = true;
	enum rc rc;

	carried_load(store, packing->to->site, carried);
	packed_next(store, &carried->newest); /* from here on of ours */
	rc = begin_at(packing, fault);
	while (!rc && more && !count->more) {
		if ((rc = progress(packing_facts, count->facts, 0, fault)))
			break;
		rc = frame_fill(store, &wanted, &choice, fault);
		if (!rc)
			rc = pack_frame(packing, &choice, fault);
		memcpy(packing->cursor, choice.seen, sizeof choice.seen);
		packing->said = NULL;
		count->frames++;
		carried->newest++;
		count->facts += choice.count;
		more = choice.more_mask != 0;
		bool full = packing->file->len + LIMIT_FRAME + CARRY_LENGTH > CARRY_FILE;
		count->more = more && (full || count->frames == CARRY_FRAMES);
		choice_release(&choice);
	}
	if (!rc)
		rc = pack_files(packing, count, fault);
	if (!rc)
		rc = progress(packing_facts, count->facts, count->facts, fault);
	/* Before the file can leave: no number is used twice. */
	return rc ? rc : packed_save(store, carried->newest - 1, fault);
}

enum rc carry_pack(struct store *store, const struct site *to, struct buf *file,
	struct carry_count *count, struct fault *fault)
{
	const struct station *own = store_station(store);
	struct arena arena = {0};
	struct said said = {.counts = 0};
	struct packing packing = {.store = store, .to = to, .said = &said, .file = file};
	struct peer peer;
	struct fault none;
	bool up = log_within(store_log(store), own->area, to->area);
	bool down = log_within(store_log(store), to->area, own->area);
	enum rc rc = RC_OK;

	memset(count, 0, sizeof *count);
	if (up == down || to->revoked || !to->area)
		return fault_set(fault, RC_DENIED,
			_("\"%s\" 不是本站的上级或下级，或已注销：没有东西可以带给它"), to->name);
	packing.up = up;
	put_head(file, to->site);
	if (down) {
		rc = acks_for(store, to, true, &arena, &said.acks, fault);
		evidence_load(store, to->site, said.kept);
	} else if (peer_load(store, &peer, &none) == RC_OK && peer.site.site == to->site) {
		said.counts = asked_next(store, peer.question);
	}
	if (!rc)
		rc = pack_all(&packing, count, fault);
	arena_release(&arena);
	return rc;
}

/* ---- taking */

/* Is it newer than all that came by stick from there? Whoever found an old one may bring it again
 * at any time. Release 0.1 numbers no frames; what its marks and cursors say only rises. */
static bool is_newer(const struct message *message, const struct carried *carried)
{
	if (message->store != carried->store)
		return message->store > carried->store;
	return carried->newest ? message->heard > carried->newest : true;
}

/* A frame without a number is known to be new by what it adds to the last one. */
static bool is_heard(const struct message *message, const struct carried *carried)
{
	bool other = message->store != carried->store;

	for (unsigned lane = 0; lane < LANES && !message->heard && !other; lane++)
		if (message->before[lane] <= carried->got[lane] &&
			message->sent[lane] > carried->got[lane])
			return true;
	return message->heard || other;
}

/* What the frame brought continues what is here, or leaves a gap and moves nothing. */
static void take_cursors(
	struct store *store, const struct message *message, struct carried *carried)
{
	struct log *log = store_log(store);
	uint64_t last = log_last(log);

	if (message->store > carried->store) {
		memset(carried->got, 0, sizeof carried->got);
		carried->store = message->store;
	}
	carried->newest = message->heard;
	for (unsigned lane = 0; lane < LANES; lane++) {
		if (message->before[lane] <= carried->got[lane] &&
			message->sent[lane] > carried->got[lane])
			carried->got[lane] = message->sent[lane];
		if (message->number == log_number(log) && message->got[lane] <= last &&
			message->got[lane] > carried->proven[lane])
			carried->proven[lane] = message->got[lane];
	}
}

/* A first load by stick: a lane is whole when the frame that ends it continues what was here. */
static enum rc take_load(struct store *store, const struct site *from,
	const struct message *message, const struct carried *carried, struct fault *fault)
{
	struct peer peer;
	unsigned whole = 0;
	enum rc rc = peer_load(store, &peer, fault);

	if (rc || peer.site.site != from->site)
		return rc == RC_NONE ? RC_OK : rc;
	if (peer.load.loaded == EVERY_LANE)
		return RC_OK;
	for (unsigned lane = 0; lane < LANES; lane++)
		if (message->store == carried->store && message->sent[lane] == carried->got[lane])
			whole |= (1u << lane) & ~message->more_mask;
	load_note(&peer.load, message->facts, message->fact_count, whole);
	return peer_save(store, &peer, fault);
}

/* What a new frame says beside its facts. */
static enum rc take_word(struct store *store, const struct site *from,
	const struct message *message, struct carried *carried, bool below, struct fault *fault)
{
	enum rc rc = below ? RC_OK : marks_take(store, from->site, message, fault);

	take_cursors(store, message, carried);
	if (!rc && !below)
		rc = take_load(store, from, message, carried, fault);
	return rc ? rc : carried_save(store, from->site, carried, fault);
}

/* What is said to it comes back as a fact, once the file is whole. */
static enum rc take_piece(struct store *store, const struct site *from,
	const struct message *message, struct fault *fault)
{
	struct arena arena = {0};
	struct bytes reply;
	enum rc rc = files_asked(store, from, message, &arena, &reply, fault);

	arena_release(&arena);
	return rc;
}

static enum rc take_parts(struct store *store, struct site *from, const struct message *message,
	struct carry_count *count, struct fault *fault)
{
	bool below = log_within(store_log(store), from->area, store_station(store)->area), newer;
	struct carried carried;
	struct taken taken = {0, 0};
	enum rc rc = RC_OK;

	carried_load(store, from->site, &carried);
	newer = is_newer(message, &carried);
	if (newer)
		rc = frame_heard(store, from, message, fault);
	if (!rc && newer)
		rc = carried_evidence(store, from, message, below, fault);
	if (!rc && newer && below && is_heard(message, &carried)) {
		rc = grant_renew(store, from, fault);
		rc = rc ? rc : below_heard_set(store, from->site, store_now(store), fault);
	}
	if (!rc)
		rc = facts_take(store, from, message, below, &taken, fault);
	if (!rc && newer)
		rc = take_word(store, from, message, &carried, below, fault);
	if (!rc && below)
		rc = take_piece(store, from, message, fault);
	count->frames++;
	count->facts += message->fact_count;
	count->fresh += taken.fresh;
	count->left += taken.left;
	return rc;
}

static enum rc take_message(struct store *store, struct site *from, const struct message *message,
	struct carry_count *count, struct fault *fault)
{
	struct carry_count counted = *count;
	enum rc rc = store_begin(store, fault);

	if (rc)
		return rc;
	rc = take_parts(store, from, message, &counted, fault);
	if (rc) {
		store_undo(store);
		return rc;
	}
	*count = counted;
	return store_commit(store, fault);
}

/* What a station below brings counts like what it sends: what is too much in a day waits in the
 * file, and all that is behind it, as it may lean on that. What is here already costs nothing. */
static enum rc take_or_wait(struct store *store, struct site *from, const struct message *message,
	struct carry_count *count, struct fault *fault)
{
	bool below = log_within(store_log(store), from->area, store_station(store)->area);
	uint64_t fresh = below ? facts_fresh(store, message) : 0;

	if (!count->waits && !allowance_over(store, from, fresh))
		return take_message(store, from, message, count, fault);
	count->waits += fresh;
	return RC_OK;
}

static enum rc take_frame(struct store *store, struct bytes frame, uint64_t *from,
	struct carry_count *count, struct fault *fault)
{
	const struct station *own = store_station(store);
	struct arena arena = {0};
	struct message message;
	struct site site;
	bool is_below;
	uint8_t id;
	enum rc rc;

	if (!seal_head(frame, from, &id))
		return fault_set(
			fault, RC_BAD, _("随身文件坏了：第 %u 帧不是帧"), count->frames + 1);
	if (!log_site(store_log(store), *from, &site) || !site.area)
		return fault_set(fault, RC_DENIED, _("不认识写这个文件的站点 \"%s\""),
			site_hex(*from, (char[SITE_HEX]){""}));
	is_below = log_within(store_log(store), site.area, own->area);
	if (cut_off(store, &site) || (!is_below && !stands_above(store, *from)) ||
		is_below == log_within(store_log(store), own->area, site.area))
		return fault_set(fault, RC_DENIED,
			_("写这个文件的站点 \"%s\" 已注销，或不是本站的上级或下级"), site.name);
	rc = frame_read(store, &site, frame, &arena, &message, fault);
	if (!rc && message.type != MESSAGE_CARRY)
		rc = fault_set(fault, RC_BAD, _("不是随身文件里的帧：第 %u 帧"), count->frames + 1);
	if (!rc)
		rc = take_or_wait(store, &site, &message, count, fault);
	arena_release(&arena);
	return rc == RC_NONE ? RC_BAD : rc;
}

/* Whoever looks after the hub hears who it was, as of questions over a link. */
static enum rc wait_for_more(
	struct store *store, uint64_t from, const struct carry_count *count, struct fault *fault)
{
	enum rc rc = claim_note(store, from, CLAIM_MUCH, 1, fault);

	return rc ? rc
		  : fault_set(fault, RC_BUSY,
			    _("今天从这个站点收的已到上限，还有 %llu 条没有收：请留着这个文件，"
			      "明天再收一次"),
			    (unsigned long long)count->waits);
}

enum rc carry_take(struct store *store, struct bytes file, uint64_t *from,
	struct carry_count *count, struct fault *fault)
{
	struct bytes frame;
	uint64_t to;
	unsigned frames = 0;
	enum rc rc = RC_OK;

	memset(count, 0, sizeof *count);
	*from = 0;
	if (!carry_head(&file, &to))
		return fault_set(fault, RC_BAD, "%s", _("不是随身文件"));
	if (to != store_station(store)->site && !successors_have(store, to))
		return fault_set(fault, RC_DENIED, _("这个随身文件是给另一个站点 \"%s\" 的"),
			site_hex(to, (char[SITE_HEX]){""}));
	while (!rc && frames++ < CARRY_FRAMES && carry_next(&file, &frame))
		rc = take_frame(store, frame, from, count, fault);
	if (!rc && file.len)
		rc = fault_set(fault, RC_BAD, _("随身文件不完整：前 %u 帧已收下，请对方重新打一份"),
			count->frames);
	return rc || !count->waits ? rc : wait_for_more(store, *from, count, fault);
}
