/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is handed over, to whom, and the record of it.
 */
#include "screens/handover_page.h"

#include <string.h>

#include "base/when.h"
#include "model/kinds.h"
#include "screens/display.h"
#include "screens/needs.h"

enum { MINUTE = 60 };

/* ---- who takes over */

static bool named(const struct watch_post *post, const struct watch_post *other)
{
	if (post->person.seq && other->person.seq)
		return post->person.site == other->person.site &&
		       post->person.seq == other->person.seq;
	return !strcmp(post->name, other->name);
}

static void add_taker(
	struct handover_page *page, const struct actor *actor, const struct watch_post *post)
{
	const struct station *own = store_station(actor->store);
	const struct watch_post self = {{own->site, actor->user ? actor->user->who : 0},
		actor->user ? actor->user->name : "", ""};
	bool known = !*post->name || named(post, &self);

	for (unsigned n = 0; n < page->takers_count; n++)
		known |= named(post, &page->takers[n]);
	if (!known && page->takers_count < TAKERS_MOST)
		page->takers[page->takers_count++] = *post;
}

static const char *name_of(const struct actor *actor)
{
	return actor->user ? actor->user->name : "";
}

/* The desk of ROSTER that the giver has, as its officer or as his deputy; -1: none. */
static int desk_in(const struct roster *roster, const struct actor *actor)
{
	const char *name = name_of(actor);

	for (unsigned n = 0; n < roster->count; n++)
		if (!strcmp(roster->desks[n].officer.name, name) ||
			!strcmp(roster->desks[n].deputy.name, name))
			return (int)n;
	return -1;
}

/* Whose watch it is, whoever gives it for him. */
static void find_desk(struct handover_page *page, const struct actor *actor)
{
	int at = desk_in(&page->now, actor);
	unsigned n = at < 0 ? 0 : (unsigned)at;
	const char *officer = n < page->now.count ? page->now.desks[n].officer.name : "";

	page->desk = n < page->now.count ? page->now.desks[n].desk : "";
	page->officer = *officer ? officer : name_of(actor);
}

/* "崔丽娟", "崔丽娟（史俊杰代）" */
static void put_giver(const struct handover_page *page, const struct actor *actor, struct buf *out)
{
	display_text(page->officer, out);
	if (strcmp(page->officer, name_of(actor)) != 0)
		buf_fmt(out, _("（%s代）"), name_of(actor));
}

struct offering {
	struct handover_page *page;
	const struct actor *actor;
};

static bool see_person(const struct row *row, void *to)
{
	struct offering *at = to;
	const struct value *role = row_value(row, person_role);
	const char *own = at->actor->user ? at->actor->user->role : "";
	struct buf name = {0};

	/* Who has the giver's role; where he has none, everybody. */
	if (!row_value(row, person_login) ||
		row->ref.site != store_station(at->actor->store)->site ||
		(*own && (!role || !bytes_equal(role->text, bytes_text(own)))))
		return true;
	row_field(at->actor->store, row, person_name, true, &name);
	const struct watch_post post = {
		row->ref, arena_text(&at->page->arena, buf_cstr(&name)), ""};
	add_taker(at->page, at->actor, &post);
	buf_release(&name);
	return true;
}

static enum rc load_takers(
	struct handover_page *page, const struct actor *actor, struct fault *fault)
{
	struct offering at = {page, actor};
	struct query query = query_all(KIND_person);

	page->takers_count = 0;
	find_desk(page, actor);
	for (unsigned n = 0; n < page->next.count; n++)
		if (!strcmp(page->next.desks[n].desk, page->desk))
			add_taker(page, actor, &page->next.desks[n].officer);
	for (unsigned n = 0; n < page->next.count; n++)
		add_taker(page, actor, &page->next.desks[n].officer);
	for (unsigned n = 0; n < page->next.count; n++)
		add_taker(page, actor, &page->next.desks[n].deputy);
	page->rostered = page->takers_count;
	for (unsigned n = 0; n < page->now.count; n++)
		add_taker(page, actor, &page->now.desks[n].officer);
	query.state = person_is_active;
	return store_each(actor->store, &query, see_person, &at, fault);
}

bool handover_page_asks(const struct handover_page *page, unsigned n)
{
	return page->rostered && n > page->rostered;
}

