/* SPDX-License-Identifier: GPL-3.0-or-later
 * One form being filled for one purpose: a new record, an edit, or a step. Opening it finds the
 * draft, saving it looks whether somebody was faster. Shared by the write screen and the line mode.
 */
#ifndef SCREENS_FORM_SESSION_H
#define SCREENS_FORM_SESSION_H

#include "work/drafts.h"
#include "store/station.h"
#include "ui/form.h"

/* Numbers that were asked for once more, and words that were read: by row and what stood in the field. */
enum { FORM_SEEN = 16 };
struct form_seen {
	uint64_t mark[FORM_SEEN];
	unsigned count;
};

struct session {
	struct form form;
	struct draft draft; /* what it is for */
	struct store *store;
	struct user user;
	struct user second;       /* in whose name it is written instead; who 0 = the user's */
	struct user pair;         /* who has shown a PIN beside whoever writes it; who 0 = nobody */
	uint64_t stamp;           /* of the record as the writer knows it */
	const struct step *taken; /* of the parent: makes this record; NULL: none does */
	unsigned parent_kind;     /* with TAKEN: what the parent is, */
	int parent_state;         /* and its state */
	struct form_seen seen;
	bool restored;        /* the form holds a draft */
	bool offered;         /* one waits that was not fetched: .waiting */
	struct draft waiting; /* its title lies in .arena */
	struct arena arena;
	const char *last;       /* "上次03:44", in the arena; "" = there was none */
	bool saved;             /* written, or given up: no draft is kept any more */
	int64_t again;          /* saved: nothing was written, as this person signed so then
			       (action_say_signed) */
	char doubt[FAULT_TEXT]; /* saved: a name in it is that of several, who they are; "" */
	bool draft_lost;        /* keeping the draft failed last time: .fault says why */
	struct fault fault;
};

/* PURPOSE says what; its parent or area may be empty. One that drafts_of gave fetches that draft; else
 * the form begins empty, and says whether one waits. The session must not move in memory. */
enum rc form_session_open(struct session *session, struct store *store, const struct user *user, const struct draft *purpose,
	struct fault *fault) MUST_CHECK;
void form_session_release(struct session *session);
/* Keep what is typed now, the field being typed included. */
void form_session_keep(struct session *session);
/* The draft that waits comes into the form; what was typed until then stays a draft of its own. */
enum rc form_session_fetch(struct session *session, struct fault *fault) MUST_CHECK;
/* "有草稿 04:50 裂缝加宽", in ARENA; "" = none waits. */
const char *form_session_waiting(const struct session *session, struct arena *arena);
/* Forget the draft and begin again. */
enum rc form_session_again(struct session *session, struct fault *fault) MUST_CHECK;
/* "隐患 新登记", "交办 ZZ-17 后山" */
void form_session_title(struct session *session, struct buf *out);
/* What somebody wrote into the record since the writer saw it. Fields that were not touched here
 * take the new value; of those that were, both values are told, in ARENA; "" = there is no clash. */
const char *form_session_moved(struct session *session, struct arena *arena);
/* Must somebody else than the user do it? */
bool form_session_other(const struct session *session);
/* SECOND is to write it, who has shown a PIN: fields that name the user name them. False: WHY
 * stands against it. */
bool form_session_second(struct session *session, const struct user *second, const char **why);
/* It is the user's own again. */
void form_session_own(struct session *session);
/* The county's row by which a second person has to show a PIN, and has not; NULL. */
const struct rule *form_session_pair(struct session *session);
/* Does it ask for the PIN of whoever has one? WHAT: for the question. */
bool form_session_asks(const struct session *session, const char **what);
/* A new record: its fields in the order in which they are asked, and what registers know of it already. */
void form_session_begin(struct session *session);
/* Before what it is was chosen (a field that begins with "words"), the words that are typed say it: it stands in the form
 * as guessed, to be seen and changed. After each key. */
void form_session_guess(struct session *session);
/* What somebody took out of the form is not guessed once more when it is written. */
void form_session_unguessed(struct session *session, struct change *change);
/* What the record FROM says, where a step of it makes the one in the form. */
void form_session_carry(struct session *session, const struct row *from);
/* The draft's presets in the form, last time's figures beside them. CHANGE: begun for it. */
void form_session_presets(struct session *session, struct change *change);
/* "西彰村  11-29 05:20  上次03:44  =同上次 空=不知": over a form that began with presets; the codes that were given, where
 * it is no report; else nothing. NARROW: without the time of the last one. In ARENA. */
const char *form_session_about(struct session *session, bool narrow, struct arena *arena);
/* Could it be written as it is? RC_BAD: what stands against it, and the cursor stands there. */
enum rc form_session_ready(struct session *session, struct fault *fault) MUST_CHECK;
/* CHANGE of what stands in the form; to be released in any case. */
enum rc form_session_make(struct session *session, struct change *change, struct fault *fault) MUST_CHECK;
/* "发给3村：伏背村 西彰村": to whom a new record goes whose text names places. False: it names none by its nature.
 * Of a response: the one that goes on here already. */
bool form_session_places(struct session *session, struct buf *out);
/* RC_BAD with empty text: a field is wrong, the form shows it. *REF: the record written. */
enum rc form_session_save(struct session *session, struct ref *ref, struct fault *fault) MUST_CHECK;
/* What is said once REF is saved: its number, and what is in doubt; or that this person signed before. Returns how it looks. */
enum look form_session_said(const struct session *session, struct ref ref, struct buf *out);

#endif
