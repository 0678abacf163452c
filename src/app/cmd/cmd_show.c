/* SPDX-License-Identifier: GPL-3.0-or-later
 * show: one record with what was refused, what disagrees, and its history.
 */
#include <string.h>

#include "app/cmd.h"
#include "app/out.h"
#include "app/record.h"
#include "base/text.h"
#include "base/when.h"
#include "model/area.h"
#include "model/kinds.h"
#include "model/rules.h"
#include "screens/loading.h"
#include "screens/link_status.h"
#include "store/station.h"
#include "work/may.h"

enum { LABEL_COLUMNS = 16, CHILDREN = 20 };

struct showing {
	struct app *app;
	struct ref ref;
	struct row row;
	struct record record;
	struct history history;
	struct buf text;
};

/* ---- as JSON */

static const char *fact_name(const struct kind *kind, const struct op *op)
{
	const struct step *step = op->step && kind ? step_of(kind, op->step) : NULL;
	return step ? step->verb : op->step ? "?" : op_first(op) ? "add" : "edit";
}

static void json_author(struct json_out *out, struct store *store, const struct op *op)
{
	struct buf name = {0};
	store_author(store, op, &name);
	json_key(out, "by");
	json_bytes(out, buf_bytes(&name));
	buf_release(&name);
}

static void json_site(struct json_out *out, uint64_t site)
{
	char id[32];
	store_id((struct ref){site, 0}, id);
	id[14] = 0; /* 14 hex digits, then the seq */
	json_key_text(out, "site", id);
}

static void json_when(struct json_out *out, int64_t at)
{
	char text[WHEN_TEXT];
	when_rfc(at, text);
	json_key_text(out, "at", text);
}

/* The fields in which this fact lost against one that had not seen it. */
static void json_lost(struct json_out *out, const struct record *record, const struct op *op)
{
	bool any = false;
	for (unsigned i = 0; record->kind && record->kind->fields[i].tag; i++) {
		unsigned tag = record->kind->fields[i].tag, n = 0;
		const struct lost *lost = record_lost(record, tag, 0);
		while (lost && (lost->site != op->site || lost->seq != op->seq))
			lost = record_lost(record, tag, ++n);
		if (!lost)
			continue;
		if (!any) {
			json_key(out, "overwritten");
			json_open(out, '[');
		}
		any = true;
		json_text(out, record->kind->fields[i].name);
	}
	if (any)
		json_close(out, ']');
}

static const char *const verdict_names[V_VERDICTS] = {
	[V_GOOD] = "good",
	[V_STATE] = "state",
	[V_PERSON] = "person",
	[V_LEVEL] = "level",
	[V_ARGS] = "args",
	[V_KIND] = "kind",
};

static void json_history(struct json_out *out, struct showing *showing)
{
	json_key(out, "history");
	json_open(out, '[');
	for (size_t i = 0; i < showing->history.count; i++) {
		const struct op *op = &showing->history.ops[i];
		const struct kind *kind = showing->record.kind;
		enum verdict verdict = showing->history.verdicts[i];
		json_open(out, '{');
		json_key_text(out, "step", fact_name(kind, op));
		json_author(out, showing->app->store, op);
		json_when(out, op_at(op));
		json_site(out, op->site);
		json_key(out, "fields");
		record_body(out, showing->app->store, kind,
			kind && op->step ? step_of(kind, op->step) : NULL, op->body);
		json_key_bool(out, "refused", verdict != V_GOOD);
		if (verdict != V_GOOD)
			json_key_text(out, "why", verdict_names[verdict]);
		json_lost(out, &showing->record, op);
		if (store_ahead(showing->app->store, op->site, op->seq))
			json_key_num(out, "ahead_s",
				store_ahead(showing->app->store, op->site, op->seq));
		json_close(out, '}');
	}
	json_close(out, ']');
}

/* Of a warning that came over several links: the copy that counts, when it is another one. */
static bool other_copy(struct showing *showing, char number[32])
{
	struct ref shown = warning_shown(showing->app->store, showing->ref);
	store_number(showing->app->store, shown, number);
	return shown.site != showing->ref.site || shown.seq != showing->ref.seq;
}

static void show_json(struct showing *showing)
{
	struct json_out out;
	struct store *store = showing->app->store;
	char number[32];
	json_begin(&out, &showing->text);
	json_open(&out, '{');
	record_head(&out, store, &showing->row);
	record_fields(&out, store, &showing->row);
	if (showing->history.count)
		json_author(&out, store, &showing->history.ops[0]);
	else
		json_key_text(&out, "by", "");
	json_when(&out, showing->record.at);
	if (showing->history.count && showing->record.area != showing->row.area) {
		area_show(showing->record.area, number);
		json_key_text(&out, "area_then", number);
	}
	json_site(&out, showing->record.site);
	record_reached(&out, store, showing->ref, showing->record.area);
	json_key_num(&out, "refused", showing->record.refused);
	if (has_copies(showing->row.kind) && other_copy(showing, number))
		json_key_text(&out, "shown", number);
	json_history(&out, showing);
	json_close(&out, '}');
	buf_byte(&showing->text, '\n');
}

