/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a record needs, where that hangs on other records: a warning wants this station's signature
 * until a receipt for any copy of it is there. And all of it in order.
 */
#include "work/agenda.h"

#include "base/memory.h"
#include "base/when.h"
#include "model/area.h"
#include "model/kinds.h"
#include "model/rules.h"
#include "store/log.h"
#include "store/station.h"

#include <stdio.h>
#include <stdlib.h>

enum { DAYS_UNSIGNED = 3, MINUTES_TO_SIGN = 15, DAY = 86400, MINUTE = 60 };

struct looking {
	struct store *store;
	struct ref shown;
	bool found;
};

static bool same(struct ref a, struct ref b)
{
	return a.site == b.site && a.seq == b.seq;
}

/* This station, also under the number that it had before it was put back from a backup, and the
 * other stations of its place. */
static bool own_site(struct store *store, uint64_t number)
{
	const struct station *own = store_station(store);
	struct site site;
	return number == own->site ||
	       (log_site(store_log(store), number, &site) && site.area == own->area);
}

bool receipt_counts(struct store *store, const struct row *receipt, struct ref shown)
{
	const struct value *value = row_value(receipt, receipt_warning);
	struct ref ref;
	return value && own_site(store, receipt->by_site) && warning_meant(store, value, &ref) &&
	       same(warning_shown(store, ref), shown);
}

static bool each_receipt(const struct row *row, void *to)
{
	struct looking *looking = to;
	looking->found = receipt_counts(looking->store, row, looking->shown);
	return !looking->found;
}

bool warning_signed(struct store *store, struct ref warning)
{
	struct looking looking = {store, warning_shown(store, warning), false};
	struct query query = query_all(KIND_receipt);
	struct fault fault;
	query.parent = warning;
	return !store_each(store, &query, each_receipt, &looking, &fault) && looking.found;
}

static int64_t number(const struct row *row, unsigned tag, int64_t otherwise)
{
	const struct value *value = row_value(row, tag);
	return value && value->wire == WIRE_NUM ? value->num : otherwise;
}

static bool is_code(const struct row *row, unsigned tag, const char *code)
{
	const struct value *value = row_value(row, tag);
	return value && bytes_equal(value->text, bytes_text(code));
}

/* How soon a warning is to be signed: the redder the sooner. */
static int64_t sign_until(const struct row *row)
{
	static const char *const colours[] = {"red", "orange", "yellow", "blue"};
	char name[40] = "warning.unknown.minutes";
	for (size_t i = 0; i < countof(colours); i++)
		if (is_code(row, warning_severity, colours[i]))
			snprintf(name, sizeof name, "warning.%s.minutes", colours[i]);
	return row->at + rules_limit(name, MINUTES_TO_SIGN) * MINUTE;
}

static bool wants_signature(struct store *store, const struct row *row, int64_t now)
{
	int64_t end = number(row, warning_expires,
		row->at + rules_limit("warning.unsigned.days", DAYS_UNSIGNED) * DAY);
	return row->state == warning_is_active && now < end &&
	       !is_code(row, warning_msgtype, "cancel") && !warning_signed(store, row->ref);
}

/* Who only received a warning has nothing to update or cancel. */
static bool issued_here(struct store *store, const struct row *row)
{
	return own_site(store, row->by_site) && !row_value(row, warning_proof);
}

/* Who issues a warning knows of it. Villages issue none: what is typed there was heard. */
static bool knows(struct store *store, const struct row *row)
{
	return store_station(store)->level > LEVEL_VILLAGE && issued_here(store, row);
}

/* What lies above or beside is for those there, but for what is sent down to everybody. */
static bool concerns(struct store *store, const struct row *row)
{
	return row->kind->flags & K_TO_ALL || area_within(row->area, store_station(store)->area);
}

enum need need_of(
	struct store *store, const struct row *row, int64_t now, int64_t *until, const char **text)
{
	struct record record;
	if (!concerns(store, row))
		return NEED_NONE;
	row_record(row, &record);
	enum need need = rules_need(&record, now, until, text);
	if (row->kind->id != KIND_warning)
		return need;
	if (!same(warning_shown(store, row->ref), row->ref))
		return NEED_NONE;
	if ((need == NEED_SIGN || !knows(store, row)) && wants_signature(store, row, now)) {
		*until = sign_until(row);
		*text = _("本站还没有签收");
		return NEED_SIGN;
	}
	return need == NEED_SIGN || !issued_here(store, row) ? NEED_NONE : need;
}

/* ---- all of it, in order */

enum { RANK_STEP = 8, RANK_TEST = 6, RANK_FORCE = 7 };

static const unsigned ranks[NEEDS] = {
	[NEED_SIGN] = 0,
	[NEED_OVERDUE] = 1,
	[NEED_SILENT] = 2,
	[NEED_DUE] = 3,
	[NEED_EXPIRING] = 4,
	[NEED_CONFIRM] = 5,
};

