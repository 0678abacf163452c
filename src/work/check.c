/* SPDX-License-Identifier: GPL-3.0-or-later
 * The county's check rows on what is about to be written.
 */
#include "work/check.h"

#include <string.h>

#include "model/area.h"
#include "model/kinds.h"
#include "work/change_inside.h"
#include "work/goods.h"
#include "work/homes.h"
#include "work/in_force.h"
#include "work/rules.h"

void after_release(struct after *after)
{
	arena_release(&after->arena);
}

/* The record as it will be: what it has, and what CHANGE writes over it. */
enum rc after_of(struct after *after, const struct change *change, struct fault *fault)
{
	const struct op *op = &change->op;
	struct store *store = change->actor.store;
	struct record *record = &after->record;
	struct bytes body = op->body;
	struct history history;
	struct value value;
	unsigned tag;
	enum rc rc = RC_OK;

	*after = (struct after){.body = op->body};
	if (op->rec_seq)
		rc = store_record(store, (struct ref){op->rec_site, op->rec_seq}, &after->arena,
			record, &history, fault);
	else
		*record = (struct record){.kind = change->kind,
			.kind_id = change->kind->id,
			.area = op->area ? op->area : store_area(store),
			.at = op->at ? op->at : store_now(store),
			.by_site = store_station(store)->site};
	after->was = *record;
	after->edited = op->rec_seq != 0;
	while (!rc && body.len && take_field(&body, &tag, &value)) {
		int place = field_place(record->kind, tag);

		if (place >= 0)
			record->cells[place] = (struct cell){.tag = tag, .value = value};
	}
	return rc;
}

/* ---- the one before it */

struct looking {
	const struct record *record;
	const struct field *same; /* that both have alike */
	bool beside; /* SAME is what they are about: of each number the newest counts */
	unsigned seen;
	bool found;
	struct record before;
};

static bool alike(const struct looking *looking, const struct row *row)
{
	const struct cell *cell =
		looking->same ? record_cell(looking->record, looking->same->tag) : NULL;
	const struct value *value = cell ? row_value(row, looking->same->tag) : NULL;

	return !cell || (value && value_equal(value, &cell->value));
}

/* One that says nothing but that all is well takes no numbers back. */
static bool has_numbers(const struct row *row)
{
	for (const struct field *f = row->kind->fields; f->tag; f++)
		if (f->flags & F_SUM && row_value(row, f->tag))
			return true;
	return false;
}

/* What is not known yet is taken of an older one. */
static bool see_beside(const struct row *row, struct looking *looking)
{
	enum { ENOUGH = 60 };
	struct record older;

	row_record(row, &older);
	if (!looking->found)
		looking->before = (struct record){.kind = older.kind,
			.kind_id = older.kind_id,
			.at = older.at,
			.area = older.area};
	for (unsigned n = 0; n < LIMIT_FIELDS; n++)
		if (!looking->before.cells[n].tag && older.cells[n].value.wire == WIRE_NUM)
			looking->before.cells[n] = older.cells[n];
	looking->found = true;
	return ++looking->seen < ENOUGH;
}

/* Rows come with the newest first. */
static bool see_before(const struct row *row, void *to)
{
	struct looking *looking = to;
	const struct record *record = looking->record;
	bool itself = row->ref.site == record->site && row->ref.seq == record->seq;

	if (itself || row->area != record->area || !alike(looking, row) ||
		(!looking->beside && !has_numbers(row)))
		return true;
	if (looking->beside)
		return see_beside(row, looking);
	row_record(row, &looking->before);
	for (unsigned n = 0; n < LIMIT_FIELDS; n++)
		if (looking->before.cells[n].value.wire != WIRE_NUM)
			looking->before.cells[n].tag = 0; /* texts do not outlive the row */
	looking->found = true;
	return false;
}

