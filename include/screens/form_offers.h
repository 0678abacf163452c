/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a picker of records offers for a field of a form: the kinds that may stand there, those of the
 * record's own place first.
 */
#ifndef SCREENS_FORM_OFFERS_H
#define SCREENS_FORM_OFFERS_H

#include "screens/form_session.h"

/* A pick_fn for form_ways; TO is a struct form_asked, whose TO is the session. */
void form_offers(struct pick *pick, const char *above, const char *typed, void *to);

#endif
