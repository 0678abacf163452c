/* SPDX-License-Identifier: GPL-3.0-or-later
 * A fact: what one person did to one record, once, for ever. Its canonical bytes (op_put) are what
 * is stored, signed and passed on; a fact from a newer program keeps what this one does not know.
 */
#ifndef MODEL_OP_H
#define MODEL_OP_H

#include "base/buf.h"
#include "model/schema.h"

struct op {
	uint64_t site;     /* who wrote it: 56 bits of the hash of the station's signing key */
	uint32_t seq;      /* n * 8 + lane: n counts per (site, lane) from 1 */
	uint64_t stamp;    /* order: hybrid clock, see base/when.h */
	uint64_t rec_site; /* the record: the fact that began it; equal to site and seq in that fact
			    */
	uint32_t rec_seq;
	uint64_t area;     /* 12 digits; set by the first fact of a record, 0 in its steps */
	uint64_t seen;     /* newest stamp in the record as the author saw it; 0 in a first fact */
	unsigned kind;     /* number of the kind */
	unsigned step;     /* 0 = fields were set (new record or edit), else the step's tag */
	uint32_t who;      /* seq of the author's `person` record in that site; 0 = the station itself */
	int64_t at;        /* when it happened, if not when it was written: seconds; 0 = stamp */
	struct bytes by;   /* the author's name as a source gives it, for imported facts; empty = who */
	struct bytes body; /* canonical fields */
	struct bytes sig;  /* Ed25519 over op_put without it; empty or SIGN_SIZE bytes */
};

static inline unsigned op_lane(const struct op *op)
{
	return op->seq & 7;
}
static inline bool op_first(const struct op *op)
{
	return op->site == op->rec_site && op->seq == op->rec_seq;
}
static inline int64_t op_at(const struct op *op)
{
	return op->at ? op->at : (int64_t)(op->stamp / 65536);
}

/* Total order of facts: stamp, site, seq. */
int op_cmp(const struct op *a, const struct op *b);

/* Canonical bytes, without the signature. */
void op_put(struct buf *buf, const struct op *op);
/* Borrows from IN. False on anything that is not canonical; unknown head tags are kept inside the
 * bytes (whoever passes a fact on passes its stored bytes on). */
bool op_take(struct bytes in, struct op *op);
/* No more than OP_TAKE would say: has it a number and a record that a frame can name, and does its
 * stamp leave room for the next? A store keeps no other. */
bool op_may_be_kept(const struct op *op);
/* The fields of a body are canonical and inside the limits; WHY in the user's language. */
bool op_body_check(struct bytes body, const char **why);

/* A site's number as people and files write it: 14 hex digits. Returns OUT. */
enum { SITE_HEX = 15 };
const char *site_hex(uint64_t site, char out[SITE_HEX]);

/* A reference to a record, as the value of a T_REF field. */
struct ref {
	uint64_t site;
	uint32_t seq;
};
void ref_put(struct buf *buf, struct ref ref); /* 7 bytes site, little-endian, varint seq */
bool ref_take(struct bytes in, struct ref *ref);

#endif
