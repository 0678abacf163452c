/* SPDX-License-Identifier: GPL-3.0-or-later
 * The option table: the master copy of what a station may set for itself.
 */
#include "app/options.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/out.h"
#include "base/conf.h"
#include "base/file.h"
#include "base/when.h"
#include "screens/sheet.h"
#include "store/peer.h"

enum { VALUE_ROOM = 200, FILE_MOST = 65536 };

/* What was set; "" = the default. The settings of the one process that runs. */
static char values[OPTIONS][VALUE_ROOM];

static bool number_of(const char *value, int64_t *number)
{
	char *end;
	errno = 0;
	*number = strtoll(value, &end, 10);
	return *value && !*end && !errno;
}

static bool check_number(const struct option *option, const char *value, const char **why)
{
	static char text[120];
	int64_t number;
	if (number_of(value, &number) && number >= option->min && number <= option->max)
		return true;
	snprintf(text, sizeof text, _("应是 %lld 到 %lld 的整数"), (long long)option->min,
		(long long)option->max);
	*why = text;
	return false;
}

static bool check_choice(const char *const *choices, const char *value, const char **why)
{
	for (; *choices; choices++)
		if (!strcmp(*choices, value))
			return true;
	*why = _("不在可选的值里");
	return false;
}

bool option_hours(const char *value, int *from, int *until)
{
	int minutes[2] = {0, 0};
	for (int i = 0; i < 2; i++) {
		for (int part = 0; part < 2; part++) {
			if (!isdigit((unsigned char)value[0]) || !isdigit((unsigned char)value[1]))
				return false;
			int number = (value[0] - '0') * 10 + value[1] - '0';
			if (number > (part ? 59 : 24))
				return false;
			minutes[i] += part ? number : number * 60;
			value += 2;
			if (*value++ != (part ? (i ? 0 : '-') : ':'))
				return false;
		}
	}
	*from = minutes[0];
	*until = minutes[1];
	return minutes[0] <= 24 * 60 && minutes[1] <= 24 * 60;
}

static bool check_hours(const char *value, const char **why)
{
	int from, until;
	if (!strcmp(value, "always") || option_hours(value, &from, &until))
		return true;
	*why = _("应是 06:00-08:30 这样的时段，或 always");
	return false;
}

static bool check_path(const char *value, const char **why)
{
	if (!strcmp(value, "none") || *value == '/')
		return true;
	*why = _("应是从 / 开始的路径，或 none");
	return false;
}

static const char *const switches[] = {"on", "off", NULL};

static bool check(const struct option *option, const char *value, const char **why)
{
	switch (option->type) {
	case OPTION_NUMBER:
		return check_number(option, value, why);
	case OPTION_HOURS:
		return check_hours(value, why);
	case OPTION_PATH:
		return check_path(value, why);
	default:
		return check_choice(
			option->type == OPTION_SWITCH ? switches : option->choices, value, why);
	}
}

bool option_set(const char *name, const char *value, const char **why)
{
	for (unsigned i = 0; i < OPTIONS; i++) {
		const struct option *option = &options[i];
		if (strcmp(option->name, name))
			continue;
		if (strlen(value) >= VALUE_ROOM) {
			*why = _("值太长");
			return false;
		}
		bool good = check(option, value, why);
		if (good)
			snprintf(values[i], VALUE_ROOM, "%s", value);
		return good;
	}
	*why = _("没有这个设置");
	return false;
}

void options_reset(void)
{
	memset(values, 0, sizeof values);
	way_terms_clear();
}

/* A bad line costs itself alone: the station starts all the same. */
static bool take_line(const struct conf_line *line, void *to, const char **why)
{
	const bool *say = to;
	const char *rule = _("应是 名称 值");
	(void)why;
	if (!strcmp(line->word[0], "way")) {
		if (way_terms_add(line->word + 1, line->count - 1, &rule))
			return true;
	} else if (line->count == 2 && option_set(line->word[0], line->word[1], &rule)) {
		return true;
	}
	if (*say)
		out_error(_("outpost: %s:%u: \"%s\"：%s"), line->file, line->number, line->word[0],
			rule);
	return true;
}

