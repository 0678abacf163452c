/* SPDX-License-Identifier: GPL-3.0-or-later
 * What people are told when their station had to go on under another site.
 */
#ifndef APP_PAST_H
#define APP_PAST_H

#include "format/json.h"
#include "store/identity.h"

/* A sentence, a key; nothing when past->at is 0. NOW: the code that the station has. */
void past_text(const struct past *past, const char *now, struct buf *out);
void past_json(const struct past *past, const char *now, struct json_out *out);

#endif
