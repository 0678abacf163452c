/* SPDX-License-Identifier: GPL-3.0-or-later
 * A record as a page of lines.
 */
#include "screens/record_page.h"

#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "model/kinds.h"
#include "model/rules.h"
#include "screens/loading.h"
#include "screens/link_status.h"
#include "screens/display.h"
#include "screens/plate.h"
#include "work/agenda.h"
#include "work/lists.h"

struct writing {
	struct record_page *shown;
	struct page *page;
	struct store *store;
	struct arena *arena;
	int64_t now;
	unsigned left; /* children still to be shown */
	uint32_t who;
};

/* Of a warning that came over several links: the copy that counts, when it is another one. */
static void add_copy(struct writing *at, const struct row *row)
{
	struct ref shown = warning_shown(at->store, row->ref);
	struct buf text = {0};

	if (!has_copies(row->kind) || (shown.site == row->ref.site && shown.seq == row->ref.seq))
		return;
	buf_fmt(&text, "%s%s", _("同一预警"), display_colon());
	buf_fmt(&text, _("%s，以它为准"), display_number(at->store, shown, at->arena));
	page_add(at->page, LOOK_MARK, &text)->ref = shown;
}

static void add_state(struct writing *at, const struct row *row)
{
	struct buf text = {0};
	char time[WHEN_TEXT];
	enum look look;
	int64_t until = 0;
	const char *why = NULL;

	const char *colour = display_row_colour(row, &look);
	if (state_count(row->kind)) {
		display_time(row->state_at ? row->state_at : row->at, at->now, time);
		buf_fmt(&text, _("【%s】%s %s起"), display_state(row), colour, time);
	} else {
		buf_text(&text, colour);
	}
	enum need need = need_of(at->store, row, at->now, &until, &why);
	if (need != NEED_NONE) {
		buf_fmt(&text, "%s%s", text.len ? "  " : "", _(need_labels[need]));
		if (until) {
			buf_byte(&text, ' ');
			display_left(until, at->now, &text);
		}
		if (why && *why)
			buf_fmt(&text, " %s", why);
	}
	if (text.len)
		page_add(at->page, look, &text);
	buf_release(&text);
}

static void add_actions(struct writing *at)
{
	struct record_page *shown = at->shown;
	struct buf text = {0}, others = {0};

	for (unsigned n = 0; n < shown->action_count; n++) {
		const struct action *action = &shown->actions[n];

		if (action->why)
			buf_fmt(&others, "%s%s%s%s", others.len ? "; " : "", _(action->step->label),
				display_colon(), action->why);
		else
			buf_fmt(&text, " %c%s%s", action_key(action->step), display_gap(),
				_(action->step->label));
	}
	shown->keys = at->page->count;
	if (text.len) {
		struct buf all = {0};

		buf_fmt(&all, _("可办事项：%s"), buf_cstr(&text) + 1);
		if (record_page_calls(shown))
			buf_text(&all, _(" J打电话、书面报"));
		page_add(at->page, LOOK_KEY, &all);
	}
	shown->keys_end = at->page->count;
	if (others.len)
		page_add(at->page, LOOK_DIM, &others);
	buf_release(&text);
	buf_release(&others);
}

/* Line by line, as it was written: the steps of a card are read one at a time. */
static void add_long(struct writing *at, const struct row *row, const struct field *field)
{
	struct buf whole = {0};

	row_field(at->store, row, field->tag, true, &whole);
	char *line = (char *)buf_cstr(&whole);
	for (bool first = true; line; first = false) {
		char *end = strchr(line, '\n');
		struct buf text = {0};

		if (end)
			*end++ = 0;
		if (first)
			buf_fmt(&text, "%s%s", _(field->label), display_colon());
		else
			buf_text(&text, "  ");
		display_text(line, &text);
		if (first || *line)
			page_add(at->page, LOOK_PLAIN, &text);
		else
			buf_release(&text);
		line = end;
	}
	buf_release(&whole);
}

