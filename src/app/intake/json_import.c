/* SPDX-License-Identifier: GPL-3.0-or-later
 * `outpost import json`: JSON items, or one array with an object an element (what `outpost export
 * --json` prints). Records first, those before others that they name; one that is here gets what
 * has changed, as from a table. Then the steps in the order of the file.
 */
#include "format/charset.h"
#include "app/intake/csv_inside.h"
#include "format/json.h"
#include "format/json_lines.h"

#include <string.h>

#include "base/limits.h"
#include "base/progress.h"
#include "work/source.h"

enum { SWEEPS = 8 }; /* chains of records that name later ones are rarely longer */

enum item_state { ITEM_NEW, ITEM_RECORD, ITEM_LATER, ITEM_STEP, ITEM_DONE };

struct item {
	const struct json_line *at;
	enum item_state state;
	const char *ref;   /* of a record; NULL */
	struct item *same; /* the next in its bucket */
};

enum { BUCKETS = 4096 };

struct items {
	struct item *all;
	unsigned count;
	struct item *refs[BUCKETS]; /* records of this file that are not stored yet, by ref */
	struct json_tables tables;
};

static unsigned bucket(const char *ref)
{
	unsigned hash = 5381;

	for (; *ref; ref++)
		hash = hash * 33 + (uint8_t)*ref;
	return hash % BUCKETS;
}

static bool is_pending(const struct items *items, const struct item *self, const char *ref)
{
	for (const struct item *i = items->refs[bucket(ref)]; i; i = i->same)
		if (i != self && i->state == ITEM_RECORD && strcmp(i->ref, ref) == 0)
			return true;
	return false;
}

static struct json *parse(struct intake *in, struct item *item, bool say)
{
	struct json *root = NULL;
	struct fault fault;

	if (item->at->text.len > LIMIT_ROW) {
		if (say)
			intake_bad(in, item->at->line, _("一行超过 1 MiB"));
	} else if (json_parse(item->at->text, &root, &fault) != RC_OK) {
		if (say)
			intake_bad(in, item->at->line, "%s", fault.text);
	} else if (json_type(root) != JSON_OBJECT) {
		json_free(root);
		root = NULL;
		if (say)
			intake_bad(in, item->at->line, _("应是一个对象 {…}"));
	}
	return root;
}

/* What its source calls a record: by "ref", or by an "id" that is none of ours, which have a dash.
 */
static bool source_name(const struct json *root, struct buf *name)
{
	const struct json *ref = json_get(root, "ref"), *id = json_get(root, "id");

	if (ref && json_as_text(ref, name) && name->len)
		return true;
	buf_clear(name);
	return id && json_as_text(id, name) && name->len && !strchr(buf_cstr(name), '-');
}

/* What a line is, and its ref; complains of those that are neither. */
static void classify(struct intake *in, struct items *items, struct item *item)
{
	struct json *root = parse(in, item, true);
	struct buf name = {0};

	item->state = ITEM_DONE;
	if (!root)
		return;
	if (json_get(root, "step")) {
		item->state = ITEM_STEP;
	} else if (json_get(root, "kind")) {
		item->state = ITEM_RECORD;
		item->ref = "";
		if (source_name(root, &name)) {
			struct item **at = &items->refs[bucket(buf_cstr(&name))];

			item->ref = arena_text(&in->arena, buf_cstr(&name));
			item->same = *at;
			*at = item;
		}
	} else {
		intake_bad(in, item->at->line, _("既没有 \"kind\" 也没有 \"step\""));
	}
	buf_release(&name);
	json_free(root);
}

static bool set(struct intake *in, struct change *change, const struct item *item, const char *name,
	const struct json *value)
{
	struct buf text = {0};
	const char *why = _("应是文本、数字或列表");
	bool good = json_as_typed(value, &text) && change_set(change, name, buf_cstr(&text), &why);

	if (!good)
		intake_bad(in, item->at->line, _("字段 \"%s\"：%s"), name, why);
	buf_release(&text);
	return good;
}

static bool own_key(const char *key)
{
	static const char *const keys[] = {"area", "at", "by"};

	for (size_t i = 0; i < countof(keys); i++)
		if (strcmp(key, keys[i]) == 0)
			return true;
	return false;
}

/* Keys that say where the line comes from, or that an export adds: read elsewhere, or not to be
 * set. */
static bool other_key(const char *key)
{
	static const char *const keys[] = {"kind", "ref", "step", "of", "fields", "number", "id",
		"state", "site", "source", "reached", "refused", "history"};

	for (size_t i = 0; i < countof(keys); i++)
		if (strcmp(key, keys[i]) == 0)
			return true;
	return false;
}

