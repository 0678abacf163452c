/* SPDX-License-Identifier: GPL-3.0-or-later
 * A store that release 0.1 wrote, which took every mark for proven, opened by this one.
 */
#include "store/inside.h"

#include "store/peers.h"

static enum rc marks_apart(struct store *store, uint64_t above, struct fault *fault)
{
	enum rc rc = db_run(store->db, said_table, fault);
	if (rc)
		return rc;
	struct sql sql = sql_open(store->db,
		"INSERT INTO mark_said(holder, site, lane, store, upto,"
		" mac, teller) SELECT holder, site, lane, store, upto, 0, ? FROM mark");
	sql_num(&sql, (int64_t)above);
	if ((rc = sql_run(&sql, fault)))
		return rc;
	/* What keeps an ended site's late word out (store INT64_MAX) claims nothing and stays. */
	sql = sql_open(store->db, "DELETE FROM mark WHERE holder<>? AND store<?");
	sql_num(&sql, (int64_t)above);
	sql_num(&sql, INT64_MAX);
	if ((rc = sql_run(&sql, fault)))
		return rc;
	/* Stations below were told marks without proof: all is told once more. */
	sql = sql_open(store->db, "DELETE FROM setting WHERE person='' AND name GLOB 'told.*'");
	return sql_run(&sql, fault);
}

enum rc said_upgrade(struct store *store, struct fault *fault)
{
	struct peer peer;
	enum rc rc, have;
	if (said_kept(&store->log))
		return RC_OK;
	if ((rc = log_begin(&store->log, fault)))
		return rc;
	have = peer_load(store, &peer, fault);
	rc = have == RC_NONE ? RC_OK : have;
	if (!rc && !said_kept(&store->log)) /* another process may have been first */
		rc = marks_apart(store, have ? 0 : peer.site.site, fault);
	if (!rc && !have) { /* the proofs come with the answer to a full question */
		peer.unsure = true;
		rc = peer_save(store, &peer, fault);
	}
	if (rc) {
		log_undo(&store->log);
		return rc;
	}
	return log_commit(&store->log, fault);
}
