/* SPDX-License-Identifier: GPL-3.0-or-later
 * In the outbox: what other stations say of this one without evidence. It has no effect; a person
 * may ring them up. And what they gave back without a signature, which waits for a person.
 */
#include "screens/outbox_page.h"

#include "base/when.h"
#include "screens/display.h"
#include "store/identity.h"

enum { SHOWN_DAYS = 30 };

static bool add_claim(const struct claim *claim, void *to)
{
	struct outbox_writing *at = to;
	struct buf text = {0};
	struct site site;
	char time[WHEN_TEXT];

	if (!*claim_text(claim->what))
		return true; /* a newer program's */
	when_short(claim->last, at->now, time);
	buf_text(&text, "  ");
	display_text(log_site(store_log(at->store), claim->site, &site) ? site.name : "?", &text);
	buf_fmt(&text, _(" %s，%llu次，最近 %s。%s"), claim_text(claim->what),
		(unsigned long long)claim->count, time, claim_advice(claim->what));
	page_add(at->page, LOOK_BAD, &text);
	return ++at->outbox->claims < OUTBOX_EACH;
}

static void add_returned(struct outbox_writing *at)
{
	unsigned count = returned_count(at->store);
	struct buf text = {0};

	if (!count)
		return;
	buf_fmt(&text,
		_("下级退回 %u 条本站以前的记录，没有签名，等人决定：用 outpost site returned "
		  "看，逐条收下（take）或不收（leave）"),
		count);
	page_add(at->page, LOOK_MARK, &text);
}

enum rc outbox_claims(struct outbox_writing *at, struct fault *fault)
{
	unsigned head = page_section(at->page, _("没有凭据的说法，没有采信"));
	enum rc rc = claims_each(
		at->store, at->now - (int64_t)SHOWN_DAYS * DAY_SECONDS, add_claim, at, fault);
	page_section_end(at->page, head);
	add_returned(at);
	return rc;
}
