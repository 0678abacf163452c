/* SPDX-License-Identifier: GPL-3.0-or-later
 * In the outbox: what other stations say of this one without evidence. It has no effect; a person
 * may ring them up.
 */
#include "screens/tray.h"

#include "screens/say.h"
#include "store/claims.h"

enum { SHOWN_DAYS = 30, DAY = 86400 };

static bool add_claim(const struct claim *claim, void *to)
{
	struct tray_pen *at = to;
	struct buf text = {0};
	struct site site;
	char time[WHEN_TEXT];

	if (!*claim_text(claim->what))
		return true; /* a newer program's */
	when_short(claim->last, at->now, time);
	buf_text(&text, "  ");
	say_text(log_site(store_log(at->store), claim->site, &site) ? site.name : "?", &text);
	buf_fmt(&text, _(" %s，%llu次，最近 %s。%s"), claim_text(claim->what),
		(unsigned long long)claim->count, time, claim_advice(claim->what));
	tray_add(at, LOOK_BAD, &text);
	return ++at->tray->claims < TRAY_EACH;
}

enum rc tray_claims(struct tray_pen *at, struct fault *fault)
{
	unsigned head = at->tray->count;
	enum rc rc;

	tray_text(at, LOOK_TITLE, _("没有凭据的说法，没有采信"));
	rc = claims_each(at->store, at->now - (int64_t)SHOWN_DAYS * DAY, add_claim, at, fault);
	if (!at->tray->claims)
		at->tray->count = head;
	return rc;
}
