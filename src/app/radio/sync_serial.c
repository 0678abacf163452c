/* SPDX-License-Identifier: GPL-3.0-or-later
 * serial: carries questions and answers over a serial line. At the station it is the command of a
 * way
 * (`outpost up 'exec:outpost-sync serial /dev/ttyUSB0'`), at the hub it starts the hub for whoever
 * asks.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/out.h"
#include "app/sync_cmd.h"
#include "base/endian.h"
#include "sync/link.h"

enum {
	BAUD = 1200,
	TURN_MS = 100,
	TURN_MOST = 10000,
	LENGTH = 4,
	ANSWER_MS = SERVE_SECONDS * 1000,
	WAIT_SECONDS = 24 * 3600, /* the program that asks has deadlines of its own */
};

struct typed {
	const char *baud, *turn, *serve;
};

/* ---- at the station: stdin and stdout are outpost-sync's */

/* With its length in front, which goes over the line, too: an empty answer is one. Whoever waits no
 * longer ends this process. */
static enum rc carry(
	void *to, const struct bytes asks[], struct buf answers[], size_t n, struct fault *fault)
{
	struct buf frame = {0};
	enum rc rc = RC_OK;

	for (size_t i = 0; i < n && !rc; i++) {
		buf_clear(&frame);
		buf_low(&frame, asks[i].len, LENGTH);
		buf_put(&frame, asks[i].at, asks[i].len);
		rc = serial_send(to, buf_bytes(&frame), fault);
		if (!rc)
			rc = serial_take(to, &frame, fault);
		if (!rc && frame.len >= LENGTH)
			buf_put(&answers[i], frame.at + LENGTH, frame.len - LENGTH);
	}
	buf_release(&frame);
	return rc;
}

/* ---- at the hub */

static enum rc ask_hub(
	struct link *link, struct bytes question, struct buf *out, struct fault *fault)
{
	struct buf answer = {0};
	struct bytes ask = bytes_of(question.at + LENGTH, question.len - LENGTH);
	enum rc rc = link_exec.swap(link, ask, &answer, ANSWER_MS, fault);

	/* A hub that nobody asks ends after a while, and only the next question shows it. */
	if (rc == RC_LINK)
		rc = link_exec.swap(link, ask, &answer, ANSWER_MS, fault);
	buf_clear(out);
	buf_low(out, answer.len, LENGTH);
	buf_put(out, answer.at, answer.len);
	buf_release(&answer);
	return rc;
}

static enum rc serve(struct serial *serial, struct link *link, struct fault *fault)
{
	struct buf frame = {0}, answer = {0};
	enum rc rc;

	while ((rc = serial_take(serial, &frame, fault)) == RC_OK) {
		struct bytes question = buf_bytes(&frame);

		if (question.len < LENGTH || question.len - LENGTH > SERVE_BODY ||
			low_get(question.at, LENGTH) != question.len - LENGTH)
			continue;
		if (ask_hub(link, question, &answer, fault) ||
			serial_send(serial, buf_bytes(&answer), fault))
			out_error("outpost: %s", fault->text);
	}
	buf_release(&frame);
	buf_release(&answer);
	return rc;
}

static enum rc serve_with(struct serial *serial, const char *command, struct fault *fault)
{
	struct link_ways ways = {.keys = NULL};
	struct buf url = {0};
	struct link *link;

	buf_fmt(&url, "exec:%s", command);
	enum rc rc = link_exec.open(&link, buf_cstr(&url), &ways, fault);
	buf_release(&url);
	if (rc)
		return rc;
	rc = serve(serial, link, fault);
	link_exec.close(link);
	return rc;
}

/* ---- the command */

static bool number(const char *typed, unsigned long most, unsigned *out)
{
	char *end;
	unsigned long value = strtoul(typed, &end, 10);

	*out = (unsigned)value;
	return *typed && !*end && value <= most;
}

int cmd_serial(struct app *app, int argc, char **argv)
{
	struct typed typed = {.baud = arg_value(&argc, argv, "baud"),
		.turn = arg_value(&argc, argv, "turn"),
		.serve = arg_value(&argc, argv, "serve")};
	unsigned baud = BAUD, turn = TURN_MS;
	struct fault fault = {0};
	int fd, code = app_args(app, &argc, argv, 1, 1);

	if (code)
		return code;
	if ((typed.baud && !number(typed.baud, 1000000, &baud)) ||
		(typed.turn && !number(typed.turn, TURN_MOST, &turn)) ||
		(typed.serve && !*typed.serve))
		return app_usage(app);
	enum rc rc = serial_open(&fd, argv[1], baud, &fault);
	if (rc)
		return app_fail(&fault);
	struct serial *serial = serial_new(&(struct serial_ways){
		.in = fd, .out = fd, .baud = baud, .turn_ms = (int)turn, .asks = !typed.serve});
	const struct serve_pipe pipe = {STDIN_FILENO, STDOUT_FILENO, WAIT_SECONDS, WAIT_SECONDS};
	rc = typed.serve ? serve_with(serial, typed.serve, &fault)
			 : serve_stdio(&pipe, carry, serial, &fault);
	serial_free(serial);
	close(fd);
	return rc ? app_fail(&fault) : EXIT_DONE;
}
