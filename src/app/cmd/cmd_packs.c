/* SPDX-License-Identifier: GPL-3.0-or-later
 * packs: what a kind of township switches on. A pack brings its disposal cards, checklists and
 * recurring obligations into the station's registers; switched on twice it changes nothing.
 */
#include <stdio.h>
#include <string.h>

#include "app/cmd.h"
#include "app/config.h"
#include "app/out.h"
#include "app/prove.h"
#include "base/when.h"
#include "model/kinds.h"
#include "model/packs.h"
#include "model/rules.h"
#include "store/db.h"
#include "store/station.h"

static const char *const known[] = {"flood", "forest", "geo", "coast", "mine", "urban"};

#define SOURCE "pack" /* whose names these records have */

struct switching {
	struct app *app;
	struct arena arena;
	unsigned added;
};

/* A county's own file of an older program is taken; what nothing reads any more is named. */
static void say_unread(const char *file, const char *unread)
{
	if (*unread)
		out_notice(
			_("outpost: 注意：%s 里的 %s 行本版不用，没有读；其余已读"), file, unread);
}

static enum rc read_pack(
	struct switching *to, const char *name, struct pack *pack, struct fault *fault)
{
	char file[80];
	struct buf text = {0};
	enum rc rc;

	snprintf(file, sizeof file, "packs/%.40s.conf", name);
	rc = config_file(to->app, file, &text, fault);
	if (!rc)
		rc = pack_read(
			pack, file, arena_bytes(&to->arena, buf_bytes(&text)), &to->arena, fault);
	buf_release(&text);
	if (!rc)
		say_unread(file, pack->unread);
	return rc;
}

/* A record of KIND that the pack's file NAME says, a value a field. */
struct given {
	const char *field, *text;
};

static enum rc add_new(struct switching *to, const struct kind *kind, const struct given *given,
	struct ref *ref, struct fault *fault)
{
	struct actor actor = app_actor(to->app);
	struct change change;
	enum rc rc = app_may(to->app, kind, 0, fault);

	actor.source = SOURCE;
	change_new(&change, &actor, kind, (struct ref){0, 0});
	for (; given->field && !rc; given++)
		rc = fields_set(&change, given->field, given->text ? given->text : "", fault);
	if (!rc)
		rc = change_commit(&change, ref, fault);
	change_release(&change);
	return rc;
}

/* Once, whoever switches it on how often. */
static enum rc add_once(struct switching *to, unsigned kind, const char *name,
	const struct given *given, struct fault *fault)
{
	struct store *store = to->app->store;
	struct ref ref;
	enum rc rc;

	if (store_ref(store, SOURCE, name, &ref))
		return RC_OK;
	rc = add_new(to, kind_of(kind), given, &ref, fault);
	if (!rc)
		rc = store_ref_set(store, SOURCE, name, ref, fault);
	to->added += !rc;
	return rc;
}

static enum rc add_card(struct switching *to, const char *code, struct fault *fault)
{
	char file[80];
	struct buf text = {0};
	struct card card = {0};
	enum rc rc;

	snprintf(file, sizeof file, "cards/%.40s.txt", code);
	rc = config_file(to->app, file, &text, fault);
	if (!rc)
		rc = card_read(&card, file, buf_bytes(&text), &to->arena, fault);
	if (!rc) {
		say_unread(file, card.unread);
		const struct given given[] = {{"code", card.code}, {"title", card.zh},
			{"event", card.event}, {"level", card.level}, {"version", card.version},
			{"key", card.key}, {"fits", card.fits}, {"text", card.text}, {NULL, NULL}};

		rc = add_once(to, KIND_card, file, given, fault);
	}
	buf_release(&text);
	return rc;
}

static enum rc add_checklist(struct switching *to, const char *code, struct fault *fault)
{
	char file[80];
	struct buf text = {0}, items = {0}, makes = {0};
	struct checklist list = {0};
	enum rc rc;

	snprintf(file, sizeof file, "checklists/%.40s.tsv", code);
	rc = config_file(to->app, file, &text, fault);
	if (!rc)
		rc = checklist_read(&list, file, buf_bytes(&text), &to->arena, fault);
	if (!rc) {
		say_unread(file, list.unread);
		for (unsigned i = 0; i < list.items; i++)
			buf_fmt(&items, "%s%s", i ? "\n" : "", list.item[i].text);
		checklist_makes_put(&list, &makes);
		const struct given given[] = {{"code", list.code}, {"title", list.zh},
			{"version", list.version}, {"items", buf_cstr(&items)},
			{"basis", list.basis}, {"makes", buf_cstr(&makes)}, {"fits", list.fits},
			{"source", list.source}, {NULL, NULL}};

		rc = add_once(to, KIND_checklist, file, given, fault);
	}
	buf_release(&text);
	buf_release(&items);
	buf_release(&makes);
	return rc;
}

