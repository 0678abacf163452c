/* SPDX-License-Identifier: GPL-3.0-or-later
 * What people call a record: ZZ-17, short enough for a radio; the full id; the source's own name;
 * its title.
 */
#include "store/rows/internal.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/kinds.h"

void store_id(struct ref ref, char out[32])
{
	snprintf(out, 32, "%s-%u", site_hex(ref.site, (char[SITE_HEX]){""}), ref.seq);
}

void store_number(struct store *store, struct ref ref, char out[32])
{
	const struct known_site *known = log_brief(&store->log, ref.site);
	/* A code that two sites use names the one that store_resolve would find. */
	if (known->has_code && known->site.code[0])
		snprintf(out, 32, "%s-%u", known->site.code, ref.seq);
	else
		store_id(ref, out);
}

static bool take_seq(const char *text, uint32_t *seq)
{
	char *end;
	if (!isdigit((unsigned char)*text))
		return false;
	unsigned long long number = strtoull(text, &end, 10);
	*seq = (uint32_t)number;
	return !*end && number && number <= UINT32_MAX;
}

static bool take_site(struct store *store, const char *text, size_t len, uint64_t *out)
{
	char word[16];
	struct site site;
	if (!len || len >= sizeof(word))
		return false;
	memcpy(word, text, len);
	word[len] = '\0';
	if (log_site_code(&store->log, word, &site)) {
		*out = site.site;
		return true;
	}
	char *end;
	*out = strtoull(word, &end, 16);
	return len == 14 && !*end && *out;
}

static bool take_number(struct store *store, const char *typed, struct ref *ref)
{
	const char *dash = strrchr(typed, '-');
	ref->site = store->log.site;
	if (!dash)
		return take_seq(typed, &ref->seq);
	return take_site(store, typed, (size_t)(dash - typed), &ref->site) &&
	       take_seq(dash + 1, &ref->seq);
}

/* ---- labels */

/* 29 signs, a prime number, without those that look like others. */
static const char label_signs[] = "ABCDEFGHJKLMNPRSTUVWXY2345678";
enum { LABEL_SIGNS = sizeof label_signs - 1 };

/* Each place weighs otherwise, so that two signs changed over are seen. */
static char label_sign(const char *number)
{
	enum { LETTERS = 26 };
	unsigned sum = 0, weight = 1;

	for (; *number; number++) {
		unsigned value = 0;
		if (isdigit((unsigned char)*number))
			value = LETTERS + (unsigned)(*number - '0');
		else if (isalpha((unsigned char)*number))
			value = (unsigned)(toupper((unsigned char)*number) - 'A');
		else
			continue;
		weight = weight % (LABEL_SIGNS - 1) + 1;
		sum += weight * value;
	}
	return label_signs[sum % LABEL_SIGNS];
}

void store_label(struct store *store, struct ref ref, char out[40])
{
	char number[32];
	store_number(store, ref, number);
	snprintf(out, 40, "%s-%c", number, label_sign(number));
}

bool label_number(const char *typed, char number[32], bool *good)
{
	const char *first = strchr(typed, '-'), *last = strrchr(typed, '-');
	size_t len = last ? (size_t)(last - typed) : 0;
	if (!first || first == last || !last[1] || last[2] || len >= 32 ||
		first + 1 + strspn(first + 1, "0123456789") != last)
		return false; /* BXZ-DB-2 is a slip */
	memcpy(number, typed, len);
	number[len] = '\0';
	*good = toupper((unsigned char)last[1]) == label_sign(number);
	return true;
}

bool store_number_read(struct store *store, const char *typed, struct ref *ref)
{
	char number[32];
	bool good = true;

	if (label_number(typed, number, &good))
		typed = number;
	return good && take_number(store, typed, ref);
}

/* The kind of a record that is here; 0 when there is none. */
static unsigned record_kind(struct store *store, struct ref ref)
{
	struct sql sql = sql_open(store->db,
		"SELECT kind FROM fact WHERE site=?1 AND seq=?2 AND rec_site=site AND rec_seq=seq "
		"AND state<>1 UNION ALL "
		"SELECT kind FROM voice WHERE site=?1 AND seq=?2 AND rec_site=site AND "
		"rec_seq=seq");
	sql_num(&sql, (int64_t)ref.site);
	sql_num(&sql, ref.seq);
	unsigned kind = sql_row(&sql) ? (unsigned)sql_get(&sql, 0) : 0;
	return sql_end(&sql, NULL) ? 0 : kind;
}

enum rc store_resolve(struct store *store, const char *typed, struct ref *ref, struct fault *fault)
{
	char number[32];
	bool good = true;
	if (label_number(typed, number, &good))
		typed = number;
	if (!good)
		return fault_set(fault, RC_BAD, "%s", _("编码的最后一位不对，请对着标签再打一遍"));
	unsigned id = take_number(store, typed, ref) ? record_kind(store, *ref) : 0;
	const struct kind *kind = kind_of(id);
	if (kind)
		*ref = twin_shown(store, kind, *ref);
	if (id)
		return RC_OK;
	return fault_set(
		fault, RC_NONE, _("没有记录 \"%s\""), text_brief(&(struct brief){""}, typed));
}

