/* SPDX-License-Identifier: GPL-3.0-or-later
 * What every command begins and ends with: the store, who acts, what they may, how a failure is
 * said.
 */
#include <string.h>

#include "app/command.h"
#include "app/options.h"
#include "app/out.h"
#include "app/prove.h"
#include "model/codes.h"
#include "model/kinds.h"
#include "model/rules.h"
#include "store/files.h"
#include "store/identity.h"
#include "store/station.h"
#include "work/rules.h"
#include "work/may.h"

#include <stdio.h>
#include <unistd.h>

static const enum exit_code exits[] = {
	[RC_OK] = EXIT_DONE,
	[RC_IO] = EXIT_FAILED,
	[RC_BUSY] = EXIT_FAILED,
	[RC_BAD] = EXIT_INPUT,
	[RC_NEWER] = EXIT_FAILED,
	[RC_DENIED] = EXIT_REFUSED,
	[RC_NONE] = EXIT_NONE,
	[RC_LINK] = EXIT_LINK,
	[RC_FULL] = EXIT_FAILED,
};

enum exit_code exit_of(enum rc rc)
{
	return exits[rc];
}

int app_fail(const struct fault *fault)
{
	out_error("outpost: %s", fault->text);
	return (int)exit_of(fault->rc);
}

void command_help(const struct command *command)
{
	struct buf text = {0};
	buf_fmt(&text, _("用法：outpost %s%s%s"), command->name, *command->usage ? " " : "",
		command->usage);
	buf_fmt(&text, "\n\n%s\n", _(command->text));
	if (command->help)
		buf_fmt(&text, "\n%s\n", _(command->help));
	out_buf(&text);
	buf_release(&text);
}

int app_usage(const struct app *app)
{
	const char *usage = app->command->usage;
	out_error(_("用法：outpost %s%s%s"), app->command->name, *usage ? " " : "", usage);
	return EXIT_USAGE;
}

int app_args(const struct app *app, int *argc, char **argv, int least, int most)
{
	const char *left = arg_left(*argc, argv);
	if (*left) {
		out_error(_("outpost: 没有这个选项 \"%s\""), left);
		return app_usage(app);
	}
	int to = 1;
	bool open = true;
	for (int from = 1; from < *argc; from++) {
		bool ends = open && strcmp(argv[from], "--") == 0;
		open = open && !ends;
		if (!ends)
			argv[to++] = argv[from];
	}
	argv[to] = NULL;
	*argc = to;
	if (to - 1 < least || (most >= 0 && to - 1 > most))
		return app_usage(app);
	return 0;
}

/* ---- who acts */

/* The user to whom the account belongs that runs the program. */
static bool login_user(struct app *app, struct user *user)
{
	return app->login[0] && store_user(app->store, app->login, user) &&
	       strcmp(user->login, app->login) == 0;
}

/* The person behind the name is shown by a PIN, unless the account or its key shows it. A script
 * that only reads does nothing in that name, and whoever runs it can read the station anyway; a PIN
 * that is given is tried all the same. */
static enum rc ask_pin(struct app *app, struct fault *fault)
{
	struct user own;
	bool is_own = login_user(app, &own) && own.who == app->user.who;

	if (store_readonly(app->store) && !app->pin_given && !isatty(STDIN_FILENO))
		return RC_OK;
	return is_own || app->proven ? RC_OK : prove(app, NULL, fault);
}

static enum rc named_user(struct app *app, struct fault *fault)
{
	if (!store_user(app->store, app->user_name, &app->user))
		return fault_set(fault, RC_DENIED,
			_("本站没有用户 \"%s\"，请先用 outpost user add 添加"), app->user_name);
	if (app->user.off)
		return fault_set(fault, RC_DENIED, _("用户已停用 \"%s\""), app->user.name);
	return ask_pin(app, fault);
}

static enum rc find_user(struct app *app, struct fault *fault)
{
	app->user = (struct user){0};
	app->pin_shown = false;
	if (app->user_name[0])
		return named_user(app, fault);
	/* An account whose person has left is nobody's, as is one that only is called as somebody;
	 * but it still has the files. The station itself acts as long as it has no users. */
	if (login_user(app, &app->user) && !app->user.off)
		return RC_OK;
	app->user = (struct user){0};
	app->unclear = store_has_users(app->store);
	return RC_OK;
}

