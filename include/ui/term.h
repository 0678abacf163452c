/* SPDX-License-Identifier: GPL-3.0-or-later
 * The only door to a terminal (ncursesw): start, keys, putting a grid on the line, resizing.
 * A frame is drawn into a memory file and written in one write: every byte is counted. The caller
 * has called setlocale: the terminal's coding is the locale's.
 */
#ifndef UI_TERM_H
#define UI_TERM_H

#include "ui/face.h"
#include "ui/grid.h"

struct term;

/* RC_NONE when the terminal has no cursor addressing (TERM=dumb): use the line mode. */
enum rc term_open(struct term **out, int in, int out_fd, const char *type, struct fault *fault) MUST_CHECK;
void term_close(struct term *term);
void term_size(const struct term *term, unsigned *rows, unsigned *columns);
void term_show(struct term *term, const struct grid *grid);
void term_bell(struct term *term);
void term_refresh(struct term *term);         /* all again at the next show; Ctrl-L does it by itself */
uint64_t term_bytes(const struct term *term); /* written so far */
/* The last large frame that the terminal answered: its bytes, and how long that took; 0: none was. */
void term_meter(const struct term *term, unsigned *bytes, unsigned *ms);

enum wait { WAIT_KEY, WAIT_CHILD, WAIT_DUE, WAIT_GONE };
/* Waits for a key, for CHILD_FD to be readable (-1 = none), or until WAIT_MS have passed (-1 = for
 * ever). WAIT_DUE also comes early, when a terminal that was behind has caught up: paint what was
 * put off. WAIT_GONE: hang-up; *key is K_HANGUP. After K_RESIZE term_size says the new size. */
enum wait term_wait(struct term *term, int *key, int child_fd, int wait_ms);
/* Painting should wait: keys are there, or the terminal has not caught up. The loop paints when
 * something is dirty and this is false. */
bool term_pending(struct term *term);
bool term_hanzi(const struct term *term); /* its coding can show them */
/* From the next show on, which paints all again. */
void term_face(struct term *term, const struct face *face);
int64_t term_now(void); /* milliseconds of a clock that nobody sets */
/* After K_PASTE: what was pasted, clean, with line ends; good until the next term_wait. */
const char *term_pasted(struct term *term);
/* The next term_show has to be known as seen; true once, when it was: the terminal answered behind
 * it, or a second went by where it never answers. */
void term_mark(struct term *term);
bool term_seen(struct term *term);

#endif
