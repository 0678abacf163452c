/* SPDX-License-Identifier: GPL-3.0-or-later
 * The demo's script: what happened where and when, a row a fact.
 *
 *   where   t = the township, 1 2 3 = a village, v = each village
 *   when    -40d 09:12 (days before today, and a time) or -3h, -25m, -90s before now
 *   who     a person's label, or - = the station itself
 *   what    a kind, or kind.step
 *   label   of the record: a new one (may be -), or the one that the step is for
 *   fields  name=value|name=value, with the tokens of demo_expand
 */
#include "app/demo/demo_inside.h"

#include <stdlib.h>
#include <string.h>

#include "base/conf.h"
#include "base/when.h"

/* "-40d 09:12" to seconds. */
static bool take_when(const struct demo *demo, const char *typed, int64_t *at)
{
	char *end;
	int64_t number = strtol(typed, &end, 10);
	if (end == typed || number > 0)
		return false;
	if (*end == 'h' || *end == 'm' || *end == 's') {
		*at = demo->now + number * (*end == 'h' ? 3600 : *end == 'm' ? 60 : 1);
		return end[1] == 0;
	}
	if (*end != 'd' || end[1] != ' ')
		return false;
	int64_t hour = strtol(end + 2, &end, 10);
	if (*end != ':' || hour < 0 || hour > 23)
		return false;
	int64_t minute = strtol(end + 1, &end, 10);
	int64_t midnight = demo->now + WHEN_ZONE;
	midnight -= midnight % DAY_SECONDS + WHEN_ZONE;
	*at = midnight + number * DAY_SECONDS + hour * 3600 + minute * 60;
	return !*end && minute >= 0 && minute < 60;
}

static bool take_what(const char *typed, struct demo_fact *fact)
{
	char name[48] = "";
	size_t len = strcspn(typed, ".");
	if (len >= sizeof name)
		return false;
	memcpy(name, typed, len);
	fact->kind = kind_named(name);
	if (!fact->kind || !typed[len])
		return fact->kind;
	const struct step *step = step_named(fact->kind, typed + len + 1);
	fact->step = step && !(step->flags & STEP_MAKES) ? step->tag : 0;
	return fact->step;
}

/* The value of NAME in expanded FIELDS, for tokens that ask for it. */
static const char *value_in(struct demo *demo, const char *fields, const char *name)
{
	size_t len = strlen(name);
	for (const char *at = fields; at;
		at = strchr(at, DEMO_BREAK) ? strchr(at, DEMO_BREAK) + 1 : NULL)
		if (!strncmp(at, name, len) && at[len] == '=') {
			const char *end = strchr(at, DEMO_BREAK);
			size_t whole = end ? (size_t)(end - at) : strlen(at);
			return arena_fmt(
				&demo->texts, "%.*s", (int)(whole - len - 1), at + len + 1);
		}
	return "";
}

static const char *plan_row(struct demo *demo, unsigned station, const struct conf_line *line)
{
	struct demo_fact fact = {.station = station, .label = DEMO_NOBODY, .who = DEMO_NOBODY};
	const char *label = line->word[4];
	bool named = strcmp(label, "-") != 0;
	if (!take_when(demo, line->word[1], &fact.at))
		return _("when 要写成 -40d 09:12、-3h、-25m 或 -90s");
	if (!take_what(line->word[3], &fact))
		return _("what 要写一个种类，或 种类.步骤");
	fact.fields = demo_expand(demo, station, line->count > 5 ? line->word[5] : "");
	if (strcmp(line->word[2], "-") != 0) {
		fact.who = demo_label_find(demo, station, line->word[2]);
		if (fact.who < 0 || demo->labels[fact.who].station != station)
			return _("who 不是本站前面写过的人");
	}
	if (fact.step)
		fact.label = named ? demo_label_find(demo, station, label) : DEMO_NOBODY;
	else if (named)
		fact.label = demo_label_add(demo, station, arena_text(&demo->texts, label));
	if (fact.step && fact.label < 0)
		return _("步骤要写是哪条记录的");
	if (!fact.step && named) {
		demo->labels[fact.label].title = value_in(demo, fact.fields, "name");
		demo->labels[fact.label].phone = value_in(demo, fact.fields, "phone");
	}
	demo_plan(demo, &fact);
	return NULL;
}

static bool take_row(const struct conf_line *line, void *to, const char **why)
{
	static const char where[] = "t123";
	struct demo *demo = to;
	const char *at = strchr(where, *line->word[0]);
	bool every = *line->word[0] == 'v';
	*why = line->count < 5 || line->count > 6
		       ? _("要有五到六列：where when who what label fields")
	       : (!every && (!at || !*at)) ? _("where 要写 t、1、2、3 或 v")
					   : NULL;
	for (unsigned s = 1; every && s < DEMO_STATIONS && !*why; s++)
		*why = plan_row(demo, s, line);
	if (!every && !*why)
		*why = plan_row(demo, (unsigned)(at - where), line);
	return !*why;
}

enum rc demo_script(struct demo *demo, const char *file, struct bytes text, struct fault *fault)
{
	return tsv_each(file, text, take_row, demo, fault);
}
