/* SPDX-License-Identifier: GPL-3.0-or-later
 * Why a station did not get through to the one above: kept as a code, so that it is said in the
 * language of whoever reads it, and every one with what to do. And how the tries to get through
 * went lately, for what comes late.
 */
#ifndef STORE_TROUBLE_H
#define STORE_TROUBLE_H

#include "store/store.h"

/* Kept in stores: new ones at the end. */
enum trouble {
	TROUBLE_NONE, /* it worked */
	TROUBLE_LINE, /* no connection */
	TROUBLE_HOST, /* no such host */
	TROUBLE_CUT,  /* cut in the middle */
	TROUBLE_MUTE, /* no answer in time */
	TROUBLE_BUSY, /* the station above had no time */
	TROUBLE_HOURS,
	TROUBLE_BUDGET,
	TROUBLE_HOOK,   /* the program before dialling failed */
	TROUBLE_FOLDER, /* the stick is not there */
	TROUBLE_STICK,  /* on the stick, the receipt not back yet */
	TROUBLE_KEY,    /* not the pinned key or certificate */
	TROUBLE_LOGIN,
	TROUBLE_PROGRAM, /* no hub behind the login */
	TROUBLE_STRANGE, /* what answers is no hub, or not ours */
	TROUBLE_REVOKED,
	TROUBLE_UNKNOWN, /* the station above does not know this one */
	TROUBLE_VERSION, /* its program and ours do not understand each other */
	TROUBLE_HERE,    /* this station's own disk or store */
	TROUBLE_OTHER,
	TROUBLE_IDLE, /* nobody tried */
	TROUBLE_CONFLICT, /* other facts of this station stand above, without evidence */
	TROUBLES
};
enum { LANES_ALL = (1 << LANES) - 1 };
extern const char *const trouble_names[TROUBLES]; /* for programs */
/* What is wrong, and what to do about it, translated; "" for TROUBLE_NONE. */
const char *trouble_what(enum trouble trouble);
const char *trouble_advice(enum trouble trouble);

/* FAULT (may be NULL) tells of TROUBLE; returns RC: return trouble_is(WHAT, fault, fault_set(…)). */
enum rc trouble_is(enum trouble trouble, struct fault *fault, enum rc rc);
/* By what was said with the fault, else by its rc. */
enum trouble trouble_of(const struct fault *fault);

/* A sync is over. TROUBLE kept the lanes LANES_MASK (bits) from going up; TROUBLE_NONE: it worked
 * for them. Tries that went alike one after the other are one stretch, and the latest stretches are
 * kept. */
enum rc trouble_note(struct store *store, enum trouble trouble, unsigned lanes_mask,
	struct fault *fault) MUST_CHECK;

#endif
