/* SPDX-License-Identifier: GPL-3.0-or-later
 * Line mode for dumb terminals, very slow lines and screen readers: the same lists and forms, one
 * question a line. No cursor motion, no colour. From a terminal by readline; from a pipe or file
 * line by line, answers echoed.
 *
 * Everywhere: '?' explains, '<' goes back, '!' shows what burns, '|' prints what is shown, an empty line
 * keeps what is there. Errors stand on their
 * own line and begin with 错误.
 */
#ifndef UI_LINE_H
#define UI_LINE_H

#include <stdio.h>

#include "base/secret.h"
#include "ui/form.h"
#include "ui/page.h"

enum line_act {
	LINE_OK,
	LINE_BACK, /* '<' */
	LINE_END   /* end of input, or hang-up */
};

struct line {
	FILE *in, *out;
	bool keys;          /* a terminal: readline */
	bool bare;          /* a terminal, but its own driver edits and echoes: nothing here moves the cursor */
	const char *coding; /* of the terminal, NULL = UTF-8 */
	unsigned columns;   /* 80 */
	/* An answer came after so many seconds: is it still the same person's? NULL: nobody
	 * wonders. */
	bool (*same)(void *to, int64_t seconds);
	/* Before each question: what came meanwhile. For the answer '!', or Ctrl-G: what burns; then the
	 * question comes again. NULL: nothing does. */
	void (*tell)(void *to);
	void (*burning)(void *to);
	/* For the answer '|', and 'p' at a list: what is shown there goes on paper. NULL: nothing does. */
	void (*paper)(void *to);
	/* Is the letter a place that one can go to from any list or board? NULL: none is. */
	bool (*place)(void *to, char letter);
	/* What somebody typed is not in the menu: true, and it was said why not. NULL: nobody knows. */
	bool (*unlisted)(void *to, const char *typed);
	void *to;
	char going;      /* such a letter was answered: all questions go back until who knows the places takes it; 0 = none */
	int64_t touched; /* the last answer */
	bool aside;      /* inside one of the three */
	char asked[200]; /* the question that waits */
};

enum { LINE_PAGE = 10 };                /* rows said at once */
unsigned line_number(const char *text); /* a number and nothing else: 1 ...; 0 when it is not one */
void line_start(struct line *line, FILE *in, FILE *out);
/* The same without readline, where only text may be sent: a printer, a reader of screens. */
void line_start_bare(struct line *line, FILE *in, FILE *out);
void line_bell(struct line *line);                                   /* on a terminal */
void line_say(struct line *line, const char *fmt, ...) PRINTF(2, 3); /* one line */
void line_bad(struct line *line, const char *fmt, ...) PRINTF(2, 3); /* 错误：… */
/* The lines of PAGE from FROM to before TO, each on one. */
void line_page(struct line *line, const struct page *page, unsigned from, unsigned to);
/* The row of LIST that is shown as the N-th, from 0, with its number from 1. */
void line_row(struct line *line, struct list *list, unsigned n);
/* One question. NOW (may be NULL) is what an empty answer keeps; HELP (may be NULL) is said on '?'.
 */
enum line_act line_ask(struct line *line, const char *question, const char *now, const char *help, struct buf *answer);
/* The same of a list or board, where letters are keys: one that is a place leaves for there. */
enum line_act line_choose(struct line *line, const char *question, const char *now, const char *help, struct buf *answer);
/* A PIN, never shown, to be wiped. False: none was typed. */
bool line_secret(struct line *line, const char *question, char pin[LIMIT_PIN + 1]);
/* 是 or 否, y or n; an empty answer is no: Enter alone writes nothing. */
enum line_act line_yes(struct line *line, const char *question, bool *yes);
/* The same until it is one of the two: where no would lose what was typed. */
enum line_act line_sure(struct line *line, const char *question, bool *yes);
/* Pages of 10: a number chooses (counted over the pages), words filter, '/' shows all again, empty
 * = the next page. */
enum line_act line_list(struct line *line, const char *title, struct list *list, struct list_row **chosen);
/* One of COUNT labels, by its number, by its letter in KEYS (NULL, or a blank there: it has none), or by words (pinyin too)
 * that name it alone. One that is NULL is not there now: the others keep their numbers. */
enum line_act line_menu(
	struct line *line, const char *title, const char *const *labels, const char *keys, unsigned count, unsigned *chosen);
/* PICK is started; LINE_OK: pick_value has the answer. */
enum line_act line_pick(struct line *line, struct pick *pick);
/* Asks field by field ("第 3 项，共 9 项"), shows everything at the end and saves at y alone: an empty answer asks again.
 * LINE_OK: form_hand is good. Besides the answers of everywhere: '-' empties a field, '.' goes to
 * the end, '<<' leaves the form. */
enum line_act line_form(struct line *line, struct form *form);

#endif
