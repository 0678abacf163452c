/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which record a row is: the records of a kind by what makes two of them one (config/office.tsv,
 * "key"). One that fits is the same; one that may be is for a person to say; two things of one name
 * that stand in the same table stay two.
 */
#include "app/intake/csv_inside.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "store/station.h"

enum { WAYS = 4, FIELDS = 8, ALIKE = 16, BUCKETS = 1 << 16 };

struct entry {
	struct ref ref;
	uint64_t area;
	unsigned line; /* of the row of this file that it is; 0 = none */
	unsigned turn; /* when it was last looked at */
	bool doubted;  /* a row may be it */
	int64_t row;   /* that it was in the last table, where nothing was said of it; 0 */
	const char *const *text; /* as many as known->fields */
	struct entry *next[WAYS], *same_ref, *same_row, *later;
};

/* One way to know a record: places in known->field, the title first. */
struct way {
	unsigned at[FIELDS], count;
};

struct known {
	struct csv_in *csv;
	struct arena arena;
	const struct field *field[FIELDS];
	unsigned fields, ways, turn;
	struct way way[WAYS];
	struct entry **buckets[WAYS], **refs, **rows;
	struct entry *first, **last;
};

/* ---- texts that are compared */

static const char *text_of(
	struct known *known, const struct field *field, const struct value *value)
{
	struct value_ways ways = store_ways(known->csv->in->actor.store, true);
	struct buf shown = {0}, folded = {0}, plain = {0};

	if (!value)
		return "";
	if (field->type == T_PHONE && value->wire == WIRE_TEXT) {
		csv_phone(value->text, &plain);
	} else {
		value_show(field, value, &ways, &shown);
		text_fold(buf_cstr(&shown), shown.len, &folded);
		office_plain(buf_cstr(&folded), &plain);
	}
	const char *text = plain.len ? arena_text(&known->arena, buf_cstr(&plain)) : "";
	buf_release(&shown);
	buf_release(&folded);
	buf_release(&plain);
	return text;
}

static size_t bucket_of(const char *text)
{
	uint64_t hash = 14695981039346656037u;

	for (; *text; text++)
		hash = (hash ^ (uint8_t)*text) * 1099511628211u;
	return (hash ^ hash >> 32) % BUCKETS;
}

static size_t ref_bucket(struct ref ref)
{
	return (ref.site * 31 + ref.seq) % BUCKETS;
}

/* ---- making it */

static bool take_way(struct known *known, const char *names)
{
	struct way *way = &known->way[known->ways];
	char name[LIMIT_NAME];

	for (const char *at = names; *at;) {
		size_t len = strcspn(at, " ");
		const struct field *field;
		unsigned place = 0;

		bytes_into(name, sizeof(name), bytes_of(at, len));
		field = field_named(known->csv->kind, name);
		while (place < known->fields && known->field[place] != field)
			place++;
		if (!field || place == FIELDS || way->count == FIELDS)
			return false;
		known->field[place] = field;
		known->fields += place == known->fields;
		way->at[way->count++] = place;
		at += len + strspn(at + len, " ");
	}
	return way->count;
}

static void add(struct known *known, struct entry *entry)
{
	struct entry **bucket;

	for (unsigned w = 0; w < known->ways; w++) {
		bucket = &known->buckets[w][bucket_of(entry->text[known->way[w].at[0]])];
		entry->next[w] = *bucket;
		*bucket = entry;
	}
	bucket = &known->refs[ref_bucket(entry->ref)];
	entry->same_ref = *bucket;
	*bucket = entry;
	*known->last = entry;
	known->last = &entry->later;
}

static bool take_row(const struct row *row, void *to)
{
	struct known *known = to;
	struct entry *entry;

	if (row_void(row))
		return true;
	entry = arena_get(&known->arena, sizeof(*entry));
	entry->ref = row->ref;
	entry->area = row->area;
	const char **text = arena_get(&known->arena, known->fields * sizeof(*text));
	for (unsigned i = 0; i < known->fields; i++)
		text[i] = text_of(known, known->field[i], row_value(row, known->field[i]->tag));
	entry->text = text;
	add(known, entry);
	return true;
}

