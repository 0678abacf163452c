/* SPDX-License-Identifier: GPL-3.0-or-later
 * Names of records in memory, by their hash, from the first question on. An entry may be out of
 * date: whoever asks compares it with its row.
 */
#include "store/rows/internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"

enum { HEADS = 4096 };
#define NOBODY UINT32_MAX

struct name {
	uint64_t hash;
	struct ref ref;
	uint32_t next; /* in the same chain; NOBODY ends it */
};

struct called {
	bool read;
	int64_t version; /* of the database when it was read */
	struct name *at;
	size_t count, room;
	uint32_t heads[HEADS];
};

/* The field that is a record's name: the first that titles it. */
const struct field *called_field(const struct kind *kind)
{
	const struct field *field = field_flagged(kind, F_TITLE);

	return field && field->type == T_TEXT ? field : NULL;
}

static uint64_t hash_of(struct bytes folded)
{
	uint8_t hash[HASH_SIZE];
	uint64_t number;

	crypt_hash(folded, hash);
	memcpy(&number, hash, sizeof number);
	return number;
}

static void add(struct called *called, struct bytes name, struct ref ref, struct buf *scratch)
{
	buf_clear(scratch);
	text_fold((const char *)name.at, name.len, scratch);
	uint64_t hash = hash_of(buf_bytes(scratch));
	uint32_t *head = &called->heads[hash % HEADS];

	for (uint32_t i = *head; i != NOBODY; i = called->at[i].next)
		if (called->at[i].hash == hash && called->at[i].ref.site == ref.site &&
			called->at[i].ref.seq == ref.seq)
			return;
	called->at = array_more(called->at, called->count, &called->room, sizeof *called->at);
	called->at[called->count] = (struct name){hash, ref, *head};
	*head = (uint32_t)called->count++;
}

void called_note(struct store *store, const struct record *record)
{
	struct called *called = store->called ? &store->called[record->kind - kinds] : NULL;
	const struct field *field = called && called->read ? called_field(record->kind) : NULL;
	struct buf scratch = {0};

	if (!field)
		return;
	add(called, record_text(record, field->tag), (struct ref){record->site, record->seq},
		&scratch);
	buf_release(&scratch);
}

void called_free(struct store *store)
{
	for (unsigned i = 0; store->called && i < kinds_count; i++)
		free(store->called[i].at);
	free(store->called);
	store->called = NULL;
}

static enum rc read_names(struct store *store, const struct kind *kind, const struct field *field,
	struct called *called, struct fault *fault)
{
	char text[128];
	struct buf scratch = {0};

	called->count = 0;
	memset(called->heads, 0xFF, sizeof called->heads);
	snprintf(text, sizeof text, "SELECT site, seq, f_%s FROM row_%s", field->name, kind->name);
	struct sql sql = sql_open(store->db, text);
	while (sql_row(&sql))
		add(called, sql_get_bytes(&sql, 2),
			(struct ref){(uint64_t)sql_get(&sql, 0), (uint32_t)sql_get(&sql, 1)},
			&scratch);
	buf_release(&scratch);
	called->version = db_version(store->db);
	enum rc rc = sql_end(&sql, fault);
	called->read = !rc;
	return rc;
}

/* Another process may have written some. */
enum rc called_read(struct store *store, const struct kind *kind, struct fault *fault)
{
	struct called *called;

	if (!store->called)
		store->called = memory_get(kinds_count, sizeof *store->called);
	called = &store->called[kind - kinds];
	if (called->read && called->version == db_version(store->db))
		return RC_OK;
	return read_names(store, kind, called_field(kind), called, fault);
}

bool called_next(const struct store *store, const struct kind *kind, struct bytes folded,
	uint32_t *at, struct ref *ref)
{
	const struct called *called = &store->called[kind - kinds];
	uint64_t hash = hash_of(folded);
	uint32_t i = *at ? called->at[*at - 1].next : called->heads[hash % HEADS];

	while (i != NOBODY && called->at[i].hash != hash)
		i = called->at[i].next;
	if (i == NOBODY)
		return false;
	*at = i + 1;
	*ref = called->at[i].ref;
	return true;
}
