/* SPDX-License-Identifier: GPL-3.0-or-later
 * Writers, syncers and carriers, several at once. A writing that ended well is acknowledged; one
 * that was killed may be there or not, once or not at all.
 */
#include "team.h"

#include "model/kinds.h"
#include "store/rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	WRITE_MS = 60000, /* nothing but another writer may keep one from writing */
	SYNC_MS = 1500,   /* who waits longer is killed: nobody answers */
	WORDS_ADD = 5
};

/* How each may end when nobody kills it. */
static const struct way_of {
	const char *name;
	unsigned codes; /* bits */
} ways_of[JOB_TYPES] = {
	[JOB_ADD] = {"add", 1 << 0},
	[JOB_STEP] = {"step", 1 << 0 | 1 << 4 | 1 << 6},
	[JOB_EDIT] = {"edit", 1 << 0 | 1 << 4 | 1 << 6},
	[JOB_SYNC] = {"sync", 1 << 0 | 1 << 3 | 1 << 4},
	[JOB_PACK] = {"pack", 1 << 0},
	[JOB_UNPACK] = {"unpack", 1 << 0 | 1 << 4 | 1 << 5},
};

/* New records; the last word takes the mark. */
static const struct template
{
	const char *words[WORDS_ADD + 1];
}
templates[] = {
	{{"hazard", "category=H0101", "grade=G", "place=沟口", "text="}},
	{{"hazard", "category=H0104", "grade=M", "place=桥下", "text="}},
	{{"report", "event=D01", "stage=first", "affected=3", "text="}},
	{{"warning", "event=11B03", "severity=orange", "expires=2099-01-01T00:00:00+08:00",
		"headline="}},
	{{"supply", "quantity=3", "name="}},
	{{"tip", "subject="}},
	{{"household", "head="}},
};

uint64_t team_dice(struct team *team, uint64_t sides)
{
	team->seed = team->seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (team->seed >> 33) % sides;
}

static void stick_path(const struct team *team, int stick, char path[GROUND_TOP + 24])
{
	snprintf(path, GROUND_TOP + 24, "%s/carry-%d", team->ground->top, stick);
}

static bool new_tag(struct team *team, struct job *job, char mark[32])
{
	if (team->ground->tag_count == GROUND_TAGS)
		return false;
	job->tag = team->ground->tag_count++;
	ground_mark(job->tag, mark);
	return true;
}

static bool start_template(struct team *team, struct job *job, const struct template *from)
{
	char mark[32], last[80], *words[WORDS_ADD + 1] = {NULL};

	if (!new_tag(team, job, mark))
		return false;
	for (unsigned i = 0; i < WORDS_ADD && from->words[i]; i++)
		words[i] = (char *)(uintptr_t)from->words[i];
	for (unsigned i = 0; i < WORDS_ADD && words[i]; i++)
		if (!words[i + 1]) {
			snprintf(last, sizeof last, "%s%s", words[i], mark);
			words[i] = last;
		}
	ground_start(team->ground, &job->proc, job->x, WRITE_MS, "add", words[0], words[1],
		words[2], words[3], words[4], NULL);
	return true;
}

static bool start_add(struct team *team, struct job *job)
{
	return start_template(team, job, &templates[team_dice(team, countof(templates))]);
}

/* A record that concerns X; it may have come there, or not yet. */
static const struct kept_fact *some_record(struct team *team, int x)
{
	const struct county *county = &team->ground->county;

	for (unsigned tries = 0; tries < 20 && county->fact_count; tries++) {
		const struct kept_fact *fact = &county->facts[team_dice(team, county->fact_count)];
		if (node_concerns(&county->nodes[x], fact) && fact->kind == KIND_hazard)
			return fact;
	}
	return NULL;
}

static bool start_more(struct team *team, struct job *job)
{
	static const char *const steps[] = {"rectify", "urge", "progress", "accept"};
	const struct kept_fact *fact = some_record(team, job->x);
	char mark[32], text[80], id[32];
	bool edit = job->type == JOB_EDIT;

	if (!fact || !new_tag(team, job, mark))
		return false;
	store_id(fact->rec, id);
	snprintf(text, sizeof text, "%s=%s", edit && team_dice(team, 2) ? "place" : "text", mark);
	if (edit)
		ground_start(team->ground, &job->proc, job->x, WRITE_MS, "edit", id, text, NULL);
	else
		ground_start(team->ground, &job->proc, job->x, WRITE_MS, "step", id,
			steps[team_dice(team, countof(steps))], text, NULL);
	return true;
}

static bool start_sync(struct team *team, struct job *job)
{
	if (team->ground->county.nodes[job->x].up < 0)
		return false;
	ground_start(team->ground, &job->proc, job->x, SYNC_MS, "sync", NULL);
	return true;
}

static bool stick_free(const struct team *team, int stick)
{
	for (unsigned i = 0; i < team->job_count; i++)
		if (team->jobs[i].type >= JOB_PACK && team->jobs[i].stick == stick)
			return false;
	return true;
}

