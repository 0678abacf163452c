/* SPDX-License-Identifier: GPL-3.0-or-later
 * attach: a file is attached to a record. attachment: which there are, and how far they have come;
 * one written out; one sent over slow ways, too.
 */
#include <string.h>
#include <unistd.h>

#include "app/cmd.h"
#include "app/out.h"
#include "base/file.h"
#include "model/area.h"
#include "model/kinds.h"
#include "store/files.h"
#include "work/attach.h"

static int wrote(struct app *app, struct ref ref)
{
	char number[32];

	app_wrote(app);
	store_number(app->store, ref, number);
	out_fmt("%s\n", number);
	return EXIT_DONE;
}

int cmd_attach(struct app *app, int argc, char **argv)
{
	struct attaching attaching = {.go = arg_flag(&argc, argv, "send")};
	const char *thumb = arg_value(&argc, argv, "thumb");
	struct fault fault = {0};
	struct ref made = {0, 0}, small;
	int code = app_args(app, &argc, argv, 2, 2);
	if (code || (code = app_writer(app)) || (code = app_record(app, argv[1], &attaching.about)))
		return code;
	const struct actor actor = app_actor(app);
	enum rc rc = app_may(app, kind_of(KIND_attachment), 0, &fault);
	attaching.path = argv[2];
	if (!rc)
		rc = attach_file(&actor, &attaching, &made, &fault);
	if (!rc && thumb) {
		attaching.whole = made;
		attaching.path = thumb;
		rc = attach_file(&actor, &attaching, &small, &fault);
	}
	return rc ? app_fail(&fault) : wrote(app, made);
}

/* ---- which there are */

struct listing {
	struct app *app;
	struct out_list list;
};

/* "有", "缺", "到45%": of its bytes, at this station. */
static void put_here(struct store *store, const struct attached *attached, struct buf *out)
{
	uint64_t come = files_come(store, &attached->id);

	if (files_whole(store, &attached->id) == (int64_t)attached->size)
		buf_text(out, _("有"));
	else if (come)
		buf_fmt(out, _("到%u%%"), (unsigned)(come * 100 / attached->size));
	else
		buf_text(out, _("缺"));
}

static void put_json(struct listing *at, const struct row *row, const struct attached *attached)
{
	struct store *store = at->app->store;
	struct json_out *out = &at->list.json;
	char number[32], about[32] = "", hash[FILE_HASH_TEXT + 1];
	const struct value *value = row_value(row, attachment_about);
	struct buf name = {0}, type = {0};
	struct ref ref;
	bool whole = files_whole(store, &attached->id) == (int64_t)attached->size;

	store_number(store, row->ref, number);
	if (value && value->wire == WIRE_BYTES && ref_take(value->text, &ref))
		store_number(store, ref, about);
	file_id_text(&attached->id, hash);
	row_field(store, row, attachment_name, false, &name);
	row_field(store, row, attachment_type, false, &type);
	json_line(out);
	json_open(out, '{');
	json_key_text(out, "number", number);
	json_key_text(out, "about", about);
	json_key_text(out, "name", buf_cstr(&name));
	json_key_text(out, "type", buf_cstr(&type));
	json_key_num(out, "size", (int64_t)attached->size);
	json_key_text(out, "hash", hash);
	json_key_text(out, "state", row->kind->states[row->state].code);
	json_key_bool(out, "whole", whole);
	json_key_num(out, "here",
		whole ? (int64_t)attached->size : (int64_t)files_come(store, &attached->id));
	json_key_bool(out, "thumbnail", attached->small);
	json_close(out, '}');
	buf_release(&name);
	buf_release(&type);
}

static void put_row(struct listing *at, const struct row *row, const struct attached *attached)
{
	struct store *store = at->app->store;
	struct table *table = &at->list.table;
	struct buf text = {0};
	char number[32];

	store_number(store, row->ref, number);
	table_cell(table, number);
	row_field(store, row, attachment_name, true, &text);
	table_cell(table, buf_cstr(&text));
	buf_clear(&text);
	buf_fmt(&text, "%llu", (unsigned long long)attached->size);
	table_cell(table, buf_cstr(&text));
	buf_clear(&text);
	put_here(store, attached, &text);
	table_cell(table, buf_cstr(&text));
	table_cell(table, _(row->kind->states[row->state].label));
	buf_clear(&text);
	row_field(store, row, attachment_about, true, &text);
	table_cell(table, buf_cstr(&text));
	buf_clear(&text);
	area_title(row->area, &text);
	table_cell(table, buf_cstr(&text));
	buf_release(&text);
}

static bool each(const struct row *row, void *to)
{
	struct listing *at = to;
	struct attached attached = {0};

	if (!attached_of(row, &attached))
		return true;
	if (at->app->json)
		put_json(at, row, &attached);
	else
		put_row(at, row, &attached);
	return true;
}

