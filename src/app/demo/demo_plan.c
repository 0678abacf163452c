/* SPDX-License-Identifier: GPL-3.0-or-later
 * The demo's plan, and writing it: each fact at its station and time, then taken by those stations
 * that would get it by sync.
 */
#include "app/demo/demo_inside.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/when.h"
#include "store/identity.h"
#include "store/station.h"
#include "work/change.h"

enum { PER_COMMIT = 2000, VIA_SYNC = 1 };

uint32_t demo_random(struct demo *demo, uint32_t below)
{
	/* splitmix64 */
	uint64_t z = demo->random += 0x9E3779B97F4A7C15u;
	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
	return (uint32_t)(((z ^ (z >> 31)) >> 33) % below);
}

static bool named(const char *label, const char *name, size_t len)
{
	return label && strlen(label) == len && !memcmp(label, name, len);
}

int demo_label_find(const struct demo *demo, unsigned station, const char *name)
{
	int found = DEMO_NOBODY;
	size_t len = strcspn(name, "@");
	if (name[len])
		station = (unsigned)(name[len + 1] - '0');
	for (unsigned i = 0; i < demo->label_count; i++) {
		const struct demo_label *label = &demo->labels[i];
		if (!named(label->name, name, len))
			continue;
		if (label->station == station)
			return (int)i;
		if (label->station == DEMO_TOWN)
			found = (int)i;
	}
	return found;
}

int demo_label_add(struct demo *demo, unsigned station, const char *name)
{
	demo->labels = array_more(
		demo->labels, demo->label_count, &demo->label_room, sizeof *demo->labels);
	demo->labels[demo->label_count] =
		(struct demo_label){.name = name, .station = station, .title = "", .phone = ""};
	return (int)demo->label_count++;
}

/* What has a place on the earth and does not say where lies within two kilometres of its station's
 * village. */
static const char *located(struct demo *demo, const struct demo_fact *fact)
{
	static const unsigned lon[DEMO_STATIONS] = {112801, 112771, 112842, 112815};
	static const unsigned lat[DEMO_STATIONS] = {35070, 35052, 35041, 35096};
	unsigned station = fact->station % DEMO_STATIONS;

	if (fact->step || !fact->fields || !(fact->kind->flags & K_POINT) ||
		!field_named(fact->kind, "lon") || strstr(fact->fields, "lon=") ||
		!strcmp(fact->kind->name, "hazard"))
		return fact->fields;
	unsigned north = demo_random(demo, 20), east = demo_random(demo, 20);
	return arena_fmt(&demo->texts, "%s%clon=%u.%03u%clat=%u.%03u", fact->fields, DEMO_BREAK,
		lon[station] / 1000, lon[station] % 1000 + east, DEMO_BREAK, lat[station] / 1000,
		lat[station] % 1000 + north);
}

void demo_plan(struct demo *demo, const struct demo_fact *fact)
{
	demo->facts =
		array_more(demo->facts, demo->fact_count, &demo->fact_room, sizeof *demo->facts);
	struct demo_fact *to = &demo->facts[demo->fact_count];
	*to = *fact;
	to->fields = located(demo, fact);
	to->order = demo->fact_count++;
	demo->records += fact->step == 0;
	if (to->at >= demo->now)
		to->at = demo->now - 1;
}

static int by_time(const void *a, const void *b)
{
	const struct demo_fact *x = a, *y = b;
	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return (x->order > y->order) - (x->order < y->order);
}

/* ---- one fact */

static enum rc bad(
	const struct demo_fact *fact, const char *pair, const char *why, struct fault *fault)
{
	return fault_set(
		fault, RC_BAD, _("示范数据 \"%s\" 的 \"%s\"：%s"), fact->kind->name, pair, why);
}

/* TYPED to the value of FIELD; #label is a record written before. */
static bool take_value(const struct demo *demo, const struct demo_fact *fact, struct change *change,
	const struct field *field, const char *typed, const char **why)
{
	struct buf keep = {0};
	struct value value = value_num(0);
	bool good = false;
	if (field->type == T_REF && *typed == '#') {
		int label = demo_label_find(demo, fact->station, typed + 1);
		*why = _("还没有这条记录");
		good = label >= 0 && demo->labels[label].ref.seq;
		if (good)
			ref_put(&keep, demo->labels[label].ref);
		value = (struct value){WIRE_BYTES, 0, buf_bytes(&keep)};
	} else {
		good = change_read(change, field, typed, &keep, &value, why);
	}
	good = good && change_put(change, field, value, why);
	buf_release(&keep);
	return good;
}

/* PAIR is name=value. */
static enum rc take_pair(const struct demo *demo, const struct demo_fact *fact,
	struct change *change, const char *pair, struct fault *fault)
{
	char name[32] = "";
	size_t len = strcspn(pair, "=");
	const char *why = NULL;
	if (!pair[len] || len >= sizeof name)
		return bad(fact, pair, _("要写成 字段=值"), fault);
	memcpy(name, pair, len);
	const struct field *field = change_named(change, name);
	if (!field)
		return bad(fact, pair, _("没有这个字段"), fault);
	if (!take_value(demo, fact, change, field, pair + len + 1, &why))
		return bad(fact, pair, why, fault);
	return RC_OK;
}

