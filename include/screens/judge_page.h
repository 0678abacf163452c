/* SPDX-License-Identifier: GPL-3.0-or-later
 * Marks item by item, and a quiz, as texts: for the screens and for line mode.
 */
#ifndef SCREENS_JUDGE_PAGE_H
#define SCREENS_JUDGE_PAGE_H

#include "work/judging.h"
#include "work/quiz.h"

/* "无脚本拉动  实战演练评估表 1" */
void judge_page_title(const struct judging *judging, struct buf *out);
/* "3/13 事故监测与研判：有人盯险情"; nothing when all are marked. */
void judge_page_item(const struct judging *judging, struct buf *out);
/* "A优 B良 C中 D差" */
void judge_page_marks(struct buf *out);
/* "1A 2B 3_": as many of the last as stand in a line. */
void judge_page_progress(const struct judging *judging, struct buf *out);
/* "13项评完：平均83分 良  A4 B7 C2 D0" */
void judge_page_sum(const struct judging *judging, struct buf *out);
/* "问题2条，^O 存：各立一条，30天内改" */
void judge_page_makes(const struct judging *judging, struct buf *out);

/* "3/16 电话没人接，下一步是" */
void quiz_page_question(const struct quiz *quiz, struct buf *out);
/* "1 记已接听" of option N (from 0); false: there is none. */
bool quiz_page_option(const struct quiz *quiz, unsigned n, struct buf *out);
/* "上一题错了：记无人接，到时叫下一个人"; nothing before the first answer. */
void quiz_page_last(const struct quiz *quiz, struct buf *out);
/* "16题都答对了：一次答对14题 87分 学时0.2" */
void quiz_page_sum(const struct quiz *quiz, int64_t now, struct buf *out);

#endif
