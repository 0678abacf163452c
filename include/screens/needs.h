/* SPDX-License-Identifier: GPL-3.0-or-later
 * What needs somebody now (work/agenda.h), as a list, in a sentence, and as an alarm.
 */
#ifndef SCREENS_NEEDS_H
#define SCREENS_NEEDS_H

#include "ui/list.h"
#include "ui/screen.h"
#include "work/agenda.h"

enum { NEEDS_SHOWN = 200 };

/* How home puts them. */
struct needs_look {
	int64_t now;
	bool wide;         /* five columns instead of three */
	bool bands;        /* a heading before each band, and rows of now and today alone, unless ALL */
	bool all;          /* also what is later, and what is others' */
	bool lean;         /* of these bands only now */
	bool village;      /* all lies in one place: no column says where */
	const bool *fresh; /* NEEDS_SHOWN, by place in the items: it is new to who looks; NULL: nothing is */
};
/* A row of LIST for each, NEEDS_SHOWN at most; id = its place. */
void needs_list(const struct needs *needs, struct list *list, const struct needs_look *look);
/* Opens what ITEM is about. Followed by returning what it returns. */
enum act needs_open(struct view *view, const struct need_item *item);
/* "现在2 今天5 以后12", or "" when there is nothing. */
void needs_sum(const struct needs *needs, struct buf *out);
/* Of what the things of a band are, as its heading says: by places what others do; else by boards, each with its key:
 * "  核对24 H  企业场所2 人员4 A". */
void needs_shares(const struct needs *needs, enum rule_band band, struct buf *out);
/* That nothing is to be done now (REST: nothing else), how much of others is late all the same, and what falls due next. */
void needs_nothing(const struct needs *needs, int64_t now, bool rest, struct buf *out);
/* The line of what is most urgent among what rings. */
struct alarm {
	struct buf what;              /* what it is, "" = nothing rings */
	struct buf rest[ALARM_RESTS]; /* how long there is, and what for: whole, shorter, the nearest alone */
	int64_t ring;                 /* seconds between two bells */
	bool signs;                   /* it waits for a signature */
	bool fresh;                   /* one came after *HEARD: ring now */
};
/* ALARM is emptied first, and released by needs_alarm_release(). *HEARD is a place in the order of arrival,
 * which moves. YET: among what has been judged so far (work/agenda.h). */
enum rc needs_alarm(struct store *store, bool yet, uint64_t *heard, struct alarm *alarm, struct fault *fault) MUST_CHECK;
void needs_alarm_release(struct alarm *alarm);
/* What was rung for. */
struct ring {
	uint64_t heard; /* the newest that rang: needs_alarm's HEARD */
	int64_t next;   /* when to look again; 0 = nothing rings */
	int64_t bell;   /* when the bell rings again */
	uint64_t last;  /* the newest fact when the alarm line was looked at */
};
/* Is it time for the bell: for one that is new, or because the rule's time has gone by? */
bool needs_rings(struct ring *ring, const struct alarm *alarm, int64_t now);

#endif
