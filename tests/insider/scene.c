/* SPDX-License-Identifier: GPL-3.0-or-later
 * The county of the insider tests.
 */
#include "scene.h"

#include "base/when.h"
#include "model/kinds.h"
#include "store/identity.h"
#include "store/station.h"
#include "store/rows/internal.h"
#include "sync/swap.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const struct place_is places[PLACES] = {
	[COUNTY] = {"county", UINT64_C(410882000000), -1},
	[TOWN_A] = {"alpha", UINT64_C(410882103000), COUNTY},
	[A1] = {"a-one", UINT64_C(410882103205), TOWN_A},
	[A2] = {"a-two", UINT64_C(410882103206), TOWN_A},
	[TOWN_B] = {"beta", UINT64_C(410882104000), COUNTY},
	[B1] = {"b-one", UINT64_C(410882104201), TOWN_B},
};

static struct scene mould;

static void die_of(const char *what, const struct fault *fault)
{
	die("%s: %s", what, fault->text);
}

/* ---- what everybody has written before anything happens */

static struct ref write_record(
	struct store *store, unsigned kind, unsigned tag, const char *text, uint64_t area)
{
	struct op op = {.kind = kind, .area = area};
	struct value value = value_text(text);
	struct buf body = {0};
	struct fault fault;

	put_field(&body, tag, &value);
	op.body = buf_bytes(&body);
	if (store_write(store, &op, &fault) != RC_OK)
		die_of("write", &fault);
	buf_release(&body);
	return (struct ref){op.site, op.seq};
}

static struct ref red_warning(struct store *store)
{
	struct op op = {.kind = KIND_warning};
	struct value severity = value_text("red"), headline = value_text("暴雨红色预警");
	struct buf body = {0};
	struct fault fault;

	put_field(&body, warning_severity, &severity);
	put_field(&body, warning_headline, &headline);
	op.body = buf_bytes(&body);
	if (store_write(store, &op, &fault) != RC_OK)
		die_of("warning", &fault);
	buf_release(&body);
	return (struct ref){op.site, op.seq};
}

static void receipt(struct store *store, struct ref warning)
{
	struct op op = {.kind = KIND_receipt};
	struct buf body = {0}, ref = {0};
	struct value value = {.wire = WIRE_BYTES}, result = value_text("signed");
	struct fault fault;

	ref_put(&ref, warning);
	value.text = buf_bytes(&ref);
	put_field(&body, receipt_warning, &value);
	put_field(&body, receipt_result, &result);
	op.body = buf_bytes(&body);
	if (store_write(store, &op, &fault) != RC_OK)
		die_of("receipt", &fault);
	buf_release(&body);
	buf_release(&ref);
}

static void all_sync(struct scene *scene)
{
	static const enum spot order[] = {
		TOWN_A, TOWN_B, A1, A2, B1, TOWN_A, TOWN_B, A1, A2, B1, TOWN_A, TOWN_B, A1, A2, B1};

	for (unsigned i = 0; i < countof(order); i++)
		if (!scene_sync(scene, order[i]))
			die("%s", scene->said);
}

static void write_all(struct scene *scene)
{
	scene->warning = red_warning(scene->at[COUNTY]);
	write_record(scene->at[COUNTY], KIND_order, order_text, "雨前清完主排水沟", 0);
	write_record(scene->at[TOWN_A], KIND_supply, supply_name, "水泵", 0);
	write_record(scene->at[TOWN_A], KIND_hazard, hazard_place, "镇上所见", places[A1].area);
	for (enum spot x = 0; x < PLACES; x++) {
		scene->hazard[x] = world_hazard(scene->at[x], 0, "村东桥下");
		write_record(scene->at[x], KIND_tip, tip_subject, "夜里有人倒渣土", 0);
	}
	all_sync(scene);
	for (enum spot x = 0; x < PLACES; x++) {
		world_step(scene->at[x], scene->hazard[x], hazard_do_urge, "再催");
		if (x != COUNTY)
			receipt(scene->at[x], scene->warning);
	}
	world_step(scene->at[TOWN_A], scene->hazard[A1], 0, "镇水利站");
	all_sync(scene);
}

/* ---- made once */

void scene_mould_make(void)
{
	when_hold(SCENE_NOW);
	for (enum spot x = 0; x < PLACES; x++) {
		mould.at[x] = world_station(places[x].name, places[x].area);
		snprintf(mould.home[x], sizeof mould.home[x], "%s", store_home(mould.at[x]));
		if (places[x].up >= 0)
			world_join(mould.at[x], mould.at[places[x].up], places[x].name,
				places[x].area);
	}
	write_all(&mould);
	for (enum spot x = 0; x < PLACES; x++) {
		store_close(mould.at[x]);
		mould.at[x] = NULL;
	}
}

void scene_mould_drop(void)
{
	for (enum spot x = 0; x < PLACES; x++)
		world_drop(mould.home[x]);
}

