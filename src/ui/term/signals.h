/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the system says to a terminal program: the line is gone, the window has another size.
 */
#ifndef UI_SIGNALS_H
#define UI_SIGNALS_H

#include "base/base.h"

void signals_catch(void);   /* from now on; forgets what was */
int signals_fd(void);       /* readable when something was said */
void signals_quiet(void);   /* empties it */
bool signals_hung_up(void); /* SIGHUP or SIGTERM came */
bool signals_resized(void); /* SIGWINCH came since the last call */

#endif
