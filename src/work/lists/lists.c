/* SPDX-License-Identifier: GPL-3.0-or-later
 * Checklists of the register and those that are shipped.
 */
#include "work/lists.h"

#include <stdlib.h>
#include <string.h>

#include "model/kinds.h"
#include "model/packs.h"
#include "model/shipped.h"

/* ---- one list */

/* The next line of TEXT, which moves behind it. */
static struct bytes next_line(struct bytes *text)
{
	const uint8_t *end = text->len ? memchr(text->at, '\n', text->len) : NULL;
	size_t len = end ? (size_t)(end - text->at) : text->len;
	struct bytes line = bytes_of(text->at, len);

	*text = bytes_of(text->at + len + (end != NULL), text->len - len - (end != NULL));
	return line;
}

/* The next word of LINE; "-" is nothing. */
static struct bytes next_word(struct bytes *line)
{
	const uint8_t *blank = line->len ? memchr(line->at, ' ', line->len) : NULL;
	size_t len = blank ? (size_t)(blank - line->at) : line->len;
	struct bytes word = bytes_of(line->at, len);

	*line = bytes_of(line->at + len + (blank != NULL), line->len - len - (blank != NULL));
	return bytes_equal(word, bytes_text("-")) ? bytes_of(NULL, 0) : word;
}

static void take_items(struct checklist_at *list, struct bytes items, struct bytes makes)
{
	while (items.len && list->items < ANSWERS_MOST) {
		struct list_item *item = &list->item[list->items++];
		struct bytes made = next_line(&makes);

		item->text = next_line(&items);
		item->category = next_word(&made);
		item->grade = next_word(&made);
		bytes_into(item->reading, sizeof item->reading, next_word(&made));
	}
}

static const char *text_of(const struct record *record, unsigned tag, struct arena *arena)
{
	return (const char *)arena_bytes(arena, record_text(record, tag)).at;
}

static void take_record(struct checklist_at *list, const struct record *record, struct arena *arena)
{
	*list = (struct checklist_at){.ref = {record->site, record->seq},
		.code = text_of(record, checklist_code, arena),
		.title = text_of(record, checklist_title, arena),
		.version = text_of(record, checklist_version, arena),
		.fits = text_of(record, checklist_fits, arena),
		.source = text_of(record, checklist_source, arena)};
	take_items(list, arena_bytes(arena, record_text(record, checklist_items)),
		arena_bytes(arena, record_text(record, checklist_makes)));
}

static bool take_shipped(struct checklist_at *list, const char *name, struct arena *arena)
{
	struct checklist read;
	struct fault fault;

	if (checklist_read(&read, name, shipped_file(name), arena, &fault))
		return false;
	*list = (struct checklist_at){.code = read.code,
		.title = read.zh,
		.version = read.version,
		.fits = read.fits,
		.source = read.source,
		.items = read.items};
	for (unsigned n = 0; n < read.items; n++) {
		list->item[n] = (struct list_item){.text = bytes_text(read.item[n].text),
			.category = bytes_text(read.item[n].category),
			.grade = bytes_text(read.item[n].grade)};
		bytes_into(list->item[n].reading, sizeof list->item[n].reading,
			bytes_text(read.item[n].reading));
	}
	return true;
}

/* The shipped one of that code. */
static bool find_shipped(struct checklist_at *list, const char *code, struct arena *arena)
{
	const char *name;

	for (unsigned n = 0; (name = shipped_name("checklists/", n)); n++)
		if (take_shipped(list, name, arena) && !strcmp(list->code, code))
			return true;
	return false;
}

/* ---- all of them */

struct listing {
	struct lists *lists;
	struct store *store;
	struct arena *arena;
	const struct kind *kind; /* that is checked; NULL: any */
	struct bytes type;
	int64_t now;
	bool whole; /* only those that fit */
};

static struct list_choice *known(struct lists *lists, const char *code)
{
	for (unsigned n = 0; n < lists->count; n++)
		if (!strcmp(lists->at[n].code, code))
			return &lists->at[n];
	return NULL;
}

/* What is asked by it is no place, and no place is checked by it. */
static bool set_apart(const char *fits)
{
	static const unsigned apart[] = {KIND_drill, KIND_training, KIND_selfcheck};

	for (size_t n = 0; n < countof(apart); n++) {
		const char *name = kind_of(apart[n])->name;

		if (!strncmp(fits, name, strlen(name)))
			return true;
	}
	return false;
}

static void add(struct listing *to, const struct checklist_at *list)
{
	unsigned fit = to->kind ? list_fits(list->fits, to->kind, to->type, to->now) : 0;
	struct list_choice *other = known(to->lists, list->code);

	if (to->kind && !fit && (to->whole || set_apart(list->fits)))
		return;

	if (other) { /* of a register that does not say what it is for, the shipped one does */
		other->fit = other->fit ? other->fit : fit;
		return;
	}
	if (to->lists->count < LISTS_MOST)
		to->lists->at[to->lists->count++] = (struct list_choice){
			list->ref, list->code, list->title, list->version, fit};
}