static void copy_file(const char *from, const char *to)
{
	static char bytes[1 << 16];
	FILE *in = fopen(from, "rb"), *out = in ? fopen(to, "wb") : NULL;
	size_t len;

	if (!in)
		return; /* not every station has it */
	if (!out)
		die("cannot write %s", to);
	while ((len = fread(bytes, 1, sizeof bytes, in)) > 0)
		if (fwrite(bytes, 1, len, out) != len)
			die("copy %s", to);
	fclose(in);
	if (fclose(out) || chmod(to, 0600))
		die("copy %s", to);
}

void scene_begin(struct scene *scene)
{
	static const char *const files[] = {
		"station.db", "keys/sign.key", "keys/agree.key", "keys/written"};
	char from[160], to[160];
	struct fault fault;

	when_hold(SCENE_NOW + 3600);
	*scene = mould;
	for (enum spot x = 0; x < PLACES; x++) {
		world_folder(scene->home[x], sizeof scene->home[x]);
		for (unsigned i = 0; i < countof(files); i++) {
			snprintf(from, sizeof from, "%s/%s", mould.home[x], files[i]);
			snprintf(to, sizeof to, "%s/%s", scene->home[x], files[i]);
			copy_file(from, to);
		}
		if (store_open(&scene->at[x], scene->home[x], STORE_FAST, &fault) != RC_OK)
			die_of(places[x].name, &fault);
	}
}

void scene_end(struct scene *scene)
{
	for (enum spot x = 0; x < PLACES; x++)
		world_end(scene->at[x]);
}

/* ---- syncing */

bool scene_sync(struct scene *scene, enum spot x)
{
	enum { MOST = 12 };
	struct road road = {.hub = scene->at[places[x].up], .seed = 1};
	struct sync_result result = {0};
	struct peer peer;
	struct fault fault = {0};
	enum rc rc = peer_load(scene->at[x], &peer, &fault);

	for (unsigned i = 0; i < MOST && !rc; i++) {
		rc = sync_round(scene->at[x], &peer,
			&(struct sync_line){&link_road, road_link(&road), (1 << LANES) - 1, 40,
				LINE_NO_FILES, false},
			&result, &fault);
		if (!rc && result.complete)
			return true;
	}
	snprintf(scene->said, sizeof scene->said, "%s cannot sync with %s: %s", places[x].name,
		places[places[x].up].name, rc ? fault.text : "it comes to no end");
	return false;
}

uint64_t scene_site(const struct scene *scene, enum spot x)
{
	return store_station(scene->at[x])->site;
}

struct site scene_known(struct scene *scene, enum spot x, enum spot by)
{
	struct site site = {0};

	if (!log_site(store_log(scene->at[by]), scene_site(scene, x), &site))
		die("%s does not know %s", places[by].name, places[x].name);
	return site;
}

/* Does the ladder at X name every level above it, up to the first that is OUT? */
static bool reached_all(struct scene *scene, enum spot x, struct ref ref, unsigned out)
{
	bool held[LEVELS];
	struct fault fault;

	if (store_reached(scene->at[x], ref, places[x].area, held, &fault) != RC_OK)
		die_of("reached", &fault);
	for (int up = places[x].up; up >= 0 && !(out >> up & 1); up = places[up].up) {
		struct arena arena = {0};
		struct fact fact;
		bool there = log_fact(store_log(scene->at[up]), ref.site, ref.seq, &arena, &fact) &&
			     fact.state == FACT_GOOD;
		arena_release(&arena);
		if (there && held[store_station(scene->at[up])->level])
			continue;
		snprintf(scene->said, sizeof scene->said, "what %s wrote is %s at %s",
			places[x].name,
			there ? "not known to be held" : "not there, or does not count,",
			places[up].name);
		return false;
	}
	return true;
}

static bool all_reached(struct scene *scene, const struct ref fresh[PLACES], unsigned out)
{
	for (enum spot x = 1; x < PLACES; x++)
		if (!(out >> x & 1) && !reached_all(scene, x, fresh[x], out))
			return false;
	return true;
}

bool scene_settles(struct scene *scene, unsigned out)
{
	static const enum spot order[] = {A1, A2, B1, TOWN_A, TOWN_B};
	enum { ROUNDS = 5 }; /* two are enough when nothing is wrong */
	struct ref fresh[PLACES] = {0};
	bool good = false;

	for (enum spot x = 0; x < PLACES; x++)
		if (!(out >> x & 1))
			fresh[x] = world_hazard(scene->at[x], 0, "之后写的");
	for (unsigned round = 0; round < ROUNDS && !good; round++) {
		for (unsigned i = 0; i < countof(order); i++)
			if (!(out >> order[i] & 1) && !scene_sync(scene, order[i]))
				return false;
		good = all_reached(scene, fresh, out);
	}
	return good;
}
