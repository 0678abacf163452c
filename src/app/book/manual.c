/* SPDX-License-Identifier: GPL-3.0-or-later
 * Manual pages of the programs and of the county's files, printed from the tables that the programs
 * run by.
 */
#include <stdio.h>
#include <string.h>

#include "app/book/inside.h"
#include "app/cmd.h"

#define MANUAL_DATE "2026-11-30"

const char *const exit_texts[EXIT_NONE + 1] = {
	[EXIT_DONE] = N_("做完了"),
	[EXIT_FAILED] = N_("没有做成，什么都没改"),
	[EXIT_USAGE] = N_("用法不对"),
	[EXIT_LINK] = N_("线路现在不通，都还排着队"),
	[EXIT_REFUSED] = N_("不允许：角色、区域、签名，或者现在不能走这一步"),
	[EXIT_INPUT] = N_("输入有误，消息说明文件、行或字段和规则"),
	[EXIT_NONE] = N_("没有这条记录"),
};

/* ---- the three programs */

static const struct {
	const char *option, *text;
	bool terminal; /* of outpost alone */
} own_options[] = {
	{"--home DIR", N_("站点在哪里（OUTPOST_HOME）"), false},
	{"--config DIR", N_("县里的数据在哪里（OUTPOST_CONFIG）"), false},
	{"--user NAME", N_("谁在操作（OUTPOST_USER）"), false},
	{"--pin-fd N", N_("不在终端上时，从文件描述符 N 读他口令的一行"), true},
	{"--json", N_("答案是一个 JSON 值"), false},
	{"--help", N_("用法；写在命令后面就是那个命令的用法"), false},
	{"--version", N_("程序版本"), false},
};

static void put_options(struct buf *out, bool terminal)
{
	roff_section(out, _("选项"));
	for (size_t i = 0; i < countof(own_options); i++)
		if (terminal || !own_options[i].terminal)
			roff_item(out, own_options[i].option, NULL, _(own_options[i].text));
}

static void put_environment(struct buf *out)
{
	roff_section(out, _("环境"));
	roff_item(out, "OUTPOST_HOME", NULL,
		_("站点的文件夹；没有就是 /var/lib/outpost（有的话）或 ~/.local/share/outpost"));
	roff_item(out, "OUTPOST_CONFIG", NULL,
		_("县里的数据：代码、规则、检查表、处置卡；这里没有的文件再找 /etc/outpost "
		  "和程序装的"));
	roff_item(out, "OUTPOST_USER", NULL, _("谁在操作；由强制命令给出时不能改"));
	roff_item(out, "OUTPOST_LANG", NULL, _("zh 或 en"));
	roff_item(out, "OUTPOST_NOW", NULL, _("时钟从这个 RFC 3339 时间走起，用于试验"));
}

static void put_end(struct buf *out)
{
	roff_section(out, _("有关文件"));
	roff_item(out, "/var/lib/outpost/station.db", NULL, _("全部事实和记录，唯一不能丢的文件"));
	roff_item(out, "/var/lib/outpost/keys/", NULL, _("站点的私钥；谁有它谁就是本站"));
	roff_item(out, "/var/lib/outpost/outpost.conf", NULL, _("本站的设置，见 outpost.conf(5)"));
	roff_item(out, "/etc/outpost/", NULL,
		_("县里改过的文件：rules.conf(5)、roles.conf(5)、codes.tsv(5)"
		  "、检查表、处置卡；升级不动它们"));
	put_environment(out);
	roff_section(out, _("退出码"));
	for (int code = EXIT_DONE; code <= EXIT_NONE; code++) {
		char number[12];
		snprintf(number, sizeof number, "%d", code);
		roff_item(out, number, NULL, _(exit_texts[code]));
	}
}

static void put_command(struct buf *out, const struct command *command)
{
	roff_item(out, command->name, command->usage, _(command->text));
	if (command->help) {
		buf_text(out, ".br\n");
		roff(out, _(command->help));
		buf_byte(out, '\n');
	}
}

static bool is_hub(const struct command *command)
{
	return !strcmp(command->name, "hub");
}

static void page_outpost(const struct app *app, struct buf *out)
{
	buf_fmt(out, ".B outpost\n");
	roff(out, "[--home DIR] [--config DIR] [--user NAME] [--pin-fd N] [COMMAND …]");
	buf_text(out, "\n");
	put_options(out, true);
	roff_section(out, _("命令"));
	for (const struct command *command = app->commands; command->name; command++)
		put_command(out, command);
	put_end(out);
}

