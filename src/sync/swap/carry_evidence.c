/* SPDX-License-Identifier: GPL-3.0-or-later
 * Carry files show what a link would: that one of the two ends was put back.
 */
#include "store/rows.h"
#include "sync/swap/internal.h"
#include "sync/take/internal.h"

/* What shows FROM, should it be put back, that it has written this file. */
static enum rc keep_evidence(struct store *store, const struct site *from,
	const struct message *message, bool below, struct fault *fault)
{
	struct evidence kept[EVIDENCES], file = {.trace = message->trace};

	if (below) {
		file.number = counted_as(message);
		return file.number ? evidence_add(store, from->site, &file, false, fault) : RC_OK;
	}
	evidence_load(store, from->site, kept);
	if (message->store <= kept[EVIDENCE_NEWEST].store)
		return RC_OK;
	file.store = message->store;
	kept[EVIDENCE_NEWEST] = file;
	return evidence_save(store, from->site, kept, fault);
}

/* The station above has a question of this station that it does not know. */
static enum rc end_if_shown(struct store *store, const struct site *from,
	const struct message *message, struct fault *fault)
{
	struct peer peer;
	bool early, ended;
	enum rc rc = peer_load(store, &peer, fault);

	if (rc || peer.site.site != from->site || !question_forgotten(store, &peer, message))
		return rc == RC_NONE ? RC_OK : rc;
	rc = end_proven(store, 0, &early, fault);
	return rc || early ? rc : end_if_due(store, &peer, &ended, fault);
}

enum rc carried_evidence(struct store *store, const struct site *from,
	const struct message *message, bool below, struct fault *fault)
{
	enum rc rc = below ? RC_OK : end_if_shown(store, from, message, fault);

	return rc ? rc : keep_evidence(store, from, message, below, fault);
}
