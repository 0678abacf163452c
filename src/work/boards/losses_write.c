/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the keys of the board B write: the merged report, the zero report, the order to the silent,
 * and a question.
 */
#include <string.h>

#include "model/area.h"
#include "model/codes.h"
#include "model/kinds.h"
#include "work/losses.h"
#include "work/writing.h"

enum { MINUTE = 60, URGE_MINUTES = 30, MERGED_MOST = 2000 };

bool losses_fall(const struct losses *losses)
{
	for (unsigned f = 0; losses->own && f < LOSS_FIGURES; f++)
		if (losses->difference.has[f] && losses->difference.num[f] < 0)
			return true;
	return false;
}

void losses_merged(const struct losses *losses, struct loss_numbers *numbers)
{
	*numbers = losses->sum;
	for (unsigned f = 0; losses->own && f < LOSS_FIGURES; f++) {
		if (numbers->has[f])
			continue;
		numbers->has[f] = losses->own->numbers.has[f];
		numbers->num[f] = losses->own->numbers.num[f];
	}
}

static void put_number(struct change *change, const char *name, int64_t number)
{
	const char *why;

	(void)change_put(change, change_named(change, name), value_num(number), &why);
}

/* The numbers of the reports that it adds up; what is quiet or silent adds nothing. */
static void put_merged(struct change *change, const struct losses *losses)
{
	const struct field *field = field_of(change->kind, report_merged);
	struct buf text = {0};
	const char *why;

	for (unsigned n = 0; n < losses->place_count && text.len < MERGED_MOST; n++) {
		char number[32];

		if (!losses->places[n].newest)
			continue;
		store_number(change->actor.store, losses->places[n].newest->ref, number);
		buf_fmt(&text, "%s%s", text.len ? " " : "", number);
	}
	(void)change_put(change, field, value_text(buf_cstr(&text)), &why);
	buf_release(&text);
}

static enum rc fill_merged(
	struct change *change, const struct losses *losses, const char *reason, struct fault *fault)
{
	enum loss_stage stage;
	int64_t serial;
	struct loss_numbers numbers;
	enum rc rc = writing_text(change, "event", losses->event, fault);

	(void)losses_next(losses, &stage, &serial);
	if (!rc)
		rc = writing_text(change, "stage", stage == LOSS_FIRST ? "first" : "follow", fault);
	if (!rc)
		rc = writing_text(change, "reason", reason, fault);
	if (stage != LOSS_FIRST) {
		put_number(change, "serial", serial);
		writing_ref(change, "first", losses->own_first->ref);
	}
	put_number(change, "time", losses->from);
	losses_merged(losses, &numbers);
	for (unsigned f = 0; f < LOSS_FIGURES; f++)
		if (numbers.has[f])
			put_number(change, loss_field(f)->name, numbers.num[f]);
	put_merged(change, losses);
	return rc;
}

enum rc losses_merge(const struct actor *actor, const struct losses *losses, const char *reason,
	struct ref *ref, struct fault *fault)
{
	struct change change;

	if (!losses->told)
		return fault_set(
			fault, RC_BAD, "%s", _("下面没有带数字的报告，没有可汇总的：r 催"));
	change_new(&change, actor, kind_of(KIND_report), (struct ref){0, 0});
	return writing_end(&change, fill_merged(&change, losses, reason, fault), ref, fault);
}

/* ---- a zero report */

struct known {
	const struct losses *losses;
	int64_t dead, missing; /* the most that one of those who know says */
};

static void learn(int64_t *most, const struct value *value)
{
	if (value && value->num > *most)
		*most = value->num;
}

static bool see_incident(const struct row *row, void *to)
{
	struct known *known = to;

	if (!row_void(row) && row->at >= known->losses->from) {
		learn(&known->dead, row_value(row, incident_dead));
		learn(&known->missing, row_value(row, incident_missing));
	}
	return true;
}

