/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the board Y says beside the warning: the disposal card that is for it, how many of its steps
 * are done, the rules by which it is asked and called about, what the loudspeakers played and which
 * groups were written to; and in which order all of it stands.
 */
#include "model/codes.h"
#include "model/kinds.h"
#include "model/rules.h"
#include "store/station.h"
#include "screens/boards.h"
#include "screens/display.h"
#include "screens/situation.h"
#include "screens/tick_page.h"
#include "screens/warn_page.h"

static const char *step_line(const struct card_run *run, bool begins, struct arena *arena)
{
	struct buf title = {0};
	const char *line = "";

	display_text(run->title, &title);
	if (run->response.seq && run->tasks)
		line = arena_fmt(arena, _("%s 共%u步 做完%u 在做%u%s：t 看"),
			title.len ? buf_cstr(&title) : _("应急响应"), run->tasks, run->done,
			run->doing, run->over ? _(" 响应已终止") : "");
	else if (run->response.seq)
		line = arena_fmt(arena, _("%s 已启动，没有步骤：t 看"),
			title.len ? buf_cstr(&title) : _("应急响应"));
	else if (run->card.seq)
		line = arena_fmt(arena,
			begins ? _("%s 共%u步 没启动：t 启动") : _("%s 共%u步 没启动"),
			buf_cstr(&title), run->steps);
	buf_release(&title);
	return line;
}

/* The same in forty columns: what it is called stands on the card. */
static const char *step_narrow(const struct card_run *run, bool begins, struct arena *arena)
{
	if (run->response.seq && run->tasks)
		return arena_fmt(arena, _("行动卡%u步 做完%u 在做%u：t 看"), run->tasks, run->done,
			run->doing);
	if (run->response.seq)
		return _("行动卡已启动，没有步骤：t 看");
	if (!run->card.seq)
		return "";
	return arena_fmt(arena, begins ? _("行动卡%u步 没启动：t 启动") : _("行动卡%u步 没启动"),
		run->steps);
}

/* qinyang.conf:20 ask sign warning ... */
static const char *rule_line(const char *head, const struct rule *rule, struct arena *arena)
{
	return rule ? arena_fmt(arena, "%s %s:%u %s", head, rule->file ? rule->file : "-",
			      rule->line, rule->said ? rule->said : rule_text(rule))
		    : arena_fmt(arena, _("%s 没有行写它"), head);
}

void warn_page_tell(
	struct warn_page *page, const struct row *warning, struct store *store, struct arena *arena)
{
	const struct rule *ask = page->owing.ask ? page->owing.ask : owing_asked(warning);
	struct fault fault;

	/* Without it the board is what it was; the next look tries again. */
	if (card_run_load(&page->run, store, warning, arena, &fault))
		page->run = (struct card_run){.title = ""};
	/* Nothing is begun any more; what was begun can still be looked at. */
	if (page->lifted && !page->run.response.seq)
		page->run = (struct card_run){.title = ""};
	page->step_line = step_line(&page->run, page->begins, arena);
	page->step_narrow = step_narrow(&page->run, page->begins, arena);
	page->why_ask = rule_line(_("谁签收"), ask, arena);
	page->why_call = rule_line(_("谁叫应"), ask ? escalate_of(ask) : NULL, arena);
}

/* ---- whom it concerns here, and what comes next */

/* Nobody below signs it: what is written here is for who goes from door to door. */
static bool last_below(const struct warn_page *page)
{
	return !page->owing.count;
}

void warn_page_ahead(
	struct warn_page *page, struct world *world, const struct homes *homes, struct arena *arena)
{
	bool board = boards_has('Z'); /* else the key z of this board lists them */
	struct buf text = {0};

	tick_zones(homes, &text);
	if (text.len)
		buf_text(&text, _("：z 名单"));
	page->zones = arena_text(arena, buf_cstr(&text));
	buf_clear(&text);
	if (last_below(page))
		situation_above(world, &text);
	page->above = page->above_short = arena_text(arena, buf_cstr(&text));
	if (text.len && !page->proven)
		page->above_short = arena_fmt(arena, _("未核验，问%s"), page->above);
	buf_clear(&text);
	if (last_below(page) && page->asked && !page->signed_by && homes->count)
		buf_fmt(&text, _("签后：D到户%u户"), homes->count);
	if (text.len && homes->zone_homes)
		buf_fmt(&text, _("  %c转移%u户"), board ? 'Z' : 'z', homes->zone_homes);
	page->after = arena_text(arena, buf_cstr(&text));
	buf_release(&text);
}

/* ---- what else hangs on it */

struct hanging {
	struct warn_page *page;
	struct store *store;
	struct buf text;
	unsigned counts[3]; /* of what the loudspeakers are to play, by state */
	int64_t groups[3];  /* and of groups that are to be written to */
};

