/* SPDX-License-Identifier: GPL-3.0-or-later
 * Warnings in force, as the board Y has them: who has signed, after how long, and who has not.
 */
#include "web_inside.h"

#include <stdlib.h>

#include "base/when.h"
#include "model/area.h"
#include "model/codes.h"
#include "model/kinds.h"
#include "screens/display.h"
#include "work/owing.h"

enum { MINUTE = 60 };

/* How far a place is, in the order in which it is told. */
enum stage { UNDELIVERED, DELIVERED, SIGNED, STAGES };

/* The places asked, and to which of them the warning has come. */
struct signing_up {
	struct asked asked;
	bool *delivered;
};

static enum stage stage_of(const struct signing_up *signing, unsigned n)
{
	return signing->asked.places[n].answered ? SIGNED
	       : signing->delivered[n]           ? DELIVERED
						 : UNDELIVERED;
}

static void came_to(void *to, uint64_t area)
{
	struct signing_up *signing = to;

	for (unsigned n = 0; n < signing->asked.count; n++)
		signing->delivered[n] |= signing->asked.places[n].area == area;
}

static int by_area(const void *a, const void *b)
{
	const struct asked_place *const *x = a, *const *y = b;

	return ((*x)->area > (*y)->area) - ((*x)->area < (*y)->area);
}

static const char *unit_of(const struct asked *asked)
{
	return area_level(asked->places[0].area) > LEVEL_VILLAGE ? _("处") : _("村");
}

/* Who signed it there: told in full alone. */
static void put_signer(struct web *web, const struct asked_place *place)
{
	struct arena arena = {0};
	struct fault fault;
	struct row row;

	if (store_row(web->store, place->answer, &arena, &row, &fault) == RC_OK &&
		row.kind->id == KIND_receipt && row_value(&row, receipt_person)) {
		web_markup(web, " ");
		web_field(web, &row, receipt_person);
	}
	arena_release(&arena);
}

static void put_place(struct web *web, const struct asked *asked, const struct asked_place *place)
{
	struct buf name = {0};
	int64_t took = place->at > asked->from ? place->at - asked->from : 0;

	display_place(place->area, &name);
	web_text(web, buf_cstr(&name));
	if (place->answered)
		web_say(web, _(" %lld分"), (long long)(took + MINUTE - 1) / MINUTE);
	if (place->answered && place->late)
		web_text(web, _("迟"));
	if (!place->answered && place->read)
		web_text(web, _("（在班没签）"));
	if (place->answered && web->full)
		put_signer(web, place);
	buf_release(&name);
}

/* Villages stand behind their township. */
static void put_above(struct web *web, uint64_t area, uint64_t *above)
{
	struct buf name = {0};

	if (area_level(area) != LEVEL_VILLAGE || area_above(area) == *above ||
		area_above(area) == store_area(web->store))
		return;
	*above = area_above(area);
	display_place(*above, &name);
	web_markup(web, "<b>");
	web_text(web, buf_cstr(&name));
	web_markup(web, "</b> ");
	buf_release(&name);
}

static void put_stage(struct web *web, const struct signing_up *signing, enum stage stage)
{
	static const char *const names[STAGES] = {
		N_("没送到 %u%s"), N_("送到没签 %u%s"), N_("已签收 %u%s")};
	static const char *const opens[STAGES] = {"<details open=\"open\"><summary class=\"r1\">",
		"<details open=\"open\"><summary class=\"r2\">", "<details><summary>"};
	const struct asked *asked = &signing->asked;
	const struct asked_place **of = arena_get(&web->arena, asked->count * sizeof *of);
	unsigned count = 0;
	uint64_t above = 0;

	for (unsigned n = 0; n < asked->count; n++)
		if (stage_of(signing, n) == stage)
			of[count++] = &asked->places[n];
	if (!count)
		return;
	qsort(of, count, sizeof(*of), by_area);
	web_markup(web, opens[stage]);
	web_say(web, _(names[stage]), count, unit_of(asked));
	web_markup(web, "</summary><p class=\"v\">");
	for (unsigned n = 0; n < count; n++) {
		web_markup(web, n ? " " : "");
		put_above(web, of[n]->area, &above);
		put_place(web, asked, of[n]);
	}
	web_markup(web, "</p></details>\n");
}

