/* SPDX-License-Identifier: GPL-3.0-or-later
 * HTTP, SSH, folders: what carries frames; and files of web servers.
 */
#ifndef SYNC_LINK_H
#define SYNC_LINK_H

#include "base/crypt.h"

struct address;
struct connections;
struct httpd;
struct link;

/* ---- Links: open, swap, close. A link moves the bytes of one question and one answer and knows
 * nothing else. Its address is a URL:
 *
 *   http://HOST[:PORT][/PATH]          POST to PATH/v1/swap
 *   https://HOST[:PORT][/PATH][#PIN]   PIN: "sha256//BASE64" of the public key; then no authority
 *                                      is asked
 *   ssh://[USER@]HOST[:PORT][#PIN]     PIN: "SHA256:…" of the host key; frames behind a length of
 *                                      4 bytes
 *   file:/FOLDER                       questions and answers as files in a folder
 *   exec:COMMAND                       over its stdin and stdout, behind a length of 4 bytes; never from outside
 */

enum {
	LINK_SILENCE_MS = 15000,         /* what is not confirmed by TCP for so long was sent to a dead peer */
	LINK_ANSWER = 192 * 1024 + 1024, /* largest answer: LIMIT_FRAME and a little */
};

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
	int send_buffer;      /* SO_SNDBUF in bytes, small on slow links; 0 = the system's */
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
	const char *scheme; /* "http", "https", "ssh", "file", "exec" */
	/* Makes ready; whether the other end is there may only show at the first swap. RC_BAD: the
	 * URL; RC_DENIED: the host is not the pinned one, or does not let us in; RC_LINK: it cannot
	 * be reached. */
	enum rc (*open)(struct link **out, const char *url, const struct link_ways *ways, struct fault *fault);
	/* ANSWER is replaced. RC_LINK when the link failed, at the latest after WAIT_MS (to which
	 * comes the deadline of opening when it has to dial first): nothing is known then of what
	 * arrived, and the next swap dials again. RC_BUSY: the hub is, later.
	 * RC_DENIED as above. */
	enum rc (*swap)(struct link *link, struct bytes ask, struct buf *answer, int wait_ms, struct fault *fault);
	void (*count)(const struct link *link, struct link_count *out);
	void (*close)(struct link *link);
};

extern const struct link_ops link_http, link_https, link_ssh, link_file, link_exec;
/* By the URL's scheme; NULL when unknown. The table ends with NULL and is in the program's main
 * (which links it loads is its own choice). */
const struct link_ops *link_for(const struct link_ops *const *table, const char *url);

/* The parts of a URL; what is not there is "". */
struct link_place {
	char scheme[8], user[40], host[256], port[8], path[512], pin[200];
};

/* False when it is none, when a part is too long, or has a blank or control character. A host of
 * digits and colons stands in brackets and comes without them. For file: and exec: only PATH. */
bool link_split(const char *url, struct link_place *out);

/* ---- One file from a web server: the alerts of a service. */

enum { FETCH_HEAD = 256, FETCH_URL = 1024 };

struct fetch_ways {
	size_t most;           /* bytes of it */
	const char *authority; /* file of certificates that are believed; NULL = the system's */
};

/* What was fetched: the server's own words for which version it is, and the file. */
struct fetched {
	char etag[FETCH_HEAD], modified[FETCH_HEAD]; /* "" = it said none */
	bool unchanged;                              /* it is as it was LAST: no body */
	struct buf body;                             /* to be released */
};

/* Is the libcurl that was loaded as new as what is asked of it? RC_IO names both versions; config/deploy/setup.sh asks the same at
 * the build. */
enum rc link_curl_ready(struct fault *fault) MUST_CHECK;
/* LINK as it stands in the file at BASE, whole and without a pin; false when it is none that can be fetched. */
bool fetch_join(const char *base, const char *link, char out[FETCH_URL]);
/* Do both come by the same scheme from the same port of the same host? */
bool fetch_same_server(const char *url, const char *as);
/* URL: http:// or https://, with "#sha256//…" only from whom has that key, and then no authority is asked. Follows no
 * redirection and asks no proxy. RC_LINK: it cannot be reached; RC_DENIED: it is not who it should be, or lets nobody in;
 * RC_BAD: the URL, or more than MOST. */
