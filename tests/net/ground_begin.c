/* SPDX-License-Identifier: GPL-3.0-or-later
 * How the county of real processes is set up, joined, and taken away.
 */
#include "ground.h"

#include <ftw.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SSHD_MS = 10000, TOOL_MS = 20000, LINE = 1024 };

static const struct plan {
	const char *name, *code, *title;
	int up;
	unsigned roads;
	bool hub;
} plans[] = {
	{"county", "410882", "沁阳市", -1, 0, true},
	{"east", "410882103", "柏香镇", 0, BY_HTTP, true},
	{"west", "410882104", "山王庄镇", 0, BY_SSH | BY_HTTP, true},
	{"e1", "410882103205", "西彰村", 1, BY_HTTP, false},
	{"e2", "410882103206", "东乡村", 1, BY_SSH, false},
	{"e3", "410882103207", "伏背村", 1, BY_HTTP | BY_SSH | ON_FOOT, false},
	{"w1", "410882104201", "盆窑村", 2, BY_SSH | ON_FOOT, false},
	{"w2", "410882104202", "廉坡村", 2, ON_FOOT, false},
};

static void write_file(const char *path, const char *text, mode_t mode)
{
	FILE *file = fopen(path, "a");

	if (!file || fputs(text, file) < 0 || fclose(file) || chmod(path, mode))
		die("%s", path);
}

static void tool(struct ground *ground, struct proc *proc, char *const argv[])
{
	proc_start(proc, argv, 0, ground->errors, TOOL_MS);
	if (proc_wait(proc))
		die("%s: %s", argv[0], ground->errors);
}

/* ---- sshd */

static void words_put(char *out[], const char *const in[], size_t count)
{
	for (size_t i = 0; i < count; i++)
		out[i] = (char *)(uintptr_t)in[i];
	out[count] = NULL;
}

static void host_key(struct ground *ground)
{
	char path[GROUND_TOP + 16], *argv[12];
	struct proc proc;

	snprintf(path, sizeof path, "%s/host", ground->top);
	words_put(argv,
		(const char *const[]){
			"/usr/bin/ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", path},
		8);
	tool(ground, &proc, argv);
	words_put(argv, (const char *const[]){"/usr/bin/ssh-keygen", "-l", "-f", path}, 4);
	tool(ground, &proc, argv);
	if (sscanf(proc.said, "%*s %79s", ground->pin) != 1)
		die("ssh-keygen says %s", proc.said);
}

/* A port that was free a moment ago: sshd cannot choose one itself. */
static unsigned free_port(void)
{
	struct proxy proxy = proxy_start(&(struct proxy_ways){.to_port = 9});

	proxy_stop(&proxy);
	return proxy.port;
}

static void sshd_start(struct ground *ground)
{
	char path[GROUND_TOP + 16], log[GROUND_TOP + 16], text[LINE], *argv[12];
	int tries = SSHD_MS / 10;
	FILE *said;

	mkdir("/run/sshd", 0755); /* where that of root wants to lock itself up */
	host_key(ground);
	ground->ssh_port = free_port();
	snprintf(path, sizeof path, "%s/keys", ground->top);
	write_file(path, "", 0600);
	snprintf(text, sizeof text,
		"Port %u\nListenAddress 127.0.0.1\nHostKey %s/host\nPidFile none\n"
		"AuthorizedKeysFile %s/keys\nStrictModes no\nUsePAM no\nPasswordAuthentication no\n"
		"MaxStartups 100:30:1000\n",
		ground->ssh_port, ground->top, ground->top);
	snprintf(path, sizeof path, "%s/sshd_config", ground->top);
	snprintf(log, sizeof log, "%s/sshd.log", ground->top);
	write_file(path, text, 0600);
	words_put(argv, (const char *const[]){"/usr/sbin/sshd", "-D", "-f", path, "-E", log}, 6);
	proc_start(&ground->sshd, argv, 0, ground->errors, 3600000);
	do {
		usleep(10000);
		said = fopen(log, "r");
		text[0] = 0;
		if (said && !fgets(text, sizeof text, said))
			text[0] = 0;
		if (said)
			fclose(said);
	} while (!strstr(text, "listening") && --tries && !proc_over(&ground->sshd));
	if (!strstr(text, "listening"))
		die("sshd does not start: %s", log);
	ground_gate(ground, GATE_SSH, &(struct proxy_ways){0});
}

/* What a login of X runs: the hub of the station above, by the clock that it has then. */
static void let_in(struct ground *ground, int x)
{
	const struct node *node = &ground->county.nodes[x];
	char script[GROUND_TOP + 16], path[200], key[300], text[LINE + 300];
	FILE *file;

	snprintf(path, sizeof path, "%s/keys/ssh.pub", node->home);
	file = fopen(path, "r");
	if (!file || !fgets(key, sizeof key, file) || !strrchr(key, '-'))
		die("%s", path);
	fclose(file);
	key[strcspn(key, "\n")] = 0;
	snprintf(script, sizeof script, "%s/hub-%d", ground->top, x);
	snprintf(text, sizeof text,
		"#!/bin/sh\nread -r wrong <%s/clock-%d\n"
		"[ \"$wrong\" = 0 ] || export OUTPOST_NOW=$(date -u -d \"@$(($(date +%%s) + "
		"wrong))\" +%%Y-%%m-%%dT%%H:%%M:%%SZ)\n"
		"exec %s hub --store %s --stdio --site %s\n",
		ground->top, node->up, ground->outpost, ground->county.nodes[node->up].home,
		strrchr(key, '-') + 1);
	write_file(script, text, 0700);
	snprintf(text, sizeof text, "command=\"%s\",restrict %s\n", script, key);
	snprintf(path, sizeof path, "%s/keys", ground->top);
	write_file(path, text, 0600);
}

