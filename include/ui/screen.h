/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a screen is: load from the store, lay out, draw from its own state, answer keys. The handler
 * says what must follow, the stack does it.
 */
#ifndef UI_SCREEN_H
#define UI_SCREEN_H

#include "store/station.h"
#include "ui/face.h"
#include "ui/grid.h"
#include "ui/keys.h"

/* ACT_INSTEAD: as ACT_OPEN, and the screen itself is closed: behind the new one stands what was below. ACT_BOARD: as ACT_OPEN, but
 * right over home: what lay between is closed. */
enum act { ACT_NONE, ACT_DRAW, ACT_OPEN, ACT_INSTEAD, ACT_BOARD, ACT_BACK, ACT_HOME, ACT_QUIT, ACT_UNKNOWN };

struct app;
struct stack;
struct pick;

/* What a screen was opened for. */
struct aim {
	const struct kind *kind;
	struct ref ref;     /* a record; seq 0 = none */
	unsigned step;      /* write: take this step */
	bool steps;         /* record: what can be done is listed at once */
	struct query query; /* records */
	char text[600];     /* lookup: words to begin with; write: what it begins with, a line each */
	struct ref parent;  /* write: the record the new one belongs to */
	struct ref instead; /* write: the refused record that it stands for */
	bool zones;         /* tick: only who lives in a danger zone */
	bool other;         /* write: somebody else than the user has to do it; text: what the screen below shows comes first */
	char figure
		[120]; /* records: only those behind the count or figure of the rules of that name, in .query.area, of the record
	                     * .parent; figure: names, separated by ','. text: what it is called */
	int64_t at;    /* in whose month; 0 = this one */
	bool alone;    /* only what lies in the area itself */
	int64_t draft_at; /* write: the draft kept then, in SLOT, is gone on with; 0 = begin anew */
	unsigned slot;
};

struct view {
	const struct screen *screen;
	struct stack *stack;
	struct store *store;
	struct user user;
	/* Somebody else who has shown a PIN, for this screen alone; who 0 = nobody. Forgotten when
	 * the terminal asks again who is there. */
	struct user second;
	struct aim aim;
	void *state;        /* size bytes, zeroed, of the screen's own */
	struct arena arena; /* emptied before each load */
	unsigned columns;   /* of the last layout */
	bool more;          /* set by layout: a page goes on below, and the note line says so while it has nothing else to say */
	char title[160];    /* set by load: stands in the title bar behind the screen's own title */
	bool typing;        /* a text is being typed: keys go to type before the key table */
	bool choosing;      /* by stack_choose: what else is shown stays */
	bool to_top;        /* set by h before the load of home: '>' goes to the first row */
	bool board;         /* opened by ACT_BOARD: its lines say by themselves what it is */
	struct ref about;   /* of the question asked last: what stack_ask's THEN is to act on */
	int64_t due;        /* set by load: when to look again, seconds; 0 = never */
	bool counting;      /* set by load: what is shown is the beginning, .more goes on */
	bool drawn;         /* painted since its last load */
	uint32_t hidden;    /* at each load: rows of the screen's keys that the user's role may not use, a bit each */
};

struct key {
	int key;
	const char *label; /* N_(); in the key bar, in help; NULL = not in the bar */
	enum act (*fn)(struct view *view);
};

/* When a key of the table is offered: where each of its rows holds, and always where it has none. Pressed all the same, it
 * says why not. */
struct key_when {
	int key;
	unsigned kind; /* who may not add records of it is not offered the key; WHEN_AIM: of the kind that the screen was
			* opened for; 0: nothing is added */
	/* Is there something for it to do? Of what is loaded and shown alone, no store; NULL: always. */
	bool (*can)(const struct view *view);
};
enum { WHEN_AIM = ~0u >> 1 };

