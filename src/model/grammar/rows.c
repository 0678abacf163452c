/* SPDX-License-Identifier: GPL-3.0-or-later
 * The rows of a set of rules, by word and by name.
 */
#include "model/rules/internal.h"

#include <string.h>

const char *const need_names[NEEDS] = {
	"none", "sign", "overdue", "due", "silent", "expiring", "confirm"};
const char *const need_labels[NEEDS] = {
	N_("无"), N_("待签"), N_("逾期"), N_("限期内"), N_("未报"), N_("将到期"), N_("待核对")};

/* The first row of WORD, of KIND when that sorts them. */
unsigned row_first(const struct rules *rules, enum rule_word word, unsigned kind)
{
	unsigned low = 0, high = rules->rows;
	while (low < high) {
		unsigned mid = (low + high) / 2;
		const struct rule *row = &rules->row[mid];
		if (row->word < word ||
			(row->word == word && word == RULE_NEED && row->kind < kind))
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

const struct rule *row_named(const struct rules *rules, enum rule_word word, const char *name)
{
	for (unsigned i = 0; i < rules->rows; i++)
		if (rules->row[i].word == word && !strcmp(rules->row[i].name, name))
			return &rules->row[i];
	return NULL;
}

struct limit *limit_named(const struct rules *rules, const char *name)
{
	for (unsigned i = 0; i < rules->limits; i++)
		if (!strcmp(rules->limit[i].name, name))
			return (struct limit *)&rules->limit[i];
	return NULL;
}

const char *rule_text(const struct rule *rule)
{
	if (!rule->zh)
		return "";
	return rule->en ? (words_english() ? rule->en : rule->zh) : words(rule->zh);
}

/* ---- posts */

static const struct post posts[] = {
	{"head", POST_ROLE, "R05"},
	{"grid_a", POST_ROLE, "R02"},
	{"grid_b", POST_DEPUTY, "R02"},
	{"cadre", POST_ROLE, "R12"},
	{"neighbour", POST_NEIGHBOUR, "R05"},
	{"keeper", POST_FIELD, "keeper"},
	{"watch.officer", POST_ROSTER, "officer"},
	{"watch.deputy", POST_ROSTER, "deputy"},
	{"watch.head", POST_ROSTER, "head"},
	{"watch.leader", POST_ROSTER, "leader"},
	{"watch.leader_b", POST_ROSTER, "leader_b"},
	{"there.officer", POST_THERE, "officer"},
	{"there.deputy", POST_THERE, "deputy"},
	{"there.leader", POST_THERE, "leader"},
	{"up", POST_UP, ""},
};

const struct post *post_named(const char *name)
{
	for (size_t i = 0; i < countof(posts); i++)
		if (!strcmp(posts[i].name, name))
			return &posts[i];
	return NULL;
}

const struct post *post_at(unsigned n)
{
	return n < countof(posts) ? &posts[n] : NULL;
}
