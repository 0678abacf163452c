/* SPDX-License-Identifier: GPL-3.0-or-later
 * The county of real processes: its programs, gates and clocks, and its stores for the judge.
 */
#include "ground.h"
#include "store/identity.h"
#include "store/peer.h"
#include "store/station.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WORDS = 24, HUB_MS = 15000, MUST_MS = 60000, FOR_EVER = 3600000 };

void ground_say(struct ground *ground, const char *text, ...)
{
	char line[400];
	va_list args;

	va_start(args, text);
	vsnprintf(line, sizeof line, text, args);
	va_end(args);
	buf_fmt(&ground->story, "%s\n", line);
	if (getenv("OUTPOST_TALK"))
		fprintf(stderr, "%s\n", line);
}

static void words_take(
	struct ground *ground, int x, va_list args, char *words[WORDS], const char *home)
{
	unsigned count = 0;

	words[count++] = ground->outpost;
	words[count++] = (char *)(uintptr_t) "--home";
	words[count++] = (char *)(uintptr_t)home;
	do
		words[count] = va_arg(args, char *);
	while (words[count++] && count < WORDS);
	(void)x;
}

void ground_start(struct ground *ground, struct proc *proc, int x, int64_t ms, ...)
{
	const struct node *node = &ground->county.nodes[x];
	char *words[WORDS];
	va_list args;

	va_start(args, ms);
	words_take(ground, x, args, words, node->home);
	va_end(args);
	proc_start(proc, words, node->wrong, ground->errors, ms);
}

const char *ground_must(struct ground *ground, int x, int code, ...)
{
	static struct proc proc;
	const struct node *node = &ground->county.nodes[x];
	char *words[WORDS];
	va_list args;

	va_start(args, code);
	words_take(ground, x, args, words, node->home);
	va_end(args);
	proc_start(&proc, words, node->wrong, ground->errors, MUST_MS);
	if (proc_wait(&proc) != code)
		die("%s %s ends with %d, not %d: %s (%s)", node->name, words[3], proc.code, code,
			proc.said, ground->errors);
	proc.said[strcspn(proc.said, "\n")] = 0;
	return proc.said;
}

/* ---- hubs and gates */

static unsigned port_in(const char *line)
{
	const char *at = strstr(line, "127.0.0.1:");

	return at ? (unsigned)strtoul(at + strlen("127.0.0.1:"), NULL, 10) : 0;
}

void ground_gate(struct ground *ground, enum gate_name name, const struct proxy_ways *ways)
{
	struct guarded *gate = &ground->gates[name];
	struct proxy_ways mine;

	if (gate->open)
		proxy_stop(&gate->proxy);
	gate->open = ways != NULL;
	if (!ways)
		return;
	mine = *ways;
	mine.port = gate->port;
	mine.to_port = name == GATE_SSH ? ground->ssh_port : ground->places[name].port;
	gate->proxy = proxy_start(&mine);
	gate->port = gate->proxy.port;
}

void ground_hub_start(struct ground *ground, int x)
{
	struct spot *place = &ground->places[x];

	if (place->hub.pid && !proc_over(&place->hub))
		return;
	ground_start(ground, &place->hub, x, FOR_EVER, "hub", "--listen", "127.0.0.1:0", NULL);
	if (!proc_line(&place->hub, HUB_MS))
		die("the hub of %s does not start: %s", ground->county.nodes[x].name,
			ground->errors);
	place->port = port_in(place->hub.said);
	ground_gate(ground, (enum gate_name)x, &(struct proxy_ways){0});
}

void ground_hub_kill(struct ground *ground, int x)
{
	struct spot *place = &ground->places[x];

	if (!place->hub.pid)
		return;
	proc_kill(&place->hub);
	proc_wait(&place->hub);
	place->stopped = false;
}

void ground_clock(struct ground *ground, int x, int64_t wrong)
{
	char path[GROUND_TOP + 16];
	FILE *file;

	snprintf(path, sizeof path, "%s/clock-%d", ground->top, x);
	ground->county.nodes[x].wrong = wrong;
	file = fopen(path, "w");
	if (!file || fprintf(file, "%lld\n", (long long)wrong) < 0 || fclose(file))
		die("%s", path);
}

/* ---- for the judge */

void ground_mark(unsigned tag, char out[32])
{
	snprintf(out, 32, "件%u号", tag);
}

/* Which writing is it? Its text stands in the fact as it was typed. */
static void tag_found(struct ground *ground, const struct node *node, struct ref ref)
{
	static const char before[] = "件";
	struct arena arena = {0};
	struct fact fact;
	const char *at;
	unsigned long tag;

	if (!log_fact(store_log(node->store), ref.site, ref.seq, &arena, &fact))
		die("%s has lost a fact of its own", node->name);
	at = memmem(fact.raw.at, fact.raw.len, before, strlen(before));
	tag = at ? strtoul(at + strlen(before), NULL, 10) : 0;
	if (tag && tag < ground->tag_count)
		ground->tags[tag].facts++;
	arena_release(&arena);
}

static void note_own(struct ground *ground, int x)
{
	struct node *node = &ground->county.nodes[x];
	uint64_t site = store_station(node->store)->site;

	if (!node->site_count)
		node->sites[node->site_count++] = site;
	if (node->sites[node->site_count - 1] != site) {
		snprintf(ground->wrong, sizeof ground->wrong, "%s has become another site",
			node->name);
		return;
	}
	for (unsigned lane = 0; lane < LANES; lane++) {
		uint32_t *noted = &ground->places[x].noted[lane];
		while (*noted < log_author(store_log(node->store), site, lane)) {
			struct ref ref = {site, ++*noted * 8 + lane};
			county_note(&ground->county, node, ref);
			tag_found(ground, node, ref);
		}
	}
}

bool ground_open(struct ground *ground)
{
	struct fault fault;

	for (int i = 0; i < ground->county.count; i++) {
		struct node *node = &ground->county.nodes[i];
		if (store_open(&node->store, node->home, STORE_READ, &fault) != RC_OK)
			die("%s: %s", node->name, fault.text);
		note_own(ground, i);
	}
	return !ground->wrong[0];
}

void ground_close(struct ground *ground)
{
	for (int i = 0; i < ground->county.count; i++) {
		store_close(ground->county.nodes[i].store);
		ground->county.nodes[i].store = NULL;
	}
}
