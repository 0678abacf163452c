/* SPDX-License-Identifier: GPL-3.0-or-later
 * What src/store/log shows to the other rooms of its floor.
 */
#ifndef STORE_LOG_INTERNAL_H
#define STORE_LOG_INTERNAL_H

#include "store/engine/internal.h"
#include "model/area.h"
#include "store/log.h"

struct db;

/* ---- the log */

/* How a fact was judged; reach 0 is NULL in the table. */
struct validated {
	enum fact_state state;
	uint64_t reach;
};

/* How the log tells the rows, which it does not know. */
struct log_hooks {
	void (*changed)(void *to, struct ref rec);        /* good facts of that record changed */
	enum rc (*settle)(void *to, struct fault *fault); /* before the outermost commit */
	void (*undone)(void *to);
	void *to;
};

/* What the clock above said, and what the clocks here showed then; seconds. */
struct clock_word {
	int64_t offset; /* the right time less the system's clock, as last known */
	int64_t heard;  /* the right time at the last word from above; 0 = there was none */
	uint64_t boot;  /* the boot in which it was heard, and how long that was up */
	int64_t up;
	int64_t last; /* when something was written since, in a boot in which the time was known */
	/* A boot whose clock is of no use: it goes on from the last time known, counting itself. */
	uint64_t lost_boot;
	int64_t lost_at, lost_up;
};

/* The newest stamp of a record's facts, and of those by others than this station; 0 when there is
 * none. TOLD: up to which of these this station's own facts say to have seen, as far as it was
 * looked up. */
struct newest {
	struct ref rec;
	uint64_t stamp, others, told;
};

struct log {
	struct db *db;
	uint64_t site, area; /* own; 0 before the station is known */
	bool readonly;
	struct log_hooks hooks;
	unsigned depth;
	uint64_t clock; /* the newest stamp the hybrid clock has to be past */
	bool clock_moved;
	bool ending; /* a fact of ours that we did not have came back: the own site must end */
	struct clock_word word;
	unsigned indexed; /* bits by digits of asking areas whose index is known to be there */
	bool expired;     /* the judging under way found a grant to be over */
	const char *why;  /* it refused the fact; NULL */
	const struct composed *composed; /* the fact under way that this call has made; NULL */
	struct fact_taken taken;
	enum { DROPS_UNKNOWN, DROPS_NONE, DROPS_THERE } drops; /* was anything dropped */
	unsigned below_via; /* carrier for which log_from_below was asked last, and what it said */
	bool below;
	struct newest newest; /* seq 0: of none */
	/* How many facts were given back: to stations above, and by RETURNED_FROM; reckoned on from
	 * the first question of a transaction. */
	unsigned orphans, returned;
	uint64_t returned_from;
	/* The same of ranges of dropped facts. */
	unsigned ranges;
	uint64_t ranges_of;
	bool orphans_known;
	struct changed turned; /* facts judged otherwise than before, since the last log_turned */
	bool holds;            /* what new grants mean for facts waits: log_hold */
	struct changed held;   /* sites that wait */
	struct changed again;  /* sites whose own grants are to be read again: log_hold_again */
	struct site *olds;     /* as they were before, area 0: not known */
	size_t olds_room;
	struct area_map areas; /* owned */
	bool areas_known;
	struct batch batch;     /* what was loaded for this transaction */
	struct pending pending; /* facts that are to be written */
	struct authors authors;
	struct sites sites;
};

void log_start(struct log *log, struct db *db, const struct log_hooks *hooks);
void log_end(struct log *log); /* what it holds in memory; behind it only log_start() */
/* Leaves a transaction that changed nothing. */
void log_leave(struct log *log);
enum proof { PROOF_NONE, PROOF_MUST, PROOF_UNKNOWN };
/* A fact that this call has made: its body was checked when it was, and PROOF is what proof_of
 * said. The judge asks neither again. */
struct composed {
	const struct op *op;
	enum proof proof;
};
/* log.c: log_put of such a one, as RAW. */
enum rc log_put_composed(struct log *log, const struct composed *composed, struct bytes raw,
	bool *fresh, struct fault *fault) MUST_CHECK;
/* proof.c: which facts need their author's signature. A receipt needs it by the colour that its
 * warning was issued with; PROOF_UNKNOWN: that warning is not here. */
enum proof proof_of(struct log *log, const struct op *op);
/* The warning that decides it for OP; false when none does. */
bool proof_about(struct log *log, const struct op *op, struct ref *warning);
bool proof_counts(const struct op *op); /* begins a warning, on which others wait */

/* dropped.c: OP, which came by VIA, was TAKEN as refused or unproven: is there room to keep it, or
 * is it dropped? Counts, and notes what is. Inside a transaction. */
enum rc dropped_weigh(struct log *log, const struct op *op, unsigned via, struct fact_taken *taken,
	struct fault *fault) MUST_CHECK;
