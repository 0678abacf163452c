/* SPDX-License-Identifier: GPL-3.0-or-later
 * What stack.c, which hands out the keys, and stack_draw.c and stack_title.c, which draw, share;
 * nobody else includes it.
 */
#ifndef UI_STACK_INSIDE_H
#define UI_STACK_INSIDE_H

#include "ui/compose.h"
#include "ui/guard.h"
#include "ui/screen.h"

enum { NOTE_SIZE = 400, BARS = 3, FIRST_ROWS = 24, FIRST_COLUMNS = 80 };

/* A question over the screen: it has every key until it is answered or dropped. */
struct question {
	bool on;
	bool drawn, seen; /* painted; and known to stand on the terminal */
	bool early;       /* y came before that */
	char about[NOTE_SIZE], what[80];
	enum act (*then)(struct view *view);
};

struct stack {
	struct store *store;
	struct user user;
	const struct screen *const *screens;
	struct view views[LIMIT_SCREENS + 1]; /* the last one is for what burns */
	unsigned depth;
	const struct screen *next; /* what stack_open asked for */
	struct aim aim;
	char note[NOTE_SIZE];
	enum look note_look;
	char choice[NOTE_SIZE];                  /* what stack_choose asks */
	bool alarm_signs;                        /* it waits for a signature: s is the key */
	char alarm[NOTE_SIZE];                   /* in the place of the title; "" = none */
	char alarm_rest[ALARM_RESTS][NOTE_SIZE]; /* what there is to do, shorter and shorter */
	struct {
		char mark[48], brief[16], tag[24], season[80]; /* tag: the brief one in brackets */
	} around;                                              /* what is on here */
	char clock[8];                                         /* "05:12" */
	struct question question;
	struct meter meter;
	struct face face;
	bool quiet;       /* no bell */
	unsigned lean;    /* SHOWN_LEAN_AUTO … */
	struct pane room; /* of the screen drawn last; its rows 0: too small for any */
	bool changed;
	bool tall;          /* there is room for a window */
	bool at_home;       /* home fills the terminal, whatever lies over it */
	bool laid;          /* the top screen was laid out since it was loaded */
	struct guard guard; /* while a PIN is asked for, it has the keys and the screen */
	enum act (*then)(struct view *view);
	int64_t touched; /* the last key */
	int acted;       /* the last key that may have acted, and when, milliseconds */
	int64_t acted_ms;
	bool fixed;             /* nobody else may take over */
	struct compose compose; /* hanzi from letters, wherever a text is typed */
};

static inline struct view *stack_top(struct stack *stack)
{
	return &stack->views[stack->depth - 1];
}

/* stack_title.c. A line of fewer columns than BRIEF_BELOW has no room for the whole mark of a
 * response behind an alarm. */
enum { BRIEF_BELOW = 70, TITLE_SIZE = sizeof(((struct view *)0)->title) + 80 };
/* Columns of TEXT as it is shown there: pinyin is wider than hanzi. */
unsigned stack_wide(struct pane pane, const char *text);
/* Home has a line of its own for what is on here. */
bool stack_shows_around(const struct stack *stack);
bool stack_typed(const struct view *view); /* are letters text, and shown as such? */
void stack_title(const struct stack *stack, const struct view *view, char title[TITLE_SIZE]);
void stack_draw_title(const struct stack *stack, const struct view *view, struct pane pane);

/* Keys typed ahead on a slow line meet screens that were never painted: they are laid out for them
 * (pages, columns). */
void stack_lay(struct stack *stack);

/* Rows of the screen's keys, a bit each: of those that begin what the user may not add, asked at
 * each load; and of all that are not offered now. */
uint32_t keys_barred(const struct view *view);
uint32_t keys_hidden(const struct view *view);

/* KEY for the question. True: it is the y that counts, and the question is gone. */
bool question_key(struct stack *stack, int key);
void question_drop(struct stack *stack);
/* The line of the question in two parts: what it is about, and the answer that it waits for. */
void question_end(const struct stack *stack, char end[NOTE_SIZE]);

/* The line of a choice that waits, behind whatever is noted. */
void choice_again(struct stack *stack);

/* Was KEY for pinyin? Then it stands in the note line, or its hanzi are typed; *ACT: what follows.
 */
bool stack_composes(struct view *view, int key, enum act *act);

/* What was pasted where there is no field for it: nothing but a note. */
enum act paste_nowhere(struct stack *stack, const char *text);

#endif