/* Answers of a checklist: how many, and which were no, by the list as it was then. */
static void add_answers(struct writing *at, const struct row *row, const struct answers *answers)
{
	const struct field *meant = field_named(row->kind, "checklist"),
			   *kept = field_named(row->kind, "list");
	const struct value *list = meant ? row_value(row, meant->tag) : NULL,
			   *version = kept ? row_value(row, kept->tag) : NULL;
	struct checklist_at then;
	struct ref ref = {0, 0};
	struct fault fault;
	struct buf text = {0};

	if (list && list->wire == WIRE_BYTES)
		(void)!ref_take(list->text, &ref);
	buf_fmt(&text, _("逐项：是%u 否%u 不适用%u"), answers_of(answers, ANSWER_YES),
		answers_of(answers, ANSWER_NO), answers_of(answers, ANSWER_AWAY));
	page_add(at->page, LOOK_PLAIN, &text);
	if (list_answered(&then, at->store, ref, version ? version->text : bytes_of(NULL, 0),
		    at->arena, &fault))
		return;
	for (unsigned n = 0; n < answers->count && n < then.items; n++) {
		if (answers->at[n] != ANSWER_NO)
			continue;
		buf_fmt(&text, _("  否 %u "), n + 1);
		buf_put(&text, then.item[n].text.at, then.item[n].text.len);
		page_add(at->page, LOOK_BAD, &text);
	}
}

/* Is FIELD what add_answers says? */
static bool is_answers(struct writing *at, const struct row *row, const struct field *field)
{
	const struct value *value = row_value(row, field->tag);
	struct answers answers;

	if (strcmp(field->name, "answers") != 0 || !value || !answers_take(value->text, &answers))
		return false;
	add_answers(at, row, &answers);
	return true;
}

static void add_fields(struct writing *at, const struct row *row)
{
	for (const struct field *field = row->kind->fields; field->tag; field++) {
		const struct value *value = row_value(row, field->tag);
		struct buf text = {0}, said = {0};
		struct ref ref = {0, 0};

		if (field->flags & F_MADE || is_answers(at, row, field))
			continue; /* a number for programs; answers */
		if (field->type == T_LONG && value) {
			add_long(at, row, field);
			continue;
		}
		display_field(at->store, row, field, false, &said);
		if (row->kind->id == KIND_card && field->tag == card_fits)
			plate_fits(&said);
		if (said.len)
			buf_fmt(&text, "%s%s%s", _(field->label), display_colon(), buf_cstr(&said));
		buf_release(&said);
		if (!text.len)
			continue;
		if (field->type == T_REF && value && value->wire == WIRE_BYTES)
			(void)ref_take(value->text, &ref);
		page_add(at->page, LOOK_PLAIN, &text)->ref = ref;
	}
}

static void add_origin(struct writing *at, const struct row *row)
{
	struct buf text = {0}, author = {0};
	char time[WHEN_TEXT], code[GRID_CODE];
	struct ref grid;

	when_show(row->at, time);
	store_author_of(at->store, row->by_site, row->by_who, row->by, &author);
	buf_text(&text, _("登记："));
	display_text(buf_cstr(&author), &text);
	buf_fmt(&text, " %s ", time);
	display_area(row->area, &text);
	if (row_grid(at->store, row, &grid) && grid_code_of(at->store, grid, code))
		text_fmt(&text, _(" 网格%s"), code);
	buf_release(&author);
	page_add(at->page, LOOK_PLAIN, &text);
}

/* How far it has provably come; a station that stands alone has nothing to say of that. */
static void add_ladder(struct writing *at, const struct row *row)
{
	struct buf text = {0};
	struct voice voice;

	if (!store_station(at->store)->joined && !voice_of(store_log(at->store), row->ref, &voice))
		return;
	buf_text(&text, _("报送进度："));
	link_status_ladder(at->store, row->ref, row->area, &text);
	page_add(at->page, LOOK_PLAIN, &text);
}

static void show_value(
	struct writing *at, const struct field *field, const struct value *value, struct buf *out)
{
	struct value_ways ways = store_ways(at->store, true);
	struct buf text = {0};

	value_show(field, value, &ways, &text);
	display_text(text.len ? buf_cstr(&text) : _("（清空）"), out);
	buf_release(&text);
}

static void add_lost(struct writing *at, const struct field *field, const struct lost *one,
	const char *what, const struct history *history)
{
	struct buf text = {0};

	buf_text(&text, what);
	show_value(at, field, &one->value, &text);
	buf_text(&text, "  ");
	link_status_writer(
		at->store, history, (struct ref){one->site, one->seq}, one->stamp, at->now, &text);
	page_add(at->page, LOOK_BAD, &text);
}

