/* SPDX-License-Identifier: GPL-3.0-or-later
 * Lies for the judge, in copies of right stores.
 */
#include "lies.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/db/db.h"
#include "store/identity.h"
#include "store/station.h"
#include "store/rows/internal.h"

enum { COUNTY, EAST, VILLAGE = 3 };

static bool claims(struct judge *judge)
{
	return judge_claims(judge, VILLAGE);
}

static bool ladder(struct judge *judge)
{
	return judge_ladder(judge, VILLAGE);
}

/* %llu: the site of the village, and of the county. */
static const struct lie {
	const char *name;
	int teller;
	const char *sql;
	bool (*judged)(struct judge *judge);
	const char *said; /* of the judge */
} lies[] = {
	{"a fact of the village is not at the county", COUNTY,
		"DELETE FROM fact WHERE arr=(SELECT max(arr) FROM fact WHERE site=%1$llu)",
		judge_facts, "lacks"},
	{"the same, by the numbers", COUNTY,
		"DELETE FROM fact WHERE arr=(SELECT max(arr) FROM fact WHERE site=%1$llu)",
		judge_rest, "is not there"},
	{"the same, by the village's ladder", COUNTY,
		"DELETE FROM fact WHERE arr=(SELECT max(arr) FROM fact WHERE site=%1$llu AND"
		" rec_site=site AND rec_seq=seq)",
		ladder, "nobody there has it all"},
	{"a fact is another one at the township", EAST,
		"UPDATE fact SET body=body||x'00' WHERE arr=(SELECT max(arr) FROM fact WHERE"
		" site=%1$llu)",
		judge_facts, "lacks"},
	{"a mark is one too high", VILLAGE,
		"UPDATE mark SET upto=upto+1 WHERE holder=%2$llu AND site=%1$llu", claims,
		"says that county holds"},
	{"the county has forgotten one number", COUNTY,
		"UPDATE author SET upto=upto-1 WHERE site=%1$llu", claims,
		"says that county holds"},
	{"a mark is one too low", VILLAGE, "UPDATE mark SET upto=upto-1 WHERE site=%1$llu",
		judge_rest, " where east holds "},
	{"nothing is known to be held", VILLAGE, "UPDATE peer_lane SET sent=0; DELETE FROM mark",
		judge_rest, "wait at"},
	{"the county says it has one more", COUNTY,
		"UPDATE author SET upto=upto+1 WHERE site=%1$llu", judge_rest, "is not there"},
	{"a row says something else", EAST, "UPDATE row_hazard SET f_place='别处'", judge_rest,
		"differ in the area"},
};

static void falsify(const struct ground *ground, const struct lie *lie, const char *path)
{
	const struct county *county = &ground->county;
	char sql[400];
	struct db *db;
	struct fault fault;

	snprintf(sql, sizeof sql, lie->sql, (unsigned long long)county->nodes[VILLAGE].sites[0],
		(unsigned long long)county->nodes[COUNTY].sites[0]);
	if (db_open(&db, path, 0, NULL, &fault) != RC_OK || db_run(db, sql, &fault) != RC_OK)
		die("%s: %s", lie->name, fault.text);
	db_close(db);
}

static bool lie_found(struct ground *ground, const struct lie *lie, char wrong[300])
{
	struct judge judge = {.county = &ground->county, .healed = true};
	struct node *node = &ground->county.nodes[lie->teller];
	struct store *honest = node->store;
	char home[GROUND_TOP + 16], path[GROUND_TOP + 32];
	struct fault fault;
	bool found;

	snprintf(home, sizeof home, "%s/lie", ground->top);
	snprintf(path, sizeof path, "%s/station.db", home);
	if (mkdir(home, 0700) || store_backup(honest, path, &fault) != RC_OK)
		die("%s: %s", path, fault.text);
	falsify(ground, lie, path);
	if (store_open(&node->store, home, STORE_READ, &fault) != RC_OK)
		die("%s: %s", path, fault.text);
	found = !lie->judged(&judge) && strstr(judge.wrong, lie->said);
	store_close(node->store);
	node->store = honest;
	if (!found)
		snprintf(wrong, 300, "the judge does not find that %s: \"%.150s\"", lie->name,
			judge.wrong);
	/* What a database leaves beside itself goes too. */
	static const char *const parts[] = {"", "-wal", "-shm"};
	for (size_t i = 0; i < countof(parts); i++) {
		char file[GROUND_TOP + 40];
		snprintf(file, sizeof file, "%s%s", path, parts[i]);
		unlink(file);
	}
	rmdir(home);
	return found;
}

bool lies_found(struct ground *ground, char wrong[300])
{
	for (size_t i = 0; i < countof(lies); i++)
		if (!lie_found(ground, &lies[i], wrong))
			return false;
	return true;
}