/* ---- as text */

/* Later lines of a long text stand under its first; nothing in it may move the cursor. */
static void put_line(struct buf *out, const char *label, const char *text)
{
	struct buf line = {0};
	size_t columns = text_columns(label);
	buf_text(out, label);
	do
		buf_byte(out, ' ');
	while (++columns < LABEL_COLUMNS);
	for (;; text++) {
		size_t len = strcspn(text, "\n");
		buf_clear(&line);
		buf_put(&line, text, len);
		text_plain(buf_cstr(&line), out);
		buf_byte(out, '\n');
		text += len;
		if (!*text)
			break;
		buf_fmt(out, "%*s", LABEL_COLUMNS, "");
	}
	buf_release(&line);
}

static void put_lost(struct showing *showing, const struct field *field, const struct lost *lost,
	const char *label)
{
	struct value_ways ways = store_ways(showing->app->store, true);
	struct buf line = {0};
	value_show(field, &lost->value, &ways, &line);
	if (!line.len)
		buf_text(&line, _("（清空）"));
	buf_text(&line, "  ");
	link_status_writer(showing->app->store, &showing->history,
		(struct ref){lost->site, lost->seq}, lost->stamp, store_now(showing->app->store),
		&line);
	put_line(&showing->text, label, buf_cstr(&line));
	buf_release(&line);
}

/* What stands and what stands beside it, each with who wrote it. */
static void put_conflict(
	struct showing *showing, const struct field *field, const struct cell *cell)
{
	const struct lost *other = record_lost(&showing->record, field->tag, 0);
	if (!other)
		return;
	struct lost now = {field->tag, cell->value, cell->stamp, cell->site, cell->seq};
	put_lost(showing, field, &now, _("  ! 现在的值"));
	for (unsigned n = 1; other; other = record_lost(&showing->record, field->tag, n++))
		put_lost(showing, field, other, _("  ! 另一个值"));
}

static void put_fields(struct showing *showing)
{
	struct buf text = {0};
	for (unsigned i = 0; showing->row.kind->fields[i].tag; i++) {
		const struct field *field = &showing->row.kind->fields[i];
		buf_clear(&text);
		if (!(field->flags & F_MADE)) /* a number for programs: --json has it */
			row_field(showing->app->store, &showing->row, field->tag, true, &text);
		if (text.len)
			put_line(&showing->text, _(field->label), buf_cstr(&text));
		if (showing->record.kind)
			put_conflict(showing, field, &showing->record.cells[i]);
	}
	buf_release(&text);
}

static void put_head(struct showing *showing)
{
	const struct row *row = &showing->row;
	struct buf line = {0};
	char text[WHEN_TEXT], code[GRID_CODE];
	struct ref grid;
	store_number(showing->app->store, row->ref, text);
	buf_fmt(&line, "%s  %s", text, _(row->kind->label));
	if (row->kind->states[0].code)
		buf_fmt(&line, "  %s", _(row->kind->states[row->state].label));
	buf_text(&line, "  ");
	area_title(row->area, &line);
	text_fmt(&showing->text, "%s\n", buf_cstr(&line));
	buf_clear(&line);
	if (has_copies(row->kind) && other_copy(showing, text)) {
		buf_fmt(&line, _("%s，以它为准"), text);
		put_line(&showing->text, _("同一预警"), buf_cstr(&line));
		buf_clear(&line);
	}
	if (showing->history.count && showing->record.area != row->area) {
		area_show(showing->record.area, text);
		buf_fmt(&line, "%s ", text);
		area_title(showing->record.area, &line);
		put_line(&showing->text, _("登记时区划"), buf_cstr(&line));
		buf_clear(&line);
	}
	if (showing->history.count)
		store_author(showing->app->store, &showing->history.ops[0], &line);
	when_show(showing->record.at, text);
	buf_fmt(&line, "  %s", text);
	if (row_grid(showing->app->store, row, &grid) &&
		grid_code_of(showing->app->store, grid, code))
		text_fmt(&line, _(" 网格%s"), code);
	put_fields(showing);
	put_line(&showing->text, _("记录"), buf_cstr(&line));
	buf_clear(&line);
	link_status_ladder(showing->app->store, row->ref, row->area, &line);
	put_line(&showing->text, _("报送进度"), buf_cstr(&line));
	buf_release(&line);
}

static const char *step_label(const struct kind *kind, const struct op *op)
{
	const struct step *step = kind && op->step ? step_of(kind, op->step) : NULL;
	return step ? _(step->label) : op->step ? "?" : op_first(op) ? _("新增") : _("更正");
}

/* What had no effect is never hidden: who did it believes that it is done. */
static void put_refused(struct showing *showing)
{
	struct buf line = {0};
	char at[WHEN_TEXT];
	for (size_t i = 0; i < showing->history.count; i++) {
		const struct op *op = &showing->history.ops[i];
		if (showing->history.verdicts[i] == V_GOOD)
			continue;
		buf_clear(&line);
		when_show(op_at(op), at);
		buf_fmt(&line, "%s  %s  ", step_label(showing->record.kind, op), at);
		store_author(showing->app->store, op, &line);
		buf_fmt(&line, "  %s", _(verdict_texts[showing->history.verdicts[i]]));
		put_line(&showing->text, _("! 未生效"), buf_cstr(&line));
	}
	buf_release(&line);
}

