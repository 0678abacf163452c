/* SPDX-License-Identifier: GPL-3.0-or-later
 * Both ends of a road, written to and judged beside the real programs.
 */
#include "ends.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../sync/world.h"
#include "model/kinds.h"
#include "base/when.h"
#include "store/identity.h"
#include "store/peer.h"
#include "store/station.h"
#include "store/rows/internal.h"

enum { WORDS = 24, SAID_MOST = 64 * 1024, SLOW_FAILS = 40 };

extern char **environ;

static void must(enum rc rc, const struct fault *fault, const char *what)
{
	if (rc != RC_OK)
		die("%s: %s", what, fault->text);
}

static bool is_wrong(struct ends *ends, const char *text, ...)
	__attribute__((format(printf, 2, 3)));
static bool is_wrong(struct ends *ends, const char *text, ...)
{
	va_list args;
	va_start(args, text);
	if (!ends->wrong[0])
		vsnprintf(ends->wrong, sizeof ends->wrong, text, args);
	va_end(args);
	return false;
}

static uint64_t dice(struct ends *ends, uint64_t sides)
{
	ends->seed = ends->seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (ends->seed >> 33) % sides;
}

static uint64_t print_of(struct bytes raw)
{
	uint8_t hash[HASH_SIZE];
	uint64_t print;
	crypt_hash(raw, hash);
	memcpy(&print, hash, sizeof print);
	return print;
}

/* ---- open and close */

static struct store *open_one(const char *home)
{
	struct store *store;
	struct fault fault = {0};
	must(store_open(&store, home, 0, &fault), &fault, home);
	return store;
}

static unsigned records(struct ends *ends, struct store *store)
{
	struct query query = query_all(KIND_hazard);
	unsigned count = 0;
	struct fault fault = {0};
	query.area = store_station(ends->low)->area;
	must(store_count(store, &query, &count, &fault), &fault, "count");
	return count;
}

void ends_open(struct ends *ends, const char *low, const char *high, const char *url)
{
	crypt_start();
	*ends = (struct ends){.url = url, .seed = 7};
	ends->low = open_one(low);
	ends->high = open_one(high);
	ends->hazards = records(ends, ends->low);
	for (int i = 0; i < 2; i++)
		ends->numbers[i] = log_number(store_log(i ? ends->high : ends->low));
}

void ends_close(struct ends *ends)
{
	store_close(ends->low);
	store_close(ends->high);
	free(ends->kept);
}

/* ---- writing */

/* Words that do not pack well, so that there is something on the road. */
static void put_words(struct ends *ends, struct buf *body, unsigned tag)
{
	char text[WORDS * 3 + 1];
	for (unsigned i = 0; i < WORDS; i++) {
		unsigned letter = 0x4E00 + (unsigned)dice(ends, 0x5000);
		text[i * 3] = (char)(0xE0 | letter >> 12);
		text[i * 3 + 1] = (char)(0x80 | (letter >> 6 & 63));
		text[i * 3 + 2] = (char)(0x80 | (letter & 63));
	}
	text[WORDS * 3] = 0;
	struct value value = value_text(text);
	put_field(body, tag, &value);
}

static void keep(struct ends *ends, struct store *store, const struct op *op, uint64_t area)
{
	struct arena arena = {0};
	struct fact fact;
	if (ends->count == ends->room) {
		ends->room = ends->room ? ends->room * 2 : 256;
		ends->kept = realloc(ends->kept, ends->room * sizeof *ends->kept);
		if (!ends->kept)
			die("memory");
	}
	if (!log_fact(store_log(store), op->site, op->seq, &arena, &fact))
		die("a fact that was written is not there");
	ends->kept[ends->count++] = (struct kept_one){
		op->site, print_of(fact.raw), op->seq, {op->rec_site, op->rec_seq}, area};
	arena_release(&arena);
}

static void write_one(struct ends *ends, struct store *store, struct ref *record, unsigned tag)
{
	uint64_t area = store_station(ends->low)->area;
	struct op op = {.kind = KIND_hazard,
		.area = record->seq ? 0 : area,
		.rec_site = record->site,
		.rec_seq = record->seq};
	struct buf body = {0};
	struct fault fault = {0};
	put_words(ends, &body, tag);
	op.body = buf_bytes(&body);
	must(store_write(store, &op, &fault), &fault, "write");
	*record = (struct ref){op.rec_site, op.rec_seq};
	keep(ends, store, &op, area);
	buf_release(&body);
}

