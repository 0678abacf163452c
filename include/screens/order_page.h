/* SPDX-License-Identifier: GPL-3.0-or-later
 * The board L: orders with each receiver's answer, and tasks. For the screen and for line mode.
 */
#ifndef SCREENS_ORDER_PAGE_H
#define SCREENS_ORDER_PAGE_H

#include "screens/tally.h"
#include "work/orders.h"

struct order_page {
	struct tally tally;
	struct orders orders; /* in the arena given at loading */
	struct ref open;      /* the order whose receivers are shown; seq 0: the first */
	uint64_t own;         /* this station */
	uint32_t newest;      /* its newest order, while another is written: the next load goes to that one; 0 = none is */
	bool goes;            /* '>' goes to .open when it is laid out next */
	bool all;             /* also what is done */
	bool far;             /* receivers are of several townships: named with theirs */
	int64_t now;
	unsigned columns;
	struct arena lines; /* of the layout */
	char said[160];
};

/* What a digit or enter means at '>'. */
enum order_row { ROW_NONE, ROW_ORDER, ROW_PLACE, ROW_TASK };

enum { ANSWER_STATES = 6 };

enum rc order_page_load(struct order_page *page, const struct actor *actor, struct arena *arena, struct fault *fault) MUST_CHECK;
void order_page_lay(struct order_page *page, unsigned columns);
void order_page_release(struct order_page *page);
/* What '>' stands on; *ORDER also for a receiver of it. What does not apply is NULL. */
enum order_row order_page_at(
	struct order_page *page, const struct order **order, const struct order_place **place, const struct task_line **task);
/* Whose receivers are shown; NULL: there is no order. */
const struct order *order_page_open(const struct order_page *page);
/* The receivers of the order at '>' are shown instead; true: that was another one. */
bool order_page_turn(struct order_page *page);
/* An order is about to be written here: it is shown when the page is loaded next. */
void order_page_expect(struct order_page *page);
/* "指令BX-128 卫满仓02:51 限05:51 剩5分 要报数字", and a receiver or a task in one line. */
void order_page_order(struct order_page *page, const struct order *order, struct buf *out);
void order_page_place(struct order_page *page, const struct order_place *place, struct buf *out);
void order_page_task(struct order_page *page, const struct task_line *task, struct buf *out);
/* Does answer N of ORDER want words, a number before them? */
bool order_page_wants(const struct order *order, unsigned n);
/* Does an order wait for the signature of this place? */
bool order_page_signs(const struct order_page *page);
/* May answer N be given to ORDER (NULL: there is none) now? It is not signed twice. */
enum rc order_page_may(struct order_page *page, const struct order *order, unsigned n, struct fault *fault) MUST_CHECK;
/* What is about to be answered, and what was answered before: "指令BX-128 涵洞封闭 -> 已完成 2 已封，原来答的是 处置中05:46". */
void order_page_question(struct order_page *page, const struct order *order, unsigned n, const char *typed, struct buf *out);
/* Answer N to ORDER; says so in .said. */
enum rc order_page_answer(struct order_page *page, const struct actor *actor, const struct order *order, unsigned n,
	const char *typed, struct fault *fault) MUST_CHECK;

#endif
