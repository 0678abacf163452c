/* SPDX-License-Identifier: GPL-3.0-or-later
 * Questions to join, honest ones and others.
 */
#ifndef INSIDER_JOINER_H
#define INSIDER_JOINER_H

#include "sync/enrol.h"
#include "store/rows/internal.h"

/* An invitation of HUB for AREA. */
void joiner_invite(struct store *hub, uint64_t area, struct token *token);
/* JOINER's honest question with it. */
void joiner_asks(struct store *joiner, const struct token *token, struct buf *frame);
/* The fields of FRAME, a question to join HUB, as that one opens them. */
void joiner_fields(struct store *hub, struct bytes frame, struct buf *fields);
/* FIELDS as a question to the hub of TOKEN, with its secret, in the name of whoever has SIGN,
 * sealed with the THIEF's agreement key. How it is signed: not at all, with zeros, with the thief's
 * own key over all that has to be signed, with what stood there. */
enum forged { FORGED_NOTHING, FORGED_ZEROS, FORGED_OWN, FORGED_COPY, FORGED };
void joiner_forge(const struct token *token, const uint8_t sign[SIGN_PUBLIC],
	const struct keys *thief, struct bytes fields, enum forged how, struct buf *frame);

#endif
