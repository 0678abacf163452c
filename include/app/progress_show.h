/* SPDX-License-Identifier: GPL-3.0-or-later
 * Shows how far long work has come, on stderr when that is a terminal.
 */
#ifndef APP_PROGRESS_SHOW_H
#define APP_PROGRESS_SHOW_H

/* From now on, until somebody else watches (base/progress.h): a line that is written over, once work takes a second; ^C
 * stops the work between two steps. */
void progress_show(void);

#endif
