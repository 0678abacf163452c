/* SPDX-License-Identifier: GPL-3.0-or-later
 * Sections that are one table: what is to be done, who is silent, hazards, shelters, stock, drills
 * and targets.
 */
#include "web_inside.h"

#include "base/when.h"
#include "model/codes.h"
#include "model/kinds.h"
#include "screens/display.h"
#include "screens/situation.h"
#include "work/figures.h"
#include "work/watch.h"

/* Rows of one table; what is beyond is counted. */
enum { ROWS_MOST = 60, DRILLS_MOST = 20 };

static void put_more(struct web *web, unsigned rows, unsigned most)
{
	if (rows <= most)
		return;
	web_markup(web, "<p>");
	web_say(web, _("还有 %u 条没有列出"), rows - most);
	web_markup(web, "</p>\n");
}

/* ---- what is to be done */

static void put_situation(struct web *web)
{
	struct buf line = {0};

	situation_line(&web->world, &line);
	web_element(web, "p class=\"k\"", buf_cstr(&line));
	buf_clear(&line);
	if (web->full) {
		situation_watch(&web->world, &line);
		web_element(web, "p", buf_cstr(&line));
	}
	buf_release(&line);
}

enum rc web_today(struct web *web, struct fault *fault)
{
	struct needs needs = {0};
	enum rc rc = needs_load(&needs, &web->actor, fault);
	unsigned said = 0;

	put_situation(web);
	if (!rc)
		web_markup(web, "<ul class=\"c\">");
	for (unsigned need = NEED_NONE + 1; need < NEEDS && !rc; need++) {
		if (!needs.counts[need])
			continue;
		said++;
		web_markup(web, "<li>");
		web_text(web, _(need_labels[need]));
		buf_fmt(&web->out, " <b>%u</b></li>", needs.counts[need]);
	}
	if (!rc && !said)
		web_element(web, "li", _("现在没有要办的事"));
	if (!rc)
		web_markup(web, "</ul>\n");
	needs_release(&needs);
	return rc;
}

/* ---- who is silent */

enum rc web_silent(struct web *web, struct fault *fault)
{
	struct watch_silent silent;
	enum rc rc =
		watch_silent_load(&silent, web->store, web->world.around.now, &web->arena, fault);

	if (rc)
		return rc;
	web_markup(web, "<p class=\"k\">");
	web_say(web, _("一刻钟以上没有消息的下级站点 %u 处"), silent.count);
	web_markup(web, "</p>");
	web_element(web, "p class=\"v\"", silent.names);
	return RC_OK;
}

/* ---- hazards by grade and state */

static enum rc count_hazards(
	struct web *web, int state, const char *grade, unsigned *count, struct fault *fault)
{
	struct query query = query_all(KIND_hazard);

	query.state = state;
	if (grade)
		query.filters[query.filter_count++] = (struct filter){
			.tag = hazard_grade, .how = '=', .value = value_text(grade)};
	return store_count(web->store, &query, count, fault);
}

/* One row: all of that state (-1: of any), then by grades. */
static enum rc put_hazards(struct web *web, int state, const char *label, struct fault *fault)
{
	unsigned count;
	enum rc rc = count_hazards(web, state, NULL, &count, fault);

	if (rc || !count)
		return rc;
	web_markup(web, "<tr>");
	web_element(web, "th scope=\"row\"", label);
	web_number(web, count);
	for (const struct code *code = NULL;
		!rc && (code = code_each("hazard_grade", NULL, code));) {
		rc = count_hazards(web, state, code->code, &count, fault);
		web_number(web, count);
	}
	web_markup(web, "</tr>");
	return rc;
}

enum rc web_hazards(struct web *web, struct fault *fault)
{
	enum { GRADES = 8 };
	const struct kind *kind = kind_of(KIND_hazard);
	const char *heads[GRADES + 3] = {_("状态"), _("合计")};
	unsigned columns = 2, all;
	enum rc rc = count_hazards(web, -1, NULL, &all, fault);