/* For the station above, that above it, or one below. */
static bool start_pack(struct team *team, struct job *job)
{
	const struct county *county = &team->ground->county;
	int up = county->nodes[job->x].up, to = (int)team_dice(team, (uint64_t)county->count);
	char path[GROUND_TOP + 24], site[16];

	job->stick = (int)team_dice(team, TEAM_STICKS);
	if (up >= 0 && team_dice(team, 2))
		to = up;
	if (to == job->x || !county->nodes[to].site_count || !stick_free(team, job->stick) ||
		(to != up && county->nodes[to].up != job->x &&
			(up < 0 || county->nodes[up].up != to)))
		return false;
	stick_path(team, job->stick, path);
	site_hex(county->nodes[to].sites[0], site);
	team->sticks[job->stick] = (struct stick){.from = job->x, .to = to};
	(void)!unlink(path); /* a file for another station is never written over */
	ground_start(team->ground, &job->proc, job->x, SYNC_MS, "pack", path, "--to", site, NULL);
	return true;
}

/* A copy with one byte changed, or cut short. */
static void damage(struct team *team, const char *path, const char *to)
{
	static char bytes[1 << 18];
	FILE *in = fopen(path, "rb"), *out = fopen(to, "wb");
	size_t len = in ? fread(bytes, 1, sizeof bytes, in) : 0;

	if (!in || !out || !len)
		die("%s", path);
	if (team_dice(team, 2))
		bytes[team_dice(team, len)] ^= (char)(1 << team_dice(team, 8));
	else
		len = (size_t)team_dice(team, len);
	if (fwrite(bytes, 1, len, out) != len || fclose(out))
		die("%s", to);
	fclose(in);
}

static bool start_unpack(struct team *team, struct job *job)
{
	int stick = job->stick = (int)team_dice(team, TEAM_STICKS);
	char path[GROUND_TOP + 24], bad[GROUND_TOP + 40];

	if (!team->sticks[stick].lies || !stick_free(team, stick))
		return false;
	job->x = team->sticks[stick].to;
	stick_path(team, stick, path);
	if (team_dice(team, 6) == 0) {
		snprintf(bad, sizeof bad, "%s.bad", path);
		damage(team, path, bad);
		snprintf(path, sizeof path, "%s/carry-%d.bad", team->ground->top, stick);
	}
	ground_start(team->ground, &job->proc, job->x, WRITE_MS, "unpack", path, NULL);
	return true;
}

void team_start(struct team *team)
{
	static bool (*const starts[JOB_TYPES])(struct team *, struct job *) = {
		start_add, start_more, start_more, start_sync, start_pack, start_unpack};
	static const unsigned char odds[] = {JOB_ADD, JOB_ADD, JOB_ADD, JOB_STEP, JOB_EDIT,
		JOB_SYNC, JOB_SYNC, JOB_SYNC, JOB_SYNC, JOB_SYNC, JOB_SYNC, JOB_PACK, JOB_UNPACK,
		JOB_UNPACK};
	struct job *job = &team->jobs[team->job_count];

	if (team->job_count == TEAM_JOBS)
		return;
	job->type = (enum job_type)odds[team_dice(team, sizeof odds)];
	job->x = (int)team_dice(team, (uint64_t)team->ground->county.count);
	job->tag = 0;
	if (!starts[job->type](team, job))
		return;
	team->job_count++;
	ground_say(team->ground, "  %s %s %s%.0u%.0d", team->ground->county.nodes[job->x].name,
		ways_of[job->type].name, job->tag ? "#" : "", job->tag,
		job->type >= JOB_PACK ? job->stick : 0);
}

void team_add(struct team *team, int x)
{
	struct job *job = &team->jobs[team->job_count];

	job->type = JOB_ADD;
	job->x = x;
	team->job_count += start_template(team, job, &templates[0]);
}

static void note_end(struct team *team, struct job *job)
{
	struct stick *stick = &team->sticks[job->stick];
	bool good = job->proc.code == 0;

	team->done[job->type] += good;
	if (good && job->tag) {
		team->ground->tags[job->tag].acknowledged = true;
		team->acknowledged++;
	}
	if (job->type == JOB_PACK)
		stick->lies = good; /* a file that was not finished is no stick */
	else if (job->type == JOB_UNPACK && good && team_dice(team, 3))
		stick->lies = false; /* else it comes again, when others have come */
}

bool team_wait(struct team *team)
{
	for (unsigned i = 0; i < team->job_count; i++) {
		struct job *job = &team->jobs[i];
		int code = proc_wait(&job->proc);
		const char *name = team->ground->county.nodes[job->x].name;
		bool killed = code == PROC_KILLED && job->proc.killed;

		team->killed += killed;
		ground_say(team->ground, "  %s %s%s%.0u ends with %d", name,
			ways_of[job->type].name, job->tag ? " #" : "", job->tag, code);
		if (!killed && (code < 0 || !(ways_of[job->type].codes >> code & 1)) &&
			!team->wrong[0])
			snprintf(team->wrong, sizeof team->wrong, "%s at %s ends with %d: %.150s",
				ways_of[job->type].name, name, code, job->proc.said);
		note_end(team, job);
	}
	team->job_count = 0;
	return !team->wrong[0];
}
