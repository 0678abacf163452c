/* SPDX-License-Identifier: GPL-3.0-or-later
 * Attachments. On the way up a piece of one with a question, once all facts are over, and in its
 * answer how much is there; down, the bytes that somebody here has asked for. The station keeps no
 * account: it asks, and goes on where the other end's file ends, or its own.
 *
 *   piece   hash (32) | bytes of the file | offset | the bytes
 *   answer  hash (32) | status | bytes that are there
 *   wanted  hash (32) | bytes of the file | offset | bytes wanted at most
 *   given   hash (32) | status | bytes of the file | offset | the bytes
 */
#include "store/files.h"
#include "store/station.h"
#include "sync/swap.h"
#include "sync/swap/internal.h"
#include "sync/take/internal.h"
#include "sync/trust/internal.h"
#include "sync/wire/internal.h"

#include "base/endian.h"
#include "model/kinds.h"
#include "model/rules.h"

#include <string.h>

/* What stands in an answer: numbers are for ever. */
enum file_status { FILE_COMES, FILE_WHOLE, FILE_UNWANTED, FILE_NO_ROOM, FILE_DAMAGED };

enum {
	PIECE_MOST = 48 * 1024, /* with its frame below PACE_MOST */
	PIECE_HEAD = 512, /* of a frame that is as long as the pace says; of a short one half is
			     left for it */
	CARRIED_PIECE = 40 * 1024,
	STILL_MOST = 3, /* answers that moved nothing, and the file waits for another day */
	SITE_MIB = 200,
	MIB = 1024 * 1024,
	WANTED_MOST = 64,
	GIVEN_MOST = 48 * 1024
};

/* ---- the piece and its answer as bytes */

static void put_piece(const struct file_piece *piece, struct buf *out)
{
	buf_put(out, piece->id.hash, HASH_SIZE);
	put_varint(out, piece->size);
	put_varint(out, piece->offset);
	buf_put(out, piece->bytes.at, piece->bytes.len);
}

static bool take_hash(struct bytes *in, uint8_t hash[HASH_SIZE])
{
	if (in->len < HASH_SIZE)
		return false;
	memcpy(hash, in->at, HASH_SIZE);
	*in = bytes_of(in->at + HASH_SIZE, in->len - HASH_SIZE);
	return true;
}

static bool take_piece(struct bytes in, struct file_piece *piece)
{
	if (!take_hash(&in, piece->id.hash) || !take_varint(&in, &piece->size) ||
		!take_varint(&in, &piece->offset))
		return false;
	piece->bytes = in;
	return piece->size && piece->size <= FILE_SIZE && piece->offset <= piece->size &&
	       in.len <= piece->size - piece->offset;
}

/* Of a message, in the field of that number; false: it says nothing of files. */
static bool said_of_files(const struct message *message, unsigned field, struct bytes *said)
{
	struct bytes in = message->extra;
	struct value value;
	unsigned tag;

	while (in.len && take_field(&in, &tag, &value))
		if (tag == field && value.wire == WIRE_BYTES) {
			*said = value.text;
			return true;
		}
	return false;
}

/* ---- the station */

static size_t piece_size(const struct peer *peer)
{
	size_t frame = peer->pace.frame ? peer->pace.frame : PACE_LEAST;
	size_t piece = frame > 2 * PIECE_HEAD ? frame - PIECE_HEAD : frame / 2;

	return piece > PIECE_MOST ? PIECE_MOST : piece;
}

static uint64_t brief_of(const uint8_t hash[HASH_SIZE])
{
	return low_get(hash, sizeof(uint64_t));
}

static bool is_off(const struct peer_file *file, const struct file_id *id)
{
	for (unsigned n = 0; n < file->off_count; n++)
		if (file->off[n] == brief_of(id->hash))
			return true;
	return false;
}

/* It is not asked for again in this try: it is there, or cannot go today. */
static void put_off(struct peer_file *file, const uint8_t hash[HASH_SIZE])
{
	if (file->off_count < PEER_FILES)
		file->off[file->off_count++] = brief_of(hash);
	memset(file->hash, 0, sizeof file->hash);
}

