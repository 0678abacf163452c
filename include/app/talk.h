/* SPDX-License-Identifier: GPL-3.0-or-later
 * Line mode: its places and boards, and what they share.
 */
#ifndef APP_TALK_H
#define APP_TALK_H

#include "screens/needs.h"
#include "screens/printer.h"
#include "screens/record_page.h"
#include "work/drafts.h"
#include "work/figures.h"
#include "work/seen.h"
#include "store/station.h"
#include "ui/line.h"
#include "ui/screen.h"

/* What '|' prints: a record, or the screen that shows the same. */
struct talk_place {
	const char *screen; /* NULL: there is none */
	struct aim aim;
};

struct talk {
	struct line line;
	struct store *store;
	struct user user;
	struct ring ring;
	struct talk_place place;
};

enum { LINE_COLUMNS = 80 }; /* what pages are laid out for, when their lines are said */

static inline struct actor talk_actor(const struct talk *talk)
{
	return (struct actor){talk->store, &talk->user, NULL};
}

/* Going back from an inner place ends that place alone; the end of input ends everything. */
static inline enum line_act talk_inner(enum line_act act)
{
	return act == LINE_BACK ? LINE_OK : act;
}

/* USER's PIN is asked for, when they have one. WHAT: what for; NULL = who is at the keys. False: it
 * was wrong, and said. */
bool talk_prove(struct talk *talk, const struct user *user, const char *what);
/* The same of the user, where a pin row of rules.conf asks for it at that step of KIND (0: a new
 * record). */
bool talk_prove_for(struct talk *talk, const struct kind *kind, unsigned step);
/* May the user add records of KIND (STEP 0), or take that step of such? Says so where not. */
bool talk_may(struct talk *talk, const struct kind *kind, unsigned step);
/* False: a page could not be loaded, and FAULT was said. */
bool talk_good(struct talk *talk, enum rc rc, const struct fault *fault);
/* For a line's SAME; TO is the talk: after policy.pin.minutes of roles.conf the user's PIN is asked
 * for again. */
bool talk_same(void *to, int64_t seconds);
/* For a line's TELL and BURNING; TO is the talk: what rings, when it is new and when it rings
 * again; what burns, to be signed. */
void talk_alarm(void *to);
void talk_burning(void *to);
/* Signs what s means on the screens, after the question that names it. */
void talk_sign(struct talk *talk);
/* An order to those who owe what ITEM of home asks for (NULL: nobody does); and taking back the
 * user's last key. */
void talk_urge(struct talk *talk, const struct need_item *item);
void talk_urge_for(struct talk *talk, struct ref about); /* the same about a record */
/* ABOUT, which is emptied, with WHAT behind it: only y agrees to what is asked. */
bool talk_agrees(struct talk *talk, struct buf *about, const char *what);
void talk_back(struct talk *talk);
/* Says when the station has not got everything from above yet. */
void talk_say_some(struct talk *talk);
/* GO at the place that SCREEN (with AIM, may be NULL) shows; NULL: what was there before stays. */
enum line_act talk_at(struct talk *talk, const char *screen, const struct aim *aim, enum line_act (*go)(struct talk *talk));
/* From now on '|' prints SCREEN (NULL: as before) with AIM (may be NULL); what it printed before, to be put back into
 * .place on the way out. */
struct talk_place talk_stand(struct talk *talk, const char *screen, const struct aim *aim);
/* SHEET to a printer, a file or the command NAME, and what came of it. */
void talk_put(struct talk *talk, enum print_to where, const char *name, struct buf *sheet);
/* For a line's PAPER; TO is the talk: where to, and what came of it. */
void talk_paper(void *to);
/* What is done about a row of home. */
enum line_act talk_need(struct talk *talk, const struct need_item *item);
/* The form of a new record, for whom may write it. */
enum line_act talk_new_of(struct talk *talk, const struct draft *draft);
/* The records of a kind; PARENT seq 0: all. */
enum line_act talk_rows(struct talk *talk, const struct kind *kind, struct ref parent);
/* The records behind the count or figure NAME of the rules, which is called LABEL. */
enum line_act talk_behind(struct talk *talk, const char *name, const char *label, struct counting_of of);
/* A record: said whole, then what can be done with it. */
enum line_act talk_record(struct talk *talk, struct ref ref);
/* All of a record but its history, and but the keys of its steps, which are not the numbers of the
 * menu. It was looked at. */
