/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reads the rows that say in which band of home a record stands, and what a picker offers.
 */
#include "model/rules/internal.h"

#include <string.h>

const char *const band_names[BANDS] = {"now", "today", "later", "watch"};
const char *const band_labels[BANDS] = {N_("现在"), N_("今天"), N_("以后"), N_("只看")};

enum { W_BAND = 1, W_WHAT, W_KIND, W_STATES, W_REST };

static bool take_band(struct row_reader *reader, struct rule *rule)
{
	for (unsigned n = 0; n < BANDS; n++)
		if (!strcmp(band_names[n], reader->word[W_BAND])) {
			rule->band = (enum rule_band)n;
			return true;
		}
	return row_wrong(
		reader, _("段落要写 now today later watch，不是 \"%s\""), reader->word[W_BAND]);
}

/* due means overdue, too: one row places a thing before and after its limit. */
static bool take_what(struct row_reader *reader, struct rule *rule)
{
	const char *what = reader->word[W_WHAT];
	rule->force = !strcmp(what, "force");
	rule->undone = !strncmp(what, "undone.", 7);
	if (rule->undone || !strncmp(what, "ask.", 4))
		rule->asked = row_text(reader, strchr(what, '.') + 1);
	if (rule->force || rule->asked)
		return true;
	for (unsigned n = NEED_SIGN; n < NEEDS; n++)
		if (n != NEED_OVERDUE && !strcmp(need_names[n], what))
			rule->needs = 1u << n | (n == NEED_DUE ? 1u << NEED_OVERDUE : 0);
	return rule->needs ||
	       row_wrong(reader,
		       _("没有需要 \"%s\"（有 sign due silent expiring confirm force ask.名称 "
			 "undone.名称）"),
		       what);
}

static bool take_group(
	struct row_reader *reader, const struct kind *kind, unsigned *at, struct rule *rule)
{
	static const char *const names[] = {"kind", "village", "colour", "all"};
	const char *group = row_option(reader, at, "group");
	bool known = !group || (kind && field_named(kind, group));
	for (size_t i = 0; i < countof(names) && !known; i++)
		known = !strcmp(names[i], group);
	if (group)
		rule->group = row_text(reader, group);
	return known ||
	       row_wrong(reader,
		       _("group 后面要写 kind village colour all 或一个字段，不是 \"%s\""), group);
}

bool take_rank(struct row_reader *reader, struct rule *rule)
{
	unsigned at = W_REST;
	if (reader->count < W_REST)
		return false;
	bool any = !strcmp(reader->word[W_KIND], "*");
	const struct kind *kind = any ? NULL : row_kind(reader, reader->word[W_KIND]);
	struct rule_span ring = {0};
	if ((!any && !kind) || !take_band(reader, rule) || !take_what(reader, rule) ||
		!row_states(reader, kind, reader->word[W_STATES], &rule->states) ||
		!take_group(reader, kind, &at, rule))
		return false;
	rule->kind = kind ? kind->id : 0;
	const char *often = row_option(reader, &at, "ring");
	if (often && (!row_span(reader, often, &ring) || ring.limit || ring.seconds < 1))
		return row_wrong(reader, _("ring 后面要写多久响一次，如 1m，不是 \"%s\""), often);
	rule->ring = ring.seconds;
	return row_conditions(reader, at, kind, rule);
}

/* The next word of a list parted by ','; false: it does not fit. */
static bool list_piece(const char **at, char out[48])
{
	size_t len = strcspn(*at, ",");
	if (!len || len >= 48)
		return false;
	memcpy(out, *at, len);
	out[len] = 0;
	*at += len + ((*at)[len] == ',');
	return true;
}

static bool take_pick_fields(
	struct row_reader *reader, const struct kind *kind, const char *typed, struct rule *rule)
{
	char name[48] = "";
	for (const char *at = typed; *at;) {
		const struct field *field = list_piece(&at, name) ? field_named(kind, name) : NULL;
		if (!field || field->type != T_REF || rule->tags == RULE_NAMES)
			return row_wrong(reader, _("%s 没有可选记录的字段 \"%s\""), kind->name,
				field ? typed : name);
		rule->tag[rule->tags++] = field->tag;
	}
	return rule->tags;
}

/* KIND.FIELD,… KIND,… */
bool take_pick(struct row_reader *reader, struct rule *rule)
{
	char name[48] = "";
	const char *dot = reader->count == 3 ? strchr(reader->word[1], '.') : NULL;
	if (!dot || (size_t)(dot - reader->word[1]) >= sizeof name)
		return false;
	memcpy(name, reader->word[1], (size_t)(dot - reader->word[1]));
	const struct kind *kind = row_kind(reader, name);
	if (!kind || !take_pick_fields(reader, kind, dot + 1, rule))
		return false;
	rule->kind = kind->id;
	for (const char *at = reader->word[2]; *at;) {
		bool fits = list_piece(&at, name) && rule->kinds < RULE_NAMES;
		const struct kind *picked = fits ? row_kind(reader, name) : NULL;
		if (!picked)
			return !fits && row_wrong(reader, _("种类太多，最多%d个"), RULE_NAMES);
		rule->picks[rule->kinds++] = picked->id;
	}
	return rule->kinds;
}
