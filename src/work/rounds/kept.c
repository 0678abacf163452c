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

/* What BODY, fields of a record of KIND, has of field NAME; "" = nothing. */
static void typed_of(const struct kind *kind, struct bytes body, const char *name, struct buf *out)
{
	const struct field *field = field_named(kind, name);
	struct value value;
	unsigned tag;

	buf_clear(out);
	while (field && body.len && take_field(&body, &tag, &value))
		if (tag == field->tag && value.wire == WIRE_TEXT)
			buf_put(out, value.text.at, value.text.len);
}

/* Fills .at of DRAFT. */
static bool holds_check(struct store *store, const struct user *user, struct draft *draft)
{
	static const char *const names[] = {"list", "answers"};
	struct buf body = {0}, text = {0};
	bool good = (draft->kind->id == KIND_patrol || draft->kind->id == KIND_inspect) &&
		    draft->parent.seq && !draft->ref.seq && !draft->step &&
		    draft_get(store, user, draft, &body);

	for (size_t n = 0; good && n < countof(names); n++) {
		typed_of(draft->kind, buf_bytes(&body), names[n], &text);
		good = text.len;
	}
	buf_release(&body);
	buf_release(&text);
	return good;
}

bool checking_is_draft(struct store *store, const struct user *user, const struct draft *draft)
{
	struct draft looked = *draft;

	return holds_check(store, user, &looked);
}

/* A form about the same place may have been left, too: it is none of these. */
static bool newest(const struct checking *checking, const struct actor *actor, struct draft *draft)
{
	bool found = false;

	*draft = (struct draft){
		.kind = checking->kind, .parent = checking->about, .area = checking->area};
	for (unsigned slot = 0; actor->user && slot < DRAFT_SLOTS; slot++) {
		struct draft one = {
			.kind = checking->kind, .parent = checking->about, .slot = slot};

		if (!holds_check(actor->store, actor->user, &one) || (found && one.at < draft->at))
			continue;
		*draft = one;
		found = true;
	}
	return found;
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
	if (!strcmp(field->name, "drive") && checking->campaign.seq) {
		store_number(actor->store, checking->campaign, number);
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
	struct draft draft;

	if (!checking->answers.count || !actor->user)
		return RC_OK;
	if (!newest(checking, actor, &draft))
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
	return rc;
}

static bool read_kept(const struct checking *checking, const struct actor *actor, struct buf *body,
	struct answers *answers)
{
	struct draft draft;
	struct buf text = {0};
	char list[80];
	bool there = newest(checking, actor, &draft) &&
		     draft_get(actor->store, actor->user, &draft, body);

	snprintf(list, sizeof list, "%s %s", checking->list.code, checking->list.version);
	typed_of(checking->kind, buf_bytes(body), "list", &text);
	there = there && !strcmp(buf_cstr(&text), list);
	typed_of(checking->kind, buf_bytes(body), "answers", &text);
	there = there && answers_take(buf_bytes(&text), answers) && answers->count &&
		answers->count <= checking->list.items;
	buf_release(&text);
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

/* The campaign that it was begun in, where it is not begun in one now. */
static void fetch_campaign(struct checking *checking, const struct actor *actor, struct bytes body)
{
	struct buf text = {0};
	struct fault fault;

	typed_of(checking->kind, body, "drive", &text);
	if (text.len && !checking->campaign.seq &&
		store_resolve(actor->store, buf_cstr(&text), &checking->campaign, &fault))
		checking->campaign = (struct ref){0, 0};
	buf_release(&text);
}

bool checking_fetch(struct checking *checking, const struct actor *actor)
{
	struct answers answers = {0};
	struct buf body = {0}, text = {0};
	bool there = read_kept(checking, actor, &body, &answers);

	for (unsigned n = 0; there && n < answers.count; n++) {
		checking->answers.at[n] = answers.at[n];
		typed_of(checking->kind, buf_bytes(&body), checking->list.item[n].reading, &text);
		bytes_into(checking->number[n].typed, sizeof checking->number[n].typed,
			buf_bytes(&text));
	}
	if (there) {
		checking->answers.count = answers.count;
		fetch_campaign(checking, actor, buf_bytes(&body));
		typed_of(checking->kind, buf_bytes(&body), "text", &text);
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

void checking_forget(const struct checking *checking, const struct actor *actor)
{
	struct draft draft;
	struct fault fault;

	if (newest(checking, actor, &draft))
		(void)!draft_drop(actor->store, actor->user, &draft, &fault);
}
