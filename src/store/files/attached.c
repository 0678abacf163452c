/* SPDX-License-Identifier: GPL-3.0-or-later
 * Records of attachments: which of them still have to go up, and which a file belongs to.
 */
#include "store/files.h"

#include <stdlib.h>

#include "base/memory.h"
#include "model/kinds.h"

bool attached_of(const struct row *row, struct attached *attached)
{
	const struct value *hash = row_value(row, attachment_hash),
			   *size = row_value(row, attachment_size),
			   *go = row_value(row, attachment_go);

	*attached = (struct attached){.ref = row->ref,
		.area = row->area,
		.small = row_value(row, attachment_whole) != NULL,
		.go = go && go->num};
	if (!hash || !size || hash->wire != WIRE_TEXT || size->num <= 0 || size->num > FILE_SIZE)
		return false;
	attached->size = (uint64_t)size->num;
	return file_id_of(hash->text, &attached->id);
}

/* Has a station of LEVEL, or one above it, said that it has the file? States stand in the order of
 * the levels. */
static bool is_behind(const struct row *row, enum level level)
{
	return row->state < (int)(level - LEVEL_TOWNSHIP) + attachment_is_town &&
	       row->state != attachment_is_void;
}

struct collecting {
	struct arena *arena;
	enum level level;
	bool asked;
	const struct file_id *id; /* NULL: any */
	struct attached *at;
	unsigned count;
	size_t room;
};

static bool collect(const struct row *row, void *to)
{
	struct collecting *all = to;
	struct attached one;

	if (!is_behind(row, all->level) || !attached_of(row, &one) || (all->asked && !one.go))
		return true;
	all->at = array_more_in(all->arena, all->at, all->count, &all->room, sizeof *all->at);
	all->at[all->count++] = one;
	return true;
}

static int by_size(const void *a, const void *b)
{
	const struct attached *x = a, *y = b;

	if (x->small != y->small)
		return x->small ? -1 : 1;
	if (x->size != y->size)
		return x->size < y->size ? -1 : 1;
	if (x->ref.site != y->ref.site)
		return x->ref.site < y->ref.site ? -1 : 1;
	return (x->ref.seq > y->ref.seq) - (x->ref.seq < y->ref.seq);
}

static enum rc find(struct store *store, struct collecting *all, struct fault *fault)
{
	struct query query = query_all(KIND_attachment);
	char hash[FILE_HASH_TEXT + 1];

	if (all->level < LEVEL_TOWNSHIP || all->level > LEVEL_CITY)
		return RC_OK;
	query.state_flags = STATE_DONE;
	if (all->id) {
		file_id_text(all->id, hash);
		query.filters[query.filter_count++] = (struct filter){
			.tag = attachment_hash, .how = '=', .value = value_text(hash)};
	}
	return store_each(store, &query, collect, all, fault);
}

enum rc attached_waiting(
	struct store *store, struct attached_list *list, struct arena *arena, struct fault *fault)
{
	struct collecting all = {.arena = arena, .level = list->level, .asked = list->asked};
	enum rc rc = find(store, &all, fault);

	list->at = all.at;
	list->count = 0;
	for (unsigned n = 0; n < all.count && !rc; n++)
		if (files_whole(store, &all.at[n].id) == (int64_t)all.at[n].size)
			all.at[list->count++] = all.at[n];
	if (list->count)
		qsort(all.at, list->count, sizeof *all.at, by_size);
	return rc;
}

enum rc attached_each(struct store *store, const struct file_id *id, enum level level,
	attached_fn *fn, void *to, struct fault *fault)
{
	struct arena arena = {0};
	struct collecting all = {.arena = &arena, .level = level, .id = id};
	enum rc rc = find(store, &all, fault);

	for (unsigned n = 0; n < all.count && !rc; n++)
		rc = fn(&all.at[n], to, fault);
	arena_release(&arena);
	return rc;
}

struct naming {
	struct attached *attached;
	bool found;
};

static bool see_named(const struct row *row, void *to)
{
	struct naming *naming = to;

	naming->found = row->state != attachment_is_void && attached_of(row, naming->attached);
	return !naming->found;
}

enum rc attached_named(struct store *store, const struct file_id *id, struct attached *attached,
	struct fault *fault)
{
	struct query query = query_all(KIND_attachment);
	struct naming naming = {attached, false};
	char hash[FILE_HASH_TEXT + 1];

	file_id_text(id, hash);
	query.filters[query.filter_count++] =
		(struct filter){.tag = attachment_hash, .how = '=', .value = value_text(hash)};
	enum rc rc = store_each(store, &query, see_named, &naming, fault);
	return rc             ? rc
	       : naming.found ? RC_OK
			      : fault_set(fault, RC_NONE, "%s", _("没有这个附件的记录"));
}
