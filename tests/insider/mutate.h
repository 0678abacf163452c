/* SPDX-License-Identifier: GPL-3.0-or-later
 * Messages of an enrolled station that are nearly right: what an honest one would say, with some of
 * its numbers, sites, facts, marks and statements replaced by others. One seed gives one message.
 */
#ifndef INSIDER_MUTATE_H
#define INSIDER_MUTATE_H

#include "liar.h"
#include "store/station.h"
#include "sync/wire.h"

struct dice {
	uint64_t state;
};
uint64_t dice_throw(struct dice *dice, uint64_t n); /* below N; 0: all 64 bits */

struct mutant {
	struct scene *scene;
	enum spot liar, other; /* other: at the far end of the link */
	struct dice *dice;
	struct crafted crafted;
	struct mark marks[8];
	struct buf front; /* statements and introductions before the frame */
};

void mutant_begin(struct mutant *mutant, struct scene *scene, enum spot liar, enum spot other,
	struct dice *dice);
void mutant_end(struct mutant *mutant);
/* MESSAGE is what an honest station says, a question or an answer. What is put into it lives as
 * long as MUTANT. */
void mutate(struct mutant *mutant, struct message *message);
/* ---- what it is made of */

bool once_in(struct mutant *mutant, unsigned n);
uint64_t any_number(struct mutant *mutant, uint64_t near); /* often an edge, or beside NEAR */
uint64_t any_site(struct mutant *mutant);                  /* often one of the scene */
struct bytes any_bytes(struct mutant *mutant, size_t most);
/* One more fact: the liar's own, one on a record that is there, a grant, a known one; then changed.
 */
void mutant_fact(struct mutant *mutant);
/* Some bits of OUT. */
void mutate_bytes(struct dice *dice, struct buf *out);

#endif
