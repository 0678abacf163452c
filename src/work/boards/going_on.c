/* SPDX-License-Identifier: GPL-3.0-or-later
 * What goes on here, and which cards are for it.
 */
#include "work/going_on.h"

#include <string.h>

#include "model/area.h"
#include "model/codes.h"
#include "model/kinds.h"
#include "model/packs.h"
#include "store/station.h"
#include "work/agenda.h"
#include "work/in_force.h"

struct looking {
	struct going_on *going_on;
	uint64_t own;
};

static void add(struct going_on *going_on, const struct row *row, unsigned tag)
{
	const struct value *event = row_value(row, tag);

	if (!event || going_on->count == GOING_MOST)
		return;
	struct going *going = &going_on->at[going_on->count++];
	bytes_into(going->event, sizeof going->event, event->text);
	going->colour = row_colour(row);
}

static bool see(const struct row *row, void *to)
{
	struct looking *looking = to;

	if (area_within(looking->own, row->area) || area_within(row->area, looking->own))
		add(looking->going_on, row,
			row->kind->id == KIND_incident ? incident_event : response_event);
	return true;
}

static enum rc see_open(
	struct going_on *going_on, struct store *store, unsigned kind, struct fault *fault)
{
	struct looking looking = {going_on, store_area(store)};
	struct query query = query_all(kind);

	query.state_flags = STATE_OPEN;
	return store_each(store, &query, see, &looking, fault);
}

enum rc going_on_load(struct going_on *going_on, struct world *world, struct fault *fault)
{
	struct in_force in_force;
	enum rc rc = in_force_load(&in_force, world, fault);

	*going_on = (struct going_on){.now = world->around.now, .role = ""};
	(void)store_reader(world->store, &going_on->role);
	for (unsigned n = 0; n < in_force.count && !rc; n++) {
		struct arena arena = {0};
		struct row row;

		rc = store_row(world->store, in_force.at[n], &arena, &row, fault);
		if (!rc)
			add(going_on, &row, warning_event);
		arena_release(&arena);
	}
	if (!rc)
		rc = see_open(going_on, world->store, KIND_incident, fault);
	return rc ? rc : see_open(going_on, world->store, KIND_response, fault);
}

/* EVENT is it, or stands below it in the table. */
static bool is_event(const char *wanted, const char *event)
{
	for (const struct code *code = code_find("event", event); code;
		code = code_find("event", code->parent))
		if (!strcmp(code->code, wanted))
			return true;
	return false;
}

static bool fits_going(const struct going *going, const char *event, const char *colour)
{
	static const char *const colours[] = {"red", "orange", "yellow", "blue"};

	return is_event(event, going->event) &&
	       (!colour || (going->colour < countof(colours) &&
				   !strcmp(colours[going->colour], colour)));
}

static struct card_fit word_fits(const struct going_on *going_on, char *word)
{
	static const char season[] = "season=", role[] = "role=";
	char *colour;

	if (!strncmp(word, role, strlen(role)))
		return (struct card_fit){NULL, NULL, !strcmp(word + strlen(role), going_on->role)};

	if (!strncmp(word, season, strlen(season))) {
		const char *name = word + strlen(season);

		return (struct card_fit){NULL,
			rules_season(name, going_on->now) ? rules_named(RULE_SEASON, name) : NULL,
			false};
	}
	if ((colour = strchr(word, '/')))
		*colour++ = '\0';
	for (unsigned n = 0; n < going_on->count; n++)
		if (fits_going(&going_on->at[n], word, colour))
			return (struct card_fit){&going_on->at[n], NULL, false};
	return (struct card_fit){NULL, NULL, false};
}

struct card_fit going_on_fits(const struct going_on *going_on, const char *event, const char *fits)
{
	struct card_fit fit = {NULL, NULL, false};
	char word[FITS_WORD];

	if (!*fits)
		fits = event;
	while (!fit.going && !fit.season && !fit.role && card_fits_word(&fits, word))
		fit = word_fits(going_on, word);
	return fit;
}

bool card_is_ours(const char *level, enum level own)
{
	for (unsigned n = 0; n < LEVELS; n++)
		if (!strcmp(level_names[n], level))
			return n == (unsigned)own;
	return true;
}