static enum rc add_duty(
	struct switching *to, const char *pack, const struct pack_duty *duty, struct fault *fault)
{
	char name[200], times[16], due[WHEN_TEXT];
	const struct given given[] = {{"title", duty->zh}, {"period", duty->period},
		{"target", times}, {"rest", times}, {"due", due}, {"basis", pack}, {NULL, NULL}};

	snprintf(name, sizeof name, "%s/%s", pack, duty->zh);
	snprintf(times, sizeof times, "%u", duty->times);
	date_show(rules_period_end(duty->period, date_of(store_now(to->app->store))), due);
	return add_once(to, KIND_obligation, name, given, fault);
}

static enum rc fill(
	struct switching *to, const char *name, const struct pack *pack, struct fault *fault)
{
	enum rc rc = RC_OK;

	for (unsigned i = 0; i < pack->cards.count && !rc; i++)
		rc = add_card(to, pack->cards.code[i], fault);
	for (unsigned i = 0; i < pack->checklists.count && !rc; i++)
		rc = add_checklist(to, pack->checklists.code[i], fault);
	for (unsigned i = 0; i < pack->duties && !rc; i++)
		rc = add_duty(to, name, &pack->duty[i], fault);
	return rc;
}

static bool is_on(struct store *store, const char *name)
{
	return kv_num(store, kv_part(KV_PACK, 0, name), 0) > 0;
}

/* All of a pack or nothing of it. */
static enum rc switch_on(struct switching *to, const char *name, struct fault *fault)
{
	struct store *store = to->app->store;
	struct pack pack;
	enum rc rc = read_pack(to, name, &pack, fault);

	if (rc)
		return rc;
	if ((rc = store_begin(store, fault)))
		return rc;
	rc = fill(to, name, &pack, fault);
	if (!rc)
		rc = kv_num_set(store, kv_part(KV_PACK, 0, name), 1, fault);
	if (rc) {
		store_undo(store);
		return rc;
	}
	return store_commit(store, fault);
}

static int list_packs(struct switching *to)
{
	struct table table = {0};
	struct buf out = {0};
	struct fault fault;

	table_head(&table, _("包"), false);
	table_head(&table, _("名称"), false);
	table_head(&table, _("启用"), false);
	table_head(&table, _("处置卡"), true);
	table_head(&table, _("检查表"), true);
	table_head(&table, _("责任事项"), true);
	for (unsigned i = 0; i < countof(known); i++) {
		struct pack pack;
		if (read_pack(to, known[i], &pack, &fault))
			return app_fail(&fault);
		table_cell(&table, known[i]);
		table_cell(&table, words_english() ? pack.en : pack.zh);
		table_cell(&table, is_on(to->app->store, known[i]) ? _("是") : _("否"));
		table_cell(&table, arena_fmt(&to->arena, "%u", pack.cards.count));
		table_cell(&table, arena_fmt(&to->arena, "%u", pack.checklists.count));
		table_cell(&table, arena_fmt(&to->arena, "%u", pack.duties));
	}
	table_print(&table, &out, out_columns());
	out_buf(&out);
	table_release(&table);
	buf_release(&out);
	return out_done() ? EXIT_DONE : EXIT_FAILED;
}

static int run(struct switching *to, int argc, char **argv)
{
	struct fault fault;
	int code;

	if ((code = argc > 1 ? app_writer(to->app) : app_store(to->app, 0)))
		return code;
	if (argc == 1)
		return list_packs(to);
	if (prove_early(to->app, &fault))
		return app_fail(&fault);
	for (int i = 1; i < argc; i++) {
		unsigned before = to->added;
		bool there = false;
		for (unsigned k = 0; k < countof(known); k++)
			there |= !strcmp(known[k], argv[i]);
		if (!there) {
			fault_set(&fault, RC_BAD, _("没有这个包 \"%s\"：outpost packs 列出全部"),
				argv[i]);
			return app_fail(&fault);
		}
		if (switch_on(to, argv[i], &fault))
			return app_fail(&fault);
		out_fmt(_("%s：新增 %u 条\n"), argv[i], to->added - before);
	}
	app_wrote(to->app);
	return out_done() ? EXIT_DONE : EXIT_FAILED;
}

int cmd_packs(struct app *app, int argc, char **argv)
{
	struct switching to = {.app = app};
	int code = app_args(app, &argc, argv, 0, (int)countof(known));

	if (!code)
		code = run(&to, argc, argv);
	arena_release(&to.arena);
	return code;
}
