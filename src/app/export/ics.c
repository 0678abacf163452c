/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rosters and drills as events of a calendar. Each is an event of its own for ever: a calendar that
 * reads the file again moves it and adds none.
 */
#include "export_inside.h"

#include <stdio.h>

#include "base/when.h"
#include "model/kinds.h"
#include "model/rules.h"
#include "store/station.h"

enum { MINUTE = 60, HOUR = 60 * MINUTE, DRILL_MINUTES = 60 };

bool ics_has(const struct kind *kind)
{
	return kind->id == KIND_roster || kind->id == KIND_drill;
}

void ics_begin(struct export *ex)
{
	buf_text(&ex->text, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//outpost//outpost//ZH\r\n"
			    "CALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\n");
	content_line(&ex->text, "X-WR-CALNAME", store_station(ex->store)->name);
}

void ics_end(struct export *ex)
{
	buf_text(&ex->text, "END:VCALENDAR\r\n");
}

static const char *status_of(const struct row *row)
{
	if (row->kind->id != KIND_drill)
		return "CONFIRMED";
	return row_void(row)                    ? "CANCELLED"
	       : row->state == drill_is_planned ? "TENTATIVE"
						: "CONFIRMED";
}

/* When it begins, and for how many seconds it lasts; false: nobody knows. */
static bool span_of(const struct row *row, int64_t *from, int64_t *seconds)
{
	const struct value *day = row_value(row, roster_date),
			   *held = row_value(row, drill_held_at),
			   *minutes = row_value(row, drill_minutes);

	if (row->kind->id == KIND_roster && day && day->num % 100) {
		/* The watch of a day begins when the watch changes. */
		*from = date_end(day->num) - DAY_SECONDS + rules_limit("watch.hour", 0) * HOUR;
		*seconds = DAY_SECONDS;
		return true;
	}
	if (row->kind->id != KIND_drill || !held)
		return false;
	*from = held->num;
	*seconds = (minutes && minutes->num > 0 ? minutes->num : DRILL_MINUTES) * MINUTE;
	return true;
}

/* "值班 应急席 崔丽娟" */
static void put_roster(struct export *ex, const struct row *row)
{
	static const struct {
		unsigned tag;
		const char *label;
	} lines[] = {{roster_head, N_("值班长")}, {roster_leader, N_("带班")},
		{roster_leader_b, N_("带班领导B")}, {roster_deputy, N_("备班")},
		{roster_phone, N_("值班电话")}, {roster_text, N_("换班说明")}};
	struct buf title = {0}, text = {0};

	buf_fmt(&title, "%s ", _("值班"));
	if (row_value(row, roster_desk)) {
		row_field(ex->store, row, roster_desk, true, &title);
		buf_byte(&title, ' ');
	}
	row_field(ex->store, row, roster_officer, true, &title);
	content_line(&ex->text, "SUMMARY", buf_cstr(&title));
	for (size_t n = 0; n < countof(lines); n++) {
		if (!row_value(row, lines[n].tag))
			continue;
		buf_fmt(&text, "%s%s ", text.len ? "\n" : "", _(lines[n].label));
		row_field(ex->store, row, lines[n].tag, true, &text);
	}
	content_line(&ex->text, "DESCRIPTION", buf_cstr(&text));
	buf_release(&title);
	buf_release(&text);
}

static void put_drill(struct export *ex, const struct row *row)
{
	content_field(ex, "SUMMARY", row, drill_title);
	content_field(ex, "DESCRIPTION", row, drill_scenario);
	content_field(ex, "CATEGORIES", row, drill_type);
}

bool ics_row(struct export *ex, const struct row *row)
{
	int64_t from, seconds;
	char sequence[16];

	if (!span_of(row, &from, &seconds))
		return false;
	buf_text(&ex->text, "BEGIN:VEVENT\r\n");
	content_id(ex, "UID", row);
	content_utc(&ex->text, "DTSTAMP", stamp_seconds(row->stamp));
	snprintf(sequence, sizeof sequence, "%u", row->facts ? row->facts - 1 : 0);
	content_raw(&ex->text, "SEQUENCE", sequence);
	content_utc(&ex->text, "DTSTART", from);
	content_utc(&ex->text, "DTEND", from + seconds);
	content_raw(&ex->text, "STATUS", status_of(row));
	if (row->kind->id == KIND_roster)
		put_roster(ex, row);
	else
		put_drill(ex, row);
	buf_text(&ex->text, "END:VEVENT\r\n");
	return true;
}