static int list(struct app *app, const char *record)
{
	static const char *const heads[] = {N_("编号"), N_("文件名"), N_("字节数"), N_("本站"),
		N_("已收到"), N_("属于"), N_("区域")};
	struct listing at = {.app = app};
	struct query query = query_all(KIND_attachment);
	struct fault fault = {0};
	int code = record ? app_record(app, record, &query.parent) : 0;
	if (code)
		return code;
	out_list_begin(&at.list, app->json, heads, countof(heads));
	enum rc rc = store_each(app->store, &query, each, &at, &fault);
	out_list_end(&at.list, !rc);
	return rc ? app_fail(&fault) : EXIT_DONE;
}

/* ---- one of them */

/* PATH is where the user wants it: what the sender called it is never a path. */
static int get(struct app *app, const char *number, const char *path)
{
	struct arena arena = {0};
	struct buf bytes = {0};
	struct fault fault = {0};
	struct attached attached = {0};
	struct row row;
	struct ref ref;
	int code = app_record(app, number, &ref);
	if (code)
		return code;
	enum rc rc = store_row(app->store, ref, &arena, &row, &fault);
	if (!rc && (row.kind->id != KIND_attachment || !attached_of(&row, &attached)))
		rc = fault_set(&fault, RC_BAD, "%s", _("这条记录不是附件"));
	if (!rc)
		rc = files_read_all(app->store, &attached.id, &bytes, &fault);
	if (!rc && !path && isatty(STDOUT_FILENO))
		rc = fault_set(&fault, RC_BAD, "%s", _("写到哪个文件？在后面写上路径"));
	if (!rc)
		rc = file_write(path ? path : "-", buf_bytes(&bytes), 0600, &fault);
	buf_release(&bytes);
	arena_release(&arena);
	return rc ? app_fail(&fault) : EXIT_DONE;
}

static enum rc write_send(struct app *app, struct ref ref, struct fault *fault)
{
	const struct actor actor = app_actor(app);
	struct arena arena = {0};
	struct record record;
	struct history history;
	struct change change;
	const char *why;
	enum rc rc = store_record(app->store, ref, &arena, &record, &history, fault);

	if (!rc && (!record.kind || record.kind->id != KIND_attachment))
		rc = fault_set(fault, RC_BAD, "%s", _("这条记录不是附件"));
	if (!rc)
		rc = app_may(app, record.kind, attachment_do_send, fault);
	if (!rc) {
		change_step(&change, &actor, &record, step_of(record.kind, attachment_do_send));
		(void)change_put(&change, change_named(&change, "go"), value_num(1), &why);
		rc = change_commit(&change, &ref, fault);
		change_release(&change);
	}
	arena_release(&arena);
	return rc;
}

/* Over slow ways and such that cost, too. */
static int send(struct app *app, const char *number)
{
	struct fault fault = {0};
	struct ref ref;
	int code = app_writer(app);
	if (code || (code = app_record(app, number, &ref)))
		return code;
	return write_send(app, ref, &fault) ? app_fail(&fault) : wrote(app, ref);
}

/* What lies above comes with the next sync, whichever way that goes. */
static int fetch(struct app *app, const char *number)
{
	struct arena arena = {0};
	struct attached attached = {0};
	struct fault fault = {0};
	struct row row;
	struct ref ref;
	int code = app_writer(app);
	if (code || (code = app_record(app, number, &ref)))
		return code;
	enum rc rc = store_row(app->store, ref, &arena, &row, &fault);
	if (!rc && (row.kind->id != KIND_attachment || !attached_of(&row, &attached)))
		rc = fault_set(&fault, RC_BAD, "%s", _("这条记录不是附件"));
	bool here = !rc && files_whole(app->store, &attached.id) >= 0;
	if (!rc && !here)
		rc = files_want(app->store, &attached.id, &fault);
	if (!rc)
		out_fmt("%s\n", here ? _("本站已有") : _("下次同步时从上级取来"));
	arena_release(&arena);
	return rc ? app_fail(&fault) : EXIT_DONE;
}

int cmd_attachment(struct app *app, int argc, char **argv)
{
	app->json |= arg_flag(&argc, argv, "json");
	int code = app_args(app, &argc, argv, 0, 3);
	const char *what = argc > 1 ? argv[1] : "list";
	if (code)
		return code;
	if (!strcmp(what, "send") && argc == 3)
		return send(app, argv[2]);
	if (!strcmp(what, "fetch") && argc == 3)
		return fetch(app, argv[2]);
	if ((code = app_store(app, 0)))
		return code;
	if (!strcmp(what, "list"))
		return argc <= 3 ? list(app, argc == 3 ? argv[2] : NULL) : app_usage(app);
	if (!strcmp(what, "get") && argc >= 3)
		return get(app, argv[2], argc == 4 ? argv[3] : NULL);
	return app_usage(app);
}
