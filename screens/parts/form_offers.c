/* SPDX-License-Identifier: GPL-3.0-or-later
 * Records for a field, by what is typed or as they come.
 */
#include "screens/form_offers.h"

#include "model/area.h"
#include "model/rules.h"
#include "screens/display.h"
#include "store/search.h"

enum { OFFERED = 50 };

struct offering {
	struct store *store;
	struct pick *pick;
	uint64_t own;
	bool others; /* those that do not lie in OWN */
};

/* The kinds that FIELD of KIND may hold, by the county's pick rows; without such a row the field's
 * own, and none where any may. */
static unsigned kinds_of(
	const struct kind *kind, const struct field *field, unsigned held[RULE_NAMES])
{
	unsigned count;
	const struct rule *rules = rules_rows(RULE_PICK, &count);

	for (unsigned n = 0; n < count; n++) {
		bool meant = false;

		for (unsigned t = 0; t < rules[n].tags; t++)
			meant |= rules[n].kind == kind->id && rules[n].tag[t] == field->tag;
		if (!meant)
			continue;
		for (unsigned k = 0; k < rules[n].kinds; k++)
			held[k] = rules[n].picks[k];
		return rules[n].kinds;
	}
	held[0] = field->target;
	return field->target ? 1 : 0;
}

static bool offer(const struct row *row, void *to)
{
	struct offering *at = to;
	struct buf title = {0}, tell = {0};
	char number[32];

	if (at->others && area_within(row->area, at->own))
		return true;
	store_number(at->store, row->ref, number);
	display_title(at->store, row, &title);
	row_tell(at->store, row, &tell);
	display_text(buf_cstr(&tell), &title);
	pick_add(at->pick, number, buf_cstr(&title), number, false);
	buf_release(&title);
	buf_release(&tell);
	return at->pick->list.count < OFFERED;
}

/* Searching puts the own place first by itself. */
static void offer_found(struct offering *at, unsigned kind, const char *typed)
{
	const struct find_query query = {typed, kind, OFFERED};
	struct fault fault;

	(void)!store_find(at->store, &query, offer, at, &fault);
}

static void offer_kind(struct offering *at, unsigned kind)
{
	struct query query = query_all(kind);
	struct fault fault;

	query.limit = OFFERED;
	query.area = at->own;
	(void)!store_each(at->store, &query, offer, at, &fault);
	query.area = 0;
	query.limit = 0;
	at->others = true;
	if (at->pick->list.count < OFFERED)
		(void)!store_each(at->store, &query, offer, at, &fault);
	at->others = false;
}

void form_offers(struct pick *pick, const char *above, const char *typed, void *to)
{
	const struct form_asked *asked = to;
	const struct session *session = asked->to;
	struct offering at = {.store = session->store, .pick = pick, .own = session->draft.area};
	unsigned held[RULE_NAMES];
	unsigned count = kinds_of(session->draft.kind, asked->field, held);

	(void)above;
	if (!at.own)
		at.own = store_area(session->store);
	for (unsigned n = 0; n < count && pick->list.count < OFFERED; n++) {
		if (*typed)
			offer_found(&at, held[n], typed);
		else
			offer_kind(&at, held[n]);
	}
	if (count == 0 && *typed)
		offer_found(&at, 0, typed);
}