static struct entry *entry_of(struct known *known, struct ref ref)
{
	struct entry *entry = known->refs[ref_bucket(ref)];

	while (entry && (entry->ref.site != ref.site || entry->ref.seq != ref.seq))
		entry = entry->same_ref;
	return entry;
}

/* ID is as store_id writes it. */
static void take_delivered(void *to, const char *id, int64_t row)
{
	struct known *known = to;
	char *end;
	uint64_t site = strtoull(id, &end, 16);
	struct ref ref = {site, *end ? (uint32_t)strtoul(end + 1, NULL, 10) : 0};
	struct entry *entry = entry_of(known, ref);

	if (!entry)
		return;
	struct entry **bucket = &known->rows[(uint64_t)row % BUCKETS];
	entry->row = row;
	entry->same_row = *bucket;
	*bucket = entry;
}

struct known *known_new(struct csv_in *csv, struct fault *fault)
{
	struct query query = query_all(csv->kind->id);
	struct known *known = memory_get(1, sizeof(*known));
	const char *names;

	known->csv = csv;
	known->last = &known->first;
	for (unsigned n = 0; known->ways < WAYS && (names = office_key(csv->kind, n)); n++)
		if (take_way(known, names))
			known->ways++;
	fault->rc = RC_OK;
	if (known->ways) {
		for (unsigned w = 0; w < known->ways; w++)
			known->buckets[w] = memory_get(BUCKETS, sizeof(struct entry *));
		known->refs = memory_get(BUCKETS, sizeof(struct entry *));
		known->rows = memory_get(BUCKETS, sizeof(struct entry *));
		fault->rc = store_each(csv->in->actor.store, &query, take_row, known, fault);
	}
	if (known->first)
		csv_each_delivered(csv, take_delivered, known);
	if (known->ways && fault->rc == RC_OK)
		return known;
	known_free(known);
	return NULL;
}

void known_free(struct known *known)
{
	if (!known)
		return;
	for (unsigned w = 0; w < WAYS; w++)
		free(known->buckets[w]);
	free(known->refs);
	free(known->rows);
	arena_release(&known->arena);
	free(known);
}

/* ---- finding */

/* How a row fits a record, over all ways that begin alike. */
struct fit {
	bool sure;             /* one way says so, and nothing in it speaks against */
	unsigned alike, other; /* fields that are the same, that differ */
	unsigned half;         /* that one of both lacks */
};

static void fit_way(
	const struct way *way, const char *const *row, const struct entry *entry, struct fit *fit)
{
	unsigned alike = 0, other = 0, half = 0;

	if (!*row[way->at[0]] || strcmp(row[way->at[0]], entry->text[way->at[0]]) != 0)
		return;
	for (unsigned i = 1; i < way->count; i++) {
		const char *here = row[way->at[i]], *there = entry->text[way->at[i]];

		if (*here && *there && !strcmp(here, there))
			alike++;
		else if (*here && *there)
			other++;
		else
			half += *here || *there;
	}
	fit->sure |= !other && (alike || way->count == 1);
	fit->alike += alike;
	fit->other += other;
	fit->half += half;
}

/* Records that fit a row alike. */
struct alike {
	const struct entry *entry[ALIKE];
	unsigned count; /* may be more than ALIKE */
};

/* What is left of all candidates. */
struct choice {
	struct alike best;         /* sure and free */
	struct alike maybe;        /* free, and not sure */
	const struct entry *taken; /* sure, and a row of this file */
	unsigned fields;           /* of BEST that are the same */
	bool plain;                /* nothing tells MAYBE from the row */
};

static void add_alike(struct alike *alike, const struct entry *entry)
{
	if (alike->count < ALIKE)
		alike->entry[alike->count] = entry;
	alike->count++;
}

static void weigh(const struct entry *entry, const struct fit *fit, struct choice *choice)
{
	if (fit->sure && entry->line) {
		if (!fit->other)
			choice->taken = entry;
	} else if (fit->sure) {
		if (fit->alike > choice->fields)
			choice->best.count = 0;
		if (fit->alike >= choice->fields || !choice->best.count) {
			add_alike(&choice->best, entry);
			choice->fields = fit->alike;
		}
	} else if (!entry->line) {
		add_alike(&choice->maybe, entry);
		choice->plain = !fit->alike && !fit->other && !fit->half;
	}
}

