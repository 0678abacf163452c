/* SPDX-License-Identifier: GPL-3.0-or-later
 * Marks item by item, and the evaluation that they become.
 */
#include "work/judging.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "model/kinds.h"
#include "model/rules.h"
#include "work/drafts.h"
#include "work/writing.h"

static const char marks[] = "ABCD";
/* In lists, and in what is stored: a colon as Chinese has it. */
static const char colon[] = "\xef\xbc\x9a";

static enum rc take_list(struct judging *judging, struct store *store, struct fault *fault)
{
	const struct lists_wanted wanted = {judging->kind, judging->type, store_now(store)};
	enum rc rc = lists_about(&judging->lists, store, &wanted, &judging->arena, fault);

	if (!rc && !judging->lists.count)
		rc = fault_set(fault, RC_NONE, "%s", _("没有评估表：outpost packs use 启用一套"));
	if (!rc)
		rc = list_load(&judging->list, store, judging->lists.at[judging->chosen].code,
			&judging->arena, fault);
	return rc;
}

enum rc judging_start(
	struct judging *judging, const struct actor *actor, struct ref drill, struct fault *fault)
{
	struct row row;
	struct buf title = {0}, type = {0};

	*judging = (struct judging){.kind = kind_of(KIND_drill), .about = drill};
	enum rc rc = store_row(actor->store, drill, &judging->arena, &row, fault);
	if (!rc && row.kind != judging->kind)
		rc = fault_set(fault, RC_BAD, _("%s不用评估表"), _(row.kind->label));
	if (rc)
		return rc;
	row_title(actor->store, &row, &title);
	row_field(actor->store, &row, drill_type, false, &type);
	judging->title = arena_text(&judging->arena, buf_cstr(&title));
	judging->type = arena_text(&judging->arena, buf_cstr(&type));
	buf_release(&title);
	buf_release(&type);
	return take_list(judging, actor->store, fault);
}

enum rc judging_start_self(
	struct judging *judging, const struct actor *actor, const char *type, struct fault *fault)
{
	*judging = (struct judging){
		.kind = kind_of(KIND_selfcheck), .title = store_station(actor->store)->name};
	judging->type = arena_text(&judging->arena, type);
	return take_list(judging, actor->store, fault);
}

void judging_release(struct judging *judging)
{
	arena_release(&judging->arena);
}

/* ---- marks */

const struct list_item *judging_item(const struct judging *judging)
{
	return judging->count < judging->list.items ? &judging->list.item[judging->count] : NULL;
}

bool judging_mark(struct judging *judging, char mark)
{
	if (!judging_item(judging) || !mark || !strchr(marks, mark))
		return false;
	judging->note[judging->count][0] = '\0';
	judging->mark[judging->count++] = mark;
	return true;
}

bool judging_back(struct judging *judging)
{
	if (!judging->count)
		return false;
	judging->count--;
	return true;
}

bool judging_note(struct judging *judging, const char *text)
{
	if (!judging->count)
		return false;
	text_fit(judging->note[judging->count - 1], JUDGING_NOTE, text);
	return true;
}

static int64_t limit_of(const char *fmt, char mark, int64_t otherwise)
{
	char name[64];

	snprintf(name, sizeof name, fmt, (char[]){mark, 0});
	return rules_limit(name, otherwise);
}

unsigned judging_points(const struct judging *judging)
{
	static const int64_t usual[] = {95, 80, 65, 40};
	int64_t sum = 0;

	for (unsigned n = 0; n < judging->count; n++)
		sum += limit_of("drill.mark.%s.percent", judging->mark[n],
			usual[strchr(marks, judging->mark[n]) - marks]);
	return judging->count ? (unsigned)(sum / judging->count) : 0;
}

char judging_grade(const struct judging *judging)
{
	static const int64_t usual[] = {90, 75, 60};
	unsigned points = judging_points(judging), n = 0;

	while (n < countof(usual) &&
		points < limit_of("drill.grade.%s.percent", marks[n], usual[n]))
		n++;
	return marks[n];
}

/* What stands before the colon is what the item is called. */
static void put_item(const struct judging *judging, unsigned n, struct buf *out)
{
	struct bytes text = judging->list.item[n].text;
	const uint8_t *end = memmem(text.at, text.len, colon, strlen(colon));

	buf_put(out, text.at, end ? (size_t)(end - text.at) : text.len);
}

void judging_problems(const struct judging *judging, struct buf *out)
{
	for (unsigned n = 0; n < judging->count; n++) {
		const char *note = judging->note[n];
		bool poor = judging->mark[n] > 'B';

		if (judging->mark[n] == 'A' || (!poor && !*note))
			continue;
		buf_text(out, out->len ? "\n" : "");
		put_item(judging, n, out);
		if (*note)
			buf_fmt(out, "%s%s", colon, note);
		else
			buf_fmt(out, "%s%s", colon,
				judging->mark[n] == 'C' ? _("评为中") : _("评为差"));
	}
}

/* "DRLIV 1", then a line an item. */
static void put_marks(const struct judging *judging, struct buf *out)
{
	buf_fmt(out, "%s %s", judging->list.code, judging->list.version);
	for (unsigned n = 0; n < judging->count; n++) {
		buf_fmt(out, "\n%c ", judging->mark[n]);
		put_item(judging, n, out);
		if (*judging->note[n])
			buf_fmt(out, "%s%s", colon, judging->note[n]);
	}
}

