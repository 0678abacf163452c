/* SPDX-License-Identifier: GPL-3.0-or-later
 * doctor: what is wrong here, and the command that mends it. It changes nothing.
 */
#include "app/cmd.h"
#include "app/health/doctor_inside.h"
#include "app/out.h"
#include "base/file.h"

#include <unistd.h>

/* In the order in which one thing rests on another. What needs an open store is not asked without.
 */
static const struct examination {
	const char *name, *label;
	void (*look)(struct app *app, struct finding *finding);
	bool open;
} examinations[] = {
	{"folder", N_("文件夹"), doctor_folder, false},
	{"owner", N_("主人"), doctor_owner, false},
	{"disk", N_("磁盘"), doctor_disk, false},
	{"sealed", N_("加密"), doctor_sealed, false},
	{"backup", N_("备份"), doctor_backup, false},
	{"config", N_("县里的数据"), doctor_config, false},
	{"store", N_("数据库"), doctor_store, false},
	{"keys", N_("本站密钥"), doctor_keys, true},
	{"rules", N_("下发的规则"), doctor_rules, true},
	{"people", N_("用户"), doctor_people, true},
	{"clock", N_("时钟"), doctor_clock, true},
	{"grant", N_("上级授权"), doctor_grant, true},
	{"ways", N_("线路"), doctor_ways, true},
	{"waiting", N_("等送"), doctor_waiting, true},
	{"refused", N_("退回"), doctor_refused, true},
};

static const char *const health_names[HEALTHS] = {"good", "look", "bad"};
static const char *const health_labels[HEALTHS] = {N_("好"), N_("看"), N_("坏")};

static void put_json(
	const struct examination *examination, struct finding *finding, struct json_out *out)
{
	json_line(out);
	json_open(out, '{');
	json_key_text(out, "check", examination->name);
	json_key_text(out, "state", health_names[finding->health]);
	json_key_text(out, "text", buf_cstr(&finding->text));
	json_key_text(out, "mend", buf_cstr(&finding->mend));
	json_close(out, '}');
}

static void put_row(
	const struct examination *examination, struct finding *finding, struct table *table)
{
	table_cell(table, _(health_labels[finding->health]));
	table_cell(table, _(examination->label));
	table_cell(table, buf_cstr(&finding->text));
	table_cell(table, buf_cstr(&finding->mend));
}

int cmd_doctor(struct app *app, int argc, char **argv)
{
	static const char *const heads[] = {N_("怎样"), N_("什么"), N_("看到"), N_("怎么办")};
	enum health worst = HEALTH_GOOD;
	bool there = file_there(app->home, F_OK);
	struct out_list list;

	app->json |= arg_flag(&argc, argv, "json");
	int code = app_args(app, &argc, argv, 0, 0);
	if (code)
		return code;
	out_list_begin(&list, app->json, heads, countof(heads));
	for (size_t n = 0; n < countof(examinations); n++) {
		const struct examination *examination = &examinations[n];
		struct finding finding = {.health = HEALTH_GOOD};

		if (n && !there)
			break;
		if (examination->open && !app->store)
			continue;
		examination->look(app, &finding);
		if (finding.health > worst)
			worst = finding.health;
		if (app->json)
			put_json(examination, &finding, &list.json);
		else
			put_row(examination, &finding, &list.table);
		buf_release(&finding.text);
		buf_release(&finding.mend);
	}
	out_list_end(&list, true);
	return worst == HEALTH_BAD ? EXIT_INPUT : EXIT_DONE;
}