void options_load(const char *home, bool say)
{
	char path[600];
	struct buf text = {0};
	struct fault fault;
	snprintf(path, sizeof path, "%s/outpost.conf", home);
	options_reset();
	enum rc rc = file_read_own(path, FILE_MOST, &text, &fault);
	if (!rc)
		rc = conf_each(path, buf_bytes(&text), take_line, &say, &fault);
	if (rc && rc != RC_NONE && say)
		out_error("outpost: %s", fault.text);
	buf_release(&text);
}

const char *option_text(enum option_id id)
{
	return values[id][0] ? values[id] : options[id].init;
}

int64_t option_number(enum option_id id)
{
	int64_t number = 0;
	number_of(option_text(id), &number);
	return number;
}

bool option_is(enum option_id id)
{
	return strcmp(option_text(id), "on") == 0;
}

static void print_range(const struct option *option, struct buf *out)
{
	if (option->type == OPTION_NUMBER) {
		buf_fmt(out, _("# 范围 %lld 到 %lld"), (long long)option->min,
			(long long)option->max);
		buf_fmt(out, "%s%s\n", option->unit ? " " : "",
			option->unit ? _(option->unit) : "");
		return;
	}
	if (option->type == OPTION_HOURS || option->type == OPTION_PATH)
		return; /* its sentence says it */
	buf_text(out, _("# 可选"));
	const char *const *choice = option->type == OPTION_SWITCH ? switches : option->choices;
	for (; *choice; choice++)
		buf_fmt(out, " %s", *choice);
	buf_byte(out, '\n');
}

void options_print(struct buf *out)
{
	buf_text(out, _("# 本站的设置。放在站点文件夹里，名为 outpost.conf；每行一个设置，# "
			"开头的是说明。\n"
			"# 下面写的都是默认值，要改就去掉行首的 #。\n"));
	for (unsigned i = 0; i < OPTIONS; i++) {
		buf_fmt(out, "\n# %s\n", _(options[i].text));
		print_range(&options[i], out);
		buf_fmt(out, "#%s %s\n", options[i].name, options[i].init);
	}
	buf_text(out,
		_("\n# way 可以写几行：地址以它开头的线路，什么时段可以拨号，每天最多多少字节、多少"
		  "分钟，只送哪几类，\n"
		  "# 花多少钱；用完了、不在时段里，只送紧急的。第一行对得上的算\n"
		  "#way ssh://卫星的地址 name=卫星 hours=22:00-06:00 bytes=200000 minutes=30 "
		  "lanes=alarm,report cost=8.5/MB\n"));
}

static const char *const packings[] = {"auto", "zstd", "model", NULL};
static const char *const charsets[] = {"utf-8", "gb18030", NULL};
static const char *const languages[] = {"auto", "zh", "en", NULL};

