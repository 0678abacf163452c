/* SPDX-License-Identifier: GPL-3.0-or-later
 * One widget on the whole terminal: a frame around it, and a key at a time.
 */
#include "ui/alone.h"

#include <stdlib.h>
#include <unistd.h>

#include "ui/keys.h"

enum { BURST_MS = 50 }; /* keys that come within this were not typed one by one */

void alone_fit(struct alone *alone)
{
	unsigned rows, columns;

	term_size(alone->term, &rows, &columns);
	grid_size(&alone->grid, rows, columns);
	alone->grid.latin = !term_hanzi(alone->term);
}

enum rc alone_open(struct alone *alone, struct fault *fault)
{
	*alone = (struct alone){.term = NULL};
	enum rc rc = term_open(&alone->term, STDIN_FILENO, STDOUT_FILENO, getenv("TERM"), fault);
	if (rc)
		return rc;
	grid_start(&alone->grid, 1, 1);
	alone_fit(alone);
	return RC_OK;
}

void alone_close(struct alone *alone)
{
	term_close(alone->term);
	grid_release(&alone->grid);
}

void alone_frame(struct alone *alone, const char *title, const char *note, const char *keys)
{
	struct pane all = grid_pane(&alone->grid);

	grid_clear(&alone->grid);
	pane_text(all, 0, 0, LOOK_TITLE, 0, title);
	if (all.rows > 3) {
		pane_text(all, all.rows - 2, 0, LOOK_BAD, 0, note);
		pane_text(all, all.rows - 1, 0, LOOK_KEY, 0, keys);
	}
}

struct pane alone_middle(struct alone *alone)
{
	struct pane all = grid_pane(&alone->grid);

	return pane_part(all, 1, 0, all.rows > 3 ? all.rows - 3 : all.rows, all.columns);
}

bool alone_key(struct alone *alone, int *key)
{
	if (alone->asks && !alone->seen)
		term_mark(alone->term);
	term_show(alone->term, &alone->grid);
	while (true) {
		enum wait wait = term_wait(alone->term, key, -1, -1);

		if (wait == WAIT_GONE || (wait == WAIT_KEY && *key == K_HANGUP))
			return false;
		if (wait != WAIT_KEY)
			continue;
		alone->seen = alone->asks && (alone->seen || term_seen(alone->term));
		if (*key == K_RESIZE)
			alone_fit(alone);
		if (*key == K_CTRL('L'))
			term_refresh(alone->term);
		return true;
	}
}

unsigned alone_hasty(struct alone *alone)
{
	int64_t until = term_now() + BURST_MS;
	unsigned count = 0;
	int key;

	for (int64_t left; (left = until - term_now()) > 0;)
		if (term_wait(alone->term, &key, -1, (int)left) == WAIT_KEY) {
			count++;
			until = term_now() + BURST_MS;
		}
	return count;
}
