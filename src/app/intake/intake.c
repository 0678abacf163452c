/* SPDX-License-Identifier: GPL-3.0-or-later
 * What all imports share. Facts are written in transactions of BATCH_MS, so that people who work on
 * the same station meanwhile never wait long, and a disk that syncs slowly is asked seldom; only
 * all-or-none holds one transaction to the end.
 */
#include "app/intake.h"
#include "app/cap_book.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "base/when.h"
#include "work/source.h"

/* Lines of a transaction, at least and at most, how long it may be open, and bytes of facts that it
 * may hold: on a disk that is nearly full what there was room for is stored. */
enum {
	BATCH_LEAST = 200,
	BATCH_MOST = 4000,
	BATCH_MS = 250,
	BATCH_BYTES = 256 << 10,
	SAID = 10000
};

struct complaint {
	const char *text; /* with its place before it */
	const char *rule; /* without */
	const char *name, *column;
	enum intake_done done;
	unsigned file, line;
	struct complaint *next;
};

/* How often a line came in this file, by its hash. */
struct tally {
	struct tally *below[2];
	uint64_t hash;
	unsigned count;
};

void intake_start(struct intake *in, const struct actor *actor)
{
	*in = (struct intake){.actor = *actor, .file = ""};
	in->last = &in->first;
	in->columns_end = &in->columns;
}

void intake_release(struct intake *in)
{
	intake_undo(in);
	arena_release(&in->arena);
	if (in->book)
		cap_book_release(in->book);
	free(in->book);
	in->book = NULL;
}

void intake_file(struct intake *in, const char *file)
{
	struct buf shown = {0};

	text_show(file, strlen(file), false, &shown);
	in->file = arena_text(&in->arena, buf_cstr(&shown));
	buf_release(&shown);
	in->tally = NULL;
}

static void complain(struct intake *in, struct intake_place place, const char *fmt, va_list args)
{
	struct complaint *c = arena_get(&in->arena, sizeof(*c));
	char text[FAULT_TEXT + 200];

	text_fit_args(text, sizeof(text), fmt, args);
	c->rule = arena_text(&in->arena, text);
	c->name = in->file;
	c->column = place.column ? arena_text(&in->arena, place.column) : NULL;
	if (place.column)
		snprintf(text, sizeof(text), _("列 \"%s\"：%s"), c->column, c->rule);
	if (place.line)
		c->text = arena_fmt(&in->arena, "%s:%u: %s", in->file, place.line, text);
	else
		c->text = arena_fmt(&in->arena, "%s: %s", in->file, text);
	c->file = in->good_files + in->bad_files;
	c->line = place.line;
	c->done = place.done;
	*in->last = c;
	in->last = &c->next;
}

void intake_bad(struct intake *in, unsigned line, const char *fmt, ...)
{
	va_list args;

	if (in->bad++ >= SAID)
		return;
	va_start(args, fmt);
	complain(in, (struct intake_place){DONE_REFUSED, line, NULL}, fmt, args);
	va_end(args);
}

void intake_note(struct intake *in, unsigned line, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	complain(in, (struct intake_place){DONE_NOTED, line, NULL}, fmt, args);
	va_end(args);
}

void intake_tell(struct intake *in, struct intake_place place, const char *fmt, ...)
{
	va_list args;

	if (in->quiet || in->told++ >= SAID)
		return;
	va_start(args, fmt);
	complain(in, place, fmt, args);
	va_end(args);
}

void intake_column(struct intake *in, const struct intake_column *column)
{
	struct intake_column *own = arena_get(&in->arena, sizeof(*own));

	*own = *column;
	own->heading = arena_text(&in->arena, column->heading);
	own->next = NULL;
	*in->columns_end = own;
	in->columns_end = &own->next;
}

static int by_place(const void *a, const void *b)
{
	const struct complaint *x = *(const struct complaint *const *)a;
	const struct complaint *y = *(const struct complaint *const *)b;

	if (x->file != y->file)
		return x->file < y->file ? -1 : 1;
	return x->line < y->line ? -1 : x->line > y->line;
}

/* By file and line; NULL when there are none. */
static const struct complaint **in_order(const struct intake *in, size_t *count)
{
	const struct complaint **all;
	size_t n = 0;

	*count = 0;
	for (const struct complaint *c = in->first; c; c = c->next)
		++*count;
	if (!*count)
		return NULL;
	all = memory_get(*count, sizeof(const struct complaint *));
	for (const struct complaint *c = in->first; c; c = c->next)
		all[n++] = c;
	qsort(all, *count, sizeof(const struct complaint *), by_place);
	return all;
}

void intake_each(
	const struct intake *in, void (*fn)(void *to, const struct intake_note *note), void *to)
{
	size_t count;
	const struct complaint **all = in_order(in, &count);

	for (size_t n = 0; n < count; n++)
		fn(to, &(struct intake_note){all[n]->done, all[n]->line, all[n]->name,
			       all[n]->column, all[n]->rule});
	free(all);
}

