/* SPDX-License-Identifier: GPL-3.0-or-later
 * Whose each change is.
 */
#include "blame.h"

#include "base/buf.h"
#include "base/when.h"
#include "model/area.h"
#include "model/kinds.h"
#include "model/op.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A change with its key taken apart: "table:one:two:three". */
struct look {
	const struct blame *blame;
	const struct snapshot *before, *after;
	const struct change *change;
	char table[40], rest[4000];
	uint64_t one, two; /* sites, when they are such */
};

enum { COLUMNS = 14 };

static unsigned columns_of(const char *value, char copy[4000], char *columns[COLUMNS])
{
	unsigned n = 0;

	snprintf(copy, 4000, "%s", value ? value : "");
	for (char *at = copy; at && n < COLUMNS; n++) {
		columns[n] = at;
		at = strchr(at, '|');
		if (at)
			*at++ = 0;
	}
	return n;
}

/* A site as the judged store knew it then; NULL: it did not. */
static const char *known_as(const struct snapshot *then, uint64_t site)
{
	char key[40];

	snprintf(key, sizeof key, "site:%014llx", (unsigned long long)site);
	for (size_t i = 0; i < then->count; i++)
		if (!strcmp(then->lines[i].key, key))
			return then->lines[i].value;
	return NULL;
}

static uint64_t area_of(const struct snapshot *before, uint64_t site)
{
	const char *value = known_as(before, site);

	return value ? strtoull(value, NULL, 10) : 0;
}

static bool is_known(const struct look *look, uint64_t site)
{
	return area_of(look->before, site) != 0;
}

/* Is TOP its hub, or a hub above that? */
static bool is_below(const struct look *look, uint64_t site, uint64_t top)
{
	char copy[4000], *columns[COLUMNS];
	uint64_t next = site;

	for (unsigned i = 0; i < 8 && next; i++) {
		const char *value = known_as(look->before, next);
		if (!value || columns_of(value, copy, columns) < 3)
			return false;
		next = strtoull(columns[2], NULL, 16);
		if (next == top)
			return true;
	}
	return false;
}

/* Then the liar may grant and revoke it, and speak for it where nothing is signed. */
static bool is_below_liar(const struct look *look, uint64_t site)
{
	return site != look->blame->own && is_below(look, site, look->blame->liar);
}

/* What such a site said comes from below alone, as long as nobody has revoked it. */
static bool is_below_own(const struct look *look, uint64_t site)
{
	enum { REVOKED_COLUMN = 4 };
	char copy[4000], *columns[COLUMNS];

	return look->blame->side == SIDE_BELOW && is_below(look, site, look->blame->own) &&
	       columns_of(known_as(look->after, site), copy, columns) > REVOKED_COLUMN &&
	       *columns[REVOKED_COLUMN] == '0';
}

/* Columns of "site" that a change may touch, as bits; see snapshot.c for their order. */
enum { NAME_OF = 1 << 8, CODE = 1 << 9, UNTIL = 1 << 7, RIGHTS = 1 << 6, REVOKED = 1 << 4 };
enum { AGREE = 1 << 10 | 1 << 11, TERMS = NAME_OF | CODE | UNTIL | RIGHTS | REVOKED };

static bool only(const struct change *change, unsigned allowed)
{
	char old[4000], now[4000], *olds[COLUMNS], *nows[COLUMNS];
	unsigned n = columns_of(change->before, old, olds);

	if (!change->before || !change->after || columns_of(change->after, now, nows) != n)
		return false;
	for (unsigned i = 0; i < n; i++)
		if (!(allowed >> i & 1) && strcmp(olds[i], nows[i]) != 0)
			return false;
	return true;
}