	if (rc || !all) {
		web_element(web, "p", rc ? "" : _("没有登记隐患"));
		return rc;
	}
	for (const struct code *code = NULL;
		columns < GRADES + 2 && (code = code_each("hazard_grade", NULL, code));)
		heads[columns++] = code_label(code);
	web_table(web, _("隐患"), heads);
	rc = put_hazards(web, -1, _("全部"), fault);
	for (unsigned state = 0; state < state_count(kind) && !rc; state++)
		rc = put_hazards(web, (int)state, _(kind->states[state].label), fault);
	web_table_end(web);
	return rc;
}

/* ---- shelters, stock, drills: a record a row */

struct listing {
	struct web *web;
	unsigned rows, most, told;
	int64_t heads, capacity;
};

static int64_t number_of(const struct row *row, unsigned tag)
{
	const struct value *value = row_value(row, tag);

	return value && value->wire == WIRE_NUM ? value->num : 0;
}

static void field_cell(struct web *web, const struct row *row, unsigned tag, bool number)
{
	web_markup(web, number ? "<td class=\"n\">" : "<td>");
	web_field(web, row, tag);
	web_markup(web, "</td>");
}

static void put_where(struct web *web, const struct row *row)
{
	web_markup(web, "<td>");
	web_place(web, row->area);
	web_markup(web, "</td>");
}

static bool see_shelter(const struct row *row, void *to)
{
	struct listing *listing = to;
	struct web *web = listing->web;

	listing->heads += number_of(row, shelter_heads);
	listing->told += row_value(row, shelter_heads) != NULL;
	listing->capacity += number_of(row, shelter_capacity);
	if (listing->rows++ >= listing->most)
		return true;
	web_markup(web, "<tr>");
	put_where(web, row);
	field_cell(web, row, shelter_name, false);
	web_cell(web, _(row->kind->states[row->state].label));
	field_cell(web, row, shelter_heads, true);
	field_cell(web, row, shelter_capacity, true);
	field_cell(web, row, shelter_needs, false);
	field_cell(web, row, shelter_keeper, false);
	field_cell(web, row, shelter_phone, false);
	web_markup(web, "</tr>");
	return true;
}

enum rc web_shelters(struct web *web, struct fault *fault)
{
	struct listing listing = {.web = web, .most = ROWS_MOST};
	struct query query = query_all(KIND_shelter);
	const char *const heads[] = {_("区域"), _("名称"), _("状态"), _("现有人数"), _("可容人数"),
		_("需要"), _("管理员"), _("电话"), NULL};
	unsigned all;
	char inside[DISPLAY_SUM], capacity[DISPLAY_SUM];
	size_t from = web->out.len;
	enum rc rc = store_count(web->store, &query, &all, fault);

	query.state_flags = STATE_OPEN;
	web_table(web, _("避难场所"), heads);
	if (!rc)
		rc = store_each(web->store, &query, see_shelter, &listing, fault);
	web_table_end(web);
	if (!listing.rows)
		web->out.len = from;
	web_markup(web, "<p class=\"k\">");
	web_say(web, _("共 %u 处，已开放 %u 处，现有 %s 人，可容 %s 人"), all, listing.rows,
		display_sum(listing.heads, listing.told ? 0 : listing.rows, inside),
		display_sum(listing.capacity, listing.rows, capacity));
	web_markup(web, "</p>\n");
	put_more(web, listing.rows, listing.most);
	return rc;
}

static bool see_supply(const struct row *row, void *to)
{
	struct listing *listing = to;
	struct web *web = listing->web;
	const struct value *target = row_value(row, supply_target),
			   *quantity = row_value(row, supply_quantity);

	/* What was never counted is not known to be short. */
	if (!target || !quantity || quantity->num >= target->num ||
		listing->rows++ >= listing->most)
		return true;
	web_markup(web, "<tr>");
	put_where(web, row);
	field_cell(web, row, supply_name, false);
	field_cell(web, row, supply_spec, false);
	field_cell(web, row, supply_quantity, true);
	field_cell(web, row, supply_target, true);
	field_cell(web, row, supply_unit, false);
	web_markup(web, "</tr>");
	return true;
}

