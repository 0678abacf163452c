/* SPDX-License-Identifier: GPL-3.0-or-later
 * What all imports share. Facts are written in transactions of BATCH lines, so that people who work
 * on the same station meanwhile never wait long; only all-or-none holds one transaction to the end.
 */
#include "app/intake.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "model/area.h"
#include "model/kinds.h"
#include "store/log.h"

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

/* The record's own, beside the fields of its kind. */
static const struct field at_field = {.name = "at", .label = N_("时间"), .type = T_TIME};

void intake_start(struct intake *in, struct store *store, uint32_t who, const char *source)
{
	*in = (struct intake){.store = store, .who = who, .source = source, .file = ""};
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
	all = calloc(count, sizeof(const struct complaint *));
	if (!all)
		die(_("内存不足"));
	for (const struct complaint *c = in->first; c; c = c->next)
		all[n++] = c;
	qsort(all, count, sizeof(const struct complaint *), by_place);
	for (n = 0; n < count; n++)
		buf_fmt(out, "%s\n", all[n]->text);
	if (in->bad > SAID)
		buf_fmt(out, _("还有 %u 行有错，没有列出\n"), in->bad - SAID);
	free(all);
}

/* 14 hex digits, '-', a number. */
static bool is_full_id(const char *name)
{
	size_t hex = strspn(name, "0123456789abcdefABCDEF");

	return hex == 14 && name[14] == '-' && name[15] &&
	       !name[15 + strspn(name + 15, "0123456789")];
}

bool intake_known(struct intake *in, const char *name, struct ref *ref)
{
	struct fault fault;

	if (store_ref(in->store, in->source, name, ref))
		return true;
	return is_full_id(name) && store_resolve(in->store, name, ref, &fault) == RC_OK;
}

bool intake_known_fact(struct intake *in, const char *name)
{
	struct arena arena = {0};
	struct fact fact;
	struct ref ref;
	bool known = store_ref(in->store, in->source, name, &ref);

	if (!known && is_full_id(name))
		known = log_fact(store_log(in->store), strtoull(name, NULL, 16),
			(uint32_t)strtoul(name + 15, NULL, 10), &arena, &fact);
	arena_release(&arena);
	return known;
}

bool intake_named(struct intake *in, const char *name, unsigned target, struct ref *ref)
{
	if (intake_known(in, name, ref))
		return true;
	return (!target || target == KIND_warning) && store_ref(in->store, INTAKE_CAP, name, ref);
}

void intake_fact_start(struct intake_fact *fact, const struct kind *kind, const struct step *step)
{
	memset(fact, 0, sizeof(*fact));
	fact->kind = kind;
	fact->step = step;
	fact->op.kind = kind->id;
	fact->op.step = step ? step->tag : 0;
}

void intake_fact_release(struct intake_fact *fact)
{
	arena_release(&fact->arena);
}

static bool put(struct intake_fact *fact, unsigned tag, struct value value, const char **why)
{
	for (unsigned i = 0; i < fact->count; i++)
		if (fact->fields[i].tag == tag) {
			*why = _("写了两次");
			return false;
		}
	if (fact->count == LIMIT_FIELDS) {
		*why = _("字段太多");
		return false;
	}
	if (value.wire != WIRE_NUM)
		value.text = arena_bytes(&fact->arena, value.text);
	fact->fields[fact->count].tag = tag;
	fact->fields[fact->count++].value = value;
	return true;
}

void intake_set_ref(struct intake_fact *fact, unsigned tag, struct ref ref)
{
	struct buf bytes = {0};
	const char *why;

	ref_put(&bytes, ref);
	put(fact, tag, (struct value){WIRE_BYTES, 0, buf_bytes(&bytes)}, &why);
	buf_release(&bytes);
}

/* area, at and by. *is: it was one of them. */
static bool set_own(struct intake_fact *fact, const char *name, const char *text,
	const struct value_ways *ways, bool *is, const char **why)
{
	struct buf keep = {0};
	struct value value;
	bool good = true;

	*is = true;
	if (strcmp(name, "area") == 0) {
		good = area_parse(text, &fact->op.area, why);
	} else if (strcmp(name, "at") == 0) {
		good = value_parse(&at_field, text, ways, &keep, &value, why);
		if (good)
			fact->op.at = value.num;
	} else if (strcmp(name, "by") == 0) {
		good = text_clean(text, strlen(text), false, &keep) && keep.len <= LIMIT_NAME;
		if (good)
			fact->op.by = arena_bytes(&fact->arena, buf_bytes(&keep));
		else
			*why = _("不是 UTF-8，或超过 100 字节");
	} else {
		*is = false;
	}
	buf_release(&keep);
	return good;
}

