/* SPDX-License-Identifier: GPL-3.0-or-later
 * A fact to its canonical bytes and back.
 */
#include "model/op.h"

#include "base/endian.h"
#include "base/when.h"

#include <stdio.h>
#include <string.h>

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

void op_put(struct buf *buf, const struct op *op)
{
	bool first = op_first(op);

	put_num_if(buf, HEAD_SITE, op->site);
	put_num_if(buf, HEAD_SEQ, op->seq);
	put_num_if(buf, HEAD_STAMP, op->stamp);
	put_num_if(buf, HEAD_REC_SITE, op->rec_site == op->site ? 0 : op->rec_site);
	put_num_if(buf, HEAD_REC_SEQ, first ? 0 : op->rec_seq);
	put_num_if(buf, HEAD_AREA, op->area);
	put_num_if(buf, HEAD_SEEN, op->seen);
	put_num_if(buf, HEAD_KIND, op->kind);
	put_num_if(buf, HEAD_STEP, op->step);
	put_num_if(buf, HEAD_WHO, op->who);
	put_num_if(buf, HEAD_AT, (uint64_t)op->at);
	put_bytes_if(buf, HEAD_BY, WIRE_TEXT, op->by);
	put_bytes_if(buf, HEAD_BODY, WIRE_BYTES, op->body);
}

/* Where in a fact each head field lies, and how wide it is there. */
static const struct {
	size_t at, size;
	enum wire wire;
} heads[] = {
	[HEAD_SITE] = {offsetof(struct op, site), sizeof(uint64_t), WIRE_NUM},
	[HEAD_SEQ] = {offsetof(struct op, seq), sizeof(uint32_t), WIRE_NUM},
	[HEAD_STAMP] = {offsetof(struct op, stamp), sizeof(uint64_t), WIRE_NUM},
	[HEAD_REC_SITE] = {offsetof(struct op, rec_site), sizeof(uint64_t), WIRE_NUM},
	[HEAD_REC_SEQ] = {offsetof(struct op, rec_seq), sizeof(uint32_t), WIRE_NUM},
	[HEAD_AREA] = {offsetof(struct op, area), sizeof(uint64_t), WIRE_NUM},
	[HEAD_SEEN] = {offsetof(struct op, seen), sizeof(uint64_t), WIRE_NUM},
	[HEAD_KIND] = {offsetof(struct op, kind), sizeof(uint32_t), WIRE_NUM},
	[HEAD_STEP] = {offsetof(struct op, step), sizeof(uint32_t), WIRE_NUM},
	[HEAD_WHO] = {offsetof(struct op, who), sizeof(uint32_t), WIRE_NUM},
	[HEAD_AT] = {offsetof(struct op, at), sizeof(int64_t), WIRE_NUM},
	[HEAD_BY] = {offsetof(struct op, by), sizeof(struct bytes), WIRE_TEXT},
	[HEAD_BODY] = {offsetof(struct op, body), sizeof(struct bytes), WIRE_BYTES},
};

/* One head field into OP; false when its type or value is not what op_put writes. */
static bool take_head(struct op *op, unsigned tag, const struct value *value)
{
	if (tag >= countof(heads))
		return true; /* from a newer program: kept in the bytes */

	char *to = (char *)op + heads[tag].at;
	if (value->wire != heads[tag].wire)
		return false;
	if (value->wire != WIRE_NUM) {
		memcpy(to, &value->text, sizeof value->text);
		return value->text.len > 0;
	}
	if (!value->num || (value->num < 0 && tag != HEAD_AT))
		return false;
	if (heads[tag].size == sizeof value->num) {
		memcpy(to, &value->num, sizeof value->num);
		return true;
	}
	uint32_t narrow = (uint32_t)value->num;
	memcpy(to, &narrow, sizeof narrow);
	return value->num <= UINT32_MAX;
}

/* Fills in what is left out because it is the fact's own; false when it was written all the same,
 * or when a first fact has what only later ones have, or the other way round. */
static bool settle_record(struct op *op)
{
	if (op->rec_site && (op->rec_site == op->site || op->rec_site >> 56 || !op->rec_seq))
		return false;
	if (!op->rec_site)
		op->rec_site = op->site;
	if (op->rec_seq && op_first(op))
		return false;
	if (!op->rec_seq)
		op->rec_seq = op->seq;
	return op_first(op) ? !op->seen && !op->step && op->area : !op->area;
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
	if (!settle_record(&got))
		return false;
	*op = got;
	return true;
}

bool op_may_be_kept(const struct op *op)
{
	return op->seq >= 8 && op->rec_seq >= 8 && op->stamp <= STAMP_MOST &&
	       op->seen <= STAMP_MOST;
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

const char *site_hex(uint64_t site, char out[SITE_HEX])
{
	snprintf(out, SITE_HEX, "%014llx", (unsigned long long)site);
	return out;
}

void ref_put(struct buf *buf, struct ref ref)
{
	buf_low(buf, ref.site, LOW_SITE);
	put_varint(buf, ref.seq);
}

bool ref_take(struct bytes in, struct ref *ref)
{
	uint64_t site = 0, seq;

	if (in.len < 8)
		return false;
	site = low_get(in.at, LOW_SITE);
	in.at += LOW_SITE;
	in.len -= LOW_SITE;
	if (!take_varint(&in, &seq) || in.len || !site || !seq || seq > UINT32_MAX)
		return false;
	ref->site = site;
	ref->seq = (uint32_t)seq;
	return true;
}