bool store_ref(struct store *store, const char *source, const char *name, struct ref *ref)
{
	struct sql sql = sql_open(store->db, "SELECT site, seq FROM ref WHERE source=? AND name=?");
	sql_text(&sql, source);
	sql_text(&sql, name);
	bool found = sql_row(&sql);
	if (found)
		*ref = (struct ref){(uint64_t)sql_get(&sql, 0), (uint32_t)sql_get(&sql, 1)};
	return sql_end(&sql, NULL) == RC_OK && found;
}

enum rc store_ref_set(struct store *store, const char *source, const char *name, struct ref ref,
	struct fault *fault)
{
	enum rc rc = store_begin(store, fault);
	if (rc)
		return rc;
	struct sql sql = sql_open(
		store->db, "INSERT OR REPLACE INTO ref(source, name, site, seq) VALUES(?,?,?,?)");
	sql_text(&sql, source);
	sql_text(&sql, name);
	sql_num(&sql, (int64_t)ref.site);
	sql_num(&sql, ref.seq);
	if ((rc = sql_run(&sql, fault))) {
		store_undo(store);
		return rc;
	}
	return store_commit(store, fault);
}

/* A bare number may be a quantity: only what has a dash is taken for a record. */
static bool routes_find(void *to, unsigned kind, const char *typed, struct ref *ref)
{
	struct store *store = to;
	if (!strchr(typed, '-') || !take_number(store, typed, ref))
		return false;
	unsigned is = record_kind(store, *ref);
	return is && (!kind || is == kind);
}

static void title_put(const struct row *row, const struct value_ways *ways, struct buf *out)
{
	size_t before = out->len;
	for (unsigned i = 0; row->kind->fields[i].tag; i++) {
		if (!(row->kind->fields[i].flags & F_TITLE) || !row->has[i])
			continue;
		if (out->len > before)
			buf_byte(out, ' ');
		value_show(&row->kind->fields[i], &row->values[i], ways, out);
	}
}

/* Records in titles of records are shown by number: two that name each other must not go round for
 * ever. */
static bool name_number(void *to, struct ref ref, bool title, struct buf *out)
{
	char number[32];
	(void)title;
	store_number(to, ref, number);
	buf_text(out, number);
	return true;
}

static bool title_of(struct store *store, struct ref ref, struct buf *out)
{
	struct arena arena = {0};
	struct row row;
	size_t before = out->len;
	struct value_ways ways = {.labels = true, .name = name_number, .to = store};
	if (store_row(store, ref, &arena, &row, NULL) == RC_OK)
		title_put(&row, &ways, out);
	arena_release(&arena);
	return out->len > before;
}

static bool routes_name(void *to, struct ref ref, bool title, struct buf *out)
{
	struct store *store = to;
	char number[32];
	if (title && title_of(store, ref, out))
		return true;
	store_number(store, ref, number);
	buf_text(out, number);
	return true;
}

/* Of one station alone: what another wrote under this hash is part of another's text. */
static unsigned routes_pages(void *to, const char *key, unsigned nth, struct buf *out)
{
	struct store *store = to;
	struct fault fault;
	unsigned count = 0;
	struct sql sql = sql_open(store->db,
		"SELECT f_text FROM row_leaf WHERE f_whole=?1 AND site=(SELECT DISTINCT site FROM "
		"row_leaf WHERE f_whole=?1 ORDER BY site LIMIT 1 OFFSET ?2) ORDER BY f_number");

	sql_text(&sql, key);
	sql_num(&sql, nth);
	for (; sql_row(&sql); count++) {
		struct bytes text = sql_get_bytes(&sql, 0);

		buf_put(out, text.at, text.len);
	}
	return sql_end(&sql, &fault) ? 0 : count;
}

struct value_ways store_ways(struct store *store, bool labels)
{
	return (struct value_ways){.labels = labels,
		.find = routes_find,
		.name = routes_name,
		.pages = routes_pages,
		.to = store};
}

/* Does it end others, or was it ended itself? A warning that was lifted is in that state. */
static bool is_end(const struct row *row, const struct field *ends)
{
	const struct value *type = row_value(row, ends->tag);

	return (type && type->wire == WIRE_TEXT && bytes_equal(type->text, bytes_text("cancel"))) ||
	       (row->kind->id == KIND_warning && row->state == warning_is_cancelled);
}

/* "【解除】" where the title does not say so itself: it must not be read as a warning that is in
 * force. */
