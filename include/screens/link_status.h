/* SPDX-License-Identifier: GPL-3.0-or-later
 * The link to the station above in words: how far a record has provably come, what waits, since
 * when there was no word from above. Nothing here says more than is proven: "等送" waits here,
 * "已存" stands there by its own mark.
 */
#ifndef SCREENS_LINK_STATUS_H
#define SCREENS_LINK_STATUS_H

#include "base/arena.h"
#include "store/peer.h"
#include "store/rows.h"

enum { LINK_QUIET = 900 }; /* seconds without an answer: then it is said since when */

/* Does anything get through? ROAD_HALF: not all, or not by the first way. */
enum link_road { ROAD_ALONE, ROAD_GOOD, ROAD_HALF, ROAD_NONE };
/* The one truth of the road, the same on every screen. */
struct link_state {
	enum link_road road;
	enum trouble why; /* of what does not go */
	int64_t since;    /* nothing went since; 0 = never anything */
	bool only_alarm;  /* only what is urgent goes */
};
const char *link_status_road(enum link_road road); /* translated: 通, 半通, 不通 */

/* The station above and what waits, as last written down by the syncer. */
struct link_status {
	bool joined;  /* there is a station above */
	bool has_way; /* and a way to it */
	struct link_state state;
	struct peer peer;
	struct lane_waiting waiting[LANES];
	unsigned facts;   /* of all lanes */
	struct pace pace; /* of the way that worked last, or any that was measured */
};

void link_status_load(struct link_status *link, struct store *store);
/* One line for home: whether anything gets through, else since when not and why; how many facts wait
 * and, while they go, about how long they take; "" for a station that stands alone. */
void link_status_line(const struct link_status *link, int64_t now, struct buf *out);
/* The same where that is too long: "上级05:10通 待发2(急1)". */
void link_status_brief(const struct link_status *link, int64_t now, struct buf *out);
/* "本机 → 乡镇，据柏香镇说：县，未证实：市": what is proven, whose word the next is, and what nobody says.
 * "本机已存（口头收到，未经证实；王桂英 06:40 录入）": it was only read out over the radio. */
void link_status_ladder(struct store *store, struct ref ref, uint64_t area, struct buf *out);
/* The highest level that has it, in one or two columns for a list; TOP as reached_top gives it. */
const char *link_status_mark(int top);
/* What is known of the clock that a fact was stamped by, and no more: "时钟比乡镇快3天" when it is
 * marked so (store/ahead.h), "时钟没有设过" when it shows a year before this program; this station's
 * own: "时钟已对" once the clock above was heard, "时钟未对" before; another's: "时钟未核对". */
void link_status_clock(struct store *store, uint64_t site, uint32_t seq, uint64_t stamp, struct buf *out);
/* Who wrote FACT of HISTORY, at which station, when, and what is known of the clock. */
void link_status_writer(
	struct store *store, const struct history *history, struct ref fact, uint64_t stamp, int64_t now, struct buf *out);
/* "（写时时钟比乡镇快3天）" when OP is marked so, "（写时时钟未对）" when it begins a record and was written here before the
 * clock above was heard; else nothing. */
void link_status_ahead(struct store *store, const struct op *op, struct buf *out);
/* Bytes in the greatest unit that they fill: 640B, 1.2K, 3.4M. */
void link_status_bytes(uint64_t bytes, struct buf *out);
/* About how long BYTES of canonical facts take at the measured rate; "" when none was measured. */
void link_status_seconds(const struct pace *pace, uint64_t bytes, struct buf *out);

#endif
