/* SPDX-License-Identifier: GPL-3.0-or-later
 * Growing bytes, varints and tagged fields, both ways. What is taken is taken whole and
 * only in its canonical form, so that a fact has one spelling and one hash.
 */
#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

enum { ROOM_FIRST = 64, VARINT_MOST = 10, WIRE_BITS = 2 };

struct bytes bytes_text(const char *text)
{
	return bytes_of(text, strlen(text));
}

bool bytes_equal(struct bytes a, struct bytes b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

void buf_release(struct buf *buf)
{
	free(buf->at);
	*buf = (struct buf){0};
}

void buf_clear(struct buf *buf)
{
	buf->len = 0;
}

/* Room for MORE bytes and a NUL, so that buf_cstr never has to move anything. */
static void make_room(struct buf *buf, size_t more)
{
	if (more >= SIZE_MAX / 2 - buf->len)
		memory_none(more);
	size_t need = buf->len + more + 1;
	if (need <= buf->room)
		return;
	size_t room = buf->room ? buf->room : ROOM_FIRST;
	while (room < need)
		room *= 2;
	uint8_t *at = realloc(buf->at, room);
	if (!at)
		memory_none(room);
	buf->at = at;
	buf->room = room;
}

uint8_t *buf_grow(struct buf *buf, size_t more)
{
	make_room(buf, more);
	uint8_t *at = buf->at + buf->len;
	buf->len += more;
	return at;
}

void buf_put(struct buf *buf, const void *at, size_t len)
{
	if (len)
		memcpy(buf_grow(buf, len), at, len);
}

void buf_byte(struct buf *buf, uint8_t byte)
{
	*buf_grow(buf, 1) = byte;
}

void buf_text(struct buf *buf, const char *text)
{
	buf_put(buf, text, strlen(text));
}

void buf_fmt(struct buf *buf, const char *fmt, ...)
{
	assert(fmt);
	va_list args, again;
	va_start(args, fmt);
	va_copy(again, args);
	int len = vsnprintf(NULL, 0, fmt, args);
	va_end(args);
	assert(len >= 0);
	make_room(buf, (size_t)len);
	vsnprintf((char *)buf->at + buf->len, (size_t)len + 1, fmt, again);
	va_end(again);
	buf->len += (size_t)len;
}

const char *buf_cstr(struct buf *buf)
{
	make_room(buf, 0);
	buf->at[buf->len] = 0;
	return (const char *)buf->at;
}

struct bytes buf_bytes(const struct buf *buf)
{
	return bytes_of(buf->at, buf->len);
}

struct value value_text(const char *text)
{
	return (struct value){WIRE_TEXT, 0, bytes_text(text)};
}

bool value_equal(const struct value *a, const struct value *b)
{
	if (a->wire != b->wire)
		return false;
	return a->wire == WIRE_NUM ? a->num == b->num : bytes_equal(a->text, b->text);
}

void put_varint(struct buf *buf, uint64_t number)
{
	while (number >= 0x80) {
		buf_byte(buf, (uint8_t)(number | 0x80));
		number >>= 7;
	}
	buf_byte(buf, (uint8_t)number);
}

bool take_varint(struct bytes *in, uint64_t *number)
{
	uint64_t sum = 0;
	for (size_t i = 0; i < in->len && i < VARINT_MOST; i++) {
		uint8_t byte = in->at[i];
		if (i == VARINT_MOST - 1 && byte > 1)
			return false; /* more than 64 bits */
		sum |= (uint64_t)(byte & 0x7F) << (7 * i);
		if (byte & 0x80)
			continue;
		if (byte == 0 && i > 0)
			return false; /* not the shortest */
		*in = bytes_of(in->at + i + 1, in->len - i - 1);
		*number = sum;
		return true;
	}
	return false;
}

void bytes_into(char *out, size_t room, struct bytes text)
{
	size_t len = text.len < room ? text.len : text_whole((const char *)text.at, room - 1);
	snprintf(out, room, "%.*s", (int)len, (const char *)text.at);
}

uint64_t zigzag(int64_t number)
{
	return ((uint64_t)number << 1) ^ (number < 0 ? UINT64_MAX : 0);
}

int64_t unzigzag(uint64_t number)
{
	return (int64_t)(number >> 1) ^ -(int64_t)(number & 1);
}

void put_field(struct buf *buf, unsigned tag, const struct value *value)
{
	put_varint(buf, ((uint64_t)tag << WIRE_BITS) | value->wire);
	if (value->wire == WIRE_NUM) {
		put_varint(buf, zigzag(value->num));
		return;
	}
	put_varint(buf, value->text.len);
	buf_put(buf, value->text.at, value->text.len);
}

void put_num(struct buf *buf, unsigned tag, int64_t number)
{
	put_field(buf, tag, &(struct value){WIRE_NUM, number, {0, 0}});
}

void put_bytes(struct buf *buf, unsigned tag, enum wire wire, struct bytes bytes)
{
	put_field(buf, tag, &(struct value){wire, 0, bytes});
}

void put_text(struct buf *buf, unsigned tag, const char *text)
{
	put_bytes(buf, tag, WIRE_TEXT, bytes_text(text));
}

void put_num_if(struct buf *buf, unsigned tag, int64_t number)
{
	if (number)
		put_num(buf, tag, number);
}

void put_bytes_if(struct buf *buf, unsigned tag, enum wire wire, struct bytes bytes)
{
	if (bytes.len)
		put_bytes(buf, tag, wire, bytes);
}

void put_text_if(struct buf *buf, unsigned tag, const char *text)
{
	if (text && *text)
		put_text(buf, tag, text);
}

bool take_field(struct bytes *in, unsigned *tag, struct value *value)
{
	struct bytes left = *in;
	uint64_t head, number;
	if (!take_varint(&left, &head) || (head >> WIRE_BITS) > UINT32_MAX)
		return false;
	enum wire wire = (enum wire)(head & ((1 << WIRE_BITS) - 1));
	if (wire > WIRE_BYTES || !take_varint(&left, &number))
		return false;
	struct value taken = {wire, 0, {0, 0}};
	if (wire == WIRE_NUM) {
		taken.num = unzigzag(number);
	} else {
		if (number > left.len)
			return false;
		taken.text = bytes_of(left.at, (size_t)number);
		left = bytes_of(left.at + number, left.len - (size_t)number);
		if (wire == WIRE_TEXT && !text_valid((const char *)taken.text.at, taken.text.len))
			return false;
	}
	*in = left;
	*tag = (unsigned)(head >> WIRE_BITS);
	*value = taken;
	return true;
}
