/* SPDX-License-Identifier: GPL-3.0-or-later
 * A station's provisional code: what its records' numbers begin with until the station above grants
 * one.
 */
#include "app/short_code.h"

#include <ctype.h>
#include <stdio.h>

#include "model/pinyin.h"

enum { CODE_MOST = 4 }; /* letters: it is spoken over the radio with every number */

/* Letters and digits of the name itself, for a name without hanzi. */
static void plain_code(const char *name, char code[12])
{
	size_t n = 0;
	for (; *name && n < CODE_MOST; name++)
		if (isascii((unsigned char)*name) && isalpha((unsigned char)*name))
			code[n++] = (char)toupper((unsigned char)*name);
	snprintf(code + n, 12 - n, "%s", n ? "" : "Z");
}

void short_code(const char *name, char code[12])
{
	struct buf letters = {0};
	pinyin_code(name, CODE_MOST, &letters);
	bool good = letters.len > 0;
	for (size_t i = 0; i < letters.len; i++)
		good = good && isupper(letters.at[i]);
	if (good)
		snprintf(code, 12, "%s", buf_cstr(&letters));
	else
		plain_code(name, code);
	buf_release(&letters);
}
