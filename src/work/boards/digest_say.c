/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a station says of its own counts, where its records cannot go: rows `tell` of the rules.
 */
#include "work/digest.h"

#include "base/when.h"
#include "model/kinds.h"
#include "store/log.h"
#include "store/station.h"
#include "work/writing.h"

/* "@2=17": the counts hold what this station has written up to its 17th fact of lane 2. */
static void digest_upto(struct store *store, struct buf *out)
{
	uint64_t site = store_station(store)->site;

	for (unsigned lane = LANE_REPORT + 1; lane < LANES; lane++)
		buf_fmt(out, ";@%u=%u", lane, (unsigned)log_author(store_log(store), site, lane));
}

static enum rc digest_text(struct world *world, struct buf *out, struct fault *fault)
{
	const struct counting_of of = {.at = world->around.now};
	unsigned count;
	const struct rule *rules = rules_rows(RULE_TELL, &count);
	enum rc rc = RC_OK;

	for (unsigned n = 0; n < count && !rc; n++) {
		const struct rule *rule = rules_named(RULE_COUNT, rules[n].name);
		struct counted counted;
		struct arena arena = {0};
		rc = count_load(&counted, world, rule, &of, &arena, fault);
		arena_release(&arena);
		if (rc)
			break;
		buf_fmt(out, "%s%s=", out->len ? ";" : "", rule->name);
		figure_number(counted.number, out);
	}
	if (!rc && out->len)
		digest_upto(world->store, out);
	return rc;
}

struct newest_digest {
	struct store *store;
	struct ref ref; /* seq 0: this station has said nothing yet */
	int64_t day, said;
	struct buf text; /* owned */
};

static bool see_own(const struct row *row, void *to)
{
	struct newest_digest *newest = to;
	const struct value *day = row_value(row, digest_day), *text = row_value(row, digest_counts);

	if (row->ref.site != store_station(newest->store)->site || !day || !text ||
		day->num < newest->day)
		return true;
	newest->ref = row->ref;
	newest->day = day->num;
	newest->said = stamp_seconds(row->stamp);
	buf_clear(&newest->text);
	buf_put(&newest->text, text->text.at, text->text.len);
	return true;
}

static enum rc write_digest(const struct actor *actor, const struct newest_digest *newest,
	const char *text, int64_t day, struct fault *fault)
{
	const struct kind *kind = kind_of(KIND_digest);
	bool edits = newest->ref.seq && newest->day == day;
	struct change change;
	const char *why;
	enum rc rc = RC_OK;

	if (edits)
		change_edit(&change, actor, kind, newest->ref);
	else
		change_new(&change, actor, kind, (struct ref){0, 0});
	if (!edits && !change_put(&change, field_of(kind, digest_day), value_num(day), &why))
		rc = fault_set(fault, RC_BAD, "%s", why);
	if (!rc)
		rc = writing_text(&change, "counts", text, fault);
	struct ref made;
	return writing_end(&change, rc, &made, fault);
}

enum rc digest_say(struct store *store, struct fault *fault)
{
	const struct actor actor = {.store = store};
	struct newest_digest newest = {.store = store};
	struct query query = query_all(KIND_digest);
	struct buf text = {0};
	struct world world;
	int64_t now = store_now(store);
	int64_t rest = rules_limit("digest.minutes", 240) * 60;
	enum rc rc = store_each(store, &query, see_own, &newest, fault);

	if (!rc && (!newest.ref.seq || now - newest.said >= rest)) {
		world_open(&world, store, NULL, now);
		rc = digest_text(&world, &text, fault);
		if (!rc && text.len &&
			(newest.day != date_of(now) ||
				!bytes_equal(buf_bytes(&text), buf_bytes(&newest.text))))
			rc = write_digest(&actor, &newest, buf_cstr(&text), date_of(now), fault);
	}
	buf_release(&text);
	buf_release(&newest.text);
	return rc;
}
