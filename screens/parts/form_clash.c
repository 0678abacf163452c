/* SPDX-License-Identifier: GPL-3.0-or-later
 * What stands against a form as it is filled: a draft that waits, and what somebody else wrote into
 * the same record meanwhile.
 */
#include <string.h>

#include "screens/display.h"
#include "screens/form_session.h"

/* OUT, which is released, in ARENA. */
static const char *keep_text(struct buf *out, struct arena *arena)
{
	const char *kept = arena_text(arena, buf_cstr(out));

	buf_release(out);
	return kept;
}

const char *form_session_waiting(const struct session *session, struct arena *arena)
{
	char time[WHEN_TEXT];
	struct buf text = {0};

	if (!session->offered)
		return "";
	display_time(session->waiting.at, store_now(session->store), time);
	buf_fmt(&text, _("有草稿 %s "), time);
	display_text(session->waiting.title, &text);
	return keep_text(&text, arena);
}

/* The field as it stands in the store now, as the form would write it. */
static void text_now(
	struct session *session, const struct row *row, const struct field *field, struct buf *out)
{
	struct form now = {0};

	form_start(&now, session->draft.kind, NULL, &session->form.ways);
	form_set(&now, field->tag, "");
	if (row_value(row, field->tag))
		form_fill(&now, field->tag, row_value(row, field->tag));
	buf_text(out, form_text(&now, field->tag));
	form_release(&now);
}

static void tell(struct session *session, unsigned place, const struct row *row, struct buf *clash)
{
	const struct field *field = session->form.fields[place].field;
	struct buf mine = {0};

	form_show(&session->form, place, &mine);
	buf_fmt(clash, _("%s刚被改为\""), _(field->label));
	display_field(session->store, row, field, false, clash);
	buf_text(clash, _("\"，您填的是\""));
	display_text(buf_cstr(&mine), clash);
	buf_text(clash, _("\"。"));
	buf_release(&mine);
}

static void put_clash(struct session *session, struct buf *clash)
{
	struct arena arena = {0};
	struct fault fault;
	struct row row;

	if (!session->draft.ref.seq ||
		store_row(session->store, session->draft.ref, &arena, &row, &fault) != RC_OK ||
		row.stamp == session->stamp) {
		arena_release(&arena);
		return;
	}
	session->stamp = row.stamp;
	for (unsigned n = 0; !session->draft.step && n < session->form.count; n++) {
		struct form_field *field = &session->form.fields[n];
		struct buf now = {0};
		const char *mine = edit_text(&field->edit);

		text_now(session, &row, field->field, &now);
		bool moved = strcmp(buf_cstr(&now), field->was) != 0;
		bool touched = strcmp(mine, field->was) != 0;
		if (moved && touched && strcmp(mine, buf_cstr(&now)) != 0)
			tell(session, n, &row, clash);
		else if (moved && !touched && row_value(&row, field->field->tag))
			form_fill(&session->form, field->field->tag,
				row_value(&row, field->field->tag));
		buf_release(&now);
	}
	if (session->draft.step) {
		buf_fmt(clash, _("这条记录刚被别人办过，现在是\"%s\"。"), display_state(&row));
	}
	arena_release(&arena);
}

const char *form_session_moved(struct session *session, struct arena *arena)
{
	struct buf clash = {0};

	put_clash(session, &clash);
	return keep_text(&clash, arena);
}
