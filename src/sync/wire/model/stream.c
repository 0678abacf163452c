/* SPDX-License-Identifier: GPL-3.0-or-later
 * Messages as one run of the arithmetic coder. Before each byte stands whether there is one: where
 * the walk says that a message may be over this costs next to nothing, elsewhere an end costs two
 * bytes.
 */
#include "sync/wire/model/parts.h"

#include "base/endian.h"

enum { END_LIMIT = 250, NEVER = 1, COUNT_SIZE = 4, TRAINING_MOST = 1 << 21 };

/* The counter of an end here; NULL: nobody expects one. */
static counter *end_here(struct model *model)
{
	if (model->walk.whole)
		return &model->memory->ends[1];
	return model->walk.step == WALK_COLUMNS ? &model->memory->ends[0] : NULL;
}

static unsigned end_p(const counter *end)
{
	unsigned p = end ? counter_p(*end) : NEVER;

	return p < NEVER ? NEVER : p;
}

static void put_end(struct model *model, struct coder *coder, struct buf *out, unsigned bit)
{
	counter *end = end_here(model);

	coder_put(coder, out, bit, end_p(end));
	if (end)
		counter_learn(end, bit, END_LIMIT);
}

static unsigned take_end(struct model *model, struct coder *coder)
{
	counter *end = end_here(model);
	unsigned bit = coder_take(coder, end_p(end));

	if (end)
		counter_learn(end, bit, END_LIMIT);
	return bit;
}

static void put_byte(struct model *model, struct coder *coder, struct buf *out, uint8_t byte)
{
	for (int i = 7; i >= 0; i--) {
		unsigned bit = byte >> i & 1;
		coder_put(coder, out, bit, model_p(model));
		model_bit(model, bit);
	}
}

static uint8_t take_byte(struct model *model, struct coder *coder)
{
	unsigned byte = 0;

	for (int i = 0; i < 8; i++) {
		unsigned bit = coder_take(coder, model_p(model));
		model_bit(model, bit);
		byte = byte << 1 | bit;
	}
	return (uint8_t)byte;
}

bool stream_put(
	struct model *model, struct coder *coder, struct buf *out, struct bytes plain, size_t most)
{
	size_t start = out->len;

	model_message(model);
	for (size_t i = 0; i < plain.len; i++) {
		put_end(model, coder, out, 0);
		put_byte(model, coder, out, plain.at[i]);
		if (out->len - start > most)
			return false;
	}
	put_end(model, coder, out, 1);
	return true;
}

bool stream_take(struct model *model, struct coder *coder, struct buf *out, size_t most)
{
	size_t start = out->len;

	model_message(model);
	while (!take_end(model, coder)) {
		if (out->len - start == most || coder_cut(coder))
			return false;
		buf_byte(out, take_byte(model, coder));
	}
	return true;
}

void stream_read(struct model *model, struct bytes rows)
{
	if (!rows.len)
		return;
	model_message(model);
	walk_expect(&model->walk, ATOM_BYTES, WALK_COLUMNS, 1);
	for (size_t i = 0; i < rows.len; i++)
		for (int bit = 7; bit >= 0; bit--) {
			model_p(model);
			model_bit(model, rows.at[i] >> bit & 1);
		}
}

void stream_put_all(struct model *model, struct buf *out, struct bytes messages)
{
	struct coder coder;
	size_t count_at = out->len, count = 0;

	buf_low(out, 0, COUNT_SIZE);
	coder_start(&coder);
	for (; messages.len >= COUNT_SIZE; count++) {
		size_t len = (size_t)low_get(messages.at, COUNT_SIZE), all = COUNT_SIZE + len;
		stream_put(model, &coder, out, bytes_of(messages.at + COUNT_SIZE, len), SIZE_MAX);
		messages = bytes_of(messages.at + all, messages.len - all);
	}
	coder_end(&coder, out);
	low_put(out->at + count_at, count, COUNT_SIZE);
}

bool stream_take_all(struct model *model, struct bytes packed)
{
	struct coder coder;
	struct buf text = {0};
	bool good = packed.len > COUNT_SIZE;
	uint64_t count = good ? low_get(packed.at, COUNT_SIZE) : 0;

	if (good)
		coder_open(&coder, bytes_of(packed.at + COUNT_SIZE, packed.len - COUNT_SIZE));
	for (uint64_t i = 0; good && i < count; i++) {
		buf_clear(&text);
		good = stream_take(model, &coder, &text, TRAINING_MOST);
	}
	buf_release(&text);
	return good && coder_done(&coder);
}
