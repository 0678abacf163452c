/* SPDX-License-Identifier: GPL-3.0-or-later
 * site returned: facts that stations below gave back without this station's signature; a person
 * takes or leaves them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/out.h"
#include "app/sync_cmd.h"
#include "base/when.h"
#include "store/station.h"

struct printing {
	struct app *app;
	struct out_list list;
};

/* The first text of what it says. */
static struct bytes first_text(const struct op *op)
{
	struct bytes in = op->body;
	struct value value;
	unsigned tag;
	while (in.len && take_field(&in, &tag, &value))
		if (value.wire == WIRE_TEXT && value.text.len > 5)
			return value.text;
	return bytes_text("");
}

static bool put(const struct returned *returned, void *to)
{
	struct printing *printing = to;
	struct site from = {.name = ""};
	struct buf text = {0};
	char id[24], time[WHEN_TEXT];
	struct op op;
	if (!op_take(returned->raw, &op))
		return true;
	const struct kind *kind = kind_of(op.kind);
	struct bytes says = first_text(&op);
	log_site(store_log(printing->app->store), returned->from, &from);
	snprintf(id, sizeof id, "%lld", (long long)returned->id);
	buf_put(&text, says.at, says.len);
	if (printing->app->json) {
		struct json_out *out = &printing->list.json;
		json_line(out);
		json_open(out, '{');
		json_key_num(out, "id", returned->id);
		json_key_text(out, "from", from.name);
		json_key_text(out, "kind", kind ? kind->name : NULL);
		when_rfc(op_at(&op), time);
		json_key_text(out, "at", time);
		json_key_text(out, "text", buf_cstr(&text));
		json_close(out, '}');
	} else {
		when_short(op_at(&op), store_now(printing->app->store), time);
		struct table *table = &printing->list.table;
		table_cell(table, id);
		table_cell(table, from.name);
		table_cell(table, time);
		table_cell(table, kind ? _(kind->label) : "?");
		table_cell(table, buf_cstr(&text));
	}
	buf_release(&text);
	return true;
}

static int list(struct app *app)
{
	static const char *const heads[] = {
		N_("序号"), N_("谁退回"), N_("时间"), N_("类别"), N_("内容")};
	struct printing printing = {.app = app};
	struct fault fault = {0};
	out_list_begin(&printing.list, app->json, heads, countof(heads));
	printing.list.table.right[0] = true;
	enum rc rc = returned_each(app->store, 0, put, &printing, &fault);
	out_list_end(&printing.list, !rc);
	return rc ? app_fail(&fault) : EXIT_DONE;
}

int sync_returned(struct app *app, const char *deed, const char *which)
{
	bool take = deed && !strcmp(deed, "take"), all = which && !strcmp(which, "all");
	struct fault fault = {0};
	unsigned count;
	char *end = NULL;
	if (!deed)
		return list(app);
	long long id = which && !all ? strtoll(which, &end, 10) : 0;
	if ((!take && strcmp(deed, "leave") != 0) || !which || (!all && (*end || id <= 0)))
		return app_usage(app);
	enum rc rc = returned_decide(app->store, id, take, &count, &fault);
	if (rc)
		return app_fail(&fault);
	out_fmt(take ? _("收下了 %u 条退回的记录\n") : _("没有收 %u 条退回的记录，不再问\n"),
		count);
	return EXIT_DONE;
}
