/* SPDX-License-Identifier: GPL-3.0-or-later
 * The part of the outbox that a person has to settle: both values where two stations disagree,
 * steps without effect, facts that are kept apart; each with who, where, how good the clock was,
 * and what to do.
 */
#include "screens/outbox_page.h"

#include <string.h>

#include "screens/display.h"
#include "store/station.h"

/* ---- what two stations disagree about, and steps without effect */

/* A value that stands, or stands beside it: by the fact (SITE, SEQ). */
static void add_value(struct outbox_writing *at, const struct row *row, const struct field *field,
	const struct lost *one, const char *key, const struct history *history)
{
	struct value_ways ways = store_ways(at->store, true);
	struct buf text = {0}, shown = {0};

	value_show(field, &one->value, &ways, &shown);
	buf_fmt(&text, "   %s ", key);
	display_text(shown.len ? buf_cstr(&shown) : _("（清空）"), &text);
	buf_text(&text, "  ");
	link_status_writer(
		at->store, history, (struct ref){one->site, one->seq}, one->stamp, at->now, &text);
	struct page_line *line = page_add(at->page, LOOK_BAD, &text);
	line->ref = row->ref;
	line->tag = field->tag;
	line->fact = (struct ref){one->site, one->seq};
	buf_release(&shown);
}

static void add_record(
	struct outbox_writing *at, const struct row *row, const char *what, unsigned tag)
{
	struct buf text = {0};

	buf_fmt(&text, "  %s %s ", _(row->kind->label),
		display_number(at->store, row->ref, at->arena));
	display_title(at->store, row, &text);
	buf_fmt(&text, " %s", what);
	struct page_line *line = page_add(at->page, LOOK_PLAIN, &text);
	line->ref = row->ref;
	line->tag = tag;
}

static void add_conflicts(struct outbox_writing *at, const struct row *row,
	const struct record *record, const struct history *history)
{
	for (unsigned n = 0; n < LIMIT_FIELDS && record->kind->fields[n].tag; n++) {
		const struct field *field = &record->kind->fields[n];
		const struct cell *cell = &record->cells[n];
		const struct lost *other = record_lost(record, field->tag, 0);

		if (!other)
			continue;
		struct lost now = {field->tag, cell->value, cell->stamp, cell->site, cell->seq};
		add_record(at, row, _(field->label), field->tag);
		add_value(at, row, field, &now, _("1现在"), history);
		for (unsigned k = 1; other; other = record_lost(record, field->tag, k++))
			add_value(at, row, field, other, _("2另一"), history);
		at->outbox->conflicts++;
	}
}

static const char *const remedies[V_VERDICTS] = {
	[V_STATE] = N_("打开看办理记录，按现在的状态重办"),
	[V_PERSON] = N_("请另一个人办这一步"),
	[V_LEVEL] = N_("请上级站点办这一步"),
	[V_ARGS] = N_("把缺的补上，再办一次"),
	[V_KIND] = N_("升级本站的程序"),
};

static void add_steps(
	struct outbox_writing *at, const struct row *row, const struct history *history)
{
	for (size_t n = 0; n < history->count; n++) {
		const struct op *op = &history->ops[n];
		const struct step *step = op->step ? step_of(row->kind, op->step) : NULL;
		enum verdict verdict = history->verdicts[n];
		struct buf text = {0};

		if (verdict == V_GOOD || verdict == V_KIND)
			continue;
		add_record(at, row, step ? _(step->label) : "?", 0);
		buf_fmt(&text, "   %s", _(verdict_texts[verdict]));
		buf_text(&text, "  ");
		link_status_writer(at->store, history, (struct ref){op->site, op->seq}, op->stamp,
			at->now, &text);
		buf_fmt(&text, _("。%s"), _(remedies[verdict]));
		page_add(at->page, LOOK_BAD, &text)->ref = row->ref;
		at->outbox->refused++;
	}
}

struct attention {
	struct outbox_writing *at;
	bool steps; /* the second time round */
};

static bool add_attention(const struct row *row, void *to)
{
	struct attention *attention = to;
	struct arena arena = {0};
	struct record record;
	struct history history;
	struct fault fault;

	if (attention->steps ? !row->refused : !row->conflicts)
		return true;
	if (store_record(attention->at->store, row->ref, &arena, &record, &history, &fault) ==
		RC_OK) {
		if (attention->steps)
			add_steps(attention->at, row, &history);
		else
			add_conflicts(attention->at, row, &record, &history);
	}
	arena_release(&arena);
	return (attention->steps ? attention->at->outbox->refused
				 : attention->at->outbox->conflicts) < OUTBOX_EACH;
}

/* ---- facts that no record shows */

static bool add_apart(const struct fact *fact, void *to)
{
	struct outbox_writing *at = to;
	const struct kind *kind = kind_of(fact->kind);
	struct buf text = {0}, name = {0};

	if (fact->state == FACT_WAITS)
		return true; /* shown by itself when what it belongs to is here */
	store_author_of(at->store, fact->site, 0, (struct bytes){0, 0}, &name);
	buf_text(&text, "  ");
	display_text(buf_cstr(&name), &text);
	buf_fmt(&text, " %s ", kind ? _(kind->label) : _("新版程序的记录"));
	buf_text(&text,
		fact->state == FACT_UNPROVEN
			? _("签名不对，不作数。打电话向发出的单位核实")
			: _("写在它的区域以外，不作数。请它在自己的区域重写，或请上级改授权"));
	buf_release(&name);
	page_add(at->page, LOOK_BAD, &text);
	return ++at->outbox->refused < OUTBOX_EACH;
}

enum rc outbox_differ(struct outbox_writing *at, struct fault *fault)
{
	struct attention attention = {.at = at};
	unsigned head = page_section(at->page,
		at->outbox->by_line ? _("两站填得不同")
				    : _("两站填得不同：移到这里按 1 用现在的，按 2 用另一个"));
	enum rc rc = store_each_attention(at->store, OUTBOX_EACH, add_attention, &attention, fault);

	page_section_end(at->page, head);
	return rc;
}

enum rc outbox_without(struct outbox_writing *at, struct fault *fault)
{
	struct attention attention = {.at = at, .steps = true};
	unsigned head = page_section(at->page, _("没有生效的，和上级有意见的"));
	enum rc rc = store_each_attention(at->store, OUTBOX_EACH, add_attention, &attention, fault);

	if (!rc && at->outbox->refused < OUTBOX_EACH)
		rc = outbox_refused(at, fault);
	if (!rc && at->outbox->refused < OUTBOX_EACH)
		rc = log_each_apart(store_log(at->store), OUTBOX_EACH, add_apart, at, fault);
	page_section_end(at->page, head);
	return rc;
}
