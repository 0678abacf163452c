/* SPDX-License-Identifier: GPL-3.0-or-later
 * How far long work has come, for whoever started it. Work tells it; one watcher a process hears it, and may stop it.
 */
#ifndef BASE_PROGRESS_H
#define BASE_PROGRESS_H

#include "base/base.h"

/* WHAT: N_(), the same pointer for the whole of one piece of work. WHOLE: about how much there is, 0 = nobody knows; DONE =
 * WHOLE ends it. False: it is to stop. */
typedef bool progress_fn(const char *what, uint64_t done, uint64_t whole);
/* From now on FN hears it; NULL: nobody. */
void progress_watch(progress_fn *fn);
/* Called by work between two steps of which each is whole: cheap, at most some thousands a second. RC_IO: somebody wants it
 * to stop, FAULT says so; the caller takes back what is not committed. */
enum rc progress(const char *what, uint64_t done, uint64_t whole, struct fault *fault) MUST_CHECK;

#endif