static bool site_rule(const struct look *look)
{
	const struct blame *blame = look->blame;

	if (blame->side == SIDE_OTHER)
		return false;
	if (look->one == blame->liar)
		return only(look->change, blame->side == SIDE_HUB ? AGREE | UNTIL : AGREE);
	if (look->one == blame->own)
		return blame->side == SIDE_BELOW && blame->pinned && only(look->change, TERMS);
	if (is_below_liar(look, look->one))
		return only(look->change, TERMS);
	/* A station that nobody knew, below the liar. */
	return !look->change->before && look->change->after &&
	       area_within(strtoull(look->change->after, NULL, 10), blame->liar_area) &&
	       strtoull(look->change->after, NULL, 10) != blame->liar_area;
}

static bool signed_kind(unsigned kind)
{
	const struct kind *is = kind_of(kind);

	return is && is->flags & K_SIGNED;
}

enum { SIGNATURE = 6 }; /* of the columns of "fact" */

static bool fact_rule(const struct look *look)
{
	const struct blame *blame = look->blame;
	char copy[4000], *columns[COLUMNS];
	unsigned kind, state, count;

	if (blame->side == SIDE_BELOW && look->one == blame->liar)
		return true; /* what it says of itself, and unsays */
	/* Of whom it has made known, facts are judged as it says who that is. */
	if (blame->side == SIDE_BELOW && look->change->after && !is_known(look, look->one))
		return true;
	if (blame->side == SIDE_OTHER || look->change->before || !look->change->after)
		return false; /* nothing that is held goes, or becomes another */
	count = columns_of(look->change->after, copy, columns);
	kind = (unsigned)strtoul(columns[0], NULL, 10);
	state = (unsigned)strtoul(columns[2], NULL, 10);
	if (is_below_own(look, look->one))
		return state == 0 && count > SIGNATURE && *columns[SIGNATURE];
	if (look->one == blame->own) /* that it refuses facts, and at a hub that a grant goes on */
		return kind == KIND_refusal || (blame->side == SIDE_HUB && kind == KIND_grant);
	if (look->one == blame->liar)
		return true;
	if (is_below_liar(look, look->one) || !is_known(look, look->one))
		return true;
	/* What comes down is believed hop by hop, where it is not signed. */
	return blame->side == SIDE_BELOW && (!signed_kind(kind) || state != 0) &&
	       area_within(blame->liar_area, area_of(look->before, look->one));
}

static bool row_rule(const struct look *look)
{
	const struct blame *blame = look->blame;
	const char *value = look->change->after ? look->change->after : look->change->before;
	bool trusts = !strcmp(look->table, "row_grant") || !strcmp(look->table, "row_revocation");

	if (blame->side == SIDE_OTHER)
		return false;
	if (look->one == blame->liar || !is_known(look, look->one) ||
		is_below_liar(look, look->one))
		return true;
	if (look->one == blame->own && blame->side == SIDE_HUB &&
		(!strcmp(look->table, "row_refusal") || !strcmp(look->table, "row_grant")))
		return true;
	/* Who stands above a place may write on what is there, and is named for it. */
	return !trusts && (blame->side == SIDE_BELOW ||
				  area_within(strtoull(value, NULL, 10), blame->liar_area));
}

static bool author_rule(const struct look *look)
{
	const struct blame *blame = look->blame;
	const struct change *change = look->change;
	bool grows =
		change->after && (!change->before || strtoull(change->after, NULL, 10) >
							     strtoull(change->before, NULL, 10));

	if (blame->side == SIDE_OTHER || !grows || is_below_own(look, look->one))
		return false;
	if (look->one == blame->own) /* its facts are judged one by one */
		return true;
	return look->one == blame->liar || is_below_liar(look, look->one) ||
	       !is_known(look, look->one) || blame->side == SIDE_BELOW;
}

/* The own number up to which the judged store has written in that lane. */
static uint64_t written(const struct look *look)
{
	const char *lane = strrchr(look->change->key, ':');
	char key[60];

	snprintf(key, sizeof key, "author:%014llx%s", (unsigned long long)look->blame->own, lane);
	for (size_t i = 0; i < look->before->count; i++)
		if (!strcmp(look->before->lines[i].key, key))
			return strtoull(look->before->lines[i].value, NULL, 10);
	return 0;
}

