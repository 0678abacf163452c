/* SPDX-License-Identifier: GPL-3.0-or-later
 * The screens, and what they share: opening one another, and answering keys that are nobody's.
 */
#ifndef SCREENS_SCREENS_H
#define SCREENS_SCREENS_H

#include "screens/needs.h"
#include "store/rows.h"
#include "ui/page.h"
#include "ui/screen.h"

/* Ends with NULL. */
extern const struct screen *const screens[];

extern const struct screen screen_home, screen_records, screen_record, screen_write, screen_lookup, screen_menu, screen_cards,
	screen_card, screen_unfinished, screen_outbox, screen_me, screen_help, screen_burning, screen_tick, screen_call,
	screen_warn, screen_text, screen_report, screen_order, screen_watch, screen_handover, screen_incident, screen_loose,
	screen_confirm, screen_move, screen_shelter, screen_response, screen_village, screen_profile, screen_patrol,
	screen_checking;
extern const struct screen screen_outbox_part, screen_statement, screen_spoken, screen_telegram, screen_qr, screen_hear,
	screen_tour, screen_why, screen_stock, screen_totals, screen_figure, screen_map;
extern const struct screen screen_drill, screen_judging, screen_quiz, screen_attach;

/* For a screen's type handler, at its end: the keys that are the stack's stay unknown; s signs, a
 * capital opens its board; any other gets one line. */
enum act parts_unknown(struct view *view, int key);
/* A key that a picker does not know: its help, or what may be typed there. */
enum act parts_unpicked(struct view *view, int key);
/* A key for LIST. *CHOSEN: enter on a row. Letters go to the list while its filter is typed;
 * enter where nothing is left looks for the same words everywhere. */
enum act parts_list(struct view *view, struct list *list, int key, bool *chosen, bool *more);
/* A key for PAGE: enter opens the record, or lists the kind, of the line at '>'. CLOSED is said where
 * the line has neither. */
enum act parts_page(struct view *view, struct page *page, int key, const char *closed);
/* '/' from anywhere: one box over everything. */
enum act parts_find(struct view *view);
enum act parts_record(struct view *view, struct ref ref);
/* A new record that begins with PRESETS, as a draft has them (NULL: as ever). */
enum act parts_begin(struct view *view, const struct kind *kind, const char *presets);
/* Can who looks take a step of the record now? */
bool parts_acts(const struct view *view, struct ref ref);
/* What goes on paper: the official texts of the record at '>', its form, and what this screen shows. */
enum act parts_text(struct view *view);
/* The same, beginning with what this screen shows. */
enum act parts_picture(struct view *view);
/* Which rules the record at '>' is under; says so where there is no record. */
enum act parts_why(struct view *view);
enum act parts_records(struct view *view, const struct kind *kind);
/* What the figures on BOARD (figures_line) are made of, in AREA, about the record OF; says so where there are none. */
enum act parts_figures(struct view *view, char board, uint64_t area, struct ref of);
/* Those of KIND that belong to PARENT; seq 0 = all. */
enum act parts_children(struct view *view, const struct kind *kind, struct ref parent);
/* A new record; not allowed: says so. PARENT seq 0 = it stands alone. */
enum act parts_new(struct view *view, const struct kind *kind, struct ref parent);
/* May who looks add records of KIND (STEP 0), or take that step of such? Says so where not: before somebody types what would
 * be refused at the end. */
bool parts_may(struct view *view, const struct kind *kind, unsigned step);
/* The same under the record REF of the kind OF: where that is checked item by item, by its list. */
enum act parts_check(struct view *view, const struct kind *kind, const struct kind *of, struct ref ref);
/* What is on here, and the line of what rings, on STACK, or none. True: one is new, or it is time again: ring. */
bool parts_ring(struct stack *stack, struct store *store, struct ring *ring);
/* Is what is shown, or what rings, the beginning of it alone? And some more of that, in a few milliseconds: false when that was
 * the rest, load and ring again. */
/* When the clock shows the next minute, for .due: all that runs out ticks at once. */
int64_t parts_minute(const struct view *view);
bool parts_counts(const struct stack *stack);
bool parts_count(struct stack *stack, struct store *store);
/* The same when its minute has gone by; to be called now and then. */
bool parts_tick(struct stack *stack, struct store *store, struct ring *ring);
/* A key for STACK, and the line of the warning looked after when it may just have been signed (own
 * commits do not count as moved). False: leave. */
bool parts_press(struct stack *stack, struct store *store, int key, struct ring *ring);
/* In the user's name KIND is added (STEP 0), or its step taken, by THEN: after the PIN, where
 * roles.conf asks for it. */
enum act parts_prove(struct view *view, const struct kind *kind, unsigned step, enum act (*then)(struct view *view));
enum act parts_fault(struct view *view, const struct fault *fault);
/* Who acts on VIEW. */
struct actor parts_actor(const struct view *view);
/* Loads the view on top again, after something was written; a fault is noted. */
enum act parts_reload(struct view *view);

#endif
