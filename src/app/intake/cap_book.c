/* SPDX-License-Identifier: GPL-3.0-or-later
 * The warnings of a station by identifier, however they came there.
 */
#include "app/cap_book.h"

#include <string.h>

#include "model/kinds.h"

enum { HASH_START = 5381 };

/* Bytes of IDENTIFIER that are the alert's own. */
static size_t base_of(const char *identifier)
{
	size_t len = strlen(identifier);

	for (;;) {
		size_t at = len;

		while (at && identifier[at - 1] >= '0' && identifier[at - 1] <= '9')
			at--;
		if (at == len || at < 3 ||
			(memcmp(identifier + at - 2, BOOK_PART, 2) != 0 &&
				memcmp(identifier + at - 2, BOOK_VERSION, 2) != 0))
			return len;
		len = at - 2;
	}
}

bool cap_book_same(const char *identifier, const char *other)
{
	size_t len = base_of(identifier);

	return len == base_of(other) && memcmp(identifier, other, len) == 0;
}

static unsigned slot(const char *text, size_t len)
{
	unsigned hash = HASH_START;

	for (size_t i = 0; i < len; i++)
		hash = hash * 33 + (uint8_t)text[i];
	return hash % BOOK_BUCKETS;
}

uint64_t cap_book_content(const char *const texts[], size_t count)
{
	uint64_t hash = HASH_START;

	for (size_t i = 0; i < count; i++) {
		for (const char *at = texts[i]; *at; at++)
			hash = (hash ^ (uint8_t)*at) * UINT64_C(1099511628211);
		hash *= UINT64_C(1099511628211);
	}
	return hash;
}

static const char *text_of(struct cap_book *book, const struct row *row, unsigned tag)
{
	const struct value *value = row_value(row, tag);

	return value ? (const char *)arena_bytes(&book->arena, value->text).at : "";
}

static bool add_row(const struct row *row, void *to)
{
	struct cap_book *book = to;
	const char *msgtype = text_of(book, row, warning_msgtype);
	const struct value *sent = row_value(row, warning_sent);
	const char *const texts[] = {text_of(book, row, warning_severity),
		text_of(book, row, warning_headline), text_of(book, row, warning_text),
		text_of(book, row, warning_areas)};
	const struct book_entry entry = {.identifier = text_of(book, row, warning_identifier),
		.refers = text_of(book, row, warning_refers),
		.event = text_of(book, row, warning_event),
		.severity = texts[0],
		.status = text_of(book, row, warning_status),
		.areas = texts[3],
		.cancels = strcmp(msgtype, "cancel") == 0,
		.updates = strcmp(msgtype, "update") == 0,
		.open = row->state == warning_is_active,
		.doubtful = row_value(row, warning_doubt) != NULL,
		.sent = sent ? sent->num : row->at,
		.content = cap_book_content(texts, countof(texts)),
		.ref = row->ref};

	if (*entry.identifier)
		cap_book_add(book, &entry);
	return true;
}

enum rc cap_book_read(struct cap_book *book, struct store *store, struct fault *fault)
{
	struct query query = query_all(KIND_warning);

	memset(book, 0, sizeof(*book));
	return store_each(store, &query, add_row, book, fault);
}

static void link_add(struct cap_book *book, struct book_entry *from, const char *name, size_t len)
{
	struct book_link *link = arena_get(&book->arena, sizeof(*link));
	const char *referred = (const char *)arena_bytes(&book->arena, bytes_of(name, len)).at;
	struct book_link **at = &book->links[slot(referred, base_of(referred))];

	*link = (struct book_link){referred, from, *at};
	*at = link;
}

struct book_entry *cap_book_add(struct cap_book *book, const struct book_entry *of)
{
	struct arena *arena = &book->arena;
	struct book_entry *entry = arena_get(arena, sizeof(*entry));
	struct book_entry **at, **alike = &book->content[of->content % BOOK_BUCKETS];

	*entry = *of;
	entry->identifier = arena_text(arena, of->identifier);
	entry->refers = arena_text(arena, of->refers);
	entry->event = arena_text(arena, of->event);
	entry->severity = arena_text(arena, of->severity);
	entry->status = arena_text(arena, of->status);
	entry->areas = arena_text(arena, of->areas);
	at = &book->bucket[slot(entry->identifier, base_of(entry->identifier))];
	entry->same = *at;
	*at = entry;
	entry->alike = *alike;
	*alike = entry;
	entry->next = book->all;
	book->all = entry;
	for (const char *name = entry->refers; *name;) {
		size_t len = strcspn(name, " ");

		if (len)
			link_add(book, entry, name, len);
		name += len + (name[len] == ' ');
	}
	return entry;
}

struct book_entry *cap_book_each(
	const struct cap_book *book, const char *identifier, const struct book_entry *after)
{
	struct book_entry *e =
		after ? after->same : book->bucket[slot(identifier, base_of(identifier))];

	while (e && !cap_book_same(e->identifier, identifier))
		e = e->same;
	return e;
}

struct book_entry *cap_book_find(const struct cap_book *book, const char *identifier)
{
	struct book_entry *e = cap_book_each(book, identifier, NULL);

	while (e && strcmp(e->identifier, identifier) != 0)
		e = cap_book_each(book, identifier, e);
	return e;
}

struct book_link *cap_book_naming(
	const struct cap_book *book, const char *identifier, const struct book_link *after)
{
	struct book_link *link =
		after ? after->next : book->links[slot(identifier, base_of(identifier))];

	while (link && !cap_book_same(link->referred, identifier))
		link = link->next;
	return link;
}

void cap_book_release(struct cap_book *book)
{
	arena_release(&book->arena);
	memset(book, 0, sizeof(*book));
}
