/* SPDX-License-Identifier: GPL-3.0-or-later
 * A form that begins with what is known: a disaster report with its event, time and number in its
 * chain, last time's figures beside the new ones, and the cursor on the first of these.
 */
#include <string.h>

#include "base/when.h"
#include "model/kinds.h"
#include "screens/display.h"
#include "screens/form_session.h"
#include "work/check.h"
#include "work/figures.h"
#include "work/incident.h"
#include "work/losses.h"
#include "work/moving.h"

/* What registers know of the same: stands beside the figure. */
static const struct {
	unsigned tag, kind, people;
	int state;
	const char *label;
} registers[] = {
	{report_affected, KIND_household, household_people, -1, N_("在册%lld")},
	{report_moved, KIND_transfer, transfer_people, transfer_is_arrived, N_("Z已到%lld")},
	{report_resettled, KIND_stay, stay_people, stay_is_in, N_("在所%lld")},
};

struct adding {
	struct moving moving;
	unsigned tag;
	int64_t sum;
};

static bool see_people(const struct row *row, void *to)
{
	struct adding *adding = to;
	const struct value *people = row_value(row, adding->tag);

	if (row->kind->id == KIND_transfer && !moving_counts(&adding->moving, row))
		return true;
	adding->sum += people && !row_void(row) ? people->num : 0;
	return true;
}

static void put_registered(const struct session *session, unsigned tag, struct buf *out)
{
	for (size_t n = 0; n < countof(registers); n++) {
		struct adding adding = {.tag = registers[n].people};
		struct query query = query_all(registers[n].kind);
		struct arena arena = {0};
		struct fault fault;

		if (registers[n].tag != tag)
			continue;
		query.area = session->draft.area;
		query.state = registers[n].state;
		if (!moving_load(&adding.moving, session->store, store_now(session->store), &arena,
			    &fault) &&
			!store_each(session->store, &query, see_people, &adding, &fault) &&
			adding.sum)
			buf_fmt(out, _(registers[n].label), (long long)adding.sum);
		arena_release(&arena);
	}
}

/* Beside each figure: last time's ('.' = it was not known), and what registers say. */
static void put_last(struct session *session, const struct record *before)
{
	for (const struct field *field = session->draft.kind->fields; field->tag; field++) {
		const struct cell *cell = before ? record_cell(before, field->tag) : NULL;
		struct buf last = {0}, note = {0};

		if (!(field->flags & F_SUM))
			continue;
		if (cell)
			value_show(field, &cell->value, &session->form.ways.values, &last);
		else if (before)
			buf_byte(&last, '.');
		put_registered(session, field->tag, &note);
		form_last(&session->form, field->tag, buf_cstr(&last), buf_cstr(&note));
		buf_release(&last);
		buf_release(&note);
	}
}

static void give(struct session *session)
{
	char line[160];

	for (const char *at = session->draft.presets; *at; at += *at == '\n') {
		size_t len = strcspn(at, "\n");
		char *equals;

		bytes_into(line, sizeof line, bytes_of(at, len));
		equals = strchr(line, '=');
		at += len;
		if (!equals)
			continue;
		*equals = '\0';
		const struct field *field = field_named(session->draft.kind, line);
		if (field)
			form_give(&session->form, field->tag, equals + 1);
	}
}

/* Numbers that the registers know already: people type what is not registered. */
static void fill(struct session *session)
{
	for (const struct field *field = session->draft.kind->fields; field->tag; field++) {
		struct buf text = {0};

		if (fill_number(
			    session->store, session->draft.kind, field, session->draft.area, &text))
			form_give(&session->form, field->tag, buf_cstr(&text));
		buf_release(&text);
	}
}

/* What is asked first where a record begins: what it is, where, and what is wrong, or what to do
 * and who; how grave it is comes behind, as most are not. */
static void put_in_order(struct session *session)
{
	static const struct {
		unsigned kind, tag, behind;
	} moves[] = {{KIND_hazard, hazard_place, hazard_category},
		{KIND_hazard, hazard_text, hazard_place},
		{KIND_report, report_text, report_loss_wan}, {KIND_order, order_to, order_text},
		{KIND_incident, incident_event, incident_text},
		{KIND_warning, warning_headline, warning_severity},
		{KIND_warning, warning_issuer, warning_headline},
		{KIND_warning, warning_areas, warning_issuer},
		{KIND_warning, warning_expires, warning_areas}};

	for (size_t n = 0; n < countof(moves); n++)
		if (moves[n].kind == session->draft.kind->id)
			form_move(&session->form, moves[n].tag, moves[n].behind);
}

void form_session_begin(struct session *session)
{
	put_in_order(session);
	fill(session);
}

/* ---- what it is, guessed */

/* The field that the words typed into the others say; NULL: there is none here. */
static struct form_field *guessed_field(struct session *session)
{
	struct form *form = &session->form;
	bool new = !session->draft.ref.seq && !session->draft.step && !session->draft.presets;

	for (unsigned n = 0; n < form->count && new; n++)
		if (form->fields[n].field->init && !strcmp(form->fields[n].field->init, "words"))
			return &form->fields[n];
	return NULL;
}

