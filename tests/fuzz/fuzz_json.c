/* SPDX-License-Identifier: GPL-3.0-or-later
 * JSON from outside: the check without memory and the parser agree, and what was read can be
 * walked to the end.
 * needs: src/format/json.c src/format/json_check.c
 */
#include "format/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void walk(const struct json *value, unsigned depth)
{
	struct buf text = {0};
	assert(depth <= JSON_DEPTH + 1);
	json_as_text(value, &text);
	buf_release(&text);
	for (const struct json *at = json_first(value); at; at = json_next(at)) {
		if (json_type(value) == JSON_OBJECT)
			assert(json_name(at) && json_get(value, json_name(at)));
		walk(at, depth + 1);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fault fault = {0};
	struct json *root = NULL;
	size_t at = 0;
	const char *why = NULL;
	bool good = json_check(bytes_of(data, size), &at, &why);
	assert(good || (why && at <= size));
	enum rc rc = json_parse(bytes_of(data, size), &root, &fault);
	assert(good == (rc == RC_OK));
	if (rc == RC_OK) {
		walk(root, 0);
		json_free(root);
	}
	return 0;
}
