/* SPDX-License-Identifier: GPL-3.0-or-later
 * The measured loads as facts. What a station's kinds have no field for (random ids, states that
 * the fold knows) is left out, as a station would.
 */
#include "loads.h"

#include "base/file.h"
#include "base/when.h"
#include "model/kinds.h"
#include "sync/wire.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SITES = 4096, STEPS_BEFORE = 20000 };

struct writer {
	struct load *load;
	bool one_site;
	uint64_t last_area;
	struct {
		uint64_t site;
		uint32_t n[8];
	} sites[SITES];
	struct {
		char id[40];
		struct ref ref;
		uint64_t stamp;
	} known[STEPS_BEFORE];
	size_t known_count;
	uint64_t last_second, tick;
};

static const char *text_of(const cJSON *line, const char *name)
{
	const cJSON *item = cJSON_GetObjectItem(line, name);
	return cJSON_IsString(item) ? item->valuestring : "";
}

static void text(struct buf *body, unsigned tag, const char *what)
{
	struct value value = value_text(what);
	if (*what)
		put_field(body, tag, &value);
}

static void number(struct buf *body, unsigned tag, int64_t n)
{
	struct value value = value_num(n);
	put_field(body, tag, &value);
}

static void moment(struct buf *body, unsigned tag, const char *typed)
{
	const char *why;
	int64_t at;
	if (*typed && when_parse(typed, 0, &at, &why))
		number(body, tag, at);
}

static void day(struct buf *body, unsigned tag, const char *typed)
{
	const char *why;
	int64_t date;
	if (*typed && date_parse(typed, 0, &date, &why))
		number(body, tag, date);
}

static void count_of(
	struct buf *body, unsigned tag, const cJSON *line, const char *name, int64_t times)
{
	const cJSON *item = cJSON_GetObjectItem(line, name);
	if (cJSON_IsNumber(item))
		number(body, tag, (int64_t)item->valuedouble * times);
}

static void list(struct buf *body, unsigned tag, const cJSON *line, const char *name)
{
	const cJSON *item;
	struct buf all = {0};

	cJSON_ArrayForEach(item, cJSON_GetObjectItem(line, name)) buf_fmt(
		&all, "%s%s", all.len ? "," : "", cJSON_IsString(item) ? item->valuestring : "");
	text(body, tag, buf_cstr(&all));
	buf_release(&all);
}

static void put_hazard(const cJSON *line, struct buf *body)
{
	char risk[2] = {(char)('0' + cJSON_GetObjectItem(line, "grade")->valueint), 0};
	text(body, hazard_category, text_of(line, "category"));
	text(body, hazard_risk, risk);
	text(body, hazard_place, text_of(line, "location"));
	text(body, hazard_text, text_of(line, "desc"));
	moment(body, hazard_found_at, text_of(line, "found_at"));
	text(body, hazard_owner, text_of(line, "assignee"));
	day(body, hazard_owner_due, text_of(line, "deadline"));
}

static void put_ack(const cJSON *line, struct buf *body)
{
	const char *serial = strrchr(text_of(line, "warning"), '-');
	struct ref ref = {load_site(510000000000), (uint32_t)(serial ? atol(serial + 1) : 1) * 8};
	struct buf bytes = {0};

	ref_put(&bytes, ref);
	struct value value = {WIRE_BYTES, 0, buf_bytes(&bytes)};
	put_field(body, receipt_warning, &value);
	text(body, receipt_person, text_of(line, "person"));
	text(body, receipt_method, text_of(line, "method"));
	buf_release(&bytes);
}

static void put_step(const cJSON *line, struct buf *body)
{
	text(body, hazard_owner, text_of(line, "assignee"));
	day(body, hazard_owner_due, text_of(line, "deadline"));
	text(body, ARG_TEXT, text_of(line, "note"));
}

static void put_drill(const cJSON *line, struct buf *body)
{
	text(body, drill_title, text_of(line, "title"));
	text(body, drill_plan, text_of(line, "plan"));
	text(body, drill_scenario, text_of(line, "scenario"));
	moment(body, drill_held_at, text_of(line, "held_at"));
	count_of(body, drill_minutes, line, "minutes", 1);
	count_of(body, drill_people, line, "people", 1);
	text(body, drill_organiser, text_of(line, "org"));
	text(body, drill_leader, text_of(line, "leader"));
	text(body, drill_process, text_of(line, "process"));
	text(body, drill_problems, text_of(line, "problems"));
	text(body, drill_improve, text_of(line, "improve"));
	count_of(body, drill_score, line, "score", 1);
}