/* Of a file that nothing was said of yet, no bytes: first it is asked how much is there. */
static enum rc make_piece(struct store *store, struct peer *peer, const struct attached *file,
	struct arena *arena, struct fault *fault)
{
	bool known = !memcmp(peer->file.hash, file->id.hash, HASH_SIZE);
	struct file_piece piece = {.id = file->id, .size = file->size};
	struct buf bytes = {0}, all = {0};
	enum rc rc = RC_OK;

	if (known) {
		piece.offset = peer->file.come;
		rc = files_read(store, &file->id, piece.offset, piece_size(peer), &bytes, fault);
	} else {
		peer->file.come = peer->file.still = 0;
		memcpy(peer->file.hash, file->id.hash, HASH_SIZE);
	}
	piece.bytes = buf_bytes(&bytes);
	if (!rc) {
		put_piece(&piece, &all);
		peer->beside = arena_bytes(arena, buf_bytes(&all));
	}
	buf_release(&bytes);
	buf_release(&all);
	return rc;
}

/* ---- the station asks for bytes from above */

static void put_question(const struct attached *file, uint64_t offset, size_t most, struct buf *out)
{
	buf_put(out, file->id.hash, HASH_SIZE);
	put_varint(out, file->size);
	put_varint(out, offset);
	put_varint(out, most);
}

static bool fetch(
	struct store *store, struct peer *peer, struct sync_result *result, struct arena *arena)
{
	struct file_id ids[WANTED_MOST];
	unsigned count = files_wanted(store, ids, WANTED_MOST);
	struct attached file;
	struct fault fault;
	struct buf out = {0};

	for (unsigned n = 0; n < count && !peer->beside.len; n++) {
		if (is_off(&peer->file, &ids[n]) || peer->file.off_count == PEER_FILES ||
			attached_named(store, &ids[n], &file, &fault) != RC_OK ||
			file.size > file_most())
			continue;
		uint64_t come = files_come(store, &ids[n]);
		if (memcmp(peer->file.hash, ids[n].hash, HASH_SIZE) != 0)
			peer->file.still = 0;
		memcpy(peer->file.hash, ids[n].hash, HASH_SIZE);
		peer->file.come = come;
		put_question(&file, come, piece_size(peer), &out);
		peer->beside = arena_bytes(arena, buf_bytes(&out));
		result->files_left = count - n;
	}
	peer->fetches = peer->beside.len > 0;
	peer->reply = (struct peer_reply){.done = false};
	buf_release(&out);
	return peer->fetches;
}

static bool take_given(
	const struct message *answer, struct peer_reply *reply, struct file_piece *piece)
{
	struct bytes in;
	bool good = said_of_files(answer, EXTRA_WANTED, &in) && take_hash(&in, reply->hash) &&
		    take_varint(&in, &reply->status) && take_varint(&in, &piece->size) &&
		    take_varint(&in, &piece->offset);

	memcpy(piece->id.hash, reply->hash, HASH_SIZE);
	piece->bytes = in;
	return good;
}

static bool is_piece(const struct file_piece *piece)
{
	return piece->size && piece->size <= FILE_SIZE && piece->offset <= piece->size &&
	       piece->bytes.len <= piece->size - piece->offset;
}

/* What cannot be kept, or is not what its name says, is asked for another day. */
static void fetched(struct store *store, struct peer *peer, const struct message *answer)
{
	struct peer_reply reply = {.done = true};
	struct file_piece piece = {0};
	struct fault fault = {0};

	reply.heard = take_given(answer, &reply, &piece);
	bool good = reply.heard && reply.status == FILE_COMES &&
		    !memcmp(reply.hash, peer->file.hash, HASH_SIZE) && is_piece(&piece) &&
		    files_take(store, &piece, &reply.come, &fault) == RC_OK;
	if (reply.heard)
		reply.status = !good                      ? FILE_UNWANTED
			       : reply.come == piece.size ? FILE_WHOLE
							  : FILE_COMES;
	peer->reply = reply;
}

/* ---- what a station says beside facts */

bool files_next(struct store *store, struct peer *peer, const struct sync_line *line,
	struct sync_result *result, struct arena *arena)
{
	struct attached_list waiting = {
		.level = peer->site.level, .asked = line->files == LINE_FILES_ASKED};
	struct fault fault = {0};