static bool mark_rule(const struct look *look)
{
	const struct blame *blame = look->blame;
	const char *upto = look->change->after ? strchr(look->change->after, '|') : NULL;

	/* That another holds less, or has a new store, needs no proof: it is mended by the next
	 * word. */
	if (blame->side == SIDE_BELOW && !look->change->after)
		return true;
	if (blame->side != SIDE_BELOW || look->one != blame->liar)
		return false;
	return look->two != blame->own || !upto || strtoull(upto + 1, NULL, 10) <= written(look);
}

/* What it was told of others, which counts for nothing without their proof. */
static bool said_rule(const struct look *look)
{
	const char *after = look->change->after;

	return look->blame->side == SIDE_BELOW &&
	       (!after || strtoull(after, NULL, 16) == look->blame->liar);
}

static bool lane_rule(const struct look *look)
{
	return look->blame->side != SIDE_OTHER && look->one == look->blame->liar;
}

static bool begins(const char *text, const char *with)
{
	return !strncmp(text, with, strlen(with));
}

/* Stamps follow what was seen, but not by more than a day. */
static bool stamp_rule(const struct look *look)
{
	const char *after = look->change->after ? look->change->after : "";

	return (int64_t)(strtoull(after, NULL, 10) >> 16) <= when_now() + 86400;
}

/* "NAME:site:part": what is counted and remembered of the liar, and of the clock. */
static bool kv_rule(const struct look *look)
{
	static const char *const of_liar[] = {"heard:", "left:", "news:", "keys:", "carry:",
		"granted:", "evidence:", "returned:", "lift:", "taken:", "intros:"};
	static const char *const of_hub[] = {
		"peer:", "heirs.due:", "asked:", "missed:", "time:", "clock_known:"};
	char liar[20];
	uint64_t site = strtoull(strchr(look->rest, ':') + 1, NULL, 16);

	if (look->blame->side == SIDE_OTHER)
		return false;
	if (begins(look->rest, "clock:"))
		return stamp_rule(look);
	if (begins(look->rest, "expired:") || begins(look->rest, "replaced:"))
		return true; /* the second: a count that only makes screens look again */
	if (begins(look->rest, "proven:"))
		return look->blame->side == SIDE_BELOW && site == look->blame->liar;
	if (begins(look->rest, "granted:") || begins(look->rest, "joined:") ||
		begins(look->rest, "revoked:"))
		if (is_below_liar(look, site) || !is_known(look, site) ||
			(look->blame->pinned && site == look->blame->own))
			return true;
	if ((begins(look->rest, "packings:") || begins(look->rest, "lean:")) &&
		site == look->blame->liar)
		return true; /* what it says that it can read */
	snprintf(liar, sizeof liar, ":%014llx:", (unsigned long long)look->blame->liar);
	if (strstr(look->rest, liar))
		for (unsigned i = 0; i < countof(of_liar); i++)
			if (begins(look->rest, of_liar[i]))
				return true;
	for (unsigned i = 0; i < countof(of_hub); i++)
		if (look->blame->side == SIDE_BELOW && begins(look->rest, of_hub[i]))
			return true;
	return false;
}

static bool file_rule(const struct look *look)
{
	return !strcmp(look->rest, "written"); /* it follows the own facts, which are judged */
}

static bool never(const struct look *look)
{
	(void)look;
	return false;
}

/* A fact of the hub's own that it has put another in the place of, kept to be given back to it. */
static bool orphan_rule(const struct look *look)
{
	const char *hex = strstr(look->change->key, "X'"); /* REST is cut */
	struct buf raw = {0};
	struct op op;
	bool own;
	unsigned byte;

	for (hex = hex ? hex + 2 : ""; sscanf(hex, "%2x", &byte) == 1; hex += 2)
		buf_byte(&raw, (uint8_t)byte);
	own = op_take(buf_bytes(&raw), &op) && op.site == look->blame->liar;
	buf_release(&raw);
	return own && look->blame->side == SIDE_BELOW;
}