static void put_span(struct web *web, int64_t seconds)
{
	char text[WHEN_TEXT];

	when_span(seconds > MINUTE ? seconds / MINUTE * MINUTE : MINUTE, text);
	web_text(web, seconds < 0 ? _("未到") : text);
}

static void put_numbers(struct web *web, const struct asked *asked)
{
	web_markup(web, "<p class=\"k\">");
	web_say(web, _("应签收 %u%s  已签收 %u  中位 "), asked->count, unit_of(asked),
		asked->answered);
	put_span(web, asked->median);
	web_text(web, _("  九成 "));
	put_span(web, asked->ninety);
	web_markup(web, "</p>\n");
}

static enum rc put_signing(
	struct web *web, struct signing_up *signing, const struct row *row, struct fault *fault)
{
	const struct asked *asked = &signing->asked;

	if (!asked->count)
		return RC_OK;
	signing->delivered = arena_get(&web->arena, asked->count * sizeof(bool));
	enum rc rc = owing_sites(web->store, row->ref, came_to, signing, fault);
	put_numbers(web, asked);
	for (unsigned stage = 0; stage < STAGES && !rc; stage++)
		put_stage(web, signing, stage);
	return rc;
}

/* What it is, by whom and from when to when; a copy that nobody has checked says so. */
static void put_head(struct web *web, const struct row *row)
{
	const struct value *sent = row_value(row, warning_sent),
			   *end = row_value(row, warning_expires),
			   *proof = row_value(row, warning_proof);
	unsigned colour = row_colour(row);
	enum look look;
	struct buf title = {0};
	char time[WHEN_TEXT];

	display_title(web->store, row, &title);
	buf_fmt(&web->out, "<h3 class=\"r%u\">", colour < COLOURS ? colour + 1 : 0);
	web_say(web, "%s %s", display_colour(colour, &look), buf_cstr(&title));
	web_markup(web, "</h3><p>");
	web_field(web, row, warning_issuer);
	when_show(sent ? sent->num : row->at, time);
	web_say(web, _(" %s发布"), time);
	if (end) {
		when_show(end->num, time);
		web_say(web, _("，有效至 %s"), time);
	}
	web_text(web, _("；"));
	if (proof)
		web_field(web, row, warning_proof);
	else
		web_text(web,
			warning_own(web->store, row) ? _("站点签发") : _("站点录入，来源未核验"));
	web_markup(web, "</p>\n");
	buf_release(&title);
}

static enum rc put_warning(struct web *web, struct ref ref, struct fault *fault)
{
	struct signing_up below = {.delivered = NULL}, villages = {.delivered = NULL};
	struct row row;
	enum rc rc = store_row(web->store, ref, &web->arena, &row, fault);
	const struct rule *ask = rc ? NULL : owing_ask(&web->world, &row);

	if (rc)
		return rc;
	put_head(web, &row);
	if (!ask)
		return RC_OK;
	rc = asked_load(&below.asked, &web->world, ask, &row, &web->arena, fault);
	if (!rc)
		rc = put_signing(web, &below, &row, fault);
	/* Above a township also those further down. */
	if (!rc && area_level(store_area(web->store)) > LEVEL_TOWNSHIP)
		rc = asked_villages(&villages.asked, &web->world, ask, &row, &web->arena, fault);
	return rc ? rc : put_signing(web, &villages, &row, fault);
}

enum rc web_warnings(struct web *web, struct fault *fault)
{
	struct in_force in_force;
	enum rc rc = in_force_load(&in_force, &web->world, fault);

	if (!rc && !in_force.count)
		web_element(web, "p", _("没有生效的预警"));
	for (unsigned n = 0; n < in_force.count && !rc; n++)
		rc = put_warning(web, in_force.at[n], fault);
	return rc;
}
