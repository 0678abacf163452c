/* SPDX-License-Identifier: GPL-3.0-or-later
 * Bytes from a terminal: any of them are keys or nothing; none stops the loop or leaves its room.
 * needs: src/ui/term.c src/ui/keys.c
 */
#include "ui/keys.h"
#include "ui/term.h"

#include <fcntl.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct term *term;
static int keyboard = -1;

/* One terminal for all runs: opening one costs more than a thousand keys. */
static void open_term(void)
{
	struct fault fault = {0};
	int ends[2];
	setlocale(LC_ALL, "C.UTF-8");
	int nothing = open("/dev/null", O_WRONLY);
	if (nothing < 0 || pipe(ends) != 0 ||
		term_open(&term, ends[0], nothing, "xterm", &fault) != RC_OK)
		exit(1);
	keyboard = ends[1];
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char shown[16];
	int key;
	if (!term)
		open_term();
	/* A lone ESC at the end would be waited for: an ordinary key ends each run. */
	if (size > 4000 || write(keyboard, data, size) != (ssize_t)size ||
		write(keyboard, "q", 1) != 1)
		return 0;
	for (unsigned keys = 0; keys <= size + 1; keys++) {
		if (term_wait(term, &key, -1, 0) != WAIT_KEY)
			break;
		assert(strlen(key_show(key, shown)) < sizeof shown);
	}
	return 0;
}
