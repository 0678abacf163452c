/* SPDX-License-Identifier: GPL-3.0-or-later
 * outpost demo DIR: a believable township of real places and people who do not exist, as four
 * stations in DIR: township, village1, village2, village3; and the county's station above them,
 * which has its first user and nothing else. The same seed, clock and account give the same
 * township.
 */
#include "app/demo.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/demo/demo_inside.h"
#include "app/out.h"
#include "base/file.h"
#include "base/when.h"
#include "model/area.h"
#include "model/kinds.h"
#include "model/shipped.h"
#include "store/identity.h"
#include "store/log.h"

/* Real codes; river, loess slope and plain, so that every kind of danger has its place. */
static const struct {
	const char *folder, *code;
	uint64_t area;
	enum level level;
} stations[DEMO_STATIONS] = {
	{"township", "BX", 410882103000, LEVEL_TOWNSHIP},
	{"village1", "XZ", 410882103205, LEVEL_VILLAGE},
	{"village2", "FB", 410882103243, LEVEL_VILLAGE},
	{"village3", "GD", 410882103223, LEVEL_VILLAGE},
};

#define COUNTY_FOLDER "county"
static const uint64_t county_area = 410882000000;

static const char *const scripts[] = {"demo/town.tsv", "demo/work.tsv", "demo/flood.tsv"};

static struct keys keys_in(const char *folder, const char *seed)
{
	struct keys keys;
	char name[128];
	snprintf(name, sizeof name, "%s/%s", seed, folder);
	keys_from_seed(&keys, name);
	return keys;
}

static struct keys keys_of(unsigned station, const char *seed)
{
	return keys_in(stations[station].folder, seed);
}

static const char *name_of(struct demo *demo, uint64_t area)
{
	struct bytes name;
	char digits[16];
	if (area_name(area, &name))
		return arena_fmt(&demo->texts, "%.*s", (int)name.len, (const char *)name.at);
	area_show(area, digits);
	return arena_text(&demo->texts, digits);
}

static enum rc make_station(struct demo *demo, const char *folder, unsigned station,
	const char *seed, struct fault *fault)
{
	char home[600];
	struct keys keys = keys_of(station, seed);
	struct station self = {.site = site_of(keys.sign_public),
		.area = stations[station].area,
		.level = stations[station].level,
		.joined = true};
	snprintf(home, sizeof home, "%s/%s", folder, stations[station].folder);
	snprintf(self.name, sizeof self.name, "%s", demo->place[station]);
	snprintf(self.code, sizeof self.code, "%s", stations[station].code);
	return store_init(&demo->store[station], home, &self, &keys, STORE_NEW | STORE_FAST, fault);
}

/* As after joining: each knows the others' names, areas and keys. */
static enum rc introduce(
	struct demo *demo, unsigned to, unsigned other, const char *seed, struct fault *fault)
{
	struct keys keys = keys_of(other, seed);
	struct site site = {.site = site_of(keys.sign_public),
		.area = stations[other].area,
		.level = stations[other].level};
	struct keys town = keys_of(DEMO_TOWN, seed);
	if (other != DEMO_TOWN)
		site.above = site_of(town.sign_public);
	snprintf(site.name, sizeof site.name, "%s", demo->place[other]);
	snprintf(site.code, sizeof site.code, "%s", stations[other].code);
	memcpy(site.sign_public, keys.sign_public, SIGN_PUBLIC);
	memcpy(site.agree_public, keys.agree_public, AGREE_PUBLIC);
	return log_site_set(store_log(demo->store[to]), &site, fault);
}

static enum rc make_stations(
	struct demo *demo, const char *folder, const char *seed, struct fault *fault)
{
	enum rc rc = file_folder(folder, 0700, fault);
	for (unsigned s = 0; s < DEMO_STATIONS; s++) {
		demo->area[s] = stations[s].area;
		demo->place[s] = name_of(demo, stations[s].area);
	}
	for (unsigned s = 0; s < DEMO_STATIONS && !rc; s++)
		rc = make_station(demo, folder, s, seed, fault);
	for (unsigned s = 0; s < DEMO_STATIONS && !rc; s++)
		for (unsigned other = 0; other < DEMO_STATIONS && !rc; other++)
			if (other != s && (other == DEMO_TOWN || s == DEMO_TOWN))
				rc = introduce(demo, s, other, seed, fault);
	return rc;
}