static bool see_record(const struct row *row, void *to)
{
	struct listing *listing = to;
	struct checklist_at list;
	struct record record;

	row_record(row, &record);
	take_record(&list, &record, listing->arena);
	add(listing, &list);
	return true;
}

static enum rc load_all(struct listing *to, struct fault *fault)
{
	struct query query = query_all(KIND_checklist);
	enum rc rc = store_each(to->store, &query, see_record, to, fault);
	const char *name;

	for (unsigned n = 0; !rc && (name = shipped_name("checklists/", n)); n++) {
		struct checklist_at list;

		if (take_shipped(&list, name, to->arena))
			add(to, &list);
	}
	return rc;
}

static int by_fit(const void *a, const void *b)
{
	const struct list_choice *x = a, *y = b;

	if (x->fit != y->fit)
		return x->fit > y->fit ? -1 : 1;
	return strcmp(x->code, y->code);
}

/* The record says itself which is its own. */
static void own_first(struct listing *to, const struct row *row)
{
	enum { OWN = 100 };
	const struct field *field = field_named(row->kind, "checklist");
	const struct value *value = field ? row_value(row, field->tag) : NULL;
	struct ref ref;

	if (!value || !value_record(to->store, field, value, row->area, &ref))
		return;
	for (unsigned n = 0; n < to->lists->count; n++)
		if (to->lists->at[n].ref.seq == ref.seq && to->lists->at[n].ref.site == ref.site)
			to->lists->at[n].fit = OWN;
}

enum rc lists_for(struct lists *lists, struct store *store, const struct row *row, int64_t now,
	struct arena *arena, struct fault *fault)
{
	struct listing to = {lists, store, arena, row->kind, bytes_of(NULL, 0), now, false};
	const struct field *type = field_named(row->kind, "type");
	const struct value *value = type ? row_value(row, type->tag) : NULL;

	*lists = (struct lists){0};
	if (value && value->wire == WIRE_TEXT)
		to.type = value->text;
	enum rc rc = load_all(&to, fault);
	if (rc)
		return rc;
	own_first(&to, row);
	qsort(lists->at, lists->count, sizeof *lists->at, by_fit);
	return RC_OK;
}

enum rc lists_about(struct lists *lists, struct store *store, const struct lists_wanted *wanted,
	struct arena *arena, struct fault *fault)
{
	struct listing to = {
		lists, store, arena, wanted->kind, bytes_text(wanted->type), wanted->now, true};

	*lists = (struct lists){0};
	enum rc rc = load_all(&to, fault);
	if (!rc)
		qsort(lists->at, lists->count, sizeof *lists->at, by_fit);
	return rc;
}

enum rc list_load(struct checklist_at *list, struct store *store, const char *code,
	struct arena *arena, struct fault *fault)
{
	struct lists lists = {0};
	struct listing to = {&lists, store, arena, NULL, bytes_of(NULL, 0), 0, false};
	struct query query = query_all(KIND_checklist);
	enum rc rc = store_each(store, &query, see_record, &to, fault);
	const struct list_choice *found = known(&lists, code);
	struct record record;

	if (!rc && found) {
		rc = store_record(store, found->ref, arena, &record, NULL, fault);
		if (!rc)
			take_record(list, &record, arena);
	} else if (!rc && !find_shipped(list, code, arena)) {
		rc = fault_set(fault, RC_NONE, _("没有检查表 \"%s\""), code);
	}
	return rc;
}

/* ---- as it was answered */

static bool is_version(const struct checklist_at *list, struct bytes kept)
{
	struct buf text = {0};

	buf_fmt(&text, "%s %s", list->code, list->version);
	bool same = bytes_equal(kept, buf_bytes(&text));
	buf_release(&text);
	return same;
}

/* The newest state of the record that had that version, by fewer and fewer of its facts. */
static void go_back(struct checklist_at *list, const struct history *history, struct bytes kept,
	struct arena *arena)
{
	struct checklist_at then;

	for (size_t n = history->count; n > 0; n--) {
		struct op *ops = arena_get(arena, n * sizeof *ops);
		struct record record;

		memcpy(ops, history->ops, n * sizeof *ops);
		(void)fold_all(&record, ops, n, NULL, &(struct fold_ways){0});
		take_record(&then, &record, arena);
		if (is_version(&then, kept)) {
			*list = then;
			return;
		}
	}
}

enum rc list_answered(struct checklist_at *list, struct store *store, struct ref ref,
	struct bytes kept, struct arena *arena, struct fault *fault)
{
	struct history history;
	struct record record;
	char code[48];
	size_t len = 0;

	if (ref.seq && store_record(store, ref, arena, &record, &history, fault) == RC_OK) {
		take_record(list, &record, arena);
		if (kept.len && !is_version(list, kept))
			go_back(list, &history, kept, arena);
		return RC_OK;
	}
	while (len < kept.len && kept.at[len] != ' ')
		len++;
	bytes_into(code, sizeof code, bytes_of(kept.at, len));
	return list_load(list, store, code, arena, fault);
}
