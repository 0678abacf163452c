/* SPDX-License-Identifier: GPL-3.0-or-later
 * A record's short messages as QR codes, for the camera of a telephone: on a screen and on paper. The program that works them out
 * is asked by the application (screens/printer.h).
 */
#ifndef SCREENS_QR_H
#define SCREENS_QR_H

#include "format/qr.h"
#include "screens/hearing.h"
#include "screens/sheet.h"
#include "ui/grid.h"

/* In PANE, as QR_LIGHT; TURNED: as QR_INK. Cut where it is too large. */
void qr_draw(const struct qr *qr, bool turned, struct pane pane);

/* All of its short messages in one code, and one for each. */
struct qr_record {
	struct hearing said;
	struct qr whole, each[TELEGRAMS];
};

/* False: TOLD says why there is none, and what to do; .said may hold the short messages all the same. */
bool qr_record_load(struct qr_record *codes, struct store *store, const struct user *user, struct ref ref, struct buf *told);
void qr_record_release(struct qr_record *codes);
/* For paper, with QR_HEADS lines that head each page: what it is, the code, or where that is too wide one for each message, and
 * the messages. */
enum { QR_HEADS = 2 };
void qr_record_sheet(const struct qr_record *codes, const struct actor *actor, struct ref ref, struct buf *out);

#endif
