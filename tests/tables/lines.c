/* SPDX-License-Identifier: GPL-3.0-or-later
 * A measured load as lines of `outpost import json`, as somebody would write them who knows only
 * the kinds. lines FILE [before] [FROM COUNT] [AREA]. before: the hazards that its steps name and
 * that began earlier. AREA: everything happened there.
 */
#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

enum { LINE_MOST = 65536, NAMES_MOST = 8192 };

struct name {
	const char *theirs, *ours;
};

static const struct shape {
	const char *type, *kind, *by;
	struct name fields[14];
} shapes[] = {
	{"hazard", "hazard", "reporter",
		{{"category", "category"}, {"location", "place"}, {"desc", "text"},
			{"found_at", "found_at"}, {"assignee", "owner"}, {"deadline", "owner_due"},
			{NULL, NULL}}},
	{"ack", "receipt", "person",
		{{"warning", "warning"}, {"person", "person"}, {"method", "method"}, {NULL, NULL}}},
	{"drill", "drill", NULL,
		{{"title", "title"}, {"plan", "plan"}, {"scenario", "scenario"},
			{"held_at", "held_at"}, {"minutes", "minutes"}, {"people", "people"},
			{"org", "organiser"}, {"leader", "leader"}, {"process", "process"},
			{"problems", "problems"}, {"improve", "improve"}, {NULL, NULL}}},
	{"material", "supply", NULL,
		{{"name", "name"}, {"spec", "spec"}, {"qty", "quantity"}, {"unit", "unit"},
			{"store", "store"}, {"keeper", "keeper"}, {"phone", "phone"},
			{"checked_at", "checked"}, {"expire", "expires"}, {"status", "condition"},
			{NULL, NULL}}},
	{"contact", "contact", NULL,
		{{"name", "name"}, {"duty", "duty"}, {"org", "org"}, {"phone", "phone"},
			{"backup", "phone2"}, {"group", "group"}, {NULL, NULL}}},
	{"shelter", "shelter", NULL,
		{{"name", "name"}, {"address", "place"}, {"capacity", "capacity"}, {"m2", "m2"},
			{"contact", "keeper"}, {"phone", "phone"}, {NULL, NULL}}},
	{"plan", "plan", NULL,
		{{"code", "code"}, {"title", "title"}, {"body", "text"}, {NULL, NULL}}},
	{"warning", "warning", NULL,
		{{"kind", "kind_name"}, {"id", "identifier"}, {"issuer", "issuer"},
			{"issued_at", "sent"}, {"expires_at", "expires"}, {"text", "text"},
			{NULL, NULL}}},
};

static const struct name steps[] = {{"assigned", "assign"}, {"fixing", "progress"},
	{"rechecked", "rectify"}, {"escalated", "escalate"}, {"closed", "close"}};

static const char *text_of(const cJSON *line, const char *name)
{
	const cJSON *item = name ? cJSON_GetObjectItem(line, name) : NULL;

	return cJSON_IsString(item) ? item->valuestring : "";
}

static void copy(const cJSON *from, const char *name, cJSON *to, const char *as)
{
	const cJSON *item = cJSON_GetObjectItem(from, name);

	if (item && !(cJSON_IsString(item) && !*item->valuestring))
		cJSON_AddItemToObject(to, as, cJSON_Duplicate(item, true));
}

static int number_of(const cJSON *line, const char *name)
{
	const cJSON *item = cJSON_GetObjectItem(line, name);

	return cJSON_IsNumber(item) ? item->valueint : 0;
}

/* A list and what there was, as one text. */
static void add_list(const cJSON *line, const char *name, cJSON *fields, const char *as)
{
	struct buf all = {0};
	const cJSON *item;

	cJSON_ArrayForEach(item, cJSON_GetObjectItem(line, name))
		buf_fmt(&all, "%s%s", all.len ? "," : "", item->valuestring);
	if (*text_of(line, "note"))
		buf_fmt(&all, "%s%s", all.len ? "。" : "", text_of(line, "note"));
	if (all.len)
		cJSON_AddStringToObject(fields, as, buf_cstr(&all));
	buf_release(&all);
}

/* Registers come in numbers and lists where the kinds have words. */
static void more_of_registers(const struct shape *shape, const cJSON *line, cJSON *fields)
{
	static const char *const levels[] = {"village", "township", "county", "enterprise"};
	static const char *const colours[] = {"blue", "yellow", "orange", "red"};
	char version[12];

	if (strcmp(shape->kind, "shelter") == 0) {
		cJSON_AddStringToObject(fields, "indoor",
			strcmp(text_of(line, "kind"), "indoor") == 0 ? "in" : "out");
		add_list(line, "facilities", fields, "text");
	} else if (strcmp(shape->kind, "plan") == 0) {
		snprintf(version, sizeof version, "%d", number_of(line, "version"));
		cJSON_AddStringToObject(fields, "version", version);
		cJSON_AddStringToObject(
			fields, "level", levels[(number_of(line, "level") + 3) % 4]);
	} else if (strcmp(shape->kind, "warning") == 0) {
		cJSON_AddStringToObject(fields, "event", "11");
		cJSON_AddStringToObject(
			fields, "severity", colours[(number_of(line, "level") + 3) % 4]);
		add_list(line, "areas", fields, "areas");
	}
}

