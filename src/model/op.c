/* SPDX-License-Identifier: GPL-3.0-or-later
 * A fact to its canonical bytes and back.
 */
#include "model/op.h"

/* Tags of a fact's head. A value that is the default is left out, so there is one way to write a
 * fact. */
enum head {
	HEAD_SITE = 1,
	HEAD_SEQ,
	HEAD_STAMP,
	HEAD_REC_SITE, /* left out when it is the author's own */
	HEAD_REC_SEQ,  /* left out in the fact that begins a record */
	HEAD_AREA,
	HEAD_SEEN,
	HEAD_KIND,
	HEAD_STEP,
	HEAD_WHO,
	HEAD_AT,
	HEAD_BY,
	HEAD_BODY,
};

int op_cmp(const struct op *a, const struct op *b)
{
	if (a->stamp != b->stamp)
		return a->stamp < b->stamp ? -1 : 1;
	if (a->site != b->site)
		return a->site < b->site ? -1 : 1;
	return (a->seq > b->seq) - (a->seq < b->seq);
}

static void put_num(struct buf *buf, unsigned tag, uint64_t number)
{
	struct value value = value_num((int64_t)number);
	if (number)
		put_field(buf, tag, &value);
}

static void put_bytes(struct buf *buf, unsigned tag, enum wire wire, struct bytes bytes)
{
	struct value value = {wire, 0, bytes};
	if (bytes.len)
		put_field(buf, tag, &value);
}

void op_put(struct buf *buf, const struct op *op)
{
	bool first = op_first(op);

	put_num(buf, HEAD_SITE, op->site);
	put_num(buf, HEAD_SEQ, op->seq);
	put_num(buf, HEAD_STAMP, op->stamp);
	put_num(buf, HEAD_REC_SITE, op->rec_site == op->site ? 0 : op->rec_site);
	put_num(buf, HEAD_REC_SEQ, first ? 0 : op->rec_seq);
	put_num(buf, HEAD_AREA, op->area);
	put_num(buf, HEAD_SEEN, op->seen);
	put_num(buf, HEAD_KIND, op->kind);
	put_num(buf, HEAD_STEP, op->step);
	put_num(buf, HEAD_WHO, op->who);
	put_num(buf, HEAD_AT, (uint64_t)op->at);
	put_bytes(buf, HEAD_BY, WIRE_TEXT, op->by);
	put_bytes(buf, HEAD_BODY, WIRE_BYTES, op->body);
}

/* One head field into OP; false when its type or value is not what op_put writes. */
static bool take_head(struct op *op, unsigned tag, const struct value *value)
{
	enum wire want = tag == HEAD_BY ? WIRE_TEXT : tag == HEAD_BODY ? WIRE_BYTES : WIRE_NUM;
	uint64_t number = (uint64_t)value->num;

	if (tag > HEAD_BODY)
		return true; /* from a newer program: kept in the bytes */
	if (value->wire != want || (want == WIRE_NUM ? !number : !value->text.len))
		return false;
	if (want == WIRE_NUM && value->num < 0 && tag != HEAD_AT)
		return false;
	if ((tag == HEAD_SEQ || tag == HEAD_REC_SEQ || tag == HEAD_KIND || tag == HEAD_STEP ||
		    tag == HEAD_WHO) &&
		number > UINT32_MAX)
		return false;
	switch ((enum head)tag) {
	case HEAD_SITE:
		op->site = number;
		break;
	case HEAD_SEQ:
		op->seq = (uint32_t)number;
		break;
	case HEAD_STAMP:
		op->stamp = number;
		break;
	case HEAD_REC_SITE:
		op->rec_site = number;
		break;
	case HEAD_REC_SEQ:
		op->rec_seq = (uint32_t)number;
		break;
	case HEAD_AREA:
		op->area = number;
		break;
	case HEAD_SEEN:
		op->seen = number;
		break;
	case HEAD_KIND:
		op->kind = (unsigned)number;
		break;
	case HEAD_STEP:
		op->step = (unsigned)number;
		break;
	case HEAD_WHO:
		op->who = (uint32_t)number;
		break;
	case HEAD_AT:
		op->at = value->num;
		break;
	case HEAD_BY:
		op->by = value->text;
		break;
	case HEAD_BODY:
		op->body = value->text;
		break;
	}
	return true;
}

bool op_take(struct bytes in, struct op *op)
{
	struct op got = {0};
	unsigned tag, last = 0;
	struct value value;

	if (in.len > LIMIT_FACT)
		return false;
	while (in.len) {
		if (!take_field(&in, &tag, &value) || tag <= last || !take_head(&got, tag, &value))
			return false;
		last = tag;
	}
	if (!got.site || got.site >> 56 || !got.seq || !got.stamp || !got.kind)
		return false;
	if (got.rec_site && (got.rec_site == got.site || got.rec_site >> 56 || !got.rec_seq))
		return false;
	if (!got.rec_site)
		got.rec_site = got.site;
	if (!got.rec_seq)
		got.rec_seq = got.seq;
	else if (op_first(&got))
		return false;
	if (op_first(&got) ? got.seen || got.step || !got.area : got.area)
		return false;
	*op = got;
	return true;
}

bool op_body_check(struct bytes body, const char **why)
{
	unsigned tag, last = 0;
	struct value value;

	while (body.len) {
		if (!take_field(&body, &tag, &value) || tag <= last) {
			*why = _("字段不合规范");
			return false;
		}
		if (value.wire != WIRE_NUM && value.text.len > LIMIT_TEXT) {
			*why = _("太长：每个字段最多 4096 字节");
			return false;
		}
		last = tag;
	}
	return true;
}

void ref_put(struct buf *buf, struct ref ref)
{
	for (unsigned i = 0; i < 7; i++)
		buf_byte(buf, (uint8_t)(ref.site >> (8 * i)));
	put_varint(buf, ref.seq);
}

bool ref_take(struct bytes in, struct ref *ref)
{
	uint64_t site = 0, seq;

	if (in.len < 8)
		return false;
	for (unsigned i = 0; i < 7; i++)
		site |= (uint64_t)in.at[i] << (8 * i);
	in.at += 7;
	in.len -= 7;
	if (!take_varint(&in, &seq) || in.len || !site || !seq || seq > UINT32_MAX)
		return false;
	ref->site = site;
	ref->seq = (uint32_t)seq;
	return true;
}