void ends_write(struct ends *ends, unsigned low, unsigned high)
{
	struct store *stores[] = {ends->low, ends->high};
	unsigned counts[] = {low, high};
	for (int i = 0; i < 2; i++) {
		struct ref other = ends->last[i], own;
		if (other.seq)
			write_one(ends, stores[i], &other, hazard_owner);
		for (; counts[i]; counts[i]--, ends->hazards++) {
			own = (struct ref){0};
			write_one(ends, stores[i], &own, hazard_place);
			ends->last[i] = own;
		}
	}
}

void ends_slow(struct ends *ends)
{
	struct route way;
	struct fault fault = {0};
	route_load(ends->low, ends->url, &way);
	way.pace = (struct pace){.frame = PACE_LEAST, .fails = SLOW_FAILS};
	must(route_save(ends->low, ends->url, &way, &fault), &fault, "way");
}

/* ---- running */

static pid_t start(struct ends *ends, int out)
{
	char program[600];
	const char *build = getenv("OUTPOST_BUILD");
	posix_spawn_file_actions_t files;
	pid_t pid;
	snprintf(program, sizeof program, "%s/outpost-sync", build ? build : "build");
	char *args[] = {program, (char *)"--home", (char *)store_home(ends->low), (char *)"sync",
		(char *)"--json", (char *)"--via", (char *)ends->url, NULL};
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
	for (int fd = 1; fd <= 2; fd++)
		posix_spawn_file_actions_adddup2(&files, out, fd);
	if (posix_spawn(&pid, program, &files, NULL, args, environ))
		die("%s does not start", program);
	posix_spawn_file_actions_destroy(&files);
	return pid;
}

pid_t ends_start(struct ends *ends)
{
	int nothing = open("/dev/null", O_WRONLY | O_CLOEXEC);
	pid_t pid = start(ends, nothing);
	close(nothing);
	return pid;
}

int ends_sync(struct ends *ends, struct buf *said, bool *complete)
{
	int pipes[2], status;
	ssize_t got = 1;
	if (pipe2(pipes, O_CLOEXEC))
		die("pipe");
	buf_clear(said);
	pid_t pid = start(ends, pipes[1]);
	close(pipes[1]);
	while (got > 0 && said->len < SAID_MOST) {
		char some[4096];
		got = read(pipes[0], some, sizeof some);
		if (got > 0)
			buf_put(said, some, (size_t)got);
	}
	close(pipes[0]);
	waitpid(pid, &status, 0);
	*complete = strstr(buf_cstr(said), "\"complete\":true") != NULL;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 200 + WTERMSIG(status);
}

/* ---- judging */

struct judge {
	struct ends *ends;
	struct store *says;
};

static struct store *holder_of(struct ends *ends, uint64_t site)
{
	if (store_station(ends->low)->site == site)
		return ends->low;
	return store_station(ends->high)->site == site ? ends->high : NULL;
}

/* The mark was read first and the holder's log only grows: who answers meanwhile does no harm. */
static bool claim_true(const struct mark *mark, void *to)
{
	struct judge *judge = to;
	struct store *holder = holder_of(judge->ends, mark->holder);
	uint32_t has;
	if (!holder)
		return true; /* another station below: not one of the two ends */
	has = log_author(store_log(holder), mark->site, mark->lane);
	return mark->upto <= has ||
	       is_wrong(judge->ends, "%s says that %s holds %u of %llx in lane %u, it has %u",
		       store_station(judge->says)->name, store_station(holder)->name, mark->upto,
		       (unsigned long long)mark->site, mark->lane, has);
}

static bool has_fact(struct store *store, const struct kept_one *kept, bool *same)
{
	struct arena arena = {0};
	struct fact fact;
	bool has = log_fact(store_log(store), kept->site, kept->seq, &arena, &fact);
	*same = has && print_of(fact.raw) == kept->print;
	arena_release(&arena);
	return has;
}

