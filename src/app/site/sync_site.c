/* SPDX-License-Identifier: GPL-3.0-or-later
 * site: the stations that this one knows, and cutting off one that was lost.
 */
#include <stdio.h>
#include <string.h>

#include "app/grant.h"
#include "app/out.h"
#include "app/sync_cmd.h"
#include "base/text.h"
#include "base/when.h"
#include "model/area.h"
#include "model/rules.h"
#include "sync/enrol.h"
#include "store/station.h"
#include "sync/take.h"
#include "sync/trust.h"

static const char *standing_of(const struct app *app, const struct site *site)
{
	if (site->revoked)
		return "revoked";
	if (site->ended)
		return "ended";
	if (grant_over(site->until, log_now(store_log(app->store))))
		return "over";
	return site->site == store_station(app->store)->site ? "self" : "active";
}

static const char *standing_label(const struct app *app, const struct site *site)
{
	const char *standing = standing_of(app, site);
	static const char *const labels[][2] = {{"revoked", N_("已注销")}, {"ended", N_("已换号")},
		{"over", N_("已到期")}, {"self", N_("本站")}, {"active", N_("在用")}};
	if (!strcmp(standing, "active") && twin_is(app->store, site))
		return _("备机");
	for (size_t i = 0; i < countof(labels); i++)
		if (!strcmp(labels[i][0], standing))
			return _(labels[i][1]);
	return standing;
}

/* Stations that ask this one. */
static bool is_below(const struct app *app, const struct site *site)
{
	return site->above == store_station(app->store)->site && !site->revoked && !site->ended;
}

static void put_json(struct app *app, const struct site *site, bool whole, struct json_out *out)
{
	char number[16], area[16], heard[WHEN_TEXT];
	int64_t at = hub_heard(app->store, site->site);
	site_hex(site->site, number);
	area_show(site->area, area);
	json_open(out, '{');
	json_key_text(out, "site", number);
	json_key_text(out, "code", site->code);
	json_key_text(out, "name", site->name);
	json_key_text(out, "area", area);
	json_key_text(out, "level", level_names[site->level]);
	json_key_text(out, "state", standing_of(app, site));
	if (twin_is(app->store, site))
		json_key_bool(out, "twin", true);
	when_rfc(site->until, heard);
	json_key_text(out, "until", site->until ? heard : NULL);
	if (at)
		when_rfc(at, heard);
	json_key_text(out, "heard", at ? heard : NULL);
	if (is_below(app, site))
		json_key_num(out, "behind", hub_behind(app->store, site));
	if (whole) {
		struct buf key = {0};
		site_hex(site->above, number);
		json_key_text(out, "above", site->above ? number : NULL);
		rights_show(site->rights, &key);
		json_key_text(out, "rights", buf_cstr(&key));
		buf_clear(&key);
		json_key_num(out, "not_taken", (int64_t)hub_left(app->store, site->site));
		ssh_key_line(site->sign_public, site->code, &key);
		json_key_text(out, "ssh_key", buf_cstr(&key));
		buf_release(&key);
	}
	json_close(out, '}');
}

/* ---- list */

struct listing {
	struct app *app;
	struct out_list list;
};

static bool list_json(const struct site *site, void *to)
{
	struct listing *listing = to;
	if (site->area) {
		json_line(&listing->list.json);
		put_json(listing->app, site, false, &listing->list.json);
	}
	return true;
}

static bool list_row(const struct site *site, void *to)
{
	struct listing *listing = to;
	struct table *table = &listing->list.table;
	char number[16], area[16], heard[WHEN_TEXT] = "", behind[16] = "";
	int64_t at = hub_heard(listing->app->store, site->site);
	if (!site->area)
		return true;
	site_hex(site->site, number);
	area_short(site->area, area);
	if (at)
		when_short(at, store_now(listing->app->store), heard);
	if (is_below(listing->app, site))
		snprintf(behind, sizeof behind, "%u", hub_behind(listing->app->store, site));
	table_cell(table, site->code);
	table_cell(table, site->name);
	table_cell(table, _(level_labels[site->level]));
	table_cell(table, area);
	table_cell(table, standing_label(listing->app, site));
	table_cell(table, heard);
	table_cell(table, behind);
	table_cell(table, number);
	return true;
}

static int list(struct app *app)
{
	static const char *const heads[] = {N_("短码"), N_("名称"), N_("层级"), N_("区域"),
		N_("状态"), N_("最近联系"), N_("还差几条"), N_("站号")};
	struct listing listing = {.app = app};
	struct fault fault = {0};
	out_list_begin(&listing.list, app->json, heads, countof(heads));
	enum rc rc = log_sites(
		store_log(app->store), app->json ? list_json : list_row, &listing, &fault);
	out_list_end(&listing.list, !rc);
	return rc ? app_fail(&fault) : EXIT_DONE;
}

/* ---- show, revoke */

