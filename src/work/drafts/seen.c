/* SPDX-License-Identifier: GPL-3.0-or-later
 * Up to where a person has looked, in words of 8 bytes: a head, then what he has looked at of what
 * came since, three words each.
 */
#include "work/seen.h"

#include <stdio.h>

#include "base/endian.h"
#include "store/log.h"
#include "store/peer.h"
#include "store/station.h"

enum { FORM = 1, FILE_NAME = 40 };
enum { HEAD_FORM, HEAD_LOG, HEAD_UPTO, HEAD_FACT, HEADS };
enum { ROW_SITE, ROW_SEQ, ROW_ARRIVED, ROWS };

static void name_of(const struct seen *seen, char name[FILE_NAME])
{
	snprintf(name, FILE_NAME, "seen-%u", seen->who);
}

static uint64_t word(struct bytes bytes, size_t n)
{
	return low_word(bytes.at + n * LOW_WORD);
}

/* Of this log, and of nothing that it has forgotten since. */
static bool take(struct seen *seen, struct bytes bytes)
{
	struct log *log = store_log(seen->store);
	size_t words = bytes.len / LOW_WORD;

	if (words < HEADS || (words - HEADS) % ROWS || (words - HEADS) / ROWS > SEEN_MOST ||
		word(bytes, HEAD_FORM) != FORM || word(bytes, HEAD_LOG) != log_number(log) ||
		word(bytes, HEAD_UPTO) > seen->last ||
		word(bytes, HEAD_FACT) != log_print(log, word(bytes, HEAD_UPTO)))
		return false;
	seen->upto = word(bytes, HEAD_UPTO);
	for (size_t at = HEADS; at < words; at += ROWS)
		seen->rows[seen->count++] = (struct seen_row){
			{word(bytes, at + ROW_SITE), (uint32_t)word(bytes, at + ROW_SEQ)},
			word(bytes, at + ROW_ARRIVED)};
	return true;
}

void seen_load(struct seen *seen, const struct actor *actor)
{
	struct buf file = {0};
	char name[FILE_NAME];

	seen->store = actor->store;
	seen->who = actor->user ? actor->user->who : 0;
	seen->upto = seen->count = 0;
	seen->changed = false;
	seen->last = log_last(store_log(seen->store));
	if (!seen->who)
		return;
	name_of(seen, name);
	if (!store_recall(seen->store, name, &file) || !take(seen, buf_bytes(&file))) {
		seen_all(seen);
		seen->changed = true;
		seen_keep(seen);
	}
	buf_release(&file);
}

static unsigned place_of(const struct seen *seen, struct ref ref)
{
	unsigned n = 0;

	while (n < seen->count &&
		(seen->rows[n].ref.site != ref.site || seen->rows[n].ref.seq != ref.seq))
		n++;
	return n;
}

uint64_t seen_new(const struct seen *seen, struct ref ref)
{
	struct log_latest newest;

	if (!seen->who || seen->last <= seen->upto ||
		!log_latest(store_log(seen->store), ref, &newest) || newest.arr <= seen->upto ||
		(newest.site == store_station(seen->store)->site && newest.who == seen->who))
		return 0;
	unsigned at = place_of(seen, ref);
	return at < seen->count && seen->rows[at].arrived >= newest.arr ? 0 : newest.arr;
}

/* Where there is no room for more, what came before the oldest of them counts as looked at. */
static void make_room(struct seen *seen)
{
	uint64_t oldest = UINT64_MAX;
	unsigned kept = 0;

	for (unsigned n = 0; n < seen->count; n++)
		if (seen->rows[n].arrived < oldest)
			oldest = seen->rows[n].arrived;
	seen->upto = oldest;
	for (unsigned n = 0; n < seen->count; n++)
		if (seen->rows[n].arrived > oldest)
			seen->rows[kept++] = seen->rows[n];
	seen->count = kept;
}

void seen_look(struct seen *seen, struct seen_row row)
{
	if (!seen->who || row.arrived <= seen->upto)
		return;
	unsigned at = place_of(seen, row.ref);
	if (at < seen->count && seen->rows[at].arrived >= row.arrived)
		return;
	if (at == SEEN_MOST) {
		make_room(seen);
		at = place_of(seen, row.ref);
	}
	seen->rows[at] = row;
	seen->count += at == seen->count;
	seen->changed = true;
}

void seen_all(struct seen *seen)
{
	seen->changed |= seen->who && seen->upto < seen->last;
	seen->upto = seen->last;
	seen->count = 0;
}

void seen_keep(struct seen *seen)
{
	struct log *log = store_log(seen->store);
	struct buf out = {0};
	char name[FILE_NAME];

	if (!seen->changed)
		return;
	const uint64_t head[HEADS] = {
		FORM, log_number(log), seen->upto, log_print(log, seen->upto)};
	for (unsigned n = 0; n < HEADS; n++)
		buf_low(&out, head[n], LOW_WORD);
	for (unsigned n = 0; n < seen->count; n++) {
		const struct seen_row *row = &seen->rows[n];

		buf_low(&out, row->ref.site, LOW_WORD);
		buf_low(&out, row->ref.seq, LOW_WORD);
		buf_low(&out, row->arrived, LOW_WORD);
	}
	name_of(seen, name);
	store_remember(seen->store, name, &out);
	seen->changed = false;
	buf_release(&out);
}

void seen_record(const struct actor *actor, struct ref ref)
{
	struct seen seen;

	seen_load(&seen, actor);
	uint64_t arrived = seen_new(&seen, ref);
	if (arrived)
		seen_look(&seen, (struct seen_row){ref, arrived});
	seen_keep(&seen);
}