void form_session_guess(struct session *session)
{
	struct form *form = &session->form;
	const struct form_field *guess = guessed_field(session);
	struct buf told = {0};

	if (!guess)
		return;
	unsigned tag = guess->field->tag;
	/* Chosen, or taken out: it is a person's now. */
	if (strcmp(form_text(form, tag), guess->given ? guess->given : "") != 0) {
		form_last(form, tag, "", "");
		return;
	}
	for (unsigned n = 0; n < form->count; n++) {
		const struct field *field = form->fields[n].field;

		if (field->type == T_TEXT || field->type == T_LONG)
			buf_fmt(&told, "%s ", form_text(form, field->tag));
	}
	const struct code *word = code_inside("incident_word", buf_cstr(&told));
	const char *code = word ? word->zh : "";
	if (strcmp(form_text(form, tag), code) != 0) {
		form_give(form, tag, code);
		form_last(form, tag, "", word ? _("按所说猜的，空格改") : "");
	}
	buf_release(&told);
}

void form_session_unguessed(struct session *session, struct change *change)
{
	const struct form_field *guess = guessed_field(session);
	const char *why;

	if (guess && guess->given && !*form_text(&session->form, guess->field->tag))
		(void)change_set(change, guess->field->name, "", &why);
}

/* What a caller told is not typed again where it is handed on. */
void form_session_carry(struct session *session, const struct row *from)
{
	static const struct {
		unsigned from, kind, to;
	} carried[] = {{incident_place, KIND_tip, tip_place},
		{incident_text, KIND_tip, tip_subject}, {incident_caller, KIND_tip, tip_giver},
		{incident_phone, KIND_tip, tip_phone}, {incident_place, KIND_hazard, hazard_place},
		{incident_text, KIND_hazard, hazard_text}};

	for (size_t n = 0; n < countof(carried) && from->kind->id == KIND_incident; n++) {
		struct buf text = {0};

		if (carried[n].kind != session->draft.kind->id)
			continue;
		row_field(session->store, from, carried[n].from, true, &text);
		form_give(&session->form, carried[n].to, buf_cstr(&text));
		buf_release(&text);
	}
}

void form_session_presets(struct session *session, struct change *change)
{
	struct record before;
	char time[WHEN_TEXT];

	give(session);
	if (session->draft.kind->id != KIND_report)
		return;
	bool has = form_hand(&session->form, change) && change_before(change, &before);
	put_last(session, has ? &before : NULL);
	if (has)
		when_short(before.at, store_now(session->store), time);
	session->last = has ? arena_fmt(&session->arena, _("上次%s"), time) : "";
}

/* What was given, as it does not stand among what is asked. */
static void say_given(struct form *form, struct buf *out)
{
	for (unsigned n = 0; n < form->count; n++) {
		const struct field *field = form->fields[n].field;
		const char *text = form_text(form, field->tag);

		if (field->type == T_CODE && *text)
			buf_fmt(out, "%s%s%s", out->len ? " " : "", _(field->label), display_gap());
		if (field->type == T_CODE && *text)
			buf_text(out, code_text(field->codes, text));
	}
}

/* What runs from the moment it is written. */
static void say_limits(const struct session *session, struct buf *out)
{
	static const char *const labels[INCIDENT_DUTIES] = {
		[INCIDENT_RESPOND] = N_("回应"),
		[INCIDENT_TELL] = N_("电话报"),
		[INCIDENT_WRITE] = N_("书面报"),
	};
	enum { MINUTE = 60 };
	struct incident_limits limits;
	struct world world;
	int64_t now = store_now(session->store);

	world_open(&world, session->store, NULL, now);
	incident_limits_new(&limits, &world, now);
	for (unsigned n = 0; n < INCIDENT_DUTIES; n++)
		if (limits.until[n])
			buf_fmt(out, _("%s%s %lld分内"), out->len ? "  " : "", _(labels[n]),
				(long long)((limits.until[n] - now) / MINUTE));
	buf_text(out, limits.until[INCIDENT_TELL] ? _("，从存下起算") : "");
}

static void put_about(struct session *session, bool narrow, struct buf *out)
{
	char time[WHEN_TEXT];
	int64_t at, now = store_now(session->store);
	const char *why;

	if (session->draft.presets && session->draft.kind->id != KIND_report)
		say_given(&session->form, out);
	if (session->draft.kind->id == KIND_incident && !session->draft.ref.seq)
		say_limits(session, out);
	if (!session->draft.presets || session->draft.kind->id != KIND_report)
		return;
	display_place(session->draft.area, out);
	if (!when_parse(form_text(&session->form, report_time), now, &at, &why))
		return;
	when_short(at, now, time);
	buf_fmt(out, " %s", time);
	if (!strcmp(form_text(&session->form, report_stage), "first")) {
		at += losses_first_limit(session->draft.area);
		when_short(at, now, time);
		buf_byte(out, ' ');
		buf_fmt(out, _("限%s"), time);
		buf_byte(out, ' ');
		display_left(at, now, out);
	}
	if (*session->last && !narrow)
		buf_fmt(out, "  %s", session->last);
	if (*session->last)
		buf_fmt(out, "  %s", _("=同上次"));
	buf_fmt(out, "  %s", _("空=不知"));
}

const char *form_session_about(struct session *session, bool narrow, struct arena *arena)
{
	struct buf text = {0};

	put_about(session, narrow, &text);
	const char *said = arena_text(arena, buf_cstr(&text));
	buf_release(&text);
	return said;
}
