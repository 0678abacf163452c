/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a call came to, by what it was about: no more is said than a telephone proves.
 */
#ifndef SCREENS_CALL_WORDS_H
#define SCREENS_CALL_WORDS_H

#include "base/arena.h"
#include "base/buf.h"
#include "model/rules.h"
#include "work/owing.h"
#include "work/callees.h"

/* A result of a call (code of call_result) that ASK wanted an answer to; ASK NULL: of any call. */
const char *call_words_result(const struct rule *ask, const char *code);
/* "1应到 2无人接听 …": the first COUNT results behind their digits. */
void call_words_results(const struct rule *ask, unsigned count, struct buf *out);
/* The same in forty columns: the beginning of each. */
void call_words_short(const struct rule *ask, unsigned count, struct buf *out);
/* What a place has not done that has it: not signed, not answered. */
const char *call_words_owed(const struct rule *ask);
/* "都应了，05:31。九成用时6分；v 看全部": nobody is left to be called. BY_LINE: in line mode, which has no v. */
const char *call_words_over(const struct owing *owing, int64_t now, bool by_line, struct arena *arena);
/* "154 3914 2161", as people dial. */
void call_words_phone(const char *phone, struct buf *out);
/* Where there is no number: what to register so that there is one. The watch above is a contact there, of a group that is
 * named so. */
void call_words_nobody(const struct callee *callee, struct buf *out);
/* One line of what is read out, for a slow line. */
const char *call_words_brief(const char *text, struct arena *arena);

/* That nobody is to be called here: because nothing asks, or because those between call the villages. */
const char *call_words_none(const struct actor *actor, struct arena *arena);

#endif
