/* SPDX-License-Identifier: GPL-3.0-or-later
 * Values as people type them, in every type of field: refused with a rule, or parse(show(x)) = x.
 * The first byte chooses the type.
 * needs: src/model/value.c src/base/time/when.c src/model/codes.c src/model/shipped.c
 */
#include "base/when.h"
#include "model/value.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_type(const struct field *field, const char *typed, bool strict)
{
	struct value_ways ways = {.now = 1783981412, .strict = strict};
	struct buf keep = {0}, text = {0}, keep_again = {0};
	struct value value = {0}, again = {0};
	const char *why = NULL;
	if (!value_parse(field, typed, &ways, &keep, &value, &why)) {
		assert(why && *why);
	} else {
		value_show(field, &value, &ways, &text);
		assert(value_parse(field, buf_cstr(&text), &ways, &keep_again, &again, &why));
		assert(value_equal(&value, &again));
	}
	buf_release(&keep);
	buf_release(&text);
	buf_release(&keep_again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 1)
		return 0;
	struct field field = {.tag = 1, .name = "field", .label = "field", .codes = "grade"};
	field.type = data[0] % T_TYPES;
	field.flags = data[0] & 64 ? F_NEG : 0;
	char *typed = malloc(size);
	if (!typed)
		return 0;
	memcpy(typed, data + 1, size - 1);
	typed[size - 1] = 0;
	check_type(&field, typed, data[0] & 128);
	free(typed);
	return 0;
}