static void put_material(const cJSON *line, struct buf *body)
{
	text(body, supply_name, text_of(line, "name"));
	text(body, supply_spec, text_of(line, "spec"));
	count_of(body, supply_quantity, line, "qty", 1000);
	text(body, supply_unit, text_of(line, "unit"));
	text(body, supply_store, text_of(line, "store"));
	text(body, supply_keeper, text_of(line, "keeper"));
	text(body, supply_phone, text_of(line, "phone"));
	day(body, supply_checked, text_of(line, "checked_at"));
	day(body, supply_expires, text_of(line, "expire"));
	text(body, supply_condition, text_of(line, "status"));
}

static void put_shelter(const cJSON *line, struct buf *body)
{
	text(body, shelter_name, text_of(line, "name"));
	text(body, shelter_place, text_of(line, "address"));
	count_of(body, shelter_capacity, line, "capacity", 1);
	count_of(body, shelter_m2, line, "m2", 1);
	text(body, shelter_indoor, text_of(line, "kind"));
	list(body, shelter_facilities, line, "facilities");
	text(body, shelter_keeper, text_of(line, "contact"));
	text(body, shelter_phone, text_of(line, "phone"));
	text(body, shelter_text, text_of(line, "note"));
}

static void put_contact(const cJSON *line, struct buf *body)
{
	text(body, contact_name, text_of(line, "name"));
	text(body, contact_duty, text_of(line, "duty"));
	text(body, contact_org, text_of(line, "org"));
	text(body, contact_phone, text_of(line, "phone"));
	text(body, contact_phone2, text_of(line, "backup"));
	text(body, contact_group, text_of(line, "group"));
}

static void put_plan(const cJSON *line, struct buf *body)
{
	text(body, plan_code, text_of(line, "code"));
	text(body, plan_title, text_of(line, "title"));
	text(body, plan_level, text_of(line, "level"));
	text(body, plan_version, text_of(line, "version"));
	text(body, plan_text, text_of(line, "body"));
}

static void put_warning(const cJSON *line, struct buf *body)
{
	text(body, warning_event, text_of(line, "kind"));
	text(body, warning_severity, text_of(line, "level"));
	text(body, warning_identifier, text_of(line, "id"));
	text(body, warning_issuer, text_of(line, "issuer"));
	moment(body, warning_sent, text_of(line, "issued_at"));
	moment(body, warning_expires, text_of(line, "expires_at"));
	text(body, warning_text, text_of(line, "text"));
	list(body, warning_areas, line, "areas");
}

static const struct {
	const char *type;
	unsigned kind;
	void (*put)(const cJSON *line, struct buf *body);
} shapes[] = {
	{"hazard", KIND_hazard, put_hazard},
	{"ack", KIND_receipt, put_ack},
	{"step", KIND_hazard, put_step},
	{"drill", KIND_drill, put_drill},
	{"material", KIND_supply, put_material},
	{"shelter", KIND_shelter, put_shelter},
	{"contact", KIND_contact, put_contact},
	{"plan", KIND_plan, put_plan},
	{"warning", KIND_warning, put_warning},
};

uint64_t load_before(void *to, struct ref rec, uint64_t site, uint32_t seq)
{
	(void)to, (void)site, (void)seq;
	return (UINT64_C(1752300000) + rec.seq) << 16;
}

static unsigned step_to(const char *to)
{
	static const struct {
		const char *to;
		unsigned step;
	} steps[] = {{"assigned", hazard_do_assign}, {"fixing", hazard_do_progress},
		{"rechecked", hazard_do_rectify}, {"escalated", hazard_do_escalate},
		{"closed", hazard_do_close}};

	for (size_t i = 0; i < countof(steps); i++)
		if (!strcmp(steps[i].to, to))
			return steps[i].step;
	return hazard_do_progress;
}

uint64_t load_site(uint64_t area)
{
	uint8_t hash[HASH_SIZE];
	uint64_t site = 0;

	crypt_hash(bytes_of(&area, sizeof area), hash);
	for (int i = 0; i < 7; i++)
		site = site << 8 | hash[i];
	return site | 1;
}

struct body_ways load_ways(const struct load *load)
{
	struct op op;

	op_take(load->facts[0].raw, &op);
	return (struct body_ways){.sender = op.site,
		.sender_area = op.area,
		.before = load_before,
		.chain = {1, 0, 0, load_site(510000000000)}};
}

static uint32_t next_seq(struct writer *writer, uint64_t site, unsigned lane, uint32_t start)
{
	size_t at = site % SITES;

	while (writer->sites[at].site && writer->sites[at].site != site)
		at = (at + 1) % SITES;
	if (!writer->sites[at].site)
		for (unsigned i = 0; i < 8; i++)
			writer->sites[at].n[i] = start;
	writer->sites[at].site = site;
	return ++writer->sites[at].n[lane] << 3 | lane;
}

