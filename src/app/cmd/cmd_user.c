/* SPDX-License-Identifier: GPL-3.0-or-later
 * user and whoami. A user is a person's record with a login; one login is one person.
 */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/cmd.h"
#include "app/grant.h"
#include "format/json.h"
#include "app/out.h"
#include "app/prove.h"
#include "base/text.h"
#include "base/when.h"
#include "model/area.h"
#include "model/codes.h"
#include "model/kinds.h"
#include "model/rules.h"
#include "store/peer.h"
#include "store/station.h"

/* ---- add */

static enum rc login_free(struct app *app, const char *login, struct fault *fault)
{
	struct user user;
	if (!store_user(app->store, login, &user))
		return RC_OK;
	return fault_set(fault, RC_BAD,
		_("已经有这个用户 \"%s\"：字段 \"login\"（登录名），重名的请写 login=另一个名字"),
		login);
}

static enum rc login_set(
	struct app *app, struct change *change, const char *name, struct fault *fault)
{
	const struct change_value *login = change_value(change, person_login);
	char typed[LIMIT_LINE + 1] = "";
	enum rc rc = RC_OK;
	if (!login)
		rc = fields_set(change, "login", name, fault);
	if (!rc)
		bytes_into(typed, sizeof typed, change_value(change, person_login)->value.text);
	return rc || !*typed ? rc : login_free(app, typed, fault);
}

/* Whoever has the account has the station's files: without being named as somebody it keeps the
 * users. */
static enum rc user_may(struct app *app, unsigned step, struct fault *fault)
{
	if (app->user_name[0])
		return app_may(app, kind_of(KIND_person), step, fault);
	return rules_pin(kind_of(KIND_person), step) ? prove(app, _("本站的用户"), fault) : RC_OK;
}

/* Who keeps the users, in KEEPER: no role stands against the account's own. */
static struct actor user_keeper(const struct app *app, struct user *keeper)
{
	*keeper = app->user;
	if (!app->user_name[0])
		keeper->role[0] = 0;
	return (struct actor){.store = app->store, .user = keeper};
}

static int user_add(struct app *app, int argc, char **argv)
{
	struct fault fault = {0};
	struct user keeper;
	struct actor actor = user_keeper(app, &keeper);
	struct ref ref = {0, 0};
	struct change change;
	char number[32];
	change_new(&change, &actor, kind_of(KIND_person), ref);
	enum rc rc = user_may(app, 0, &fault);
	if (!rc)
		rc = fields_set(&change, "name", argv[2], &fault);
	if (!rc)
		rc = fields_words(&change, argc - 3, argv + 3, &fault);
	if (!rc)
		rc = login_set(app, &change, argv[2], &fault);
	change_defaults(&change);
	if (!rc)
		rc = change_commit(&change, &ref, &fault);
	change_release(&change);
	if (rc)
		return app_fail(&fault);
	app_wrote(app);
	store_number(app->store, ref, number);
	out_fmt("%s\n", number);
	return EXIT_DONE;
}

/* ---- list */

struct listing {
	struct app *app;
	struct out_list list;
};

static void json_user(struct json_out *out, const struct user *user)
{
	json_open(out, '{');
	json_key_text(out, "name", user->name);
	json_key_text(out, "login", user->login);
	json_key_text(out, "role", *user->role ? user->role : NULL);
	json_key_text(out, "post", *user->post ? user->post : NULL);
	json_key_text(out, "phone", *user->phone ? user->phone : NULL);
	json_key_bool(out, "off", user->off);
	json_key_bool(out, "pin", user->has_pin);
	json_close(out, '}');
}

static bool each_user(const struct row *row, void *to)
{
	struct listing *listing = to;
	struct user user;
	if (row->ref.site != store_station(listing->app->store)->site ||
		!row_value(row, person_login) ||
		!store_user_who(listing->app->store, row->ref.site, row->ref.seq, &user))
		return true;
	if (listing->app->json) {
		json_line(&listing->list.json);
		json_user(&listing->list.json, &user);
		return true;
	}
	struct table *table = &listing->list.table;
	table_cell(table, user.name);
	table_cell(table, user.login);
	table_cell(table, *user.role ? code_text("role", user.role) : "");
	table_cell(table, user.post);
	table_cell(table, user.phone);
	table_cell(table, user.has_pin ? _("有") : "");
	table_cell(table, user.off ? _("停用") : _("在用"));
	return true;
}