/* What it has taken the place of: nobody is to sign that any more. */
static bool see_replaced(const struct row *row, void *to)
{
	struct hanging *hanging = to;
	char number[32];
	enum look look;

	store_number(hanging->store, row->ref, number);
	buf_fmt(&hanging->text, _("%s %s已被替代，不用再签  "), display_row_colour(row, &look),
		number);
	return true;
}

/* Is it written to groups, as the county's codes say, and not played? One that says no number is
 * for one. */
static bool see_groups(struct hanging *hanging, const struct row *row)
{
	const struct value *method = row_value(row, broadcast_method),
			   *groups = row_value(row, broadcast_groups);
	char code[32];

	bytes_into(code, sizeof code, method ? method->text : bytes_text(""));
	if (!code_find("group_method", code))
		return false;
	hanging->groups[row->state] += groups ? groups->num : 1;
	return true;
}

static bool see_broadcast(const struct row *row, void *to)
{
	struct hanging *hanging = to;

	if (see_groups(hanging, row))
		return true;
	hanging->counts[row->state]++;
	if (row->state != broadcast_is_failed)
		return true;
	buf_byte(&hanging->text, ' ');
	display_place(row->area, &hanging->text);
	return true;
}

static void put_played(struct warn_page *page, struct hanging *hanging, struct arena *arena)
{
	const unsigned *counts = hanging->counts;
	const int64_t *groups = hanging->groups;

	if (counts[0] + counts[1] + counts[2])
		page->played = arena_fmt(arena, _("广播 已播%u 待播%u 没响%u%s"),
			counts[broadcast_is_played], counts[broadcast_is_waiting],
			counts[broadcast_is_failed], buf_cstr(&hanging->text));
	if (groups[0] + groups[1] + groups[2])
		page->groups = arena_fmt(arena, _("群 已发%lld 待发%lld 没发出%lld"),
			(long long)groups[broadcast_is_played],
			(long long)groups[broadcast_is_waiting],
			(long long)groups[broadcast_is_failed]);
}

enum rc warn_page_hanging(
	struct warn_page *page, struct store *store, struct arena *arena, struct fault *fault)
{
	struct hanging hanging = {.page = page, .store = store};
	struct query query = query_all(KIND_warning);
	struct buf ref = {0};

	ref_put(&ref, page->warning);
	query.filters[0] =
		(struct filter){warning_other, '=', (struct value){WIRE_BYTES, 0, buf_bytes(&ref)}};
	query.filter_count = 1;
	query.state = warning_is_updated;
	enum rc rc = store_each(store, &query, see_replaced, &hanging, fault);
	page->replaced = arena_text(arena, buf_cstr(&hanging.text));
	buf_clear(&hanging.text);
	query = query_all(KIND_broadcast);
	query.parent = page->warning;
	if (!rc)
		rc = store_each(store, &query, see_broadcast, &hanging, fault);
	put_played(page, &hanging, arena);
	buf_release(&hanging.text);
	buf_release(&ref);
	return rc;
}

/* The text takes what the others leave: p reads all of it. */
static void heads_narrow(struct warn_page *page)
{
	struct tally *tally = &page->tally;

	tally_head(tally, page->look, page->head_short);
	tally_head_rest(tally, LOOK_PLAIN, page->text);
	tally_head(tally, LOOK_KEY, page->action);
	tally_head(tally, LOOK_PLAIN, page->above_short);
	tally_head(tally, LOOK_PLAIN, page->step_narrow);
	tally_head(tally, LOOK_TITLE, page->narrow);
	tally_head(tally, LOOK_PLAIN, page->zones);
	tally_head(tally, LOOK_PLAIN, page->after);
	if (*page->after) /* that, and the line of the alarm, are enough before it is signed */
		return;
	tally_head(tally, LOOK_PLAIN, *page->above_short ? page->signed_short : page->signed_here);
	tally_head(tally, LOOK_TITLE, page->told);
	tally_head(tally, LOOK_TITLE, page->figures);
}

void warn_page_heads(struct warn_page *page, bool wide)
{
	struct tally *tally = &page->tally;

	if (!wide) {
		heads_narrow(page);
	} else {
		tally_head(tally, page->look, page->head);
		tally_head_rest(tally, LOOK_PLAIN, page->text);
		tally_head(tally, LOOK_KEY, page->action);
		tally_head(tally, LOOK_PLAIN, page->signed_here);
		tally_head(tally, LOOK_PLAIN, page->above);
		tally_head(tally, LOOK_PLAIN, page->step_line);
		tally_head(tally, LOOK_TITLE, page->wide);
		tally_head(tally, LOOK_TITLE, page->told);
		tally_head(tally, LOOK_TITLE, page->figures);
		tally_head(tally, LOOK_PLAIN, page->zones);
		tally_head(tally, LOOK_PLAIN, page->after);
	}
	tally_head(tally, LOOK_PLAIN, page->played);
	tally_head(tally, LOOK_PLAIN, page->groups);
}
