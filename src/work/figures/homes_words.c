/* SPDX-License-Identifier: GPL-3.0-or-later
 * What was said at each door: from what was told (relay), from the list of transfers and from the
 * shelters, whichever is newest. Who has left, or will not, has whatever the warning is called by
 * now; who was told of another warning has not been told of this one, and that he was is not lost.
 */
#include "work/figures/homes_inside.h"

#include <stdlib.h>

#include "base/memory.h"
#include "model/area.h"
#include "model/kinds.h"
#include "work/agenda.h"
#include "work/in_force.h"

const char *loading_text(struct loading *to, const struct row *row, unsigned tag)
{
	return row_field_text(to->store, row, tag, true, to->arena);
}

bool loading_ref(struct loading *to, const struct row *row, unsigned tag, struct ref *ref)
{
	const struct value *value = row_value(row, tag);

	return value && value_record(to->store, field_of(row->kind, tag), value, row->area, ref);
}

int loading_by_ref(const void *a, const void *b)
{
	const struct ref *x = a, *y = b;

	if (x->site != y->site)
		return x->site < y->site ? -1 : 1;
	return (x->seq > y->seq) - (x->seq < y->seq);
}

static struct home *home_of(struct loading *loading, const struct row *row, unsigned tag)
{
	struct home key = {0};

	return loading->homes->count && loading_ref(loading, row, tag, &key.household)
		       ? bsearch(&key.household, loading->homes->list, loading->homes->count,
				 sizeof key, loading_by_ref)
		       : NULL;
}

static void set_status(
	struct home *home, const struct row *row, int64_t at, enum home_status status)
{
	if (at < home->at)
		return;
	home->at = at;
	home->status = status;
	home->said = row->ref;
}

/* ---- told at the door */

static const struct {
	const char *code;
	enum home_status status;
	bool helped;
} results[] = {{"told", HOME_TOLD, false}, {"refused", HOME_REFUSED, false},
	{"absent", HOME_ABSENT, false}, {"moved", HOME_ARRIVED, false},
	{"helped", HOME_TOLD, true}};

/* countof(results): nothing that a row says of a household. */
static size_t result_of(const struct row *row)
{
	const struct value *result = row_value(row, relay_result);
	size_t n = 0;

	while (n < countof(results) &&
		(!result || row_void(row) ||
			!bytes_equal(result->text, bytes_text(results[n].code))))
		n++;
	return n;
}

static bool see_relay(const struct row *row, void *to)
{
	struct loading *loading = to;
	struct home *home = home_of(loading, row, relay_household);
	size_t n = result_of(row);

	if (!home || n == countof(results))
		return true;
	if (row->at >= home->at && row_value(row, relay_text))
		home->text = loading_text(loading, row, relay_text);
	set_status(home, row, row->at, results[n].status);
	home->helped |= results[n].helped;
	return true;
}

/* Under another warning: the newest of these is weighed when all are read. */
static bool see_before(const struct row *row, void *to)
{
	struct loading *loading = to;
	struct home *home = home_of(loading, row, relay_household);
	size_t n = result_of(row);

	if (!home || n == countof(results) || row->at < home->before.at)
		return true;
	home->before.at = row->at;
	home->before.status = results[n].status;
	home->before.said = row->ref;
	home->before.colour = loading->colour;
	home->before.text =
		row_value(row, relay_text) ? loading_text(loading, row, relay_text) : NULL;
	return true;
}

/* Words that are newer than those under this warning, and true whatever it is. */
static void weigh_before(const struct homes *homes, struct home *home)
{
	bool told = home->before.status == HOME_TOLD && !homes->any;

	if (!home->before.at || told || home->before.at < home->at)
		return;
	home->at = home->before.at;
	home->status = home->before.status;
	home->said = home->before.said;
	if (home->before.text)
		home->text = home->before.text;
}

static enum rc load_before(struct loading *to, int64_t now, struct fault *fault)
{
	struct homes *homes = to->homes;
	struct query query = query_all(KIND_relay);
	struct warned warned;
	struct world world;

	world_open(&world, to->store, NULL, now);
	enum rc rc = warned_load(&warned, &world, homes->warning, fault);
	for (unsigned n = 0; n < warned.count && !rc; n++) {
		query.parent = warned.at[n];
		to->colour = warned.colours[n];
		rc = store_each(to->store, &query, see_before, to, fault);
	}
	for (unsigned n = 0; n < homes->count; n++)
		weigh_before(homes, &homes->list[n]);
	return rc;
}

/* ---- the list of transfers */

/* What the list knows of a household beside how far it is. */
static void fill_home(struct loading *loading, struct home *home, const struct row *row)
{
	const struct value *people = row_value(row, transfer_people);

	if (home->people < 0 && people)
		home->people = people->num;
	if (!home->point.seq && !loading_ref(loading, row, transfer_point, &home->point)) {
		home->point = (struct ref){0, 0};
		if (row_value(row, transfer_point))
			home->spot = loading_text(loading, row, transfer_point);
	}
	if (row_value(row, transfer_shelter))
		home->shelter = loading_text(loading, row, transfer_shelter);
}

/* Who is to leave and whom no register knows has to leave all the same: he stands behind the
 * others. NULL: the household is one that is not looked at here. */
static struct home *listed(struct loading *loading, const struct row *row)
{
	struct home *home = home_of(loading, row, transfer_household);
	struct ref known;

