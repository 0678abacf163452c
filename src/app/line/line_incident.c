/* SPDX-License-Identifier: GPL-3.0-or-later
 * After an incident was taken down, in line mode: what to read out, a number for each call, the
 * written report.
 */
#include <stdlib.h>
#include <string.h>

#include "app/talk.h"
#include "model/kinds.h"
#include "screens/display.h"
#include "screens/incident_page.h"

struct reporting {
	struct talk *talk;
	struct ref ref;
	struct incident_page page;
	struct arena arena;
};

static bool load(struct reporting *at)
{
	const struct actor actor = {at->talk->store, &at->talk->user, NULL};
	struct fault fault = {0};

	arena_release(&at->arena);
	if (!talk_good(at->talk, incident_page_load(&at->page, &actor, at->ref, &at->arena, &fault),
		    &fault))
		return false;
	incident_page_lay(&at->page, LINE_COLUMNS);
	return true;
}

static void say(struct reporting *at)
{
	struct line *line = &at->talk->line;
	struct buf text = {0};

	for (unsigned n = 0; n < at->page.tally.heads; n++)
		line_say(line, "%s", at->page.tally.head[n].text);
	for (unsigned n = 0; n < at->page.incident.callees.count; n++) {
		buf_clear(&text);
		incident_page_callee(&at->page, n, &text);
		line_say(line, "%u. %s", n + 1, buf_cstr(&text));
	}
	buf_release(&text);
}

static enum line_act call(struct reporting *at, unsigned n)
{
	struct talk *talk = at->talk;
	const struct actor actor = {talk->store, &talk->user, NULL};
	struct fault fault = {0};
	struct buf text = {0};

	display_codes("call_result", INCIDENT_RESULTS, &text);
	enum line_act act = line_ask(&talk->line, buf_cstr(&text), NULL, NULL, &text);
	unsigned result = act == LINE_OK ? (unsigned)strtoul(buf_cstr(&text), NULL, 10) : 0;
	bool may = act == LINE_OK && talk_prove_for(talk, kind_of(KIND_call), 0);
	if (may && incident_page_call(&at->page, &actor, n, result, &fault))
		line_bad(&talk->line, "%s", fault.text);
	else if (may)
		line_say(&talk->line, "%s", at->page.said);
	buf_release(&text);
	return talk_inner(act);
}

static enum line_act written(struct reporting *at)
{
	const struct actor actor = {at->talk->store, &at->talk->user, NULL};
	struct fault fault = {0};
	struct buf why = {0};

	if (!incident_page_writes(&at->page, &actor, &why))
		line_bad(&at->talk->line, "%s", buf_cstr(&why));
	else if (incident_page_written(&at->page, &actor, &fault))
		line_bad(&at->talk->line, "%s", fault.text);
	else
		line_say(&at->talk->line, "%s", at->page.said);
	buf_release(&why);
	return LINE_OK;
}

static enum line_act pressed(struct reporting *at, const char *typed)
{
	unsigned n = (unsigned)strtoul(typed, NULL, 10);

	if (!strcmp(typed, "x"))
		return written(at);
	if (n > 0 && n <= at->page.incident.callees.count)
		return call(at, n - 1);
	line_bad(&at->talk->line, _("没有 \"%s\"，打列出的号码或字母"), typed);
	return LINE_OK;
}

enum line_act talk_incident(struct talk *talk, struct ref ref)
{
	struct reporting at = {.talk = talk, .ref = ref};
	struct talk_place before = talk_stand(talk, "incident", &(struct aim){.ref = ref});
	struct buf typed = {0};
	enum line_act act = LINE_OK;

	while (act == LINE_OK && load(&at)) {
		say(&at);
		act = line_choose(&talk->line, _("打过的号码记结果，x书面已报，回车返回"), NULL,
			NULL, &typed);
		if (act == LINE_OK && !typed.len)
			act = LINE_BACK;
		else if (act == LINE_OK)
			act = pressed(&at, buf_cstr(&typed));
	}
	incident_page_release(&at.page);
	arena_release(&at.arena);
	buf_release(&typed);
	talk->place = before;
	return talk_inner(act);
}
