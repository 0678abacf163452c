/* SPDX-License-Identifier: GPL-3.0-or-later
 * One sin after the other, each in the middle of a sync, and what became of it.
 */
#include "sins.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

#include "ends.h"
#include "middle.h"

enum {
	RECORDS = 6,
	OTHER_EVERY = 9,
	KILL_TRIES = 200,
	KILL_MS = 5,
	CODE_LINK = 3,
	CODE_REFUSED = 4
};

struct play {
	struct ends ends, other;
	struct middle middle;
	struct buf said;
	unsigned runs, bad, errors, sinned;
};

static void judge_code(struct ends *ends, int code, bool complete, struct buf *said)
{
	if (code == 0 && complete)
		ends_agree(ends);
	else if (code != CODE_LINK && code != CODE_REFUSED)
		snprintf(ends->wrong, sizeof ends->wrong, "exit code %d, %scomplete", code,
			complete ? "" : "not ");
	else if (!strstr(buf_cstr(said), "outpost: "))
		snprintf(ends->wrong, sizeof ends->wrong, "no word of what failed");
	ends_honest(ends);
}

static bool told(struct play *play, struct ends *ends, const char *name, const char *when)
{
	if (!ends->wrong[0])
		return true;
	printf("%s, %s: %s\n%s", name, when, ends->wrong, buf_cstr(&play->said));
	ends->wrong[0] = 0;
	return false;
}

static bool honest(struct play *play, struct ends *ends, const char *name)
{
	bool complete;
	middle_aim(&play->middle, MIDDLE_HONEST, 0, 1);
	play->middle.seen->forget = true;
	int code = ends_sync(ends, &play->said, &complete);
	if (code != 0 || !complete)
		snprintf(ends->wrong, sizeof ends->wrong, "exit code %d, %scomplete", code,
			complete ? "" : "not ");
	ends_agree(ends);
	return told(play, ends, name, "and then without it");
}

/* The asker dies after the hub has kept its question; the next one, with the same number, may get
 * that answer. */
static void die_asking(struct play *play, unsigned long seed)
{
	int status;
	middle_aim(&play->middle, MIDDLE_KEEP, 0, seed);
	pid_t pid = ends_start(&play->ends);
	for (int i = 0; i < KILL_TRIES && !play->middle.seen->sinned; i++)
		nanosleep(&(struct timespec){.tv_nsec = KILL_MS * 1000000L}, NULL);
	kill(pid, SIGKILL);
	waitpid(pid, &status, 0);
	ends_honest(&play->ends);
	ends_write(&play->ends, 1, 1);
}

static void one_run(struct play *play, unsigned sin, unsigned at, unsigned long seed)
{
	const char *name = middle_sin(sin);
	bool complete, good;
	ends_write(&play->ends, RECORDS, RECORDS);
	if (at || sin != MIDDLE_KEEP)
		ends_slow(&play->ends);
	if (sin == MIDDLE_KEEP)
		die_asking(play, seed);
	middle_aim(&play->middle, sin == MIDDLE_KEEP ? MIDDLE_HONEST : sin, at, seed);
	int code = ends_sync(&play->ends, &play->said, &complete);
	play->sinned += sin == MIDDLE_KEEP || play->middle.seen->sinned;
	judge_code(&play->ends, code, complete, &play->said);
	good = told(play, &play->ends, name, "in the middle");
	play->errors += code != 0;
	ends_write(&play->ends, 1, 1);
	good = honest(play, &play->ends, name) && good;
	play->bad += !good;
	/* Another village goes on beside it, and what it says is kept too. */
	if (play->runs++ % OTHER_EVERY == 0) {
		ends_write(&play->other, 1, 1);
		play->bad += !honest(play, &play->other, "another station");
	}
}

unsigned sins(const char *low, const char *other, const char *high, unsigned hub_port,
	unsigned rounds, unsigned long seed)
{
	struct play play = {.middle = middle_start(hub_port)};
	char url[64];
	snprintf(url, sizeof url, "http://127.0.0.1:%u", play.middle.child.port);
	ends_open(&play.ends, low, high, url);
	ends_open(&play.other, other, high, url);
	for (int i = 0; i < 4; i++) {
		ends_write(&play.ends, 1, 1);
		play.bad += !honest(&play, &play.ends, "at first");
	}
	for (unsigned round = 0; round < rounds; round++)
		for (unsigned sin = 1; middle_sin(sin) && play.bad < 20; sin++)
			one_run(&play, sin, round % 2, seed + round * 1000 + sin);
	ends_equal(&play.ends);
	play.bad += !told(&play, &play.ends, "all", "in the end");
	ends_equal(&play.other);
	play.bad += !told(&play, &play.other, "another station", "in the end");
	printf("%u runs, %u sinned in, %u of them ended with an error, %u bad\n", play.runs,
		play.sinned, play.errors, play.bad);
	ends_close(&play.ends);
	ends_close(&play.other);
	middle_stop(&play.middle);
	buf_release(&play.said);
	return play.bad + (play.sinned < play.runs / 3 || play.errors < play.runs / 8);
}