void intake_said(const struct intake *in, struct buf *out)
{
	size_t count;
	const struct complaint **all = in_order(in, &count);

	for (size_t n = 0; n < count; n++)
		buf_fmt(out, "%s\n", all[n]->text);
	if (in->bad > SAID)
		buf_fmt(out, _("还有 %u 行有错，没有列出\n"), in->bad - SAID);
	if (in->told > SAID)
		buf_fmt(out, _("还有 %u 处说明，没有列出\n"), in->told - SAID);
	free(all);
}

void intake_said_json(const struct intake *in, struct json_out *out)
{
	static const char *const done[] = {
		"noted", "refused", "emptied", "left_out", "doubtful", "vanished"};
	size_t count;
	const struct complaint **all = in_order(in, &count);

	json_open(out, '[');
	for (size_t n = 0; n < count; n++) {
		json_line(out);
		json_open(out, '{');
		json_key_text(out, "file", all[n]->name);
		json_key_num(out, "line", all[n]->line);
		json_key_text(out, "column", all[n]->column);
		json_key_text(out, "done", done[all[n]->done]);
		json_key_text(out, "text", all[n]->rule);
		json_close(out, '}');
	}
	json_close(out, ']');
	free(all);
}

bool intake_known(const struct intake *in, const char *name, struct ref *ref)
{
	return source_known(in->actor.store, in->actor.source, name, ref);
}

/* Only what is committed is stored: an import that a full disk ends says how much that was. */
static enum rc commit(struct intake *in, struct fault *fault)
{
	enum rc rc = RC_OK;

	if (in->try_only)
		store_undo(in->actor.store);
	else
		rc = store_commit(in->actor.store, fault);
	in->open = false;
	if (rc != RC_OK) {
		intake_undo(in);
		return rc;
	}
	in->kept_added = in->added;
	in->kept_steps = in->steps;
	in->kept_changed = in->changed;
	return rc;
}

static bool batch_full(const struct intake *in)
{
	return in->pending >= BATCH_MOST ||
	       (in->pending >= BATCH_LEAST &&
		       (in->weight >= BATCH_BYTES || when_now_ms() - in->opened >= BATCH_MS));
}

static enum rc batch(struct intake *in, struct fault *fault)
{
	enum rc rc = RC_OK;

	if (in->open && !in->all_or_none && batch_full(in))
		rc = commit(in, fault);
	if (rc == RC_OK && !in->open) {
		rc = store_begin(in->actor.store, fault);
		in->open = rc == RC_OK;
		in->opened = when_now_ms();
		in->weight = 0;
		in->pending = 0;
	}
	return rc;
}

enum rc intake_write(struct intake *in, struct change *change, const char *name, struct ref *ref,
	struct fault *fault)
{
	enum rc rc = in->prove && !in->try_only
			     ? in->prove(in->to, change->kind, change->op.step, fault)
			     : RC_OK;

	if (rc == RC_OK)
		rc = batch(in, fault);
	if (rc != RC_OK)
		return rc;
	rc = change_commit(change, ref, fault);
	if (rc == RC_OK) {
		in->pending++;
		in->weight += change->body.len;
		if (name)
			rc = store_ref_set(in->actor.store, in->actor.source, name, *ref, fault);
	}
	/* What was refused has changed nothing; anything else ends the import. */
	if (rc != RC_OK && rc != RC_BAD && rc != RC_DENIED)
		intake_undo(in);
	return rc;
}

enum rc intake_call(struct intake *in, const char *name, struct ref ref, struct fault *fault)
{
	enum rc rc = batch(in, fault);

	if (rc == RC_OK)
		rc = store_ref_set(in->actor.store, in->actor.source, name, ref, fault);
	in->pending += rc == RC_OK;
	return rc;
}

void intake_name(struct intake *in, struct bytes line, char out[40])
{
	uint8_t hash[HASH_SIZE];
	uint64_t key = 0;
	struct tally **at = &in->tally;

	crypt_hash(line, hash);
	for (int i = 0; i < 8; i++)
		key = key << 8 | hash[i];
	for (uint64_t bits = key; *at && (*at)->hash != key; bits >>= 1)
		at = &(*at)->below[bits & 1];
	if (!*at) {
		*at = arena_get(&in->arena, sizeof(**at));
		(*at)->hash = key;
	}
	snprintf(out, 40, "#%016llx.%u", (unsigned long long)key, ++(*at)->count);
}

void intake_undo(struct intake *in)
{
	if (in->open)
		store_undo(in->actor.store);
	in->open = false;
	in->pending = 0;
	in->added = in->kept_added;
	in->steps = in->kept_steps;
	in->changed = in->kept_changed;
}

enum rc intake_end(struct intake *in, struct fault *fault)
{
	if (!in->open)
		return RC_OK;
	if (!in->try_only && in->all_or_none && (in->bad || in->bad_files)) {
		intake_undo(in);
		return RC_OK;
	}
	return commit(in, fault);
}
