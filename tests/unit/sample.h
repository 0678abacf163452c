/* SPDX-License-Identifier: GPL-3.0-or-later
 * A kind, a code table and people made for the tests of forms, pickers and line mode.
 */
#ifndef TESTS_SAMPLE_H
#define TESTS_SAMPLE_H

#include "ui/form.h"

enum { S_PLACE = 1, S_SORT, S_COUNT, S_FOUND, S_TEXT, S_PHONE, S_OWNER, S_AREA, S_URGENT, S_TAGS };

extern const struct kind sample_kind;

/* Lays the code table "sample" over the others. */
void sample_codes(void);
/* 2026-07-14 06:33, the area 410882105201, records by name from a list of three people. */
struct form_ways sample_ways(void);
/* A form of it, or of its STEP, with what a new one begins with. */
void sample_form(struct form *form, const struct step *step);
/* The fields of the fact that the form becomes; false: a field is wrong. */
bool sample_body(struct form *form, const struct step *step, struct buf *body);
/* Presses the keys of TEXT; '\n' is enter, '\t' Tab. */
enum form_act sample_type(struct form *form, const char *text);

#endif
