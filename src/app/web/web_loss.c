/* SPDX-License-Identifier: GPL-3.0-or-later
 * Disaster reports of each event, as the board B has them: what each place says, their sum, and who
 * has said nothing.
 */
#include "web_inside.h"

#include "base/when.h"
#include "model/codes.h"
#include "screens/display.h"
#include "screens/report_table.h"

/* Only figures that somebody knows have a column. */
static bool is_known(const struct losses *losses, unsigned figure)
{
	bool known = losses->sum.has[figure] || (losses->own && losses->own->numbers.has[figure]);

	for (unsigned n = 0; n < losses->place_count && !known; n++)
		known = losses->places[n].newest && losses->places[n].newest->numbers.has[figure];
	return known;
}

static void put_row(struct web *web, const struct losses *losses, const char *name,
	const struct loss_report *report, const struct loss_numbers *numbers)
{
	struct buf text = {0};
	char time[WHEN_TEXT];

	web_markup(web, "<tr>");
	web_element(web, "th scope=\"row\"", name);
	web_markup(web, "<td>");
	if (report) {
		report_stage_text(report, &text);
		display_time(report->at, web->world.around.now, time);
		web_say(web, "%s%s %s", report->proven ? "" : "?", buf_cstr(&text), time);
	}
	web_markup(web, "</td>");
	for (unsigned f = 0; f < LOSS_FIGURES; f++) {
		if (!is_known(losses, f))
			continue;
		buf_clear(&text);
		loss_show(numbers, f, &text);
		web_markup(web, "<td class=\"n\">");
		web_text(web, text.len ? buf_cstr(&text) : "-");
		web_markup(web, "</td>");
	}
	web_markup(web, "</tr>");
	buf_release(&text);
}

static void put_table(struct web *web, const struct losses *losses)
{
	const char *heads[LOSS_FIGURES + 3] = {_("区域"), _("报告")};
	unsigned columns = 2;
	struct buf name = {0};

	for (unsigned f = 0; f < LOSS_FIGURES; f++)
		if (is_known(losses, f))
			heads[columns++] = report_label(f);
	web_table(web, code_text("disaster", losses->event), heads);
	put_row(web, losses, _("合计"), NULL, &losses->sum);
	if (losses->own)
		put_row(web, losses, _("本级已报"), losses->own, &losses->own->numbers);
	for (unsigned n = 0; n < losses->place_count; n++) {
		const struct loss_report *newest = losses->places[n].newest;

		if (!newest)
			continue;
		buf_clear(&name);
		display_place(losses->places[n].area, &name);
		put_row(web, losses, buf_cstr(&name), newest, &newest->numbers);
	}
	web_table_end(web);
	buf_release(&name);
}

/* Those without numbers: QUIET said that nothing happened, the others said nothing. */
static void put_others(struct web *web, const struct losses *losses, bool quiet)
{
	struct buf name = {0};

	if (!(quiet ? losses->quiet : losses->silent))
		return;
	web_markup(web, "<p class=\"v\">");
	web_say(web, quiet ? _("零报告 %u 处：") : _("没报 %u 处："),
		quiet ? losses->quiet : losses->silent);
	for (unsigned n = 0; n < losses->place_count; n++) {
		const struct loss_place *place = &losses->places[n];

		if (place->newest || (place->quiet != 0) != quiet)
			continue;
		buf_clear(&name);
		display_place(place->area, &name);
		web_say(web, " %s", buf_cstr(&name));
	}
	web_markup(web, "</p>\n");
	buf_release(&name);
}

static enum rc put_event(struct web *web, const char *event, struct fault *fault)
{
	struct losses losses;
	char time[WHEN_TEXT];
	enum rc rc = losses_load(&losses, &web->world, event, &web->arena, fault);

	if (rc)
		return rc;
	when_show(losses.from, time);
	web_markup(web, "<h3>");
	web_say(web, _("%s  %s起"), code_text("disaster", losses.event), time);
	web_markup(web, "</h3>\n");
	put_table(web, &losses);
	put_others(web, &losses, false);
	put_others(web, &losses, true);
	return RC_OK;
}

enum rc web_losses(struct web *web, struct fault *fault)
{
	struct losses losses;
	enum rc rc = losses_load(&losses, &web->world, "", &web->arena, fault);

	if (!rc && !losses.event_count) {
		web_element(web, "p", _("没有灾情报告"));
		put_others(web, &losses, false);
		put_others(web, &losses, true);
	}
	for (unsigned n = 0; n < losses.event_count && !rc; n++)
		rc = put_event(web, losses.events[n], fault);
	if (!rc && losses.event_count)
		web_element(web, "p", _("? 是还没有证明上级收到的报告，- 是不知道"));
	return rc;
}
