/* SPDX-License-Identifier: GPL-3.0-or-later
 * Lines of official texts as rows `text` write them, cut into pieces. Read and checked in the rules, put together from
 * a record in work/text.h.
 */
#ifndef MODEL_TEXTS_H
#define MODEL_TEXTS_H

#include "model/rules.h"

enum { TEXT_NAME = 48 };

/* "{moved?，转移{moved}人}": TEXT_WHEN moved, TEXT_WORDS ，转移, TEXT_PUT moved, TEXT_WORDS 人, TEXT_END. */
enum text_sort { TEXT_OVER, TEXT_WORDS, TEXT_PUT, TEXT_WHEN, TEXT_END, TEXT_WRONG };
struct text_piece {
	enum text_sort sort;
	struct bytes words;   /* TEXT_WORDS */
	char name[TEXT_NAME]; /* TEXT_PUT, TEXT_WHEN */
	bool not ;            /* TEXT_WHEN: when it is not known: {!moved?…} */
};
/* The next piece at *AT, which moves behind it. */
void text_piece(const char **at, struct text_piece *piece);

/* What a name in a text means beside a field. */
enum text_word {
	TEXT_NONE,
	TEXT_FIELD,   /* of the record */
	TEXT_OTHER,   /* FIELD.FIELD: of the record that the first points to */
	TEXT_STATION, /* whose text it is */
	TEXT_NOW,
	TEXT_DATE,
	TEXT_AREA,
	TEXT_AT,         /* when the record was written */
	TEXT_BY,         /* who wrote it */
	TEXT_BY_STATION, /* at which station */
	TEXT_USER,
	TEXT_NUMBER,
	TEXT_LABEL,  /* the number with its last sign, as labels have it */
	TEXT_STEPS,  /* the tasks about the record, who did each and when */
	TEXT_LIFTED, /* when a warning was lifted */
	TEXT_LIFTS,  /* when one that lifts others was written */
	TEXT_SAID,   /* what was said when it was lifted */
	TEXT_ASK,    /* ask.NAME.PART */
	TEXT_COUNT,  /* count.NAME */
	TEXT_FIGURE, /* figure.NAME */
	TEXT_LATE,   /* late.ASK.month, late.ASK.before: who was late in this month, in the one before */
	TEXT_WATCH,  /* watch.POST: who has it on the roster of now, with the number */
};
enum text_ask { ASKED_COUNT, ASKED_ANSWERED, ASKED_OWING, ASKED_PERCENT, ASKED_MEDIAN, ASKED_NINETY, ASKED_NAMES, ASKED_PARTS };
struct text_meant {
	enum text_word word;
	const struct field *field, *other;
	enum rule_word row; /* of the rules that it speaks of, by this name; 0 = none */
	char name[TEXT_NAME];
	enum text_ask part; /* TEXT_ASK */
	bool before;        /* TEXT_LATE */
};
/* What NAME means in a text about records of KIND (NULL: about none). TEXT_NONE: nothing. */
struct text_meant text_means(const struct kind *kind, const char *name);

#endif
