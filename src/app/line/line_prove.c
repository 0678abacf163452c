/* SPDX-License-Identifier: GPL-3.0-or-later
 * Who is at the line, and where: P of the screens; and PINs, asked on a line of their own, never
 * echoed.
 */
#include "app/line/line_parts.h"

#include <stdio.h>

#include "model/rules.h"

bool talk_prove(struct talk *talk, const struct user *user, const char *what)
{
	char pin[LIMIT_PIN + 1], question[300];
	struct fault fault = {0};
	struct user now = *user;

	(void)store_user_who(talk->store, store_station(talk->store)->site, user->who,
		&now); /* set meanwhile? */
	if (!now.has_pin)
		return true;
	if (what)
		snprintf(question, sizeof(question), _("%s：要 %s 的口令"), what, now.name);
	else
		snprintf(question, sizeof(question), _("%s 在吗？请输口令"), now.name);
	if (line_secret(&talk->line, question, pin))
		(void)!store_pin_try(talk->store, now.who, pin, &fault);
	else
		fault_set(&fault, RC_DENIED, "%s", _("没有输入口令，没有办"));
	secret_wipe(pin);
	if (fault.rc)
		line_bad(&talk->line, "%s", fault.text);
	return !fault.rc;
}

bool talk_prove_for(struct talk *talk, const struct kind *kind, unsigned step)
{
	const char *label = step ? step_of(kind, step)->label : kind->label;

	return !rules_pin(kind, step) || talk_prove(talk, &talk->user, _(label));
}

bool talk_good(struct talk *talk, enum rc rc, const struct fault *fault)
{
	if (rc)
		line_bad(&talk->line, "%s", fault->text);
	return !rc;
}

bool talk_same(void *to, int64_t seconds)
{
	struct talk *talk = to;
	int64_t minutes = rules_limit("policy.pin.minutes", 0);

	if (minutes <= 0 || seconds < minutes * 60)
		return true;
	for (unsigned n = 0; n < LIMIT_PIN_TRIES; n++)
		if (talk_prove(talk, &talk->user, NULL))
			return true;
	return false;
}
