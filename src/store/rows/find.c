/* SPDX-License-Identifier: GPL-3.0-or-later
 * Lists of rows: filter, order, page, count. Column names come from the table of kinds alone;
 * everything else is bound.
 */
#include "store/rows/internal.h"

#include "model/area.h"
#include "model/kinds.h"

#include <limits.h>
#include <string.h>

/* What is bound, in the order of the question marks. */
enum { BINDS = 2 * QUERY_FILTERS + WARNING_NAMES + 8 };

struct build {
	struct buf text;
	struct value binds[BINDS];
	unsigned count;
	bool where;
	struct arena arena; /* of what is bound */
};

static void bind(struct build *build, struct value value)
{
	assert(build->count < BINDS);
	build->binds[build->count++] = value;
}

static void clause(struct build *build)
{
	buf_text(&build->text, build->where ? " AND " : " WHERE ");
	build->where = true;
}

/* FIELD means the warning that VALUE means, by whichever of its copies. False when no such warning
 * is here, or the field means something else. */
static bool add_warning(struct store *store, struct build *build, const struct field *field,
	const struct value *value)
{
	struct value names[WARNING_NAMES];
	struct ref ref;
	unsigned count = 0;
	if (field->type != T_REF || (field->target && !has_copies(kind_of(field->target))))
		return false;
	if (build->count + WARNING_NAMES <= BINDS && warning_meant(store, value, &ref))
		count = warning_names(store, ref, &build->arena, names);
	for (unsigned i = 0; i < count; i++) {
		if (!i)
			buf_fmt(&build->text, "f_%s IN (", field->name);
		buf_text(&build->text, i ? ",?" : "?");
		bind(build, names[i]);
	}
	buf_text(&build->text, count ? ")" : "");
	return count > 0;
}

/* FIELD names whom VALUE means: by record, or by name as a text. */
static enum rc add_person(struct store *store, struct build *build, const struct field *field,
	const struct value *value, struct fault *fault)
{
	struct name_query query = {field_target(field), value->text, store_area(store), true};
	struct bearers who = {0};
	struct arena *arena = &build->arena;
	struct row row;
	enum rc rc = RC_OK;

	if (value->wire == WIRE_BYTES)
		who.count = ref_take(value->text, &who.at[0]);
	else
		rc = store_bearers(store, &query, &who, fault);
	buf_fmt(&build->text, "f_%s IN (?", field->name);
	bind(build, *value);
	for (unsigned i = 0; i < who.count && i < BEARERS && build->count + 2 < BINDS && !rc; i++) {
		struct buf bytes = {0};
		const struct value *name = NULL;

		ref_put(&bytes, who.at[i]);
		bind(build, (struct value){WIRE_BYTES, 0, arena_bytes(arena, buf_bytes(&bytes))});
		buf_release(&bytes);
		if (store_row(store, who.at[i], arena, &row, NULL) == RC_OK &&
			called_field(row.kind))
			name = row_value(&row, called_field(row.kind)->tag);
		bind(build, name ? *name : *value);
		buf_text(&build->text, ",?,?");
	}
	buf_byte(&build->text, ')');
	return rc;
}

/* A code of before means what it is now, as rows show it. */
static struct value value_now(struct store *store, struct build *build, const struct field *field,
	const struct filter *filter)
{
	struct value value = filter->value;
	if (filter->how == '=' && field->codes && value.wire == WIRE_TEXT &&
		codes_read(store, NULL) == RC_OK)
		value.text = arena_bytes(&build->arena,
			code_now(store, field->codes, store_area(store), value.text));
	return value;
}

/* Who may not read it does not find it out by asking. */
static void add_veil(struct store *store, struct build *build, const struct kind *kind,
	const struct field *field)
{
	if (field->flags & F_PRIVATE && veiled(store, kind, NULL))
		buf_fmt(&build->text, "f_%s IS '" GIVEN_OPENLY "' AND ",
			field_flagged(kind, F_SECRET)->name);
}

