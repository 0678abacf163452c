/* SPDX-License-Identifier: GPL-3.0-or-later
 * Disaster reports of one event, added up: what this place has reported, the newest report of each place directly
 * below, their sum, and what does not agree with other registers. Reports belong to one event when they name the same
 * sort of disaster and lie within limit report.event.days of each other.
 */
#ifndef WORK_LOSSES_H
#define WORK_LOSSES_H

#include "work/change.h"
#include "work/rules.h"

/* The numbers of a report in the order of the national table. */
enum { LOSS_FIGURES = 11, LOSS_EVENTS = 9 };
enum loss_figure {
	LOSS_AFFECTED,
	LOSS_DEAD,
	LOSS_MISSING,
	LOSS_INJURED,
	LOSS_MOVED,
	LOSS_RESETTLED,
	LOSS_NEED_HELP,
	LOSS_COLLAPSED,
	LOSS_DAMAGED,
	LOSS_CROP,
	LOSS_MONEY
};
const struct field *loss_field(unsigned figure);

/* Values as fields keep them; what is not .has is unknown, which is not 0. */
struct loss_numbers {
	bool has[LOSS_FIGURES];
	int64_t num[LOSS_FIGURES];
};
/* As it is typed; nothing where it is unknown. */
void loss_show(const struct loss_numbers *numbers, unsigned figure, struct buf *out);

enum loss_stage { LOSS_FIRST, LOSS_FOLLOW, LOSS_VERIFIED, LOSS_ZERO, LOSS_STAGES };

struct loss_report {
	struct ref ref, first; /* first: of its chain; seq 0 = it is the first */
	uint64_t area;
	const char *event, *merged; /* merged: numbers of the reports that it adds up; "" = none */
	enum loss_stage stage;
	int64_t serial, at, happened; /* at: written; happened: of the event, as it says */
	int64_t late;                 /* seconds past its limit, which runs from the event; 0 = in time */
	int64_t limit;                /* when it was due; 0 = no limit is known */
	int state;
	bool proven;              /* the station above has proven that it holds it */
	const struct rule *skips; /* the row by which it goes past a level; NULL */
	struct loss_numbers numbers;
};

/* A place directly below: its newest report that has numbers, and whether it said that nothing changed. */
struct loss_place {
	uint64_t area;
	const struct loss_report *newest, *first; /* NULL: none with numbers */
	unsigned reports;                         /* of this event */
	int64_t quiet;                            /* its newest zero report since the event; 0 = none */
	int64_t zero;                             /* and of today, also from before the event */
	bool owes;                                /* the rules want a report of it every day, and today's has not come */
	int64_t urged;                            /* an order of this station asked it to report; 0 = none did */
	bool left_out;                            /* the newest is not in what was merged here last */
};

/* In the arena it was loaded with. */
struct losses {
	struct world *world;
	uint64_t area;                   /* of this station */
	const char *events[LOSS_EVENTS]; /* codes, the newest first */
	unsigned event_count;
	const char *event;           /* that is looked at; "" = nothing was reported */
	int64_t from;                /* since when: the event, or today's beginning */
	struct loss_report *reports; /* of the event and of zero reports, the newest first */
	unsigned count;
	const struct loss_report *own, *own_first; /* of this place: newest, first; NULL */
	const struct loss_report *own_zero;        /* of this place, of today; NULL */
	int64_t owed_until; /* the rules want a report of it today until then; 0: they do not, or it came */
	struct loss_numbers yesterday, sum, difference; /* difference: where it is not 0 */
	struct loss_place *places; /* those with numbers first, the gravest of them on top; then silent; then quiet */
	unsigned place_count, told, quiet, silent; /* numbers; zero reports of those that told of no loss; as loss_silent */
};

/* Nothing was heard from it: not of the event, and not today where the rules want a report every day. */
bool loss_silent(const struct loss_place *place);
/* From one report to the next, minutes. */
int64_t losses_interval(void);
/* When today began. */
int64_t losses_day(const struct losses *losses);
/* For losses_load: when reports were due, and who owes one of today. */
void losses_limits(struct losses *losses);
enum rc losses_owed(struct losses *losses, struct arena *arena, struct fault *fault) MUST_CHECK;