/* All values of a field that stations wrote without seeing each other. */
static void add_conflicts(
	struct writing *at, const struct record *record, const struct history *history)
{
	for (unsigned n = 0; n < LIMIT_FIELDS && record->kind->fields[n].tag; n++) {
		const struct field *field = &record->kind->fields[n];
		const struct cell *cell = &record->cells[n];
		const struct lost *other = record_lost(record, field->tag, 0);
		struct buf text = {0};

		if (!other)
			continue;
		struct lost now = {field->tag, cell->value, cell->stamp, cell->site, cell->seq};
		buf_fmt(&text, _("！两站填得不同 %s：核实后按 e 改成对的"), _(field->label));
		page_add(at->page, LOOK_BAD, &text);
		add_lost(at, field, &now, _("  现在 "), history);
		for (unsigned k = 1; other; other = record_lost(record, field->tag, k++))
			add_lost(at, field, other, _("  另一 "), history);
	}
	if (record->refused) {
		struct buf text = {0};

		buf_fmt(&text, _("！有%u步没有生效，见办理记录"), record->refused);
		page_add(at->page, LOOK_BAD, &text);
	}
}

static bool add_child(const struct row *row, void *to)
{
	struct writing *at = to;
	struct buf text = {0};
	char time[WHEN_TEXT];

	display_time(row->at, at->now, time);
	buf_fmt(&text, "  %s %s ", display_number(at->store, row->ref, at->arena), time);
	display_title(at->store, row, &text);
	if (state_count(row->kind))
		buf_fmt(&text, _(" 【%s】"), display_state(row));
	page_add(at->page, LOOK_PLAIN, &text)->ref = row->ref;
	return --at->left > 0;
}

/* Do CHILD's records belong to records of KIND? */
static bool record_page_holds(const struct kind *child, const struct kind *kind)
{
	return !(child->flags & K_HIDDEN) && field_parent(child, kind->id);
}

/* What belongs to it is no list of its own, and must not look whole before it is. */
static void add_loading(struct writing *at)
{
	struct buf text = {0};
	unsigned lanes = 0;

	for (unsigned n = 0; n < kinds_count; n++)
		if (record_page_holds(&kinds[n], at->shown->kind) && !(kinds[n].flags & K_UP_ONLY))
			lanes |= 1u << kinds[n].lane;
	if (loading_some(at->store, lanes, &text)) {
		buf_text(&text, _("，挂在它下面的还不全"));
		page_add(at->page, LOOK_BAD, &text);
	}
	buf_release(&text);
}

static enum rc add_children(struct writing *at, struct fault *fault)
{
	add_loading(at);
	at->shown->children = at->page->count;
	for (unsigned n = 0; n < kinds_count; n++) {
		struct query query = query_all(kinds[n].id);
		struct buf text = {0};
		unsigned count = 0;

		if (!record_page_holds(&kinds[n], at->shown->kind))
			continue;
		query.parent = at->shown->ref;
		enum rc rc = store_count(at->store, &query, &count, fault);
		if (!rc && count) {
			buf_fmt(&text, "%s %u", _(kinds[n].plural), count);
			if (count > RECORD_CHILDREN)
				buf_text(&text, _("（回车看全部）"));
			page_add(at->page, LOOK_TITLE, &text)->kind = &kinds[n];
			at->left = query.limit = RECORD_CHILDREN;
			rc = store_each(at->store, &query, add_child, at, fault);
		}
		if (rc)
			return rc;
	}
	return RC_OK;
}

static void add_op_fields(
	struct writing *at, const struct kind *kind, struct bytes body, struct buf *out)
{
	unsigned tag;
	struct value value;

	while (body.len > 0 && take_field(&body, &tag, &value)) {
		const struct field *field = field_of(kind, tag);

		if (!field)
			continue;
		buf_fmt(out, " %s%s", _(field->label), display_colon());
		if (value.wire != WIRE_NUM && value.text.len == 0)
			buf_text(out, _("（清空）"));
		else
			show_value(at, field, &value, out);
	}
}

static void add_op(
	struct writing *at, const struct kind *kind, const struct op *op, enum verdict verdict)
{
	const struct step *step = op->step ? step_of(kind, op->step) : NULL;
	struct buf text = {0}, author = {0};
	char time[WHEN_TEXT];