static void show(struct app *app, const struct site *site)
{
	struct buf text = {0};
	struct json_out out;
	if (app->json) {
		json_begin(&out, &text);
		put_json(app, site, true, &out);
		sync_print(&text);
		return;
	}
	char area[16];
	area_show(site->area, area);
	text_fmt(&text, _("%s（%s）%s %s，%s，站号 %s\n"), site->name, site->code,
		_(level_labels[site->level]), area, standing_label(app, site),
		site_hex(site->site, (char[SITE_HEX]){""}));
	size_t before = text.len;
	uint64_t left = hub_left(app->store, site->site);
	grant_words(site, &text);
	buf_text(&text, text.len > before ? "\n" : "");
	if (left)
		buf_fmt(&text, _("它送来 %llu 条不归它转送的，没有收下\n"),
			(unsigned long long)left);
	ssh_key_line(site->sign_public, site->code, &text);
	sync_print(&text);
}

static int one(struct app *app, const char *deed, const char *name, const char *reason)
{
	struct fault fault = {0};
	struct site site;
	enum rc rc = sync_site_named(app, name, &site, &fault);
	if (!rc && !strcmp(deed, "show")) {
		show(app, &site);
		return EXIT_DONE;
	}
	if (!rc && site.revoked)
		return EXIT_DONE;
	if (!rc)
		rc = enrol_revoke(app->store, site.site, reason, &fault);
	if (rc)
		return app_fail(&fault);
	out_fmt(_("已注销 \"%s\"：下一次同步起不再接受它\n"), site.name);
	return EXIT_DONE;
}

static int rotate(struct app *app)
{
	struct fault fault = {0};
	enum rc rc = keyring_rotate(app->store, &fault);
	if (rc)
		return app_fail(&fault);
	out_fmt(_("已换新密钥：下一次同步起告诉上级和下级，旧的留 %d 天后销毁\n"), KEYRING_DAYS);
	return EXIT_DONE;
}

/* Said with the command alone: it cannot be taken back. */
static bool sure;

static int renew(struct app *app)
{
	return sync_renew(app, sure);
}

static int takeover(struct app *app)
{
	return sync_takeover(app, sure);
}

/* ---- keys: who may log in over SSH */

struct logins {
	struct app *app;
	struct buf *out;
};

static void put_command(const struct logins *logins, const char *what, struct buf *out)
{
	buf_fmt(out, "command=\"outpost hub --store '%s' --stdio %s\",restrict ", logins->app->home,
		what);
}

static bool put_site(const struct site *site, void *to)
{
	struct logins *logins = to;
	const struct station *own = store_station(logins->app->store);
	char what[32], number[16];
	if (!site->area || site->revoked || site->ended || site->site == own->site ||
		!log_within(store_log(logins->app->store), site->area, own->area))
		return true;
	site_hex(site->site, number);
	snprintf(what, sizeof what, "--site %s", number);
	put_command(logins, what, logins->out);
	ssh_key_line(site->sign_public, number, logins->out);
	buf_byte(logins->out, '\n');
	return true;
}

static bool put_guest(const uint8_t sign_public[SIGN_PUBLIC], void *to)
{
	struct logins *logins = to;
	put_command(logins, "--join", logins->out);
	ssh_key_line(sign_public, "outpost-join", logins->out);
	buf_byte(logins->out, '\n');
	return true;
}

/* A folder whose name has a quote cannot be written into a line for sshd. */
static int keys_list(struct app *app)
{
	struct buf text = {0};
	struct logins logins = {.app = app, .out = &text};
	struct fault fault = {0};
	if (strpbrk(app->home, "'\"\\\n")) {
		out_error(_("outpost: 文件夹的名字里有引号，不能交给 sshd \"%s\""), app->home);
		return EXIT_FAILED;
	}
	enum rc rc = log_sites(store_log(app->store), put_site, &logins, &fault);
	if (rc)
		return app_fail(&fault);
	enrol_invited(app->store, put_guest, &logins);
	out_buf(&text);
	buf_release(&text);
	return EXIT_DONE;
}

static const struct {
	const char *name;
	int least, most;             /* words, with its own */
	int (*run)(struct app *app); /* NULL: something with a station */
} deeds[] = {{"list", 2, 2, list}, {"show", 3, 3, NULL}, {"revoke", 3, 4, NULL},
	{"rotate", 2, 2, rotate}, {"keys", 2, 2, keys_list}, {"claims", 2, 2, sync_claims},
	{"renew", 2, 2, renew}, {"takeover", 2, 2, takeover}, {"returned", 2, 4, NULL}};

int cmd_site(struct app *app, int argc, char **argv)
{
	app->json |= arg_flag(&argc, argv, "json");
	sure = arg_flag(&argc, argv, "yes");
	int code = app_args(app, &argc, argv, 1, 3);
	if (code)
		return code;
	for (size_t i = 0; i < countof(deeds); i++) {
		if (strcmp(argv[1], deeds[i].name) || argc < deeds[i].least || argc > deeds[i].most)
			continue;
		if ((code = sync_open(app)))
			return code;
		if (!strcmp(argv[1], "returned"))
			return sync_returned(
				app, argc > 2 ? argv[2] : NULL, argc > 3 ? argv[3] : NULL);
		return deeds[i].run ? deeds[i].run(app)
				    : one(app, argv[1], argv[2], argc > 3 ? argv[3] : "");
	}
	return app_usage(app);
}