	peer->beside = (struct bytes){0, 0};
	peer->fetches = false;
	result->files_left = 0;
	if (line->files == LINE_NO_FILES || line->lanes_mask != EVERY_LANE || peer->file.mute)
		return false;
	/* That they cannot be listed stops no fact. */
	if (attached_waiting(store, &waiting, arena, &fault) != RC_OK)
		return false;
	peer->reply = (struct peer_reply){.done = false};
	for (unsigned n = 0; n < waiting.count && peer->file.off_count < PEER_FILES; n++) {
		const struct attached *file = &waiting.at[n];

		if (is_off(&peer->file, &file->id))
			continue;
		if (file->size <= file_most() &&
			make_piece(store, peer, file, arena, &fault) == RC_OK) {
			result->files_left = waiting.count - n;
			return true;
		}
		put_off(&peer->file, file->id.hash);
	}
	return fetch(store, peer, result, arena);
}

void files_heard(struct store *store, struct peer *peer, const struct message *answer)
{
	struct bytes in;

	if (peer->fetches) {
		fetched(store, peer, answer);
		return;
	}
	struct peer_reply reply = {.done = true};

	reply.heard = said_of_files(answer, EXTRA_FILES, &in) && take_hash(&in, reply.hash) &&
		      take_varint(&in, &reply.status) && take_varint(&in, &reply.come);
	peer->reply = reply;
}

void files_told(struct peer *peer, struct sync_result *result)
{
	struct peer_file *file = &peer->file;
	const struct peer_reply *reply = &peer->reply;
	bool asked = peer->beside.len > 0;

	peer->beside = (struct bytes){0, 0};
	if (!asked || !reply->done)
		return;
	if (!reply->heard || memcmp(reply->hash, file->hash, HASH_SIZE) != 0) {
		file->mute = !reply->heard; /* a program that knows no files */
		return;
	}
	file->still = reply->come > file->come ? 0 : file->still + 1;
	file->come = reply->come;
	if (reply->status == FILE_WHOLE && !peer->fetches)
		result->files_sent++;
	if (reply->status != FILE_COMES || file->still > STILL_MOST)
		put_off(file, reply->hash);
}

enum rc files_each_piece(struct store *store, const struct site *to, uint64_t most, piece_fn *fn,
	void *to_fn, struct fault *fault)
{
	struct arena arena = {0};
	struct attached_list waiting = {.level = to->level};
	uint64_t all = 0;
	enum rc rc = attached_waiting(store, &waiting, &arena, fault);

	for (unsigned n = 0; n < waiting.count && !rc; n++) {
		struct file_piece piece = {.id = waiting.at[n].id, .size = waiting.at[n].size};

		all += piece.size;
		if (piece.size > file_most() || all > most)
			continue;
		while (!rc && piece.offset < piece.size) {
			struct buf bytes = {0}, out = {0};

			/* A broken one stays here, the others go. */
			if (files_read(store, &piece.id, piece.offset, CARRIED_PIECE, &bytes,
				    fault) != RC_OK)
				break;
			piece.bytes = buf_bytes(&bytes);
			put_piece(&piece, &out);
			rc = fn(buf_bytes(&out), to_fn, fault);
			piece.offset += bytes.len;
			buf_release(&bytes);
			buf_release(&out);
		}
	}
	arena_release(&arena);
	return rc;
}

/* ---- the hub */

/* Nobody's bytes are taken but of a file that a record from below names, of that size; one that
 * asks may not fill the disk. */
struct wanting {
	struct store *store;
	const struct site *from;
	uint64_t size, author, theirs;
	bool wanted;
};

static enum rc is_wanted(const struct attached *attached, void *to, struct fault *fault)
{
	struct wanting *wanting = to;

	(void)fault;
	if (attached->size != wanting->size ||
		!log_within(store_log(wanting->store), attached->area, wanting->from->area))
		return RC_OK;
	wanting->wanted = true;
	wanting->author = attached->ref.site;
	return RC_OK;
}

static bool count_theirs(const struct row *row, void *to)
{
	struct wanting *wanting = to;
	struct attached attached = {0};

	if (row->ref.site == wanting->author && attached_of(row, &attached) &&
		files_whole(wanting->store, &attached.id) >= 0)
		wanting->theirs += attached.size;
	return true;
}