/* What the steps have made of a record stands in an export too; it is not to be set. */
static bool computed(const struct change *change, const char *name)
{
	const struct field *f = change->step ? NULL : change_named(change, name);

	if (f)
		return f->flags & F_FOLD;
	return !change->step && state_count(change->kind) && strcmp(name, "state") == 0;
}

/* Everything of the line but what it is and what it is called. */
static bool fill(
	struct intake *in, struct change *change, const struct item *item, const struct json *root)
{
	const struct json *fields = json_get(root, "fields");

	for (const struct json *m = json_first(root); m; m = json_next(m)) {
		if (own_key(json_name(m))) {
			if (!set(in, change, item, json_name(m), m))
				return false;
		} else if (!other_key(json_name(m))) {
			intake_bad(in, item->at->line, _("不认识的键 \"%s\"；字段要写在 fields 里"),
				json_name(m));
			return false;
		}
	}
	if (fields && json_type(fields) != JSON_OBJECT) {
		intake_bad(in, item->at->line, _("\"fields\" 应是一个对象"));
		return false;
	}
	for (const struct json *m = json_first(fields); m; m = json_next(m))
		if (!(computed(change, json_name(m)) || set(in, change, item, json_name(m), m)))
			return false;
	return true;
}

/* RC_BAD and RC_DENIED are the line's own. */
static enum rc written(struct intake *in, const struct item *item, const struct change *change,
	enum rc rc, struct fault *fault)
{
	if (rc == RC_OK && change->doubt)
		intake_note(in, item->at->line, "%s", change->doubt);
	if (rc != RC_BAD && rc != RC_DENIED)
		return rc;
	intake_bad(in, item->at->line, "%s", fault->text);
	return RC_OK;
}

/* Does it name a record of this file that is still to come? */
static bool must_wait(const struct items *items, const struct item *item,
	const struct change *change, const struct json *root)
{
	for (const struct json *m = json_first(json_get(root, "fields")); m; m = json_next(m)) {
		const struct field *f = change_named(change, json_name(m));
		const char *text = json_string(m);

		if (f && f->type == T_REF && text && is_pending(items, item, text))
			return true;
	}
	return false;
}

/* One that waited is last: all others have found theirs. */
static enum rc record_take(struct intake *in, struct items *items, struct item *item,
	const struct json *root, struct csv_record *record, struct fault *fault)
{
	bool last = item->state == ITEM_LATER;
	struct csv_in *csv = json_table(&items->tables, in, record->change.kind, fault);
	bool later = false;
	enum rc rc = RC_OK;

	item->state = ITEM_DONE;
	if (!csv)
		return fault->rc;
	csv->records += !last;
	json_table_names(csv, record, item->ref, json_string(json_get(root, "id")));
	if (fill(in, &record->change, item, root))
		rc = csv_take(csv, record, last, &later, fault);
	if (later)
		item->state = ITEM_LATER;
	return rc;
}

static enum rc record(
	struct intake *in, struct items *items, struct item *item, bool wait, struct fault *fault)
{
	struct json *root = parse(in, item, false);
	const char *name = json_string(json_get(root, "kind"));
	const struct kind *kind = name ? kind_named(name) : NULL;
	struct arena arena = {0};
	const char *text = (const char *)arena_bytes(&arena, item->at->text).at;
	const struct sheet_row row = {item->at->line, 1, &text, NULL};
	struct csv_record record = {.row = &row, .noted = true};
	enum rc rc = RC_OK;

	if (!kind || (kind->flags & K_HIDDEN)) {
		item->state = ITEM_DONE;
		intake_bad(in, item->at->line, _("没有这种记录 \"%s\"；种类见 outpost kinds"),
			name ? name : "");
		arena_release(&arena);
		json_free(root);
		return RC_OK;
	}
	change_new(&record.change, &in->actor, kind, (struct ref){0, 0});
	if (!wait || !must_wait(items, item, &record.change, root)) {
		rc = record_take(in, items, item, root, &record, fault);
	}
	csv_record_release(&record);
	arena_release(&arena);
	json_free(root);
	return rc;
}

/* The record that a step is about. */
static bool step_of_record(struct intake *in, const struct item *item, const struct json *root,
	struct ref *ref, struct record *record, struct arena *arena)
{
	struct buf of = {0};
	struct fault fault;
	bool good = false;

