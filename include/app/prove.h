/* SPDX-License-Identifier: GPL-3.0-or-later
 * Is the person who acts that person? By a PIN, typed on the terminal or read from the descriptor
 * of --pin-fd.
 */
#ifndef APP_PROVE_H
#define APP_PROVE_H

#include "app/command.h"
#include "base/secret.h"
#include "work/change.h"

/* Takes --pin-fd N out of ARGV; the descriptor stays this process' own. Not 0: it is no open
 * descriptor, said, and to be returned. */
int prove_option(struct app *app, int *argc, char **argv);
/* The PIN of app->user, when they have one: asked once in a process. RC_DENIED: wrong, locked, or
 * not given, and then FAULT names the option. WHAT, for the question: what is done with it,
 * translated; NULL = acting under that name. */
enum rc prove(struct app *app, const char *what, struct fault *fault) MUST_CHECK;
/* The second person whom CHANGE names shows a PIN, too: on the terminal, or as the next line of --pin-fd. Nobody named:
 * nothing is asked. */
enum rc prove_second(struct app *app, struct change *change, struct fault *fault) MUST_CHECK;
/* Before a batch, in which nobody can be asked any more: asks whoever has a PIN, if there is a
 * terminal or --pin-fd. */
enum rc prove_early(struct app *app, struct fault *fault) MUST_CHECK;

/* Asks QUESTION on the controlling terminal; secret_hidden of stdin. */
bool secret_ask(const char *question, char answer[LIMIT_PIN + 1]);

#endif
