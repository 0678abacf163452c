/* SPDX-License-Identifier: GPL-3.0-or-later
 * What an alert is about, as a code of the table "event": bureaus write 山洪灾害气象风险 where the table says 山洪.
 */
#ifndef APP_CAP_EVENT_H
#define APP_CAP_EVENT_H

#include "format/cap.h"

/* A national code (11B03) wherever INFO gives one, else the code that its event means, else the event's own words, else
 * the code of what its headline names; "" when all say nothing. A name means the code or label of "event" that it is, a
 * row of "event_word" (word, code), the same without what bureaus add (预警信号, 风险, a colour), or the longest of them
 * inside it. */
const char *cap_event(const struct cap_info *info);

#endif