/* ---- the response to a warning */

struct running {
	struct card_run *run;
	struct store *store;
	struct going_on warned; /* the one warning */
	struct ref warning;
	int64_t at; /* since when it is in force */
	struct arena *arena;
};

static const char *row_text(const struct row *row, unsigned tag, struct arena *arena)
{
	const struct value *value = row_value(row, tag);

	return value ? (const char *)arena_bytes(arena, value->text).at : "";
}

static unsigned steps_of(const struct row *card)
{
	const struct value *text = row_value(card, card_text);
	struct buf steps = {0};
	unsigned count = 0;

	if (text)
		card_steps(text->text, &steps);
	for (size_t n = 0; n < steps.len; n++)
		count += steps.at[n] == '\n' || n + 1 == steps.len;
	buf_release(&steps);
	return count;
}

static bool see_card(const struct row *row, void *to)
{
	struct running *running = to;
	struct card_run *run = running->run;
	const char *level = row_text(row, card_level, running->arena);

	if (row_void(row) || !card_is_ours(level, store_station(running->store)->level) ||
		!going_on_fits(&running->warned, row_text(row, card_event, running->arena),
			row_text(row, card_fits, running->arena))
			 .going)
		return true;
	run->card = row->ref;
	run->title = row_text(row, card_title, running->arena);
	run->steps = steps_of(row);
	return false;
}

static bool names(const struct row *row, unsigned tag, struct ref wanted)
{
	const struct value *value = row_value(row, tag);
	struct ref ref;

	return value && value->wire == WIRE_BYTES && ref_take(value->text, &ref) && wanted.seq &&
	       ref.site == wanted.site && ref.seq == wanted.seq;
}

/* For the warning, or for one that it has taken the place of. */
static bool for_warning(const struct running *running, const struct row *response)
{
	enum { VERSIONS = 8 };
	const struct value *value = row_value(response, response_warning);
	struct ref ref;
	bool found = false;
	unsigned left = VERSIONS;

	if (!value || value->wire != WIRE_BYTES || !ref_take(value->text, &ref))
		return false;
	while (!(found = ref.site == running->warning.site && ref.seq == running->warning.seq) &&
		left--) {
		struct arena arena = {0};
		struct fault fault;
		struct row row;
		bool updated = store_row(running->store, ref, &arena, &row, &fault) == RC_OK &&
			       row.state == warning_is_updated &&
			       (value = row_value(&row, warning_other)) &&
			       value->wire == WIRE_BYTES && ref_take(value->text, &ref);

		arena_release(&arena);
		if (!updated)
			break;
	}
	return found;
}

/* Of this place, for the warning; or one that was started with the same card and for no warning,
 * while this one was in force: what was started for another, or before, says nothing of it. */
static bool see_response(const struct row *row, void *to)
{
	struct running *running = to;
	bool on = row->state == response_is_on;

	if (row->area != store_area(running->store) ||
		!(for_warning(running, row) ||
			(on && !row_value(row, response_warning) && row->at >= running->at &&
				names(row, response_card, running->run->card))))
		return true;
	running->run->response = row->ref;
	running->run->over = !on;
	return !on;
}

static bool see_task(const struct row *row, void *to)
{
	struct card_run *run = to;

	if (row_void(row))
		return true;
	run->tasks++;
	run->done += row->state == task_is_done;
	run->doing += row->state == task_is_accepted || row->state == task_is_doing;
	return true;
}

enum rc card_run_load(struct card_run *run, struct store *store, const struct row *warning,
	struct arena *arena, struct fault *fault)
{
	struct running running = {run, store, {.now = store_now(store), .role = ""}, warning->ref,
		warning->at, arena};
	struct query cards = query_all(KIND_card), responses = query_all(KIND_response),
		     tasks = query_all(KIND_task);

	*run = (struct card_run){.title = ""};
	add(&running.warned, warning, warning_event);
	cards.order = card_code;
	enum rc rc = store_each(store, &cards, see_card, &running, fault);
	if (!rc)
		rc = store_each(store, &responses, see_response, &running, fault);
	tasks.parent = run->response;
	if (!rc && run->response.seq)
		rc = store_each(store, &tasks, see_task, run, fault);
	return rc;
}
