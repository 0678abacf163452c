/* SPDX-License-Identifier: GPL-3.0-or-later
 * Packing by zstd, the only file that knows it. Level 19 costs 2 to 125 ms a frame (measured) and a
 * link of 9.6 kbit/s carries 1.2 bytes a millisecond: bytes are dearer.
 */
#define ZSTD_STATIC_LINKING_ONLY /* the format without magic, in every libzstd since 1.3 */
#include "sync/wire.h"

#include "base/crypt.h"
#include "base/endian.h"
#include "base/limits.h"
#include "base/memory.h"
#include "sync/wire/walk/walk.h"

#include <stdlib.h>
#include <string.h>
#include <zstd.h>

enum { PIECES = LIMIT_PLAIN / 512 };
enum { PACKED = 1, BARE = 4, NUMBER_SHIFT = 4, HISTORY_HASH = 2, LEVEL = 19 };

/* Before the one block of a small frame stand its descriptor, the window and the block's own head,
 * which its length tells. */
enum { BLOCK_HEAD = 5, BLOCK_LAST_PACKED = 1 | 2 << 1, BLOCK_SIZE_SHIFT = 3, WINDOW_SHIFT = 3 };

/* The trained dictionary is baked in (`make dict` makes src/sync/wire/wire.dict). */
__asm__(".section .rodata\n"
	"outpost_dict_begin:\n"
	".incbin \"src/sync/wire/wire.dict\"\n"
	"outpost_dict_end:\n"
	".byte 0\n"
	".previous\n");
extern const uint8_t outpost_dict_begin[] __attribute__((visibility("hidden")));
extern const uint8_t outpost_dict_end[] __attribute__((visibility("hidden")));

struct bytes frame_dictionary(void)
{
	return bytes_of(outpost_dict_begin, (size_t)(outpost_dict_end - outpost_dict_begin));
}

/* History goes behind the trained content; the trained tables in front stay in use. */
static void dictionary_with(struct buf *out, struct bytes history)
{
	struct bytes shipped = frame_dictionary();

	buf_put(out, shipped.at, shipped.len);
	buf_put(out, history.at, history.len);
}

static const struct setting {
	ZSTD_cParameter what;
	int value;
} settings[] = {
	{ZSTD_c_compressionLevel, LEVEL},
	{ZSTD_c_windowLog, FRAME_WINDOW},
	{ZSTD_c_format, ZSTD_f_zstd1_magicless},
	{ZSTD_c_contentSizeFlag, 0},
	{ZSTD_c_dictIDFlag, 0},
	{ZSTD_c_checksumFlag, 0},
};

static ZSTD_CDict *digest(struct bytes dictionary)
{
	ZSTD_CCtx_params *params = ZSTD_createCCtxParams();
	ZSTD_CDict *made;

	if (!params)
		memory_none(0);
	for (size_t i = 0; i < countof(settings); i++)
		ZSTD_CCtxParams_setParameter(params, settings[i].what, settings[i].value);
	made = ZSTD_createCDict_advanced2(dictionary.at, dictionary.len, ZSTD_dlm_byCopy,
		ZSTD_dct_auto, params, ZSTD_defaultCMem);
	ZSTD_freeCCtxParams(params);
	if (!made)
		memory_none(0);
	return made;
}

/* To digest a dictionary at this level takes longer than to pack a frame with it. The shipped one
 * serves every frame, one with history the two or three tries at the same frame. */
static const ZSTD_CDict *digested(struct bytes dictionary)
{
	static struct {
		uint8_t hash[HASH_SIZE];
		ZSTD_CDict *made;
	} kept[2];
	unsigned slot = dictionary.len > frame_dictionary().len;
	uint8_t hash[HASH_SIZE];

	crypt_hash(dictionary, hash);
	if (!kept[slot].made || memcmp(kept[slot].hash, hash, sizeof hash) != 0) {
		ZSTD_freeCDict(kept[slot].made);
		kept[slot].made = digest(dictionary);
		memcpy(kept[slot].hash, hash, sizeof hash);
	}
	return kept[slot].made;
}

/* Beyond 128 KiB libzstd packs at the digest's level, which one made with settings does not have.
 */
enum { DIGEST_SERVES = 64 * 1024 };

