/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a message does to warnings, by its own words: a bureau may lift one by an update, with its colour unchanged, and
 * only the headline or one element of the block says so.
 */
#ifndef APP_CAP_DEED_H
#define APP_CAP_DEED_H

#include "format/cap.h"

enum cap_deed {
	CAP_SILENT, /* neither */
	CAP_ISSUES, /* a warning, or a new colour of one */
	CAP_LIFTS,  /* and issues none */
	CAP_TURNS,  /* lifts one and issues another */
};

/* By the words of a headline, in Chinese or English: 解除 and the like only where a warning is what is lifted, not
 * "尚未解除" and not "预计18时解除". */
enum cap_deed cap_headline(const char *headline);

/* The kind of message that INFO is, of an alert that says DECLARED (alert, update, cancel): lifted by responseType
 * AllClear, urgency Past or the headline, each alone; in force where a headline issues something in place of what it
 * lifts. *WHY: what spoke against DECLARED (an element's name), NULL when nothing did. */
const char *cap_msgtype(const struct cap_info *info, const char *declared, const char **why);

#endif