enum rc web_stock(struct web *web, struct fault *fault)
{
	struct listing listing = {.web = web, .most = ROWS_MOST};
	struct query query = query_all(KIND_supply);
	const char *const heads[] = {
		_("区域"), _("名称"), _("规格"), _("数量"), _("应有数量"), _("单位"), NULL};
	size_t from = web->out.len;

	web_table(web, _("物资"), heads);
	enum rc rc = store_each(web->store, &query, see_supply, &listing, fault);
	web_table_end(web);
	if (!listing.rows) {
		web->out.len = from;
		web_element(web, "p", _("没有登记到少于应有数量的物资"));
	}
	put_more(web, listing.rows, listing.most);
	return rc;
}

/* ---- figures of the rules, drills among them, and the drills of the year */

static enum rc put_figure(struct web *web, const struct rule *rule, struct fault *fault)
{
	const struct counting_of of = {.at = web->world.around.now};
	struct figured figured;
	struct buf text = {0};
	if (!figure_applies(&web->world, rule))
		return RC_OK;
	enum rc rc = figure_load(&figured, &web->world, rule, &of, &web->arena, fault);

	if (rc)
		return rc;
	web_markup(web, "<tr>");
	web_element(web, "th scope=\"row\"", rule_text(rule));
	if (figured.known)
		figure_number(figured.value, &text);
	web_markup(web, "<td class=\"n\">");
	web_text(web, buf_cstr(&text));
	web_markup(web, "</td>");
	web_number(web, rule->target);
	web_markup(web, figured.red ? "<td class=\"r1\">" : "<td>");
	web_text(web, !figured.known ? _("不知道")
		      : figured.met  ? _("达到")
		      : figured.red  ? _("未达到，已过期限")
				     : _("未达到"));
	web_markup(web, "</td></tr>");
	buf_release(&text);
	return RC_OK;
}

static enum rc put_figures(struct web *web, struct fault *fault)
{
	const char *const heads[] = {_("指标"), _("现在"), _("目标"), _("结果"), NULL};
	unsigned count;
	const struct rule *rows = rules_rows(RULE_FIGURE, &count);
	enum rc rc = RC_OK;

	web_table(web, _("指标"), heads);
	for (unsigned n = 0; n < count && !rc; n++)
		rc = put_figure(web, &rows[n], fault);
	web_table_end(web);
	return rc;
}

/* Of this year by the day on which it is or was held. */
static bool see_drill(const struct row *row, void *to)
{
	enum { YEAR = 10000 };
	struct listing *listing = to;
	struct web *web = listing->web;
	const struct value *held = row_value(row, drill_held_at);

	if (!held || row_void(row) ||
		date_of(held->num) / YEAR != date_of(web->world.around.now) / YEAR ||
		listing->rows++ >= listing->most)
		return true;
	web_markup(web, "<tr><td>");
	char day[WHEN_TEXT];
	date_show(date_of(held->num), day);
	web_text(web, day);
	web_markup(web, "</td>");
	put_where(web, row);
	field_cell(web, row, drill_title, false);
	field_cell(web, row, drill_type, false);
	web_cell(web, _(row->kind->states[row->state].label));
	field_cell(web, row, drill_people, true);
	web_markup(web, "</tr>");
	return true;
}

enum rc web_drills(struct web *web, struct fault *fault)
{
	struct listing listing = {.web = web, .most = DRILLS_MOST};
	struct query query = query_all(KIND_drill);
	const char *const heads[] = {
		_("时间"), _("区域"), _("名称"), _("类型"), _("状态"), _("参演人数"), NULL};
	enum rc rc = put_figures(web, fault);
	size_t from = web->out.len;

	web_table(web, _("演练"), heads);
	if (!rc)
		rc = store_each(web->store, &query, see_drill, &listing, fault);
	web_table_end(web);
	if (!listing.rows) {
		web->out.len = from;
		web_element(web, "p", _("今年没有登记演练"));
	}
	put_more(web, listing.rows, listing.most);
	return rc;
}
