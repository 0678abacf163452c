/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a number of the county's rules is made of: its parts with the row that counts each, its
 * target, its period; each part opens its records.
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "screens/display.h"
#include "screens/screens.h"
#include "work/totals.h"

enum { PARTS = 12 };

struct figure {
	struct page page;
	const char
		*parts[PARTS]; /* names of counts and medians; a line's .tag is its place, from 1 */
	unsigned count;
};

struct telling {
	struct view *view;
	struct figure *figure;
	struct world world;
	struct counting_of of;
};

static void put_where(const struct rule *rule, struct buf *out)
{
	buf_text(out, rule->said ? rule->said : rule->name);
	if (rule->file)
		buf_fmt(out, " %s:%u", rule->file, rule->line);
}

/* All states that are not void mean the kind as a whole. */
static bool is_whole(const struct rule *rule, const struct kind *kind)
{
	for (unsigned n = 0; kind->states && kind->states[n].code; n++)
		if (!(kind->states[n].flags & STATE_VOID) && !(rule->states & (1u << n)))
			return false;
	return true;
}

/* "隐患 已销号、已移交", "住户登记的人数合计": what is counted, as people call it. */
static void put_counted(const struct rule *rule, struct buf *out)
{
	const struct kind *kind = total_kind(rule);
	const struct field *summed =
		rule->word == RULE_COUNT && rule->summed ? field_of(kind, rule->summed) : NULL;
	unsigned count = 0;

	buf_text(out, _(kind->label));
	for (unsigned n = 0; !is_whole(rule, kind) && kind->states[n].code; n++)
		/* zh: between names in a text */
		if (rule->states & (1u << n))
			buf_fmt(out, "%s%s", count++ ? "、" : " ", _(kind->states[n].label));
	if (summed)
		buf_fmt(out, _("，把%s加起来"), _(summed->label));
	if (rule->word == RULE_COUNT && rule->conditions)
		buf_text(out, _("，只数合下面条件的"));
}

/* The row itself, below its words. */
static void add_row(struct telling *to, const struct rule *rule)
{
	struct buf text = {0};

	buf_text(&text, "  ");
	put_where(rule, &text);
	page_add(&to->figure->page, LOOK_DIM, &text);
}

/* "3 隐患 已销号", and dim "count closed hazard closed per month rules.conf:469" */
static void add_part(struct telling *to, const struct rule *rule, const struct counted *counted)
{
	struct figure *figure = to->figure;
	struct buf text = {0};

	figure_number(counted->number, &text);
	buf_byte(&text, ' ');
	put_counted(rule, &text);
	struct page_line *line = page_add(&figure->page, LOOK_PLAIN, &text);
	if (figure->count < PARTS) {
		figure->parts[figure->count++] = rule->name;
		line->tag = figure->count;
	}
	if (counted->below) {
		struct buf below = {0};
		buf_fmt(&below, "  %s", _("其中下面自报、记录没上来的："));
		figure_number(counted->below, &below);
		page_add(&figure->page, LOOK_BAD, &below);
	}
	add_row(to, rule);
}

static void put_value(const struct rule *rule, const struct figured *figured, struct buf *out)
{
	if (!figured->known) {
		buf_byte(out, '-');
		return;
	}
	figure_number(figured->value, out);
	buf_text(out, total_is_share(rule)                        ? "%"
		      : rule->word == RULE_FIGURE && rule->median ? _("分")
								  : "");
}

static void add_target(struct telling *to, const struct rule *rule, const struct figured *figured)
{
	struct buf text = {0};

	buf_fmt(&text, rule->median ? _("目标 不超过%lld") : _("目标 不少于%lld"),
		(long long)rule->target);
	buf_fmt(&text, " %s",
		!figured->known ? _("不知道")
		: figured->met  ? _("达到")
				: _("未达到"));
	page_add(&to->figure->page, LOOK_PLAIN, &text);
	if (!rule->median) /* else its part has said so */
		add_row(to, rule);
}

/* From and to, both days inclusive; or that it is of now. */
static void add_period(struct telling *to, const struct rule *rule, const struct counted *counted)
{
	struct buf text = {0};
	char from[WHEN_TEXT], end[WHEN_TEXT];

	if (total_is_now(rule)) {
		page_text(&to->figure->page, LOOK_DIM, _("现在的数，不分月份"));
		return;
	}
	date_show(date_of(counted->from), from);
	date_show(date_of(counted->to - 1), end);
	buf_fmt(&text, _("%s 至 %s 登记的"), from, end);
	page_add(&to->figure->page, LOOK_DIM, &text);
}

