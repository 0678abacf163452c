/* SPDX-License-Identifier: GPL-3.0-or-later
 * The hostile middle: a hub to the stations, a station to the hub, and a long memory.
 */
#include "middle.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

#include "sync/link.h"
#include "base/when.h"
#include "sync/wire.h"

enum { MEMORY = 40, WAIT_MS = 8000, KEEP_MS = 1500 };

struct passed {
	struct buf ask, answer;
	uint64_t site;
};

struct mind {
	struct middle_seen *seen;
	struct link *hub;
	struct passed old[MEMORY];
	unsigned count;
	struct buf held, kept; /* a question not yet given, an answer not yet given */
};

static uint64_t dice(struct mind *mind, uint64_t sides)
{
	uint64_t *seed = &mind->seen->seed;
	*seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (*seed >> 33) % sides;
}

static uint64_t asker(struct bytes ask)
{
	uint64_t site = 0;
	uint8_t id;
	if (lean_version(ask) == LEAN_ASK) /* which says no more of it */
		return lean_site(ask);
	(void)!seal_head(ask, &site, &id);
	return site >> 8 * (7 - LEAN_SITE);
}

static enum rc pass(struct mind *mind, struct bytes ask, struct buf *answer, struct fault *fault)
{
	return link_http.swap(mind->hub, ask, answer, WAIT_MS, fault);
}

static void copy(struct buf *to, const struct buf *from)
{
	buf_clear(to);
	buf_put(to, from->at, from->len);
}

/* Something old of this station, or of another; NULL when there is none yet. */
static const struct passed *old(struct mind *mind, uint64_t site, bool same)
{
	unsigned most = mind->count < MEMORY ? mind->count : MEMORY, from;
	from = most ? (unsigned)dice(mind, most) : 0;
	for (unsigned i = 0; i < most; i++) {
		const struct passed *one = &mind->old[(from + i) % most];
		if ((one->site == site) == same)
			return one;
	}
	return NULL;
}

static void remember(struct mind *mind, struct bytes ask, const struct buf *answer)
{
	struct passed *one = &mind->old[mind->count++ % MEMORY];
	buf_clear(&one->ask);
	buf_put(&one->ask, ask.at, ask.len);
	copy(&one->answer, answer);
	one->site = asker(ask);
}

static void flip(struct mind *mind, struct buf *bytes)
{
	for (uint64_t n = 1 + dice(mind, 3); n && bytes->len; n--)
		bytes->at[dice(mind, bytes->len)] ^= (uint8_t)(1u << dice(mind, 8));
}

static void append_junk(struct mind *mind, struct buf *bytes, uint64_t len)
{
	while (len--)
		buf_byte(bytes, (uint8_t)dice(mind, 256));
}

/* ---- what it can do: each gets the question and makes the answer */

typedef enum rc sin_fn(
	struct mind *mind, struct bytes ask, struct buf *answer, struct fault *fault);

static enum rc keep_answer(
	struct mind *mind, struct bytes ask, struct buf *answer, struct fault *fault)
{
	enum rc rc = pass(mind, ask, &mind->kept, fault);
	(void)answer;
	mind->seen->sinned = true;
	nanosleep(&(struct timespec){.tv_sec = KEEP_MS / 1000, .tv_nsec = KEEP_MS % 1000 * 1000000},
		NULL);
	return rc ? rc : fault_set(fault, RC_LINK, "kept");
}

static enum rc old_ask_first(
	struct mind *mind, struct bytes ask, struct buf *answer, struct fault *fault)
{
	for (uint64_t n = 1 + dice(mind, 3); n; n--) {
		const struct passed *one = old(mind, asker(ask), dice(mind, 4) != 0);
		if (one)
			(void)!pass(mind, buf_bytes(&one->ask), answer, fault);
	}
	return pass(mind, ask, answer, fault);
}

static enum rc old_ask_behind(
	struct mind *mind, struct bytes ask, struct buf *answer, struct fault *fault)
{
	struct buf unheard = {0};
	const struct passed *one = old(mind, asker(ask), true);
	enum rc rc = pass(mind, ask, answer, fault);
	if (one)
		(void)!pass(mind, buf_bytes(&one->ask), &unheard, fault);
	buf_release(&unheard);
	return rc;
}

