/* SPDX-License-Identifier: GPL-3.0-or-later
 * What other stations refused, in the outbox: the record, who refused it, why, and what to do next.
 */
#include "screens/outbox_page.h"

#include <stdlib.h>
#include <string.h>

#include "model/kinds.h"
#include "base/when.h"
#include "screens/display.h"
#include "store/station.h"

enum { FLOOD_DAYS = 7 }; /* of last week; what was before is in the metrics */

/* By the codes of the table "refusal"; the last is for codes that a county or a newer program adds.
 */
static const struct {
	const char *reason, *advice;
} advices[] = {
	{"area", N_("在本站的区域里重写一条，或请上级改授权")},
	{"signature", N_("照原样再写一条；还不行，请上级重新发邀请码")},
	{"revoked", N_("与上级联系，重新 outpost join 后再写")},
	{"rights", N_("请有这个权限的站点写，或请上级改授权")},
	{"form", N_("升级本站的程序，再写一条")},
	{"clock", N_("把写它的机器的时钟对准；这一条上级收下了，不用重写")},
	{"expired", N_("与上级同步续期，续上以后这一条自动收下；续不了就请上级重新邀请")},
	{"carrier", N_("不用做什么：由它自己的站点送")},
	{"unknown", N_("请上级的上级先给写它的站点授权")},
	{"limit", N_("在一条新的记录里接着办理")},
	{"lifted", N_("不用做什么")},
	{"", N_("打电话问它，按它说的重写")},
};

const char *refusal_advice(struct bytes reason)
{
	size_t n = 0;

	while (*advices[n].reason && !bytes_equal(reason, bytes_text(advices[n].reason)))
		n++;
	return _(advices[n].advice);
}

/* How many facts were dropped, where the word is of many. */
static void count_more(const struct row *refusal, struct buf *out)
{
	const struct value *value = row_value(refusal, refusal_more);
	struct bytes more = value ? value->text : bytes_text("");
	uint64_t count = 0;

	for (uint32_t n, upto; dropped_list_take(&more, &n, &upto);)
		count += upto - n + 1;
	if (count > 1)
		buf_fmt(out, _(" 等%llu条"), (unsigned long long)count);
}

/* Which record, and who has something against it. REFUSED NULL: the record is not here. */
static void put_what(struct outbox_writing *at, const struct row *refusal,
	const struct refused *refused, struct buf *text)
{
	struct site by;

	if (refused) {
		buf_fmt(text, "  %s %s ", _(refused->row.kind->label),
			display_number(at->store, refused->row.ref, at->arena));
		display_title(at->store, &refused->row, text);
	} else {
		buf_text(text, _("  一条记录"));
	}
	buf_byte(text, ' ');
	display_text(log_site(store_log(at->store), refusal->ref.site, &by) ? by.name : "?", text);
	count_more(refusal, text);
}

static bool add_refusal(const struct row *refusal, void *to)
{
	struct outbox_writing *at = to;
	const struct value *value = row_value(refusal, refusal_reason);
	struct bytes reason = value ? value->text : bytes_text("");
	bool clock = bytes_equal(reason, bytes_text("clock"));
	struct arena arena = {0};
	struct refused refused = {.anew = false};
	struct buf text = {0};

	/* What this station refused itself is told of the fact. */
	if ((refusal->ref.site == store_station(at->store)->site && !clock) ||
		store_refusal_over(at->store, refusal->ref))
		return true;
	bool here = store_refusal_row(at->store, refusal, &arena, &refused);
	if (here && refused.answered && !clock) {
		arena_release(&arena);
		return true;
	}
	put_what(at, refusal, here ? &refused : NULL, &text);
	buf_text(&text, clock ? _(" 有话：") : _(" 没有收："));
	row_field(at->store, refusal, refusal_reason, true, &text);
	buf_fmt(&text, _("。%s"), refusal_advice(reason));
	bool anew = here && refused.anew && !clock;
	if (anew && !at->outbox->by_line)
		buf_text(&text, _("（e 改了再报）"));
	struct page_line *line = page_add(at->page, LOOK_BAD, &text);
	line->ref = here ? refused.row.ref : (struct ref){0, 0};
	line->fact = anew ? refusal->ref : (struct ref){0, 0};
	arena_release(&arena);
	return ++at->outbox->refused < OUTBOX_EACH;
}

bool outbox_refused_whole(const struct page_line *line)
{
	return !line->tag && line->ref.seq && line->fact.seq;
}

/* Who sends this station what it has to drop. */
static bool add_flood(const struct flood *flood, void *to)
{
	struct outbox_writing *at = to;
	struct buf text = {0};
	struct site site;

	if (at->now / DAY_SECONDS - flood->day > FLOOD_DAYS)
		return true;
	buf_text(&text, "  ");
	display_text(log_site(store_log(at->store), flood->site, &site) ? site.name : "?", &text);
	buf_fmt(&text, _("：不归它写的太多，一天里丢掉了%llu条，共%llu条。打电话问它，或注销它"),
		(unsigned long long)flood->today, (unsigned long long)flood->total);
	page_add(at->page, LOOK_BAD, &text);
	return true;
}

enum rc outbox_refused(struct outbox_writing *at, struct fault *fault)
{
	struct query query = query_all(KIND_refusal);

	query.limit = OUTBOX_EACH;
	enum rc rc = store_each(at->store, &query, add_refusal, at, fault);
	return rc ? rc : flood_each(at->store, add_flood, at, fault);
}
