/* SPDX-License-Identifier: GPL-3.0-or-later
 * step: takes a step of a record's loop. A step that makes a record (sign -> receipt) writes it in
 * the station's own area.
 */
#include <stdlib.h>
#include <string.h>

#include "app/cmd.h"
#include "app/out.h"
#include "app/record.h"
#include "base/when.h"
#include "model/kinds.h"

/* The record that the step is for, and what is written. */
struct taking {
	struct app *app;
	struct record record;
	const struct step *step;
	struct op op;
	struct buf body;
	bool again; /* signed so before, AT: nothing was written */
	int64_t at;
};

static const struct step *step_wanted(const struct kind *kind, const char *name)
{
	const struct step *step = step_named(kind, name);
	for (const struct step *s = kind->steps; !step && s->tag; s++)
		if (!strcmp(s->label, name) || !strcmp(_(s->label), name))
			step = s;
	return step;
}

static int no_step(const struct kind *kind, const char *name)
{
	struct buf names = {0};
	for (const struct step *s = kind->steps; s->tag; s++)
		buf_fmt(&names, " %s", s->verb);
	out_error(_("outpost: \"%s\"没有步骤 \"%s\"，可用的有%s"), _(kind->label), name,
		names.len ? buf_cstr(&names) : _("（无）"));
	buf_release(&names);
	return EXIT_USAGE;
}

static enum rc judge(struct taking *taking, struct fault *fault)
{
	const struct record *record = &taking->record;
	const char *label = _(taking->step->label);
	fault->rc = RC_OK;
	enum verdict verdict = store_may(taking->app->store, &taking->op, fault);
	if (verdict == V_GOOD)
		return RC_OK;
	const char *state =
		record->kind->states[0].code ? record->kind->states[record->state].label : "";
	return fault_set(fault, verdict == V_ARGS ? RC_BAD : RC_DENIED,
		_("不能\"%s\"：%s（现在是\"%s\"）"), label, _(verdict_texts[verdict]),
		*state ? _(state) : "");
}

static enum rc take_step(struct taking *taking, int argc, char **argv, struct fault *fault)
{
	struct op *op = &taking->op;
	const struct kind *kind = taking->record.kind;
	op->kind = kind->id;
	op->step = taking->step->tag;
	op->rec_site = taking->record.site;
	op->rec_seq = taking->record.seq;
	op->site = store_station(taking->app->store)->site;
	enum rc rc = fields_parse(
		taking->app->store, kind, taking->step, argc, argv, true, op, &taking->body, fault);
	if (!rc)
		rc = judge(taking, fault);
	if (!rc)
		rc = store_write(taking->app->store, op, fault);
	return rc;
}

/* What STEP_MAKES needs of state and level is checked here: the step itself is never written. */
static enum rc making_allowed(const struct taking *taking, struct fault *fault)
{
	const struct step *step = taking->step;
	const struct record *record = &taking->record;
	enum level level = store_station(taking->app->store)->level;
	if (!(step->by & (1u << level)))
		return fault_set(fault, RC_DENIED, _("不能\"%s\"：%s"), _(step->label),
			_(verdict_texts[V_LEVEL]));
	if (record->kind->states[0].code && !(step->from & (1u << record->state)))
		return fault_set(fault, RC_DENIED, _("不能\"%s\"：%s（现在是\"%s\"）"),
			_(step->label), _(verdict_texts[V_STATE]),
			_(record->kind->states[record->state].label));
	return RC_OK;
}

static enum rc make_record(struct taking *taking, int argc, char **argv, struct fault *fault)
{
	struct store *store = taking->app->store;
	const struct kind *made = kind_of(taking->step->other);
	const struct field *parent = field_flagged(made, F_PARENT);
	struct arena arena = {0};
	struct ref again;
	char number[32];
	char **words = arena_get(&arena, (size_t)(argc + 2) * sizeof *words);
	enum rc rc = making_allowed(taking, fault);
	store_number(store, (struct ref){taking->record.site, taking->record.seq}, number);
	words[0] = arena_fmt(&arena, "%s=%s", parent->name, number);
	for (int i = 0; i < argc; i++)
		words[i + 1] = argv[i];
	taking->op.kind = made->id;
	taking->op.area = store_station(store)->area;
	if (!rc)
		rc = fields_parse(store, made, NULL, argc + 1, words, true, &taking->op,
			&taking->body, fault);
	taking->again = !rc && made->id == KIND_receipt &&
			receipt_again(store, buf_bytes(&taking->body), &again, &taking->at);
	if (taking->again) {
		taking->op.rec_site = again.site;
		taking->op.rec_seq = again.seq;
	} else if (!rc) {
		rc = store_write(store, &taking->op, fault);
	}
	arena_release(&arena);
	return rc;
}

static int tell(struct taking *taking)
{
	struct app *app = taking->app;
	struct ref ref = {taking->op.rec_site, taking->op.rec_seq};
	struct arena arena = {0};
	struct record record;
	struct history history;
	struct fault fault;
	char number[32];
	store_number(app->store, ref, number);
	if (!(taking->step->flags & STEP_MAKES) && taking->record.kind->states[0].code &&
		!store_record(app->store, ref, &arena, &record, &history, &fault))
		out_fmt("%s %s\n", number, record_state(record.kind, record.state));
	else
		out_fmt("%s\n", number);
	arena_release(&arena);
	return EXIT_DONE;
}

static int run(struct taking *taking, const char *verb, int argc, char **argv)
{
	struct fault fault = {0};
	const struct kind *kind = taking->record.kind;
	char time[WHEN_TEXT];
	if (!kind) {
		fault_set(&fault, RC_NEWER, _("这种记录由更新的程序写成，请先升级"));
		return app_fail(&fault);
	}
	if (!(taking->step = step_wanted(kind, verb)))
		return no_step(kind, verb);
	taking->op.who = taking->app->user.who;
	enum rc rc = app_may(taking->app, kind, taking->step->tag, &fault);
	if (!rc)
		rc = taking->step->flags & STEP_MAKES ? make_record(taking, argc, argv, &fault)
						      : take_step(taking, argc, argv, &fault);
	if (rc)
		return app_fail(&fault);
	if (taking->again) {
		when_short(taking->at, store_now(taking->app->store), time);
		out_error(_("您已于 %s 签收，内容一样，没有再写一份"), time);
	} else {
		app_wrote(taking->app);
	}
	return tell(taking);
}

int cmd_step(struct app *app, int argc, char **argv)
{
	struct taking taking = {.app = app};
	struct arena arena = {0};
	struct history history;
	struct fault fault = {0};
	struct ref ref;
	int code = app_args(app, &argc, argv, 2, -1);
	if (code || (code = app_writer(app)) || (code = app_record(app, argv[1], &ref)))
		return code;
	if (store_record(app->store, ref, &arena, &taking.record, &history, &fault))
		code = app_fail(&fault);
	else
		code = run(&taking, argv[2], argc - 3, argv + 3);
	buf_release(&taking.body);
	arena_release(&arena);
	return code;
}
