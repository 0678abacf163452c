/* SPDX-License-Identifier: GPL-3.0-or-later
 * A grant's end and rights, as people read them.
 */
#include "app/grant.h"

#include <stdio.h>

#include "base/when.h"
#include "model/rules.h"
#include "store/station.h"
#include "sync/trust.h"

enum { DATE_LEN = 10 };

/* A grant ends with a day; it says the last one that it is good for. */
static void last_day(const struct site *site, char out[WHEN_TEXT])
{
	when_show(site->until - 1, out);
	out[DATE_LEN] = 0;
}

void grant_words(const struct site *site, struct buf *out)
{
	char day[WHEN_TEXT];
	if (site->until && !site->revoked) {
		last_day(site, day);
		buf_fmt(out, _("授权到 %s"), day);
	}
	if (site->rights != RIGHTS_ALL) {
		buf_text(out, out->len ? "  " : "");
		buf_text(out, _("权限 "));
		rights_show(site->rights, out);
	}
}

void grant_notice(struct store *store, struct buf *out)
{
	struct site own;
	struct fault fault;
	char day[WHEN_TEXT];
	if (twin_gone_on(store, &fault))
		buf_fmt(out, "%s\n", fault.text);
	if (!log_site(store_log(store), store_station(store)->site, &own) || !own.until)
		return;
	int64_t left = own.until - store_now(store);
	last_day(&own, day);
	if (left <= 0)
		buf_fmt(out,
			_("本站的授权在 %s 已到期：请先与上级同步续期，续不了就请上级重新邀请\n"),
			day);
	else if (left <= GRANT_SOON * DAY_SECONDS)
		buf_fmt(out, _("本站的授权到 %s 为止，还有 %lld 天：请在那以前与上级同步\n"), day,
			(long long)((left + DAY_SECONDS - 1) / DAY_SECONDS));
}