enum rc handover_page_taker(
	struct handover_page *page, unsigned n, const char *why, struct fault *fault)
{
	if (!n || n > page->takers_count)
		return fault_set(fault, RC_BAD, "%s", _("没有这一位"));
	if (handover_page_asks(page, n) && !*why)
		return fault_set(fault, RC_BAD, "%s", _("不是排班的人，要写原因"));
	page->taker = n - 1;
	page->why = arena_text(&page->kept, why);
	return RC_OK;
}

void handover_page_takers(const struct handover_page *page, struct buf *out)
{
	for (unsigned n = 0; n < page->takers_count; n++) {
		buf_fmt(out, n == page->taker ? "%s[%u" : "%s%u", n ? " " : "", n + 1);
		display_text(page->takers[n].name, out);
		buf_text(out, n == page->taker ? "]" : "");
	}
	if (!page->takers_count)
		buf_text(out, _("没有别的人：先登记值班员"));
}

bool handover_page_here(const struct handover_page *page, struct store *store, struct user *user)
{
	const struct watch_post *post = page->takers_count ? &page->takers[page->taker] : NULL;
	bool here = post && post->person.seq
			    ? store_user_who(store, post->person.site, post->person.seq, user)
			    : post && store_user(store, post->name, user);

	return here && user->has_pin && !user->off &&
	       (!post->person.seq || post->person.site == store_station(store)->site);
}

/* ---- what is open */

int handover_page_at(struct handover_page *page)
{
	const struct list_row *row = list_row(&page->tally.list);

	return row ? (int)row->id : -1;
}

void handover_page_row(const struct handover_page *page, unsigned n, struct buf *out)
{
	const struct need_item *item = &page->needs.items[page->rows[n].item];
	enum look look;
	const char *colour = display_colour(item->colour, &look);

	buf_fmt(out, "%s ", *colour ? colour : _(item->kind->label));
	/* One row of home may stand for several: he takes all of them over. */
	if (item->among) {
		display_text(item->among, out);
		buf_fmt(out, _(" %u件："), item->count);
	}
	display_text(item->title ? item->title : "", out);
	if (item->count > 1 && !item->among)
		buf_fmt(out, _(" 等%u件"), item->count);
	if (item->area) {
		buf_byte(out, ' ');
		display_place(item->area, out);
	}
	if (item->until) {
		buf_byte(out, ' ');
		display_left(item->until, page->at, out);
	}
	if (page->rows[n].struck)
		buf_fmt(out, _("，不移交：%s"), page->rows[n].struck);
}

enum rc handover_page_strike(
	struct handover_page *page, unsigned n, const char *why, struct fault *fault)
{
	if (n >= page->count)
		return fault_set(fault, RC_BAD, "%s", _("没有这一行"));
	if (!*why && !page->rows[n].struck)
		return fault_set(fault, RC_BAD, "%s", _("划掉要写原因"));
	page->rows[n].struck = *why ? arena_text(&page->kept, why) : NULL;
	return RC_OK;
}

void handover_page_word(struct handover_page *page, const char *text)
{
	page->word = arena_text(&page->kept, text);
}

/* ---- lines */

/* "断网2处：西彰村 伏背村，最久41分"; nothing where all are heard. */
static void put_silent(const struct handover_page *page, struct buf *out)
{
	char span[WHEN_TEXT];

	if (!page->silent.count)
		return;
	buf_fmt(out, _("断网%u处："), page->silent.count);
	display_text(page->silent.names, out);
	if (!page->silent.longest)
		return;
	when_span(page->silent.longest / MINUTE * MINUTE, span);
	buf_fmt(out, _("，最久%s"), span);
}

/* Whose PIN is asked for; where somebody has none, how he gets one. */
static void add_keys(struct handover_page *page, const struct actor *actor)
{
	struct user giver = actor->user ? *actor->user : (struct user){0}, taker;
	bool pin = giver.who &&
		   store_user_who(
			   actor->store, store_station(actor->store)->site, giver.who, &giver) &&
		   giver.has_pin;

	if (page->handover.seq) {
		tally_foot(&page->tally, LOOK_MARK,
			*page->before ? page->before : _("已写下，等接班人签：他登录后 s 签"));
		tally_foot(&page->tally, LOOK_MARK, _("要改先作废它：A 交接班"));
		return;
	}
	tally_foot(&page->tally, LOOK_MARK,
		pin ? _("按 y 交班，输您的口令") : _("按 y 交班；您没设口令，P 5 可设"));
	tally_foot(&page->tally, LOOK_MARK,
		handover_page_here(page, actor->store, &taker)
			? _("接着接班人的口令，或由他登录后 s 签")
			: _("接班人登录后 s 签；设了口令的可在此签"));
}