static enum rc add_filter(struct store *store, struct build *build, const struct kind *kind,
	const struct filter *filter, struct fault *fault)
{
	const struct field *field = field_of(kind, filter->tag);
	const char *name = field && field_place(kind, filter->tag) >= 0 ? field->name : NULL;
	bool empty = filter->value.wire != WIRE_NUM && !filter->value.text.len;
	if (!name || !field_stored(field) || !strchr("=<>~", filter->how))
		return fault_set(fault, RC_BAD, _("这类记录没有可以这样筛选的字段"));
	clause(build);
	if (empty) {
		buf_fmt(&build->text, "f_%s IS NULL", name);
		return RC_OK;
	}
	if (filter->how == '=' && add_warning(store, build, field, &filter->value))
		return RC_OK;
	if (filter->how == '=' && field_names_one(field))
		return add_person(store, build, field, &filter->value, fault);
	add_veil(store, build, kind, field);
	if (filter->how == '~')
		buf_fmt(&build->text, "instr(lower(f_%s), lower(?))>0", name);
	else if (filter->how == '=' && (field->type == T_CODES || field->type == T_AREAS))
		buf_fmt(&build->text, "instr(','||f_%s||',', ','||?||',')>0", name);
	else
		buf_fmt(&build->text, "f_%s%c?", name, filter->how);
	bind(build, value_now(store, build, field, filter));
	return RC_OK;
}

static void put_states(struct build *build, const struct kind *kind, unsigned flags)
{
	buf_text(&build->text, "state IN (-1");
	for (unsigned i = 0; i < state_count(kind); i++)
		if (kind->states[i].flags & flags)
			buf_fmt(&build->text, ",%u", i);
	buf_byte(&build->text, ')');
}

static void add_states(struct build *build, const struct kind *kind, const struct query *query)
{
	if (query->state >= 0) {
		clause(build);
		buf_text(&build->text, "state=?");
		bind(build, value_num(query->state));
	}
	if (!query->state_flags)
		return;
	clause(build);
	put_states(build, kind, query->state_flags);
}

/* By whichever field it says so: older facts name what is no warning in the field for warnings. */
static enum rc add_parent(struct store *store, struct build *build, const struct kind *kind,
	struct ref parent, struct fault *fault)
{
	struct buf bytes = {0};
	const char * or = "(";
	if (!field_flagged(kind, F_PARENT))
		return fault_set(fault, RC_BAD, _("这类记录不属于别的记录"));
	clause(build);
	ref_put(&bytes, parent);
	struct value value = {WIRE_BYTES, 0, arena_bytes(&build->arena, buf_bytes(&bytes))};
	buf_release(&bytes);
	for (const struct field *field = kind->fields; field->tag; field++) {
		if (!(field->flags & F_PARENT))
			continue;
		buf_text(&build->text, or);
		or = " OR ";
		if (add_warning(store, build, field, &value))
			continue;
		buf_fmt(&build->text, "f_%s=?", field->name);
		bind(build, value);
	}
	buf_byte(&build->text, ')');
	return RC_OK;
}

static enum rc add_where(struct store *store, struct build *build, const struct kind *kind,
	const struct query *query, struct fault *fault)
{
	enum rc rc = RC_OK;
	buf_fmt(&build->text, " FROM row_%s", kind->name);
	if (has_copies(kind) || has_twins(kind)) {
		clause(build);
		buf_text(&build->text, "hidden=0");
	}
	if (query->area) {
		clause(build);
		buf_text(&build->text, "area BETWEEN ? AND ?");
		uint64_t area = area_now(log_areas(&store->log), query->area);
		bind(build, value_num((int64_t)area));
		bind(build, value_num((int64_t)area_last(area)));
	}
	add_states(build, kind, query);
	if (query->parent.seq)
		rc = add_parent(store, build, kind, query->parent, fault);
	for (unsigned i = 0; i < query->filter_count && !rc; i++)
		rc = add_filter(store, build, kind, &query->filters[i], fault);
	return rc;
}

/* By several fields, as a row of the rules says: not along an index. */
static void add_orders(struct build *build, const struct kind *kind, const struct query *query)
{
	const char *first = " ORDER BY ";
	for (unsigned n = 0; n < QUERY_ORDERS && query->orders[n]; n++) {
		int tag = query->orders[n] < 0 ? -query->orders[n] : query->orders[n];
		int place = field_place(kind, (unsigned)tag);
		const char *way = query->orders[n] < 0 ? " DESC" : "";
		if (place < 0 || !field_stored(&kind->fields[place]))
			continue;
		const char *name = kind->fields[place].name;
		buf_fmt(&build->text, "%sf_%s IS NULL, f_%s%s", first, name, name, way);
		first = ", ";
	}
	buf_fmt(&build->text, "%sat DESC, site DESC, seq DESC", first);
}

/* Each order goes along an index of tables.c or ends with one, so that the first page costs a page.
 */