struct screen {
	const char *name, *title; /* title: N_() */
	size_t size;
	const struct key *keys;                                  /* ends with key 0; the stack adds ? q ^X Esc h ^G ^L */
	enum rc (*load)(struct view *view, struct fault *fault); /* at opening and when the data moved */
	/* Fits the state to a pane as large as ROOM: pages, columns, folding, what is scrolled away.
	 * Called before each draw, and before the first key after a load. May be NULL. */
	void (*layout)(struct view *view, struct pane room);
	/* From the screen's state alone: no store, no clock, nothing changes. */
	void (*draw)(const void *state, struct pane pane);
	enum act (*type)(struct view *view, int key); /* keys that are not in the table; may be NULL */
	/* A text that came at once while view->typing: it goes where the cursor is. NULL: nowhere. */
	enum act (*paste)(struct view *view, const char *text);
	struct ref (*row)(const struct view *view);          /* the record at '>'; may be NULL */
	const struct pick *(*pick)(const struct view *view); /* the picker that has the keys now, NULL = none; may be NULL */
	/* Some more of what load began, in a few milliseconds, while nobody presses a key; what is shown stays as it is. False: that
	 * was the rest, load again. May be NULL. */
	bool (*more)(struct view *view);
	void (*left)(struct view *view); /* another one goes over it; may be NULL */
	void (*done)(struct view *view); /* may be NULL */
	/* Reads what is read page by page to its end, for paper; may be NULL. */
	enum rc (*whole)(struct view *view, struct fault *fault);
	const char *help;                          /* N_(), some lines; may be NULL */
	bool over;                                 /* some rows over the screen below, which stays to be seen */
	unsigned (*rows)(const struct view *view); /* .over: rows that it has something for; NULL: all that it may have */
	/* Does it stand in the middle of home, whose first and last rows stay to be seen? Asked at each layout, where there is
	 * room for that; NULL: never. */
	bool (*window)(const struct view *view);
	bool every_key;              /* ^G goes to type, too: keys are tried out here */
	bool dense;                  /* many keys: no blank between key and word in the bar */
	const char *acts;            /* further keys that write at once; may be NULL */
	const struct key_when *when; /* ends with key 0; may be NULL */
	const char *enter;           /* N_(): what Enter does while a text is typed, where that is not to take it */
};

/* SCREENS: all of them, screens/screens.c; ends with NULL. */
struct stack *stack_new(struct store *store, const struct user *user, const struct screen *const *screens);
void stack_free(struct stack *stack);
/* From a handler, followed by returning ACT_OPEN. */
struct aim *stack_open(struct view *view, const char *screen);
/* WHO's PIN is asked for over the screen, if they have one, and THEN follows when it was right: at
 * once for who has none. WHAT it is for, translated. Followed by returning what it returns. */
enum act stack_prove(struct view *view, const struct user *who, const char *what, enum act (*then)(struct view *view));
/* A question in the note line, "ABOUT：按 y WHAT，其他键不办" (both translated); THEN follows the y, if
 * it was pressed after the line had been seen. Any other key drops it. It outlives reloads: THEN
 * looks again whether it may. Followed by returning what it returns. */
enum act stack_ask(struct view *view, enum act (*then)(struct view *view), const char *what, const char *fmt, ...) PRINTF(4, 5);
/* Is there a question that waits for its answer? */
bool stack_asking(const struct view *view);
/* From now on USER is at the keys. False: the login itself said who it is. */
bool stack_user(struct view *view, const struct user *user);
void stack_note(struct view *view, enum look look, const char *fmt, ...) PRINTF(3, 4); /* the line above the key bar */
/* One key is typed that the note line asks for: it goes to type, and .typing is on until stack_chosen. The line stays when
 * the screen is painted again, and comes back behind what ^G opened. Followed by returning what it returns. */
enum act stack_choose(struct view *view, const char *fmt, ...) PRINTF(2, 3);
void stack_chosen(struct view *view);
const struct screen *const *stack_screens(const struct view *view);

/* What the line to the terminal does: the last large frame took so many milliseconds to be shown and answered. */
struct meter {
	unsigned bytes, ms; /* 0 = not known */
};
const struct meter *stack_meter(const struct view *view);
/* No bell, as the user chose. */
void stack_quiet(struct stack *stack, bool quiet);
bool stack_is_quiet(const struct stack *stack);
/* SHOWN_…: whether screens leave out what can wait; and whether they do, by that choice and the line as it was measured. */
void stack_lean(struct stack *stack, unsigned choice);
bool stack_is_lean(const struct view *view);
/* How the terminal shows things from now on; the loop hands it to the terminal. */
void stack_face_set(struct stack *stack, const struct face *face);
const struct face *stack_face(const struct stack *stack);