/* Seconds from the event to the first report of AREA. */
int64_t losses_first_limit(uint64_t area);
/* EVENT "" or one that is not there: the newest. */
enum rc losses_load(
	struct losses *losses, struct world *world, const char *event, struct arena *arena, struct fault *fault) MUST_CHECK;
/* Reports from further below that go past a level and that nobody between has checked; NULL after the last. */
const struct loss_report *losses_skipping(const struct losses *losses, unsigned n);
/* The reports of AREA, the newest first; NULL after the last. */
const struct loss_report *losses_version(const struct losses *losses, uint64_t area, unsigned n);
/* When the next report of the event by this place is due, and which it is; 0: none is known to be, or it said since that
 * nothing has changed. */
int64_t losses_next(const struct losses *losses, enum loss_stage *stage, int64_t *serial);

/* ---- what does not agree */

enum loss_doubt_kind {
	DOUBT_DEAD,      /* the list of dead, or an incident, says another number: .mine in the report, .other there */
	DOUBT_MISSING,   /* the list of missing */
	DOUBT_COLLAPSED, /* of a verified report: rooms in the list of households */
	DOUBT_DAMAGED,
	DOUBT_INCIDENT, /* what was taken by telephone counts more dead */
	DOUBT_SHELTERS, /* .mine resettled by the report, .other people in shelters, .third by the places below */
	DOUBT_SILENT,   /* no follow-up for .mine minutes */
	DOUBT_LEFT_OUT, /* newer than the merged report */
	DOUBT_TWICE,    /* several first reports of the place: .text are their numbers, .report the last of them */
	DOUBT_LATE,     /* written .mine minutes late; .at the limit */
};
enum { LOSS_UNKNOWN = -1 }; /* as .mine, .other, .third: nobody has told */
struct loss_doubt {
	enum loss_doubt_kind kind;
	uint64_t area;
	const struct loss_report *report; /* NULL: none in particular */
	int64_t mine, other, third, at;
	const char *text; /* of an incident, or numbers; "" */
};
enum { DOUBTS_MOST = 40 };
struct loss_doubts {
	struct loss_doubt at[DOUBTS_MOST];
	unsigned count;
};
enum rc losses_doubts(
	const struct losses *losses, struct loss_doubts *doubts, struct arena *arena, struct fault *fault) MUST_CHECK;

/* ---- what keys write */

/* N_(): an order that asks to report begins so. */
extern const char *const losses_urge_word;

/* The sum of the places below as this place's next report. REASON: why numbers fell; "" = none given. RC_BAD: nothing to
 * add up, or a reason is wanted. */
enum rc losses_merge(const struct actor *actor, const struct losses *losses, const char *reason, struct ref *ref,
	struct fault *fault) MUST_CHECK;
/* What that would say: the sum, and where no place below knows a figure, what this place has reported of it. */
void losses_merged(const struct losses *losses, struct loss_numbers *numbers);
/* Does the sum fall below what this place has reported? */
bool losses_fall(const struct losses *losses);
/* What places below, at any depth, have reported and neither this place nor one between has added up. False: nothing. */
bool losses_unsummed(const struct losses *losses, struct loss_numbers *numbers);
/* May this place say that nothing has happened, or nothing more than it has reported? RC_BAD: dead or missing are known
 * here, by telephone or from below, whom it has not reported; or what was reported below is not added up. */
enum rc losses_zero_may(const struct actor *actor, struct fault *fault) MUST_CHECK;
/* A zero report of this place, if it may. */
enum rc losses_zero(const struct actor *actor, struct ref *ref, struct fault *fault) MUST_CHECK;
/* How many are silent and were not asked yet. */
unsigned losses_unasked(const struct losses *losses);
/* An order to all of those. *COUNT: how many. */
enum rc losses_urge(const struct actor *actor, const struct losses *losses, unsigned *count, struct fault *fault) MUST_CHECK;
/* The report of a place goes back with a question. */
enum rc losses_ask(
	const struct actor *actor, const struct loss_report *report, const char *question, struct fault *fault) MUST_CHECK;

#endif