static enum rc old_ask_instead(
	struct mind *mind, struct bytes ask, struct buf *answer, struct fault *fault)
{
	const struct passed *one = old(mind, asker(ask), true);
	return pass(mind, one ? buf_bytes(&one->ask) : ask, answer, fault);
}

static enum rc others_ask_instead(
	struct mind *mind, struct bytes ask, struct buf *answer, struct fault *fault)
{
	const struct passed *one = old(mind, asker(ask), false);
	return pass(mind, one ? buf_bytes(&one->ask) : ask, answer, fault);
}

static enum rc ask_twice(
	struct mind *mind, struct bytes ask, struct buf *answer, struct fault *fault)
{
	enum rc rc = pass(mind, ask, answer, fault);
	return rc ? rc : pass(mind, ask, answer, fault);
}

static enum rc ask_late(
	struct mind *mind, struct bytes ask, struct buf *answer, struct fault *fault)
{
	(void)answer;
	buf_clear(&mind->held);
	buf_put(&mind->held, ask.at, ask.len);
	return fault_set(fault, RC_LINK, "held");
}

static enum rc answer_lost(
	struct mind *mind, struct bytes ask, struct buf *answer, struct fault *fault)
{
	enum rc rc = pass(mind, ask, answer, fault);
	return rc ? rc : fault_set(fault, RC_LINK, "lost");
}

/* The answer comes to the next question, whoever asks it. */
static enum rc answers_swapped(
	struct mind *mind, struct bytes ask, struct buf *answer, struct fault *fault)
{
	const struct passed *one = old(mind, asker(ask), true);
	enum rc rc = pass(mind, ask, &mind->kept, fault);
	if (one)
		copy(answer, &one->answer);
	return rc;
}

static enum rc old_answer(
	struct mind *mind, struct bytes ask, struct buf *answer, struct fault *fault)
{
	const struct passed *one = old(mind, asker(ask), true);
	enum rc rc = pass(mind, ask, answer, fault);
	if (one)
		copy(answer, &one->answer);
	return rc;
}

static enum rc old_answer_alone(
	struct mind *mind, struct bytes ask, struct buf *answer, struct fault *fault)
{
	const struct passed *one = old(mind, asker(ask), true);
	if (!one)
		return pass(mind, ask, answer, fault);
	copy(answer, &one->answer);
	return RC_OK;
}

static enum rc others_answer(
	struct mind *mind, struct bytes ask, struct buf *answer, struct fault *fault)
{
	const struct passed *one = old(mind, asker(ask), false);
	enum rc rc = pass(mind, ask, answer, fault);
	if (one)
		copy(answer, &one->answer);
	return rc;
}

static enum rc flipped_ask(
	struct mind *mind, struct bytes ask, struct buf *answer, struct fault *fault)
{
	struct buf changed = {0};
	buf_put(&changed, ask.at, ask.len);
	flip(mind, &changed);
	enum rc rc = pass(mind, buf_bytes(&changed), answer, fault);
	buf_release(&changed);
	return rc;
}

static enum rc flipped_answer(
	struct mind *mind, struct bytes ask, struct buf *answer, struct fault *fault)
{
	enum rc rc = pass(mind, ask, answer, fault);
	flip(mind, answer);
	return rc;
}

static enum rc cut_ask(struct mind *mind, struct bytes ask, struct buf *answer, struct fault *fault)
{
	return pass(mind, bytes_of(ask.at, dice(mind, ask.len)), answer, fault);
}

static enum rc cut_answer(
	struct mind *mind, struct bytes ask, struct buf *answer, struct fault *fault)
{
	enum rc rc = pass(mind, ask, answer, fault);
	if (answer->len)
		answer->len = dice(mind, answer->len);
	return rc;
}

static enum rc longer_ask(
	struct mind *mind, struct bytes ask, struct buf *answer, struct fault *fault)
{
	const struct passed *one = old(mind, asker(ask), true);
	struct buf changed = {0};
	buf_put(&changed, ask.at, ask.len);
	if (one && dice(mind, 2))
		buf_put(&changed, one->ask.at, one->ask.len);
	else
		append_junk(mind, &changed, 1 + dice(mind, 40));
	enum rc rc = pass(mind, buf_bytes(&changed), answer, fault);
	buf_release(&changed);
	return rc;
}

static enum rc longer_answer(
	struct mind *mind, struct bytes ask, struct buf *answer, struct fault *fault)
{
	enum rc rc = pass(mind, ask, answer, fault);
	append_junk(mind, answer, 1 + dice(mind, 40));
	return rc;
}

