/* SPDX-License-Identifier: GPL-3.0-or-later
 * Writing in line mode: the form asked field by field, signed and saved.
 */
#include "app/talk.h"
#include "model/kinds.h"
#include "work/actions.h"
#include "screens/form_session.h"
#include "screens/people.h"
#include "screens/display.h"

/* Somebody may have written meanwhile: both are said, and the person decides. */
static enum line_act confirm(struct talk *talk, struct session *session, bool *go)
{
	struct arena arena = {0};
	struct buf places = {0};
	enum line_act act = LINE_OK;
	const char *clash = form_session_moved(session, &arena);

	*go = true;
	if (*clash) {
		line_say(&talk->line, "%s", clash);
		act = line_yes(&talk->line, _("以您的为准保存吗？"), go);
	}
	/* To whom it goes, before it does. */
	if (act == LINE_OK && *go && form_session_places(session, &places))
		act = line_yes(&talk->line, buf_cstr(&places), go);
	buf_release(&places);
	arena_release(&arena);
	return act;
}

/* One of the others here, with his own PIN. */
static bool ask_another(struct talk *talk, const char *what, struct user *other)
{
	struct people people = {.store = talk->store, .but = talk->user.who, .with_pin = true};
	struct pick pick;

	pick_start(&pick, "", people_offer, &people, "", false);
	bool good = line_pick(&talk->line, &pick) == LINE_OK &&
		    people_chosen(&people, &pick, other) && talk_prove(talk, other, what);
	pick_release(&pick);
	return good;
}

/* Where the county wants two, the second shows a PIN as well. */
static bool pair(struct talk *talk, struct session *session)
{
	const struct rule *rule = form_session_pair(session);
	const char *what;

	(void)form_session_asks(session, &what);
	if (rule)
		line_say(&talk->line, _("%s。第二个人是谁？"), rule_text(rule));
	return !rule || ask_another(talk, what, &session->pair);
}

/* Who signs it: the user, or where somebody else has to, one who is here with his own PIN. */
static bool sign(struct talk *talk, struct session *session)
{
	const char *what, *why = NULL;
	struct user second;
	bool asks = form_session_asks(session, &what);

	if (!form_session_other(session))
		return (!asks || talk_prove(talk, &talk->user, what)) && pair(talk, session);
	line_say(&talk->line, _("%s要由另一个人办。由谁签？"), what);
	bool good = ask_another(talk, what, &second);
	if (good && !form_session_second(session, &second, &why))
		line_bad(&talk->line, "%s%s%s", second.name, display_colon(), why);
	return good && !why && pair(talk, session);
}

/* A draft for the same comes when it is wanted. */
static enum line_act fetch(struct talk *talk, struct session *session)
{
	struct arena arena = {0};
	struct fault fault = {0};
	bool yes = false;
	const char *waiting = form_session_waiting(session, &arena);
	const char *question = arena_fmt(&arena, _("%s，取回吗？"), waiting);
	enum line_act act = *waiting ? line_yes(&talk->line, question, &yes) : LINE_OK;

	arena_release(&arena);
	if (act == LINE_OK && yes && form_session_fetch(session, &fault))
		line_bad(&talk->line, "%s", fault.text);
	return act;
}

/* Who took down an incident goes on with its calls. */
static enum line_act say_saved(struct talk *talk, const struct session *session, struct ref ref)
{
	struct buf said = {0};

	form_session_said(session, ref, &said);
	line_say(&talk->line, "%s", buf_cstr(&said));
	buf_release(&said);
	return session->draft.kind->id == KIND_incident && !session->draft.ref.seq
		       ? talk_incident(talk, ref)
		       : LINE_OK;
}

enum line_act talk_write(struct talk *talk, const struct draft *purpose)
{
	struct session session;
	struct fault fault = {0};
	struct ref ref;
	struct buf title = {0};
	bool go = false;

	if (form_session_open(&session, talk->store, &talk->user, purpose, &fault)) {
		line_bad(&talk->line, "%s", fault.text);
		return LINE_OK;
	}
	form_session_title(&session, &title);
	line_say(&talk->line, "%s", buf_cstr(&title));
	if (session.restored)
		line_say(&talk->line, "%s", _("接着上次没写完的草稿"));
	enum line_act act = fetch(talk, &session);
	enum rc rc;
	do {
		rc = RC_OK;
		if (act == LINE_OK)
			act = line_form(&talk->line, &session.form);
		if (act == LINE_OK)
			act = confirm(talk, &session, &go);
		if (act == LINE_OK && go)
			go = sign(talk, &session);
		if (act == LINE_OK && go && (rc = form_session_save(&session, &ref, &fault))) {
			line_bad(&talk->line, "%s", fault.text);
			session.form.top = session.form.at; /* what is wanted is asked next */
		}
	} while (rc == RC_BAD);
	if (act == LINE_OK && go && !rc)
		act = say_saved(talk, &session, ref);
	if (!session.saved && form_changed(&session.form)) {
		form_session_keep(&session);
		line_say(&talk->line, "%s", _("没有保存，草稿留着"));
	}
	buf_release(&title);
	form_session_release(&session);
	return act;
}
