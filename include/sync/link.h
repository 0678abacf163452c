/* SPDX-License-Identifier: GPL-3.0-or-later
 * Links: three calls. A link moves the bytes of one question and one answer and knows nothing else.
 */
#ifndef SYNC_LINK_H
#define SYNC_LINK_H

#include "base/buf.h"

struct link;

struct link_ways {
	const char *host_key;   /* ssh: pinned key of the host ("ssh-ed25519 AAAA…" or its SHA256 text); NULL = known_hosts of the station */
	const char *keys;       /* folder of the station's keys (ssh identity) */
	int wait_ms;            /* deadline of opening */
};

/* Bytes that were handed to and taken from the transport, heads included, TCP/IP not. */
struct link_count {
	uint64_t sent, received;
	unsigned opened;        /* connections made */
};

struct link_ops {
	const char *scheme;     /* "http", "https", "ssh", "file" */
	enum rc (*open)(struct link **out, const char *url, const struct link_ways *ways, struct fault *fault);
	/* RC_LINK when the link failed, at the latest after WAIT_MS: nothing is known then of what arrived. */
	enum rc (*swap)(struct link *link, struct bytes ask, struct buf *answer, int wait_ms, struct fault *fault);
	void (*count)(const struct link *link, struct link_count *out);
	void (*close)(struct link *link);
};

extern const struct link_ops link_http, link_https, link_ssh, link_file;
/* By the URL's scheme; NULL when unknown. The table is in the program's main (which links it loads is its own choice). */
const struct link_ops *link_for(const struct link_ops *const *table, const char *url);

#endif
