/* SPDX-License-Identifier: GPL-3.0-or-later
 * A folder as a road: a stick that is carried, or a disk that two machines share.
 *
 *   "OPF1" | 'Q' or 'A' (1) | first 16 bytes of the question's hash | the frame
 *
 * A question and its answer are found by that hash. Names are for people: they are never believed.
 * Whoever had the stick may have put anything there: links are not followed, only plain files of a
 * right size are opened, and only so many are looked at.
 */
#ifndef SYNC_FOLDER_H
#define SYNC_FOLDER_H

#include "sync/serve.h"

enum {
	FOLDER_ID = 16,
	FOLDER_HEAD = 5 + FOLDER_ID,
	FOLDER_ENTRIES = 20000, /* names that are looked at */
	FOLDER_FILES = 1000,    /* files that are ours by their first bytes */
};

enum folder_type { FOLDER_ASK = 'Q', FOLDER_ANSWER = 'A' };

struct folder_item {
	enum folder_type type;
	uint8_t question[FOLDER_ID];
	struct bytes frame; /* borrowed until the callback returns */
	const char *name;   /* as above: to remove it by, and for nothing else */
};

/* What a folder_each leaves out. */
struct folder_skipped {
	unsigned strange; /* no file of ours */
	bool more;        /* there were more than the limits allow */
};

void folder_id(struct bytes ask, uint8_t question[FOLDER_ID]);
/* Whole and synced, or not at all. The same question or answer again replaces itself. */
enum rc folder_put(const char *folder, enum folder_type type, const uint8_t question[FOLDER_ID],
	struct bytes frame, struct fault *fault) MUST_CHECK;
/* One call for every question and answer in the folder, in no order, until FN says false. */
typedef bool folder_fn(const struct folder_item *item, void *to);
enum rc folder_each(const char *folder, folder_fn *fn, void *to, struct folder_skipped *skipped,
	struct fault *fault) MUST_CHECK;
/* Answers every question that lies there without an answer; *answered = how many. */
enum rc folder_serve(const char *folder, serve_fn *answer, void *to, unsigned *answered,
	struct fault *fault) MUST_CHECK;
/* Takes the question and its answer away, once the answer is used. */
void folder_remove(const char *folder, const uint8_t question[FOLDER_ID]);

#endif