static ZSTD_CCtx *packer(struct bytes dictionary, size_t plain)
{
	ZSTD_CCtx *context = ZSTD_createCCtx();

	if (!context)
		memory_none(0);
	for (size_t i = 0; i < countof(settings); i++)
		ZSTD_CCtx_setParameter(context, settings[i].what, settings[i].value);
	if (plain <= DIGEST_SERVES)
		ZSTD_CCtx_refCDict(context, digested(dictionary));
	else
		ZSTD_CCtx_loadDictionary(context, dictionary.at, dictionary.len);
	return context;
}

/* Room is enough and memory is there: it cannot happen. */
static void must_pack(size_t result)
{
	if (ZSTD_isError(result))
		die("%s", ZSTD_getErrorName(result));
}

/* Pieces are packed with tables of their own, each behind what was packed before: CUTS, where they
 * begin. */
struct pieces {
	size_t cuts[PIECES];
	size_t count;
};

/* Columns have each their own bytes: from this many on that gains 1 to 2 per cent. */
enum { COLUMNS_FROM = 24 * 1024, COLUMN_LEAST = 256 };

static void pieces_columns(struct pieces *pieces, struct bytes plain)
{
	pieces->count =
		plain.len < COLUMNS_FROM ? 0 : walk_cuts(plain, COLUMN_LEAST, pieces->cuts, PIECES);
}

/* What an honest writer says thousands of times shrinks so much that a reader takes it for a bomb
 * (FRAME_RATIO). In pieces, of which each takes 4 bytes at least, it stays below that. */
enum { DENSE_PIECE = 512 };

static void pieces_dense(struct pieces *pieces, struct bytes plain)
{
	for (pieces->count = 0; (pieces->count + 1) * DENSE_PIECE < plain.len; pieces->count++)
		pieces->cuts[pieces->count] = (pieces->count + 1) * DENSE_PIECE;
}

static bool too_dense(size_t plain, size_t packed)
{
	return plain > FRAME_FREE && plain <= LIMIT_PLAIN &&
	       (plain - FRAME_FREE) / (FRAME_RATIO / 2) > packed;
}

/* Into TO, all of whose ROOM is enough; how much it is. */
static size_t pack_pieces(ZSTD_CCtx *context, uint8_t *to, size_t room, struct bytes plain,
	const struct pieces *pieces)
{
	ZSTD_outBuffer out = {to, room, 0};
	ZSTD_inBuffer in = {plain.at, 0, 0};

	for (size_t i = 0; i <= pieces->count; i++) {
		bool last = i == pieces->count;
		in.size = last ? plain.len : pieces->cuts[i];
		must_pack(
			ZSTD_compressStream2(context, &out, &in, last ? ZSTD_e_end : ZSTD_e_flush));
	}
	return out.pos;
}

static void compress_pieces(
	struct buf *out, struct bytes plain, const struct pieces *pieces, struct bytes dictionary)
{
	ZSTD_CCtx *context = packer(dictionary, plain.len);
	size_t room = ZSTD_compressBound(plain.len) + pieces->count * BLOCK_HEAD, size;
	uint8_t *to = buf_grow(out, room);

	size = pieces->count ? pack_pieces(context, to, room, plain, pieces)
			     : ZSTD_compress2(context, to, room, plain.at, plain.len);
	must_pack(size);
	out->len -= room - size;
	ZSTD_freeCCtx(context);
}

static void compress(struct buf *out, struct bytes plain, struct bytes dictionary)
{
	struct pieces *pieces = memory_get(1, sizeof *pieces);
	size_t start = out->len;

	pieces_columns(pieces, plain);
	compress_pieces(out, plain, pieces, dictionary);
	if (too_dense(plain.len, out->len - start)) {
		out->len = start;
		pieces_dense(pieces, plain);
		compress_pieces(out, plain, pieces, dictionary);
	}
	free(pieces);
}

static void block_head(size_t len, uint8_t head[BLOCK_HEAD])
{
	size_t block = len << BLOCK_SIZE_SHIFT | BLOCK_LAST_PACKED;

	head[0] = 0;
	head[1] = (FRAME_WINDOW - 10) << WINDOW_SHIFT;
	low_put(head + 2, block, 3);
}

