/* SPDX-License-Identifier: GPL-3.0-or-later
 * The station and its user in words.
 */
#include "screens/me_page.h"

#include <stdlib.h>
#include <string.h>

#include "base/when.h"
#include "model/codes.h"
#include "screens/display.h"
#include "screens/link_status.h"
#include "work/rules.h"

/* Whether anything gets through, as home and S say it, and the way that worked last. */
static void put_road(struct store *store, struct buf *text)
{
	int64_t now = store_now(store);
	struct route way, best = {.worked = 0};
	struct link_status link;
	char url[ROUTE_URL], time[WHEN_TEXT];

	for (unsigned n = 0; n < ROUTES_MOST && route_at(store, n, url); n++) {
		route_load(store, url, &way);
		if (way.worked > best.worked)
			best = way;
	}
	link_status_load(&link, store);
	if (!link.joined)
		return;
	buf_fmt(text, _("线路：    %s"), link_status_road(link.state.road));
	if (best.worked) {
		when_short(best.worked, now, time);
		buf_fmt(text, link.state.road == ROAD_GOOD ? " %s" : _("，最后%s通"), time);
	}
	if (best.worked && best.pace.rate) {
		buf_byte(text, ' ');
		link_status_bytes(best.pace.rate, text);
		buf_text(text, _("/秒"));
	}
	if (best.worked) {
		buf_fmt(text, _(" 往返%u.%u秒 今天数据报送"), best.pace.trip_ms / 1000,
			best.pace.trip_ms % 1000 / 100);
		link_status_bytes(best.day == date_of(now) ? best.spent : 0, text);
	}
	buf_byte(text, '\n');
}

/* The day that stands in the name of the newest copy. */
static void put_backup(struct store *store, struct buf *text)
{
	char path[512], day[WHEN_TEXT];

	buf_text(text, _("  备份："));
	if (!backup_newest(store_home(store), path)) {
		buf_text(text, _("还没有"));
		return;
	}
	const char *name = strrchr(path, '/'), *digits = name ? strpbrk(name, "0123456789") : NULL;
	int64_t date = digits ? strtoll(digits, NULL, 10) : 0;
	date_show(date, day);
	buf_fmt(text, "%s", date == date_of(store_now(store)) ? _("今天") : day);
}

/* The files whose rows count here, the lowest first. */
static void put_rules(struct buf *text)
{
	const char *files[RULE_FILES] = {NULL};
	unsigned count = rules_files(files);

	buf_text(text, _("规则：    "));
	for (unsigned n = 0; n < count; n++)
		buf_fmt(text, "%s%s", n ? " " : "", files[n]);
	if (*rules_complaints())
		buf_fmt(text, " %s", rules_complaints());
}

void me_station(struct store *store, struct buf *text)
{
	const struct station *station = store_station(store);

	buf_text(text, _("本站：    "));
	display_text(station->name, text);
	buf_fmt(text, _("（%s）"), _(level_labels[station->level]));
	buf_fmt(text, _(" %012llu 前缀 %s\n"), (unsigned long long)station->area, station->code);
	buf_fmt(text, _("上级：    %s\n"),
		peer_joined(store) ? _("已接入") : _("未接入，都存在本站"));
	put_road(store, text);
	put_rules(text);
	put_backup(store, text);
	buf_byte(text, '\n');
	if (store_readonly(store))
		buf_text(text, _("注意：    现在只能看，不能写\n"));
}

void me_user(const struct user *user, struct buf *text)
{
	buf_text(text, _("我：      "));
	display_text(user->name, text);
	buf_fmt(text, "  %s  %s\n", user->post, user->phone);
	buf_fmt(text, _("角色：    %s"),
		*user->role ? code_text("role", user->role) : _("本级全部步骤"));
	buf_fmt(text, _("  签名口令：%s\n"), user->has_pin ? _("已设") : _("未设"));
}

void me_shown(const struct shown *shown, struct buf *text)
{
	static const char *const leans[SHOWN_LEANS] = {N_("自动"), N_("开"), N_("关")};

	buf_fmt(text, _("2节俭%s 3铃%s"), _(leans[shown->lean]), shown->quiet ? _("关") : _("开"));
}

/* ---- how a terminal shows things */

void me_apply(struct stack *stack, struct store *store, const struct user *user)
{
	char terminal[FACE_TERMINAL];
	struct shown_face kept;
	struct shown shown;

	face_terminal(terminal);
	store_face(store, user->who, terminal, &kept);
	const struct face face = {kept.coding < CODINGS ? (enum coding)kept.coding : CODING_LOGIN,
		kept.ground < GROUNDS ? (enum ground)kept.ground : GROUND_OWN};
	stack_face_set(stack, &face);
	store_shown(store, user->who, &shown);
	stack_quiet(stack, shown.quiet);
	stack_lean(stack, shown.lean);
}

enum rc me_keep_face(
	struct store *store, const struct user *user, const struct face *face, struct fault *fault)
{
	const struct shown_face kept = {face->coding, face->ground};
	char terminal[FACE_TERMINAL];

	face_terminal(terminal);
	return store_face_set(store, user->who, terminal, &kept, fault);
}

void me_face(const struct face *face, struct buf *text)
{
	static const char sample[] = "隐患 叫应 圪垱坡 ABC"; /* zh: are they whole, and aligned? */
	static const char *const grounds[GROUNDS] = {N_("原样"), N_("黑"), N_("白")};
	enum coding now = face->coding == CODING_LOGIN ? coding_of_login() : face->coding;

	buf_fmt(text, _(" 4底色%s\n"), _(grounds[face->ground]));
	buf_fmt(text, _("试字:  %s  对齐? 8换编码 "), sample);
	for (enum coding coding = CODING_UTF8; coding < CODINGS; coding++)
		buf_fmt(text, "%s%s%s%s", coding > CODING_UTF8 ? ">" : "", coding == now ? "[" : "",
			_(coding_names[coding]), coding == now ? "]" : "");
	buf_fmt(text, _(" %u秒不回车就退回\n"), ME_TRY_SECONDS);
}