/* "带班 闫占奎 -> 崔桂枝"; nothing where neither roster has one, "." where one of them has not. */
static void put_change(const char *post, const struct watch_post *now,
	const struct watch_post *next, struct buf *out)
{
	if (!*now->name && !*next->name)
		return;
	buf_fmt(out, "%s%s ", out->len ? "  " : "", post);
	display_text(*now->name ? now->name : ".", out);
	buf_text(out, " -> ");
	display_text(*next->name ? next->name : ".", out);
}

static void add_lines(struct handover_page *page, const struct actor *actor)
{
	struct buf text = {0};

	tally_clear(&page->tally);
	if (*page->desk)
		buf_fmt(&text, _("%s席"), page->desk);
	buf_text(&text, *page->desk ? " " : "");
	put_giver(page, actor, &text);
	buf_text(&text, " -> ");
	handover_page_takers(page, &text);
	tally_head(&page->tally, LOOK_TITLE, arena_text(&page->lines, buf_cstr(&text)));
	buf_clear(&text);
	put_change(_("带班"), &page->now.leader, &page->next.leader, &text);
	put_change(_("值班长"), &page->now.head, &page->next.head, &text);
	if (!text.len && !page->next.count)
		buf_text(&text, _("没有排班表：接班人按数字选"));
	tally_head(&page->tally, LOOK_PLAIN, arena_text(&page->lines, buf_cstr(&text)));
	tally_head(&page->tally, LOOK_PLAIN,
		arena_fmt(&page->lines,
			page->by_line ? _("没办结%u 自动写入，不移交的要写原因")
				      : _("没办结%u 自动写入，x 划掉要写原因"),
			page->undone));
	if (*page->weather)
		tally_foot(&page->tally, LOOK_PLAIN,
			arena_fmt(&page->lines, _("天气：%s"), page->weather));
	buf_clear(&text);
	put_silent(page, &text);
	tally_foot(&page->tally, LOOK_BAD, arena_text(&page->lines, buf_cstr(&text)));
	if (*page->why)
		tally_foot(
			&page->tally, LOOK_MARK, arena_fmt(&page->lines, _("换人：%s"), page->why));
	tally_foot(&page->tally, LOOK_PLAIN, arena_fmt(&page->lines, _("话：%s"), page->word));
	add_keys(page, actor);
	buf_release(&text);
}

void handover_page_lay(struct handover_page *page, const struct actor *actor, unsigned columns)
{
	struct list *list = &page->tally.list;
	struct buf text = {0};

	arena_release(&page->lines);
	list->column_count = 0;
	list_column(list, "", 0, false);
	list_clear(list);
	for (unsigned n = 0; n < page->count; n++) {
		handover_page_row(page, n, &text);
		struct list_row *row = list_add(list, page->needs.items[page->rows[n].item].ref);
		row->id = n;
		list_cell(list, row, 0, buf_cstr(&text));
		buf_clear(&text);
	}
	list_done(list);
	buf_release(&text);
	add_lines(page, actor);
	page->tally.columns = columns;
}

/* ---- loading: once, what was struck out stays */

static void take_open(struct handover_page *page)
{
	for (unsigned n = 0; n < page->needs.count; n++) {
		const struct need_item *item = &page->needs.items[n];

		if (!watch_hands_on(item))
			continue;
		page->undone += item->count;
		if (page->count < HANDED_MOST)
			page->rows[page->count++].item = n;
		else
			page->unlisted += item->count;
	}
}

/* Who still has the watch when the hour of the change has passed gives the one before it. */
static enum rc load_rosters(
	struct handover_page *page, const struct actor *actor, struct fault *fault)
{
	struct roster before;
	enum rc rc = roster_load(
		&before, actor->store, watch_day(page->at - DAY_SECONDS), &page->arena, fault);