/* Whose clock was wrong: of facts that may be here by their own rule. The one above sets the own
 * clock, and may set it back. */
static bool ahead_rule(const struct look *look)
{
	uint64_t site = strtoull(look->rest, NULL, 10);

	if (look->blame->side == SIDE_OTHER)
		return false;
	if (site == look->blame->own)
		return look->blame->side == SIDE_BELOW;
	return site == look->blame->liar || !is_known(look, site) || is_below_liar(look, site) ||
	       (look->blame->side == SIDE_BELOW && !is_below_own(look, site));
}

/* Tables of what is counted or kept apart: rows that name the liar. */
static bool counter_rule(const struct look *look)
{
	char liar[24], hex[20];
	bool logs = look->blame->side == SIDE_BELOW &&
		    (!strcmp(look->table, "trouble") || !strcmp(look->table, "late"));

	snprintf(liar, sizeof liar, "%lld", (long long)look->blame->liar);
	site_hex(look->blame->liar, hex);
	/* Counted by the author, and all unknown ones together. */
	if (!strcmp(look->table, "flood"))
		return look->blame->side != SIDE_OTHER;
	return logs || (look->blame->side != SIDE_OTHER &&
			       (strstr(look->rest, liar) || strstr(look->rest, hex)));
}

static const struct rule {
	const char *table;
	bool (*allows)(const struct look *look);
} rules[] = {
	{"site", site_rule},
	{"fact", fact_rule},
	{"author", author_rule},
	{"mark", mark_rule},
	{"mark_said", said_rule},
	{"peer_lane", lane_rule},
	{"kv", kv_rule},
	{"file", file_rule},
	{"store", never},
	{"pin", never},
	{"pin_try", never},
	{"ref", never},
	{"doubt", never},
	{"anew", never},
	{"stray", orphan_rule},
	{"ahead", ahead_rule},
};

static bool allowed(const struct look *look)
{
	for (const char *const *excused = look->blame->excused; excused && *excused; excused++)
		if (begins(look->change->key, *excused))
			return true;
	if (begins(look->table, "row_"))
		return row_rule(look);
	for (unsigned i = 0; i < countof(rules); i++)
		if (!strcmp(rules[i].table, look->table))
			return rules[i].allows(look);
	return counter_rule(look);
}

struct judging {
	struct blame *blame;
	const struct snapshot *before, *after;
};

static void judge_change(const struct change *change, void *to)
{
	struct judging *judging = to;
	struct look look = {.blame = judging->blame,
		.before = judging->before,
		.after = judging->after,
		.change = change};
	const char *colon = strchr(change->key, ':');
	char *next;

	if (colon) {
		snprintf(look.table, sizeof look.table, "%.*s", (int)(colon - change->key),
			change->key);
		snprintf(look.rest, sizeof look.rest, "%s", colon + 1);
		look.one = strtoull(look.rest, &next, 16);
		if (*next == ':')
			look.two = strtoull(next + 1, NULL, 16);
	}
	if (allowed(&look))
		return;
	if (judging->blame->wrong++ < BLAME_TOLD) {
		char *said = judging->blame->said;
		size_t len = strlen(said);
		snprintf(said + len, sizeof judging->blame->said - len,
			"\n%s\n  was %.500s\n  is  %.500s", change->key,
			change->before ? change->before : "not there",
			change->after ? change->after : "not there");
	}
}

void blame_find(struct blame *blame, const struct snapshot *before, const struct snapshot *after)
{
	struct judging judging = {blame, before, after};

	blame->wrong = 0;
	blame->said[0] = 0;
	snapshot_compare(before, after, judge_change, &judging);
}