static inline void talk_page(struct talk *talk, const struct record_page *shown)
{
	const struct actor actor = talk_actor(talk);

	seen_record(&actor, shown->ref);
	line_page(&talk->line, &shown->page, 0, shown->keys);
	line_page(&talk->line, &shown->page, shown->keys_end, shown->history);
}
/* What it says as an office writes it, or as it is read out. */
void talk_text(struct talk *talk, struct ref ref);
/* The outbox: said, and what it asks for decided. */
enum line_act talk_outbox(struct talk *talk);
/* Warnings that could not be tied. */
enum line_act talk_loose(struct talk *talk);
/* The warning in force; and calling who has not answered. */
enum line_act talk_warn(struct talk *talk);
enum line_act talk_call(struct talk *talk);
/* Beginning with what asks: that record (seq 0: the first). */
enum line_act talk_call_about(struct talk *talk, struct ref ref);
/* Households told, one after the other. */
enum line_act talk_tick(struct talk *talk);
enum line_act talk_zones(struct talk *talk, struct ref warning); /* only who lives where WARNING is dangerous */
enum line_act talk_homes_at(struct talk *talk, struct ref warning, struct ref point); /* of one danger zone */
/* Leaving danger zones, and one shelter with who is in it. */
enum line_act talk_move(struct talk *talk);
enum line_act talk_shelter(struct talk *talk, struct ref shelter);
/* The response that is on, and its steps. */
enum line_act talk_response(struct talk *talk);
/* Disaster reports: numbers said, then what can be done. */
enum line_act talk_report(struct talk *talk);
/* All is well, or nothing has changed: the question, and the report. */
enum line_act talk_zero(struct talk *talk);
/* Goods: in and out, what is asked for, what came. */
enum line_act talk_stock(struct talk *talk);
/* Drills; one that was held marked item by item; a place marked by itself, by the list for TYPE (code table
 * selfcheck_type); a quiz. */
enum line_act talk_drill(struct talk *talk);
enum line_act talk_judge(struct talk *talk, struct ref drill);
enum line_act talk_selfcheck(struct talk *talk, const char *type);
enum line_act talk_quiz(struct talk *talk);
/* The round of today, and a check item by item. */
enum line_act talk_patrol(struct talk *talk);
/* One that was left before its end. */
enum line_act talk_check(struct talk *talk, const struct draft *draft);
/* Orders and tasks. */
enum line_act talk_order(struct talk *talk);
/* The watch, and handing it over. */
enum line_act talk_watch(struct talk *talk);
/* The calls about an incident, and its written report. */
enum line_act talk_incident(struct talk *talk, struct ref ref);
/* Registers confirmed, one row a question. */
enum line_act talk_confirm(struct talk *talk);
/* What the place has to have, and lacks. */
enum line_act talk_profile(struct talk *talk);
/* Tables of figures. */
enum line_act talk_totals(struct talk *talk);
/* What lies where, as bearings. */
enum line_act talk_map(struct talk *talk);
/* What no board has: all that is to be done, registers, find, a new record, disposal cards, drafts,
 * the person and the station. */
enum line_act talk_todo(struct talk *talk);
enum line_act talk_registers(struct talk *talk);
enum line_act talk_find(struct talk *talk);
enum line_act talk_new_one(struct talk *talk);
enum line_act talk_cards(struct talk *talk);
enum line_act talk_drafts(struct talk *talk);
enum line_act talk_me(struct talk *talk);
/* A form asked field by field, and saved. */
enum line_act talk_write(struct talk *talk, const struct draft *purpose);

#endif
