/* SPDX-License-Identifier: GPL-3.0-or-later
 * QR codes, worked out by the program of the setting qr (qrencode).
 */
#ifndef APP_QR_H
#define APP_QR_H

#include "base/base.h"
#include "format/qr.h"

/* RC_NONE: there is no such program, and FAULT says what to install; RC_BAD: TEXT is too long. QR to be released. */
enum rc qr_make(struct bytes text, struct qr *qr, struct fault *fault) MUST_CHECK;
/* What a command prints beside its lines: in blocks for a terminal, in ink for a file or a printer. An exit code. */
int qr_print(struct bytes text);

#endif