/* ---- stations */

static void url(const struct ground *ground, int x, unsigned road, char out[200])
{
	const struct passwd *me = getpwuid(getuid());

	if (road == BY_HTTP)
		snprintf(out, 200, "http://127.0.0.1:%u",
			ground->gates[ground->county.nodes[x].up].port);
	else if (road == BY_SSH)
		snprintf(out, 200, "ssh://%s@127.0.0.1:%u#%s", me ? me->pw_name : "root",
			ground->gates[GATE_SSH].port, ground->pin);
	else
		snprintf(out, 200, "file:%s/stick-%d", ground->top, x);
}

static void set_ways(struct ground *ground, int x)
{
	unsigned roads = ground->places[x].roads;
	char ways[3][200];
	int count = 0;

	if (roads & BY_SSH)
		url(ground, x, BY_SSH, ways[count++]);
	if (roads & BY_HTTP)
		url(ground, x, BY_HTTP, ways[count++]);
	if (roads == ON_FOOT)
		url(ground, x, ON_FOOT, ways[count++]);
	ground_must(ground, x, 0, "up", ways[0], count > 1 ? ways[1] : NULL, NULL);
}

static void join(struct ground *ground, int x, const struct plan *plan)
{
	char way[200], token[1000];

	url(ground, x, BY_HTTP, way);
	snprintf(token, sizeof token, "%s",
		ground_must(ground, plan->up, 0, "invite", "--area", plan->code, "--name",
			plan->title, "--via", way, NULL));
	ground_must(ground, x, 0, "join", token, "--user", "张三", NULL);
	if (plan->roads & BY_SSH) { /* the key is made with the first try */
		url(ground, x, BY_SSH, way);
		ground_must(ground, x, 4, "sync", "--via", way, NULL);
		let_in(ground, x);
	}
	set_ways(ground, x);
}

static void add(struct ground *ground, const struct plan *plan)
{
	int x = ground->county.count++;
	struct node *node = &ground->county.nodes[x];
	char path[GROUND_TOP + 16];

	*node = (struct node){.up = plan->up};
	snprintf(node->name, sizeof node->name, "%s", plan->name);
	snprintf(node->home, sizeof node->home, "%s/%s", ground->top, plan->name);
	node->area = strtoull(plan->code, NULL, 10);
	while (node->area < UINT64_C(100000000000))
		node->area *= 10;
	ground->places[x].roads = plan->roads;
	ground->places[x].code = plan->code;
	snprintf(path, sizeof path, "%s/stick-%d", ground->top, x);
	if (mkdir(path, 0700))
		die("%s", path);
	ground_clock(ground, x, 0);
	if (plan->up < 0)
		ground_must(ground, x, 0, "init", "--area", plan->code, "--name", plan->title,
			"--user", "县员", NULL);
	else
		join(ground, x, plan);
	if (plan->hub)
		ground_hub_start(ground, x);
}

bool ground_begin(struct ground *ground)
{
	const char *build = getenv("OUTPOST_BUILD"), *tmp = getenv("TMPDIR");

	memset(ground, 0, sizeof *ground);
	if (access("/usr/sbin/sshd", X_OK))
		return false;
	ground->tag_count = 1;
	snprintf(ground->top, sizeof ground->top, "%s/outpost-ground-XXXXXX", tmp ? tmp : "/tmp");
	snprintf(ground->outpost, sizeof ground->outpost, "%s/outpost", build ? build : "build");
	if (!mkdtemp(ground->top) || access(ground->outpost, X_OK))
		die("%s, %s", ground->top, ground->outpost);
	snprintf(ground->errors, sizeof ground->errors, "%s/errors", ground->top);
	sshd_start(ground);
	for (size_t i = 0; i < countof(plans); i++)
		add(ground, &plans[i]);
	return true;
}

/* ---- the end */

static int drop(const char *path, const struct stat *stat, int type, struct FTW *ftw)
{
	(void)stat, (void)type, (void)ftw;
	return remove(path);
}

void ground_end(struct ground *ground)
{
	pid_t below;

	/* Logins whose sshd was killed have come to us (a "subreaper"). */
	while ((below = proc_below(getpid(), 0)) != 0) {
		kill(below, SIGKILL);
		waitpid(-1, NULL, 0);
	}
	ground->sshd.pid = 0;
	if (!getenv("OUTPOST_KEEP") && nftw(ground->top, drop, 16, FTW_DEPTH | FTW_PHYS))
		die("cannot remove %s", ground->top);
	free(ground->county.facts);
	buf_release(&ground->story);
}