enum rc fetch_file(const char *url, const struct fetch_ways *ways, const struct fetched *last, struct fetched *out,
	struct fault *fault) MUST_CHECK;

/* ---- What the roads over TCP share: a clock for deadlines, dialling, and sockets that notice a dead
 * peer.
 */

int64_t socket_now(void); /* milliseconds of a clock that nobody sets */
/* Waits for poll EVENTS on FD until the clock shows UNTIL; false when it is later then. */
bool socket_wait(int fd, short events, int64_t until);
/* Acknowledges with what is sent anyway, not with packets of their own (52 bytes each). On a socket
 * that is not connected yet, or that listens: its connections do the same. */
void socket_spare(int fd);
/* Ends a connection on which nothing is awaited any more with one packet (a reset); nothing can be
 * sent after it. */
void socket_abort(int fd);
/* TCP_USER_TIMEOUT, TCP_NODELAY and SO_SNDBUF as WAYS say. Kept silent: a system
 * without them still carries. */
void socket_tune(int fd, const struct link_ways *ways);
/* Connected, tuned, not blocking; every address of HOST is tried. RC_LINK. The caller closes *FD.
 */
enum rc socket_dial(
	int *fd, const char *host, const char *port, const struct link_ways *ways, int64_t until, struct fault *fault) MUST_CHECK;
/* Adds what TCP has carried on FD so far (TCP_INFO, Linux 4.19; nothing where it is not known). */
void socket_count(int fd, struct link_count *count);

/* Can only this machine reach it there? If not, TLS in front is missing, and the program should say
 * so. */
bool socket_local(const char *address);
/* How many of WANTED connections there can be; raises the limit of descriptors where it may. */
unsigned socket_room(unsigned wanted);

/* ---- What stands behind every road at the hub's end: questions in, answers out, one commit for all of
 * them.
 */

enum {
	SERVE_BODY = 256 * 1024, /* largest question */
	SERVE_GROUP = 64,        /* questions answered by one call: what they say must fit into memory */
	SERVE_SECONDS = 30,      /* from a question's first byte until its answer has left */
	/* Questions and answers on all connections together: a hub that holds so much, its cache and one
	 * batch stays below MemoryMax of config/deploy/outpost-hub@.service. */
	SERVE_MEMORY = 128 << 20,
};

/* Fills ANSWERS[i] (empty, owned by the caller) with what is said to ASKS[i]. They leave when it
 * returns RC_OK: what they promise is durable by then. Any other code: nothing is sent, all of them
 * are to be asked again. */
typedef enum rc serve_fn(void *to, const struct bytes asks[], struct buf answers[], size_t n, struct fault *fault);

/* Frames behind a length of 4 bytes, little-endian, from IN, each answered on OUT the same way,
 * until IN ends: RC_OK. Longer than SERVE_BODY: RC_BAD. What ANSWER returns ends it too. SIGPIPE
 * must be ignored. (src/sync/link/stdio.c) */
struct serve_pipe {
	int in, out;
	int seconds, idle; /* a frame that takes longer, or none for so long: RC_LINK */
};
enum rc serve_stdio(const struct serve_pipe *pipe, serve_fn *answer, void *to, struct fault *fault) MUST_CHECK;

/* ---- Frames over a serial line, or a radio behind one, that flips and loses bytes and carries one direction at a
 * time: packets in the framing of HDLC for asynchronous lines (RFC 1662), each with a checksum, acknowledged and sent
 * again (docs/WIRE.md).
 */

struct serial;

struct serial_ways {
	int in, out;   /* of the line; not blocking; borrowed */
	unsigned baud; /* bits a second that it carries */
	int turn_ms;   /* how long the other end needs from hearing to sending, and its key-up */
	bool asks;     /* this end asks, the other answers */
};

