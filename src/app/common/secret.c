/* SPDX-License-Identifier: GPL-3.0-or-later
 * Asking for a PIN.
 */
#include "app/prove.h"

#include <unistd.h>

#include "app/out.h"

bool secret_ask(const char *question, char answer[LIMIT_PIN + 1])
{
	answer[0] = 0;
	if (!isatty(STDIN_FILENO))
		return false;
	out_error("%s", question);
	return secret_hidden(STDIN_FILENO, answer);
}
