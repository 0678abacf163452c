/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a power cut took. Known by the boot that a session was begun in: it ended with the machine
 * where that is not this one.
 */
#include "screens/outage.h"

#include "base/when.h"
#include "store/db.h"
#include "screens/display.h"
#include "work/drafts.h"

enum { SESSION_BOOT = 1, SESSION_TAGS };

/* A courtesy: where it cannot be kept, nothing is said the next time. */
static void keep(struct store *store, uint64_t boot)
{
	const int64_t session[SESSION_TAGS] = {[SESSION_BOOT] = (int64_t)boot};
	struct fault fault;

	if (!store_readonly(store))
		(void)!kv_list_set(store, kv_own(KV_SESSION), session, SESSION_TAGS, &fault);
}

bool outage_begin(struct store *store, const struct user *user, struct buf *out)
{
	int64_t up, session[SESSION_TAGS] = {0}, now = store_now(store);
	uint64_t boot = when_boot(&up);
	bool open = kv_list(store, kv_own(KV_SESSION), session, SESSION_TAGS);
	struct draft drafts[DRAFTS_MOST];
	struct arena arena = {0};
	char time[WHEN_TEXT];

	if ((int64_t)boot != session[SESSION_BOOT])
		keep(store, boot);
	if (!open || !boot || !session[SESSION_BOOT] || (int64_t)boot == session[SESSION_BOOT])
		return false;
	unsigned count = drafts_of(store, user, &arena, drafts);
	display_clock(now - up, now, time);
	buf_fmt(out, _("停过电或死机，电脑%s重新开机：已保存的一条没丢"), time);
	if (count)
		buf_fmt(out, _("，没写完的草稿%u份还在"), count);
	else
		buf_text(out, _("，没有写到一半的"));
	arena_release(&arena);
	return true;
}

void outage_end(struct store *store)
{
	keep(store, 0);
}