struct collecting {
	struct needs *needs;
	struct store *store;
	title_fn *title;
	struct arena *arena;
	int64_t now;
};

unsigned row_colour(const struct row *row)
{
	static const char *const codes[] = {"red", "orange", "yellow", "blue", "1", "2", "3", "4"};
	const struct field *field = field_flagged(row->kind, F_COLOUR);
	const struct value *value = field ? row_value(row, field->tag) : NULL;

	for (unsigned n = 0; value && value->wire == WIRE_TEXT && n < countof(codes); n++)
		if (bytes_equal(value->text, bytes_text(codes[n])))
			return n % COLOURS;
	return COLOURS;
}

static unsigned rank_of(enum need need, const struct row *row, unsigned colour)
{
	const struct field *real = field_flagged(row->kind, F_REAL);
	const struct value *status = real ? row_value(row, real->tag) : NULL;
	unsigned rank = ranks[need] * RANK_STEP;

	if (status && !bytes_equal(status->text, bytes_text("actual")))
		return rank + RANK_TEST;
	return rank + (colour < COLOURS ? colour : RANK_TEST - 1);
}

/* Signed, but people must still live with it: it stays in sight until it is over. */
static bool in_force(struct store *store, const struct row *row, int64_t now)
{
	const struct value *end =
		row->kind->id == KIND_warning ? row_value(row, warning_expires) : NULL;

	return end && row->state == warning_is_active && end->num > now &&
	       same(warning_shown(store, row->ref), row->ref);
}

static void add_item(struct needs *needs, const struct need_item *item)
{
	needs->items = array_more(needs->items, needs->count, &needs->room, sizeof *needs->items);
	needs->items[needs->count++] = *item;
}

static bool collect(const struct row *row, void *to)
{
	struct collecting *at = to;
	struct needs *needs = at->needs;
	struct need_item item = {.ref = row->ref, .kind = row->kind, .stamp = row->stamp};
	struct buf title = {0};

	item.need = need_of(at->store, row, at->now, &item.until, &item.text);
	if (!need_is_now(item.need, item.until, at->now))
		item.need = NEED_NONE;
	item.in_force = item.need != NEED_SIGN && in_force(at->store, row, at->now);
	if (item.need == NEED_NONE && !item.in_force)
		return true;
	if (item.in_force)
		item.until = row_value(row, warning_expires)->num;
	else
		needs->counts[item.need]++;
	if (item.until > at->now && (!needs->next || item.until < needs->next))
		needs->next = item.until;
	item.colour = row_colour(row);
	item.rank = item.in_force ? RANK_FORCE : rank_of(item.need, row, item.colour);
	at->title(at->store, row, &title);
	item.title = arena_text(at->arena, buf_cstr(&title));
	buf_release(&title);
	add_item(needs, &item);
	return true;
}

static int by_rank(const void *a, const void *b)
{
	const struct need_item *x = a, *y = b;

	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	if (x->until != y->until)
		return x->until < y->until ? -1 : 1;
	return (x->stamp > y->stamp) - (x->stamp < y->stamp);
}

enum rc needs_load(struct needs *needs, struct store *store, title_fn *title, struct arena *arena,
	struct fault *fault)
{
	struct collecting at = {needs, store, title, arena, store_now(store)};

	needs_release(needs);
	enum rc rc = store_each_open(store, collect, &at, fault);
	if (!rc && needs->count)
		qsort(needs->items, needs->count, sizeof(*needs->items), by_rank);
	return rc;
}

void needs_release(struct needs *needs)
{
	free(needs->items);
	*needs = (struct needs){0};
}

struct hearing {
	struct store *store;
	struct needs_loud *loud;
};

static bool hear(const struct row *row, void *to)
{
	enum { ORANGE = 1 };
	struct hearing *at = to;
	struct needs_loud *loud = at->loud;
	unsigned colour = row_colour(row);
	const char *why;
	int64_t until;

	if (colour > ORANGE ||
		need_of(at->store, row, store_now(at->store), &until, &why) != NEED_SIGN)
		return true;
	uint64_t arrived = log_arrived(store_log(at->store), row->ref);
	if (arrived > loud->newest)
		loud->newest = arrived;
	if (colour < loud->colour || (colour == loud->colour && row->stamp > loud->stamp)) {
		loud->colour = colour;
		loud->stamp = row->stamp;
		loud->ref = row->ref;
	}
	return true;
}

enum rc needs_loudest(struct store *store, struct needs_loud *loud, struct fault *fault)
{
	struct query query = query_all(KIND_warning);
	struct hearing at = {store, loud};

	*loud = (struct needs_loud){.colour = COLOURS};
	query.state_flags = STATE_OPEN;
	return store_each(store, &query, hear, &at, fault);
}
