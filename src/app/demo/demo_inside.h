/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the files of the demo township share; nobody else includes it.
 *
 * Everything is first planned and then written in the order of time, with the clock set to when it
 * happened: histories, waiting times and the order of lists are then those of a township that
 * works.
 */
#ifndef APP_DEMO_INSIDE_H
#define APP_DEMO_INSIDE_H

#include "base/arena.h"
#include "store/rows.h"

enum { DEMO_TOWN, DEMO_VILLAGES = 3, DEMO_STATIONS = 4 };
enum { DEMO_NOBODY = -1, DEMO_BREAK = '\x1f' /* between fields */ };

/* A record that other facts name: "#gw" in the script; in a village its own first, then the
 * township's. */
struct demo_label {
	const char *name;
	unsigned station;
	const char *title, *phone; /* of a person: what {name#gw} and {phone#gw} stand for */
	struct ref ref;            /* known once it is written */
};

struct demo_fact {
	int64_t at;
	unsigned order, station;
	int who, label; /* labels; DEMO_NOBODY */
	const struct kind *kind;
	unsigned step;      /* 0 = begins the record LABEL */
	const char *fields; /* name=value, separated by DEMO_BREAK; values as a person types them */
};

struct demo {
	struct arena texts;
	uint64_t random;
	int64_t now;
	const char *login; /* account that becomes the first user of each station; "" = none */
	const char *place[DEMO_STATIONS];
	uint64_t area[DEMO_STATIONS];
	struct store *store[DEMO_STATIONS];
	struct demo_label *labels;
	struct demo_fact *facts;
	unsigned label_count, fact_count, records;
	size_t label_room, fact_room;
};

/* demo_plan.c: a small generator, so that the same seed gives the same township everywhere. */
uint32_t demo_random(struct demo *demo, uint32_t below);
int demo_label_add(struct demo *demo, unsigned station, const char *name);
int demo_label_find(const struct demo *demo, unsigned station, const char *name); /* DEMO_NOBODY */
void demo_plan(struct demo *demo, const struct demo_fact *fact); /* order is set here */
enum rc demo_write(struct demo *demo, struct fault *fault) MUST_CHECK;
void demo_release(struct demo *demo);

/* demo_names.c */
const char *demo_name(struct demo *demo);  /* of a person */
const char *demo_phone(struct demo *demo); /* in a range that no operator uses */
/* {name} {phone} {village} {town} {name#label} {phone#label} {a/b/c} = one of them; | parts fields.
 */
const char *demo_expand(struct demo *demo, unsigned station, const char *text);

/* demo_script.c: rows of the .tsv files in config/demo. */
enum rc demo_script(
	struct demo *demo, const char *file, struct bytes text, struct fault *fault) MUST_CHECK;

/* demo_fill.c: what comes in masses, once people and places are planned; and what makes it RECORDS
 * in all. */
void demo_fill(struct demo *demo);
void demo_more(struct demo *demo, unsigned records);

#endif