/* ---- the store */

int app_store(struct app *app, unsigned flags)
{
	struct fault fault = {0};
	if (app->store)
		return 0;
	enum rc rc = store_open(&app->store, app->home, flags, &fault);
	if (rc == RC_NEWER && app->store)
		out_notice(_("outpost: 注意：%s"), fault.text);
	else if (rc == RC_NONE) {
		out_error("outpost: %s", fault.text);
		return EXIT_FAILED;
	} else if (rc)
		return app_fail(&fault);
	if (store_cramped(app->store))
		out_notice(
			_("outpost: 注意：磁盘已满，只能看不能写 \"%s\"：请腾出空间"), app->home);
	options_load(app->home, true);
	if (rules_follow(app->store, &fault))
		out_error("outpost: %s", fault.text);
	if (*rules_complaints())
		out_error("outpost: %s", rules_complaints());
	if (find_user(app, &fault)) {
		app_close(app);
		return app_fail(&fault);
	}
	store_read_as(app->store, app->user.who || app->unclear ? &app->user : NULL);
	return 0;
}

int app_writer(struct app *app)
{
	struct fault fault;
	int code = app_store(app, 0);
	if (code)
		return code;
	if (store_readonly(app->store)) {
		fault_set(&fault, RC_NEWER,
			store_cramped(app->store)
				? _("磁盘已满，不能写入 \"%s\"：请腾出空间后再试，可以先删 "
				    "station.db.old 和 backup 里较早的备份")
				: _("站点只读，不能写入 \"%s\""),
			app->home);
		return app_fail(&fault);
	}
	if (app->unclear) {
		fault_set(&fault, RC_DENIED,
			_("不知道是谁在操作：登录名 \"%s\" 不是本站用户，请用 --user 姓名 或 "
			  "OUTPOST_USER "
			  "说明"),
			app->login);
		return app_fail(&fault);
	}
	return 0;
}

void app_wrote(struct app *app)
{
	struct fault fault;
	bool due = option_is(OPTION_DAILY_BACKUP) && store_daily_due(app->store);
	if (due)
		(void)files_sweep(app->store);
	if (!option_is(OPTION_DAILY_BACKUP) || !store_daily(app->store, NULL, &fault))
		return;
	out_error(_("outpost: 已保存，但今天的备份没有做成：%s"), fault.text);
}

struct actor app_actor(const struct app *app)
{
	return (struct actor){.store = app->store, .user = &app->user};
}

enum rc app_may(struct app *app, const struct kind *kind, unsigned step, struct fault *fault)
{
	const struct step *what = step ? step_of(kind, step) : NULL;
	struct actor actor = app_actor(app);
	if (may_kind(&actor, kind, step, fault))
		return fault->rc;
	if (!rules_pin(kind, step))
		return RC_OK;
	return prove(app, _(what ? what->label : kind->label), fault);
}

void app_reopen(struct app *app)
{
	struct store *store;
	struct fault fault;
	if (!store_gone(app->store))
		return;
	enum rc rc = store_open(&store, app->home, 0, &fault);
	if (rc && rc != RC_NEWER)
		return; /* writing into the one that is gone fails and says why */
	store_close(app->store);
	app->store = store;
}

void app_close(struct app *app)
{
	if (app->store)
		store_close(app->store);
	app->store = NULL;
}

int app_kind(const char *name, const struct kind **kind)
{
	*kind = kind_named(name);
	for (unsigned i = 0; !*kind && i < kinds_count; i++)
		if (!strcmp(kinds[i].label, name) || !strcmp(_(kinds[i].label), name))
			*kind = &kinds[i];
	if (*kind)
		return 0;
	out_error(_("outpost: 没有这种记录 \"%s\"，outpost kinds 列出全部"), name);
	return EXIT_USAGE;
}

int app_record(struct app *app, const char *typed, struct ref *ref)
{
	struct fault fault;
	return store_resolve(app->store, typed, ref, &fault) ? app_fail(&fault) : 0;
}

bool app_has_station(const struct app *app)
{
	struct fault why;
	enum place place = place_look(app->home, &why);

	return place != PLACE_FREE && place != PLACE_BEGUN;
}
