/* SPDX-License-Identifier: GPL-3.0-or-later
 * What all imports share. Facts are written in transactions of BATCH lines, so that people who work
 * on the same station meanwhile never wait long; only all-or-none holds one transaction to the end.
 */
#include "app/intake.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "work/source.h"

enum { BATCH = 200, SAID = 10000 };

struct complaint {
	const char *text;
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
}

void intake_release(struct intake *in)
{
	intake_undo(in);
	arena_release(&in->arena);
}

void intake_file(struct intake *in, const char *file)
{
	struct buf shown = {0};

	text_show(file, strlen(file), false, &shown);
	in->file = arena_text(&in->arena, buf_cstr(&shown));
	buf_release(&shown);
	in->tally = NULL;
}

static void complain(struct intake *in, unsigned line, const char *fmt, va_list args)
{
	struct complaint *c = arena_get(&in->arena, sizeof(*c));
	char text[FAULT_TEXT + 200];

	text_fit_args(text, sizeof(text), fmt, args);
	if (line)
		c->text = arena_fmt(&in->arena, "%s:%u: %s", in->file, line, text);
	else
		c->text = arena_fmt(&in->arena, "%s: %s", in->file, text);
	c->file = in->good_files + in->bad_files;
	c->line = line;
	*in->last = c;
	in->last = &c->next;
}

void intake_bad(struct intake *in, unsigned line, const char *fmt, ...)
{
	va_list args;

	if (in->bad++ >= SAID)
		return;
	va_start(args, fmt);
	complain(in, line, fmt, args);
	va_end(args);
}

void intake_note(struct intake *in, unsigned line, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	complain(in, line, fmt, args);
	va_end(args);
}

static int by_place(const void *a, const void *b)
{
	const struct complaint *x = *(const struct complaint *const *)a;
	const struct complaint *y = *(const struct complaint *const *)b;

	if (x->file != y->file)
		return x->file < y->file ? -1 : 1;
	return x->line < y->line ? -1 : x->line > y->line;
}

void intake_said(const struct intake *in, struct buf *out)
{
	const struct complaint **all;
	size_t count = 0, n = 0;

	for (const struct complaint *c = in->first; c; c = c->next)
		count++;
	if (!count)
		return;
	all = memory_get(count, sizeof(const struct complaint *));
	for (const struct complaint *c = in->first; c; c = c->next)
		all[n++] = c;
	qsort(all, count, sizeof(const struct complaint *), by_place);
	for (n = 0; n < count; n++)
		buf_fmt(out, "%s\n", all[n]->text);
	if (in->bad > SAID)
		buf_fmt(out, _("还有 %u 行有错，没有列出\n"), in->bad - SAID);
	free(all);
}

bool intake_known(const struct intake *in, const char *name, struct ref *ref)
{
	return source_known(in->actor.store, in->actor.source, name, ref);
}

/* Only what is committed is stored: an import that a full disk ends says how much that was. */
static enum rc commit(struct intake *in, struct fault *fault)
{
	enum rc rc = store_commit(in->actor.store, fault);

	in->open = false;
	if (rc != RC_OK) {
		intake_undo(in);
		return rc;
	}
	in->kept_added = in->added;
	in->kept_steps = in->steps;
	return rc;
}

static enum rc batch(struct intake *in, struct fault *fault)
{
	enum rc rc = RC_OK;

	if (in->open && in->pending >= BATCH && !in->all_or_none)
		rc = commit(in, fault);
	if (rc == RC_OK && !in->open) {
		rc = store_begin(in->actor.store, fault);
		in->open = rc == RC_OK;
		in->pending = 0;
	}
	return rc;
}

enum rc intake_write(struct intake *in, struct change *change, const char *name, struct ref *ref,
	struct fault *fault)
{
	enum rc rc = in->prove ? in->prove(in->to, change->kind, change->op.step, fault) : RC_OK;

	if (rc == RC_OK)
		rc = batch(in, fault);
	if (rc != RC_OK)
		return rc;
	rc = change_commit(change, ref, fault);
	if (rc == RC_OK) {
		in->pending++;
		if (name)
			rc = store_ref_set(in->actor.store, in->actor.source, name, *ref, fault);
	}
	/* What was refused has changed nothing; anything else ends the import. */
	if (rc != RC_OK && rc != RC_BAD && rc != RC_DENIED)
		intake_undo(in);
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
}

enum rc intake_end(struct intake *in, struct fault *fault)
{
	if (!in->open)
		return RC_OK;
	if (in->all_or_none && (in->bad || in->bad_files)) {
		intake_undo(in);
		return RC_OK;
	}
	return commit(in, fault);
}
