/* SPDX-License-Identifier: GPL-3.0-or-later
 * Records that are one. A warning that came in several ways, by hand, by file, from above: all
 * copies of an identifier are one warning, and of those the proven one is shown. And what the rules
 * made of one cause at stations that did not know of each other: twins, whose facts fold to the one
 * that was written first.
 */
#include "store/rows/internal.h"

#include "model/area.h"
#include "model/schema.h"

struct sql copies_open(struct store *store, const char *text)
{
	const struct kind *kind = kinds;
	struct buf made = {0};
	while (!has_copies(kind))
		kind++;
	for (; *text; text++)
		if (*text == '@')
			buf_fmt(&made, "row_%s", kind->name);
		else if (*text == '#')
			buf_fmt(&made, "f_%s", field_flagged(kind, F_SAME)->name);
		else
			buf_byte(&made, (uint8_t)*text);
	struct sql sql = sql_open(store->db, buf_cstr(&made));
	buf_release(&made);
	return sql;
}

/* One warning may have come by several roads. */
struct copy {
	struct ref ref;
	bool proven;
	uint64_t area, stamp;
};

static bool better(const struct copy *a, const struct copy *b)
{
	if (a->proven != b->proven)
		return a->proven;
	unsigned da = area_digits(a->area), db = area_digits(b->area);
	if (a->area && b->area && da != db)
		return da < db;
	if (a->stamp != b->stamp)
		return a->stamp < b->stamp;
	if (a->ref.site != b->ref.site)
		return a->ref.site < b->ref.site;
	return a->ref.seq < b->ref.seq;
}

/* However many there are: BEST is shown. */
static enum rc copies_hide(struct store *store, struct bytes identifier, const struct copy *best,
	bool all, struct fault *fault)
{
	struct sql sql = copies_open(store, "UPDATE @ SET hidden=(site<>?2 OR seq<>?3) WHERE #=?1"
					    " AND hidden<=?4 AND hidden<>(site<>?2 OR seq<>?3)");
	sql_bytes(&sql, identifier, true);
	sql_num(&sql, (int64_t)best->ref.site);
	sql_num(&sql, best->ref.seq);
	sql_num(&sql, all);
	return sql_run(&sql, fault);
}

/* The proven copy is shown: one with a signature from a station above; among several the highest,
 * then the first. Of ALL, or of those that are not hidden: the one that is shown, and what has just
 * been put. ANY: there was one. */
static enum rc copies_look(
	struct store *store, struct bytes identifier, bool all, bool *any, struct fault *fault)
{
	struct copy best = {.area = 0};
	uint64_t own = store->station.area;
	struct sql sql = copies_open(store,
		"SELECT r.site, r.seq, f.sig IS NOT NULL, s.area, f.stamp FROM @ r"
		" JOIN fact f ON f.site=r.site AND f.seq=r.seq LEFT JOIN site s ON s.site=r.site"
		" WHERE r.#=? AND r.hidden<=?");
	*any = false;
	sql_bytes(&sql, identifier, true);
	sql_num(&sql, all);
	while (sql_row(&sql)) {
		uint64_t area = (uint64_t)sql_get(&sql, 3);
		struct copy copy = {
			.ref = {(uint64_t)sql_get(&sql, 0), (uint32_t)sql_get(&sql, 1)},
			.proven = sql_get(&sql, 2) && area && area != own && area_within(own, area),
			.area = area,
			.stamp = (uint64_t)sql_get(&sql, 4),
		};
		if (!*any || better(&copy, &best))
			best = copy;
		*any = true;
	}
	enum rc rc = sql_end(&sql, fault);
	return rc || !*any ? rc : copies_hide(store, identifier, &best, all, fault);
}

/* All are looked at, as anybody below may make more of them. */
static enum rc copies_settle(struct store *store, struct bytes identifier, struct fault *fault)
{
	bool any;

	return copies_look(store, identifier, true, &any, fault);
}

static enum rc copies_join(struct store *store, struct bytes identifier, struct fault *fault)
{
	bool any;

	return copies_look(store, identifier, false, &any, fault);
}

