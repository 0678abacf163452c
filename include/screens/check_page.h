/* SPDX-License-Identifier: GPL-3.0-or-later
 * A check item by item as texts, for the screen and for line mode.
 */
#ifndef SCREENS_CHECK_PAGE_H
#define SCREENS_CHECK_PAGE_H

#include "work/checking.h"

/* "村东铁路涵洞 橙O  FLD2 1": what is checked, by which list. */
void check_page_title(const struct checking *checking, struct buf *out);
/* "3/10 涵洞、路口积水不超过15厘米"; nothing when all are answered. */
void check_page_item(const struct checking *checking, struct buf *out);
/* " 上次11-28: 是", " 上次0.10(11-28) 0.08(11-27)"; nothing when it is not known. */
void check_page_before(const struct checking *checking, int64_t now, struct buf *out);
/* "1是 2否 3_", as many of the last as stand in a line. */
void check_page_progress(const struct checking *checking, struct buf *out);
/* "10项答完：是7 否2 不适用1  用时45秒" */
void check_page_sums(const struct checking *checking, int64_t now, struct buf *out);
/* "否2项：立隐患2条，^O一起存"; what is to be done now. */
void check_page_makes(const struct checking *checking, struct buf *out);
/* The Nth no, from 0: "3 涵洞…  车辆道路 一般 水到膝盖"; false after the last. */
bool check_page_no(const struct checking *checking, unsigned n, struct buf *out);
/* "水位0.42(上次0.10，高0.32)" of the Nth number that was given, from 0; false after the last. */
bool check_page_number(const struct checking *checking, unsigned n, int64_t now, struct buf *out);
/* What of the station, of an expert: the Nth text beside the answers, its label and room; NULL after the last. */
char *check_page_extra(struct checking *checking, unsigned n, const char **label);

#endif