struct serial *serial_new(const struct serial_ways *ways);
void serial_free(struct serial *serial);
/* Until the other end has acknowledged all of FRAME. RC_LINK: it did not, however often; or, at the answering end, it
 * has begun to ask anew. */
enum rc serial_send(struct serial *serial, struct bytes frame, struct fault *fault) MUST_CHECK;
/* The next frame from the other end, however long that takes; acknowledges also what was sent again because an
 * acknowledgement was lost. RC_LINK: the line is gone. */
enum rc serial_take(struct serial *serial, struct buf *frame, struct fault *fault) MUST_CHECK;
/* Opens DEVICE for such a line: raw, at BAUD. RC_BAD: no such device, or no such speed. The caller closes *FD. */
enum rc serial_open(int *fd, const char *device, unsigned baud, struct fault *fault) MUST_CHECK;

/* ---- A folder as a link: a stick that is carried, or a disk that two machines share.
 *
 *   "OPF1" | 'Q' or 'A' (1) | first 16 bytes of the question's hash | the frame
 *
 * A question and its answer are found by that hash. Names are for people: they are never believed.
 * Whoever had the stick may have put anything there: links are not followed, only plain files of a
 * right size are opened, and only so many are looked at.
 */

enum {
	FOLDER_ID = 16,
	FOLDER_HEAD = 5 + FOLDER_ID,
	FOLDER_ENTRIES = 20000, /* names that are looked at */
	FOLDER_FILES = 1000,    /* files that are ours by their first bytes */
};

enum folder_type { FOLDER_ASK = 'Q', FOLDER_ANSWER = 'A' };

struct folder_item {
	enum folder_type type;
	uint8_t question[FOLDER_ID];
	struct bytes frame; /* borrowed until the callback returns */
	const char *name;   /* as above: to remove it by, and for nothing else */
};

/* What a folder_each leaves out. */
struct folder_skipped {
	unsigned strange; /* no file of ours */
	bool more;        /* there were more than the limits allow */
};

void folder_id(struct bytes ask, uint8_t question[FOLDER_ID]);
/* Whole and synced, or not at all. The same question or answer again replaces itself. */
enum rc folder_put(const char *folder, enum folder_type type, const uint8_t question[FOLDER_ID], struct bytes frame,
	struct fault *fault) MUST_CHECK;
/* One call for every question and answer in the folder, in no order, until FN says false. */
typedef bool folder_fn(const struct folder_item *item, void *to);
enum rc folder_each(const char *folder, folder_fn *fn, void *to, struct folder_skipped *skipped, struct fault *fault) MUST_CHECK;
/* Answers every question that lies there without an answer; *answered = how many. */
enum rc folder_serve(const char *folder, serve_fn *answer, void *to, unsigned *answered, struct fault *fault) MUST_CHECK;
/* Takes the question and its answer away, once the answer is used. */
void folder_remove(const char *folder, const uint8_t question[FOLDER_ID]);

/* ---- The hub over HTTP: POST /v1/swap, GET /v1/health, GET /metrics; anything else is 404.
 *
 * One thread. All questions that wait are answered by one call of ANSWER (one commit). A request
 * whose heads could be read in two ways is 400 and ends the connection.
 */

/* All zero but ANSWER and ADDRESS is valid. Texts are borrowed until free. */
struct httpd_ways {
	const char *address;  /* to listen on: "127.0.0.1", "::1" */
	unsigned port;        /* 0 = any free one */
	int seconds;          /* from a request's first byte until its answer has left; 0 = SERVE_SECONDS */
	int idle;             /* seconds without a byte between requests; 0 = 60 */
	unsigned connections; /* at once, more wait unaccepted; 0 = 4,000, or what the system allows
			       */
	size_t memory;        /* bytes of all questions and answers under way; 0 = SERVE_MEMORY */
	serve_fn *answer;
	bool (*health)(void *to, struct buf *json);  /* one JSON value; false = 503; NULL = {"ok":true} */
	void (*metrics)(void *to, struct buf *text); /* Prometheus text behind our own numbers; NULL = none */
	void *to;
};