/* The area of a line: its own, or the one that the writer's number begins with. */
static uint64_t area_of(struct writer *writer, const cJSON *line)
{
	static const char *const names[] = {"area", "station", "by", "reporter"};

	for (size_t i = 0; i < countof(names); i++) {
		uint64_t area = strtoull(text_of(line, names[i]), NULL, 10);
		if (area >= 100000000000)
			return writer->last_area = area;
	}
	return writer->last_area ? writer->last_area : 511722000000;
}

static struct ref record_of(
	struct writer *writer, const char *id, uint64_t site, uint64_t stamp, uint64_t *seen)
{
	for (size_t i = writer->known_count; i--;)
		if (!strcmp(writer->known[i].id, id)) {
			*seen = writer->known[i].stamp;
			writer->known[i].stamp = stamp;
			return writer->known[i].ref;
		}
	/* A hazard of an earlier day: a low number of that station. */
	uint8_t hash[HASH_SIZE];
	crypt_hash(bytes_text(id), hash);
	struct ref ref = {site, (uint32_t)((hash[0] + 1) << 3) | LANE_LOOP};
	*seen = load_before(NULL, ref, 0, 0);
	if (writer->known_count < STEPS_BEFORE) {
		snprintf(writer->known[writer->known_count].id, 40, "%s", id);
		writer->known[writer->known_count].ref = ref;
		writer->known[writer->known_count++].stamp = stamp;
	}
	return ref;
}

static void put_line(struct writer *writer, const cJSON *line, size_t shape)
{
	struct op op = {.kind = shapes[shape].kind};
	struct buf body = {0}, raw = {0};
	uint64_t area = area_of(writer, line);
	const char *stamp =
			   *text_of(line, "at") ? text_of(line, "at") : text_of(line, "created_at"),
		   *why;
	const char *who = strrchr(
		*text_of(line, "by") ? text_of(line, "by") : text_of(line, "reporter"), '-');
	int64_t at = (int64_t)writer->last_second;
	bool step = !strcmp(shapes[shape].type, "step");

	if (*stamp)
		when_parse(stamp, 0, &at, &why);
	writer->tick = at == (int64_t)writer->last_second ? writer->tick + 1 : 0;
	writer->last_second = (uint64_t)at;
	shapes[shape].put(line, &body);
	op.body = buf_bytes(&body);
	op.site = load_site(writer->one_site ? 511722000000 : area);
	op.stamp = (uint64_t)at << 16 | writer->tick;
	op.who = who && strlen(who) <= 4 ? (uint32_t)atol(who + 1) * 8 + LANE_BULK : 12;
	op.seq = next_seq(writer, op.site, lane_of(kind_of(op.kind), 0, op.body),
		writer->one_site ? 3000 : 300);
	if (step) {
		struct ref rec =
			record_of(writer, text_of(line, "hazard"), op.site, op.stamp, &op.seen);
		op.step = step_to(text_of(line, "to"));
		op.rec_site = rec.site, op.rec_seq = rec.seq;
	} else {
		op.rec_site = op.site, op.rec_seq = op.seq, op.area = area;
		if (writer->known_count < STEPS_BEFORE) {
			snprintf(writer->known[writer->known_count].id, 40, "%s",
				text_of(line, "id"));
			writer->known[writer->known_count].ref = (struct ref){op.site, op.seq};
			writer->known[writer->known_count++].stamp = op.stamp;
		}
	}
	op_put(&raw, &op);
	writer->load->facts[writer->load->count++].raw =
		arena_bytes(&writer->load->arena, buf_bytes(&raw));
	buf_release(&raw);
	buf_release(&body);
}

static bool take_line(struct writer *writer, const char *text)
{
	cJSON *line = cJSON_Parse(text);
	size_t shape = 0;

	while (line && shape < countof(shapes) && strcmp(shapes[shape].type, text_of(line, "type")))
		shape++;
	if (!line || shape == countof(shapes)) {
		cJSON_Delete(line);
		return false;
	}
	put_line(writer, line, shape);
	cJSON_Delete(line);
	return true;
}

bool load_read(struct load *load, const char *file, size_t from, size_t count, bool one_site)
{
	struct writer *writer = calloc(1, sizeof *writer);
	struct buf text = {0};
	struct fault fault;
	size_t number = 0;
	bool good = file_read(file, 64 << 20, &text, &fault) == RC_OK;

	memset(load, 0, sizeof *load);
	writer->load = load;
	writer->one_site = one_site;
	load->facts = arena_get(&load->arena, (text.len / 50 + 1) * sizeof *load->facts);
	buf_cstr(&text);
	for (char *rest = (char *)text.at, *line; good && (line = strsep(&rest, "\n")) && *line;
		number++)
		if (number >= from && (!count || number < from + count))
			good = take_line(writer, line);
	if (!good)
		fprintf(stderr, "%s:%zu: not a line of a load\n", file, number);
	buf_release(&text);
	free(writer);
	return good;
}

void load_release(struct load *load)
{
	arena_release(&load->arena);
}
