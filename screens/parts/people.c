/* SPDX-License-Identifier: GPL-3.0-or-later
 * The people who may log in, as choices.
 */
#include "screens/people.h"

#include <stdio.h>
#include <stdlib.h>

#include "model/kinds.h"
#include "screens/display.h"

struct offering {
	const struct people *people;
	struct pick *pick;
	const char *typed;
	uint64_t site;
};

static bool wanted(const struct people *people, const struct row *row)
{
	struct user user;

	if (people->but && people->but == row->ref.seq)
		return false;
	return !people->with_pin ||
	       (store_user_who(people->store, row->ref.site, row->ref.seq, &user) && user.has_pin);
}

static bool offer_person(const struct row *row, void *to)
{
	struct offering *at = to;
	struct store *store = at->people->store;
	struct buf name = {0}, post = {0};
	char seq[16];

	if (!row_value(row, person_login) || row->ref.site != at->site ||
		row->state != person_is_active || !wanted(at->people, row))
		return true;
	row_field(store, row, person_name, true, &name);
	row_field(store, row, person_post, true, &post);
	snprintf(seq, sizeof(seq), "%u", row->ref.seq);
	if (list_match(buf_cstr(&name), at->typed)) {
		struct buf shown = {0};

		display_text(buf_cstr(&name), &shown);
		pick_add(at->pick, seq, buf_cstr(&shown), buf_cstr(&post), false);
		buf_release(&shown);
	}
	buf_release(&name);
	buf_release(&post);
	return true;
}

void people_offer(struct pick *pick, const char *above, const char *typed, void *to)
{
	const struct people *people = to;
	struct offering at = {people, pick, typed, store_station(people->store)->site};
	struct query query = query_all(KIND_person);
	struct fault fault;

	(void)above;
	(void)!store_each(people->store, &query, offer_person, &at, &fault);
}

bool people_chosen(const struct people *people, struct pick *pick, struct user *user)
{
	return store_user_who(people->store, store_station(people->store)->site,
		       (uint32_t)strtoul(pick_value(pick), NULL, 10), user) &&
	       !user->off;
}
