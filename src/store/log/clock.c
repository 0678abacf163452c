/* SPDX-License-Identifier: GPL-3.0-or-later
 * What time it is. The clock above counts, but its word is good only together with a clock here
 * that went on evenly since: in the same boot that is the time the machine is up, which nobody
 * sets. After another boot the system's clock is all there is; it is asked with and without the
 * offset learnt, and what does not fit the last word is not believed.
 */
#include "store/db.h"
#include "store/log/internal.h"

#include "base/when.h"

enum {
	JITTER = 2,              /* seconds by which two clocks may differ and still be one */
	BEFORE = 3600,           /* a clock may be so far behind the last word from above */
	FAR = 400 * DAY_SECONDS, /* and, with an offset, so far beyond it: longer was nobody away */
	LAST_EVERY = 600,        /* so exactly it is remembered when something was written */
	HEARD_EVERY = 60,        /* a word that says the same is not written down more often */
};

/* Tags of the list KV_TIME. */
enum {
	TIME_OFFSET = 1,
	TIME_HEARD,
	TIME_BOOT,
	TIME_UP,
	TIME_LAST,
	TIME_LOST_BOOT,
	TIME_LOST_AT,
	TIME_LOST_UP,
	TIME_NUMBERS
};

static struct clock_word word_read(struct log *log)
{
	int64_t numbers[TIME_NUMBERS];

	kv_list_in(log->db, kv_own(KV_TIME), numbers, TIME_NUMBERS);
	return (struct clock_word){.offset = numbers[TIME_OFFSET],
		.heard = numbers[TIME_HEARD],
		.boot = (uint64_t)numbers[TIME_BOOT],
		.up = numbers[TIME_UP],
		.last = numbers[TIME_LAST],
		.lost_boot = (uint64_t)numbers[TIME_LOST_BOOT],
		.lost_at = numbers[TIME_LOST_AT],
		.lost_up = numbers[TIME_LOST_UP]};
}

static bool word_same(const struct clock_word *a, const struct clock_word *b)
{
	return a->offset == b->offset && a->heard == b->heard && a->boot == b->boot &&
	       a->up == b->up && a->last == b->last && a->lost_boot == b->lost_boot &&
	       a->lost_at == b->lost_at && a->lost_up == b->lost_up;
}

static enum rc word_write(struct log *log, const struct clock_word *word, struct fault *fault)
{
	const int64_t numbers[TIME_NUMBERS] = {[TIME_OFFSET] = word->offset,
		[TIME_HEARD] = word->heard,
		[TIME_BOOT] = (int64_t)word->boot,
		[TIME_UP] = word->up,
		[TIME_LAST] = word->last,
		[TIME_LOST_BOOT] = (int64_t)word->lost_boot,
		[TIME_LOST_AT] = word->lost_at,
		[TIME_LOST_UP] = word->lost_up};
	enum rc rc = RC_OK;

	if (!word_same(word, &log->word))
		rc = kv_list_put(log->db, kv_own(KV_TIME), numbers, TIME_NUMBERS, fault);
	if (!rc)
		log->word = *word;
	return rc;
}

void clock_read(struct log *log)
{
	log->word = word_read(log);
}

/* It is not earlier than this. */
static int64_t known(const struct clock_word *word)
{
	return word->last > word->heard ? word->last : word->heard;
}

static bool fits(const struct clock_word *word, int64_t at)
{
	return at >= known(word) - BEFORE;
}

static int64_t distance(int64_t a, int64_t b)
{
	return a > b ? a - b : b - a;
}

/* Neither way of reading the clock fits what was known before: time has stood still while the
 * machine was off, so it is at least so late. */
static int64_t lost(const struct clock_word *word, uint64_t boot, int64_t up)
{
	if (boot && boot == word->lost_boot)
		return word->lost_at + up - word->lost_up;
	return known(word) + up;
}

static bool is_lost(const struct clock_word *word)
{
	int64_t shown = when_now();

	return !fits(word, shown) && !fits(word, shown + word->offset);
}

/* The right time, by what is known here. */
static int64_t reckon(const struct clock_word *word)
{
	int64_t shown = when_now(), learnt = shown + word->offset, up;
	uint64_t boot = when_boot(&up);
	bool same = boot && boot == word->boot;
	int64_t even = word->heard + up - word->up;

	if (!word->heard)
		return shown;
	if (same && !when_is_set()) /* set or not, it has gone on */
		return distance(learnt, even) <= JITTER ? learnt : even;
	if (is_lost(word))
		return same ? even : lost(word, boot, up);
	bool near = fits(word, learnt) && learnt <= word->heard + FAR;
	if (near && same && fits(word, shown)) /* a clock that tests set may be meant either way */
		return distance(shown, even) < distance(learnt, even) ? shown : learnt;
	return near || !fits(word, shown) ? learnt : shown;
}

int64_t clock_now(struct log *log)
{
	struct clock_word word = log->depth ? log->word : word_read(log);

	return reckon(&word);
}

/* What was found out in this boot is remembered for the next: that somebody has set the clock right
 * since, from which time on a machine without one counts itself, and how late it was. */
enum rc clock_settle(struct log *log, struct fault *fault)
{
	struct clock_word word = log->word;
	int64_t up, now;
	uint64_t boot = when_boot(&up);

	if (!word.heard || !boot || when_is_set())
		return RC_OK;
	now = reckon(&word);
	if (boot == word.boot) {
		word.offset = now - when_now();
	} else if (is_lost(&word)) {
		if (boot != word.lost_boot) {
			word.lost_boot = boot;
			word.lost_at = now;
			word.lost_up = up;
		}
	} else {
		return RC_OK;
	}
	if (now > known(&word) + LAST_EVERY)
		word.last = now;
	return word_write(log, &word, fault);
}

enum rc clock_heard(struct log *log, int64_t offset, struct fault *fault)
{
	struct clock_word word = {.offset = offset, .heard = when_now() + offset};
	const struct clock_word *old = &log->word;

	word.boot = when_boot(&word.up);
	if (word.boot && word.boot == old->boot && word.offset == old->offset &&
		word.heard >= old->heard && word.heard - old->heard < HEARD_EVERY)
		return RC_OK;
	return word_write(log, &word, fault);
}
