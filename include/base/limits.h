/* SPDX-License-Identifier: GPL-3.0-or-later
 * Every limit of buffers, loops and queues has its name here.
 */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

enum {
	LIMIT_TEXT = 4096,        /* bytes of one field's value in a fact */
	LIMIT_LONG = 65536,       /* bytes of a T_LONG value: a longer one than LIMIT_TEXT has pages (model/long_text.h) */
	LIMIT_LINE = 1024,        /* bytes of a T_TEXT value */
	LIMIT_FIELDS = 40,        /* fields of a kind */
	LIMIT_STATES = 24,        /* states of a kind: they fit a 32 bit mask */
	LIMIT_FACT = 16384,       /* bytes of one canonical fact */
	LIMIT_ROW = 1 << 20,      /* bytes of an import line */
	LIMIT_CAP = 8 << 20,      /* bytes of a CAP file */
	LIMIT_CAP_DEPTH = 32,     /* elements inside each other */
	LIMIT_FRAME = 192 * 1024, /* sealed frame */
	LIMIT_PLAIN = 2 << 20,    /* a frame's content */
	/* What one frame may hold; writers fill it with at most 720 KiB of canonical facts */
	LIMIT_FRAME_FACTS = 20000,
	LIMIT_FRAME_ITEMS = 131072, /* values of all its facts */
	LIMIT_FRAME_SITES = 20000,
	LIMIT_FRAME_CONTENT = 2 << 20, /* bytes of its canonical facts */
	LIMIT_FRAME_MARKS = 2000,
	LIMIT_FRAME_PROOFS = 400,   /* of marks that are checked: as many as an answer tells */
	LIMIT_FRAME_EXTRA = 131072, /* bytes of its tagged fields */
	/* What a hub does for one question; beyond it says "busy", and the station sends less at a
	   time. */
	LIMIT_FRAME_TAKEN = 6144, /* facts */
	LIMIT_FRAME_FOLD = 30000, /* facts of all records that these are of */
	/* What it takes of one station in a day, of a village and of others; beyond it little at a
	   time, and then nothing until tomorrow */
	LIMIT_DAY_FACTS = 50000,
	LIMIT_DAY_FACTS_MANY = 1000000,
	LIMIT_DAY_BYTES = 16 << 20, /* canonical */
	LIMIT_DAY_BYTES_MANY = 256 << 20,
	LIMIT_DAY_LITTLE = 64,      /* facts in a question */
	LIMIT_DAY_MORE = 5000,      /* of these questions together */
	LIMIT_DAY_EACH = 256,       /* bytes that each of those may have on average */
	LIMIT_RECORD_FACTS = 12000, /* facts of one record: what comes behind is dropped */
	/* Of what is refused, from one author or by one sender in a day */
	LIMIT_DAY_REFUSED = 20,   /* facts of an author that are kept apart and told one by one */
	LIMIT_DAY_SENDER = 200,   /* the same, of all authors whom one sender carries */
	LIMIT_DAY_UNKNOWN = 2000, /* facts that wait for their author's grant */
	LIMIT_STRANGERS = 4000,   /* dropped facts of unknown authors that are noted of a sender, in all */
	LIMIT_RANGES = 1000,      /* ranges of dropped facts of an author; then gaps count as dropped */
	/* Of one station, or of those that it was before */
	LIMIT_DAY_ENDS = 48,   /* sites that one station becomes: two days of an end an hour */
	LIMIT_ENDS = 1000,     /* in all: then it has to join again */
	LIMIT_DAY_INTROS = 32, /* new keys by introduction */
	LIMIT_DAY_TELLS = 40,  /* records that tell an author what was refused or dropped */
	LIMIT_PIN_LEAST = 4,   /* characters of a PIN */
	LIMIT_PIN = 32,
	LIMIT_PIN_TRIES = 5,       /* wrong PINs in a row; then it is locked */
	LIMIT_PIN_LOCK = 64,       /* minutes: 1 at first, twice as long each time, at most these */
	LIMIT_DAY_REQUEUED = 1000, /* facts that are said again because one sender has others */
	LIMIT_SPOKEN = 400,        /* groups of five digits: 17 minutes at two digits a second */
	LIMIT_VOICE = 1000,        /* facts taken from voice that wait to be proven */
	LIMIT_SCREENS = 10,        /* screens deep */
	LIMIT_NAME = 100,          /* bytes of a place's or person's name: the longest village has 99 */
	LIMIT_COLUMNS = 500,       /* terminal */
	LIMIT_ROWS = 200,
	LIMIT_PASTE = 65536, /* bytes of what is pasted at once; what is longer is no field's */
	BACKUPS_KEPT = 7,    /* daily backups made by the station itself */
};

#endif