/* The end of the dropped numbers among which N is, of which SITE was told; 0 = it is not. */
uint32_t dropped_past(struct log *log, uint64_t site, unsigned lane, uint32_t n);
/* What was dropped of SITE for that reason may be good now. */
enum rc dropped_want(
	struct log *log, uint64_t site, const char *why, struct fault *fault) MUST_CHECK;

/* equivocation.c: what is left of a fact, RAW, that has left this disk: enough to know it again */
enum { GONE_HULL = 17 };
void gone_hull(struct bytes raw, uint8_t hull[GONE_HULL]);

/* awaits.c: OP, a receipt, waits to see its warning's colour; those of WARNING do not wait any
 * more.
 */
enum rc awaits_add(struct log *log, const struct op *op, struct fault *fault) MUST_CHECK;
/* All that wait, in a store whose program had no such table. */
enum rc awaits_fill(struct log *log, struct fault *fault) MUST_CHECK;
enum rc awaits_drop(struct log *log, struct ref warning, struct fault *fault) MUST_CHECK;

/* areas.c: the renumbered areas that count from now on; what that means for facts is judged. Inside
 * a transaction. */
enum rc log_areas_set(struct log *log, const struct area_map *map, struct fault *fault) MUST_CHECK;
void log_areas_free(struct log *log);
/* Where stations at or below this one are: by its own code, and by another one that it has or had;
 * the same twice when there is none. */
void log_spans(struct log *log, struct area_span spans[2]);
/* Does AREA lie within ABOVE, or did it by a code of before? */
bool log_was_within(struct log *log, uint64_t area, uint64_t above);

/* validate.c */
/* Facts that reach into AREA, again; those that are judged as before keep their place. */
enum rc log_validate_area(struct log *log, uint64_t area, struct fault *fault) MUST_CHECK;
enum rc log_validate(struct log *log, const struct op *op, struct bytes raw, unsigned via,
	struct validated *out, struct fault *fault) MUST_CHECK;
/* The steps of REC: those that WAITING for it, or all that followed its old judgement. */
enum rc log_validate_steps(
	struct log *log, struct ref rec, bool waiting, struct fault *fault) MUST_CHECK;
/* hold.c: nothing waits any more, and nothing is judged; SITE, which was OLD, waits */
void log_hold_end(struct log *log);
void log_hold_site(struct log *log, const struct site *old, uint64_t site);
/* What waited for OP, now that it is here. */
enum rc log_validate_waiting(struct log *log, const struct op *op, struct fault *fault) MUST_CHECK;
/* Judges the facts of SITE again, since it became known, or has another grant: then only the
 * REFUSED ones. Good ones get a new place in the order of arrival. */
enum rc log_validate_site(
	struct log *log, uint64_t site, bool refused, struct fault *fault) MUST_CHECK;
/* What stands under the number REF; OUT's bytes live in ARENA or until the end of the transaction.
 */
static inline enum rc log_known(struct log *log, struct ref ref, struct arena *arena,
	struct known_fact *out, struct fault *fault)
{
	return log->depth ? batch_ask(&log->batch, log->db, ref, arena, out, fault)
			  : engine_load(log->db, &ref, 1, out, arena, fault);
}
/* What judging a fact needs of its author; borrowed until the end of the transaction. */
static inline const struct known_site *log_brief(struct log *log, uint64_t site)
{
	return sites_get(&log->sites, log->db, site, log->site);
}
void log_forget(struct log *log); /* what is kept of authors and sites */
/* Watermarks that are not in the table yet go there: before it is read inside a transaction. */
enum rc log_authors_save(struct log *log, struct fault *fault) MUST_CHECK;
/* The number that SITE's next fact in LANE has; only inside a transaction. A failure must not look
 * like a beginning. */
enum rc log_next(
	struct log *log, uint64_t site, unsigned lane, uint32_t *n, struct fault *fault) MUST_CHECK;
/* Inside a transaction it is remembered for the record that is written on. */
enum rc log_newest(
	struct log *log, struct ref rec, struct newest *newest, struct fault *fault) MUST_CHECK;
/* All others of NEWEST are told by the fact that is written now. */
void log_newest_told(struct log *log, const struct newest *newest);

/* clock.c: what is known of the clock, read again; the time by it; before a fact is written, what
 * has become of the system's clock is noted, inside a transaction */
void clock_read(struct log *log);
int64_t clock_now(struct log *log);
enum rc clock_settle(struct log *log, struct fault *fault) MUST_CHECK;
/* The right time is OFFSET seconds ahead of the system's clock now: from here on it counts so. */
enum rc clock_heard(struct log *log, int64_t offset, struct fault *fault) MUST_CHECK;

/* ahead.c: OP's stamp against the clock; inside a transaction */
enum rc ahead_note(struct log *log, const struct op *op, struct fault *fault) MUST_CHECK;
/* The clock above says NOW (seconds): what was written by a clock a day and more ahead of it is
 * marked, and the hybrid clock comes back. */
enum rc ahead_clock(struct log *log, int64_t now, struct fault *fault) MUST_CHECK;

#endif