static enum rc mirror(struct mind *mind, struct bytes ask, struct buf *answer, struct fault *fault)
{
	(void)mind;
	(void)fault;
	buf_put(answer, ask.at, ask.len);
	return RC_OK;
}

/* Begins as a frame, a request to join or an introduction do. */
static enum rc junk(struct mind *mind, struct bytes ask, struct buf *answer, struct fault *fault)
{
	enum rc rc = pass(mind, ask, answer, fault);
	buf_clear(answer);
	buf_byte(answer, (uint8_t)(1 + dice(mind, 3)));
	append_junk(mind, answer, dice(mind, 300));
	return rc;
}

static const struct {
	const char *name;
	sin_fn *fn;
} sins[] = {
	{"honest", pass},
	{"the answer is kept for the next question", keep_answer},
	{"old questions before this one", old_ask_first},
	{"an old question behind this one", old_ask_behind},
	{"an old question instead", old_ask_instead},
	{"another station's question instead", others_ask_instead},
	{"the question twice", ask_twice},
	{"the question after the next one", ask_late},
	{"no answer", answer_lost},
	{"answers swapped", answers_swapped},
	{"an old answer", old_answer},
	{"an old answer, and the hub is not asked", old_answer_alone},
	{"another station's answer", others_answer},
	{"bits of the question turned", flipped_ask},
	{"bits of the answer turned", flipped_answer},
	{"the question cut short", cut_ask},
	{"the answer cut short", cut_answer},
	{"something behind the question", longer_ask},
	{"something behind the answer", longer_answer},
	{"the question as answer", mirror},
	{"junk", junk},
};

const char *middle_sin(unsigned sin)
{
	return sin < countof(sins) ? sins[sin].name : NULL;
}

/* ---- the process */

static enum rc one(struct mind *mind, struct bytes ask, struct buf *answer, struct fault *fault)
{
	struct middle_seen *seen = mind->seen;
	bool now = seen->asked++ == seen->at && seen->sin;
	struct buf unheard = {0};
	enum rc rc = RC_OK;
	buf_clear(answer);
	if (seen->forget)
		buf_clear(&mind->kept);
	seen->forget = false;
	if (mind->kept.len) {
		copy(answer, &mind->kept);
		buf_clear(&mind->kept);
		return RC_OK;
	}
	if (now)
		rc = sins[seen->sin].fn(mind, ask, answer, fault);
	else
		rc = pass(mind, ask, answer, fault);
	if (!now && mind->held.len) {
		(void)!pass(mind, buf_bytes(&mind->held), &unheard, fault);
		buf_clear(&mind->held);
	}
	if (now)
		seen->sinned = true;
	else if (!rc)
		remember(mind, ask, answer);
	buf_release(&unheard);
	return rc;
}

static enum rc answer_all(
	void *to, const struct bytes asks[], struct buf answers[], size_t n, struct fault *fault)
{
	enum rc rc = RC_OK;
	for (size_t i = 0; i < n && !rc; i++)
		rc = one(to, asks[i], &answers[i], fault);
	return rc;
}

struct middle middle_start(unsigned hub_port)
{
	struct middle middle = {0};
	struct fault fault = {0};
	char url[64];
	/* Lives on in the child. */
	struct mind *mind = calloc(1, sizeof *mind);
	snprintf(url, sizeof url, "http://127.0.0.1:%u", hub_port);
	middle.seen = mmap(NULL, sizeof *middle.seen, PROT_READ | PROT_WRITE,
		MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (!mind || middle.seen == MAP_FAILED)
		die("memory");
	mind->seen = middle.seen;
	if (link_http.open(&mind->hub, url, &(struct link_ways){.wait_ms = WAIT_MS}, &fault))
		die("%s", fault.text);
	middle.child = hub_child_start(&(struct httpd_ways){.answer = answer_all, .to = mind});
	link_http.close(mind->hub);
	free(mind);
	return middle;
}

void middle_aim(struct middle *middle, unsigned sin, unsigned at, uint64_t seed)
{
	*middle->seen = (struct middle_seen){.sin = sin, .at = at, .seed = seed};
}

void middle_stop(struct middle *middle)
{
	hub_child_stop(&middle->child);
	munmap(middle->seen, sizeof *middle->seen);
}
