/* SPDX-License-Identifier: GPL-3.0-or-later
 * Long work on a terminal: what, how much, how fast, how long it still takes; and ^C, which stops
 * it between two steps.
 */
#include "app/progress_show.h"

#include <signal.h>
#include <time.h>
#include <unistd.h>

#include "app/out.h"
#include "base/progress.h"
#include "base/when.h"

enum {
	FIRST_MS = 1000, /* shorter work is not worth a line */
	AGAIN_MS = 500,  /* at 1,200 bit/s a line takes as long */
};

static volatile sig_atomic_t stopping;

static struct {
	const char *what; /* NULL: nothing goes on */
	int64_t began, shown;
	uint64_t first;
	struct sigaction before;
} going;

static void on_stop(int number)
{
	(void)number;
	stopping = 1;
}

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void begin(const char *what, uint64_t done, int64_t now)
{
	/* A second ^C ends the process, should a step take long. */
	const struct sigaction act = {.sa_handler = on_stop, .sa_flags = SA_RESETHAND};

	if (!going.what)
		sigaction(SIGINT, &act, &going.before);
	going.what = what;
	going.began = now;
	going.shown = 0;
	going.first = done;
}

static void end(void)
{
	out_passing("");
	sigaction(SIGINT, &going.before, NULL);
	going.what = NULL;
}

static void show(uint64_t done, uint64_t whole, int64_t now)
{
	struct buf line = {0};
	char left[WHEN_TEXT];
	uint64_t rate = (done - going.first) * 1000 / (uint64_t)(now - going.began);

	buf_fmt(&line, "%s %llu", _(going.what), (unsigned long long)done);
	if (whole)
		buf_fmt(&line, "/%llu", (unsigned long long)whole);
	buf_fmt(&line, _("  每秒%llu"), (unsigned long long)rate);
	if (whole > done && rate) {
		when_span((int64_t)((whole - done + rate - 1) / rate), left);
		buf_fmt(&line, _("  还要%s"), left);
	}
	out_passing(buf_cstr(&line));
	buf_release(&line);
	going.shown = now;
}

static bool see(const char *what, uint64_t done, uint64_t whole)
{
	int64_t now = now_ms();

	if (what != going.what || done < going.first)
		begin(what, done, now);
	if (stopping || done == whole) {
		end();
		return !stopping;
	}
	if (now - going.began >= FIRST_MS && now - going.shown >= AGAIN_MS)
		show(done, whole, now);
	return true;
}

void progress_show(void)
{
	if (isatty(STDERR_FILENO))
		progress_watch(see);
}
