/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the county's check rows want of a form: a number typed once more, a word that was read, a
 * reason, or another value. The cursor goes to the field that is meant.
 */
#include <string.h>

#include "base/text.h"
#include "model/area.h"
#include "model/codes.h"
#include "model/kinds.h"
#include "screens/display.h"
#include "screens/form_session.h"
#include "work/actions.h"
#include "work/check.h"
#include "work/instead.h"
#include "work/rules.h"

static void go_to(struct form *form, const struct field *field)
{
	for (unsigned n = 0; field && n < form->count; n++)
		if (form->fields[n].field == field)
			form->at = n;
}

/* The row and what stands in its field: another number is asked for once more. */
static uint64_t seen_mark(struct form *form, const struct check_found *found)
{
	uint64_t mark = found->rule->order + 1;

	for (const char *at = found->field ? form_text(form, found->field->tag) : ""; *at; at++)
		mark = mark * 131 + (unsigned char)*at;
	return mark;
}

static bool was_seen(const struct form_seen *seen, uint64_t mark)
{
	for (unsigned n = 0; n < seen->count; n++)
		if (seen->mark[n] == mark)
			return true;
	return false;
}

static void note(struct form_seen *seen, uint64_t mark)
{
	if (seen->count == FORM_SEEN) {
		memmove(seen->mark, seen->mark + 1, sizeof seen->mark - sizeof *seen->mark);
		seen->count--;
	}
	seen->mark[seen->count++] = mark;
}

static enum rc say_told(
	const struct change *change, const struct check_found *found, struct fault *fault)
{
	enum { TITLE = 40 };
	struct buf text = {0};
	char other[TITLE];

	if (check_like(change, found, &text)) {
		text_fit(other, sizeof other, buf_cstr(&text));
		if (found->cause)
			fault_set(fault, RC_BAD, _("%s。对的话再存一次：%s"),
				rule_text(found->rule), other);
		else
			fault_set(fault, RC_BAD, _("像 %s。不是同一件再 ^O，是就 ^X：%s"), other,
				rule_text(found->rule));
	} else {
		fault_set(fault, RC_BAD, _("%s。对的话再存一次"), rule_text(found->rule));
	}
	buf_release(&text);
	return RC_BAD;
}

static enum rc look_over(struct session *session, struct change *change, struct fault *fault)
{
	struct check_found found[CHECKS_MOST];
	struct form *form = &session->form;
	unsigned count = change_checks(change, found);

	for (unsigned n = 0; n < count; n++) {
		const struct rule *rule = found[n].rule;
		uint64_t mark = seen_mark(form, &found[n]);
		bool once = rule->check == CHECK_RETYPE || rule->check == CHECK_TELL;
		const char *label = found[n].field ? _(found[n].field->label) : "";
		char typed[64] = "";

		if (once && was_seen(&session->seen, mark))
			continue;
		go_to(form, found[n].field);
		if (!once) /* said by change_commit in its words */
			return RC_OK;
		note(&session->seen, mark);
		if (rule->check == CHECK_TELL || !found[n].field)
			return say_told(change, &found[n], fault);
		text_fit(typed, sizeof typed, form_text(form, found[n].field->tag));
		form_set(form, found[n].field->tag, "");
		return fault_set(fault, RC_BAD, _("%s：%s填的是 %s，请再打一遍"), rule_text(rule),
			label, typed);
	}
	return RC_OK;
}

/* What stands in the form, and what check rows want before it is written: something is to be typed
 * or saved once more, the cursor stands there and FAULT says it. */
static enum rc prepare(struct session *session, struct change *change, struct fault *fault)
{
	enum rc rc = form_session_make(session, change, fault);

	return !rc && (change->count || !session->draft.ref.seq || session->draft.step)
		       ? look_over(session, change, fault)
		       : rc;
}

enum rc form_session_ready(struct session *session, struct fault *fault)
{
	struct change change;
	enum rc rc = prepare(session, &change, fault);

	/* Who shows a PIN beside him is asked for behind this. */
	change.second = &session->user;
	if (!rc)
		rc = change_checked(&change, fault);
	change_release(&change);
	return rc;
}

enum rc form_session_save(struct session *session, struct ref *ref, struct fault *fault)
{
	struct change change;
	enum rc rc = prepare(session, &change, fault);