static enum rc add_figure(struct telling *to, const char *name, struct fault *fault)
{
	const struct rule *rule = total_rule(name);
	struct figured figured;
	struct buf head = {0};

	if (!rule)
		return RC_OK;
	enum rc rc = total_load(&figured, &to->world, rule, &to->of, &to->view->arena, fault);
	if (rc)
		return rc;
	bool share = rule->word == RULE_FIGURE;
	if (to->of.area)
		display_place(to->of.area, &head);
	buf_fmt(&head, " %s ",
		*to->view->aim.text ? to->view->aim.text
		: share             ? rule_text(rule)
				    : _(total_kind(rule)->plural));
	put_value(rule, &figured, &head);
	unsigned section = page_section(&to->figure->page, buf_cstr(&head));
	buf_release(&head);
	bool counts = share && !rule->median;
	add_part(to, counts ? rules_named(RULE_COUNT, rule->top) : rule, &figured.top);
	if (counts && rule->bottom)
		add_part(to, rules_named(RULE_COUNT, rule->bottom), &figured.bottom);
	if (share)
		add_target(to, rule, &figured);
	add_period(to, rule, &figured.top);
	page_section_end(&to->figure->page, section);
	return RC_OK;
}

static enum rc load(struct view *view, struct fault *fault)
{
	const struct aim *aim = &view->aim;
	struct telling to = {.view = view, .figure = view->state};
	int64_t now = store_now(view->store);
	enum rc rc = RC_OK;

	to.of = (struct counting_of){.area = aim->query.area,
		.of = aim->parent,
		.at = aim->at ? aim->at : now,
		.alone = aim->alone};
	world_open(&to.world, view->store, &view->user, now);
	page_clear(&to.figure->page);
	to.figure->count = 0;
	for (const char *at = aim->figure; *at && !rc;) {
		char name[sizeof aim->figure] = "";
		size_t len = strcspn(at, ",");

		memcpy(name, at, len);
		rc = add_figure(&to, name, fault);
		at += len + (at[len] == ',');
	}
	return rc;
}

static void layout(struct view *view, struct pane room)
{
	view->more = page_layout(&((struct figure *)view->state)->page, room);
}

static void draw(const void *state, struct pane pane)
{
	page_draw(&((const struct figure *)state)->page, pane);
}

static enum act open_part(struct view *view, const char *name)
{
	const struct aim *from = &view->aim;
	const struct rule *rule = total_rule(name);
	struct aim *aim;

	if (!rule)
		return ACT_NONE;
	aim = stack_open(view, "records");
	aim->kind = total_kind(rule);
	aim->query = query_all(aim->kind->id);
	aim->query.area = from->query.area;
	aim->parent = from->parent;
	aim->alone = from->alone;
	aim->at = from->at;
	snprintf(aim->figure, sizeof aim->figure, "%s", name);
	text_fit(aim->text, sizeof aim->text, from->text);
	return ACT_OPEN;
}

static enum act type(struct view *view, int key)
{
	struct figure *figure = view->state;
	const struct page_line *line = page_line(&figure->page);

	if (key == K_ENTER && line && line->tag)
		return open_part(view, figure->parts[line->tag - 1]);
	return parts_page(view, &figure->page, key, _("把 > 移到一个数上，回车打开它的记录"));
}

static void done(struct view *view)
{
	page_release(&((struct figure *)view->state)->page);
}

static const struct key keys[] = {
	{K_ENTER, N_("打开"), NULL},
	{0, NULL, NULL},
};

const struct screen screen_figure = {
	.name = "figure",
	.title = N_("数的由来"),
	.size = sizeof(struct figure),
	.keys = keys,
	.load = load,
	.layout = layout,
	.draw = draw,
	.type = type,
	.done = done,
	.help = N_("一个数由哪些数算出，各由规则文件的哪一行数的，目标多少，数的是哪一段时间；> "
		   "移到一个数上回车，打开背后的记录。outpost count 名称 打印同样的。"),
};
