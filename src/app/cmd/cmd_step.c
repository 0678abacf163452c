/* SPDX-License-Identifier: GPL-3.0-or-later
 * step: takes a step of a record's loop. A step that makes a record (sign -> receipt) writes it in
 * the station's own area.
 */
#include <stdlib.h>
#include <string.h>

#include "app/cmd.h"
#include "app/out.h"
#include "app/prove.h"
#include "app/record.h"
#include "base/when.h"
#include "store/station.h"

/* The record that the step is for, and what is written. */
struct taking {
	struct app *app;
	struct record record;
	const struct step *step;
	struct ref written;
	int64_t again; /* signed so before, then: nothing was written */
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

static enum rc take_step(struct taking *taking, int argc, char **argv, struct fault *fault)
{
	struct actor actor = app_actor(taking->app);
	struct change change;
	change_step(&change, &actor, &taking->record, taking->step);
	enum rc rc = fields_words(&change, argc, argv, fault);
	/* A step says what was done, and nothing that was not typed; a record is filled in. */
	if (taking->step->flags & STEP_MAKES)
		change_defaults(&change);
	if (!rc)
		rc = prove_second(taking->app, &change, fault);
	if (!rc)
		rc = change_commit(&change, &taking->written, fault);
	if (!rc)
		fields_doubt(&change);
	taking->again = change.again;
	change_release(&change);
	return rc;
}

static int tell(struct taking *taking)
{
	struct app *app = taking->app;
	struct ref ref = taking->written;
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
	enum rc rc = app_may(taking->app, kind, taking->step->tag, &fault);
	if (!rc)
		rc = take_step(taking, argc, argv, &fault);
	if (rc)
		return app_fail(&fault);
	if (taking->again) {
		when_short(taking->again, store_now(taking->app->store), time);
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
	arena_release(&arena);
	return code;
}
