/* SPDX-License-Identifier: GPL-3.0-or-later
 * The PIN of the person who acts. Off a terminal it comes through a descriptor that the command
 * names: not by an argument, which everybody on the machine can read, nor by the environment, which
 * children inherit.
 */
#include "app/prove.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/identity.h"
#include "store/station.h"
#include "app/out.h"
#include "work/check.h"

bool secret_ask(const char *question, char answer[LIMIT_PIN + 1])
{
	answer[0] = 0;
	if (!isatty(STDIN_FILENO))
		return false;
	out_error("%s", question);
	return secret_hidden(STDIN_FILENO, answer);
}

int prove_option(struct app *app, int *argc, char **argv)
{
	const char *given = arg_value(argc, argv, "pin-fd");
	if (!given)
		return 0;
	bool digits = *given && strlen(given) < 6 && strspn(given, "0123456789") == strlen(given);
	app->pin_fd = digits ? (int)strtoul(given, NULL, 10) : -1;
	app->pin_given = true;
	/* Syncing children and hooks have no business with it. */
	if (digits && fcntl(app->pin_fd, F_SETFD, FD_CLOEXEC) == 0)
		return 0;
	out_error(_("outpost: --pin-fd 后面要有一个打开的文件描述符的号码，不是 \"%s\""), given);
	return EXIT_USAGE;
}

static enum rc not_given(const struct user *user, const char *what, struct fault *fault)
{
	if (what)
		return fault_set(fault, RC_DENIED,
			_("\"%s\" 要 %s 的口令：在终端上做，或用 --pin-fd N 从文件描述符 N "
			  "读口令的一行"),
			what, user->name);
	return fault_set(fault, RC_DENIED,
		_("用 \"%s\" 的名字操作要他的口令：在终端上做，或用 --pin-fd N 从文件描述符 N "
		  "读口令的一行"),
		user->name);
}

static enum rc get(const struct app *app, const struct user *user, const char *what,
	char pin[LIMIT_PIN + 1], struct fault *fault)
{
	char question[LIMIT_NAME + 40];
	pin[0] = 0;
	if (app->pin_given && !isatty(app->pin_fd)) {
		if (secret_from(app->pin_fd, pin))
			return RC_OK;
		return fault_set(fault, RC_DENIED,
			_("文件描述符 %d 里没有口令：要一行，最多 %d 字节"), app->pin_fd,
			LIMIT_PIN);
	}
	if (!isatty(STDIN_FILENO))
		return not_given(user, what, fault);
	snprintf(question, sizeof question, _("%s 的口令："), user->name);
	if (secret_ask(question, pin))
		return RC_OK;
	return fault_set(fault, RC_DENIED, _("没有输入口令，什么也没有做"));
}

/* A command that only reads has the store open for reading alone: a try is written all the same. */
static enum rc try(struct app *app, const struct user *user, const char *pin, struct fault *fault)
{
	struct store *store;
	if (!store_readonly(app->store) || store_cramped(app->store))
		return store_pin_try(app->store, user->who, pin, fault);
	enum rc rc = store_open(&store, app->home, 0, fault);
	if (rc && rc != RC_NEWER)
		return rc;
	rc = store_pin_try(store, user->who, pin, fault);
	store_close(store);
	return rc;
}

static enum rc show(struct app *app, const struct user *user, const char *what, struct fault *fault)
{
	char pin[LIMIT_PIN + 1];
	enum rc rc = get(app, user, what, pin, fault);
	if (!rc)
		rc = try(app, user, pin, fault);
	secret_wipe(pin);
	return rc;
}

enum rc prove(struct app *app, const char *what, struct fault *fault)
{
	if (!app->user.has_pin || app->pin_shown)
		return RC_OK;
	enum rc rc = show(app, &app->user, what, fault);
	app->pin_shown = !rc;
	return rc;
}

enum rc prove_second(struct app *app, struct change *change, struct fault *fault)
{
	const struct field *field = change_second(change);
	const struct change_value *given = field ? change_value(change, field->tag) : NULL;
	char name[LIMIT_NAME + 1];
	if (!given || given->how == CHANGE_BLANK || given->value.text.len > LIMIT_NAME)
		return RC_OK;
	bytes_into(name, sizeof name, given->value.text);
	if (!store_user(app->store, name, &app->second) || app->second.off)
		return fault_set(fault, RC_DENIED,
			_("本站没有用户 \"%s\"，请先用 outpost user add 添加"), name);
	if (!app->second.has_pin)
		return fault_set(fault, RC_DENIED,
			_("\"%s\" 没有设口令，不能作第二个人：请先用 outpost user pin 设"), name);
	enum rc rc = show(app, &app->second, _(field->label), fault);
	change->second = rc ? NULL : &app->second;
	return rc;
}

enum rc prove_early(struct app *app, struct fault *fault)
{
	return app->pin_given || isatty(STDIN_FILENO) ? prove(app, NULL, fault) : RC_OK;
}
