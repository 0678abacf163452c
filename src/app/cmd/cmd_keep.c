/* SPDX-License-Identifier: GPL-3.0-or-later
 * check, rebuild, backup, restore: keeping a station.
 */
#include <string.h>
#include <unistd.h>

#include "app/cmd.h"
#include "format/json.h"
#include "app/out.h"
#include "app/overwrite.h"
#include "base/file.h"
#include "store/files.h"
#include "store/identity.h"
#include "store/station.h"
#include "base/text.h"

static void check_json(const struct check *check, struct buf *text)
{
	struct json_out out;
	json_begin(&out, text);
	json_open(&out, '{');
	json_key_bool(&out, "sound", check->sound);
	json_key_num(&out, "facts", (int64_t)check->facts);
	json_key_num(&out, "records", (int64_t)check->records);
	json_key_num(&out, "bad_facts", (int64_t)check->bad_facts);
	json_key_num(&out, "wrong_rows", (int64_t)check->wrong_rows);
	json_key_num(&out, "refused", (int64_t)check->refused);
	json_key_num(&out, "waiting", (int64_t)check->waiting);
	json_key_num(&out, "gone", (int64_t)check->gone);
	json_key_text(&out, "note", check->note);
	json_close(&out, '}');
	buf_byte(text, '\n');
}

static void check_text(const struct check *check, bool repaired, struct buf *text)
{
	buf_fmt(text, _("数据库：%s\n"), check->sound ? _("完好") : _("有损坏"));
	buf_fmt(text, _("事实 %llu 条，记录 %llu 条，被拒 %llu 条，等待核验 %llu 条\n"),
		(unsigned long long)check->facts, (unsigned long long)check->records,
		(unsigned long long)check->refused, (unsigned long long)check->waiting);
	if (check->gone)
		buf_fmt(text, _("已清理的事实 %llu 条，上级存着\n"),
			(unsigned long long)check->gone);
	if (check->bad_facts)
		buf_fmt(text, _("读不懂的事实 %llu 条\n"), (unsigned long long)check->bad_facts);
	if (check->wrong_rows)
		buf_fmt(text,
			repaired ? _("与事实不符的行 %llu 条，已重做\n")
				 : _("与事实不符的行 %llu 条，用 outpost check --repair 重做\n"),
			(unsigned long long)check->wrong_rows);
	if (*check->note)
		text_fmt(text, "%s\n", check->note);
}

int cmd_check(struct app *app, int argc, char **argv)
{
	struct check check = {0};
	struct fault fault = {0};
	struct buf text = {0};
	app->json |= arg_flag(&argc, argv, "json");
	bool repair = arg_flag(&argc, argv, "repair");
	int code = app_args(app, &argc, argv, 0, 0);
	if (code || (code = app_store(app, 0)))
		return code;
	if (store_check(app->store, repair, &check, &fault))
		return app_fail(&fault);
	if (app->json)
		check_json(&check, &text);
	else
		check_text(&check, repair, &text);
	out_buf(&text);
	buf_release(&text);
	if (check.sound && !check.bad_facts && (repair || !check.wrong_rows))
		return EXIT_DONE;
	/* As any command says of a file that it cannot use. */
	out_error(
		check.sound && !check.bad_facts
			? _("outpost: \"%s/station.db\" 的记录与事实不符：用 outpost check "
			    "--repair")
			: _("outpost: \"%s/station.db\" 有损坏：用 outpost restore 恢复最近的备份"),
		app->home);
	return EXIT_INPUT;
}

int cmd_rebuild(struct app *app, int argc, char **argv)
{
	struct fault fault = {0};
	int code = app_args(app, &argc, argv, 0, 0);
	if (code || (code = app_store(app, 0)))
		return code;
	if (store_rebuild(app->store, &fault))
		return app_fail(&fault);
	out_fmt("%s\n", _("已从事实重做全部记录和索引"));
	return EXIT_DONE;
}

static int backup_of_day(struct app *app)
{
	struct fault fault = {0};
	char made[512];
	int code = app_store(app, STORE_READ);
	if (code)
		return code;
	if (store_daily(app->store, made, &fault))
		return app_fail(&fault);
	out_fmt(_("已备份到 \"%s\"\n"), made);
	return EXIT_DONE;
}

/* FILE.files beside the copy of the database. */
static int keep_files(struct app *app, const char *file)
{
	struct fault fault = {0};
	struct buf folder = {0};
	unsigned count = 0;

	buf_fmt(&folder, "%s.files", file);
	enum rc rc = files_backup(app->store, buf_cstr(&folder), &count, &fault);
	if (!rc && count)
		out_fmt(_("附件%u个，在 \"%s\"\n"), count, buf_cstr(&folder));
	buf_release(&folder);
	return rc ? app_fail(&fault) : EXIT_DONE;
}

static int bring_files(struct app *app, const char *file)
{
	struct fault fault = {0};
	struct buf folder = {0};
	unsigned count = 0;

	buf_fmt(&folder, "%s.files", file);
	enum rc rc = files_restore(app->home, buf_cstr(&folder), &count, &fault);
	if (!rc && count)
		out_fmt(_("附件%u个已取回\n"), count);
	buf_release(&folder);
	return rc ? app_fail(&fault) : EXIT_DONE;
}

int cmd_backup(struct app *app, int argc, char **argv)
{
	struct fault fault = {0};
	bool day = arg_flag(&argc, argv, "day");
	int code = app_args(app, &argc, argv, !day, !day);
	if (!code && day)
		return backup_of_day(app);
	if (code || (code = app_store(app, STORE_READ)))
		return code;
	if (!file_there(argv[1], F_OK) && overwrite_may(argv[1], false, &fault))
		return app_fail(&fault);
	if (store_backup(app->store, argv[1], &fault)) {
		int failed = app_fail(&fault);
		return failed == EXIT_NONE ? EXIT_FAILED
					   : failed; /* a folder that is not there is no record */
	}
	out_fmt(_("已备份到 \"%s\"\n"), argv[1]);
	return keep_files(app, argv[1]);
}

int cmd_restore(struct app *app, int argc, char **argv)
{
	struct fault fault = {0};
	int code = app_args(app, &argc, argv, 1, 1);
	if (code)
		return code;
	if (!file_there(argv[1], R_OK)) {
		out_error(_("outpost: 读不到备份文件 \"%s\"，没有改动"), argv[1]);
		return EXIT_INPUT;
	}
	if (store_restore(app->home, argv[1], &fault)) {
		int failed = app_fail(&fault);
		return failed == EXIT_NONE ? EXIT_FAILED : failed;
	}
	if ((code = app_store(app, 0)))
		return code;
	out_fmt(_("已从 \"%s\" 恢复，原来的数据库留在旁边\n"), argv[1]);
	return bring_files(app, argv[1]);
}