static enum rc fill_in(const struct demo *demo, const struct demo_fact *fact, struct change *change,
	struct fault *fault)
{
	struct buf copy = {0};
	enum rc rc = RC_OK;
	buf_text(&copy, fact->fields);
	buf_cstr(&copy);
	for (char *at = (char *)copy.at; at && *at && !rc;) {
		char *end = strchr(at, DEMO_BREAK);
		if (end)
			*end++ = 0;
		rc = take_pair(demo, fact, change, at, fault);
		at = end;
	}
	buf_release(&copy);
	return rc;
}

/* To every station that would get it: what happened below goes up, what concerns a place goes down
 * to it. */
static enum rc spread(
	struct demo *demo, const struct demo_fact *fact, const struct op *op, struct fault *fault)
{
	struct buf raw = {0};
	bool fresh;
	enum rc rc = RC_OK;
	bool up_only = fact->kind->flags & K_UP_ONLY;
	/* A step of the township on a village's record concerns that village alone. */
	unsigned home = fact->label >= 0 ? demo->labels[fact->label].station : fact->station;
	op_put(&raw, op);
	for (unsigned s = 0; s < DEMO_STATIONS && !rc; s++) {
		bool up = fact->station != DEMO_TOWN && s == DEMO_TOWN;
		bool down = fact->station == DEMO_TOWN && s != DEMO_TOWN && !up_only &&
			    (home == DEMO_TOWN || home == s);
		if (up || down)
			rc = store_take(
				demo->store[s], buf_bytes(&raw), op->sig, VIA_SYNC, &fresh, fault);
	}
	buf_release(&raw);
	return rc;
}

static void begin_change(const struct demo *demo, const struct demo_fact *fact,
	const struct actor *actor, struct change *change)
{
	const struct step *step = fact->step ? step_of(fact->kind, fact->step) : NULL;
	struct ref ref = {0, 0};
	if (step) {
		const struct demo_label *label = &demo->labels[fact->label];
		struct record record = {.kind = fact->kind,
			.kind_id = fact->kind->id,
			.site = label->ref.site,
			.seq = label->ref.seq};
		change_step(change, actor, &record, step);
	} else {
		change_new(change, actor, fact->kind, ref);
		change->op.area = demo->area[fact->station];
	}
	change->ways.strict = true; /* a code that is not in the tables is a slip of the script */
}

static enum rc write_fact(struct demo *demo, const struct demo_fact *fact, struct fault *fault)
{
	char clock[WHEN_TEXT];
	struct user user = {.who = fact->who >= 0 ? demo->labels[fact->who].ref.seq : 0};
	struct actor actor = {.store = demo->store[fact->station], .user = &user, .source = "demo"};
	struct change change;
	struct ref ref = {0};
	when_rfc(fact->at, clock);
	when_start(clock);
	begin_change(demo, fact, &actor, &change);
	enum rc rc = fill_in(demo, fact, &change, fault);
	if (!rc)
		rc = change_commit(&change, &ref, fault);
	if (!rc && fact->label >= 0 && !fact->step)
		demo->labels[fact->label].ref = ref;
	if (!rc)
		rc = spread(demo, fact, &change.op, fault);
	change_release(&change);
	return rc;
}

static enum rc begin_all(struct demo *demo, struct fault *fault)
{
	enum rc rc = RC_OK;
	for (unsigned s = 0; s < DEMO_STATIONS && !rc; s++)
		rc = store_begin(demo->store[s], fault);
	return rc;
}

static enum rc commit_all(struct demo *demo, struct fault *fault)
{
	enum rc rc = RC_OK;
	for (unsigned s = 0; s < DEMO_STATIONS && !rc; s++)
		rc = store_commit(demo->store[s], fault);
	return rc;
}

enum rc demo_write(struct demo *demo, struct fault *fault)
{
	char clock[WHEN_TEXT];
	enum rc rc = begin_all(demo, fault);
	qsort(demo->facts, demo->fact_count, sizeof *demo->facts, by_time);
	for (unsigned i = 0; i < demo->fact_count && !rc; i++) {
		rc = write_fact(demo, &demo->facts[i], fault);
		if (!rc && i % PER_COMMIT == PER_COMMIT - 1 && !(rc = commit_all(demo, fault)))
			rc = begin_all(demo, fault);
	}
	if (!rc)
		rc = commit_all(demo, fault);
	when_rfc(demo->now, clock);
	when_start(clock);
	return rc;
}

void demo_release(struct demo *demo)
{
	for (unsigned s = 0; s < DEMO_STATIONS; s++)
		store_close(demo->store[s]);
	arena_release(&demo->texts);
	free(demo->labels);
	free(demo->facts);
	*demo = (struct demo){0};
}
