/* SPDX-License-Identifier: GPL-3.0-or-later
 * Goods in or out in one line: what is done, of what, how much, to whom.
 */
#include <string.h>

#include "base/text.h"
#include "model/area.h"
#include "model/codes.h"
#include "model/kinds.h"
#include "model/value.h"
#include "store/search.h"
#include "work/goods.h"
#include "work/stock.h"
#include "work/writing.h"

enum { WORDS = 6, MILLI = 1000 };

/* zh: the words that people write, and the digits that the prompt shows before them */
static const struct {
	const char *word, *type;
} verbs[] = {
	{"出", "out"},
	{"入", "in"},
	{"借", "lend"},
	{"还", "back"},
	{"损", "scrap"},
	{"盘", "count"},
	{"调", "to"},
};

static const char *verb_of(const char *typed)
{
	for (size_t n = 0; n < countof(verbs); n++)
		if (!strncmp(typed, verbs[n].word, strlen(verbs[n].word)) ||
			(typed[0] == (char)('1' + n) && !typed[1]))
			return verbs[n].type;
	return NULL;
}

/* ---- which goods */

struct matching {
	struct store *store;
	struct stock_entry *entry;
	struct arena *arena;
	const char *typed;
	unsigned found, exact;
	struct buf names;
};

static void take_supply(struct matching *to, const struct row *row, const char *name)
{
	struct stock_entry *entry = to->entry;
	const struct value *have = row_value(row, supply_quantity);

	entry->supply = row->ref;
	entry->name = name;
	entry->unit = row_field_text(to->store, row, supply_unit, true, to->arena);
	entry->counted = have;
	entry->have = have ? have->num : 0;
}

static bool see_supply(const struct row *row, void *to)
{
	struct matching *at = to;
	const char *name = row_field_text(at->store, row, supply_name, true, at->arena),
		   *spec = row_field_text(at->store, row, supply_spec, true, at->arena);
	bool exact = !strcmp(name, at->typed);

	if (row->area != store_area(at->store) || (at->exact && !exact))
		return true;
	if (exact && !at->exact) {
		at->found = 0;
		buf_clear(&at->names);
	}
	at->exact += exact;
	if (!at->found++)
		take_supply(at, row, name);
	if (at->found <= WORDS)
		buf_fmt(&at->names, "%s%s%s%s", at->names.len ? ", " : "", name, *spec ? " " : "",
			spec);
	return true;
}

static enum rc find_supply(
	struct matching *at, const char *typed, const char *more, struct fault *fault)
{
	struct buf line = {0};

	at->typed = typed;
	at->found = at->exact = 0;
	buf_clear(&at->names);
	buf_fmt(&line, "%s%s%s", typed, *more ? " " : "", more);
	const struct find_query query = {buf_cstr(&line), KIND_supply, 0};
	enum rc rc = store_find(at->store, &query, see_supply, at, fault);
	buf_release(&line);
	if (!rc && !at->found)
		rc = fault_set(
			fault, RC_BAD, _("本站没有这种物资 \"%s\"：先在 A 登记应急物资"), typed);
	else if (!rc && at->found > 1)
		rc = fault_set(fault, RC_BAD, _("\"%s\" 有几种：%s。在品名后加规格"), typed,
			buf_cstr(&at->names));
	return rc;
}

/* ---- where it goes */

struct placing {
	struct ref ref;
	uint64_t area;
	unsigned found;
};

static bool see_depot(const struct row *row, void *to)
{
	struct placing *placing = to;

	if (placing->area && row->area != placing->area)
		return true;
	placing->ref = row->ref;
	return ++placing->found < 2;
}

static uint64_t place_named(struct store *store, const char *typed)
{
	uint64_t own = store_area(store), area = 0;
	struct bytes name;

	while (area_each(own, &area, &name))
		if (area_in_text(area, bytes_text(typed)))
			return area;
	return 0;
}

static const char *title_of(struct store *store, struct ref ref, struct arena *arena)
{
	struct arena rows = {0};
	struct buf title = {0};
	struct fault fault;
	struct row row;

	if (store_row(store, ref, &rows, &row, &fault) == RC_OK)
		row_title(store, &row, &title);
	const char *kept = arena_text(arena, buf_cstr(&title));
	buf_release(&title);
	arena_release(&rows);
	return kept;
}

/* A place below with one depot means that depot; a depot by its name; else a text. */
static enum rc find_place(struct stock_entry *entry, struct store *store, const char *typed,
	struct arena *arena, struct fault *fault)
{
	struct placing placing = {.area = place_named(store, typed)};
	struct query all = query_all(KIND_depot);
	const struct find_query named = {typed, KIND_depot, 0};
	enum rc rc = placing.area ? store_each(store, &all, see_depot, &placing, fault)
				  : store_find(store, &named, see_depot, &placing, fault);

	entry->area = placing.area;
	entry->place = arena_text(arena, typed);
	if (!rc && placing.found == 1) {
		entry->to = placing.ref;
		entry->place = title_of(store, placing.ref, arena);
	}
	return rc;
}

/* ---- the line */

