/* SPDX-License-Identifier: GPL-3.0-or-later
 * config: where each file of the county's data is taken from, and what in ours is not so in it. A
 * county that keeps its own file over an upgrade reads here what came with the new program.
 */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "app/cmd.h"
#include "app/config.h"
#include "app/out.h"
#include "app/rules/compare.h"
#include "base/file.h"
#include "base/text.h"
#include "model/shipped.h"

static int list(const struct app *app)
{
	struct table table = {0};
	struct buf out = {0};
	char path[CONFIG_PATH];
	const char *name;

	table_head(&table, _("文件"), false);
	table_head(&table, _("取自"), false);
	for (unsigned n = 0; (name = shipped_name("", n)); n++) {
		bool there = config_path(app, name, path, sizeof path);
		table_cell(&table, name);
		table_cell(&table, there ? arena_text(&table.arena, path) : _("随程序带的"));
	}
	table_print(&table, &out, out_columns());
	out_buf(&out);
	table_release(&table);
	buf_release(&out);
	return out_done() ? EXIT_DONE : EXIT_FAILED;
}

/* ---- diff */

struct differing {
	const struct app *app;
	const char *since; /* folder of ours as they were; NULL: nobody asks */
	struct buf text;
	struct json_out json;
	unsigned files;
};

/* A file that says little and leaves the rest to ours: what it does not say is not news. */
static bool is_layer(const struct differing *to, const char *name, const struct compared *compared)
{
	size_t len = strlen(name);
	return !to->since && len > 5 && !strcmp(name + len - 5, ".conf") &&
	       compared->same < compared->added;
}

static void put_line(
	struct buf *out, const char *mark, const char *file, unsigned line, struct bytes text)
{
	buf_fmt(out, "  %s ", mark);
	text_fmt(out, "%s:%u: ", file, line);
	text_show((const char *)text.at, text.len, false, out);
	buf_byte(out, '\n');
}

static void tell(
	struct differing *to, const char *name, const char *path, const struct compared *compared)
{
	unsigned count = compared->added + compared->removed + compared->changed;
	bool layer = is_layer(to, name, compared);

	text_fmt(&to->text, _("%s：随程序带的多 %u 行，少 %u 行，不同 %u 行\n"), path,
		compared->added, compared->removed, compared->changed);
	for (unsigned n = layer ? compared->added : 0; n < count; n++) {
		const struct compared_row *row = &compared->row[n];
		if (row->our_line)
			put_line(&to->text, row->their_line ? "<" : "+", name, row->our_line,
				row->ours);
		if (row->their_line)
			put_line(&to->text, row->our_line ? ">" : "-", path, row->their_line,
				row->theirs);
	}
	if (layer)
		text_fmt(&to->text, _("  这里没写的 %u 行照随程序带的\n"), compared->added);
}

static void json_side(struct json_out *json, const char *key, unsigned line, struct bytes text)
{
	if (!line)
		return;
	json_key(json, key);
	json_open(json, '{');
	json_key_num(json, "line", line);
	json_key(json, "text");
	json_bytes(json, text);
	json_close(json, '}');
}

static void tell_json(
	struct differing *to, const char *name, const char *path, const struct compared *compared)
{
	static const char *const keys[] = {"added", "removed", "changed"};
	const unsigned counts[] = {compared->added, compared->removed, compared->changed};
	const struct compared_row *row = compared->row;

	json_line(&to->json);
	json_open(&to->json, '{');
	json_key_text(&to->json, "file", name);
	json_key_text(&to->json, "path", path);
	for (size_t key = 0; key < countof(keys); key++) {
		json_key(&to->json, keys[key]);
		json_open(&to->json, '[');
		for (unsigned n = 0; n < counts[key]; n++, row++) {
			json_open(&to->json, '{');
			json_side(&to->json, "ours", row->our_line, row->ours);
			json_side(&to->json, "theirs", row->their_line, row->theirs);
			json_close(&to->json, '}');
		}
		json_close(&to->json, ']');
	}
	json_close(&to->json, '}');
}

enum { FILE_MOST = 4 << 20 };

static enum rc compare(
	struct differing *to, const char *name, const char *path, struct fault *fault)
{
	struct bytes ours = shipped_file(name);
	struct buf theirs = {0}, before = {0};
	struct compared compared = {0};
	char old[CONFIG_PATH];
	enum rc rc = file_read_own(path, FILE_MOST, &theirs, fault);

	if (!rc && !bytes_equal(buf_bytes(&theirs), ours)) {
		compare_texts(&compared, name, ours, buf_bytes(&theirs));
		if (to->since) {
			snprintf(old, sizeof old, "%s/%s", to->since, name);
			rc = file_read_own(old, FILE_MOST, &before, fault);
			rc = rc == RC_NONE ? RC_OK : rc; /* all of it is new */
			compare_since(&compared, name, buf_bytes(&before));
		}
	}
	if (!rc && compared.added + compared.removed + compared.changed) {
		to->files++;
		(to->app->json ? tell_json : tell)(to, name, path, &compared);
	}
	compare_release(&compared);
	buf_release(&theirs);
	buf_release(&before);
	return rc;
}

static int diff(const struct app *app, const char *since)
{
	struct differing to = {.app = app, .since = since};
	char path[CONFIG_PATH];
	struct fault fault = {0};
	struct stat info;
	const char *name;
	enum rc rc = RC_OK;

	if (since && (file_look(since, &info) != 0 || !S_ISDIR(info.st_mode)))
		rc = fault_set(&fault, RC_BAD, _("没有这个文件夹 \"%s\""), since);
	if (app->json) {
		json_begin(&to.json, &to.text);
		json_open(&to.json, '[');
	}
	for (unsigned n = 0; !rc && (name = shipped_name("", n)); n++)
		if (config_path(app, name, path, sizeof path))
			rc = compare(&to, name, path, &fault);
	if (app->json) {
		json_close(&to.json, ']');
		buf_byte(&to.text, '\n');
	} else if (!to.files) {
		buf_fmt(&to.text, "%s\n", since ? _("没有新的要看") : _("都与随程序带的一样"));
	}
	if (!rc)
		out_buf(&to.text);
	buf_release(&to.text);
	return rc ? app_fail(&fault) : out_done() ? EXIT_DONE : EXIT_FAILED;
}

int cmd_config(struct app *app, int argc, char **argv)
{
	app->json |= arg_flag(&argc, argv, "json");
	const char *since = arg_value(&argc, argv, "since");
	int code = app_args(app, &argc, argv, 0, 1);
	const char *what = argc > 1 ? argv[1] : "list";

	if (code)
		return code;
	if (!strcmp(what, "list") && !since && !app->json)
		return list(app);
	if (!strcmp(what, "diff"))
		return diff(app, since);
	return app_usage(app);
}