/* False: no report of the place has told it yet. */
static bool last_told(const struct losses *losses, uint64_t area, unsigned figure, int64_t *number)
{
	const struct loss_report *report;

	for (unsigned n = 0; (report = losses_version(losses, area, n)); n++)
		if (report->numbers.has[figure]) {
			*number = report->numbers.num[figure];
			return true;
		}
	return false;
}

static int64_t told(const struct losses *losses, enum loss_figure figure)
{
	int64_t number = 0;

	return last_told(losses, losses->area, figure, &number) ? number : 0;
}

static bool directly_below(const struct losses *losses, uint64_t area)
{
	return area_above(area) == losses->area;
}

/* Has the place between said what that of REPORT said? */
static bool passed_on(const struct losses *losses, const struct loss_report *report)
{
	uint64_t between = report->area;

	while (between && !directly_below(losses, between))
		between = area_above(between);
	return between != report->area && losses_version(losses, between, 0);
}

static bool differs(const struct losses *losses)
{
	bool any = false;

	for (unsigned f = 0; f < LOSS_FIGURES; f++)
		any |= losses->difference.has[f];
	return any;
}

/* Newest of its place, not final, and not yet in what this place or one between has told. */
static bool unsummed(const struct losses *losses, const struct loss_report *report)
{
	if (report->stage == LOSS_ZERO || report->stage == LOSS_VERIFIED ||
		report->area == losses->area || losses_version(losses, report->area, 0) != report ||
		passed_on(losses, report))
		return false;
	return !losses->own || (directly_below(losses, report->area) && differs(losses) &&
				       report->at > losses->own->at);
}

bool losses_unsummed(const struct losses *losses, struct loss_numbers *numbers)
{
	bool any = false;

	*numbers = (struct loss_numbers){0};
	for (unsigned n = 0; n < losses->count; n++) {
		const struct loss_report *report = &losses->reports[n];

		if (!unsummed(losses, report))
			continue;
		for (unsigned f = 0; f < LOSS_FIGURES; f++) {
			int64_t number = 0;

			numbers->has[f] |= last_told(losses, report->area, f, &number);
			numbers->num[f] += number;
			any |= number > 0;
		}
	}
	return any;
}

/* The numbers that people ask first; what is 0 says nothing here. */
static void put_unsummed(const struct loss_numbers *numbers, struct buf *out)
{
	for (unsigned f = 0; f < LOSS_FIGURES; f++) {
		if (numbers->num[f] <= 0)
			continue;
		buf_fmt(out, "%s%s ", out->len ? " " : "", _(loss_field(f)->label));
		loss_show(numbers, f, out);
	}
}

static enum rc nothing_unsummed(const struct losses *losses, struct fault *fault)
{
	struct loss_numbers numbers;
	struct buf text = {0};
	enum rc rc = RC_OK;

	if (losses_unsummed(losses, &numbers)) {
		put_unsummed(&numbers, &text);
		rc = fault_set(fault, RC_BAD, _("下面报了灾情没有汇总：%s"), buf_cstr(&text));
	}
	buf_release(&text);
	return rc;
}

static enum rc may_be_calm(
	const struct losses *losses, const struct actor *actor, struct fault *fault)
{
	struct known known = {.losses = losses,
		.dead = losses->sum.num[LOSS_DEAD],
		.missing = losses->sum.num[LOSS_MISSING]};
	struct query incidents = query_all(KIND_incident);

	incidents.area = losses->area;
	enum rc rc = store_each(actor->store, &incidents, see_incident, &known, fault);
	if (!rc && (known.dead > told(losses, LOSS_DEAD) ||
			   known.missing > told(losses, LOSS_MISSING)))
		rc = fault_set(fault, RC_BAD, _("知道有死亡%lld失踪%lld，还没有报：先按 B 报灾情"),
			(long long)known.dead, (long long)known.missing);
	return rc;
}

