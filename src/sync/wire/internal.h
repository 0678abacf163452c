/* SPDX-License-Identifier: GPL-3.0-or-later
 * What src/sync/wire shows to the other rooms of its floor.
 */
#ifndef SYNC_WIRE_INTERNAL_H
#define SYNC_WIRE_INTERNAL_H

/* ---- the first load */

/* Tagged fields of a message's extra. */
enum {
	EXTRA_LEFT = 1,
	EXTRA_KEY,
	EXTRA_CHECK_OF_OLD, /* release 0.1: nobody believes or sends it */
	EXTRA_ORPHANS,
	EXTRA_EVIDENCE,
	EXTRA_MACS,
	EXTRA_PACKINGS,
	EXTRA_FILES,
	EXTRA_LANES, /* of a question: bits of the lanes that its way is for, when it is not for all
		      */
	EXTRA_LEAN,
	EXTRA_WANTED,
	EXTRA_SPARE, /* of an answer: how much of its model a busy hub has for a question */
	EXTRA_DEED   /* of an answer to a twin: the hub's word that the twin goes on for it */
};

/* ---- the forms of a body, for whoever reads or follows one */

/* How a value is written: the wire types of a fact, and shorter forms that lose nothing. */
enum form {
	FORM_NUM,   /* zigzag */
	FORM_TEXT,  /* GB18030, NUL */
	FORM_BYTES, /* length, bytes */
	FORM_UTF8,  /* UTF-8, NUL */
	FORM_TIME,  /* minutes after the fact's time, zigzag */
	FORM_DATE,  /* days after the fact's day, zigzag; +1 bit: day or month only */
	FORM_WHOLE, /* zigzag thousandths that are whole: n / 1000 */
	FORM_REF,   /* a record: site of the table, n, lane */
};

/* What a reader takes. */
enum { ITEMS_MOST = 256, TAG_STEP = 100000 }; /* fields of a fact; from one tag to the next */

/* What a fact carries beside the usual. */
enum { LANE_SLOTS = 8 }; /* three bits of a seq */

enum { HAS_AT = 1, HAS_BY = 2, HAS_SIG = 4, HAS_AREA = 8, HAS_SEEN = 16, IS_RAW = 32 };

#endif