/* When the one that is shown has gone another takes its place. */
static enum rc copies_leave(struct store *store, struct bytes identifier, struct fault *fault)
{
	bool any;
	enum rc rc = copies_look(store, identifier, false, &any, fault);

	return rc || any ? rc : copies_settle(store, identifier, fault);
}

static enum rc identifier_of(
	struct store *store, struct ref ref, struct buf *out, struct fault *fault)
{
	buf_clear(out);
	struct sql sql = copies_open(store, "SELECT # FROM @ WHERE site=? AND seq=?");
	sql_num(&sql, (int64_t)ref.site);
	sql_num(&sql, ref.seq);
	if (sql_row(&sql)) {
		struct bytes text = sql_get_bytes(&sql, 0);
		buf_put(out, text.at, text.len);
	}
	return sql_end(&sql, fault);
}

/* A new identifier may set free a copy that the old one hid. */
enum rc warning_put(
	struct store *store, struct sql *put, const struct record *record, struct fault *fault)
{
	struct ref ref = {record->site, record->seq};
	struct buf before = {0}, after = {0};
	enum rc rc = identifier_of(store, ref, &before, fault);
	enum rc put_rc = sql_run(put, rc ? NULL : fault);
	if (!rc && !(rc = put_rc))
		rc = identifier_of(store, ref, &after, fault);
	if (!rc && after.len)
		rc = copies_join(store, buf_bytes(&after), fault);
	if (!rc && before.len && !bytes_equal(buf_bytes(&before), buf_bytes(&after)))
		rc = copies_leave(store, buf_bytes(&before), fault);
	buf_release(&before);
	buf_release(&after);
	return rc;
}

enum rc warnings_settle(struct store *store, struct fault *fault)
{
	struct arena arena = {0};
	struct node {
		struct node *next;
		struct bytes identifier;
	} *first = NULL;
	struct sql sql = copies_open(store, "SELECT # FROM @ WHERE # IS NOT NULL"
					    " GROUP BY # HAVING count(*)>1");
	while (sql_row(&sql)) {
		struct node *node = arena_get(&arena, sizeof(*node));
		*node = (struct node){first, arena_bytes(&arena, sql_get_bytes(&sql, 0))};
		first = node;
	}
	enum rc rc = sql_end(&sql, fault);
	for (struct node *node = first; node && !rc; node = node->next)
		rc = copies_settle(store, node->identifier, fault);
	arena_release(&arena);
	return rc;
}

/* ---- twins */

struct sql twins_open(struct store *store, const struct kind *kind, const char *text)
{
	struct buf made = {0};
	for (; *text; text++)
		if (*text == '@')
			buf_fmt(&made, "row_%s", kind->name);
		else if (*text == '#')
			buf_fmt(&made, "f_%s", field_flagged(kind, F_MADE)->name);
		else
			buf_byte(&made, (uint8_t)*text);
	struct sql sql = sql_open(store->db, buf_cstr(&made));
	buf_release(&made);
	return sql;
}

/* Only those of one place are one: whoever may write there may write to each of them. */
enum rc twins_find(struct store *store, const struct kind *kind, struct ref ref,
	struct twins *twins, struct fault *fault)
{
	struct sql sql = twins_open(store, kind,
		"SELECT b.site, b.seq FROM @ a JOIN @ b ON b.#=a.# AND b.area=a.area"
		" LEFT JOIN fact f ON f.site=b.site AND f.seq=b.seq WHERE a.site=? AND a.seq=?"
		" ORDER BY f.stamp IS NULL, f.stamp, b.site, b.seq");
	twins->count = 0;
	sql_num(&sql, (int64_t)ref.site);
	sql_num(&sql, ref.seq);
	while (twins->count < TWINS && sql_row(&sql))
		twins->at[twins->count++] =
			(struct ref){(uint64_t)sql_get(&sql, 0), (uint32_t)sql_get(&sql, 1)};
	return sql_end(&sql, fault);
}

struct ref twin_shown(struct store *store, const struct kind *kind, struct ref ref)
{
	struct twins twins = {.count = 0};

	/* When it cannot be told, the record itself is shown. */
	if (has_twins(kind) && twins_find(store, kind, ref, &twins, NULL) == RC_OK && twins.count)
		return twins.at[0];
	return ref;
}
