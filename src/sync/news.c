/* SPDX-License-Identifier: GPL-3.0-or-later
 * The ladder's news for a station below: how far the authors at or below it are held here, and they
 * and those above it at the levels above as these have told, with their proofs. Only what changed
 * since it was last told; what was told is remembered beside the peer.
 */
#include "sync/inside.h"

#include "model/area.h"

#include <stdio.h>
#include <string.h>

enum { NEWS_MOST = 400 }; /* marks in one answer: the rest next time */

struct telling {
	struct news *news;
	struct log *log;
	struct arena *arena;
	struct mark_maker maker;
	uint64_t asker, below, own;
	struct mark *told;
	size_t told_count;
};

static void told_name(const struct site *site, char name[40])
{
	snprintf(name, 40, "told.%014llx", (unsigned long long)site->site);
}

static const struct mark *told_of(const struct telling *telling, const struct mark *mark)
{
	for (size_t i = 0; i < telling->told_count; i++) {
		const struct mark *told = &telling->told[i];
		if (told->holder == mark->holder && told->site == mark->site &&
			told->lane == mark->lane)
			return told;
	}
	return NULL;
}

/* Also a proof that came later is news. MARK gets that of this station's own holding, which goes
 * with what an author further down is to hear. */
static bool was_told(struct telling *telling, struct mark *mark)
{
	const struct mark *told = told_of(telling, mark);
	bool ours = mark->holder == store_station(telling->maker.store)->site &&
		    mark->site != telling->asker,
	     same = told && told->store == mark->store && told->upto == mark->upto;

	if (same && told->mac && (ours || told->mac == mark->mac))
		return true;
	if (ours)
		mark->mac = mark_mac(&telling->maker, mark);
	return same && told->mac == mark->mac;
}

/* Below it, itself, or above it: what a hub above does to its records counts for the levels above
 * that hub. */
static bool on_its_way(const struct telling *telling, uint64_t area)
{
	return area_within(area, telling->below) || area_within(telling->below, area);
}

static bool tell(const struct mark *known, void *to)
{
	struct telling *telling = to;
	struct news *news = telling->news;
	struct mark mark = *known;
	struct site author;

	if (mark.lane >= LANES || news->count == NEWS_MOST)
		return news->count < NEWS_MOST;
	/* A holder with a mark of itself has told a new number: what its old store held is to be
	 * forgotten below as well. */
	if (mark.site != mark.holder &&
		(!mark.upto || !log_site(telling->log, mark.site, &author) ||
			!on_its_way(telling, author.area)))
		return true;
	if (was_told(telling, &mark))
		return true;
	if (news->count == news->room) {
		size_t room = news->room ? news->room * 2 : 32;
		struct mark *more = arena_get(telling->arena, room * sizeof *more);
		if (news->count)
			memcpy(more, news->marks, news->count * sizeof *more);
		news->marks = more;
		news->room = room;
	}
	news->marks[news->count++] = mark;
	return true;
}

/* Marks of levels above this hub; those of the asker itself or of stations below say nothing
 * upwards. */
static bool tell_above(const struct mark *mark, void *to)
{
	struct telling *telling = to;
	struct site holder;

	if (!log_site(telling->log, mark->holder, &holder) ||
		!area_within(telling->own, holder.area) || holder.area == telling->own)
		return true;
	return tell(mark, to);
}

static void told_read(
	struct store *store, const struct site *site, struct arena *arena, struct telling *telling)
{
	struct buf kept = {0};
	char name[40];

	told_name(site, name);
	if (store_get(store, "", name, &kept) && kept.len % sizeof *telling->told == 0) {
		struct bytes copy = arena_bytes(arena, buf_bytes(&kept));
		telling->told = arena_get(arena, kept.len + 1);
		memcpy(telling->told, copy.at, copy.len);
		telling->told_count = copy.len / sizeof *telling->told;
	}
	buf_release(&kept);
}

enum rc news_for(struct store *store, const struct site *site, bool all, struct arena *arena,
	struct news *news, struct fault *fault)
{
	struct log *log = store_log(store);
	struct telling telling = {.news = news,
		.log = log,
		.arena = arena,
		.maker = {.store = store},
		.asker = site->site,
		.below = site->area,
		.own = store_station(store)->area};
	enum rc rc;

	memset(news, 0, sizeof *news);
	if (!all)
		told_read(store, site, arena, &telling);
	rc = log_authors(log, site->area, tell, &telling, fault);
	if (!rc)
		rc = log_marks_said(log, tell_above, &telling, fault);
	explicit_bzero(&telling.maker, sizeof telling.maker);
	news->all = all;
	return rc;
}

enum rc news_told(
	struct store *store, const struct site *site, const struct news *news, struct fault *fault)
{
	struct arena arena = {0};
	struct telling telling = {0};
	struct buf out = {0};
	char name[40];
	enum rc rc;

	if (!news->count)
		return RC_OK;
	told_name(site, name);
	if (!news->all)
		told_read(store, site, &arena, &telling);
	for (size_t i = 0; i < telling.told_count; i++) {
		const struct mark *old = &telling.told[i];
		bool again = false;
		for (size_t k = 0; k < news->count && !again; k++)
			again = news->marks[k].holder == old->holder &&
				news->marks[k].site == old->site &&
				news->marks[k].lane == old->lane;
		if (!again)
			buf_put(&out, old, sizeof *old);
	}
	buf_put(&out, news->marks, news->count * sizeof *news->marks);
	rc = store_set(store, "", name, buf_bytes(&out), fault);
	buf_release(&out);
	arena_release(&arena);
	return rc;
}
