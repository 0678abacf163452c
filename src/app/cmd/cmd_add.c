/* SPDX-License-Identifier: GPL-3.0-or-later
 * add and edit: a record's fields from words or from a JSON object.
 */
#include <stdlib.h>
#include <string.h>

#include "app/cmd.h"
#include "format/json.h"
#include "app/out.h"
#include "app/prove.h"
#include "base/file.h"
#include "base/text.h"
#include "store/rows.h"

static enum rc set_member(struct change *change, const struct json *member, struct fault *fault)
{
	struct buf text = {0};
	const char *name = json_name(member);
	enum rc rc;
	if (json_as_typed(member, &text))
		rc = fields_set(change, name, buf_cstr(&text), fault);
	else
		rc = fault_set(fault, RC_BAD, _("要是文字、数字或它们的数组：字段 \"%s\""), name);
	buf_release(&text);
	return rc;
}

static enum rc set_object(struct change *change, const struct json *root, struct fault *fault)
{
	const struct json *fields = json_get(root, "fields"), *kind_name = json_get(root, "kind");
	enum rc rc = RC_OK;
	if (json_type(root) != JSON_OBJECT)
		return fault_set(fault, RC_BAD, _("要是一个 JSON 对象"));
	if (fields && kind_name && json_string(kind_name) &&
		strcmp(json_string(kind_name), change->kind->name) != 0)
		return fault_set(fault, RC_BAD, _("种类不符：字段 \"kind\" 是 \"%s\""),
			text_brief(&(struct brief){""}, json_string(kind_name)));
	const struct json *member = json_first(fields ? fields : root);
	for (; member && !rc; member = json_next(member))
		rc = set_member(change, member, fault);
	/* Beside "fields" stand the record's own. */
	static const char *const own[] = {"area", "at", "by"};
	for (size_t i = 0; fields && i < countof(own) && !rc; i++)
		if (json_get(root, own[i]))
			rc = set_member(change, json_get(root, own[i]), fault);
	return rc;
}

static enum rc set_file(struct change *change, const char *file, struct fault *fault)
{
	struct buf text = {0};
	struct json *root = NULL;
	struct fault inner = {0};
	enum rc rc = file_read(file, LIMIT_ROW, &text, &inner);
	if (!rc)
		rc = json_parse(buf_bytes(&text), &root, &inner);
	if (!rc)
		rc = set_object(change, root, &inner);
	if (rc) /* whatever is wrong with it: it is the file that must be put right */
		rc = fault_set(fault, RC_BAD, _("文件 \"%s\"：%s"), file, inner.text);
	json_free(root);
	buf_release(&text);
	return rc;
}

static int wrote(struct app *app, struct ref ref)
{
	char number[32];
	app_wrote(app);
	store_number(app->store, ref, number);
	out_fmt("%s\n", number);
	return EXIT_DONE;
}

int cmd_add(struct app *app, int argc, char **argv)
{
	struct fault fault = {0};
	struct ref ref = {0, 0};
	struct change change;
	const struct kind *kind;
	const char *file = arg_value(&argc, argv, "json");
	int code = app_args(app, &argc, argv, 1, -1);
	if (code || (code = app_kind(argv[1], &kind)) || (code = app_writer(app)))
		return code;
	struct actor actor = app_actor(app);
	change_new(&change, &actor, kind, ref);
	enum rc rc = app_may(app, kind, 0, &fault);
	if (!rc && file)
		rc = set_file(&change, file, &fault);
	if (!rc)
		rc = fields_words(&change, argc - 2, argv + 2, &fault);
	change_defaults(&change);
	if (!rc)
		rc = prove_second(app, &change, &fault);
	if (!rc)
		rc = change_commit(&change, &ref, &fault);
	if (!rc)
		fields_doubt(&change);
	change_release(&change);
	return rc ? app_fail(&fault) : wrote(app, ref);
}

static enum rc write_edit(
	struct app *app, struct ref ref, int argc, char **argv, struct fault *fault)
{
	struct arena arena = {0};
	struct record record;
	struct change change;
	struct actor actor = app_actor(app);
	enum rc rc = store_record(app->store, ref, &arena, &record, NULL, fault);
	if (!rc && !record.kind)
		rc = fault_set(fault, RC_NEWER, _("这种记录由更新的程序写成，请先升级"));
	if (!rc)
		rc = app_may(app, record.kind, 0, fault);
	if (!rc) {
		change_edit(&change, &actor, record.kind, ref);
		rc = fields_words(&change, argc, argv, fault);
		if (!rc)
			rc = prove_second(app, &change, fault);
		if (!rc)
			rc = change_commit(&change, &ref, fault);
		if (!rc)
			fields_doubt(&change);
		change_release(&change);
	}
	arena_release(&arena);
	return rc;
}

int cmd_edit(struct app *app, int argc, char **argv)
{
	struct fault fault = {0};
	struct ref ref;
	int code = app_args(app, &argc, argv, 2, -1);
	if (code || (code = app_writer(app)) || (code = app_record(app, argv[1], &ref)))
		return code;
	if (write_edit(app, ref, argc - 2, argv + 2, &fault))
		return app_fail(&fault);
	return wrote(app, ref);
}