/* The loop's side: false from stack_key = leave. */
void stack_metered(struct stack *stack, const struct meter *meter);
/* The login says who it is: nobody else takes the terminal over (a second person may still sign).
 */
void stack_fix(struct stack *stack);
/* After so many minutes without a key (policy.pin.minutes of roles.conf) the screen goes behind the
 * question for the PIN of the user who has one; what was being typed is behind it. To be called now
 * and then; stack_key does. */
void stack_rest(struct stack *stack);
enum rc stack_load(struct stack *stack, struct fault *fault) MUST_CHECK;
void stack_draw(struct stack *stack, struct grid *grid);
bool stack_key(struct stack *stack, int key); /* K_HANGUP goes to the type of every open screen, the top one first */
bool stack_start(struct stack *stack, const char *screen, struct fault *fault); /* over what is open */
bool stack_start_on(struct stack *stack, const char *screen, const struct aim *aim, struct fault *fault);
/* What the top screen shows (BELOW: the one under it), as lines of COLUMNS, the first its title, and as many as it takes.
 * False: there is none. */
bool stack_picture(struct stack *stack, bool below, unsigned columns, struct buf *out);
const struct screen *stack_below(const struct view *view); /* the screen under the top one; NULL: home is the top one */
int64_t stack_due(const struct stack *stack);              /* when the screen should look again, seconds; 0 = never */
bool stack_counts(const struct stack *stack);              /* is the top screen not whole yet? */
void stack_count(struct stack *stack);                     /* some more of it */
bool stack_dirty(const struct stack *stack);               /* draw it; stack_draw makes it clean */
void stack_say(struct stack *stack, enum look look, const char *text); /* a note from outside: progress of a child */
/* What must not be overlooked: the title of what is most urgent, and what there is to do, whole and then shorter. The
 * first rest is taken that leaves room for WHAT and for the title of the screen; of these WHAT is cut, the rest is not. */
enum { ALARM_RESTS = 3 };
struct stack_alarm {
	const char *what, *rest[ALARM_RESTS];
	bool signs; /* it waits for a signature: s is the key */
};
/* It stands in the place of the title, on every screen, until it is set again (.what "" = nothing). */
void stack_alarm(struct stack *stack, const struct stack_alarm *alarm);
/* What is on here: MARK of the response behind the title of every screen but home, which has a line for
 * it; BRIEF where there is no room for that; SEASON where there is room for all. All may be "". */
void stack_around(struct stack *stack, const char *mark, const char *brief, const char *season);
/* "05:12", behind them where no alarm stands. */
void stack_clock(struct stack *stack, const char *clock);
/* What it shows, where an alarm stands in the place of the title; "" = none does. */
const char *stack_hidden_clock(const struct view *view);
/* There is a question of which nobody knows yet whether it was seen: the next frame has to be marked
 * (term_mark). stack_seen: the last frame was. */
bool stack_waits(const struct stack *stack);
void stack_seen(struct stack *stack);
/* A text that was pasted: it goes into the field where the cursor is, or nowhere; it is never taken
 * for keys. False: leave. */
bool stack_paste(struct stack *stack, const char *text);
/* Does KEY act here at once: sign, take back, go to a board, write a result? */
bool stack_acts(const struct stack *stack, int key);
/* KEY came at MS (milliseconds of any clock): is it a digit that acts and bounces, or is held down? It counts once. To be asked
 * of each key, in their order. */
bool stack_bounces(struct stack *stack, int key, int64_t ms);
/* KEYS came faster than a person types: do so many of them act that none may be taken? Then so many
 * are refused, and it is said. */
bool stack_many(const struct stack *stack, const int *keys, unsigned count);
void stack_refuse(struct stack *stack, unsigned count);

#endif
