/* SPDX-License-Identifier: GPL-3.0-or-later
 * The hub's questions, many at a time: read while the store is open to everybody, then stored and
 * answered in transactions of a batch each. A frame of 64 KiB may cost as long to read as to store.
 */
#include "store/identity.h"
#include "sync/enrol.h"
#include "sync/swap.h"
#include "sync/swap/internal.h"
#include "sync/take/internal.h"
#include "sync/trust/internal.h"

enum {
	BATCH_ASKS = 64,         /* questions of one transaction */
	BATCH_FACTS = 4096,      /* facts that they bring: with the last question more */
	BATCH_CONTENT = 4 << 20, /* bytes of them, unpacked: the same */
	BATCH_IDLE = 4,   /* questions at a time: answers to more are packed as fast as can be, */
	BATCH_CROWD = 16, /* and so many ask for questions that are read as fast */
};

/* A wrong memory cannot be told from a wrong seal: neither is answered, and the asker asks whole.
 */
static void open_lean(struct store *store, struct bytes ask, struct opened *opened)
{
	struct lean_read read = {0};
	struct fault fault;

	lean_read_ask(store, ask, &read);
	if (read.one) {
		opened->asker = read.site;
		opened->has_key = read.has_key;
		opened->lean = read.proven;
		crypt_hash(ask, opened->hash);
	}
	if (read.one && read.has_key)
		opened->rc =
			lean_decode(store, ask, &read, &opened->arena, &opened->message, &fault);
	lean_read_release(&read);
}

static void open_one(struct store *store, struct bytes ask, struct opened *opened)
{
	struct seal_key key;
	struct fault fault;
	uint64_t sender;
	uint32_t key_number;
	uint8_t id;

	*opened = (struct opened){.ask = ask};
	if (lean_version(ask) == LEAN_ASK)
		open_lean(store, ask, opened);
	if (enrol_is_join(ask) || !seal_head(ask, &sender, &id) ||
		!log_site(store_log(store), sender, &opened->asker) || !opened->asker.area)
		return;
	opened->has_key = frame_key(store, &opened->asker, id, false, &key, &key_number);
	if (opened->has_key)
		opened->rc = frame_read(
			store, &opened->asker, ask, &opened->arena, &opened->message, &fault);
	if (opened->has_key && !opened->rc)
		lean_hint(sender);
}

static enum rc not_known(
	struct store *store, struct bytes ask, struct buf *out, struct fault *fault)
{
	uint8_t hash[HASH_SIZE];

	crypt_hash(ask, hash);
	successors_part(store, hash[0], out);
	return intro_put(store, hash, out, fault);
}

/* Its newest key is not the newest that is known of it: that one it has lost, and could not open
 * what is sealed to it. */
static bool is_behind(const struct opened *opened)
{
	const struct site *asker = &opened->asker;
	uint64_t newest = 0;

	return opened->ask.at[1] >> 4 != asker->agree_id % KEYRING_KEYS &&
	       (!frame_announced(&opened->message, &newest) || newest < asker->agree_id);
}

/* By what it is: a question to join, or a frame of somebody who is known here. */
static enum rc answer_frame(
	struct store *store, struct opened *opened, struct buf *out, struct fault *fault)
{
	uint8_t hash[HASH_SIZE];

	if (enrol_is_join(opened->ask)) { /* an invitation may be older */
		crypt_hash(opened->ask, hash);
		successors_part(store, hash[0], out);
		return enrol_answer(store, opened->ask, out, fault);
	}
	if (!opened->asker.area) { /* a question before this one may have brought its grant */
		arena_release(&opened->arena);
		open_one(store, opened->ask, opened);
	} else if (!log_site(store_log(store), opened->asker.site, &opened->asker)) {
		return RC_OK;
	}
	if (!opened->asker.area)
		return RC_OK;
	/* Who says its key and is not understood all the same means another key of ours by that id,
	 * of a day that this store has lost. */
	if (!opened->has_key ||
		(opened->rc == RC_DENIED && (opened->introduced || twin_stepped_in(store))) ||
		(!opened->rc && is_behind(opened)))
		return not_known(store, opened->ask, out, fault);
	return answer_opened(store, opened, fault);
}

/* Only what the disk refuses ends a whole batch: whoever sends nonsense gets nothing. */
static bool ends_batch(enum rc rc)
{
	return rc == RC_IO || rc == RC_FULL || rc == RC_BUSY;
}

/* What undid the transaction ends a batch too, a damaged page, say: nothing goes on by itself. Of
 * what is refused, FAULT keeps why somebody with an invitation cannot join. */
static enum rc answer_one(
	struct store *store, struct opened *opened, struct buf *out, struct fault *fault)
{
	struct fault why = {0};
	bool inside = log_inside(store_log(store));
	enum rc rc = answer_frame(store, opened, out, &why);
	bool ends = ends_batch(rc) || (rc && inside && !log_inside(store_log(store)));

	if (ends || (enrol_is_join(opened->ask) && (why.rc == RC_DENIED || why.rc == RC_NEWER)))
		*fault = why;
	if (ends)
		return rc;
	if (rc)
		buf_clear(out);
	return RC_OK;
}

