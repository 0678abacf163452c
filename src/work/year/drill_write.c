/* SPDX-License-Identifier: GPL-3.0-or-later
 * What one line or one key writes of a drill.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/kinds.h"
#include "work/drill.h"
#include "work/writing.h"

/* STEP of REF with TEXT in the argument NAME. */
static enum rc take(const struct actor *actor, struct ref ref, const char *step, const char *name,
	const char *text, struct fault *fault)
{
	struct arena arena = {0};
	struct record record;
	struct change change;
	struct ref made;
	enum rc rc = store_record(actor->store, ref, &arena, &record, NULL, fault);

	if (!rc) {
		change_step(&change, actor, &record, step_named(record.kind, step));
		rc = writing_end(&change, writing_text(&change, name, text, fault), &made, fault);
	}
	arena_release(&arena);
	return rc;
}

enum rc drill_answer(
	const struct actor *actor, struct ref inject, const char *text, struct fault *fault)
{
	return take(actor, inject, "answer", "answer", text, fault);
}

enum rc drill_give(const struct actor *actor, struct ref script, struct fault *fault)
{
	return writing_step(actor, script, "give", "", fault);
}

enum rc drill_hand(const struct actor *actor, struct ref finding, bool hazard, struct fault *fault)
{
	return writing_step(actor, finding, hazard ? "hazard" : "task", "", fault);
}

/* The next word of *AT, which moves behind it; false: none is left. */
static bool next_word(const char **at, char word[64])
{
	*at += strspn(*at, " ");
	size_t len = strcspn(*at, " ");

	bytes_into(word, 64, bytes_of(*at, len));
	*at += len;
	return len > 0;
}

static bool is_number(const char *word)
{
	return *word && !word[strspn(word, "0123456789")];
}

enum rc drill_heads(
	const struct actor *actor, struct ref drill, const char *typed, struct fault *fault)
{
	static const char *const fields[] = {"people", "evacuated", "evacuated_minutes"};
	struct change change;
	struct ref same;
	char word[64];
	enum rc rc = RC_OK;

	change_edit(&change, actor, kind_of(KIND_drill), drill);
	for (size_t n = 0; !rc && next_word(&typed, word); n++) {
		if (n == countof(fields) || !is_number(word))
			rc = fault_set(fault, RC_BAD, "%s",
				_("打数字：参演人数 疏散人数 用时(分)，后两个可以不打"));
		else
			rc = writing_text(&change, fields[n], word, fault);
	}
	if (!rc)
		rc = change_commit(&change, &same, fault);
	change_release(&change);
	return rc;
}

enum rc drill_arrive(const struct actor *actor, struct ref drill, int64_t minute, const char *typed,
	struct fault *fault)
{
	struct change change;
	struct ref made;
	struct buf number = {0};
	char who[64], people[64];
	const char *rest = typed;
	bool named = next_word(&rest, who), counted = next_word(&rest, people) && is_number(people);

	if (!named || !counted)
		return fault_set(fault, RC_BAD, "%s", _("先写谁，再写几人，如 抢险队 18"));
	rest += strspn(rest, " ");
	change_new(&change, actor, kind_of(KIND_arrival), drill);
	buf_fmt(&number, "%lld", (long long)minute);
	enum rc rc = writing_text(&change, "who", who, fault);
	if (!rc)
		rc = writing_text(&change, "people", people, fault);
	if (!rc)
		rc = writing_text(&change, "minute", buf_cstr(&number), fault);
	if (!rc)
		rc = writing_text(&change, "text", rest, fault);
	buf_release(&number);
	return writing_end(&change, rc, &made, fault);
}

enum rc drill_note(
	const struct actor *actor, struct ref drill, const char *text, struct fault *fault)
{
	struct change change;
	struct ref made;

	change_new(&change, actor, kind_of(KIND_duty), drill);
	return writing_end(&change, writing_text(&change, "text", text, fault), &made, fault);
}
