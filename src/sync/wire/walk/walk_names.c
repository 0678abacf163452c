/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the atoms of a message are called where people look at it. docs/WIRE.md has the same names.
 */
#include "sync/wire.h"
#include "sync/wire/walk/walk.h"

static const char *const names[WALK_STEPS] = {[WALK_LOST] = "lost",
	[WALK_FLAGS] = "flags",
	[WALK_NUMBER] = "number",
	[WALK_STORE] = "store",
	[WALK_MORE] = "more",
	[WALK_MEMORY] = "memory",
	[WALK_GOT] = "got",
	[WALK_SENT] = "sent",
	[WALK_CURSOR] = "cursor",
	[WALK_ROOM] = "room",
	[WALK_BEFORE] = "before",
	[WALK_HEARD] = "heard",
	[WALK_STATUS] = "status",
	[WALK_TIME] = "time",
	[WALK_MARKS] = "marks",
	[WALK_MARK] = "mark",
	[WALK_MARK_SITE] = "mark_site",
	[WALK_MARK_STORE] = "mark_store",
	[WALK_MARK_UPTO] = "mark_upto",
	[WALK_EXTRA] = "extra",
	[WALK_EXTRA_BYTES] = "extra_bytes",
	[WALK_COLUMNS] = "columns",
	[WALK_COUNT] = "count",
	[WALK_SITES] = "sites",
	[WALK_SITE] = "site",
	[WALK_HOUR] = "hour",
	[WALK_WHERE] = "where",
	[WALK_FACT_FLAGS] = "fact_flags",
	[WALK_FACT_NUMBER] = "fact_number",
	[WALK_RAW] = "raw",
	[WALK_RAW_BYTES] = "raw_bytes",
	[WALK_SIG] = "signature",
	[WALK_STAMP] = "stamp",
	[WALK_TICK] = "tick",
	[WALK_AT] = "at",
	[WALK_WHAT] = "what",
	[WALK_WHO] = "who",
	[WALK_ITEM] = "fields",
	[WALK_RECORD] = "record",
	[WALK_RECORD_NUMBER] = "record_number",
	[WALK_AREA] = "area",
	[WALK_AREA_STEP] = "area_step",
	[WALK_SEEN] = "seen",
	[WALK_SEEN_TICK] = "seen_tick",
	[WALK_VALUE] = "value",
	[WALK_VALUE_BYTES] = "value_bytes",
	[WALK_REF] = "reference",
	[WALK_BY] = "by",
	[WALK_BY_TEXT] = "by_text",
	[WALK_BY_AREA] = "by_area",
	[WALK_BY_AREA_STEP] = "by_area_step",
	[WALK_CHECK] = "check"};

const char *weight_name(unsigned step)
{
	return step < WALK_STEPS ? names[step] : names[WALK_LOST];
}
