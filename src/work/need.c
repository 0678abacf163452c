/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a record needs, where that hangs on other records: a warning wants this station's signature
 * until a receipt for any copy of it is there.
 */
#include "work/need.h"

#include "base/when.h"
#include "model/area.h"
#include "model/kinds.h"
#include "model/rules.h"
#include "store/log.h"
#include "store/station.h"

#include <stdio.h>

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

enum need store_need(
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