static const struct field *named(const struct intake_fact *fact, const char *name)
{
	if (fact->step)
		return step_arg_named(fact->kind, fact->step, name);
	return field_named(fact->kind, name);
}

static bool set_field(struct intake *in, struct intake_fact *fact, const struct field *field,
	const char *text, const struct value_ways *ways, const char **why)
{
	struct buf keep = {0};
	struct value value;
	struct ref ref;
	bool good;

	if (field->type == T_REF && intake_named(in, text, field->target, &ref)) {
		ref_put(&keep, ref);
		good = put(fact, field->tag, (struct value){WIRE_BYTES, 0, buf_bytes(&keep)}, why);
	} else {
		good = value_parse(field, text, ways, &keep, &value, why) &&
		       put(fact, field->tag, value, why);
	}
	buf_release(&keep);
	return good;
}

bool intake_set(struct intake *in, struct intake_fact *fact, const char *name, const char *text,
	const char **why)
{
	struct value_ways ways = store_ways(in->store, false);
	const struct field *field;
	bool is;

	ways.strict = false;
	if (!text[strspn(text, " \t\r\n")])
		return true;
	field = named(fact, name);
	if (!field) {
		if (!set_own(fact, name, text, &ways, &is, why))
			return false;
		if (!is)
			*why = _("没有这个字段");
		return is;
	}
	if (fact->kind->id == KIND_person && field->tag == person_login) {
		*why = _("谁能登录由本站自己决定，请用 outpost user");
		return false;
	}
	if (field->flags & F_FOLD) {
		*why = _("由程序自己填写，不能导入");
		return false;
	}
	return set_field(in, fact, field, text, &ways, why);
}

static bool has(const struct intake_fact *fact, unsigned tag)
{
	for (unsigned i = 0; i < fact->count; i++)
		if (fact->fields[i].tag == tag)
			return true;
	return false;
}

const struct field *intake_lacks(const struct intake_fact *fact)
{
	bool must;

	if (fact->step) {
		const struct field *arg;

		for (unsigned n = 0; (arg = step_arg(fact->kind, fact->step, n, &must)); n++)
			if (must && !has(fact, arg->tag))
				return arg;
		return NULL;
	}
	for (const struct field *f = fact->kind->fields; f->tag; f++)
		if ((f->flags & F_MUST) && !has(fact, f->tag))
			return f;
	return NULL;
}

/* The canonical body: tags ascend. */
static void body_put(const struct intake_fact *fact, struct buf *body)
{
	unsigned last = 0;

	for (unsigned n = 0; n < fact->count; n++) {
		unsigned best = 0;

		for (unsigned i = 1; i < fact->count; i++) {
			unsigned tag = fact->fields[i].tag, at = fact->fields[best].tag;

			if (tag > last && (tag < at || at <= last))
				best = i;
		}
		last = fact->fields[best].tag;
		put_field(body, last, &fact->fields[best].value);
	}
}

/* Only what is committed is stored: an import that a full disk ends says how much that was. */
static enum rc commit(struct intake *in, struct fault *fault)
{
	enum rc rc = store_commit(in->store, fault);

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
		rc = store_begin(in->store, fault);
		in->open = rc == RC_OK;
		in->pending = 0;
	}
	return rc;
}

enum rc intake_write(struct intake *in, struct intake_fact *fact, const char *name, struct ref *ref,
	struct fault *fault)
{
	struct buf body = {0};
	struct op *op = &fact->op;
	enum rc rc = in->may ? in->may(in->to, fact->kind, op->step, fault) : RC_OK;

	if (rc == RC_OK)
		rc = batch(in, fault);
	if (rc != RC_OK)
		return rc;
	body_put(fact, &body);
	op->body = buf_bytes(&body);
	op->who = in->who;
	if (!op->area && !op->rec_seq)
		op->area = store_station(in->store)->area;
	rc = store_write(in->store, op, fault);
	buf_release(&body);
	if (rc == RC_OK) {
		in->pending++;
		*ref = (struct ref){op->rec_site, op->rec_seq};
		if (name)
			rc = store_ref_set(in->store, in->source, name, *ref, fault);
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
		store_undo(in->store);
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
