/* SPDX-License-Identifier: GPL-3.0-or-later
 * The hub over HTTP: POST /v1/swap, GET /v1/health, GET /metrics; anything else is 404.
 *
 * One thread. All questions that wait are answered by one call of ANSWER (one commit). A request
 * whose heads could be read in two ways is 400 and ends the connection.
 */
#ifndef SYNC_HTTPD_H
#define SYNC_HTTPD_H

#include "sync/serve.h"

struct httpd;

/* All zero but ANSWER and ADDRESS is valid. Texts are borrowed until free. */
struct httpd_ways {
	const char *address; /* to listen on: "127.0.0.1", "::1" */
	unsigned port;       /* 0 = any free one */
	int seconds; /* from a request's first byte until its answer has left; 0 = SERVE_SECONDS */
	int idle;    /* seconds without a byte between requests; 0 = 60 */
	unsigned connections; /* at once, more wait unaccepted; 0 = 4,000, or what the system allows
			       */
	size_t memory; /* bytes of all questions and answers under way; 0 = SERVE_MEMORY */
	serve_fn *answer;
	bool (*health)(
		void *to, struct buf *json); /* one JSON value; false = 503; NULL = {"ok":true} */
	void (*metrics)(void *to,
		struct buf *text); /* Prometheus text behind our own numbers; NULL = none */
	void *to;
};

/* Listens. RC_BAD: the address; RC_LINK: it is taken. */
enum rc httpd_new(
	struct httpd **out, const struct httpd_ways *ways, struct fault *fault) MUST_CHECK;
unsigned httpd_port(const struct httpd *httpd); /* the one it listens on */
/* Answers until SIGTERM or SIGINT, then finishes what has begun. RC_OK after that. */
enum rc httpd_run(struct httpd *httpd, struct fault *fault) MUST_CHECK;
void httpd_free(struct httpd *httpd);

#endif