/* The newest record of the kind, of the same place and the same event, that stands. */
static const struct record *before_of(struct looking *looking, struct store *store)
{
	const struct kind *kind = looking->record->kind;
	enum { NEWEST = 200 };
	struct query query = query_all(kind->id);
	struct fault fault;

	for (const struct field *f = kind->fields; f->tag && !looking->same; f++)
		if ((f->type == T_CODE || f->flags & F_PARENT) && f->flags & F_MUST)
			looking->same = f;
	looking->beside = looking->same && looking->same->flags & F_PARENT;
	if (looking->beside)
		(void)!ref_take(record_text(looking->record, looking->same->tag), &query.parent);
	query.state_flags = kind->states[0].code ? STATE_OPEN | STATE_DONE : 0;
	query.area = looking->record->area;
	query.limit = NEWEST;
	if (store_each(store, &query, see_before, looking, &fault) || !looking->found)
		return NULL;
	return &looking->before;
}

bool record_before(const struct record *record, struct store *store, struct record *before)
{
	struct looking looking = {.record = record};
	bool found = before_of(&looking, store) != NULL;

	*before = looking.before;
	return found;
}

bool change_before(struct change *change, struct record *before)
{
	struct looking looking = {0};
	struct after after;
	struct fault fault;
	bool found;

	change_body(change);
	if (after_of(&after, change, &fault))
		return false;
	looking.record = &after.record;
	found = before_of(&looking, change->actor.store) != NULL;
	*before = looking.before;
	after_release(&after);
	return found;
}

/* ---- checking */

/* Where a reason is written: in its own field, or in the words of a step. */
static const struct field *reason_field(const struct change *change)
{
	const struct field *field = change_named(change, "reason");

	return field ? field : change_named(change, "text");
}

static bool has_reason(const struct change *change)
{
	const struct field *field = reason_field(change);
	const struct change_value *value = field ? change_value(change, field->tag) : NULL;

	return value && value->how != CHANGE_BLANK;
}

const struct field *change_second(const struct change *change)
{
	const struct field *field = NULL;

	for (unsigned n = 0; (field = change_field(change, n, NULL)); n++)
		if (field->flags & F_SECOND)
			break;
	return field;
}

const struct rule *change_wants_second(struct change *change)
{
	struct check_found found[CHECKS_MOST];
	unsigned count = change_checks(change, found);

	for (unsigned n = 0; n < count; n++)
		if (found[n].rule->check == CHECK_SECOND)
			return found[n].rule;
	return NULL;
}

/* Is what RULE wants there already? */
static bool is_met(const struct change *change, const struct rule *rule)
{
	return (rule->check == CHECK_REASON && has_reason(change)) ||
	       (rule->check == CHECK_SECOND && change->second);
}

/* The first field of the row's that can be given here. */
static const struct field *field_of_rule(const struct change *change, const struct rule *rule)
{
	const struct field *field;

	if (rule->check == CHECK_REASON)
		return reason_field(change);
	for (unsigned n = 0; (field = rule_field(rule, change->kind, n)); n++)
		if (field->type != T_CODE && change_named(change, field->name))
			return field;
	return NULL;
}

/* What rows ask of, and how they counted before an order to leave was among it. */
struct asking {
	struct world world; /* first: counting is handed this one */
	int64_t (*count)(void *to, const struct record *record, const struct counting_for *what);
	bool cause; /* of world.like */
};

/* ---- orders to leave that keep away who stays somewhere */

struct keeping {
	bool known;       /* is his household? Of others every order of the place counts */
	struct ref point; /* its zone; seq 0 = none */
	uint64_t area;
	struct store *store;
	int64_t count;
};

static bool see_keeping(const struct row *row, void *to)
{
	struct keeping *keeping = to;
	const struct value *value = row_value(row, evacuation_point);
	struct ref point = {0, 0};

	if (value)
		(void)value_record(keeping->store, field_of(row->kind, evacuation_point), value,
			row->area, &point);
	bool zone =
		point.seq && point.site == keeping->point.site && point.seq == keeping->point.seq;
	keeping->count += value && keeping->known ? zone : area_within(keeping->area, row->area);
	return true;
}

/* Of the zone in which the household of STAY lives; one without a zone keeps away all of its place.
 * What is ordered elsewhere, and what was lifted, keeps nobody. */