/* The one of ALIKE; of several the one that the row was before. *SURE false: it may be another. */
static const struct entry *one_of(
	struct csv_in *csv, const struct csv_record *record, const struct alike *alike, bool *sure)
{
	*sure = alike->count == 1;
	for (unsigned i = 0; !*sure && i < alike->count && i < ALIKE; i++)
		if (csv_is_delivered(csv, record->row, alike->entry[i]->ref)) {
			*sure = true;
			return alike->entry[i];
		}
	return alike->count ? alike->entry[0] : NULL;
}

static struct choice choose(
	struct csv_in *csv, const struct csv_record *record, const char *const *row)
{
	struct known *known = csv->known;
	struct choice choice = {.fields = 0};

	uint64_t told = record->change.op.area; /* 0: anywhere */

	known->turn++;
	for (unsigned w = 0; w < known->ways; w++) {
		const char *title = row[known->way[w].at[0]];

		if (!*title)
			continue;
		for (struct entry *e = known->buckets[w][bucket_of(title)]; e; e = e->next[w]) {
			struct fit fit = {.alike = 0};

			if (e->turn == known->turn || (told && told != e->area) ||
				strcmp(e->text[known->way[w].at[0]], title) != 0)
				continue;
			e->turn = known->turn;
			for (unsigned i = 0; i < known->ways; i++)
				fit_way(&known->way[i], row, e, &fit);
			weigh(e, &fit, &choice);
		}
	}
	return choice;
}

/* They stay as long as KNOWN: what is found to be new is known by them from then on. */
static const char *const *texts_of(struct known *known, struct csv_record *record)
{
	if (record->key)
		return record->key;
	const char **text = arena_get(&known->arena, known->fields * sizeof(*text));
	for (unsigned i = 0; i < known->fields; i++) {
		const struct change_value *value =
			change_value(&record->change, known->field[i]->tag);

		text[i] = text_of(known, known->field[i], value ? &value->value : NULL);
	}
	return record->key = text;
}

struct csv_match known_find(struct csv_in *csv, struct csv_record *record, bool last)
{
	struct csv_match match = {CSV_NEW, {0, 0}, 0};
	struct choice choice = choose(csv, record, texts_of(csv->known, record));
	bool sure, plain = choice.plain;
	const struct entry *entry = one_of(csv, record, &choice.best, &sure);
	if (entry) {
		match.is = sure ? CSV_SAME : CSV_DOUBTFUL;
	} else if ((entry = choice.taken)) {
		match.is = CSV_DOUBTFUL;
		match.line = entry->line;
	} else if (choice.maybe.count && !last) {
		match.is = CSV_LATER;
	} else if ((entry = one_of(csv, record, &choice.maybe, &sure))) {
		match.is = plain && sure ? CSV_SAME : CSV_DOUBTFUL;
	}
	if (entry)
		match.ref = entry->ref;
	return match;
}

void known_claim(struct csv_in *csv, struct csv_record *record, struct ref ref)
{
	struct known *known = csv->known;
	struct entry *entry = entry_of(known, ref);

	if (!entry) {
		entry = arena_get(&known->arena, sizeof(*entry));
		entry->ref = ref;
		entry->area = record->change.op.area;
		entry->text = texts_of(known, record);
		add(known, entry);
	}
	entry->line = record->row->line;
}

bool known_again(struct csv_in *csv, const struct sheet_row *row)
{
	int64_t hash = csv->known->first ? csv_clean_hash(csv, row) : 0;
	struct entry *entry = hash ? csv->known->rows[(uint64_t)hash % BUCKETS] : NULL;

	while (entry && (entry->row != hash || entry->line))
		entry = entry->same_row;
	if (entry)
		entry->line = row->line;
	return entry;
}

void known_doubt(struct known *known, struct ref ref)
{
	struct entry *entry = entry_of(known, ref);

	if (entry)
		entry->doubted = true;
}

void known_each_left(struct known *known, void (*fn)(void *to, struct ref ref), void *to)
{
	for (const struct entry *entry = known->first; entry; entry = entry->later)
		if (!entry->line && !entry->doubted)
			fn(to, entry->ref);
}