/* Leaves out what the length tells. */
static void put_packed(struct buf *out, unsigned flags, struct bytes hash, const struct buf *packed)
{
	uint8_t head[BLOCK_HEAD];
	struct bytes rest = buf_bytes(packed);

	if (rest.len > BLOCK_HEAD) {
		block_head(rest.len - BLOCK_HEAD, head);
		head[1] = rest.at[1]; /* a smaller window will do as well */
		if (memcmp(rest.at, head, BLOCK_HEAD) == 0) {
			rest = bytes_of(rest.at + BLOCK_HEAD, rest.len - BLOCK_HEAD);
			flags |= BARE;
		}
	}
	buf_byte(out, (uint8_t)flags);
	buf_put(out, hash.at, hash.len);
	buf_put(out, rest.at, rest.len);
}

void frame_pack(struct buf *out, struct bytes plain, struct bytes history)
{
	struct buf alone = {0}, with = {0}, dictionary = {0};
	size_t start = out->len;
	uint8_t hash[HASH_SIZE];
	unsigned flags = DICTIONARY_NUMBER << NUMBER_SHIFT;

	compress(&alone, plain, frame_dictionary());
	if (history.len) {
		dictionary_with(&dictionary, history);
		compress(&with, plain, buf_bytes(&dictionary));
	}
	if (history.len && with.len + HISTORY_HASH < alone.len &&
		with.len + HISTORY_HASH < plain.len) {
		crypt_hash(history, hash);
		put_packed(out, flags | PACKED | FRAME_WITH_HISTORY, bytes_of(hash, HISTORY_HASH),
			&with);
	} else if (alone.len < plain.len + BLOCK_HEAD) {
		put_packed(out, flags | PACKED, bytes_of(hash, 0), &alone);
	}
	if (out->len == start || out->len - start > plain.len + 1) {
		out->len = start;
		buf_byte(out, (uint8_t)flags);
		buf_put(out, plain.at, plain.len);
	}
	buf_release(&alone);
	buf_release(&with);
	buf_release(&dictionary);
}

/* The model stops when it is longer. */
void frame_pack_again(struct buf *frame, struct bytes plain, const struct model_way *way)
{
	struct bytes history = way->history;
	struct buf other = {0};
	uint8_t hash[HASH_SIZE];

	if (way->so_far)
		history.len = 0;
	buf_byte(&other, MODEL_NUMBER << NUMBER_SHIFT | (history.len ? FRAME_WITH_HISTORY : 0) |
				 (way->so_far ? FRAME_GOES_ON : 0));
	if (way->so_far && !way->unnamed)
		buf_put(&other, so_far_name(way->so_far), SO_FAR_NAME);
	if (history.len) {
		crypt_hash(history, hash);
		buf_put(&other, hash, HISTORY_HASH);
	}
	if (frame->len > other.len && model_pack(&other, plain, way, frame->len - other.len)) {
		buf_clear(frame);
		buf_put(frame, other.at, other.len);
	}
	buf_release(&other);
}

bool frame_by_model(struct bytes packed)
{
	return packed.len && packed.at[0] >> NUMBER_SHIFT == MODEL_NUMBER;
}

size_t frame_history(struct bytes packed)
{
	return frame_by_model(packed) ? MODEL_HISTORY : HISTORY_MOST;
}

_Static_assert(FRAME_PLAIN == DICTIONARY_NUMBER << NUMBER_SHIFT, "the head of what is not packed");

/* Unpacks piece by piece and stops at the cap: 33 kB of hostile bytes would become 1 GiB. */
static bool decompress(struct buf *out, struct bytes packed, struct bytes dictionary)
{
	ZSTD_DCtx *context = ZSTD_createDCtx();
	size_t most = FRAME_FREE + packed.len * FRAME_RATIO, start = out->len, left = 1;
	ZSTD_inBuffer in = {packed.at, packed.len, 0};
	bool good = true;

	if (!context)
		memory_none(0);
	if (most > LIMIT_PLAIN)
		most = LIMIT_PLAIN;
	ZSTD_DCtx_setParameter(context, ZSTD_d_format, ZSTD_f_zstd1_magicless);
	ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, FRAME_WINDOW);
	ZSTD_DCtx_loadDictionary(context, dictionary.at, dictionary.len);
	while (good && left) {
		size_t step = 32 * 1024;
		ZSTD_outBuffer piece = {buf_grow(out, step), step, 0};
		left = ZSTD_decompressStream(context, &piece, &in);
		out->len -= step - piece.pos;
		good = !ZSTD_isError(left) && out->len - start <= most &&
		       (left == 0 || piece.pos || in.pos < in.size);
	}
	ZSTD_freeDCtx(context);
	return good && in.pos == in.size;
}