static bool take_number(const char *typed, int64_t *number)
{
	static const struct field dec = {.type = T_DEC};
	struct buf keep = {0};
	struct value value;
	const char *why;
	char digits[32] = "";
	size_t len = strspn(typed, "0123456789.");
	bool good = len && len < sizeof digits;

	memcpy(digits, typed, good ? len : 0);
	good = good &&
	       value_parse(&dec, digits, &(struct value_ways){.now = 0}, &keep, &value, &why);
	if (good)
		*number = value.num;
	buf_release(&keep);
	return good;
}

static enum rc check_whole(
	const struct stock_entry *entry, struct store *store, struct fault *fault)
{
	struct goods_gone gone = {0, 0};
	bool less = !strcmp(entry->type, "out") || !strcmp(entry->type, "to") ||
		    !strcmp(entry->type, "lend") || !strcmp(entry->type, "scrap");

	if (!strcmp(entry->type, "to") && !entry->place)
		return fault_set(fault, RC_BAD, "%s", _("调给谁？在数量后写村名或储备点"));
	if (less && entry->counted && entry->quantity > entry->have)
		return fault_set(fault, RC_BAD, _("库存没有这么多：%s只有 %lld"), entry->name,
			(long long)(entry->have / MILLI));
	if (strcmp(entry->type, "back") != 0)
		return RC_OK;
	enum rc rc = goods_gone(store, entry->supply, &gone, fault);
	return rc ? rc : goods_back(&gone, entry->quantity, fault);
}

/* The words: verb, goods, what tells them from others, number, place. */
static unsigned split(char *line, char *parts[WORDS])
{
	unsigned count = 0;

	while (*(line += strspn(line, " \t")) && count < WORDS) {
		size_t len = strcspn(line, " \t");

		parts[count++] = line;
		line += len;
		if (*line)
			*line++ = 0;
	}
	return count;
}

enum rc stock_read(struct stock_entry *entry, struct store *store, const char *typed,
	struct arena *arena, struct fault *fault)
{
	struct matching at = {.store = store, .entry = entry, .arena = arena};
	char *part[WORDS], *line = arena_text(arena, typed);
	unsigned count = split(line, part), number = 0;

	*entry = (struct stock_entry){.name = ""};
	entry->type = count ? verb_of(part[0]) : NULL;
	if (!entry->type)
		return fault_set(fault, RC_BAD, "%s",
			_("先写做什么：1出 2入 3借 4还 5损 6盘 7调，如 出 潜水泵 1 西彰村"));
	for (number = 2; number < count && !take_number(part[number], &entry->quantity);)
		number++;
	if (count < 3 || number >= count || number > 3)
		return fault_set(
			fault, RC_BAD, "%s", _("要写 做什么 品名 数量，如 盘 编织袋 2980"));
	enum rc rc = find_supply(&at, part[1], number == 3 ? part[2] : "", fault);
	if (!rc && number + 1 < count)
		rc = find_place(entry, store, part[number + 1], arena, fault);
	/* What leaves for another place is sent with a slip, and signed for there. */
	if (!rc && !strcmp(entry->type, "out") && (entry->area || entry->to.seq))
		entry->type = "to";
	if (!rc)
		rc = check_whole(entry, store, fault);
	buf_release(&at.names);
	return rc;
}

void stock_number(int64_t thousandths, struct buf *out)
{
	static const struct field dec = {.type = T_DEC};

	value_show(&dec, &(struct value){.wire = WIRE_NUM, .num = thousandths},
		&(struct value_ways){.now = 0}, out);
}

static int64_t left_of(const struct stock_entry *entry)
{
	static const char *const more[] = {"in", "back", "from", "more"};

	if (!strcmp(entry->type, "count"))
		return entry->quantity;
	for (size_t n = 0; n < countof(more); n++)
		if (!strcmp(entry->type, more[n]))
			return entry->have + entry->quantity;
	return entry->have - entry->quantity;
}

static void put_count(const struct stock_entry *entry, struct buf *out)
{
	struct buf was = {0}, by = {0};

	stock_number(entry->have, &was);
	stock_number(entry->quantity - entry->have, &by);
	if (entry->quantity > entry->have)
		buf_fmt(out, _("，账面%s，盘盈%s"), buf_cstr(&was), buf_cstr(&by));
	else if (entry->quantity < entry->have)
		buf_fmt(out, _("，账面%s，盘亏%s"), buf_cstr(&was), buf_cstr(&by) + 1);
	else
		buf_text(out, _("，与账面相符"));
	buf_release(&was);
	buf_release(&by);
}

void stock_say(const struct stock_entry *entry, struct buf *out)
{
	buf_fmt(out, "%s %s ", code_text("move_type", entry->type), entry->name);
	stock_number(entry->quantity, out);
	buf_text(out, entry->unit);
	if (!strcmp(entry->type, "count")) {
		if (entry->counted)
			put_count(entry, out);
		return;
	}
	if (entry->counted) {
		struct buf left = {0};

		stock_number(left_of(entry), &left);
		buf_fmt(out, _("，剩%s"), buf_cstr(&left));
		buf_release(&left);
	}
	if (entry->place)
		buf_fmt(out, _("，到%s"), entry->place);
}