static bool wants(struct store *store, const struct site *from, const struct file_piece *piece)
{
	struct wanting wanting = {.store = store, .from = from, .size = piece->size};
	struct query query = query_all(KIND_attachment);
	struct fault fault = {0};
	int64_t most = rules_limit("file.site.mib", SITE_MIB);

	if (piece->size > file_most() ||
		attached_each(store, &piece->id, store_station(store)->level, is_wanted, &wanting,
			&fault) != RC_OK)
		return false;
	if (!wanting.wanted || piece->offset)
		return wanting.wanted;
	return store_each(store, &query, count_theirs, &wanting, &fault) == RC_OK && most >= 0 &&
	       wanting.theirs + piece->size <= (uint64_t)most * MIB;
}

/* This level has it: a fact of this station, signed, that goes up and comes down like any other. */
static enum rc say_whole(const struct attached *attached, void *to, struct fault *fault)
{
	struct store *store = to;

	return trust_holds(store, attached->ref, fault);
}

static enum rc take(struct store *store, const struct file_piece *piece, uint64_t *come,
	enum file_status *status, struct fault *fault)
{
	/* Before one begins, what was left of others makes room. */
	if (!piece->offset)
		(void)files_sweep(store);
	enum rc rc = files_take(store, piece, come, fault);

	*status = rc == RC_FULL || rc == RC_IO ? FILE_NO_ROOM
		  : rc == RC_BAD               ? FILE_DAMAGED
		  : rc                         ? FILE_UNWANTED
		  : *come == piece->size       ? FILE_WHOLE
					       : FILE_COMES;
	return *status == FILE_WHOLE ? attached_each(store, &piece->id, store_station(store)->level,
					       say_whole, store, fault)
				     : RC_OK;
}

enum rc files_asked(struct store *store, const struct site *from, const struct message *message,
	struct arena *arena, struct bytes *reply, struct fault *fault)
{
	struct file_piece piece = {0};
	struct bytes in;
	struct buf out = {0};
	enum file_status status = FILE_UNWANTED;
	uint64_t come = 0;
	enum rc rc = RC_OK;

	*reply = (struct bytes){0, 0};
	if (!said_of_files(message, EXTRA_FILES, &in) || !take_piece(in, &piece))
		return RC_OK;
	if (wants(store, from, &piece))
		rc = take(store, &piece, &come, &status, fault);
	else if (files_whole(store, &piece.id) == (int64_t)piece.size)
		status = FILE_WHOLE;
	buf_put(&out, piece.id.hash, HASH_SIZE);
	put_varint(&out, status);
	put_varint(&out, status == FILE_WHOLE ? piece.size : come);
	*reply = arena_bytes(arena, buf_bytes(&out));
	buf_release(&out);
	return rc;
}

/* ---- the hub gives what is asked for */

/* Who asks lies where the record does, or below it, or the record in his area. */
static bool may_have(struct store *store, const struct site *from, const struct attached *attached)
{
	return log_within(store_log(store), attached->area, from->area) ||
	       log_within(store_log(store), from->area, attached->area);
}

enum rc files_give(struct store *store, const struct site *from, const struct message *message,
	struct arena *arena, struct bytes *reply, struct fault *fault)
{
	struct file_id id;
	struct attached attached = {0};
	struct bytes in;
	struct buf out = {0}, bytes = {0};
	uint64_t size, offset, most;
	struct fault other;

	(void)fault;
	*reply = (struct bytes){0, 0};
	if (!said_of_files(message, EXTRA_WANTED, &in) || !take_hash(&in, id.hash) ||
		!take_varint(&in, &size) || !take_varint(&in, &offset) || !take_varint(&in, &most))
		return RC_OK;
	bool good = attached_named(store, &id, &attached, &other) == RC_OK &&
		    attached.size == size && offset < size && may_have(store, from, &attached) &&
		    files_read(store, &id, offset, most < GIVEN_MOST ? (size_t)most : GIVEN_MOST,
			    &bytes, &other) == RC_OK;
	buf_put(&out, id.hash, HASH_SIZE);
	put_varint(&out, good ? FILE_COMES : FILE_UNWANTED);
	put_varint(&out, good ? size : 0);
	put_varint(&out, good ? offset : 0);
	buf_put(&out, bytes.at, bytes.len);
	*reply = arena_bytes(arena, buf_bytes(&out));
	buf_release(&out);
	buf_release(&bytes);
	return RC_OK;
}
