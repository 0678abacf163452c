/* SPDX-License-Identifier: GPL-3.0-or-later
 * Who is meant where an order says in words to whom it goes: places, posts, people.
 */
#include "work/rules.h"

#include <string.h>

#include "base/buf.h"
#include "model/area.h"
#include "model/codes.h"
#include "model/kinds.h"

/* zh: what stands between two receivers */
static const char *const between[] = {"、", "，", "；", ",", ";", " ", "\n"};

/* The next receiver of LEFT; empty: there is none. */
static struct bytes next_name(struct bytes *left)
{
	struct bytes name = *left;
	size_t skip = 0;

	for (size_t n = 0; n < countof(between); n++) {
		const uint8_t *at = memmem(left->at, name.len, between[n], strlen(between[n]));
		if (!at)
			continue;
		name.len = (size_t)(at - left->at);
		skip = strlen(between[n]);
	}
	*left = bytes_of(left->at + name.len + skip, left->len - name.len - skip);
	return name;
}

/* ---- by a word for all places of a level */

static bool others_named(uint64_t area, struct bytes text)
{
	uint64_t beside = 0;
	struct bytes name;

	while (area_each(area_above(area), &beside, &name))
		if (beside != area && area_in_text(beside, text))
			return true;
	return false;
}

/* 宋庄村书记 is one village's, 王召乡各村 those of one township. */
static bool by_word(uint64_t area, struct bytes text)
{
	struct buf words = {0};

	buf_put(&words, text.at, text.len);
	const struct code *word = code_inside("receiver_word", buf_cstr(&words));
	bool is = word && !strcmp(word->zh, level_names[area_level(area)]);
	for (uint64_t at = area; is && at && area_level(at) < LEVEL_COUNTY; at = area_above(at))
		is = area_in_text(at, text) || !others_named(at, text);
	buf_release(&words);
	return is;
}

/* ---- by somebody who is registered there */

static bool by_person(struct store *store, uint64_t area, struct bytes text)
{
	bool found = false;

	while (text.len && !found) {
		const struct name_query query = {KIND_person, next_name(&text), area, false};
		struct arena arena = {0};
		struct bearers who = {0};
		struct fault fault;
		struct row row;

		found = query.name.len && !store_bearers(store, &query, &who, &fault) &&
			who.count == 1 && !store_row(store, who.at[0], &arena, &row, &fault) &&
			row.area == area;
		arena_release(&arena);
	}
	return found;
}

bool receiver_place(uint64_t area, struct bytes text)
{
	return area_in_text(area, text) || by_word(area, text);
}

bool receiver_is(struct store *store, uint64_t area, struct bytes text)
{
	return receiver_place(area, text) || by_person(store, area, text);
}

bool receiver_post(const struct user *user, struct bytes text)
{
	const struct code *role = *user->role ? code_find("role", user->role) : NULL;

	while (text.len) {
		struct bytes name = next_name(&text);

		if (name.len && (bytes_equal(name, bytes_text(user->post)) ||
					(role && bytes_equal(name, bytes_text(role->zh)))))
			return true;
	}
	return false;
}
