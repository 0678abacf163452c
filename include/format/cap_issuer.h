/* SPDX-License-Identifier: GPL-3.0-or-later
 * Who issues an alert: the unit. China's relay writes the forecaster on duty where the unit belongs.
 */
#ifndef APP_CAP_ISSUER_H
#define APP_CAP_ISSUER_H

#include "format/cap.h"

/* The unit that SENDER (of the alert), or senderName or headline of INFO (may be NULL) names; in ARENA, "" when none
 * does. *WRITER: the person who stands in its place; "". */
const char *cap_issuer(const char *sender, const struct cap_info *info, struct arena *arena, const char **writer);

#endif
