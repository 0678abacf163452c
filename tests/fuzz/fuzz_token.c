/* SPDX-License-Identifier: GPL-3.0-or-later
 * Invitations as people type them: refused with a reason, or written again the same.
 * needs: src/sync/keys/token.c
 */
#include "sync/enrol.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char text[TOKEN_TEXT * 2], again[TOKEN_TEXT];
	struct token token = {.area = 410882103205, .hub_area = 410882103000}, back;
	struct fault fault = {0};

	if (size >= sizeof text)
		return 0;
	memcpy(text, data, size);
	text[size] = 0;
	if (token_read(text, &token, &fault) == RC_OK) {
		token_write(&token, again);
		assert(token_read(again, &back, &fault) == RC_OK && back.area == token.area);
		return 0;
	}
	assert(fault.rc == RC_BAD && fault.text[0]);
	/* Its bytes as the content of a good one. */
	memset(&token, 0, sizeof token);
	token.area = 410882103205;
	token.hub_area = 410882103000;
	memcpy(token.sign_public, data, size < SIGN_PUBLIC ? size : SIGN_PUBLIC);
	token_write(&token, again);
	assert(token_read(again, &back, &fault) == RC_OK);
	assert(!memcmp(back.sign_public, token.sign_public, SIGN_PUBLIC));
	return 0;
}
