/* SPDX-License-Identifier: GPL-3.0-or-later
 * The small world of the sync tests.
 */
#include "world.h"

#include "base/when.h"
#include "model/area.h"
#include "model/kinds.h"
#include "store/identity.h"
#include "store/station.h"
#include "store/rows/internal.h"
#include "sync/enrol.h"
#include "sync/swap.h"
#include "sync/trust/internal.h"

#include <ctype.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static unsigned odds(struct road *road)
{
	road->seed = road->seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (unsigned)(road->seed >> 33) % 1000;
}

static void check(enum rc rc, const struct fault *fault, const char *what)
{
	if (rc != RC_OK)
		die("%s: %s", what, fault->text);
}

static enum rc road_swap(
	struct link *link, struct bytes ask, struct buf *answer, int wait_ms, struct fault *fault)
{
	struct road *road = (struct road *)link;
	struct buf copy = {0};
	struct bytes asks[1];
	enum rc rc;

	(void)wait_ms;
	road->swaps++;
	road->bytes_up += ask.len;
	if (odds(road) < road->lose_ask || (road->longest && ask.len > road->longest))
		return fault_set(fault, RC_LINK, "lost on the way up");
	buf_put(&copy, ask.at, ask.len);
	if (odds(road) < road->flip)
		copy.at[odds(road) % copy.len] ^= 4;
	asks[0] = buf_bytes(&copy);
	when_skip(road->ahead);
	rc = hub_answer(road->hub, asks, answer, 1, fault);
	if (!rc && odds(road) < road->twice)
		rc = hub_answer(road->hub, asks, answer, 1, fault);
	when_skip(-road->ahead);
	buf_release(&copy);
	check(rc, fault, "hub");
	road->bytes_down += answer->len;
	if (odds(road) < road->lose_answer)
		return fault_set(fault, RC_LINK, "lost on the way down");
	return RC_OK;
}

static void road_count(const struct link *link, struct link_count *out)
{
	const struct road *road = (const struct road *)link;
	*out = (struct link_count){road->bytes_up, road->bytes_down, 1};
}

static void road_close(struct link *link)
{
	(void)link;
}

const struct link_ops link_road = {"road", NULL, road_swap, road_count, road_close};

struct link *road_link(struct road *road)
{
	return (struct link *)road;
}

