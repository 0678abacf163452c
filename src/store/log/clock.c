/* SPDX-License-Identifier: GPL-3.0-or-later
 * What time it is. The clock above counts, but its word is good only together with a clock here
 * that went on evenly since: in the same boot that is the time the machine is up, which nobody
 * sets. After another boot the system's clock is all there is; it is asked with and without the
 * offset learnt, and what does not fit the last word is not believed.
 */
#include "store/inside.h"

#include "base/when.h"

#include <string.h>

enum {
	JITTER = 2,        /* seconds by which two clocks may differ and still be one */
	BEFORE = 3600,     /* a clock may be so far behind the last word from above */
	FAR = 400 * 86400, /* and, with an offset, so far beyond it: longer was nobody away */
	LAST_EVERY = 600,  /* so exactly it is remembered when something was written */
	HEARD_EVERY = 60,  /* a word that says the same is not written down more often */
};

static const struct {
	const char *name;
	size_t at;
} parts[] = {
	{"clock.offset", offsetof(struct clock_word, offset)},
	{"clock.heard", offsetof(struct clock_word, heard)},
	{"clock.boot", offsetof(struct clock_word, boot)},
	{"clock.up", offsetof(struct clock_word, up)},
	{"clock.last", offsetof(struct clock_word, last)},
	{"clock.lost_boot", offsetof(struct clock_word, lost_boot)},
	{"clock.lost_at", offsetof(struct clock_word, lost_at)},
	{"clock.lost_up", offsetof(struct clock_word, lost_up)},
};

/* They are all 64 bits wide. */
static void *part_of(struct clock_word *word, size_t n)
{
	return (char *)word + parts[n].at;
}

static struct clock_word word_read(struct log *log)
{
	struct clock_word word = {0};
	struct sql sql = sql_open(
		log->db, "SELECT name, value FROM meta WHERE name>='clock.' AND name<'clock/'");
	char name[32];

	while (sql_row(&sql)) {
		int64_t value = sql_get(&sql, 1);
		sql_get_text(&sql, 0, name, sizeof name);
		for (size_t n = 0; n < countof(parts); n++)
			if (!strcmp(parts[n].name, name))
				memcpy(part_of(&word, n), &value, sizeof value);
	}
	if (sql_end(&sql, NULL))
		memset(&word, 0, sizeof word);
	return word;
}

static enum rc part_write(struct log *log, const char *name, int64_t value, struct fault *fault)
{
	struct sql sql = sql_open(log->db, "INSERT OR REPLACE INTO meta(name, value) VALUES(?,?)");
	sql_text(&sql, name);
	sql_num(&sql, value);
	return sql_run(&sql, fault);
}

static enum rc word_write(struct log *log, struct clock_word *word, struct fault *fault)
{
	enum rc rc = RC_OK;

	for (size_t n = 0; n < countof(parts) && !rc; n++) {
		int64_t value, before;
		memcpy(&value, part_of(word, n), sizeof value);
		memcpy(&before, part_of(&log->word, n), sizeof before);
		if (value != before)
			rc = part_write(log, parts[n].name, value, fault);
	}
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

static int64_t apart(int64_t a, int64_t b)
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
		return apart(learnt, even) <= JITTER ? learnt : even;
	if (is_lost(word))
		return same ? even : lost(word, boot, up);
	bool near = fits(word, learnt) && learnt <= word->heard + FAR;
	if (near && same && fits(word, shown)) /* a clock that tests set may be meant either way */
		return apart(shown, even) < apart(learnt, even) ? shown : learnt;
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