static enum rc add_order(struct build *build, const struct kind *kind, const struct query *query,
	struct fault *fault)
{
	const struct field *title = field_flagged(kind, F_TITLE);
	const char *way = query->backwards ? " DESC" : "";
	const char *back = query->backwards ? "" : " DESC";
	char key[TITLE_KEY];
	if (query->orders[0]) {
		add_orders(build, kind, query);
	} else if (query->order) {
		int place = field_place(kind, query->order);
		if (place < 0 || !field_stored(&kind->fields[place]))
			return fault_set(fault, RC_BAD, _("这类记录没有可以这样排序的字段"));
		/* Rows without a value come last either way. */
		const char *name = kind->fields[place].name;
		buf_fmt(&build->text, " ORDER BY f_%s IS NULL, f_%s%s, site%s, seq%s", name, name,
			way, way, way);
	} else if (kind->flags & K_PILE) {
		buf_text(&build->text, " ORDER BY ");
		if (query->open_first) { /* few: warnings, not along an index */
			put_states(build, kind, STATE_DONE | STATE_VOID);
			buf_text(&build->text, ", ");
		}
		buf_fmt(&build->text, "at%s, site%s, seq%s", back, back, back);
	} else if (title && field_stored(title)) {
		title_key(title, key);
		buf_fmt(&build->text, " ORDER BY area%s, %s%s, site%s, seq%s", way, key, way, way,
			way);
	} else {
		buf_fmt(&build->text, " ORDER BY area%s, site%s, seq%s", way, way, way);
	}
	if (query->limit || query->skip) {
		buf_text(&build->text, " LIMIT ? OFFSET ?");
		bind(build, value_num(query->limit ? (int64_t)query->limit : -1));
		bind(build, value_num(query->skip));
	}
	return RC_OK;
}

static struct sql build_open(struct store *store, struct build *build)
{
	struct sql sql = sql_open(store->db, buf_cstr(&build->text));
	for (unsigned i = 0; i < build->count; i++) {
		const struct value *value = &build->binds[i];
		if (value->wire == WIRE_NUM)
			sql_num(&sql, value->num);
		else
			sql_bytes(&sql, value->text, value->wire == WIRE_TEXT);
	}
	return sql;
}

struct query query_all(unsigned kind)
{
	return (struct query){.kind = kind, .state = -1};
}

static enum rc kind_get(const struct query *query, const struct kind **kind, struct fault *fault)
{
	*kind = kind_of(query->kind);
	return *kind ? RC_OK : fault_set(fault, RC_BAD, _("没有这类记录"));
}

bool kept_some(struct sql *sql, const struct kind *kind, unsigned most, struct kept_list *list)
{
	if (!list->last)
		list->last = &list->first;
	for (; most && sql_row(sql); most--) {
		struct kept *kept = kept_read(sql, kind, &list->arena);
		*list->last = kept;
		list->last = &kept->next;
	}
	return !most;
}

enum rc kept_list(
	struct sql *sql, const struct kind *kind, struct kept_list *list, struct fault *fault)
{
	(void)kept_some(sql, kind, UINT_MAX, list);
	return sql_end(sql, fault);
}

bool kept_give(struct store *store, struct kept_list *list, row_fn *fn, void *to)
{
	struct row row;
	for (const struct kept *kept = list->first; kept; kept = kept->next) {
		kept_row(store, kept, &row);
		if (!fn(&row, to))
			return false;
	}
	return true;
}

enum rc store_each(
	struct store *store, const struct query *query, row_fn *fn, void *to, struct fault *fault)
{
	struct build build = {0};
	struct kept_list list = {0};
	const struct kind *kind;
	enum rc rc = kind_get(query, &kind, fault);
	if (!rc)
		rc = store_look(store, fault);
	if (rc)
		return rc;
	buf_text(&build.text, "SELECT *");
	if (!(rc = add_where(store, &build, kind, query, fault)))
		rc = add_order(&build, kind, query, fault);
	if (!rc) {
		struct sql sql = build_open(store, &build);
		rc = kept_list(&sql, kind, &list, fault);
	}
	buf_release(&build.text);
	arena_release(&build.arena);
	if (!rc)
		kept_give(store, &list, fn, to);
	arena_release(&list.arena);
	return rc;
}

enum rc store_count(
	struct store *store, const struct query *query, unsigned *count, struct fault *fault)
{
	struct build build = {0};
	const struct kind *kind;
	*count = 0;
	enum rc rc = kind_get(query, &kind, fault);
	if (!rc)
		rc = store_look(store, fault);
	if (rc)
		return rc;
	buf_text(&build.text, "SELECT count(*)");
	if (!(rc = add_where(store, &build, kind, query, fault))) {
		struct sql sql = build_open(store, &build);
		if (sql_row(&sql))
			*count = (unsigned)sql_get(&sql, 0);
		rc = sql_end(&sql, fault);
	}
	buf_release(&build.text);
	arena_release(&build.arena);
	return rc;
}
