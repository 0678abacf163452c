/* SPDX-License-Identifier: GPL-3.0-or-later
 * What rows of several words are made of: kinds, steps, states, spans of time.
 */
#include "model/rules/internal.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/when.h"

enum { WORD_ROOM = 48 };

bool row_wrong(struct row_reader *reader, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	text_fit_args(reader->why, sizeof reader->why, fmt, args);
	va_end(args);
	return false;
}

const char *row_text(struct row_reader *reader, const char *text)
{
	return arena_text(&reader->rules->texts, text);
}

/* The piece of TYPED up to one of STOPS, and where the next begins; NULL when it does not fit. */
static const char *piece(char out[WORD_ROOM], const char *typed, const char *stops)
{
	size_t len = strcspn(typed, stops);
	if (len >= WORD_ROOM)
		return NULL;
	memcpy(out, typed, len);
	out[len] = 0;
	return typed + len + (typed[len] != 0);
}

const struct kind *row_kind(struct row_reader *reader, const char *typed)
{
	const struct kind *kind = kind_named(typed);
	if (!kind)
		row_wrong(reader, _("没有种类 \"%s\"，`outpost kinds` 列出全部"), typed);
	return kind;
}

bool row_kind_step(
	struct row_reader *reader, const char *typed, const struct kind **kind, unsigned *step)
{
	char name[WORD_ROOM];
	const char *verb = piece(name, typed, ".");
	*kind = row_kind(reader, verb ? name : typed);
	*step = 0;
	if (!*kind)
		return false;
	if (!*verb || !strcmp(verb, "add"))
		return true;
	const struct step *found = step_named(*kind, verb);
	if (!found)
		return row_wrong(reader, _("%s 没有步骤 \"%s\""), name, verb);
	*step = found->tag;
	return true;
}

static bool wrong_state(struct row_reader *reader, const struct kind *kind, const char *name)
{
	char all[160] = "";
	for (unsigned i = 0; kind->states[i].code; i++) {
		size_t len = strlen(all);
		snprintf(all + len, sizeof all - len, " %s", kind->states[i].code);
	}
	return row_wrong(reader, _("%s 没有状态 \"%s\"（有%s）"), kind->name, name, all);
}

uint32_t open_states(const struct kind *kind)
{
	uint32_t mask = kind && kind->states[0].code ? 0 : ~0u;
	for (unsigned i = 0; kind && kind->states[i].code; i++)
		if (kind->states[i].flags & STATE_OPEN)
			mask |= 1u << i;
	return mask;
}

bool row_states(
	struct row_reader *reader, const struct kind *kind, const char *typed, uint32_t *mask)
{
	char name[WORD_ROOM];
	bool all = !strcmp(typed, "*");
	*mask = all ? open_states(kind) : 0;
	if (!kind && !all)
		return row_wrong(reader, _("种类写 * 时，状态也只能写 *"));
	for (const char *at = all ? "" : typed; at && *at;) {
		at = piece(name, at, ",");
		int state = at ? state_named(kind, name) : -1;
		if (state < 0)
			return wrong_state(reader, kind, at ? name : typed);
		*mask |= 1u << state;
	}
	return *mask != 0 || row_wrong(reader, _("没有写状态"));
}

static bool span_seconds(const char *typed, int64_t *seconds)
{
	char *end;
	int64_t number = strtol(typed, &end, 10);
	int64_t unit = *end == 's'   ? 1
		       : *end == 'm' ? 60
		       : *end == 'h' ? 3600
		       : *end == 'd' ? DAY_SECONDS
				     : 0;
	if (end == typed || number > 100000 || number < -100000)
		return false;
	*seconds = number * unit;
	return number == 0 ? !*end || unit : unit && !end[1];
}

bool row_span(struct row_reader *reader, const char *typed, struct rule_span *span)
{
	static const char prefix[] = "limit:";
	*span = (struct rule_span){0};
	if (!strncmp(typed, prefix, sizeof prefix - 1)) {
		span->limit = row_text(reader, typed + sizeof prefix - 1);
		return true;
	}
	return span_seconds(typed, &span->seconds) ||
	       row_wrong(reader, _("\"%s\"：时长要写成 +30m、+2h、+15d、-30d、0 或 limit:名称"),
		       typed);
}

bool row_term(struct row_reader *reader, const char *typed, struct rule_span *span)
{
	enum { MOST = 250 }; /* of a year, about */
	char *end;
	long days = strtol(typed, &end, 10);
	if (end == typed || strcmp(end, "wd") != 0)
		return row_span(reader, typed, span);
	*span = (struct rule_span){.workdays = (int)days};
	return (days && days >= -MOST && days <= MOST) ||
	       row_wrong(reader, _("\"%s\"：工作日要写成 +2wd，1 到 %d 天"), typed, MOST);
}

const char *row_option(struct row_reader *reader, unsigned *at, const char *name)
{
	if (*at + 1 >= reader->count || strcmp(reader->word[*at], name) != 0)
		return NULL;
	*at += 2;
	return reader->word[*at - 1];
}

static bool add_pins(struct row_reader *reader, const struct kind *kind, const char *typed)
{
	struct rules *rules = reader->rules;
	struct may pin = {.kind = kind->id};
	char name[WORD_ROOM];
	for (const char *at = typed; at && *at;) {
		at = piece(name, at, ",");
		const struct step *step = at ? step_named(kind, name) : NULL;
		if (at && !strcmp(name, "add"))
			pin.steps |= 1;
		else if (step && step->tag < 64)
			pin.steps |= (uint64_t)1 << step->tag;
		else
			return row_wrong(
				reader, _("%s 没有步骤 \"%s\""), kind->name, at ? name : typed);
	}
	if (rules->pins == PINS_MOST)
		return row_wrong(reader, _("pin 行太多"));
	rules->pin[rules->pins++] = pin;
	return true;
}

bool take_pins(struct row_reader *reader)
{
	for (unsigned i = 1; i < reader->count; i++) {
		char name[WORD_ROOM];
		const char *steps = piece(name, reader->word[i], ".");
		const struct kind *kind = row_kind(reader, steps ? name : reader->word[i]);
		if (!kind || !add_pins(reader, kind, steps))
			return false;
	}
	return true;
}
