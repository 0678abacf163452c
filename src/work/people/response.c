/* SPDX-License-Identifier: GPL-3.0-or-later
 * Responses that are on here, and the steps of one.
 */
#include "work/response.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/area.h"
#include "model/codes.h"
#include "model/kinds.h"
#include "work/leaving.h"
#include "work/writing.h"

struct loading {
	struct responses *responses;
	struct world *world;
	struct arena *arena;
	size_t on_room, below_room, step_room;
	uint64_t own;
};

static const char *text_of(struct loading *to, const struct row *row, unsigned tag)
{
	return row_field_text(to->world->store, row, tag, true, to->arena);
}

static bool same(struct ref a, struct ref b)
{
	return a.site == b.site && a.seq == b.seq;
}

/* ---- which are on */

static struct response_on on_of(struct loading *loading, const struct row *row)
{
	return (struct response_on){.ref = row->ref,
		.area = row->area,
		.ours = row->area == loading->own,
		.at = row->at,
		.event = text_of(loading, row, response_event),
		.level = text_of(loading, row, response_level),
		.basis = text_of(loading, row, response_basis),
		.leader = text_of(loading, row, response_leader),
		.proposal = ""};
}

static bool see_response(const struct row *row, void *to)
{
	struct loading *loading = to;
	struct responses *responses = loading->responses;

	if (!area_within(loading->own, row->area)) {
		if (!store_within(loading->world->store, row->area))
			return true;
		responses->below = array_more_in(loading->arena, responses->below,
			responses->below_count, &loading->below_room, sizeof *responses->below);
		responses->below[responses->below_count++] = on_of(loading, row);
		return true;
	}
	responses->on = array_more_in(loading->arena, responses->on, responses->count,
		&loading->on_room, sizeof *responses->on);
	responses->on[responses->count++] = on_of(loading, row);
	const struct standing standing = standing_of(loading->world, row);
	if (standing.needed.rule)
		responses->on[responses->count - 1].proposal =
			arena_text(loading->arena, needed_text(&standing.needed));
	return true;
}

static int by_place(const void *a, const void *b)
{
	const struct response_on *x = a, *y = b;

	if (x->ours != y->ours)
		return x->ours ? -1 : 1;
	return (x->at < y->at) - (x->at > y->at);
}

/* ---- steps */

/* Who took the last step of a task that is done. */
static void find_doer(struct loading *to, struct response_step *step)
{
	struct arena arena = {0};
	struct history history = {0};
	struct record record;
	struct fault fault;
	struct buf name = {0};

	if (store_record(to->world->store, step->task, &arena, &record, &history, &fault))
		history.count = 0;
	for (size_t n = 0; n < history.count; n++) {
		const struct op *op = &history.ops[n];

		if (op->step != task_do_finish || history.verdicts[n] != V_GOOD)
			continue;
		buf_clear(&name);
		store_author_of(to->world->store, op->site, op->who, op->by, &name);
		step->done_at = op_at(op);
	}
	step->by = arena_text(to->arena, buf_cstr(&name));
	buf_release(&name);
	arena_release(&arena);
}

static bool see_task(const struct row *row, void *to)
{
	struct loading *loading = to;
	struct responses *responses = loading->responses;
	const struct value *due = row_value(row, task_due);

	if (row_void(row))
		return true;
	responses->steps = array_more_in(loading->arena, responses->steps, responses->step_count,
		&loading->step_room, sizeof *responses->steps);
	struct response_step *step = &responses->steps[responses->step_count++];
	*step = (struct response_step){.task = row->ref,
		.text = text_of(loading, row, task_text),
		.who = text_of(loading, row, task_to),
		.by = "",
		.state = row->state,
		.at = row->at,
		.due = due ? due->num : 0};
	struct record record;
	row_record(row, &record);
	step->mine = loading->world->around.mine(loading->world, &record, "to");
	return true;
}

static int by_seq(const void *a, const void *b)
{
	const struct response_step *x = a, *y = b;

	if (x->task.site != y->task.site)
		return x->at < y->at ? -1 : 1;
	return (x->task.seq > y->task.seq) - (x->task.seq < y->task.seq);
}

/* ---- what boards count */

static bool says(const char *text, const char *words)
{
	for (const char *at = words; *at;) {
		char word[24] = "";
		size_t len = strcspn(at, ",");

		memcpy(word, at, len < sizeof word ? len : sizeof word - 1);
		if (*word && strstr(text, word))
			return true;
		at += len + (at[len] == ',');
	}
	return false;
}

static void count_step(const struct leaving *leaving, const char *board, struct response_step *step)
{
	if (!strcmp(board, "home")) {
		step->done = leaving->counts[HOME_ARRIVED];
		step->of = leaving->counts[HOME_ARRIVED] + leaving->left;
	} else if (!strcmp(board, "shelter")) {
		step->done = leaving->open;
		step->of = leaving->shelters_all;
	} else if (!strcmp(board, "told")) {
		step->done = leaving->homes.counts[HOME_TOLD] +
			     leaving->homes.counts[HOME_LEAVING] +
			     leaving->homes.counts[HOME_ARRIVED];
		step->of = leaving->homes.count;
	}
}

/* The code table card_count: which board, and the words of a step that it counts. */
static enum rc count_boards(struct loading *to, struct fault *fault)
{
	struct responses *responses = to->responses;
	struct leaving leaving = {0};
	enum rc rc =
		responses->step_count ? leaving_load(&leaving, to->world, to->arena, fault) : RC_OK;

	for (unsigned n = 0; n < responses->step_count && !rc; n++)
		for (const struct code *code = NULL; (code = code_each("card_count", NULL, code));)
			if (says(responses->steps[n].text, code->zh))
				count_step(&leaving, code->code, &responses->steps[n]);
	return rc;
}

static void sum_up(struct loading *to)
{
	struct responses *responses = to->responses;

	if (responses->step_count)
		qsort(responses->steps, responses->step_count, sizeof *responses->steps, by_seq);
	for (unsigned n = 0; n < responses->step_count; n++) {
		struct response_step *step = &responses->steps[n];

		if (step->state == task_is_done) {
			find_doer(to, step);
			responses->done++;
			continue;
		}
		responses->doing += step->state != task_is_open;
		responses->late += step->due && step->due < to->world->around.now;
	}
}

enum rc responses_load(
	struct responses *responses, struct world *world, struct arena *arena, struct fault *fault)
{
	struct loading loading = {.responses = responses,
		.world = world,
		.arena = arena,
		.own = store_area(world->store)};
	struct query on = query_all(KIND_response), tasks = query_all(KIND_task);
	struct ref open = responses->open;

	*responses = (struct responses){0};
	on.state_flags = STATE_OPEN;
	enum rc rc = store_each(world->store, &on, see_response, &loading, fault);
	if (responses->count)
		qsort(responses->on, responses->count, sizeof *responses->on, by_place);
	if (responses->below_count)
		qsort(responses->below, responses->below_count, sizeof *responses->below, by_place);
	for (unsigned n = 0; n < responses->count; n++)
		if (same(responses->on[n].ref, open))
			responses->open = open;
	if (!responses->open.seq && responses->count)
		responses->open = responses->on[0].ref;
	tasks.parent = responses->open;
	if (!rc && responses->open.seq)
		rc = store_each(world->store, &tasks, see_task, &loading, fault);
	if (!rc)
		rc = count_boards(&loading, fault);
	sum_up(&loading);
	return rc;
}

enum rc response_tick(
	const struct actor *actor, const struct response_step *step, struct fault *fault)
{
	return writing_step(actor, step->task, "finish", "", fault);
}
