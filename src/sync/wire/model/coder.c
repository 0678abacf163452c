/* SPDX-License-Identifier: GPL-3.0-or-later
 * Bits to bytes by their probabilities: binary arithmetic coding without carries, as in lpaq.
 * Behind the last bit stand as few bytes as tell it apart; what is missing at the end is read as
 * zeros.
 */
#include "sync/wire/model/parts.h"

enum { TOP_BITS = 24, ZEROS_MOST = 4 };

static uint32_t middle(const struct coder *coder, unsigned p)
{
	uint32_t range = coder->high - coder->low;

	return coder->low + (range >> 16) * p + ((range & 0xFFFF) * p >> 16);
}

static void narrow(struct coder *coder, uint32_t mid, unsigned bit)
{
	if (bit)
		coder->high = mid;
	else
		coder->low = mid + 1;
}

void coder_start(struct coder *coder)
{
	*coder = (struct coder){.high = UINT32_MAX};
}

void coder_put(struct coder *coder, struct buf *out, unsigned bit, unsigned p)
{
	narrow(coder, middle(coder, p), bit);
	while (!((coder->low ^ coder->high) >> TOP_BITS)) {
		buf_byte(out, (uint8_t)(coder->high >> TOP_BITS));
		coder->low <<= 8;
		coder->high = coder->high << 8 | 0xFF;
	}
}

void coder_end(struct coder *coder, struct buf *out)
{
	for (unsigned bytes = 0; bytes <= 4; bytes++) {
		uint32_t step = bytes == 4 ? 1 : bytes ? UINT32_C(1) << (32 - 8 * bytes) : 0;
		uint32_t value =
			step ? coder->low / step * step + (coder->low % step ? step : 0) : 0;
		if (value < coder->low || value > coder->high)
			continue;
		for (unsigned i = 0; i < bytes; i++)
			buf_byte(out, (uint8_t)(value >> (24 - 8 * i)));
		return;
	}
}

static uint8_t next_byte(struct coder *coder)
{
	coder->read++;
	return coder->read <= coder->in.len ? coder->in.at[coder->read - 1] : 0;
}

void coder_open(struct coder *coder, struct bytes in)
{
	*coder = (struct coder){.high = UINT32_MAX, .in = in};
	for (unsigned i = 0; i < 4; i++)
		coder->value = coder->value << 8 | next_byte(coder);
}

unsigned coder_take(struct coder *coder, unsigned p)
{
	uint32_t mid = middle(coder, p);
	unsigned bit = coder->value <= mid;

	narrow(coder, mid, bit);
	while (!((coder->low ^ coder->high) >> TOP_BITS)) {
		coder->low <<= 8;
		coder->high = coder->high << 8 | 0xFF;
		coder->value = coder->value << 8 | next_byte(coder);
	}
	return bit;
}

bool coder_cut(const struct coder *coder)
{
	return coder->read > coder->in.len + ZEROS_MOST;
}

bool coder_done(const struct coder *coder)
{
	return !coder_cut(coder) && coder->read >= coder->in.len;
}