const struct option options[OPTIONS] = {
	[OPTION_LANGUAGE] = {"language",
		N_("说哪种语言；auto 看系统的语言设置，OUTPOST_LANG 优先于它"), "auto", NULL,
		OPTION_CHOICE, 0, 0, languages},
	[OPTION_LIST_LIMIT] = {"list_limit",
		N_("终端上 outpost list 不写 --limit 时最多列多少条；文件和管道里不限"), "200",
		N_("条"), OPTION_NUMBER, 1, 1000000, NULL},
	[OPTION_FIND_LIMIT] = {"find_limit", N_("outpost find 不写 --limit 时最多给多少条"), "100",
		N_("条"), OPTION_NUMBER, 1, 1000000, NULL},
	[OPTION_DAILY_BACKUP] = {"daily_backup", N_("每天第一次写入后自动备份，保留最近 7 份"),
		"on", NULL, OPTION_SWITCH, 0, 0, NULL},
	[OPTION_MASK] = {"mask", N_("列表里遮住隐私字段，只露头尾"), "on", NULL, OPTION_SWITCH, 0,
		0, NULL},
	[OPTION_SYNC_CHILD] = {"sync_child",
		N_("有人在终端上时由终端带着同步，离开就停；已有 outpost sync --watch "
		   "的服务时它自己让开"),
		"on", NULL, OPTION_SWITCH, 0, 0, NULL},
	[OPTION_SYNC_EVERY] = {"sync_every",
		N_("outpost sync --watch 没有新记录时隔多久也联系一次上级"), "300", N_("秒"),
		OPTION_NUMBER, 10, DAY_SECONDS, NULL},
	[OPTION_SYNC_HOLD] = {"sync_hold",
		N_("outpost sync --watch 送完以后连接再留多久，留着时再送不用重新登录；0 "
		   "是马上断开"),
		"30", N_("秒"), OPTION_NUMBER, 0, 3600, NULL},
	[OPTION_SYNC_BUDGET] = {"sync_budget", N_("每条线路每天用到这么多以后只送紧急的；0 是不限"),
		"0", N_("字节"), OPTION_NUMBER, 0, INT64_C(1000000000000), NULL},
	[OPTION_SYNC_WINDOW] = {"sync_window",
		N_("什么时段可以拨号，如 06:00-08:30；时段以外只送紧急的；always 是随时"), "always",
		NULL, OPTION_HOURS, 0, 0, NULL},
	[OPTION_SYNC_SLOW] = {"sync_slow", N_("线路很慢：没有量过速度时从很小的帧开始"), "off",
		NULL, OPTION_SWITCH, 0, 0, NULL},
	[OPTION_SYNC_BEFORE] = {"sync_before",
		N_("拨号之前运行的程序的路径，参数是线路；它失败就不拨这一条；none 是没有"), "none",
		NULL, OPTION_PATH, 0, 0, NULL},
	[OPTION_SYNC_AFTER] = {"sync_after",
		N_("拨号之后运行的程序的路径，参数是线路和结果（done 或 failed）；none 是没有"),
		"none", NULL, OPTION_PATH, 0, 0, NULL},
	[OPTION_SYNC_HOOK] = {"sync_hook",
		N_("sync_before 和 sync_after 的程序最多运行多久，过了就结束它，算失败"), "120",
		N_("秒"), OPTION_NUMBER, 1, 3600, NULL},
	[OPTION_HOOKS] = {"hooks",
		N_("放本县自己的程序的文件夹：follow --hooks 有新预警、指令等时运行其中同名的，"
		   "每次同步以后运行其中的 sync；none 是没有"),
		"none", NULL, OPTION_PATH, 0, 0, NULL},
	[OPTION_HOOK_SECONDS] = {"hook_seconds", N_("其中一个程序最多运行多久，过了就结束它"), "30",
		N_("秒"), OPTION_NUMBER, 1, 3600, NULL},
	[OPTION_PRINT] = {"print",
		N_("打印的程序的路径，一份从标准输入给它；要选打印机、纸张就写一个脚本；none "
		   "是没有打印机"),
		"/usr/bin/lp", NULL, OPTION_PATH, 0, 0, NULL},
	[OPTION_PRINT_CHARSET] = {"print_charset",
		N_("给打印程序的编码；带汉字库的针式打印机直接收字的用 gb18030"), "utf-8", NULL,
		OPTION_CHOICE, 0, 0, charsets},
	[OPTION_PRINT_COLUMNS] = {"print_columns", N_("纸上一行多少列，一个汉字两列"), "76",
		N_("列"), OPTION_NUMBER, SHEET_NARROW, 200, NULL},
	[OPTION_PRINT_LINES] = {"print_lines",
		N_("一张纸多少行，连页脚；A4 每英寸 6 行，留边 60 行，不留边 66 行"), "60",
		N_("行"), OPTION_NUMBER, 20, 500, NULL},
	[OPTION_PIPE] = {"pipe",
		N_("成文画面上 | 能不能把一篇交给一条命令；只在自己的电脑上打开，"
		   "远程登录从来不能"),
		"off", NULL, OPTION_SWITCH, 0, 0, NULL},
	[OPTION_QR] = {"qr", N_("画二维码的程序 qrencode 的路径，软件包也叫 qrencode；none 是不画"),
		"/usr/bin/qrencode", NULL, OPTION_PATH, 0, 0, NULL},
	[OPTION_WIRE_PACKING] = {"wire_packing",
		N_("数据帧怎么压：auto 在慢线路上用模型，省约三成字节，多用些处理器；"
		   "zstd 从不用，model 总用；两头都认得模型才用"),
		"auto", NULL, OPTION_CHOICE, 0, 0, packings},
	[OPTION_KEYS_DAYS] = {"keys_days",
		N_("加封用的密钥隔多少天自动换一把；0 是只用 outpost site rotate 换"), "30",
		N_("天"), OPTION_NUMBER, 0, 3650, NULL},
	[OPTION_GRANT_DAYS] = {"grant_days",
		N_("发给下级站点的授权多少天到期；站点过了一半时来同步就自动续期；0 是不到期"),
		"730", N_("天"), OPTION_NUMBER, 0, 3650, NULL},
};
