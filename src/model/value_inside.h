/* SPDX-License-Identifier: GPL-3.0-or-later
 * What value.c takes for its table from the files beside it; nobody else includes it.
 */
#ifndef MODEL_VALUE_INSIDE_H
#define MODEL_VALUE_INSIDE_H

#include "model/value.h"

/* The digit that a code point is, full-width forms included; -1. */
int value_digit(uint32_t cp);

/* NUMBER of thousandths (UNIT 1000) or millionths (1000000), PLACES behind the point: as short as
 * it goes. */
void value_show_parts(int64_t number, int64_t unit, int places, struct buf *out);

bool parse_num(const struct field *field, const char *typed, const struct value_ways *ways,
	struct buf *keep, struct value *value, const char **why);
bool parse_dec(const struct field *field, const char *typed, const struct value_ways *ways,
	struct buf *keep, struct value *value, const char **why);
bool parse_lon(const struct field *field, const char *typed, const struct value_ways *ways,
	struct buf *keep, struct value *value, const char **why);
bool parse_lat(const struct field *field, const char *typed, const struct value_ways *ways,
	struct buf *keep, struct value *value, const char **why);
void show_dec(const struct field *field, const struct value *value, const struct value_ways *ways,
	struct buf *out);
void show_degree(const struct field *field, const struct value *value,
	const struct value_ways *ways, struct buf *out);

#endif
