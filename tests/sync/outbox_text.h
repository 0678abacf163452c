/* SPDX-License-Identifier: GPL-3.0-or-later
 * The outbox as text, for tests whose roads are others than its own.
 */
#ifndef SYNC_TRAY_TEXT_H
#define SYNC_TRAY_TEXT_H

#include "store/rows/internal.h"

/* Its lines behind OUT. */
void outbox_text_put(struct store *store, struct buf *out);

#endif