static enum rc look(struct losses *losses, struct world *world, const struct actor *actor,
	struct arena *arena, struct fault *fault)
{
	world_open(world, actor->store, actor->user, store_now(actor->store));
	enum rc rc = losses_load(losses, world, "", arena, fault);
	if (!rc)
		rc = may_be_calm(losses, actor, fault);
	return rc ? rc : nothing_unsummed(losses, fault);
}

enum rc losses_zero_may(const struct actor *actor, struct fault *fault)
{
	struct losses losses;
	struct world world;
	struct arena arena = {0};
	enum rc rc = look(&losses, &world, actor, &arena, fault);

	arena_release(&arena);
	return rc;
}

/* Of the event that was reported last; where there was none yet, the first of the table. */
enum rc losses_zero(const struct actor *actor, struct ref *ref, struct fault *fault)
{
	const struct code *first = code_each("disaster", NULL, NULL);
	struct losses losses;
	struct world world;
	struct arena arena = {0};
	struct change change;

	enum rc rc = look(&losses, &world, actor, &arena, fault);
	if (!rc) {
		const char *event = *losses.event ? losses.event : first ? first->code : "";

		change_new(&change, actor, kind_of(KIND_report), (struct ref){0, 0});
		rc = writing_text(&change, "event", event, fault);
		if (!rc)
			rc = writing_text(&change, "stage", "zero", fault);
		if (losses.own_first)
			writing_ref(&change, "first", losses.own_first->ref);
		rc = writing_end(&change, rc, ref, fault);
	}
	arena_release(&arena);
	return rc;
}

/* ---- asking */

/* A zero report from before the event says nothing of it. */
static bool unasked(const struct loss_place *place)
{
	return (loss_silent(place) || (!place->newest && !place->quiet)) && !place->urged;
}

unsigned losses_unasked(const struct losses *losses)
{
	unsigned count = 0;

	for (unsigned n = 0; n < losses->place_count; n++)
		count += unasked(&losses->places[n]);
	return count;
}

static void put_silent(const struct losses *losses, struct buf *out, unsigned *count)
{
	struct bytes name;

	for (unsigned n = 0; n < losses->place_count; n++) {
		const struct loss_place *place = &losses->places[n];

		if (!unasked(place) || !area_name(place->area, &name))
			continue;
		/* zh: between names in a text */
		buf_text(out, *count ? "、" : "");
		buf_put(out, name.at, name.len);
		++*count;
	}
}

enum rc losses_urge(const struct actor *actor, const struct losses *losses, unsigned *count,
	struct fault *fault)
{
	struct change change;
	struct buf to = {0}, text = {0};
	struct ref ref;
	enum rc rc;

	*count = 0;
	put_silent(losses, &to, count);
	buf_fmt(&text, _("%s：没有的报平安，按 0"), _(losses_urge_word));
	if (*count == 0) {
		rc = fault_set(fault, RC_BAD, "%s", _("没有要催的：没报的都催过了"));
	} else {
		change_new(&change, actor, kind_of(KIND_order), (struct ref){0, 0});
		rc = writing_text(&change, "text", buf_cstr(&text), fault);
		if (!rc)
			rc = writing_text(&change, "to", buf_cstr(&to), fault);
		put_number(&change, "due",
			store_now(actor->store) +
				rules_limit("report.urge.minutes", URGE_MINUTES) * MINUTE);
		rc = writing_end(&change, rc, &ref, fault);
	}
	buf_release(&to);
	buf_release(&text);
	return rc;
}

enum rc losses_ask(const struct actor *actor, const struct loss_report *report,
	const char *question, struct fault *fault)
{
	struct arena arena = {0};
	struct record record;
	struct change change;
	struct ref same;
	enum rc rc = store_record(actor->store, report->ref, &arena, &record, NULL, fault);

	if (!rc) {
		change_step(&change, actor, &record, step_named(record.kind, "check"));
		rc = writing_text(&change, "result", "failed", fault);
		if (!rc)
			rc = writing_text(&change, "text", question, fault);
		rc = writing_end(&change, rc, &same, fault);
	}
	arena_release(&arena);
	return rc;
}