static bool same_history(struct bytes packed, struct bytes history, struct fault *fault)
{
	uint8_t hash[HASH_SIZE];

	crypt_hash(history, hash);
	if (packed.len >= HISTORY_HASH && history.len && !memcmp(packed.at, hash, HISTORY_HASH))
		return true;
	fault_set(fault, RC_NONE, "%s", _("双方记得的历史不同，将请对方重发"));
	return false;
}

/* It goes on from a state: the one that the caller has found by its name. */
static enum rc unpack_on(
	struct buf *out, struct bytes packed, const struct model_way *way, struct fault *fault)
{
	size_t name = way->unnamed ? 0 : SO_FAR_NAME;

	if (!way->so_far || packed.len < name ||
		memcmp(packed.at, so_far_name(way->so_far), name) != 0)
		return fault_set(fault, RC_NONE, "%s", _("双方记得的历史不同，将请对方重发"));
	return model_unpack(out, bytes_of(packed.at + name, packed.len - name), way, fault);
}

static enum rc unpack_model(struct buf *out, unsigned flags, struct bytes packed,
	const struct model_way *way, struct fault *fault)
{
	struct model_way other = {.lean = way->lean};

	if (way->lean && (flags & ((1u << NUMBER_SHIFT) - 1)) == FRAME_GOES_ON)
		return unpack_on(out, packed, way, fault);
	if (flags & ~(unsigned)FRAME_WITH_HISTORY & ((1u << NUMBER_SHIFT) - 1))
		return fault_set(fault, RC_BAD, "%s", _("收到的数据帧不合规范，已丢弃"));
	if (!(flags & FRAME_WITH_HISTORY))
		return model_unpack(out, packed, &other, fault);
	if (!same_history(packed, way->history, fault))
		return fault->rc;
	other.history = way->history;
	packed = bytes_of(packed.at + HISTORY_HASH, packed.len - HISTORY_HASH);
	return model_unpack(out, packed, &other, fault);
}

enum rc frame_unpack_way(
	struct buf *out, struct bytes packed, const struct model_way *way, struct fault *fault)
{
	struct bytes history = way->history;
	struct buf dictionary = {0}, whole = {0};
	uint8_t head[BLOCK_HEAD], flags;
	size_t start = out->len;
	bool good;

	if (!packed.len)
		return fault_set(fault, RC_BAD, "%s", _("收到的数据帧不合规范，已丢弃"));
	flags = packed.at[0];
	packed = bytes_of(packed.at + 1, packed.len - 1);
	if (flags >> NUMBER_SHIFT == MODEL_NUMBER)
		return unpack_model(out, flags, packed, way, fault);
	if (flags >> NUMBER_SHIFT != DICTIONARY_NUMBER)
		return fault_set(fault, RC_NONE, "%s", _("对方用了另一版词典，将请对方重发"));
	if (!(flags & PACKED)) {
		buf_put(out, packed.at, packed.len);
		return RC_OK;
	}
	if (flags & FRAME_WITH_HISTORY) {
		if (!same_history(packed, history, fault))
			return fault->rc;
		packed = bytes_of(packed.at + HISTORY_HASH, packed.len - HISTORY_HASH);
		dictionary_with(&dictionary, history);
	}
	if (flags & BARE) {
		block_head(packed.len, head);
		buf_put(&whole, head, BLOCK_HEAD);
		buf_put(&whole, packed.at, packed.len);
		packed = buf_bytes(&whole);
	}
	good = decompress(
		out, packed, dictionary.len ? buf_bytes(&dictionary) : frame_dictionary());
	buf_release(&dictionary);
	buf_release(&whole);
	if (good)
		return RC_OK;
	out->len = start;
	return fault_set(fault, RC_BAD, "%s", _("收到的数据帧不合规范，已丢弃"));
}

enum rc frame_unpack(
	struct buf *out, struct bytes packed, struct bytes history, struct fault *fault)
{
	return frame_unpack_way(out, packed, &(struct model_way){.history = history}, fault);
}
