/* SPDX-License-Identifier: GPL-3.0-or-later
 * answers: who has answered what a warning, an order or a roll-call asks, after how many minutes,
 * and who is called next where nobody has.
 */
#include "app/cmd.h"
#include "app/out.h"
#include "base/when.h"
#include "model/area.h"
#include "model/codes.h"
#include "work/owing.h"

enum { MINUTE = 60 };

static void key_time(struct json_out *out, const char *key, int64_t at)
{
	char word[WHEN_TEXT];
	when_rfc(at, word);
	json_key_text(out, key, at ? word : NULL);
}

static void key_seconds(struct json_out *out, const char *key, int64_t seconds)
{
	json_key(out, key);
	if (seconds < 0)
		json_null(out);
	else
		json_num(out, seconds);
}

static void place_json(struct store *store, const struct owing *owing,
	const struct owing_place *place, struct json_out *out)
{
	const struct callee *callee = place->answered ? NULL : owing_callee(place);
	char word[WHEN_TEXT];
	area_show(place->area, word);
	json_line(out);
	json_open(out, '{');
	json_key_text(out, "area", word);
	json_key_bool(out, "answered", place->answered);
	json_key_bool(out, "read", place->read);
	json_key_bool(out, "delivered", place->delivered);
	json_key_bool(out, "late", place->late);
	key_time(out, "at", place->answered ? place->at : 0);
	key_seconds(out, "seconds", place->answered ? place->at - owing->from : -1);
	store_number(store, place->answer, word);
	json_key_text(out, "answer", place->answered ? word : NULL);
	json_key_num(out, "calls", place->calls);
	json_key_text(out, "result", *place->result ? place->result : NULL);
	json_key_text(out, "next", callee ? callee->name : NULL);
	key_time(out, "due", callee ? place->next.due : 0);
	json_close(out, '}');
}

static void put_json(struct store *store, const struct owing *owing, struct buf *text)
{
	struct json_out out;
	char word[WHEN_TEXT];
	json_begin(&out, text);
	json_open(&out, '{');
	store_number(store, owing->record, word);
	json_key_text(&out, "record", word);
	json_key_text(&out, "ask", owing->ask->name);
	key_time(&out, "from", owing->from);
	key_time(&out, "until", owing->until);
	json_key_bool(&out, "over", owing->over);
	json_key_num(&out, "count", owing->count);
	json_key_num(&out, "answered", owing->answered);
	key_seconds(&out, "median", owing->median);
	key_seconds(&out, "ninety", owing->ninety);
	json_key(&out, "places");
	json_open(&out, '[');
	for (unsigned n = 0; n < owing->count; n++)
		place_json(store, owing, &owing->places[n], &out);
	json_close(&out, ']');
	json_close(&out, '}');
	buf_byte(text, '\n');
}

static void put_span(int64_t seconds, struct buf *out)
{
	char text[WHEN_TEXT];
	when_span(seconds > MINUTE ? seconds / MINUTE * MINUTE : MINUTE, text);
	buf_text(out, seconds < 0 ? _("未到") : text);
}

static void place_row(const struct owing *owing, const struct owing_place *place,
	struct table *table, int64_t now)
{
	const struct callee *callee = place->answered ? NULL : owing_callee(place);
	struct buf text = {0};
	char time[WHEN_TEXT] = "";
	area_title(place->area, &text);
	table_cell(table, buf_cstr(&text));
	table_cell(table, place->answered    ? _("已答")
			  : owing->over      ? _("到期没签")
			  : place->read      ? _("在班没签")
			  : place->delivered ? _("送到")
					     : _("没送到"));
	if (place->answered)
		when_short(place->at, now, time);
	table_cell(table, time);
	buf_clear(&text);
	if (place->answered)
		put_span(place->at - owing->from, &text);
	table_cell(table, buf_cstr(&text));
	table_cell(table, *place->result ? code_text("call_result", place->result) : "");
	table_cell(table, callee ? callee->name : "");
	buf_release(&text);
}

static void put_table(const struct owing *owing, struct buf *text, int64_t now)
{
	static const char *const heads[] = {
		N_("区域"), N_("状态"), N_("时间"), N_("用时"), N_("叫应"), N_("下一个")};
	struct table table = {0};
	for (size_t i = 0; i < countof(heads); i++)
		table_head(&table, _(heads[i]), false);
	for (unsigned n = 0; n < owing->count; n++)
		place_row(owing, &owing->places[n], &table, now);
	buf_fmt(text, _("应答%u处 已答%u 中位"), owing->count, owing->answered);
	put_span(owing->median, text);
	buf_text(text, _(" 九成"));
	put_span(owing->ninety, text);
	buf_byte(text, '\n');
	table_print(&table, text, out_columns());
	table_release(&table);
}

static enum rc answers(struct app *app, struct ref ref, struct fault *fault)
{
	struct arena arena = {0};
	struct owing owing;
	struct world world;
	struct row row;
	struct buf text = {0};
	int64_t now = store_now(app->store);
	enum rc rc = store_row(app->store, ref, &arena, &row, fault);
	world_open(&world, app->store, &app->user, now);
	const struct rule *ask = rc ? NULL : owing_ask(&world, &row);
	if (!rc && !ask)
		ask = owing_asked(&row);
	if (!rc && !ask)
		rc = fault_set(fault, RC_BAD,
			_("这种记录没有要下级答复的：规则里没有 ask 行 \"%s\""), row.kind->name);
	if (!rc)
		rc = owing_load(&owing, &world, ask, &row, &arena, fault);
	if (!rc && app->json)
		put_json(app->store, &owing, &text);
	else if (!rc)
		put_table(&owing, &text, now);
	out_buf(&text);
	buf_release(&text);
	arena_release(&arena);
	return rc;
}

int cmd_answers(struct app *app, int argc, char **argv)
{
	struct fault fault = {0};
	struct ref ref;
	app->json |= arg_flag(&argc, argv, "json");
	int code = app_args(app, &argc, argv, 1, 1);
	if (code || (code = app_store(app, STORE_READ)) || (code = app_record(app, argv[1], &ref)))
		return code;
	return answers(app, ref, &fault) ? app_fail(&fault) : EXIT_DONE;
}