/* Statements and introductions stand in front of a frame and say how to open it, so they are taken
 * before that, by themselves. */
static enum rc take_front(
	struct store *store, struct bytes *ask, uint64_t *introduced, struct fault *fault)
{
	enum rc rc;

	*introduced = 0;
	if (!successor_is(*ask) && !intro_is(*ask))
		return RC_OK;
	rc = store_begin(store, fault);
	if (rc)
		return rc;
	if (successor_is(*ask))
		rc = successors_from_below(store, ask, fault);
	if (!ends_batch(rc) && intro_is(*ask)) { /* whoever it is, it says its key first */
		rc = intro_take(store, *ask, NULL, introduced, fault);
		*introduced = rc ? 0 : *introduced;
		*ask = intro_skip(*ask);
	}
	if (!ends_batch(rc))
		return store_commit(store, fault);
	store_undo(store);
	return rc;
}

/* Opens questions from ASKS on until they are enough for one transaction. A second question of the
 * same asker waits: what the first one changes tells how to read it. *COUNT: how many. */
static enum rc open_some(struct store *store, const struct bytes asks[], size_t n,
	struct opened opened[], size_t *count, struct fault *fault)
{
	size_t facts = 0, content = 0;

	for (*count = 0; *count < n && facts < BATCH_FACTS && content < BATCH_CONTENT; ++*count) {
		struct opened *next = &opened[*count];
		struct bytes ask = asks[*count];
		uint64_t introduced;
		enum rc rc = take_front(store, &ask, &introduced, fault);
		if (rc)
			return rc;
		open_one(store, ask, next);
		next->busy = n > BATCH_IDLE;
		next->crowded = n >= BATCH_CROWD;
		next->introduced = introduced && introduced == next->asker.site;
		for (size_t i = 0; i < *count; i++)
			if (next->asker.area && opened[i].asker.site == next->asker.site) {
				arena_release(&next->arena);
				return RC_OK;
			}
		facts += next->message.fact_count;
		content += next->message.content;
	}
	return RC_OK;
}

/* Whoever is not known here or cannot seal changes nothing, and nobody waits for that. */
static bool deserves(const struct opened *opened)
{
	return enrol_is_join(opened->ask) || (opened->asker.area && opened->rc != RC_DENIED);
}

/* What judging the facts of all of them asks of the store, at once. */
static enum rc load_all(
	struct store *store, const struct opened opened[], size_t n, struct fault *fault)
{
	struct arena arena = {0};
	struct op *ops;
	size_t count = 0, at = 0;
	enum rc rc;

	for (size_t i = 0; i < n; i++)
		count += opened[i].message.fact_count;
	ops = arena_get(&arena, count * sizeof *ops);
	for (size_t i = 0; i < n; i++) {
		const struct message *message = &opened[i].message;
		size_t facts = opened[i].rc || message->heavy ? 0 : message->fact_count;
		for (size_t k = 0; k < facts; k++)
			ops[at++] = message->ops[k];
	}
	rc = log_load(store_log(store), ops, at, fault);
	arena_release(&arena);
	return rc;
}

static enum rc answer_some(struct store *store, struct opened opened[], struct buf answers[],
	size_t n, struct fault *fault)
{
	bool any = false;
	enum rc rc;

	for (size_t i = 0; i < n; i++) {
		buf_clear(&answers[i]);
		any |= deserves(&opened[i]);
	}
	rc = any ? store_begin(store, fault) : RC_OK;
	if (rc)
		return rc;
	if (any)
		rc = load_all(store, opened, n, fault);
	for (size_t i = 0; i < n && !rc; i++)
		rc = answer_one(store, &opened[i], &answers[i], fault);
	if (!any)
		return rc;
	if (!rc)
		return store_commit(store, fault);
	store_undo(store);
	return rc;
}

/* What is said is packed and sealed when all is stored: as long as that takes, others write. */
static enum rc close_some(
	struct opened opened[], struct buf answers[], size_t n, struct fault *fault)
{
	for (size_t i = 0; i < n; i++) {
		struct fault why = {0};
		enum rc rc = answer_close(&opened[i], &answers[i], &why);
		if (ends_batch(rc)) {
			*fault = why;
			return rc;
		}
		if (rc)
			buf_clear(&answers[i]);
	}
	return RC_OK;
}

enum rc hub_answer(struct store *store, const struct bytes asks[], struct buf answers[], size_t n,
	struct fault *fault)
{
	enum rc rc = RC_OK;

	for (size_t done = 0, some; done < n && !rc; done += some) {
		struct opened opened[BATCH_ASKS];
		size_t left = n - done;
		rc = open_some(store, asks + done, left < BATCH_ASKS ? left : BATCH_ASKS, opened,
			&some, fault);
		if (!rc)
			rc = answer_some(store, opened, answers + done, some, fault);
		if (!rc)
			rc = close_some(opened, answers + done, some, fault);
		for (size_t i = 0; i < some; i++) {
			answer_release(&opened[i]);
			arena_release(&opened[i].arena);
		}
	}
	return rc;
}