	*ref = session->draft.ref;
	if (!rc && (change.count || !ref->seq || session->draft.step))
		rc = change_commit(&change, ref, fault);
	session->again = change.again;
	text_fit(session->doubt, sizeof session->doubt, change.doubt ? change.doubt : "");
	change_release(&change);
	if (rc)
		return rc;
	session->saved = true;
	if (session->draft.instead.seq) {
		const struct actor actor = {.store = session->store,
			.user = session->second.who ? &session->second : &session->user};

		/* The new record is written: that stays so. */
		if (instead_write(&actor, session->draft.instead, *ref, fault))
			text_fit(session->doubt, sizeof session->doubt, fault->text);
	}
	/* The fact is kept; a draft that stays behind is a nuisance and no loss. */
	struct fault ignored;
	(void)!draft_drop(session->store, &session->user, &session->draft, &ignored);
	return RC_OK;
}

const struct rule *form_session_pair(struct session *session)
{
	struct change change;
	struct fault fault;
	const struct rule *rule =
		form_session_make(session, &change, &fault) ? NULL : change_wants_second(&change);

	change_release(&change);
	return rule;
}

/* Whom a field of places names; of a warning, where it is in force: everywhere when it does not
 * say. */
static bool goes_to(
	const struct session *session, const struct field *field, uint64_t area, struct bytes text)
{
	return field->type == T_AREAS ? !text.len || area_reach(text, area) != AREA_ELSEWHERE
				      : receiver_is(session->store, area, text);
}

struct running {
	uint64_t own;
	struct buf *out;
};

static bool see_running(const struct row *row, void *to)
{
	const struct running *running = to;
	const struct value *level = row_value(row, response_level);
	char code[16];

	if (row->area != running->own)
		return true;
	bytes_into(code, sizeof code, level ? level->text : bytes_text(""));
	buf_fmt(running->out, _("已有%s响应，调级按 R t；再启动一个"),
		code_text("response_level", code));
	return false;
}

/* The response that goes on here already, when a second one is to be started beside it. */
static bool put_running(const struct session *session, struct buf *out)
{
	struct running running = {store_area(session->store), out};
	struct query query = query_all(KIND_response);
	struct fault fault;

	query.state = response_is_on;
	return !session->draft.ref.seq && !session->draft.step &&
	       store_each(session->store, &query, see_running, &running, &fault) == RC_OK &&
	       out->len;
}

bool form_session_places(struct session *session, struct buf *out)
{
	const struct kind *kind = session->draft.kind;
	const struct field *field = kind->id == KIND_warning ? field_of(kind, warning_areas)
							     : field_flagged(kind, F_PLACES);
	uint64_t own = store_area(session->store), area = 0;
	unsigned count = 0, all = 0;
	struct buf names = {0};
	struct bytes name;

	if (kind->id == KIND_response)
		return put_running(session, out);
	if (!field || session->draft.ref.seq || session->draft.step)
		return false;
	struct bytes text = bytes_text(form_text(&session->form, field->tag));
	while (area_each(own, &area, &name)) {
		all++;
		if (!goes_to(session, field, area, text))
			continue;
		count++;
		buf_byte(&names, ' ');
		display_place(area, &names);
	}
	if (!all && field->type == T_AREAS) /* nobody is below: it stays here */
		return false;
	if (!count)
		buf_fmt(out, _("没有认出是哪个村，按文字发：%s"),
			form_text(&session->form, field->tag));
	else if (count == all)
		buf_fmt(out, _("发给全部%u处"), all);
	else
		buf_fmt(out, _("发给%u处：%s"), count, buf_cstr(&names) + 1);
	buf_release(&names);
	return true;
}

enum look form_session_said(const struct session *session, struct ref ref, struct buf *out)
{
	char number[32], said[ACTION_SAID];
	bool doubt = *session->doubt;

	if (session->again) {
		action_say_signed(session->store, ref, session->again, said);
		buf_text(out, said);
		return LOOK_PLAIN;
	}
	store_number(session->store, ref, number);
	buf_fmt(out, doubt ? _("已保存 %s；%s") : _("已保存 %s"), number, session->doubt);
	return doubt ? LOOK_BAD : LOOK_MARK;
}
