/* SPDX-License-Identifier: GPL-3.0-or-later
 * A TCP proxy that does harm at an exact byte. It keeps the order: TCP does too.
 */
#ifndef TESTS_PROXY_H
#define TESTS_PROXY_H

#include <stdbool.h>
#include <sys/types.h>

enum proxy_harm {
	PROXY_CLOSE,   /* both ends are closed */
	PROXY_RESET,   /* both get a RST */
	PROXY_HALF,    /* the receiver sees an end, the way back stays open */
	PROXY_STALL,   /* nothing more goes this way, and nobody is told */
	PROXY_CORRUPT, /* one bit of that byte is turned */
	PROXY_HARMS
};

/* All zero passes everything. */
struct proxy_ways {
	unsigned to_port; /* on 127.0.0.1 */
	unsigned port;    /* to listen on; 0 = any */
	enum proxy_harm harm;
	long up, down; /* from which byte on, by client and by server; counted from 1, 0 = not */
	unsigned connections; /* the first so many are harmed; 0 = all */
	int dribble_ms;       /* pause between single bytes, both ways; 0 = at once */
	/* Bytes are counted over all connections, and after the harm (but for PROXY_CORRUPT)
	 * nobody is let in any more, as on a link that is gone. */
	bool whole;
};

/* What became of it since the last proxy_aim; of use with `whole`. */
struct proxy_seen {
	struct proxy_ways ways;
	unsigned round;
	long up, down; /* bytes that passed */
	bool harmed;
};

struct proxy {
	pid_t pid;
	unsigned port;
	struct proxy_seen *seen; /* shared with the proxy */
};

struct proxy proxy_start(const struct proxy_ways *ways);
/* From now on like that (the ports stay); what was open is cut at its next byte. */
void proxy_aim(struct proxy *proxy, const struct proxy_ways *ways);
void proxy_stop(struct proxy *proxy); /* and all connections through it */

#endif
