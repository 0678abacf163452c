/* SPDX-License-Identifier: GPL-3.0-or-later
 * prune: which records may leave this station's disk, by the rows `keep` of the rules, and with
 * --yes their leaving.
 */
#include "app/cmd.h"
#include "app/out.h"
#include "base/when.h"
#include "model/rules.h"
#include "store/peer.h"
#include "store/station.h"

static void put_json(const struct rule *rule, const struct pruned *pruned, struct json_out *out)
{
	json_line(out);
	json_open(out, '{');
	json_key_text(out, "kind", kind_of(rule->kind)->name);
	json_key_num(out, "line", rule->line);
	json_key_num(out, "old", pruned->old);
	json_key_num(out, "held", pruned->held);
	json_key_num(out, "bytes", (int64_t)pruned->bytes);
	json_close(out, '}');
}

static void put_row(const struct rule *rule, const struct pruned *pruned, struct out_list *list)
{
	const uint64_t numbers[] = {pruned->old, pruned->held, (pruned->bytes + 1023) / 1024};
	struct table *table = &list->table;

	table_cell(table, _(kind_of(rule->kind)->label));
	for (size_t n = 0; n < countof(numbers); n++) {
		buf_clear(&list->text);
		buf_fmt(&list->text, "%llu", (unsigned long long)numbers[n]);
		table_cell(table, buf_cstr(&list->text));
	}
	buf_clear(&list->text);
	buf_fmt(&list->text, "%s:%u %s", rule->file, rule->line, rule->said);
	table_cell(table, buf_cstr(&list->text));
}

/* Rows of one kind hold one by one: a record that a stricter one keeps may leave by a laxer one. */
static enum rc prune_one(struct app *app, const struct rule *rule, bool act, struct pruned *pruned,
	struct fault *fault)
{
	const struct surroundings around = {.now = store_now(app->store)};
	const struct record none = {.kind = kind_of(rule->kind), .kind_id = rule->kind};
	int64_t age = rule_until(0, &rule->age, &none, &around);
	const struct prune what = {rule->kind, rule->states, around.now - age, act};

	return store_prune(app->store, &what, pruned, fault);
}

static void say_end(const struct app *app, bool act, unsigned held)
{
	if (app->json)
		return;
	if (act)
		out_fmt(_("清理了 %u 条，腾出的地方留给以后的记录\n"), held);
	else if (held)
		out_fmt(_("能清理 %u 条；什么都没动，加 --yes 才清理\n"), held);
	else
		out_fmt("%s\n", _("没有能清理的：都没到期限，或还没有两级证实存了"));
}

int cmd_prune(struct app *app, int argc, char **argv)
{
	static const char *const heads[] = {
		N_("种类"), N_("到期限"), N_("两级已存"), N_("KB"), N_("规则")};
	bool act = arg_flag(&argc, argv, "yes");
	struct fault fault = {0};
	struct out_list list;
	unsigned count, held = 0;
	enum rc rc = RC_OK;

	app->json |= arg_flag(&argc, argv, "json");
	int code = app_args(app, &argc, argv, 0, 0);
	if (code || (code = act ? app_writer(app) : app_store(app, STORE_READ)))
		return code;
	const struct rule *rules = rules_rows(RULE_KEEP, &count);
	out_list_begin(&list, app->json, heads, countof(heads));
	for (unsigned n = 0; n < count && !rc; n++) {
		struct pruned pruned;
		if ((rc = prune_one(app, &rules[n], act, &pruned, &fault)))
			break;
		held += pruned.held;
		if (app->json)
			put_json(&rules[n], &pruned, &list.json);
		else
			put_row(&rules[n], &pruned, &list);
	}
	out_list_end(&list, !rc);
	if (rc)
		return app_fail(&fault);
	say_end(app, act, held);
	return EXIT_DONE;
}
