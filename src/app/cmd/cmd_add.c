/* SPDX-License-Identifier: GPL-3.0-or-later
 * add and edit: a record's fields from words or from a JSON object.
 */
#include <stdlib.h>
#include <string.h>

#include "app/cmd.h"
#include "format/json.h"
#include "app/out.h"
#include "base/file.h"
#include "base/text.h"

enum { WORDS_MOST = 2 * LIMIT_FIELDS + 8 };

/* The words of a command, in one list with those of a file. */
struct given {
	char *at[WORDS_MOST];
	int count;
	struct arena arena;
};

static enum rc given_add(struct given *given, char *word, struct fault *fault)
{
	if (given->count == WORDS_MOST)
		return fault_set(fault, RC_BAD, _("字段太多，最多 %d 个"), WORDS_MOST);
	given->at[given->count++] = word;
	return RC_OK;
}

/* Arrays are codes separated by commas. */
static bool json_plain(const struct json *value, struct buf *out)
{
	if (json_type(value) == JSON_NULL)
		return true; /* empty */
	if (json_type(value) != JSON_ARRAY)
		return json_as_text(value, out);
	for (const struct json *one = json_first(value); one; one = json_next(one)) {
		if (one != json_first(value))
			buf_byte(out, ',');
		if (!json_as_text(one, out))
			return false;
	}
	return true;
}

static enum rc given_member(struct given *given, const struct json *member, struct fault *fault)
{
	struct buf text = {0};
	const char *name = json_name(member);
	enum rc rc;
	buf_fmt(&text, "%s=", name);
	if (strchr(name, '=') || !json_plain(member, &text))
		rc = fault_set(fault, RC_BAD, _("要是文字、数字或它们的数组：字段 \"%s\""), name);
	else
		rc = given_add(given, arena_text(&given->arena, buf_cstr(&text)), fault);
	buf_release(&text);
	return rc;
}

static enum rc given_object(
	struct given *given, const struct json *root, const struct kind *kind, struct fault *fault)
{
	const struct json *fields = json_get(root, "fields"), *kind_name = json_get(root, "kind");
	enum rc rc = RC_OK;
	if (json_type(root) != JSON_OBJECT)
		return fault_set(fault, RC_BAD, _("要是一个 JSON 对象"));
	if (fields && kind_name && json_string(kind_name) &&
		strcmp(json_string(kind_name), kind->name) != 0)
		return fault_set(fault, RC_BAD, _("种类不符：字段 \"kind\" 是 \"%s\""),
			text_brief(&(struct brief){""}, json_string(kind_name)));
	const struct json *member = json_first(fields ? fields : root);
	for (; member && !rc; member = json_next(member))
		rc = given_member(given, member, fault);
	/* Beside "fields" stand the record's own. */
	static const char *const own[] = {"area", "at", "by"};
	for (size_t i = 0; fields && i < countof(own) && !rc; i++)
		if (json_get(root, own[i]))
			rc = given_member(given, json_get(root, own[i]), fault);
	return rc;
}

static enum rc given_file(
	struct given *given, const char *file, const struct kind *kind, struct fault *fault)
{
	struct buf text = {0};
	struct json *root = NULL;
	struct fault inner = {0};
	enum rc rc = file_read(file, LIMIT_ROW, &text, &inner);
	if (!rc)
		rc = json_parse(buf_bytes(&text), &root, &inner);
	if (!rc)
		rc = given_object(given, root, kind, &inner);
	if (rc) /* whatever is wrong with it: it is the file that must be put right */
		rc = fault_set(fault, RC_BAD, _("文件 \"%s\"：%s"), file, inner.text);
	json_free(root);
	buf_release(&text);
	return rc;
}

static enum rc write_new(struct app *app, const struct kind *kind, struct given *given,
	struct op *op, struct fault *fault)
{
	struct buf body = {0};
	enum rc rc = app_may(app, kind, 0, fault);
	op->kind = kind->id;
	op->who = app->user.who;
	op->area = store_station(app->store)->area;
	if (!rc)
		rc = fields_parse(
			app->store, kind, NULL, given->count, given->at, true, op, &body, fault);
	if (!rc)
		rc = store_write_tied(app->store, op, fault);
	buf_release(&body);
	return rc;
}

int cmd_add(struct app *app, int argc, char **argv)
{
	struct fault fault = {0};
	struct given given = {0};
	struct op op = {0};
	const struct kind *kind;
	char number[32];
	const char *file = arg_value(&argc, argv, "json");
	int code = app_args(app, &argc, argv, 1, -1);
	if (code || (code = app_kind(argv[1], &kind)) || (code = app_writer(app)))
		return code;
	enum rc rc = file ? given_file(&given, file, kind, &fault) : RC_OK;
	for (int i = 2; i < argc && !rc; i++)
		rc = given_add(&given, argv[i], &fault);
	if (!rc)
		rc = write_new(app, kind, &given, &op, &fault);
	arena_release(&given.arena);
	if (rc)
		return app_fail(&fault);
	app_wrote(app);
	store_number(app->store, (struct ref){op.rec_site, op.rec_seq}, number);
	out_fmt("%s\n", number);
	return EXIT_DONE;
}

static enum rc write_edit(
	struct app *app, struct ref ref, int argc, char **argv, struct fault *fault)
{
	struct arena arena = {0};
	struct record record;
	struct history history;
	struct buf body = {0};
	struct op op = {.rec_site = ref.site, .rec_seq = ref.seq, .who = app->user.who};
	enum rc rc = store_record(app->store, ref, &arena, &record, &history, fault);
	if (!rc && !record.kind)
		rc = fault_set(fault, RC_NEWER, _("这种记录由更新的程序写成，请先升级"));
	if (!rc)
		rc = app_may(app, record.kind, 0, fault);
	if (!rc) {
		op.kind = record.kind->id;
		rc = fields_parse(
			app->store, record.kind, NULL, argc, argv, true, &op, &body, fault);
	}
	if (!rc)
		rc = store_write(app->store, &op, fault);
	buf_release(&body);
	arena_release(&arena);
	return rc;
}

int cmd_edit(struct app *app, int argc, char **argv)
{
	struct fault fault = {0};
	struct ref ref;
	char number[32];
	int code = app_args(app, &argc, argv, 2, -1);
	if (code || (code = app_writer(app)) || (code = app_record(app, argv[1], &ref)))
		return code;
	if (write_edit(app, ref, argc - 2, argv + 2, &fault))
		return app_fail(&fault);
	app_wrote(app);
	store_number(app->store, ref, number);
	out_fmt("%s\n", number);
	return EXIT_DONE;
}