	display_time(op_at(op), at->now, time);
	store_author(at->store, op, &author);
	buf_fmt(&text, "%s ", time);
	display_text(buf_cstr(&author), &text);
	at->shown->newest = arena_text(at->arena, buf_cstr(&text));
	at->shown->newest_own = op->site == store_station(at->store)->site && op->who == at->who;
	buf_fmt(&text, " %s",
		step           ? _(step->label)
		: op->step     ? _("新版程序的步骤")
		: op_first(op) ? _("登记")
			       : _("更正"));
	if (verdict != V_GOOD)
		buf_fmt(&text, _("（未生效：%s）"), _(verdict_texts[verdict]));
	link_status_ahead(at->store, op, &text);
	/* What was first filled in stands above already. */
	if (!op_first(op))
		add_op_fields(at, kind, op->body, &text);
	buf_release(&author);
	page_add(at->page, verdict == V_GOOD ? LOOK_PLAIN : LOOK_BAD, &text);
}

static enum rc add_history(struct writing *at, struct fault *fault)
{
	struct record record;
	struct history history;
	struct buf text = {0};
	enum rc rc = store_record(at->store, at->shown->ref, at->arena, &record, &history, fault);

	if (rc)
		return rc;
	if (record.kind)
		add_conflicts(at, &record, &history);
	rc = add_children(at, fault);
	if (rc)
		return rc;
	at->shown->history = at->page->count;
	buf_fmt(&text, _("办理记录 %zu"), history.count);
	page_add(at->page, LOOK_TITLE, &text);
	for (size_t n = 0; n < history.count; n++)
		add_op(at, at->shown->kind, &history.ops[n], history.verdicts[n]);
	return RC_OK;
}

bool record_page_offers(const struct record_page *shown, const struct kind *child)
{
	const struct step *step = shown->kind->steps;

	if (!record_page_holds(child, shown->kind) ||
		(child->id == KIND_decision && !shown->conflicts))
		return false;
	while (step && step->tag && !(step->flags & STEP_MAKES && step->other == child->id))
		step++;
	return (!step || !step->tag) && action_may_add(&shown->actor, child);
}

enum rc record_page_load(struct record_page *shown, struct store *store, const struct user *user,
	struct ref ref, struct arena *arena, struct fault *fault)
{
	struct writing at = {.shown = shown,
		.page = &shown->page,
		.store = store,
		.arena = arena,
		.now = store_now(store),
		.who = user->who};
	struct buf title = {0};
	struct row row;
	enum rc rc = store_row(store, ref, arena, &row, fault);

	if (rc)
		return rc;
	page_clear(&shown->page);
	shown->kind = row.kind;
	shown->conflicts = row.conflicts;
	shown->ref = ref;
	shown->stamp = row.stamp;
	shown->number = display_number(store, ref, arena);
	display_title(store, &row, &title);
	shown->title = arena_text(arena, buf_cstr(&title));
	buf_release(&title);
	struct actor actor = {store, user, NULL};
	shown->may_edit = action_may_edit(&actor, &row);
	shown->actor = actor;
	shown->may_add = false;
	bool lies_above = attached_of(&row, &shown->lacks) && store_station(store)->joined &&
			  row.state != attachment_is_void &&
			  files_whole(store, &shown->lacks.id) < 0;
	if (!lies_above)
		shown->lacks = (struct attached){.size = 0};
	for (unsigned n = 0; n < kinds_count && !shown->may_add; n++)
		shown->may_add = record_page_offers(shown, &kinds[n]);
	shown->action_count = actions_of(&actor, &row, shown->actions);
	add_copy(&at, &row);
	add_state(&at, &row);
	add_actions(&at);
	add_fields(&at, &row);
	add_origin(&at, &row);
	add_ladder(&at, &row);
	return add_history(&at, fault);
}

void record_page_lacks(const struct record_page *shown, struct buf *out)
{
	struct link_status link;
	struct buf time = {0};

	link_status_load(&link, shown->actor.store);
	link_status_seconds(&link.pace, shown->lacks.size, &time);
	buf_fmt(out, "%s ", shown->title);
	link_status_bytes(shown->lacks.size, out);
	buf_fmt(out, time.len ? _("，%s") : "%s", buf_cstr(&time));
	buf_release(&time);
}

bool record_page_calls(const struct record_page *shown)
{
	return shown->kind->id == KIND_incident && shown->action_count;
}

void record_page_release(struct record_page *shown)
{
	page_release(&shown->page);
	*shown = (struct record_page){0};
}
