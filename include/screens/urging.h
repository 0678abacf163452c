/* SPDX-License-Identifier: GPL-3.0-or-later
 * Keys of home that write without a form: r urges who owes what a row is about, u takes back what the user's last key
 * wrote.
 */
#ifndef SCREENS_URGING_H
#define SCREENS_URGING_H

#include "ui/screen.h"
#include "work/agenda.h"
#include "work/writing.h"

/* The places that an order, or the step of an order, would urge about ABOUT, a record; seq 0: about today's zero report.
 * *COUNT 0: none, or they were urged already. */
enum rc urging_count(const struct actor *actor, struct ref about, unsigned *count, struct fault *fault) MUST_CHECK;
/* Urges them. RC_BAD: there is none. */
enum rc urging_write(const struct actor *actor, struct ref about, unsigned *count, struct fault *fault) MUST_CHECK;
/* "催59处报零报告", "催3处答复 …". */
void urging_words(struct store *store, struct ref about, unsigned count, struct buf *out);
/* The step or the new record (*STEP 0) that it writes, for the PIN. */
const struct kind *urging_kind(struct store *store, struct ref about, unsigned *step);
/* r on a screen, ITEM being the row of home at '>', or NULL. */
enum act urging_ask(struct view *view, const struct need_item *item);
/* The same about a record. */
enum act urging_ask_for(struct view *view, struct ref about);

/* "签收 暴雨红色预警 05:13". */
void urging_back_words(struct store *store, const struct written *last, struct buf *out);
/* u on a screen. */
enum act urging_back(struct view *view);

#endif