	if (!rc)
		rc = roster_load(
			&page->now, actor->store, watch_day(page->at), &page->arena, fault);
	if (!rc && desk_in(&before, actor) >= 0 && desk_in(&page->now, actor) < 0) {
		page->next = page->now;
		page->now = before;
		return RC_OK;
	}
	return rc ? rc
		  : roster_load(&page->next, actor->store, watch_day(page->at + DAY_SECONDS),
			    &page->arena, fault);
}

/* What he has to know beside what is open. */
static enum rc load_around(
	struct handover_page *page, const struct actor *actor, struct fault *fault)
{
	struct watch_log log;
	struct world world;

	world_open(&world, actor->store, actor->user, page->at);
	enum rc rc = watch_log_load(&log, &world, &page->arena, fault);
	page->weather = rc ? "" : watch_weather(&log);
	return rc ? rc
		  : watch_silent_load(&page->silent, actor->store, page->at, &page->arena, fault);
}

/* Handed over before and not signed: it is not written a second time. */
static void find_before(struct handover_page *page, const struct actor *actor)
{
	struct buf to = {0}, shown = {0};
	char number[32];

	page->handover = watch_offered(actor, &to);
	if (page->handover.seq) {
		store_number(actor->store, page->handover, number);
		display_text(buf_cstr(&to), &shown);
		page->before = arena_fmt(
			&page->kept, _("%s 已交给%s，等他登录后 s 签"), number, buf_cstr(&shown));
	}
	buf_release(&to);
	buf_release(&shown);
}

enum rc handover_page_load(
	struct handover_page *page, const struct actor *actor, struct fault *fault)
{
	if (page->tally.started)
		return RC_OK;
	tally_start(&page->tally, _("没有没办结的"));
	page->desk = page->officer = page->word = page->why = page->before = "";
	find_before(page, actor);
	page->at = store_now(actor->store);
	enum rc rc = load_rosters(page, actor, fault);

	if (!rc)
		rc = load_takers(page, actor, fault);
	if (!rc)
		rc = load_around(page, actor, fault);
	if (!rc)
		rc = needs_load(&page->needs, actor, fault);
	if (rc)
		return rc;
	needs_group(&page->needs);
	needs_titles(&page->needs, actor->store, display_title, NEEDS_SHOWN, &page->arena);
	take_open(page);
	return RC_OK;
}

void handover_page_release(struct handover_page *page)
{
	tally_release(&page->tally);
	needs_release(&page->needs);
	arena_release(&page->arena);
	arena_release(&page->kept);
	arena_release(&page->lines);
}

/* ---- the record */

enum rc handover_page_write(
	struct handover_page *page, const struct actor *actor, struct fault *fault)
{
	struct buf open = {0}, text = {0};

	if (!page->handover.seq)
		find_before(page, actor); /* meanwhile, at another terminal */
	if (page->handover.seq)
		return *page->before ? fault_set(fault, RC_BAD, _("%s，没有再写"), page->before)
				     : fault_set(fault, RC_BAD, "%s", _("已经写下了，等接班人签"));
	if (!page->takers_count)
		return fault_set(fault, RC_BAD, "%s", _("没有接班人：先登记值班员"));
	for (unsigned n = 0; n < page->count; n++) {
		buf_fmt(&open, "%s%u ", n ? "\n" : "", n + 1);
		handover_page_row(page, n, &open);
	}
	if (page->unlisted)
		buf_byte(&open, '\n');
	if (page->unlisted)
		buf_fmt(&open, _("另有%u件在首页"), page->unlisted);
	if (page->silent.count)
		buf_byte(&open, '\n');
	put_silent(page, &open);
	buf_text(&text, page->word);
	if (strcmp(page->officer, name_of(actor)) != 0) {
		buf_text(&text, text.len ? "\n" : "");
		put_giver(page, actor, &text);
	}
	if (*page->why)
		buf_text(&text, text.len ? "\n" : "");
	if (*page->why)
		buf_fmt(&text, _("换人：%s"), page->why);
	const struct handing handing = {
		page->takers[page->taker], buf_cstr(&open), buf_cstr(&text), page->weather};
	enum rc rc = watch_hand_over(actor, &handing, &page->handover, fault);
	buf_release(&open);
	buf_release(&text);
	return rc;
}