static int64_t kept_away(struct world *world, const struct record *stay)
{
	enum { MILLI = 1000 };
	const struct cell *cell = record_cell(stay, stay_household);
	struct keeping keeping = {.area = stay->area, .store = world->store};
	struct query query = query_all(KIND_evacuation);
	struct arena arena = {0};
	struct fault fault;
	struct ref home;
	struct row row;

	if (cell &&
		value_record(world->store, field_of(stay->kind, stay_household), &cell->value,
			stay->area, &home) &&
		store_row(world->store, home, &arena, &row, &fault) == RC_OK) {
		const struct value *point = row_value(&row, household_point);

		keeping.known = true;
		keeping.area = row.area;
		if (point)
			(void)value_record(world->store, field_of(row.kind, household_point), point,
				row.area, &keeping.point);
	}
	arena_release(&arena);
	query.state = evacuation_is_issued;
	return store_each(world->store, &query, see_keeping, &keeping, &fault)
		       ? 0
		       : keeping.count * MILLI;
}

/* Households of an order to leave are those of its place that have to leave and are not there: as
 * boards count them. A warning that tells them to is what was found. */
static int64_t count_too(void *to, const struct record *record, const struct counting_for *what)
{
	enum { MILLI = 1000 };
	struct asking *asking = to;
	struct world *world = &asking->world;
	struct in_force in_force;
	struct arena arena = {0};
	struct fault fault;

	if (record->kind_id == KIND_stay && what->kind == KIND_evacuation)
		return kept_away(world, record);
	if (record->kind_id != KIND_evacuation || what->kind != KIND_household)
		return asking->count(to, record, what);
	if (in_force_load(&in_force, world, &fault))
		return 0;
	struct homes homes = {.area = record->area, .whole = true};
	if (in_force.count)
		homes.warning = in_force.at[0];
	enum rc rc = homes_load(&homes, world->store, world->around.now, &arena, &fault);
	if (!rc && homes.left) {
		world->like = homes.warning;
		asking->cause = homes.warning.seq != 0;
	}
	arena_release(&arena);
	return rc ? 0 : (int64_t)homes.left * MILLI;
}

unsigned change_checks(struct change *change, struct check_found found[CHECKS_MOST])
{
	unsigned count, kept = 0;
	const struct rule *rules = rules_rows(RULE_CHECK, &count);
	struct looking looking = {0};
	struct asking asking;
	struct world *world = &asking.world;
	struct after after;
	struct fault fault;
	bool ready = false;

	for (unsigned n = 0; n < count && kept < CHECKS_MOST && !change->actor.source; n++) {
		if (rules[n].kind != change->kind->id || rules[n].step != change->op.step)
			continue;
		if (!ready) {
			change_body(change);
			if (after_of(&after, change, &fault))
				break;
			world_open(world, change->actor.store, change->actor.user,
				store_now(change->actor.store));
			asking.count = world->around.count;
			world->around.count = count_too;
			looking.record = &after.record;
			ready = true;
		}
		const struct matter matter = {.record = &after.record,
			.body = after.body,
			.before = before_of(&looking, change->actor.store),
			.was = after.edited ? &after.was : NULL,
			.around = &world->around};

		world->like = (struct ref){0, 0};
		asking.cause = false;
		if (rule_holds(&rules[n], &matter) && !is_met(change, &rules[n]))
			found[kept++] = (struct check_found){&rules[n],
				field_of_rule(change, &rules[n]), world->like, asking.cause};
	}
	if (ready)
		after_release(&after);
	return kept;
}

/* Hangs RULE on what is typed with STEP? */
static bool hangs_on_args(const struct rule *rule, const struct kind *kind, const struct step *step)
{
	const struct field *field, *arg;

	for (unsigned n = 0; (field = rule_field(rule, kind, n)); n++)
		for (unsigned a = 0; (arg = step_arg(kind, step, a, NULL)); a++)
			if (arg->tag == field->tag)
				return true;
	return false;
}

bool check_of_record(const struct rule *rule, const struct kind *kind)
{
	unsigned n = 0;

	while (rule_field(rule, kind, n))
		n++;
	return n == rule->conditions;
}

