/* SPDX-License-Identifier: GPL-3.0-or-later
 * A small county of real processes on loopback: a county's hub, two townships that are hubs and
 * stations at once, five villages; over HTTP, over OpenSSH with forced commands, and on foot. What
 * stands between them and their hubs can be shut.
 */
#ifndef TESTS_GROUND_H
#define TESTS_GROUND_H

#include "judge.h"
#include "proc.h"
#include "proxy.h"

enum {
	GROUND_TOP = 64,   /* bytes of the folder's name */
	GROUND_TAGS = 4000 /* writings of one run */
};

/* Doors before the hubs over HTTP, and before sshd. */
enum gate_name { GATE_COUNTY, GATE_EAST, GATE_WEST, GATE_SSH, GATES };
enum { BY_HTTP = 1, BY_SSH = 2, ON_FOOT = 4 };

struct spot {
	const char *code; /* of its area */
	unsigned roads;   /* to the one above, the first is preferred */
	struct proc hub;
	unsigned port; /* of the hub itself */
	bool stopped;
	uint32_t noted[LANES]; /* own facts that the judge knows */
};

struct guarded {
	struct proxy proxy;
	bool open;
	unsigned port; /* stays the same */
};

/* A writing and what became of it: its text is found in the fact. */
struct tag {
	bool acknowledged;
	unsigned char facts;
};

struct ground {
	struct county county;
	struct spot places[COUNTY_NODES];
	struct guarded gates[GATES];
	struct proc sshd;
	unsigned ssh_port;
	char top[GROUND_TOP], outpost[512], errors[GROUND_TOP + 16], pin[80];
	struct tag tags[GROUND_TAGS];
	unsigned tag_count;
	struct buf story;
	char wrong[200]; /* what no judge needs to see */
};

/* False when there is no sshd here: then nothing was begun. */
bool ground_begin(struct ground *ground);
void ground_end(struct ground *ground);
/* What happens, for whoever has to understand a failure. */
void ground_say(struct ground *ground, const char *text, ...) __attribute__((format(printf, 2, 3)));

/* A command at station X under its clock, killed after MS; the words end with NULL. */
void ground_start(struct ground *ground, struct proc *proc, int x, int64_t ms, ...);
/* The same, waited for; must end with CODE. What it said is in the answer until the next call. */
const char *ground_must(struct ground *ground, int x, int code, ...);
void ground_hub_start(struct ground *ground, int x);
void ground_hub_kill(struct ground *ground, int x);
/* WAYS NULL: nobody listens. The gate stays so until the next call. */
void ground_gate(struct ground *ground, enum gate_name gate, const struct proxy_ways *ways);
void ground_clock(struct ground *ground, int x, int64_t wrong);

/* The stores for the judge, to be read; what their stations have written is noted. False, and WRONG
 * is set, when one is not who it was. */
bool ground_open(struct ground *ground);
void ground_close(struct ground *ground);
/* "件17号": what writing 17 says of itself. */
void ground_mark(unsigned tag, char out[32]);

#endif