/* Listens. RC_BAD: the address; RC_LINK: it is taken. */
enum rc httpd_new(struct httpd **out, const struct httpd_ways *ways, struct fault *fault) MUST_CHECK;
unsigned httpd_port(const struct httpd *httpd); /* the one it listens on */
/* Answers until SIGTERM or SIGINT, then finishes what has begun. RC_OK after that. */
enum rc httpd_run(struct httpd *httpd, struct fault *fault) MUST_CHECK;
void httpd_free(struct httpd *httpd);

/* ---- Who is connected to a hub, and who has to go when there are too many: the oldest unfinished
 * request of the address that has the most of them. So an address that opens thousands of
 * connections and says nothing shuts out itself and nobody else.
 */

enum connection_state {
	CONNECTION_UNFINISHED, /* a request has begun, or none ever did */
	CONNECTION_WAITING,    /* the request is whole and waits for its answer */
	CONNECTION_WRITING,    /* the answer leaves */
	CONNECTION_IDLE,       /* kept open behind an answer */
};

/* Part of what the caller knows a connection by; of no use outside of a list. */
struct connection {
	struct address *address;
	enum connection_state state;
	int64_t since;                               /* ms: in this state */
	size_t bytes;                                /* that are held for it: of its question and of its answer */
	bool leaving;                                /* was told to go: does not count any more */
	struct connection *before, *after;           /* of this state, the oldest first */
	struct connection *before_here, *after_here; /* unfinished ones of its address */
};

struct connections_limits {
	unsigned unfinished, unfinished_each; /* in all, and of one address */
	size_t bytes;                         /* of all together */
	int64_t idle;                         /* ms: so long an idle one stays although all places are taken */
};

struct connections *connections_new(const struct connections_limits *limits);
void connections_free(struct connections *all); /* the connections are the caller's */

/* A new one, of an address that is not known yet (KEY 0). */
void connections_add(struct connections *all, struct connection *one, int64_t now);
void connections_address(struct connections *all, struct connection *one, uint64_t key);
void connections_move(struct connections *all, struct connection *one, enum connection_state state, int64_t now);
void connections_hold(struct connections *all, struct connection *one, size_t more);
void connections_let(struct connections *all, struct connection *one); /* nothing is held for it */
/* It is told to go, or is gone. */
void connections_leave(struct connections *all, struct connection *one);

/* Who has to go, as some limit is passed; NULL: nobody. FULL: every place is taken, and others wait. */
struct connection *connections_victim(struct connections *all, bool full, int64_t now);
size_t connections_bytes(const struct connections *all);
unsigned connections_unfinished(const struct connections *all);

/* ---- A station's signing key as an SSH identity: the same Ed25519 key, in the files that OpenSSH
 * reads.
 */

/* Appends the line of authorized_keys and known_hosts: "ssh-ed25519 AAAA… COMMENT", without a line
 * end. */
void ssh_key_line(const uint8_t sign_public[SIGN_PUBLIC], const char *comment, struct buf *out);
/* Appends the private key file (openssh-key-v1, no passphrase: the keys folder guards it). */
void ssh_key_private(const struct keys *keys, const char *comment, struct buf *out);
/* Writes FOLDER/ssh and FOLDER/ssh.pub (0600) from the keys in FOLDER. */
enum rc ssh_key_make(const char *folder, struct fault *fault) MUST_CHECK;
/* The same, unless they are there already. */
enum rc ssh_key_file(const char *folder, struct fault *fault) MUST_CHECK;
/* Appends to NEXT the private key file of the keys in FOLDER. True: USED is another one, as their
 * site has ended since it was written. */
bool ssh_key_next(const char *folder, const struct buf *used, struct buf *next);

#endif