static void page_sync(const struct app *app, struct buf *out)
{
	buf_text(out, ".B outpost\\-sync\n");
	roff(out, "[--home DIR] [--config DIR] [--user NAME] [sync] [--once|--watch] …");
	buf_text(out, "\n.br\n.B outpost\\-sync\n");
	roff(out, "COMMAND …");
	buf_text(out, "\n");
	roff_section(out, _("描述"));
	roff(out, _("把本站写的送到上级，把上级新的取回来。outpost "
		    "的这些命令换成它来做；不写命令就是 sync。"
		    "只有它用网络，终端不用。"));
	buf_text(out, "\n");
	put_options(out, false);
	roff_section(out, _("命令"));
	for (const struct command *command = app->commands; command->name; command++)
		if (command->run == cmd_later && !is_hub(command))
			put_command(out, command);
	put_end(out);
}

static void page_hub(const struct app *app, struct buf *out)
{
	buf_text(out, ".B outpost\\-hub\n");
	roff(out, "[--home DIR] [--config DIR] --listen ADDR:PORT [--store STORE]");
	buf_text(out, "\n.br\n.B outpost\\-hub\n");
	roff(out, "[--home DIR] [--config DIR] --stdio (--site N | --join) [--store STORE]");
	buf_text(out, "\n");
	roff_section(out, _("描述"));
	for (const struct command *command = app->commands; command->name; command++)
		if (is_hub(command)) {
			roff(out, _(command->text));
			buf_text(out, "\n.br\n");
			roff(out, _(command->help));
			buf_text(out, "\n.br\n");
		}
	roff(out,
		_("POST /v1/swap 回答下级站点；GET /v1/health 在数据库能回答时是 200；GET /metrics "
		  "给监控系统。收到 TERM 就把手上的做完再停。"));
	buf_text(out, "\n");
	put_options(out, false);
	put_end(out);
}

/* ---- all pages */

static const struct page {
	const char *name;
	int section;
	const char *text; /* N_(), one line */
	page_fn *middle;
} pages[] = {
	{"outpost", 1, N_("村和乡镇的应急值守终端"), page_outpost},
	{"outpost-sync", 1, N_("与上级站点同步，打包、收下随身文件，取预警源"), page_sync},
	{"outpost-hub", 8, N_("为下级站点服务"), page_hub},
	{"outpost.conf", 5, N_("一个站点的设置"), format_conf},
	{"rules.conf", 5, N_("县里的规则：期限、谁来办、先办什么"), format_rules},
	{"roles.conf", 5, N_("谁可以做什么，什么要口令"), format_roles},
	{"codes.tsv", 5, N_("县里的代码表"), format_codes},
};

static void put_title(struct buf *out, const struct page *page)
{
	buf_text(
		out, ".\\\" SPDX-License-Identifier: GPL-3.0-or-later -*- coding: utf-8 -*-\n.TH ");
	for (const char *at = page->name; *at; at++)
		buf_byte(out, (uint8_t)(*at >= 'a' && *at <= 'z' ? *at - 32 : *at));
	buf_fmt(out, " %d %s \"outpost %s\"\n", page->section, MANUAL_DATE, OUTPOST_VERSION);
	/* Ragged: between hanzi there is nothing to stretch, and usage has long words. */
	buf_text(out, ".ad l\n.nh\n");
	roff_section(out, _("名称"));
	roff(out, page->name);
	buf_text(out, " \\- ");
	roff(out, _(page->text));
	buf_byte(out, '\n');
	roff_section(out, page->section == 5 ? _("描述") : _("用法"));
}

static void put_others(struct buf *out, const struct page *page)
{
	bool first = true;
	roff_section(out, _("另见"));
	for (size_t i = 0; i < countof(pages); i++) {
		if (&pages[i] == page)
			continue;
		buf_fmt(out, "%s.BR ", first ? "" : " ,\n");
		roff(out, pages[i].name);
		buf_fmt(out, " (%d)", pages[i].section);
		first = false;
	}
	buf_byte(out, '\n');
}

bool manual_print(const struct app *app, const char *name, struct buf *out)
{
	for (size_t i = 0; i < countof(pages); i++)
		if (!strcmp(pages[i].name, name)) {
			put_title(out, &pages[i]);
			pages[i].middle(app, out);
			put_others(out, &pages[i]);
			return true;
		}
	return false;
}
