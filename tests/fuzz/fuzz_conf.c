/* SPDX-License-Identifier: GPL-3.0-or-later
 * The county's data files: any bytes are read to the end or refused with file, line and rule.
 * needs: src/base/file/conf.c
 */
#include "base/conf.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool take_line(const struct conf_line *line, void *to, const char **why)
{
	unsigned *last = to;
	assert(line->number > *last && line->count >= 1 && line->count <= CONF_COLUMNS);
	*last = line->number;
	for (unsigned i = 0; i < line->count; i++)
		if (strcmp(line->word[i], "refuse") == 0) {
			*why = "refused";
			return false;
		}
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fault fault = {0};
	unsigned last = 0;
	enum rc rc = conf_each("file", bytes_of(data, size), take_line, &last, &fault);
	assert(rc == RC_OK || (rc == RC_BAD && strncmp(fault.text, "file:", 5) == 0));
	last = 0;
	rc = tsv_each("file", bytes_of(data, size), take_line, &last, &fault);
	assert(rc == RC_OK || (rc == RC_BAD && strncmp(fault.text, "file:", 5) == 0));
	return 0;
}