const struct rule *check_never(
	const struct actor *actor, const struct record *record, const struct step *step)
{
	struct check_found found[CHECKS_MOST];
	const struct rule *never = NULL;
	struct change change;
	unsigned count;
	const struct rule *rules = rules_rows(RULE_CHECK, &count);
	bool any = false;

	for (unsigned n = 0; n < count && !any; n++)
		any = rules[n].check == CHECK_REFUSE && rules[n].kind == record->kind_id &&
		      rules[n].step == step->tag;
	if (!any || step->flags & STEP_MAKES)
		return NULL;
	change_step(&change, actor, record, step);
	count = change_checks(&change, found);
	for (unsigned n = 0; n < count && !never; n++)
		if (found[n].rule->check == CHECK_REFUSE && !rule_of_person(found[n].rule) &&
			!hangs_on_args(found[n].rule, record->kind, step))
			never = found[n].rule;
	change_release(&change);
	return never;
}

bool check_like(const struct change *change, const struct check_found *found, struct buf *out)
{
	struct store *store = change->actor.store;
	struct arena arena = {0};
	struct fault fault;
	struct row row;
	char number[32];
	bool there = found->like.seq && !store_row(store, found->like, &arena, &row, &fault);

	if (there) {
		store_number(store, found->like, number);
		buf_fmt(out, "%s ", number);
		row_title(store, &row, out);
	}
	arena_release(&arena);
	return there;
}

enum rc change_checked(struct change *change, struct fault *fault)
{
	struct check_found found[CHECKS_MOST];
	unsigned count = change_checks(change, found);
	struct buf told = {0};
	enum rc rc = RC_OK;

	for (unsigned n = 0; n < count && !rc; n++) {
		const struct rule *rule = found[n].rule;
		const char *name =
			found[n].field ? _(found[n].field->label) : _(change->kind->label);

		if (change->plain && rule->check <= CHECK_REASON)
			rc = fault_set(fault, rule_of_person(rule) ? RC_DENIED : RC_BAD,
				_("没有收：%s"), rule_text(rule));
		else if (rule->check == CHECK_REFUSE)
			rc = fault_set(fault, rule_of_person(rule) ? RC_DENIED : RC_BAD,
				_("没有收：%s（字段 \"%s\"，%s 第%u行）"), rule_text(rule), name,
				rule->file, rule->line);
		else if (rule->check == CHECK_REASON)
			rc = fault_set(fault, RC_BAD, _("%s：请填字段 \"%s\"（%s 第%u行）"),
				rule_text(rule), name, rule->file, rule->line);
		else if (rule->check == CHECK_SECOND)
			rc = fault_set(fault, RC_DENIED,
				_("没有写：%s，第二个人要出示口令（命令行加 second=姓名；%s "
				  "第%u行）"),
				rule_text(rule), rule->file, rule->line);
		else {
			buf_fmt(&told, "%s%s", told.len ? "\n" : "", rule_text(rule));
			buf_text(&told, found[n].like.seq ? _("：") : "");
			(void)check_like(change, &found[n], &told);
		}
	}
	change->told = told.len ? arena_text(&change->arena, buf_cstr(&told)) : NULL;
	buf_release(&told);
	return rc;
}

/* ---- goods: what no row can count */

static enum rc check_back(const struct change *change, struct fault *fault)
{
	const struct change_value *type = change_value(change, move_type),
				  *supply = change_value(change, move_supply),
				  *quantity = change_value(change, move_quantity);
	struct goods_gone gone = {0, 0};
	struct ref ref;

	if (!type || !goods_come_back(&type->value) || !quantity || !supply ||
		!goods_meant(change->actor.store, &supply->value, change->op.area, &ref))
		return RC_OK;
	enum rc rc = goods_gone(change->actor.store, ref, &gone, fault);
	return rc ? rc : goods_back(&gone, quantity->value.num, fault);
}

enum rc goods_check(const struct change *change, struct fault *fault)
{
	const struct ref ref = {change->op.rec_site, change->op.rec_seq};

	if (change->kind->id != KIND_move || change->actor.source)
		return RC_OK;
	if (change->op.step == move_do_void)
		return goods_void(change->actor.store, ref, fault);
	return ref.seq ? RC_OK : check_back(change, fault);
}