/* ---- kept */

static bool newest(const struct judging *judging, const struct actor *actor, struct draft *draft,
	struct arena *arena)
{
	*draft = (struct draft){.kind = judging->kind,
		.ref = judging->about,
		.step = judging->about.seq ? drill_do_evaluate : 0};
	return actor->user && draft_newest(actor->store, actor->user, draft, arena);
}

static unsigned marks_tag(const struct judging *judging)
{
	return field_named(judging->kind, "marks")->tag;
}

enum rc judging_keep(struct judging *judging, const struct actor *actor, struct fault *fault)
{
	struct buf body = {0}, text = {0};
	struct arena arena = {0};
	struct draft draft;

	if (!judging->count || !actor->user)
		return RC_OK;
	if (!newest(judging, actor, &draft, &arena))
		draft.slot = draft_room(actor->store, actor->user, &draft);
	put_marks(judging, &text);
	struct value value = value_text(buf_cstr(&text));
	put_field(&body, marks_tag(judging), &value);
	enum rc rc = draft_keep(actor->store, actor->user, &draft, buf_bytes(&body), fault);
	buf_release(&body);
	buf_release(&text);
	arena_release(&arena);
	return rc;
}

bool judging_kept(const struct judging *judging, const struct actor *actor)
{
	struct arena arena = {0};
	struct draft draft;
	bool there = newest(judging, actor, &draft, &arena);

	arena_release(&arena);
	return there;
}

/* "A 预警与信息报告：没按路线", LEN bytes: of the item that is asked now. */
static void fetch_line(struct judging *judging, const char *line, size_t len)
{
	const char *note = len ? memmem(line, len, colon, strlen(colon)) : NULL;
	char text[JUDGING_NOTE] = "";

	if (!len || !judging_mark(judging, *line) || !note)
		return;
	note += strlen(colon);
	bytes_into(text, sizeof text, bytes_of(note, len - (size_t)(note - line)));
	(void)judging_note(judging, text);
}

bool judging_fetch(struct judging *judging, const struct actor *actor)
{
	struct buf body = {0}, head = {0};
	struct arena arena = {0};
	struct draft draft;
	struct value value;
	unsigned tag;
	bool there = newest(judging, actor, &draft, &arena) &&
		     draft_get(actor->store, actor->user, &draft, &body);
	struct bytes left = buf_bytes(&body);
	const char *text = "";

	while (there && left.len && take_field(&left, &tag, &value))
		if (tag == marks_tag(judging) && value.wire == WIRE_TEXT)
			text = (const char *)arena_bytes(&arena, value.text).at;
	buf_fmt(&head, "%s %s\n", judging->list.code, judging->list.version);
	there = !strncmp(text, buf_cstr(&head), head.len);
	if (there)
		judging->count = 0;
	for (const char *line = there ? text + head.len : ""; *line;) {
		size_t len = strcspn(line, "\n");

		fetch_line(judging, line, len);
		line += len + (line[len] != 0);
	}
	buf_release(&body);
	buf_release(&head);
	arena_release(&arena);
	return there;
}

static void forget(const struct judging *judging, const struct actor *actor)
{
	struct arena arena = {0};
	struct draft draft;
	struct fault fault;

	if (newest(judging, actor, &draft, &arena))
		(void)!draft_drop(actor->store, actor->user, &draft, &fault);
	arena_release(&arena);
}

/* ---- the fact */

static enum rc fill(struct change *change, const struct judging *judging, struct fault *fault)
{
	struct buf problems = {0}, text = {0};
	char number[16];
	enum rc rc = writing_text(change, "score", (char[]){judging_grade(judging), 0}, fault);

	judging_problems(judging, &problems);
	put_marks(judging, &text);
	snprintf(number, sizeof number, "%u", judging_points(judging));
	if (!rc && !judging->about.seq)
		rc = writing_text(change, "type", judging->type, fault);
	if (!rc && !judging->about.seq)
		rc = writing_text(change, "points", number, fault);
	if (!rc)
		rc = writing_text(change, "problems", buf_cstr(&problems), fault);
	if (!rc)
		rc = writing_text(change, "marks", buf_cstr(&text), fault);
	buf_release(&problems);
	buf_release(&text);
	return rc;
}

enum rc judging_commit(struct judging *judging, const struct actor *actor, struct fault *fault)
{
	struct arena arena = {0};
	struct record record;
	struct change change;
	struct ref made;
	enum rc rc = RC_OK;

	if (judging_item(judging))
		return fault_set(
			fault, RC_BAD, _("还有%u项没有评"), judging->list.items - judging->count);
	if (judging->about.seq)
		rc = store_record(actor->store, judging->about, &arena, &record, NULL, fault);
	if (!rc) {
		if (judging->about.seq)
			change_step(
				&change, actor, &record, step_of(judging->kind, drill_do_evaluate));
		else
			change_new(&change, actor, judging->kind, (struct ref){0, 0});
		rc = writing_end(&change, fill(&change, judging, fault), &made, fault);
	}
	arena_release(&arena);
	if (!rc)
		forget(judging, actor);
	return rc;
}