void world_folder(char *home, size_t room)
{
	char top[80], keys[120];

	snprintf(top, sizeof top, "%s/outpost-world-XXXXXX",
		access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	if (!mkdtemp(top))
		die("mkdtemp");
	snprintf(home, room, "%s/s", top);
	snprintf(keys, sizeof keys, "%s/keys", home);
	if (mkdir(home, 0700) || mkdir(keys, 0700))
		die("mkdir");
}

/* What the model learns is the same for all, and takes a second or more: one test makes it, others
 * find it. */
static void know_model(void)
{
	static bool known;
	const char *build = getenv("OUTPOST_BUILD");

	if (!known && build) {
		model_home(build);
		model_prepare();
	}
	known = true;
}

struct store *world_station(const char *name, uint64_t area)
{
	char path[100];
	struct station station = {.area = area, .level = area_level(area)};
	struct store *store;
	struct keys keys;
	struct fault fault;

	crypt_start();
	know_model();
	keys_from_seed(&keys, name);
	station.site = site_of(keys.sign_public);
	snprintf(station.name, sizeof station.name, "%s", name);
	for (unsigned i = 0; i < 3 && name[i]; i++)
		station.code[i] = (char)toupper((unsigned char)name[i]);
	world_folder(path, sizeof path);
	check(store_init(&store, path, &station, &keys, STORE_FAST, &fault), &fault, name);
	return store;
}

static int drop(const char *path, const struct stat *stat, int type, struct FTW *ftw)
{
	(void)stat, (void)type, (void)ftw;
	return remove(path);
}

void world_drop(const char *home)
{
	char top[200];

	snprintf(top, sizeof top, "%s", home);
	*strrchr(top, '/') = 0;
	if (nftw(top, drop, 8, FTW_DEPTH | FTW_PHYS))
		die("cannot remove %s", top);
}

void world_end(struct store *store)
{
	char home[200];

	snprintf(home, sizeof home, "%s", store_home(store));
	store_close(store);
	world_drop(home);
}

void world_join(struct store *lower, struct store *upper, const char *name, uint64_t area)
{
	char text[TOKEN_TEXT];
	struct token token;
	struct fault fault;
	struct buf ask = {0}, answer = {0};
	struct bytes asks[1];

	check(enrol_invite(upper,
		      &(struct guest){.area = area,
			      .level = area_level(area),
			      .name = name,
			      .ways = "http://127.0.0.1:1"},
		      text, &fault),
		&fault, "invite");
	check(token_read(text, &token, &fault), &fault, "token");
	check(enrol_ask(lower, &token, &ask, &fault), &fault, "join");
	asks[0] = buf_bytes(&ask);
	check(hub_answer(upper, asks, &answer, 1, &fault), &fault, "grant");
	check(enrol_apply(lower, buf_bytes(&answer), &fault), &fault, "apply");
	buf_release(&ask);
	buf_release(&answer);
}

bool world_sync(struct store *lower, struct road *road, unsigned most, struct sync_result *result)
{
	struct peer peer;
	struct fault fault = {0};

	check(peer_load(lower, &peer, &fault), &fault, "peer");
	memset(result, 0, sizeof *result);
	while (most--) {
		enum rc rc = sync_round(lower, &peer,
			&(struct sync_line){&link_road, road_link(road), (1 << LANES) - 1, 40,
				LINE_NO_FILES, false},
			result, &fault);
		if (rc != RC_OK && rc != RC_LINK && rc != RC_DENIED)
			die("sync: %s", fault.text);
		if (rc == RC_OK && result->complete)
			return true;
		if (getenv("WORLD_TALK"))
			fprintf(stderr,
				"rc %d rounds %u sent %lu got %lu waiting %u %u %u %u %u: %s\n", rc,
				result->rounds, (unsigned long)result->sent_facts,
				(unsigned long)result->received_facts, result->waiting[0].facts,
				result->waiting[1].facts, result->waiting[2].facts,
				result->waiting[3].facts, result->waiting[4].facts, fault.text);
	}
	return false;
}

static struct ref write_text(struct store *store, struct op *op, unsigned tag, const char *text)
{
	struct buf body = {0};
	struct value value = value_text(text);
	struct fault fault;

	put_field(&body, tag, &value);
	op->body = buf_bytes(&body);
	check(store_write(store, op, &fault), &fault, "write");
	buf_release(&body);
	return (struct ref){op->rec_site, op->rec_seq};
}

void world_claims(struct store *store, const struct site *site, uint64_t area)
{
	struct op op = {.kind = KIND_grant, .area = area};
	struct buf body = {0};
	struct fault fault;

	grant_body(store, site, NULL, &body);
	op.body = buf_bytes(&body);
	check(store_write(store, &op, &fault), &fault, "claim");
	buf_release(&body);
}

struct ref world_hazard(struct store *store, uint64_t area, const char *place)
{
	struct op op = {.kind = KIND_hazard, .area = area};
	return write_text(store, &op, hazard_place, place);
}

void world_step(struct store *store, struct ref ref, unsigned step, const char *text)
{
	struct op op = {
		.kind = KIND_hazard, .step = step, .rec_site = ref.site, .rec_seq = ref.seq};
	write_text(store, &op, step ? ARG_TEXT : (unsigned)hazard_owner, text);
}

unsigned world_count(struct store *store, unsigned kind)
{
	struct query query = query_all(kind);
	unsigned count = 0;
	struct fault fault;

	check(store_count(store, &query, &count, &fault), &fault, "count");
	return count;
}

static bool hash_row(const struct row *row, void *to)
{
	struct buf *all = to;

	buf_fmt(all, "%llx-%u %d %u %u %u", (unsigned long long)row->ref.site, row->ref.seq,
		row->state, row->facts, row->refused, row->conflicts);
	for (unsigned i = 0; row->kind->fields[i].tag; i++) {
		/* What a station signed when it joined holds its invitation's secret: no two alike.
		 */
		bool word = row->kind->id == KIND_grant && row->kind->fields[i].tag == grant_join;
		if (row->has[i] && !word) {
			buf_fmt(all, " %u %lld ", row->kind->fields[i].tag,
				(long long)row->values[i].num);
			buf_put(all, row->values[i].text.at, row->values[i].text.len);
		}
	}
	return true;
}

uint64_t world_digest(struct store *store, uint64_t area)
{
	struct buf all = {0};
	uint8_t hash[HASH_SIZE];
	uint64_t digest;
	struct fault fault;

	for (unsigned i = 0; i < kinds_count; i++) {
		struct query query = query_all(kinds[i].id);
		query.area = area;
		/* What a station objects to is its own and its author's matter. */
		if (kinds[i].flags & K_UP_ONLY || kinds[i].id == KIND_refusal)
			continue;
		check(store_each(store, &query, hash_row, &all, &fault), &fault, "rows");
	}
	crypt_hash(buf_bytes(&all), hash);
	memcpy(&digest, hash, sizeof digest);
	buf_release(&all);
	return digest;
}

const uint64_t county_area = 410882000000, town_area = 410882103000, village_area = 410882103205,
	       other_area = 410882103206;

struct pair *world_pair(void)
{
	struct pair *pair = calloc(1, sizeof *pair);

	pair->town = world_station("town", town_area);
	pair->village = world_station("village", village_area);
	world_join(pair->village, pair->town, "village", village_area);
	pair->road = (struct road){.hub = pair->town, .seed = 3};
	return pair;
}

void world_pair_end(struct pair *pair)
{
	world_end(pair->town);
	world_end(pair->village);
	free(pair);
}

struct three *world_three(bool joined)
{
	struct three *three = calloc(1, sizeof *three);

	three->county = world_station("county", county_area);
	three->town = world_station("town", town_area);
	three->village = world_station("village", village_area);
	world_join(three->town, three->county, "town", town_area);
	if (joined)
		world_join(three->village, three->town, "village", village_area);
	three->to_town = (struct road){.hub = three->town, .seed = 1};
	three->to_county = (struct road){.hub = three->county, .seed = 2};
	return three;
}

void world_three_end(struct three *three)
{
	world_end(three->county);
	world_end(three->town);
	world_end(three->village);
	free(three);
}

int world_state(struct store *store, struct ref ref)
{
	struct arena arena = {0};
	struct fact fact;
	int state =
		log_fact(store_log(store), ref.site, ref.seq, &arena, &fact) ? (int)fact.state : -1;

	arena_release(&arena);
	return state;
}
