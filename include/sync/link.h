/* SPDX-License-Identifier: GPL-3.0-or-later
 * Links: three calls. A link moves the bytes of one question and one answer and knows nothing else.
 *
 *   http://HOST[:PORT][/PATH]            POST to PATH/v1/swap
 *   https://HOST[:PORT][/PATH][#PIN]     PIN "sha256//BASE64" of the public key: then no authority
 * is asked ssh://[USER@]HOST[:PORT][#PIN]       PIN "SHA256:…" of the host key; frames behind a
 * length of 4 bytes file:/FOLDER                         questions and answers as files in a folder
 * (sync/folder.h)
 */
#ifndef SYNC_LINK_H
#define SYNC_LINK_H

#include "base/buf.h"

enum {
	LINK_SILENCE_MS =
		15000, /* what is not confirmed by TCP for so long was sent to a dead peer */
	LINK_ANSWER = 192 * 1024 + 1024, /* largest answer: LIMIT_FRAME and a little */
};

struct link;

/* All zero is valid but for wait_ms. Texts are borrowed until close. */
struct link_ways {
	/* https, ssh: the pinned key, goes before the URL's PIN. ssh also takes "ssh-ed25519
	 * AAAA…". NULL and no PIN: ssh looks into KEYS/known_hosts, https asks the system's
	 * authorities. */
	const char *host_key;
	const char *keys;     /* folder of the station's keys (ssh identity) */
	const char *identity; /* ssh: a private key in OpenSSH's format instead of the one in KEYS;
				 NULL = that */
	int wait_ms;          /* deadline of opening */
	int silence_ms;       /* TCP_USER_TIMEOUT; 0 = LINK_SILENCE_MS */
	int send_buffer;      /* SO_SNDBUF in bytes, small on slow roads; 0 = the system's */
	const char *command;  /* ssh: what is asked for there; NULL = "outpost hub --stdio" */
	const char *proxy;    /* http, https: NULL = none, whatever the environment says */
};

/* Bytes that TCP carried for us, heads, logins and TLS included, TCP/IP heads and repeats not; of a
 * folder, bytes of files. */
struct link_count {
	uint64_t sent, received;
	unsigned opened; /* connections made */
};

struct link_ops {
	const char *scheme; /* "http", "https", "ssh", "file" */
	/* Makes ready; whether the other end is there may only show at the first swap. RC_BAD: the
	 * URL; RC_DENIED: the host is not the pinned one, or does not let us in; RC_LINK: it cannot
	 * be reached. */
	enum rc (*open)(struct link **out, const char *url, const struct link_ways *ways,
		struct fault *fault);
	/* ANSWER is replaced. RC_LINK when the link failed, at the latest after WAIT_MS (to which
	 * comes the deadline of opening when it has to dial first): nothing is known then of what
	 * arrived, and the next swap dials again. RC_BUSY: the hub is, later.
	 * RC_DENIED as above. */
	enum rc (*swap)(struct link *link, struct bytes ask, struct buf *answer, int wait_ms,
		struct fault *fault);
	void (*count)(const struct link *link, struct link_count *out);
	void (*close)(struct link *link);
};

extern const struct link_ops link_http, link_https, link_ssh, link_file;
/* By the URL's scheme; NULL when unknown. The table ends with NULL and is in the program's main
 * (which links it loads is its own choice). */
const struct link_ops *link_for(const struct link_ops *const *table, const char *url);

/* The parts of a URL; what is not there is "". */
struct link_place {
	char scheme[8], user[40], host[256], port[8], path[512], pin[200];
};

/* False when it is none, when a part is too long, or has a blank or control character. A host of
 * digits and colons stands in brackets and comes without them. For file: only PATH. */
bool link_split(const char *url, struct link_place *out);

#endif
