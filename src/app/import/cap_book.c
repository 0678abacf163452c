/* SPDX-License-Identifier: GPL-3.0-or-later
 * The warnings of a station by identifier, however they came there.
 */
#include "app/cap_book.h"

#include <string.h>

#include "model/kinds.h"

static unsigned slot(const char *identifier)
{
	unsigned hash = 5381;

	for (; *identifier; identifier++)
		hash = hash * 33 + (uint8_t)*identifier;
	return hash % BOOK_BUCKETS;
}

static const char *text_of(struct cap_book *book, const struct row *row, unsigned tag)
{
	const struct value *value = row_value(row, tag);

	return value ? (const char *)arena_bytes(&book->arena, value->text).at : "";
}

static bool add_row(const struct row *row, void *to)
{
	struct cap_book *book = to;
	const char *identifier = text_of(book, row, warning_identifier);

	if (*identifier)
		cap_book_add(book, identifier, text_of(book, row, warning_refers),
			strcmp(text_of(book, row, warning_msgtype), "cancel") == 0, row->ref);
	return true;
}

enum rc cap_book_read(struct cap_book *book, struct store *store, struct fault *fault)
{
	struct query query = query_all(KIND_warning);

	memset(book, 0, sizeof(*book));
	return store_each(store, &query, add_row, book, fault);
}

void cap_book_add(struct cap_book *book, const char *identifier, const char *refers, bool cancels,
	struct ref ref)
{
	struct book_entry *entry = arena_get(&book->arena, sizeof(*entry));
	struct book_entry **at = &book->bucket[slot(identifier)];

	entry->identifier = arena_text(&book->arena, identifier);
	entry->refers = arena_text(&book->arena, refers);
	entry->cancels = cancels;
	entry->ref = ref;
	entry->same = *at;
	*at = entry;
	if (*refers) {
		entry->next = book->referring;
		book->referring = entry;
	}
}

const struct book_entry *cap_book_find(const struct cap_book *book, const char *identifier)
{
	for (const struct book_entry *e = book->bucket[slot(identifier)]; e; e = e->same)
		if (strcmp(e->identifier, identifier) == 0)
			return e;
	return NULL;
}

/* Is it one of the words of LIST? */
static bool names(const char *list, const char *identifier)
{
	size_t len = strlen(identifier);

	for (const char *at = list; (at = strstr(at, identifier)); at++)
		if ((at == list || at[-1] == ' ') && (at[len] == ' ' || !at[len]))
			return true;
	return false;
}

const struct book_entry *cap_book_closing(const struct cap_book *book, const char *identifier)
{
	const struct book_entry *found = NULL;

	if (!*identifier)
		return NULL;
	for (const struct book_entry *e = book->referring; e; e = e->next)
		if ((!found || e->cancels) && names(e->refers, identifier))
			found = e;
	return found;
}

void cap_book_release(struct cap_book *book)
{
	arena_release(&book->arena);
	memset(book, 0, sizeof(*book));
}