static void mark_end(const struct row *row, struct buf *out)
{
	static const char says[] = "解除"; /* zh: what such titles say */
	const struct field *ends = field_flagged(row->kind, F_ENDS);
	const struct field *title = field_flagged(row->kind, F_TITLE);
	const struct value *text = title ? row_value(row, title->tag) : NULL;

	if (!ends || !is_end(row, ends) ||
		(text && text->wire == WIRE_TEXT &&
			memmem(text->text.at, text->text.len, says, strlen(says))))
		return;
	buf_fmt(out, _("【%s】"), code_text(ends->codes, "cancel"));
}

bool row_practice(const struct row *row)
{
	const struct field *real = field_flagged(row->kind, F_REAL);
	const struct value *status = real ? row_value(row, real->tag) : NULL;

	return status && status->wire == WIRE_TEXT &&
	       !bytes_equal(status->text, bytes_text("actual"));
}

void row_mark(const struct row *row, struct buf *out)
{
	const struct field *real = field_flagged(row->kind, F_REAL);
	const struct value *status = real ? row_value(row, real->tag) : NULL;
	char code[16];

	if (status && status->wire == WIRE_TEXT &&
		!bytes_equal(status->text, bytes_text("actual"))) {
		bytes_into(code, sizeof code, status->text);
		buf_fmt(out, _("【%s】"), code_text(real->codes, code));
	}
	mark_end(row, out);
}

/* Of one without a title: what it is, in words, says more to people than its number. */
static void codes_put(const struct row *row, const struct value_ways *ways, struct buf *out)
{
	size_t before = out->len;

	for (const struct field *f = row->kind->fields; f->tag; f++) {
		const struct value *value = row_value(row, f->tag);

		if (!value || !(f->flags & F_MUST) || f->type != T_CODE)
			continue;
		buf_text(out, out->len > before ? " " : "");
		value_show(f, value, ways, out);
	}
}

void row_title(struct store *store, const struct row *row, struct buf *out)
{
	struct value_ways ways = store_ways(store, true);
	size_t before = out->len;
	title_put(row, &ways, out);
	if (out->len == before)
		codes_put(row, &ways, out);
	if (out->len == before) {
		char number[32];
		store_number(store, row->ref, number);
		buf_text(out, number);
	}
}

/* A name that says who it is: whether there are several, and whether that one has left. */
static void mark_put(
	struct store *store, const struct row *row, const struct field *field, struct buf *out)
{
	struct bearers who;
	struct arena arena = {0};
	struct row person;

	if (row_means(store, row, field->tag, &who, NULL) || !who.count)
		return;
	if (who.count > 1)
		buf_fmt(out, _("（同名 %u 个）"), who.count);
	else if (store_row(store, who.at[0], &arena, &person, NULL) == RC_OK && row_void(&person))
		buf_fmt(out, _("（%s）"), _(person.kind->states[person.state].label));
	arena_release(&arena);
}

static void put_site(struct store *store, const struct value *value, struct buf *out)
{
	char id[SITE_HEX + 1];
	struct site site;

	bytes_into(id, sizeof id, value->text);
	if (log_site(store_log(store), strtoull(id, NULL, 16), &site))
		buf_text(out, site.name);
}

void row_field(
	struct store *store, const struct row *row, unsigned tag, bool labels, struct buf *out)
{
	int place = field_place(row->kind, tag);
	struct value_ways ways = store_ways(store, labels);
	const struct field *field = place >= 0 ? &row->kind->fields[place] : NULL;

	if (labels && field && field->type == T_PHONE && !strcmp(field->name, "phone")) {
		row_phone(store, row, out);
		return;
	}
	if (!field || !row->has[place])
		return;
	if (labels && field->flags & F_SITE) {
		put_site(store, &row->values[place], out);
		return;
	}
	value_show(field, &row->values[place], &ways, out);
	if (labels && field_names_one(field))
		mark_put(store, row, field, out);
}

const char *row_field_text(
	struct store *store, const struct row *row, unsigned tag, bool labels, struct arena *arena)
{
	struct buf text = {0};

	if (row_value(row, tag))
		row_field(store, row, tag, labels, &text);
	const char *kept = arena_text(arena, buf_cstr(&text));
	buf_release(&text);
	return kept;
}

void row_tell(struct store *store, const struct row *row, struct buf *out)
{
	static const char *const tells[] = {"post", "duty", "place", "group", "phone"};
	const struct state *state = state_count(row->kind) ? &row->kind->states[row->state] : NULL;

	for (size_t i = 0; i < countof(tells); i++) {
		const struct field *field = field_named(row->kind, tells[i]);
		struct buf text = {0};

		if (field && !(field->flags & F_PRIVATE))
			row_field(store, row, field->tag, true, &text);
		if (text.len)
			buf_fmt(out, " %s", buf_cstr(&text));
		buf_release(&text);
	}
	if (state && state->flags & STATE_VOID)
		buf_fmt(out, " %s", _(state->label));
}
