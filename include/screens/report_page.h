/* SPDX-License-Identifier: GPL-3.0-or-later
 * The board B: what was lost, place by place, and what does not agree. For the screen and for line mode.
 */
#ifndef SCREENS_REPORT_PAGE_H
#define SCREENS_REPORT_PAGE_H

#include "screens/tally.h"
#include "ui/form.h"
#include "work/losses.h"

/* A row: a place, or one report of several of a place. */
struct report_row {
	const struct loss_place *place;   /* NULL: it is a report by itself */
	const struct loss_report *report; /* NULL: nothing was reported there */
};

struct report_page {
	struct tally tally;
	struct world world;
	struct losses losses; /* in the arena given at loading, and so are lines and rows */
	struct loss_doubts doubts;
	char event[24];    /* that is looked at; "" = the newest */
	uint64_t versions; /* the reports of that place are listed, with what differs; 0: the places are, or here no places
	                    * are below */
	bool all;          /* also places without numbers */
	struct report_row *rows;
	unsigned row_count;
	struct arena *arena; /* the caller's */
	const char *title, *since, *since_narrow, *silent;
	const char **doubt_lines, **skip_lines;
	unsigned skip_count;
};

enum rc report_page_load(
	struct report_page *page, const struct actor *actor, struct arena *arena, struct fault *fault) MUST_CHECK;
void report_page_lay(struct report_page *page, unsigned columns);
void report_page_release(struct report_page *page);
/* The next event; from the next load on. False: there is only one. */
bool report_page_turn(struct report_page *page);
/* The row at '>'; NULL. */
const struct report_row *report_page_row(struct report_page *page);
/* Its reports, one under the other, or back to the places; from the next load on. False: it has none. */
bool report_page_versions(struct report_page *page);
/* What does not agree in the row at '>'; NULL: all does. */
const struct loss_doubt *report_page_doubt(struct report_page *page);
const struct loss_doubt *report_row_doubt(const struct report_page *page, const struct report_row *row);
/* That, as a question to the place; "" where DOUBT is NULL. */
void report_page_question(const struct loss_doubt *doubt, struct buf *out);
void report_page_doubt_line(const struct report_page *page, const struct loss_doubt *doubt, struct buf *out);
/* "受灾52 死亡0 转移12": what is known, in the order of the table. */
void report_words(const struct loss_numbers *numbers, struct buf *out);
/* "受灾118→130": what differs from the report before it. */
void report_differs(const struct loss_numbers *before, const struct loss_numbers *now, struct buf *out);
/* "初报", "续2" */
void report_stage_text(const struct loss_report *report, struct buf *out);
/* The stage that is offered where STAGE is asked for: no second first report of one event. SAID: why it is another; else as
 * it was. */
enum loss_stage report_offered(const struct report_page *page, enum loss_stage stage, struct buf *said);
/* What the form of the next report of that stage begins with, a line "field=value" each. */
void report_presets(const struct losses *losses, enum loss_stage stage, struct arena *arena, struct buf *out);
/* The same of a form: "初报 洪涝", and its figures as they are typed. */
void report_form_title(struct form *form, struct buf *out);
/* "报柏香镇：受灾37 死亡0；空着的按上次：受伤2": to whom the report of AREA goes, which is the place above it, what it says, and
 * which figures were known last time and are left blank now. */
void report_form_question(struct form *form, uint64_t area, struct buf *out);
/* The place to which reports of AREA go: the one above; of a province itself. */
void report_to(uint64_t area, struct buf *out);
/* A report in a line: when, which, and what it says differently from the one before it. */
void report_version_line(const struct report_page *page, const struct loss_report *report, struct buf *out);
/* A row in a line, for line mode. */
void report_page_line(const struct report_page *page, const struct report_row *row, struct buf *out);

#endif
