/* SPDX-License-Identifier: GPL-3.0-or-later
 * Texts of alerts without the markup that some services put into them.
 */
#ifndef APP_CAP_PLAIN_H
#define APP_CAP_PLAIN_H

#include "base/buf.h"

/* TEXT without HTML: known tags go, with a line end where a paragraph, row or item begins; character references become
 * their characters. "风速<5" and "A & B" stay as they are. Appended to OUT. */
void cap_plain(const char *text, struct buf *out);

#endif
