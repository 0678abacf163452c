/* SPDX-License-Identifier: GPL-3.0-or-later
 * Growing bytes, and the three wire types that every fact is made of.
 *
 * A field is a head (tag * 4 + wire type, as varint) and a value:
 *   WIRE_NUM   zigzag varint
 *   WIRE_TEXT  varint length, UTF-8 without NUL
 *   WIRE_BYTES varint length, bytes
 * Canonical: tags ascend strictly, varints are the shortest. Every take function
 * stays inside IN, refuses what is not canonical and then leaves IN untouched.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/base.h"

/* Owned; all zero is empty and valid. Release with buf_release. */
struct buf {
	uint8_t *at;
	size_t len, room;
};

void buf_release(struct buf *buf);
void buf_clear(struct buf *buf);                 /* empty, keeps the room */
uint8_t *buf_grow(struct buf *buf, size_t more); /* where MORE new bytes now are */
void buf_put(struct buf *buf, const void *at, size_t len);
void buf_byte(struct buf *buf, uint8_t byte);
void buf_text(struct buf *buf, const char *text);
void buf_fmt(struct buf *buf, const char *fmt, ...) PRINTF(2, 3);
const char *buf_cstr(struct buf *buf); /* borrowed; NUL behind the content, not counted */
struct bytes buf_bytes(const struct buf *buf);

enum wire { WIRE_NUM, WIRE_TEXT, WIRE_BYTES };

/* One value of a fact; text borrows. */
struct value {
	enum wire wire;
	int64_t num;
	struct bytes text; /* WIRE_TEXT and WIRE_BYTES */
};

static inline struct value value_num(int64_t num)
{
	return (struct value){WIRE_NUM, num, {0, 0}};
}

/* A text value borrows TEXT; equal values have the same wire type and bytes. */
struct value value_text(const char *text);
bool value_equal(const struct value *a, const struct value *b);

/* As a string of at most ROOM bytes with its NUL, cut between characters. */
void bytes_into(char *out, size_t room, struct bytes text);

/* Numbers of 1 to 10 bytes, seven bits each, low first; signed ones go through zigzag. Take is false,
 * and IN untouched, on what put would not have written. */
void put_varint(struct buf *buf, uint64_t number);
bool take_varint(struct bytes *in, uint64_t *number);
uint64_t zigzag(int64_t number);
int64_t unzigzag(uint64_t number);
void put_field(struct buf *buf, unsigned tag, const struct value *value);
/* The same with a number, a text, bytes of WIRE; and only when there is one: not 0, not "", not NULL. */
void put_num(struct buf *buf, unsigned tag, int64_t number);
void put_text(struct buf *buf, unsigned tag, const char *text);
void put_bytes(struct buf *buf, unsigned tag, enum wire wire, struct bytes bytes);
void put_num_if(struct buf *buf, unsigned tag, int64_t number);
void put_text_if(struct buf *buf, unsigned tag, const char *text);
void put_bytes_if(struct buf *buf, unsigned tag, enum wire wire, struct bytes bytes);
bool take_field(struct bytes *in, unsigned *tag, struct value *value);

#endif
