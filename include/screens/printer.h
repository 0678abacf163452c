/* SPDX-License-Identifier: GPL-3.0-or-later
 * Where sheets go: to a printer, a file, a command. The application says how, screens and line mode ask.
 */
#ifndef SCREENS_PRINTER_H
#define SCREENS_PRINTER_H

#include "screens/qr.h"

enum print_to { PRINT_PAPER, PRINT_FILE, PRINT_PIPE };

struct printer {
	struct sheet_size (*size)(void *to);
	/* Why sheets cannot go there from here, translated; NULL: they can. */
	const char *(*refuses)(void *to, enum print_to where);
	/* NAME: of the sheet (paper, file), or the command. SAID: what came of it. False: it went wrong. */
	bool (*put)(void *to, enum print_to where, const char *name, struct bytes sheet, struct buf *said);
	/* Works TEXT out as squares. False: SAID is why not, and what to do. */
	bool (*qr)(void *to, struct bytes text, struct qr *qr, struct buf *said);
	/* Are its characters those of a coding of hanzi, in which blocks are as wide as these? */
	bool (*wide)(void *to);
	void *to;
};

/* PRINTER is borrowed for as long as it is asked; NULL: there is none. */
void printer_set(const struct printer *printer);
struct sheet_size printer_size(void);
const char *printer_refuses(enum print_to where);
bool printer_qr(struct bytes text, struct qr *qr, struct buf *said);
bool printer_wide(void);
/* Why no file of this machine can be attached to PARENT from here: whoever came in through a login that opens nothing but the
 * terminal reads none either. NULL: one can. */
const char *attach_refuses(struct ref parent);
bool printer_put(enum print_to where, const char *name, struct bytes sheet, struct buf *said);

#endif
