/* SPDX-License-Identifier: GPL-3.0-or-later
 * What src/sync/wire shows to the other rooms of its floor.
 */
#ifndef SYNC_WIRE_INTERNAL_H
#define SYNC_WIRE_INTERNAL_H

/* ---- the first load */

/* Tagged fields of a message's extra. */
enum {
	EXTRA_LEFT = 1,
	EXTRA_KEY,
	EXTRA_CHECK_OF_OLD, /* release 0.1: nobody believes or sends it */
	EXTRA_ORPHANS,
	EXTRA_EVIDENCE,
	EXTRA_MACS
};

#endif
