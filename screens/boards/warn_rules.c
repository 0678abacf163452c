/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the board Y says beside the warning: the disposal card that is for it, how many of its steps
 * are done, and the rules by which it is asked and called about; and in which order all of it
 * stands.
 */
#include "model/rules.h"
#include "screens/display.h"
#include "screens/warn_page.h"

static const char *step_line(const struct card_run *run, struct arena *arena)
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
		line = arena_fmt(
			arena, _("%s 共%u步 没启动：t 启动"), buf_cstr(&title), run->steps);
	buf_release(&title);
	return line;
}

/* The same in forty columns: what it is called stands on the card. */
static const char *step_narrow(const struct card_run *run, struct arena *arena)
{
	if (run->response.seq && run->tasks)
		return arena_fmt(arena, _("行动卡%u步 做完%u 在做%u：t 看"), run->tasks, run->done,
			run->doing);
	if (run->response.seq)
		return _("行动卡已启动，没有步骤：t 看");
	return run->card.seq ? arena_fmt(arena, _("行动卡%u步 没启动：t 启动"), run->steps) : "";
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
	page->step_line = step_line(&page->run, arena);
	page->step_narrow = step_narrow(&page->run, arena);
	page->why_ask = rule_line(_("谁签收"), ask, arena);
	page->why_call = rule_line(_("谁叫应"), ask ? escalate_of(ask) : NULL, arena);
}

/* In forty columns the text alone fills the screen: it comes last there, p reads all of it. */
void warn_page_heads(struct warn_page *page, bool wide)
{
	struct tally *tally = &page->tally;

	tally_head(tally, page->look, page->head);
	if (wide)
		tally_head(tally, LOOK_PLAIN, page->text);
	tally_head(tally, LOOK_KEY, page->action);
	if (wide)
		tally_head(tally, LOOK_PLAIN, page->signed_here);
	tally_head(tally, LOOK_PLAIN, wide ? page->step_line : page->step_narrow);
	tally_head(tally, LOOK_TITLE, wide ? page->wide : page->narrow);
	if (!wide)
		tally_head(tally, LOOK_PLAIN, page->zones);
	if (!wide)
		tally_head(tally, LOOK_PLAIN, page->signed_here);
	tally_head(tally, LOOK_TITLE, page->told);
	if (!wide)
		tally_head(tally, LOOK_PLAIN, page->text);
	tally_head(tally, LOOK_TITLE, page->figures);
	if (wide)
		tally_head(tally, LOOK_PLAIN, page->zones);
	tally_head(tally, LOOK_PLAIN, page->played);
}