/* ---- what belongs to it: receipts of a warning, moves of a supply */

static bool put_child(const struct row *row, void *to)
{
	struct showing *showing = to;
	struct buf line = {0};
	char text[WHEN_TEXT];
	store_number(showing->app->store, row->ref, text);
	buf_fmt(&line, "%s  ", text);
	when_show(row->at, text);
	buf_fmt(&line, "%s  ", text);
	if (row->kind->states[0].code)
		buf_fmt(&line, "%s  ", _(row->kind->states[row->state].label));
	row_title(showing->app->store, row, &line);
	put_line(&showing->text, _(row->kind->label), buf_cstr(&line));
	buf_release(&line);
	return true;
}

static enum rc put_children(struct showing *showing, struct fault *fault)
{
	enum rc rc = RC_OK;
	struct buf loading = {0};
	unsigned lanes = 0;
	for (unsigned i = 0; i < kinds_count && !rc; i++) {
		if (!field_parent(&kinds[i], showing->row.kind->id))
			continue;
		struct query query = query_all(kinds[i].id);
		lanes |= kinds[i].flags & (K_UP_ONLY | K_HIDDEN) ? 0 : 1u << kinds[i].lane;
		query.parent = showing->ref;
		query.limit = CHILDREN;
		rc = store_each(showing->app->store, &query, put_child, showing, fault);
	}
	if (loading_some(showing->app->store, lanes, &loading))
		out_error(_("outpost: %s，挂在它下面的还不全"), buf_cstr(&loading));
	buf_release(&loading);
	return rc;
}

static void put_steps(struct showing *showing)
{
	struct buf line = {0};
	struct actor actor = app_actor(showing->app);
	struct fault fault;
	for (const struct step *step = showing->row.kind->steps; step->tag; step++)
		if (!may_row(&actor, &showing->row, step->tag, &fault))
			buf_fmt(&line, "%s%s(%s)", line.len ? " " : "", step->verb, _(step->label));
	if (line.len)
		put_line(&showing->text, _("可以"), buf_cstr(&line));
	buf_release(&line);
}

static void put_body(struct showing *showing, const struct op *op, struct buf *line)
{
	const struct kind *kind = showing->record.kind;
	struct value_ways ways = store_ways(showing->app->store, true);
	struct bytes body = op->body;
	struct value value;
	unsigned tag;
	while (kind && body.len && take_field(&body, &tag, &value)) {
		const struct field *field = field_of(kind, tag);
		if (!field)
			continue;
		buf_fmt(line, "  %s=", _(field->label));
		if (value.wire == WIRE_TEXT && !value.text.len)
			buf_text(line, _("（清空）"));
		else
			value_show(field, &value, &ways, line);
	}
}

static void put_history(struct showing *showing)
{
	const struct kind *kind = showing->record.kind;
	struct buf line = {0}, plain = {0};
	buf_fmt(&showing->text, "%s\n", _("经过"));
	for (size_t i = 0; i < showing->history.count; i++) {
		const struct op *op = &showing->history.ops[i];
		enum verdict verdict = showing->history.verdicts[i];
		char at[WHEN_TEXT];
		buf_clear(&line);
		buf_clear(&plain);
		when_show(op_at(op), at);
		buf_fmt(&line, "%c %s  ", verdict == V_GOOD ? ' ' : '!', at);
		store_author(showing->app->store, op, &line);
		buf_fmt(&line, "  %s", step_label(kind, op));
		link_status_ahead(showing->app->store, op, &line);
		put_body(showing, op, &line);
		if (verdict != V_GOOD)
			buf_fmt(&line, _("  未生效：%s"), _(verdict_texts[verdict]));
		text_plain(buf_cstr(&line), &plain);
		buf_fmt(&showing->text, " %s\n", buf_cstr(&plain));
	}
	buf_release(&line);
	buf_release(&plain);
}

int cmd_show(struct app *app, int argc, char **argv)
{
	struct showing showing = {.app = app};
	struct arena arena = {0};
	struct fault fault = {0};
	app->json |= arg_flag(&argc, argv, "json");
	bool history = arg_flag(&argc, argv, "history");
	int code = app_args(app, &argc, argv, 1, 1);
	if (code || (code = app_store(app, STORE_READ)) ||
		(code = app_record(app, argv[1], &showing.ref)))
		return code;
	enum rc rc = store_row(app->store, showing.ref, &arena, &showing.row, &fault);
	if (!rc)
		rc = store_record(
			app->store, showing.ref, &arena, &showing.record, &showing.history, &fault);
	if (!rc && app->json) {
		show_json(&showing);
	} else if (!rc) {
		put_head(&showing);
		put_refused(&showing);
		rc = put_children(&showing, &fault);
		put_steps(&showing);
		if (history)
			put_history(&showing);
	}
	out_buf(&showing.text);
	buf_release(&showing.text);
	arena_release(&arena);
	return rc ? app_fail(&fault) : EXIT_DONE;
}