	if (home || loading_ref(loading, row, transfer_household, &known) ||
		(!loading->homes->whole && loading->areas.len &&
			area_reach(loading->areas, row->area) == AREA_ELSEWHERE))
		return home;
	loading->strangers = array_more_in(loading->arena, loading->strangers,
		loading->stranger_count, &loading->stranger_room, sizeof *loading->strangers);
	home = &loading->strangers[loading->stranger_count++];
	*home = (struct home){.household = row->ref,
		.stranger = true,
		.people = -1,
		.area = row->area,
		.head = loading_text(loading, row, transfer_household),
		.group = "",
		.door = "",
		.phone = "",
		.tags = "",
		.helper = "",
		.shelter = "",
		.code = "",
		.text = loading_text(loading, row, transfer_text)};
	return home;
}

static bool see_transfer(const struct row *row, void *to)
{
	static const enum home_status statuses[] = {[transfer_is_listed] = HOME_OPEN,
		[transfer_is_told] = HOME_TOLD,
		[transfer_is_leaving] = HOME_LEAVING,
		[transfer_is_arrived] = HOME_ARRIVED,
		[transfer_is_refused] = HOME_REFUSED,
		[transfer_is_absent] = HOME_ABSENT};
	struct loading *loading = to;
	const struct value *due = row_value(row, transfer_due);
	int64_t at = row->state_at ? row->state_at : row->at;
	bool counts = !row_void(row) && row->state < (int)countof(statuses) &&
		      moving_counts(&loading->moving, row);
	struct home *home = counts ? listed(loading, row) : NULL;

	if (!home)
		return true;
	home->transfer = row->ref;
	home->transfer_state = row->state;
	home->transfer_at = at;
	home->asked = row->at;
	home->danger = true;
	fill_home(loading, home, row);
	if (row->state != transfer_is_listed)
		set_status(home, row, at, statuses[row->state]);
	home->due = due ? due->num : 0;
	if (row->state != transfer_is_arrived && due &&
		(!loading->homes->until || due->num < loading->homes->until))
		loading->homes->until = due->num;
	return true;
}

/* Who is registered in a shelter is there, on a list or not. */
static bool see_stay(const struct row *row, void *to)
{
	struct loading *loading = to;
	struct home *home = home_of(loading, row, stay_household);

	if (home)
		set_status(home, row, row->at, HOME_ARRIVED);
	return true;
}

/* An order to leave that runs is about all who live there, also about who was registered since. */
static bool see_order(const struct row *row, void *to)
{
	struct loading *loading = to;
	struct homes *homes = loading->homes;
	struct ref point;

	if (!loading_ref(loading, row, evacuation_point, &point) || !point.seq)
		return true;
	for (unsigned n = 0; n < homes->count; n++) {
		struct home *home = &homes->list[n];

		if (loading_by_ref(&home->point, &point))
			continue;
		home->ordered = true;
		if (!home->asked || row->at < home->asked)
			home->asked = row->at;
	}
	return true;
}

/* ---- visits */

/* What was said at the door without a warning belongs to the leaving that goes on there. */
static bool see_visit(const struct row *row, void *to)
{
	const struct home *home = home_of(to, row, relay_household);

	if (row_value(row, relay_warning) || !home || !home->asked || row->at < home->asked)
		return true;
	/* Of the same second: the list's own word, which one cannot say without the list. */
	if (row->at == home->at && home->status != HOME_OPEN)
		return true;
	return see_relay(row, to);
}

static enum rc load_visits(struct loading *to, struct fault *fault)
{
	struct query query = query_all(KIND_relay);
	bool asked = false;

	for (unsigned n = 0; n < to->homes->count; n++)
		asked |= to->homes->list[n].asked != 0;
	query.area = to->homes->area;
	return asked ? store_each(to->store, &query, see_visit, to, fault) : RC_OK;
}

/* Behind the others, once nobody looks for one by its reference any more. */
static void add_strangers(struct loading *to)
{
	struct homes *homes = to->homes;

	for (unsigned n = 0; n < to->stranger_count; n++) {
		homes->list = array_more_in(
			to->arena, homes->list, homes->count, &to->room, sizeof *homes->list);
		homes->list[homes->count++] = to->strangers[n];
	}
}

enum rc homes_words(struct loading *to, int64_t now, struct fault *fault)
{
	struct query relays = query_all(KIND_relay), transfers = query_all(KIND_transfer),
		     stays = query_all(KIND_stay), orders = query_all(KIND_evacuation);
	enum rc rc = RC_OK;

	relays.parent = to->homes->warning;
	if (to->homes->warning.seq)
		rc = store_each(to->store, &relays, see_relay, to, fault);
	if (!rc && to->homes->warning.seq)
		rc = load_before(to, now, fault);
	transfers.area = to->homes->area;
	if (!rc)
		rc = store_each(to->store, &transfers, see_transfer, to, fault);
	stays.area = to->homes->area;
	stays.state = stay_is_in;
	if (!rc)
		rc = store_each(to->store, &stays, see_stay, to, fault);
	orders.state = evacuation_is_issued;
	if (!rc)
		rc = store_each(to->store, &orders, see_order, to, fault);
	if (!rc)
		rc = load_visits(to, fault);
	add_strangers(to);
	return rc;
}