static int user_list(struct app *app)
{
	static const char *const heads[] = {N_("姓名"), N_("登录名"), N_("角色"), N_("岗位"),
		N_("电话"), N_("口令"), N_("状态")};
	struct listing listing = {.app = app};
	struct query query = query_all(KIND_person);
	struct fault fault = {0};
	out_list_begin(&listing.list, app->json, heads, countof(heads));
	enum rc rc = store_each(app->store, &query, each_user, &listing, &fault);
	out_list_end(&listing.list, !rc);
	return rc ? app_fail(&fault) : EXIT_DONE;
}

/* ---- off, on, pin */

static int no_user(const char *name)
{
	struct fault fault;
	fault_set(&fault, RC_NONE, _("没有这个用户 \"%s\""), name);
	return app_fail(&fault);
}

static int user_step(struct app *app, const char *name, unsigned step)
{
	struct user user;
	struct fault fault = {0};
	uint64_t site = store_station(app->store)->site;
	if (!store_user(app->store, name, &user))
		return no_user(name);
	struct user keeper;
	struct actor actor = user_keeper(app, &keeper);
	const struct kind *kind = kind_of(KIND_person);
	struct record person = {.kind = kind, .site = site, .seq = user.who};
	struct change change;
	struct ref ref;
	enum rc rc = user_may(app, step, &fault);
	change_step(&change, &actor, &person, step_of(kind, step));
	if (!rc)
		rc = change_commit(&change, &ref, &fault);
	change_release(&change);
	if (rc)
		return app_fail(&fault);
	app_wrote(app);
	return EXIT_DONE;
}

static int bad_pin(const char *why)
{
	out_error("outpost: %s", why);
	return EXIT_INPUT;
}

/* Whose the folder is could take the PIN out of the database, too: so a forgotten one has a way
 * out, and a line in pin.log. */
static enum rc reset_may(const struct app *app, struct fault *fault)
{
	struct stat folder;
	if (stat(app->home, &folder) == 0 && folder.st_uid == geteuid())
		return RC_OK;
	return fault_set(
		fault, RC_DENIED, _("站点文件夹 \"%s\" 的主人才能用 --reset 重设口令"), app->home);
}

static enum rc pin_may(struct app *app, const struct user *user, bool reset, struct fault *fault)
{
	if (reset)
		return reset_may(app, fault);
	return app->user.who == user->who ? prove(app, _("改口令"), fault)
					  : user_may(app, 0, fault);
}

/* The new one, twice on a terminal. NULL, or what is wrong. */
static const char *pin_typed(char pin[LIMIT_PIN + 1])
{
	char again[LIMIT_PIN + 1];
	const char *why = NULL;
	if (!isatty(STDIN_FILENO)) {
		if (!secret_from(STDIN_FILENO, pin))
			why = _("没有改口令：标准输入的第一行是空的或者太长");
	} else if (!secret_ask(_("新口令："), pin) || !secret_ask(_("再输一次："), again)) {
		why = _("没有改口令：没有输入或者太长");
	} else if (strcmp(pin, again) != 0) {
		why = _("两次输入的口令不一样，没有改");
	}
	secret_wipe(again);
	return why;
}

static int set_pin(struct app *app, const char *name, bool reset)
{
	char pin[LIMIT_PIN + 1];
	struct user user;
	struct fault fault = {0};
	if (!store_user(app->store, name, &user))
		return no_user(name);
	if (pin_may(app, &user, reset, &fault))
		return app_fail(&fault);
	const char *why = pin_typed(pin);
	enum rc rc = why ? RC_BAD : store_pin_set(app->store, user.who, pin, &fault);
	secret_wipe(pin);
	if (why)
		return bad_pin(why);
	if (rc)
		return app_fail(&fault);
	app_wrote(app);
	return EXIT_DONE;
}

static int user_pin(struct app *app, int argc, char **argv)
{
	(void)argc;
	return set_pin(app, argv[2], false);
}

