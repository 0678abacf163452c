/* SPDX-License-Identifier: GPL-3.0-or-later
 * One household of the board D in words.
 */
#include "screens/tick_words.h"

#include "screens/display.h"

static const char *status_label(enum home_status status)
{
	static const char *const labels[HOME_STATUSES] = {
		N_("未到户"), N_("告知"), N_("动身"), N_("到"), N_("拒"), N_("不在")};

	return _(labels[status]);
}

/* Who did it, where it was somebody else. */
static void put_author(
	const struct tick_page *page, struct store *store, const struct home *home, struct buf *out)
{
	struct buf name = {0};

	if (home->status != HOME_OPEN)
		home_author(store, home, page->own_who, &name);
	if (name.len)
		buf_byte(out, ' ');
	display_text(buf_cstr(&name), out);
	buf_release(&name);
}

/* "橙O告知02:46": under which warning it was told, where it was another one. */
static void put_before(const struct tick_page *page, const struct home *home, struct buf *out)
{
	char time[WHEN_TEXT];
	enum look look;

	when_short(home->before.at, page->now, time);
	buf_fmt(out, "%s%s%s%s%s", display_colour(home->before.colour, &look), display_gap(),
		status_label(HOME_TOLD), display_gap(), time);
}

/* It counts as told, by what was said under another warning. */
static bool by_before(const struct home *home)
{
	return home->status == HOME_TOLD && home->before.at &&
	       home->said.site == home->before.said.site && home->said.seq == home->before.said.seq;
}

void tick_words_status(
	const struct tick_page *page, const struct home *home, bool wide, struct buf *out)
{
	char time[WHEN_TEXT];

	if (!wide && home_told_before(home)) {
		put_before(page, home, out);
		return;
	}
	buf_text(out,
		home->helped && home->status == HOME_TOLD ? _("要帮") : status_label(home->status));
	if (home->status == HOME_OPEN)
		return;
	when_short(home->at, page->now, time);
	buf_fmt(out, "%s%s", display_gap(), time);
}

void tick_words_rest(
	const struct tick_page *page, struct store *store, const struct home *home, struct buf *out)
{
	char time[WHEN_TEXT];

	if (home_told_before(home) || by_before(home)) {
		put_before(page, home, out);
		buf_byte(out, ' ');
	}
	if (home->again && home->again <= page->now) {
		buf_text(out, _("回访到时"));
	} else if (home->again) {
		when_short(home->again, page->now, time);
		buf_fmt(out, _("%s回访"), time);
	} else if (*home->shelter) {
		buf_text(out, _("去 "));
		display_text(home->shelter, out);
	}
	if (home->carry && home->status != HOME_REFUSED)
		buf_text(out, _(" 要抬"));
	if (*home->text) {
		buf_byte(out, ' ');
		display_text(home->text, out);
	}
	put_author(page, store, home, out);
}

void tick_page_row(
	const struct tick_page *page, struct store *store, const struct home *home, struct buf *out)
{
	const char *const texts[] = {home->group, home->head, home->tags, home->phone};

	for (size_t n = 0; n < countof(texts); n++) {
		display_text(texts[n], out);
		if (*texts[n])
			buf_byte(out, ' ');
		if (n == 1 && home->people >= 0)
			buf_fmt(out, _("%lld人 "), (long long)home->people);
	}
	tick_words_status(page, home, true, out);
	buf_byte(out, ' ');
	tick_words_rest(page, store, home, out);
}