/* What the kinds ask for and the loads do not have. */
static void more_fields(const struct shape *shape, const cJSON *line, cJSON *fields)
{
	const cJSON *grade = cJSON_GetObjectItem(line, "grade");
	char risk[2] = {(char)('0' + (grade ? grade->valueint : 0)), 0};

	if (strcmp(shape->kind, "hazard") == 0) {
		cJSON_AddStringToObject(fields, "grade", risk[0] == '1' ? "M" : "G");
		cJSON_AddStringToObject(fields, "risk", risk);
	} else if (strcmp(shape->kind, "drill") == 0) {
		cJSON_AddStringToObject(fields, "type", "D1");
	} else {
		more_of_registers(shape, line, fields);
	}
}

static void put_record(
	const struct shape *shape, const cJSON *line, const char *area, cJSON *out, cJSON *fields)
{
	cJSON_AddStringToObject(out, "kind", shape->kind);
	copy(line, "id", out, "ref");
	if (area)
		cJSON_AddStringToObject(out, "area", area);
	else
		copy(line, cJSON_GetObjectItem(line, "area") ? "area" : "station", out, "area");
	copy(line,
		cJSON_GetObjectItem(line, "created_at") ? "created_at"
		: cJSON_GetObjectItem(line, "at")       ? "at"
							: "held_at",
		out, "at");
	if (shape->by)
		copy(line, shape->by, out, "by");
	for (const struct name *name = shape->fields; name->theirs; name++)
		copy(line, name->theirs, fields, name->ours);
	more_fields(shape, line, fields);
}

static void put_step(const cJSON *line, cJSON *out, cJSON *fields)
{
	const char *to = text_of(line, "to"), *step = "progress";

	for (size_t i = 0; i < countof(steps); i++)
		if (strcmp(steps[i].theirs, to) == 0)
			step = steps[i].ours;
	cJSON_AddStringToObject(out, "step", step);
	copy(line, "hazard", out, "of");
	copy(line, "at", out, "at");
	copy(line, "by", out, "by");
	copy(line, "note", fields, "text");
	if (strcmp(step, "assign") == 0) {
		cJSON_AddStringToObject(fields, "track", "owner");
		copy(line, "assignee", fields, "owner");
		copy(line, "deadline", fields, "owner_due");
	} else if (strcmp(step, "escalate") == 0) {
		cJSON_AddStringToObject(fields, "level", "3");
	}
	if ((strcmp(step, "progress") == 0 || strcmp(step, "rectify") == 0) &&
		!cJSON_GetObjectItem(fields, "text"))
		cJSON_AddStringToObject(fields, "text", "1"); /* must not be empty */
}

static bool seen(const char *name)
{
	static char *names[NAMES_MOST];
	static unsigned count;

	for (unsigned i = 0; i < count; i++)
		if (strcmp(names[i], name) == 0)
			return true;
	if (count < NAMES_MOST)
		names[count++] = strdup(name);
	return false;
}

static void put_before(const cJSON *line, const char *area)
{
	char own[13] = "";
	static unsigned n;

	if (strcmp(text_of(line, "type"), "hazard") == 0)
		seen(text_of(line, "id"));
	if (strcmp(text_of(line, "type"), "step") != 0 || seen(text_of(line, "hazard")))
		return;
	snprintf(own, sizeof own, "%s", text_of(line, "by"));
	printf("{\"kind\":\"hazard\",\"ref\":\"%s\",\"area\":\"%s\",\"at\":\"2025-07-10T08:%02u:00+"
	       "08:00\","
	       "\"fields\":{\"category\":\"H0101\",\"grade\":\"G\",\"place\":\"村口%u\",\"text\":"
	       "\"旧隐患%u\"}}\n",
		text_of(line, "hazard"), area ? area : own, n % 60, n, n);
	n++;
}

static bool put_line(const cJSON *line, const char *area)
{
	cJSON *out = cJSON_CreateObject(), *fields = cJSON_CreateObject();
	const char *type = text_of(line, "type");
	size_t i = 0;

	while (i < countof(shapes) && strcmp(shapes[i].type, type) != 0)
		i++;
	if (i < countof(shapes))
		put_record(&shapes[i], line, area, out, fields);
	else if (strcmp(type, "step") == 0)
		put_step(line, out, fields);
	cJSON_AddItemToObject(out, "fields", fields);
	char *text = cJSON_PrintUnformatted(out);
	puts(text);
	free(text);
	cJSON_Delete(out);
	return true;
}

int main(int argc, char **argv)
{
	static char text[LINE_MOST];
	bool before = argc > 2 && strcmp(argv[2], "before") == 0;
	long from = argc > 3 + before ? atol(argv[2 + before]) : 0;
	long count = argc > 3 + before ? atol(argv[3 + before]) : 1 << 30;
	const char *area = argc > 4 + before ? argv[4 + before] : NULL;
	FILE *file = argc > 1 ? fopen(argv[1], "r") : NULL;

	if (!file)
		return 2;
	for (long at = 0; fgets(text, sizeof text, file) && at < from + count; at++) {
		cJSON *line = at < from ? NULL : cJSON_Parse(text);
		if (line && before)
			put_before(line, area);
		else if (line)
			put_line(line, area);
		cJSON_Delete(line);
	}
	fclose(file);
	return 0;
}