static enum rc first_user(struct demo *demo, struct store *store, struct fault *fault)
{
	struct actor station = {.store = store};
	struct ref nothing = {0, 0}, made;
	struct change change;
	const char *why = "";
	change_new(&change, &station, kind_of(KIND_person), nothing);
	bool good = change_set(&change, "name", demo_name(demo), &why) &&
		    change_set(&change, "post", "县应急管理局值班员", &why) && /* zh: data */
		    change_set(&change, "phone", demo_phone(demo), &why) &&
		    change_set(&change, "login", demo->login, &why);
	enum rc rc =
		good ? change_commit(&change, &made, fault) : fault_set(fault, RC_BAD, "%s", why);
	change_release(&change);
	return rc;
}

/* A hub that waits for the township to join: an invitation needs an address, and nobody listens
 * yet. */
static enum rc make_county(
	struct demo *demo, const char *folder, const char *seed, struct fault *fault)
{
	char home[600];
	struct keys keys = keys_in(COUNTY_FOLDER, seed);
	struct station self = {
		.site = site_of(keys.sign_public), .area = county_area, .level = LEVEL_COUNTY};
	struct store *store = NULL;
	snprintf(home, sizeof home, "%s/" COUNTY_FOLDER, folder);
	snprintf(self.name, sizeof self.name, "%s", name_of(demo, county_area));
	snprintf(self.code, sizeof self.code, "QY");
	enum rc rc = store_init(&store, home, &self, &keys, STORE_NEW | STORE_FAST, fault);
	if (rc)
		return rc;
	rc = first_user(demo, store, fault);
	store_close(store);
	return rc;
}

static uint64_t number_of(const char *seed)
{
	uint8_t hash[HASH_SIZE];
	uint64_t number = 0;
	crypt_hash(bytes_text(seed), hash);
	memcpy(&number, hash, sizeof number);
	return number;
}

static enum rc make(struct demo *demo, const char *folder, const char *seed, unsigned records,
	struct fault *fault)
{
	enum rc rc = make_stations(demo, folder, seed, fault);
	for (unsigned i = 0; i < countof(scripts) && !rc; i++) {
		rc = demo_script(demo, scripts[i], shipped_file(scripts[i]), fault);
		if (!rc && i == 0) /* what follows names its households */
			demo_fill(demo);
	}
	if (rc)
		return rc;
	demo_more(demo, records);
	rc = demo_write(demo, fault);
	return rc ? rc : make_county(demo, folder, seed, fault);
}

static int there_already(const char *folder)
{
	char path[700];
	for (unsigned s = 0; s <= DEMO_STATIONS; s++) {
		snprintf(path, sizeof path, "%s/%s/station.db", folder,
			s < DEMO_STATIONS ? stations[s].folder : COUNTY_FOLDER);
		if (access(path, F_OK) == 0) {
			out_error(_("outpost: 那里已经有站点 \"%s\"，没有改动"), folder);
			return EXIT_FAILED;
		}
	}
	return 0;
}

static void tell(struct demo *demo, const char *folder)
{
	out_fmt(_("示范乡镇 %s：%u 条记录\n"), demo->place[DEMO_TOWN], demo->records);
	for (unsigned s = 0; s < DEMO_STATIONS; s++)
		out_fmt("  outpost --home %s/%s    %s\n", folder, stations[s].folder,
			demo->place[s]);
	out_fmt("  outpost --home %s/" COUNTY_FOLDER "    %s\n", folder,
		name_of(demo, county_area));
}

int demo_run(struct app *app, int argc, char **argv)
{
	struct demo demo = {.login = app->login[0] ? app->login : "demo"};
	struct fault fault = {0};
	const char *count = arg_value(&argc, argv, "records"),
		   *seed = arg_value(&argc, argv, "seed");
	char *end = NULL;
	unsigned long records = count ? strtoul(count, &end, 10) : 0;
	int code = app_args(app, &argc, argv, 1, 1);
	if (code)
		return code;
	if (count && (end == count || *end || records > 10000000)) {
		out_error(_("outpost: 记录数要是 0 到 10000000 的整数：选项 \"--records\""));
		return EXIT_INPUT;
	}
	if ((code = there_already(argv[1])))
		return code;
	seed = seed && *seed ? seed : "demo";
	demo.random = number_of(seed);
	demo.now = when_now();
	enum rc rc = make(&demo, argv[1], seed, (unsigned)records, &fault);
	if (!rc)
		tell(&demo, argv[1]);
	demo_release(&demo);
	return rc ? app_fail(&fault) : EXIT_DONE;
}
