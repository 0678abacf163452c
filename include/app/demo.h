/* SPDX-License-Identifier: GPL-3.0-or-later
 * outpost demo: a township to try things on, and for benches.
 */
#ifndef APP_DEMO_H
#define APP_DEMO_H

#include "app/command.h"

/* argv: demo DIR [--records N] [--seed TEXT]. Makes the stations DIR/county, DIR/township and DIR/village1 to 3; an exit code. The
 * account that runs it is the first user of each station. Uses the lists of areas for names. */
int demo_run(struct app *app, int argc, char **argv);

#endif
