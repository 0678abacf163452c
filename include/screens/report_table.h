/* SPDX-License-Identifier: GPL-3.0-or-later
 * The table of the board B: its columns and what stands in them.
 */
#ifndef SCREENS_REPORT_TABLE_H
#define SCREENS_REPORT_TABLE_H

#include "screens/report_page.h"

/* The short head of a figure's column. */
const char *report_label(unsigned figure);
/* Its width; 0: not on a narrow screen. */
unsigned report_width(unsigned figure, bool wide);
/* Blanks until what stands behind FROM takes that many columns. */
void report_pad(struct buf *out, size_t from, unsigned columns);
void report_trim(struct buf *out);
/* A name in its column with what stands behind it; the name is cut where both do not fit. */
void report_put_name(struct buf *out, const char *name, const char *behind, unsigned columns);
/* All figures in their columns, '.' where one is unknown; of a DIFFERENCE only what is there, with its sign. */
void report_put_numbers(struct buf *out, const struct loss_numbers *numbers, bool wide, bool difference);
/* 05:40 today, else 11-28. */
void report_put_time(const struct report_page *page, int64_t at, struct buf *out);

#endif