	if (!json_get(root, "of") || !json_as_text(json_get(root, "of"), &of))
		intake_bad(in, item->at->line, _("缺少 \"of\"：写明是哪条记录"));
	else if (!source_record(in->actor.store, in->actor.source, buf_cstr(&of), 0, ref) &&
		 store_resolve(in->actor.store, buf_cstr(&of), ref, &fault) != RC_OK)
		intake_bad(in, item->at->line, _("没有这条记录 \"%s\""), buf_cstr(&of));
	else if (store_record(in->actor.store, *ref, arena, record, NULL, &fault) != RC_OK ||
		 !record->kind)
		intake_bad(in, item->at->line, _("没有这条记录 \"%s\""), buf_cstr(&of));
	else
		good = true;
	buf_release(&of);
	return good;
}

static enum rc step_write(struct intake *in, const struct item *item, const struct json *root,
	struct change *change, const char *name, struct fault *fault)
{
	struct ref ref;
	enum rc rc = RC_OK;

	if (fill(in, change, item, root)) {
		rc = intake_write(in, change, name, &ref, fault);
		in->steps += rc == RC_OK;
		rc = written(in, item, change, rc, fault);
	}
	return rc;
}

static enum rc step(struct intake *in, struct item *item, struct fault *fault)
{
	struct json *root = parse(in, item, false);
	const char *verb = json_string(json_get(root, "step"));
	const struct json *given = json_get(root, "ref");
	struct buf name = {0};
	struct arena arena = {0};
	struct record record;
	struct ref ref;
	char made[40];
	enum rc rc = RC_OK;

	item->state = ITEM_DONE;
	if (!given || !json_as_text(given, &name) || !name.len) {
		intake_name(in, item->at->text, made);
		buf_text(&name, made);
	}
	if (source_known_fact(in->actor.store, in->actor.source, buf_cstr(&name))) {
		in->known++;
	} else if (step_of_record(in, item, root, &ref, &record, &arena)) {
		const struct step *taken = verb ? step_named(record.kind, verb) : NULL;

		if (taken) {
			struct change change;

			change_step(&change, &in->actor, &record, taken);
			rc = step_write(in, item, root, &change, buf_cstr(&name), fault);
			change_release(&change);
		} else {
			intake_bad(in, item->at->line, _("\"%s\" 没有这一步 \"%s\""),
				_(record.kind->label), verb ? verb : "");
		}
	}
	arena_release(&arena);
	buf_release(&name);
	json_free(root);
	return rc;
}

static const char reading[] = N_("读记录");

static enum rc sweep(
	struct intake *in, struct items *items, bool wait, unsigned *left, struct fault *fault)
{
	enum rc rc = RC_OK;

	*left = 0;
	for (unsigned n = 0; n < items->count && rc == RC_OK; n++) {
		if ((rc = progress(reading, n, items->count, fault)))
			break;
		if (items->all[n].state == ITEM_RECORD)
			rc = record(in, items, &items->all[n], wait, fault);
		*left += items->all[n].state == ITEM_RECORD;
	}
	return rc ? rc : progress(reading, items->count, items->count, fault);
}

/* Sweeps store what names nothing that is still to come, until only circles are left: those keep
 * the name as text. */
static enum rc records(struct intake *in, struct items *items, struct fault *fault)
{
	unsigned left = items->count, was = left + 1, n;
	enum rc rc = RC_OK;

	for (n = 0; n < SWEEPS && left && left < was && rc == RC_OK; n++) {
		was = left;
		rc = sweep(in, items, true, &left, fault);
	}
	if (rc == RC_OK && left)
		rc = sweep(in, items, false, &left, fault);
	for (n = 0; n < items->count && rc == RC_OK; n++)
		if (items->all[n].state == ITEM_LATER)
			rc = record(in, items, &items->all[n], false, fault);
	json_tables_end(&items->tables, rc == RC_OK);
	return rc;
}

enum rc json_import(struct intake *in, struct bytes text, struct fault *fault)
{
	struct items items = {0};
	struct json_line *line;
	const char *why;
	unsigned bad = in->bad, n = 0;
	enum rc rc = charset_utf8(text, fault);

	if (rc)
		return rc;
	if (!json_lines(&in->arena, text, &line, &items.count, &why))
		return fault_set(fault, RC_BAD, "%s", why);
	items.all = arena_get(&in->arena, (items.count + 1) * sizeof(*items.all));
	for (; line; line = line->next) {
		items.all[n].at = line;
		classify(in, &items, &items.all[n++]);
	}
	rc = records(in, &items, fault);
	for (n = 0; n < items.count && rc == RC_OK; n++)
		if (items.all[n].state == ITEM_STEP)
			rc = step(in, &items.all[n], fault);
	if (rc == RC_OK && items.count && in->bad - bad >= items.count)
		in->bad_files++;
	else if (rc == RC_OK)
		in->good_files++;
	return rc;
}
