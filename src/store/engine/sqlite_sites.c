/* SPDX-License-Identifier: GPL-3.0-or-later
 * Sites in SQLite.
 */
#include "store/engine/sqlite.h"

#include <string.h>

#define SITE_COLUMNS                                                                               \
	"s.site, s.code, s.name, s.area, s.level, s.above, s.sign_public, s.agree_public, "        \
	"s.agree_id, s.rights, s.until, s.revoked, s.ended"

static void key_read(const struct sql *sql, int column, uint8_t *out, size_t len)
{
	struct bytes key = sql_get_bytes(sql, column);
	if (key.len == len)
		memcpy(out, key.at, len);
}

static void site_read(const struct sql *sql, struct site *out)
{
	*out = (struct site){
		.site = (uint64_t)sql_get(sql, 0),
		.area = (uint64_t)sql_get(sql, 3),
		.level = (enum level)sql_get(sql, 4),
		.above = (uint64_t)sql_get(sql, 5),
		.agree_id = (unsigned)sql_get(sql, 8),
		.rights = (unsigned)sql_get(sql, 9),
		.until = sql_get(sql, 10),
		.revoked = sql_get(sql, 11) != 0,
		.ended = sql_get(sql, 12) != 0,
	};
	sql_get_text(sql, 1, out->code, sizeof(out->code));
	sql_get_text(sql, 2, out->name, sizeof(out->name));
	key_read(sql, 6, out->sign_public, SIGN_PUBLIC);
	key_read(sql, 7, out->agree_public, AGREE_PUBLIC);
}

/* Provisional codes may be taken twice: the own one wins, then those still in use, then the
 * smallest number. */
#define FIRST_OF_CODE "ORDER BY o.site<>?, o.ended, o.site LIMIT 1"

enum rc engine_sites(struct db *db, const struct ref sites[], size_t count, uint64_t own,
	struct known_site out[], struct fault *fault)
{
	enum rc rc = RC_OK;

	memset(out, 0, count * sizeof *out);
	for (size_t i = 0; i < count; i++)
		out[i].site.site = sites[i].site;
	for (struct span span = {0}; !rc && span_next(&span, count);) {
		struct sql sql = span_open(db,
			"SELECT " SITE_COLUMNS ", v.n, (SELECT o.site FROM site o WHERE "
			"o.code=s.code " FIRST_OF_CODE ")=s.site FROM v CROSS JOIN site s ON "
			"s.site=v.site",
			sites, &span);
		sql_num(&sql, (int64_t)own);
		while (sql_row(&sql)) {
			struct known_site *known = &out[span.at + (size_t)sql_get(&sql, 13)];
			site_read(&sql, &known->site);
			known->here = true;
			known->has_key = sql_get_bytes(&sql, 6).len == SIGN_PUBLIC;
			known->has_code = sql_get(&sql, 14) != 0;
		}
		rc = sql_end(&sql, fault);
	}
	return rc;
}

enum rc engine_site_of_code(struct db *db, const char *code, uint64_t own, struct site *out,
	bool *found, struct fault *fault)
{
	struct sql sql = sql_open(db,
		"SELECT " SITE_COLUMNS " FROM site s WHERE s.code=upper(?) ORDER BY s.site<>?, "
		"s.ended, s.site LIMIT 1");
	sql_text(&sql, code);
	sql_num(&sql, (int64_t)own);
	*found = sql_row(&sql);
	if (*found)
		site_read(&sql, out);
	return sql_end(&sql, fault);
}

static void key_bind(struct sql *sql, const uint8_t *key, size_t len)
{
	static const uint8_t none[SIGN_PUBLIC];
	if (memcmp(key, none, len) == 0)
		sql_null(sql);
	else
		sql_bytes(sql, bytes_of(key, len), false);
}

enum rc engine_site_put(struct db *db, const struct site *site, struct fault *fault)
{
	struct sql sql = sql_open(db,
		"INSERT OR REPLACE INTO site(site, code, name, area, level, above, sign_public, "
		"agree_public, agree_id, rights, until, revoked, ended) "
		"VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?)");
	sql_num(&sql, (int64_t)site->site);
	sql_text(&sql, site->code);
	sql_text(&sql, site->name);
	sql_num(&sql, (int64_t)site->area);
	sql_num(&sql, site->level);
	sql_num(&sql, (int64_t)site->above);
	key_bind(&sql, site->sign_public, SIGN_PUBLIC);
	key_bind(&sql, site->agree_public, AGREE_PUBLIC);
	sql_num(&sql, site->agree_id);
	sql_num(&sql, site->rights);
	sql_num(&sql, site->until);
	sql_num(&sql, site->revoked);
	sql_num(&sql, site->ended);
	return sql_run(&sql, fault);
}

/* Read whole before the first call. */
static enum rc each_site(struct sql *sql, site_fn *fn, void *to, struct fault *fault)
{
	struct arena arena = {0};
	struct node {
		struct node *next;
		struct site site;
	} *first = NULL, **last = &first;
	while (sql_row(sql)) {
		*last = arena_get(&arena, sizeof(**last));
		site_read(sql, &(*last)->site);
		last = &(*last)->next;
	}
	enum rc rc = sql_end(sql, fault);
	for (struct node *node = first; node && !rc; node = node->next)
		if (!fn(&node->site, to))
			break;
	arena_release(&arena);
	return rc;
}

enum rc engine_each_site(struct db *db, site_fn *fn, void *to, struct fault *fault)
{
	struct sql sql =
		sql_open(db, "SELECT " SITE_COLUMNS " FROM site s ORDER BY s.area, s.site");

	return each_site(&sql, fn, to, fault);
}

enum rc engine_sites_between(
	struct db *db, uint64_t first, uint64_t last, site_fn *fn, void *to, struct fault *fault)
{
	struct sql sql = sql_open(db,
		"SELECT " SITE_COLUMNS " FROM site s WHERE s.site BETWEEN ? AND ? ORDER BY s.site");

	sql_num(&sql, (int64_t)first);
	sql_num(&sql, (int64_t)last);
	return each_site(&sql, fn, to, fault);
}

enum rc engine_sites_in(
	struct db *db, uint64_t first, uint64_t last, struct changed *sites, struct fault *fault)
{
	struct sql sql = sql_open(db, "SELECT site FROM site WHERE area BETWEEN ? AND ?");

	sql_num(&sql, (int64_t)first);
	sql_num(&sql, (int64_t)last);
	while (sql_row(&sql))
		changed_add(sites, (struct ref){(uint64_t)sql_get(&sql, 0), 0});
	return sql_end(&sql, fault);
}

enum rc engine_areas_of(
	struct db *db, unsigned via, uint64_t own, struct changed *areas, struct fault *fault)
{
	/* A twin has its hub's area; the hub is OWN, or one that ended. */
	struct sql sql = sql_open(db,
		"SELECT area, EXISTS(SELECT 1 FROM site h WHERE h.site=s.above AND h.area=s.area"
		" AND (h.site=?2 OR h.ended)) FROM site s WHERE (site & 1073741823 | "
		"1073741824)=?1");

	sql_num(&sql, via);
	sql_num(&sql, (int64_t)own);
	while (sql_row(&sql))
		changed_add(areas,
			(struct ref){(uint64_t)sql_get(&sql, 0), (uint32_t)sql_get(&sql, 1)});
	return sql_end(&sql, fault);
}