static int user_reset(struct app *app, int argc, char **argv)
{
	(void)argc;
	return set_pin(app, argv[2], true);
}

static int user_off(struct app *app, int argc, char **argv)
{
	(void)argc;
	return user_step(app, argv[2], person_do_off);
}

static int user_on(struct app *app, int argc, char **argv)
{
	(void)argc;
	return user_step(app, argv[2], person_do_on);
}

static const struct {
	const char *name;
	int (*run)(struct app *app, int argc, char **argv);
	int most; /* words; -1 = any number */
} changes[] = {{"add", user_add, -1}, {"off", user_off, 3}, {"on", user_on, 3},
	{"pin", user_pin, 3}, {"key", user_key, 4}};

int cmd_user(struct app *app, int argc, char **argv)
{
	app->json |= arg_flag(&argc, argv, "json");
	bool reset = arg_flag(&argc, argv, "reset");
	int code = app_args(app, &argc, argv, 1, -1);
	if (code)
		return code;
	if (reset && strcmp(argv[1], "pin") != 0)
		return app_usage(app);
	if (!strcmp(argv[1], "list") && argc == 2)
		return (code = app_store(app, STORE_READ)) ? code : user_list(app);
	for (size_t i = 0; i < countof(changes); i++) {
		if (strcmp(argv[1], changes[i].name) || argc < 3 ||
			(changes[i].most >= 0 && argc > changes[i].most))
			continue;
		if ((code = app_store(app, 0)))
			return code;
		app->unclear =
			false; /* keeping users needs no user: there may be none that can act */
		if ((code = app_writer(app)))
			return code;
		return reset ? user_reset(app, argc, argv) : changes[i].run(app, argc, argv);
	}
	return app_usage(app);
}

/* ---- whoami */

static void whoami_json(const struct app *app, struct buf *text)
{
	const struct station *station = store_station(app->store);
	struct site own = {0};
	struct buf rights = {0};
	struct json_out out;
	char area[16], until[WHEN_TEXT];
	area_show(station->area, area);
	json_begin(&out, text);
	json_open(&out, '{');
	json_key(&out, "user");
	if (app->user.who)
		json_user(&out, &app->user);
	else
		json_null(&out);
	json_key(&out, "station");
	json_open(&out, '{');
	json_key_text(&out, "name", station->name);
	json_key_text(&out, "code", station->code);
	json_key_text(&out, "area", area);
	json_key_text(&out, "level", level_names[station->level]);
	json_key_bool(&out, "joined", peer_joined(app->store));
	log_site(store_log(app->store), station->site, &own);
	when_rfc(own.until, until);
	json_key_text(&out, "until", own.until ? until : NULL);
	rights_show(own.rights, &rights);
	json_key_text(&out, "rights", buf_cstr(&rights));
	buf_release(&rights);
	json_close(&out, '}');
	json_key_text(&out, "home", app->home);
	json_close(&out, '}');
	buf_byte(text, '\n');
}

int cmd_whoami(struct app *app, int argc, char **argv)
{
	struct buf text = {0};
	char area[16];
	app->json |= arg_flag(&argc, argv, "json");
	int code = app_args(app, &argc, argv, 0, 0);
	if (code || (code = app_store(app, STORE_READ)))
		return code;
	const struct station *station = store_station(app->store);
	area_show(station->area, area);
	if (app->json) {
		whoami_json(app, &text);
	} else {
		const char *name = app->user.who  ? app->user.name
				   : app->unclear ? _("（不明）")
						  : _("（本站）");
		text_fmt(&text, "%s%s%s", name, *app->user.post ? "  " : "", app->user.post);
		if (*app->user.role)
			buf_fmt(&text, "  %s", code_text("role", app->user.role));
		text_fmt(&text, "\n%s  %s  %s  %s\n", station->name,
			_(level_labels[station->level]), area, station->code);
		size_t before = text.len;
		struct site own = {0};
		log_site(store_log(app->store), station->site, &own);
		grant_words(&own, &text);
		buf_text(&text, text.len > before ? "\n" : "");
		grant_notice(app->store, &text);
	}
	out_buf(&text);
	buf_release(&text);
	return EXIT_DONE;
}