/* What is not proven yet may not stand on the ladder. */
static bool ladder_true(struct ends *ends, const struct kept_one *kept)
{
	bool reached[LEVELS] = {0}, same;
	struct fault fault = {0};
	must(store_reached(ends->low, kept->rec, kept->area, reached, &fault), &fault, "ladder");
	return !reached[store_station(ends->high)->level] || has_fact(ends->high, kept, &same) ||
	       is_wrong(ends, "the ladder names the hub, which has not got fact %u", kept->seq);
}

bool ends_honest(struct ends *ends)
{
	struct judge judge = {ends, ends->low};
	struct fault fault = {0};
	must(log_marks(store_log(ends->low), 0, claim_true, &judge, &fault), &fault, "marks");
	judge.says = ends->high;
	must(log_marks(store_log(ends->high), 0, claim_true, &judge, &fault), &fault, "marks");
	for (size_t i = ends->checked; i < ends->count; i++)
		if (ends->kept[i].site == store_station(ends->low)->site)
			ladder_true(ends, &ends->kept[i]);
	return !ends->wrong[0];
}

static bool facts_there(struct ends *ends, size_t from)
{
	struct store *stores[] = {ends->low, ends->high};
	for (size_t i = from; i < ends->count; i++)
		for (int k = 0; k < 2; k++) {
			bool same, has = has_fact(stores[k], &ends->kept[i], &same);
			if (!same)
				return is_wrong(ends, "%s %s fact %u of %llx",
					store_station(stores[k])->name,
					has ? "has another" : "lacks", ends->kept[i].seq,
					(unsigned long long)ends->kept[i].site);
		}
	return true;
}

/* Own facts of the lower end: as many above, and it knows; none waits. */
static bool nothing_waits(struct ends *ends)
{
	uint64_t low = store_station(ends->low)->site, high = store_station(ends->high)->site;
	struct lane_waiting waiting[LANES];
	struct peer peer;
	struct fault fault = {0};
	must(peer_load(ends->low, &peer, &fault), &fault, "peer");
	must(peer_waiting(ends->low, &peer, waiting, &fault), &fault, "waiting");
	for (unsigned lane = 0; lane < LANES; lane++) {
		uint32_t wrote = log_author(store_log(ends->low), low, lane),
			 came = log_author(store_log(ends->high), low, lane),
			 known = log_held(store_log(ends->low), high, low, lane);
		if (wrote != came || known != came)
			return is_wrong(ends, "lane %u: %u written, %u came, %u known to", lane,
				wrote, came, known);
		if (waiting[lane].facts)
			return is_wrong(ends, "%u wait in lane %u", waiting[lane].facts, lane);
	}
	return true;
}

static bool ladder_full(struct ends *ends, size_t from)
{
	for (size_t i = from; i < ends->count; i++) {
		const struct kept_one *kept = &ends->kept[i];
		bool reached[LEVELS] = {0};
		struct fault fault = {0};
		if (kept->rec.site != store_station(ends->low)->site)
			continue;
		must(store_reached(ends->low, kept->rec, kept->area, reached, &fault), &fault,
			"ladder");
		if (!reached[store_station(ends->high)->level])
			return is_wrong(ends, "the ladder of fact %u stays low", kept->seq);
	}
	return true;
}

bool ends_agree(struct ends *ends)
{
	unsigned low = records(ends, ends->low), high = records(ends, ends->high);
	if (low != ends->hazards || high != ends->hazards)
		is_wrong(ends, "%u records below and %u above, not %u", low, high, ends->hazards);
	if (world_count(ends->low, KIND_refusal) || world_count(ends->high, KIND_refusal))
		is_wrong(ends, "a fact was refused");
	if (log_number(store_log(ends->low)) != ends->numbers[0] ||
		log_number(store_log(ends->high)) != ends->numbers[1])
		is_wrong(ends, "a store took another number");
	if (ends_honest(ends) && facts_there(ends, ends->checked) && nothing_waits(ends) &&
		ladder_full(ends, ends->checked))
		ends->checked = ends->count;
	return !ends->wrong[0];
}

bool ends_equal(struct ends *ends)
{
	uint64_t area = store_station(ends->low)->area;
	ends->checked = 0;
	if (ends_agree(ends) && world_digest(ends->low, area) != world_digest(ends->high, area))
		is_wrong(ends, "the two ends show different records");
	return !ends->wrong[0];
}
