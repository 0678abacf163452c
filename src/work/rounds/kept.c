/* SPDX-License-Identifier: GPL-3.0-or-later
 * A check that was left before its end: kept as a draft of the record that it was to become, so
 * that it also stands among the drafts.
 */
#include <stdio.h>
#include <string.h>

#include "base/when.h"
#include "model/kinds.h"
#include "work/checking.h"
#include "work/drafts.h"

static bool newest(const struct checking *checking, const struct actor *actor, struct draft *draft,
	struct arena *arena)
{
	*draft = (struct draft){
		.kind = checking->kind, .parent = checking->about, .area = checking->area};
	return actor->user && draft_newest(actor->store, actor->user, draft, arena);
}

/* What was typed for FIELD, as a form has it. */
static void put_typed(const struct checking *checking, const struct actor *actor,
	const struct field *field, struct buf *out)
{
	char number[WHEN_TEXT];

	if (!strcmp(field->name, "answers"))
		answers_put(&checking->answers, out);
	if (!strcmp(field->name, "list"))
		buf_fmt(out, "%s %s", checking->list.code, checking->list.version);
	if (!strcmp(field->name, "checklist") && checking->list.ref.seq) {
		store_number(actor->store, checking->list.ref, number);
		buf_text(out, number);
	}
	for (unsigned n = 0; n < checking->answers.count; n++) {
		if (!strcmp(field->name, "text") && *checking->note[n])
			buf_fmt(out, "%s%u %s", out->len ? "\n" : "", n + 1, checking->note[n]);
		if (!strcmp(field->name, checking->list.item[n].reading))
			buf_text(out, checking->number[n].typed);
	}
}

enum rc checking_keep(struct checking *checking, const struct actor *actor, struct fault *fault)
{
	struct buf body = {0}, text = {0};
	struct arena arena = {0};
	struct draft draft;

	if (!checking->answers.count || !actor->user)
		return RC_OK;
	if (!newest(checking, actor, &draft, &arena))
		draft.slot = draft_room(actor->store, actor->user, &draft);
	for (const struct field *f = checking->kind->fields; f->tag; f++) {
		buf_clear(&text);
		put_typed(checking, actor, f, &text);
		struct value value = value_text(buf_cstr(&text));
		if (text.len)
			put_field(&body, f->tag, &value);
	}
	enum rc rc = draft_keep(actor->store, actor->user, &draft, buf_bytes(&body), fault);
	buf_release(&body);
	buf_release(&text);
	arena_release(&arena);
	return rc;
}

/* What BODY has of field NAME; "" = nothing. */
static void typed_of(
	const struct checking *checking, struct bytes body, const char *name, struct buf *out)
{
	const struct field *field = field_named(checking->kind, name);
	struct value value;
	unsigned tag;

	buf_clear(out);
	while (field && body.len && take_field(&body, &tag, &value))
		if (tag == field->tag && value.wire == WIRE_TEXT)
			buf_put(out, value.text.at, value.text.len);
}

static bool read_kept(const struct checking *checking, const struct actor *actor, struct buf *body,
	struct answers *answers)
{
	struct arena arena = {0};
	struct draft draft;
	struct buf text = {0};
	char list[80];
	bool there = newest(checking, actor, &draft, &arena) &&
		     draft_get(actor->store, actor->user, &draft, body);

	snprintf(list, sizeof list, "%s %s", checking->list.code, checking->list.version);
	typed_of(checking, buf_bytes(body), "list", &text);
	there = there && !strcmp(buf_cstr(&text), list);
	typed_of(checking, buf_bytes(body), "answers", &text);
	there = there && answers_take(buf_bytes(&text), answers) && answers->count &&
		answers->count <= checking->list.items;
	buf_release(&text);
	arena_release(&arena);
	return there;
}

bool checking_kept(const struct checking *checking, const struct actor *actor, unsigned *answered)
{
	struct answers answers = {0};
	struct buf body = {0};
	bool there = read_kept(checking, actor, &body, &answers);

	*answered = answers.count;
	buf_release(&body);
	return there;
}

/* "3 栏杆断了": of item 3. */
static void fetch_note(struct checking *checking, const char *line, size_t len)
{
	enum { TEN = 10 };
	unsigned n = 0;
	size_t at = 0;

	for (; at < len && line[at] >= '0' && line[at] <= '9'; at++)
		n = n * TEN + (unsigned)(line[at] - '0');
	if (n && n <= checking->answers.count && at < len && line[at] == ' ')
		bytes_into(
			checking->note[n - 1], CHECK_TEXT, bytes_of(line + at + 1, len - at - 1));
}

bool checking_fetch(struct checking *checking, const struct actor *actor)
{
	struct answers answers = {0};
	struct buf body = {0}, text = {0};
	bool there = read_kept(checking, actor, &body, &answers);

	for (unsigned n = 0; there && n < answers.count; n++) {
		checking->answers.at[n] = answers.at[n];
		typed_of(checking, buf_bytes(&body), checking->list.item[n].reading, &text);
		bytes_into(checking->number[n].typed, sizeof checking->number[n].typed,
			buf_bytes(&text));
	}
	if (there) {
		checking->answers.count = answers.count;
		typed_of(checking, buf_bytes(&body), "text", &text);
		for (const char *line = buf_cstr(&text); *line;) {
			size_t len = strcspn(line, "\n");

			fetch_note(checking, line, len);
			line += len + (line[len] != 0);
		}
	}
	buf_release(&body);
	buf_release(&text);
	return there;
}
