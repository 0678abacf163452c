/* SPDX-License-Identifier: GPL-3.0-or-later
 * A terminal to look at, made of libvterm: bytes go in, plain text comes out, and what it answers.
 */
#ifndef TESTS_EYE_H
#define TESTS_EYE_H

#include "base/buf.h"

struct eye;

/* CODING: what the bytes are written in, NULL = UTF-8. */
struct eye *eye_new(unsigned rows, unsigned columns, const char *coding);
void eye_free(struct eye *eye);
void eye_size(struct eye *eye, unsigned rows, unsigned columns);
void eye_see(struct eye *eye, const char *at, size_t len);
/* What it shows, a line a row, blanks at the end cut, as grid_show writes it. */
void eye_show(struct eye *eye, struct buf *out);
void eye_cursor(struct eye *eye, int *row, int *column);
/* What the terminal sends back by itself: answers to questions. */
void eye_answers(struct eye *eye, struct buf *out);
/* What stands at a place: the code point, 0 for the second column; and whether it is bold. */
uint32_t eye_cell(struct eye *eye, unsigned row, unsigned column, bool *bold);

#endif
