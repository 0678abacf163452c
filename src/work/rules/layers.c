/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rule files that stations above sent down as signed facts, laid over those of the county's folder:
 * the county's first, then the township's. What cannot be read here leaves the version before it in
 * use, and is said.
 */
#include "work/rules.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/area.h"
#include "model/kinds.h"

enum { PARTS_MOST = 64 };

/* One part of a file; parts of one file were written at one time by one station. */
struct part {
	uint64_t area, stamp, site;
	int state;
	int64_t since; /* in that state: the parts of one version were replaced together */
	int64_t part, parts;
	const char *name, *text;
};

struct gathering {
	struct store *store;
	struct arena arena;
	struct part *parts;
	unsigned count;
	size_t room;
	const char *without; /* a file of this place that is left out; NULL */
};

/* What was laid over the folder's rules, so that nothing is read twice; and what was wrong with it.
 */
static struct {
	uint64_t newest;
	unsigned count;
	bool based;
	struct buf complaints;
} laid;

static struct buf of_folder;

const char *rules_complaints(void)
{
	return buf_cstr(&laid.complaints);
}

void rules_folder_complain(const char *text)
{
	buf_clear(&of_folder);
	buf_put(&of_folder, text, strcspn(text, "\n")); /* the first is enough to begin with */
}

const char *rules_folder_complaints(void)
{
	return buf_cstr(&of_folder);
}

static int64_t number_of(const struct row *row, unsigned tag)
{
	const struct value *value = row_value(row, tag);
	return value ? value->num : 0;
}

static const char *text_of(struct gathering *to, const struct row *row, unsigned tag)
{
	const struct value *value = row_value(row, tag);
	return value ? (const char *)arena_bytes(&to->arena, value->text).at : "";
}

/* Of this place or one above it, and written there: nobody gives rules to his neighbour. */
static bool see(const struct row *row, void *to)
{
	struct gathering *gathering = to;
	uint64_t own = store_area(gathering->store);
	struct site site;
	if (!area_within(own, row->area) || area_level(row->area) < LEVEL_TOWNSHIP ||
		(row->by_site != store_station(gathering->store)->site &&
			(!log_site(store_log(gathering->store), row->by_site, &site) ||
				area_now(log_areas(store_log(gathering->store)), site.area) !=
					row->area)))
		return true;
	gathering->parts = array_more(
		gathering->parts, gathering->count, &gathering->room, sizeof *gathering->parts);
	gathering->parts[gathering->count++] = (struct part){.area = row->area,
		.stamp = row->stamp,
		.site = row->by_site,
		.state = row->state,
		.since = row->state ? row->state_at : 0,
		.part = number_of(row, ruleset_part),
		.parts = number_of(row, ruleset_parts),
		.name = text_of(gathering, row, ruleset_name),
		.text = text_of(gathering, row, ruleset_text)};
	return true;
}

/* The higher place first, then by name, what is in force first, what was replaced last first, by
 * station, in the order of parts. */
static int by_layer(const void *a, const void *b)
{
	const struct part *x = a, *y = b;
	unsigned digits = area_digits(x->area), other = area_digits(y->area);
	int names = strcmp(x->name, y->name);
	if (digits != other)
		return digits < other ? -1 : 1;
	if (names)
		return names;
	if (x->state != y->state)
		return x->state < y->state ? -1 : 1;
	if (x->since != y->since)
		return x->since > y->since ? -1 : 1;
	if (x->site != y->site)
		return x->site < y->site ? -1 : 1;
	return (x->part > y->part) - (x->part < y->part);
}

/* The parts from FIRST on that make a whole file; how many, 0 = they do not. */
static unsigned whole(const struct gathering *from, unsigned first)
{
	const struct part *head = &from->parts[first];
	unsigned count = 0;
	if (head->parts < 1 || head->parts > PARTS_MOST)
		return 0;
	while (first + count < from->count && count < head->parts) {
		const struct part *part = &from->parts[first + count];
		if (part->part != count + 1 || part->parts != head->parts ||
			part->state != head->state || part->since != head->since ||
			part->site != head->site || part->area != head->area ||
			strcmp(part->name, head->name) != 0)
			return 0;
		count++;
	}
	return count == head->parts ? count : 0;
}

static bool lay(const struct gathering *from, unsigned first, unsigned count)
{
	struct buf text = {0};
	struct fault fault;
	for (unsigned n = first; n < first + count; n++)
		buf_text(&text, from->parts[n].text);
	bool good =
		rules_load(rules_now(), from->parts[first].name, buf_bytes(&text), &fault) == RC_OK;
	if (!good)
		buf_fmt(&laid.complaints, _("规则 %s；用的是前一版\n"), fault.text);
	buf_release(&text);
	return good;
}

static bool left_out(const struct gathering *from, const struct part *part)
{
	return from->without && !strcmp(part->name, from->without) &&
	       part->area == store_area(from->store);
}

/* All parts of one file of one place, the version in force before those it replaced. */
static unsigned lay_file(const struct gathering *from, unsigned first)
{
	const struct part *head = &from->parts[first];
	unsigned next = first;
	bool wanted = head->state == ruleset_is_active && !left_out(from, head);
	bool done = !wanted, read = false;
	while (next < from->count && from->parts[next].area == head->area &&
		!strcmp(from->parts[next].name, head->name)) {
		unsigned count = done ? 0 : whole(from, next);
		read |= count && from->parts[next].state == ruleset_is_active;
		done = done || (count && lay(from, next, count));
		next += count ? count : 1;
	}
	if (wanted && !read)
		buf_fmt(&laid.complaints, _("规则 %s 还没有收全；用的是前一版\n"), head->name);
	return next;
}

static void lay_all(struct gathering *gathering, uint64_t newest)
{
	rules_base(!laid.based);
	laid.based = true;
	laid.newest = newest;
	laid.count = gathering->count;
	buf_clear(&laid.complaints);
	if (gathering->count)
		qsort(gathering->parts, gathering->count, sizeof *gathering->parts, by_layer);
	for (unsigned n = 0; n < gathering->count;)
		n = lay_file(gathering, n);
}

static enum rc follow(struct store *store, const char *without, struct fault *fault)
{
	struct gathering gathering = {.store = store, .without = without};
	struct query query = query_all(KIND_ruleset);
	enum rc rc = store_each(store, &query, see, &gathering, fault);
	uint64_t newest = 0;
	for (unsigned n = 0; n < gathering.count; n++)
		if (gathering.parts[n].stamp > newest)
			newest = gathering.parts[n].stamp;
	if (!rc && (without || newest != laid.newest || gathering.count != laid.count))
		lay_all(&gathering, newest);
	free(gathering.parts);
	arena_release(&gathering.arena);
	return rc;
}

enum rc rules_follow(struct store *store, struct fault *fault)
{
	return follow(store, NULL, fault);
}

enum rc rules_without(struct store *store, const char *name, struct fault *fault)
{
	return follow(store, name, fault);
}
