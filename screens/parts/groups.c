/* SPDX-License-Identifier: GPL-3.0-or-later
 * The source of the menu: registers by group.
 */
#include "screens/groups.h"

#include <stdio.h>
#include <string.h>

#include "model/kinds.h"
#include "work/actions.h"

static const struct {
	const char *letters, *label; /* groups of the domain that it holds */
	const char *brief;           /* on a slow line, where each word is waited for */
} groups[] = {
	{"A", N_("隐患排查治理"), N_("隐患")},
	{"C", N_("预警叫应"), N_("预警")},
	{"B", N_("灾情报告"), N_("灾情")},
	{"F", N_("值班指挥"), N_("值班")},
	{"D", N_("物资队伍场所"), N_("物资")},
	{"H", N_("转移安置"), N_("转移")},
	{"G", N_("巡查检查"), N_("巡查")},
	{"E", N_("演练培训"), N_("演练")},
	{"LIJK", N_("人员、网格、风险与考核"), N_("人员")},
};

/* What is written most often is one key away: of its group only the clues are left, and those come
 * to the watch. */
static bool is_first(const struct kind *kind, bool fresh)
{
	return fresh && kind->id == KIND_hazard;
}

/* WRITER: of a new record; NULL: registers are looked at. */
static bool offered(const struct kind *kind, const struct actor *writer)
{
	return !(kind->flags & K_HIDDEN) && (!writer || action_may_add(writer, kind));
}

static bool in_group(const struct kind *kind, size_t group, const struct actor *writer)
{
	char letter = writer && kind->id == KIND_tip ? 'F' : kind->group[0];

	return strchr(groups[group].letters, letter) != NULL && !is_first(kind, writer) &&
	       offered(kind, writer);
}

static bool any_in(size_t group, const struct actor *writer)
{
	bool any = false;

	for (unsigned k = 0; k < kinds_count && !any; k++)
		any = in_group(&kinds[k], group, writer);
	return any;
}

static void offer_groups(struct pick *pick, const struct actor *writer)
{
	const struct kind *first = kind_of(KIND_hazard);
	bool fresh = writer;

	if (fresh && offered(first, writer))
		pick_add(pick, first->name, _(pick->lean ? first->label : first->plural),
			_(first->label), false);
	for (size_t n = fresh ? 1 : 0; n < countof(groups); n++) {
		char number[16];

		if (!any_in(n, writer))
			continue;
		snprintf(number, sizeof(number), "%zu", n);
		pick_add(pick, number, _(pick->lean ? groups[n].brief : groups[n].label), "", true);
	}
}

void groups_offer(struct pick *pick, const char *above, const char *typed, void *to)
{
	const struct actor *writer = to;

	if (!*above && !*typed) {
		offer_groups(pick, writer);
		return;
	}
	for (unsigned k = 0; k < kinds_count; k++) {
		const struct kind *kind = &kinds[k];
		bool open = !*typed && *above && in_group(kind, (size_t)(*above - '0'), writer);
		struct buf all = {0};

		buf_fmt(&all, "%s %s %s", _(kind->label), _(kind->plural), kind->name);
		if (open || (*typed && offered(kind, writer) && list_match(buf_cstr(&all), typed)))
			pick_add(pick, kind->name, _(kind->plural), _(kind->label), false);
		buf_release(&all);
	}
}
