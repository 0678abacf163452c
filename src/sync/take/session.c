/* SPDX-License-Identifier: GPL-3.0-or-later
 * What this process has said to other stations and heard of them, one question behind the other:
 * the model goes on from there as long as both ends have had the same. It is lost with the process;
 * then a question does not open, is asked again whole, and nothing goes on in that session.
 */
#include "sync/take/internal.h"

#include "sync/wire.h"

#include <string.h>

enum { SESSIONS = 64 };

/* What the last step of it was: a question from the beginning, one that went on, an answer whose
 * writer has kept it all. */
enum session_step { STEP_NONE, STEP_ASKED, STEP_ASKED_ON, STEP_KEPT };

struct session {
	struct session_ends ends;
	uint64_t used;
	enum session_step step;
	bool failed; /* the other end did not have it */
	struct so_far *so_far;
};

static struct session sessions[SESSIONS];
static uint64_t uses;

static struct session *found(const struct session_ends *ends)
{
	for (unsigned i = 0; i < SESSIONS; i++)
		if (sessions[i].so_far && sessions[i].ends.own == ends->own &&
			sessions[i].ends.other == ends->other)
			return &sessions[i];
	return NULL;
}

/* That between ENDS; the one that lay longest becomes it. */
static struct session *session_of(const struct session_ends *ends)
{
	struct session *one = found(ends);

	if (!one) {
		one = &sessions[0];
		for (unsigned i = 1; i < SESSIONS; i++)
			if (sessions[i].used < one->used)
				one = &sessions[i];
		so_far_free(one->so_far);
		*one = (struct session){.ends = *ends, .so_far = so_far_new()};
	}
	one->used = ++uses;
	return one;
}

static void begin_anew(struct session *session)
{
	so_far_cut(session->so_far, 0);
	session->step = STEP_NONE;
}

static bool goes_on(struct bytes packed)
{
	return packed.len && packed.at[0] & FRAME_GOES_ON;
}

static bool is_asked(const struct session *session)
{
	return session && (session->step == STEP_ASKED || session->step == STEP_ASKED_ON);
}

/* ---- at the station */

const struct so_far *session_asking(const struct session_ends *ends, bool model)
{
	struct session *session = model ? session_of(ends) : found(ends);

	if (!session)
		return NULL;
	session->failed |= session->step == STEP_ASKED_ON;
	if (model && session->step == STEP_KEPT && !session->failed &&
		so_far_count(session->so_far))
		return session->so_far;
	begin_anew(session);
	return NULL;
}

void session_asked(
	const struct session_ends *ends, struct bytes packed, struct bytes rows, struct bytes plain)
{
	struct session *session = found(ends);

	if (!session)
		return;
	if (!frame_by_model(packed)) {
		begin_anew(session);
		return;
	}
	if (packed.at[0] & FRAME_WITH_HISTORY)
		so_far_add(session->so_far, SO_FAR_ROWS, rows);
	so_far_add(session->so_far, SO_FAR_LEAN, plain);
	session->step = goes_on(packed) ? STEP_ASKED_ON : STEP_ASKED;
}

static const struct so_far *answer_reading(const struct session_ends *ends, struct bytes packed)
{
	struct session *session = found(ends);

	return is_asked(session) && goes_on(packed) ? session->so_far : NULL;
}

static void answer_read(const struct session_ends *ends, struct bytes packed, struct bytes plain)
{
	struct session *session = found(ends);

	if (!is_asked(session) || !goes_on(packed))
		return;
	if (frame_by_model(packed))
		so_far_add(session->so_far, SO_FAR_LEAN, plain);
	session->step = STEP_KEPT;
}

/* ---- at the hub */

static const struct so_far *question_reading(const struct session_ends *ends, struct bytes packed)
{
	struct session *session = found(ends);

	if (!session || !frame_by_model(packed) || !goes_on(packed) || packed.len < 1 + SO_FAR_NAME)
		return NULL;
	return so_far_back(session->so_far, packed.at + 1) ? session->so_far : NULL;
}

void session_state(const struct session_ends *ends, struct bytes packed, struct lean *lean)
{
	const struct session *session = found(ends);
	const uint8_t *name = NULL;

	lean->goes_on = frame_by_model(packed) && goes_on(packed);
	memset(lean->state, 0, HASH_SIZE);
	if (lean->goes_on && session && packed.len > SO_FAR_NAME)
		name = so_far_find(session->so_far, packed.at + 1);
	if (name)
		memcpy(lean->state, name, HASH_SIZE);
}

static void question_read(
	const struct session_ends *ends, struct bytes packed, struct bytes rows, struct bytes plain)
{
	struct session *session = frame_by_model(packed) ? session_of(ends) : found(ends);

	if (!session)
		return;
	if (!goes_on(packed))
		begin_anew(session);
	if (!frame_by_model(packed))
		return;
	if (packed.at[0] & FRAME_WITH_HISTORY)
		so_far_add(session->so_far, SO_FAR_ROWS, rows);
	so_far_add(session->so_far, SO_FAR_LEAN, plain);
	session->step = STEP_ASKED;
}

const struct so_far *session_answering(const struct session_ends *ends)
{
	const struct session *session = found(ends);

	return is_asked(session) ? session->so_far : NULL;
}

void session_answered(const struct session_ends *ends, struct buf *packed, struct bytes plain)
{
	struct session *session = found(ends);

	if (!is_asked(session))
		return;
	packed->at[0] |= FRAME_GOES_ON;
	if (frame_by_model(buf_bytes(packed)))
		so_far_add(session->so_far, SO_FAR_LEAN, plain);
	session->step = STEP_KEPT;
}

/* ---- at both */

const struct so_far *session_reading(
	const struct session_ends *ends, struct bytes packed, bool answer)
{
	return answer ? answer_reading(ends, packed) : question_reading(ends, packed);
}

void session_read(
	const struct session_ends *ends, struct bytes packed, const struct session_text *text)
{
	if (text->answer)
		answer_read(ends, packed, text->plain);
	else
		question_read(ends, packed, text->rows, text->plain);
}

void sessions_forget(void)
{
	for (unsigned i = 0; i < SESSIONS; i++) {
		so_far_free(sessions[i].so_far);
		sessions[i] = (struct session){.used = 0};
	}
}
