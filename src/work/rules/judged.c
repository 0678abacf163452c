/* SPDX-License-Identifier: GPL-3.0-or-later
 * What was judged for home, on the disk: a program that has just started judges what has come since
 * and what time has changed, as one does that was there all the while. Whoever reads it gets all or
 * nothing: another program, other rules, codes or areas, another person, another history of facts
 * are told by numbers at its head.
 */
#include "work/rules/internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/digest.h"
#include "base/endian.h"
#include "base/memory.h"
#include "model/area.h"
#include "model/codes.h"
#include "model/kinds.h"
#include "store/log.h"

/* Words of 8 bytes: one head, then the records. Another number, another form of it. */
enum { FORM = 2, FILE_NAME = 40, SPARE = 16 };
enum head {
	HEAD_KEY,
	HEAD_ARRIVED,
	HEAD_FACT,
	HEAD_NOW,
	HEAD_TURNS,
	HEAD_RESPONSE,
	HEAD_WATCH,
	HEAD_ON,
	HEAD_OFF,
	HEADS
};
enum on {
	ON_SITE, /* and above it the need, the band, the colour: 3, 2, 3 bits */
	ON_SEQ,  /* and the rank row, the rule + 1: 16 bits each */
	ON_AREA, /* and the kind: 16, the state + 1: 8 */
	ON_UNTIL,
	ON_TURNS,
	ON_STAMP,
	ON_GROUP,
	ON_OWING, /* and the bell's seconds: 24, flags: 8 */
	ONS
};
enum off {
	OFF_SITE,
	OFF_SEQ,
	OFF_TURNS,
	OFFS
}; /* OFF_SEQ: and the kind: 16, what was asked for: 16 */

enum {
	SITE_BITS = 56,
	COLOUR_BITS = 3,
	BAND_BITS = 2,
	HALF = 32,
	ORDER_BITS = 16,
	AREA_BITS = 40,
	RING_BITS = 24,
	KIND_BITS = 16,
	IS_MINE = 1,
	IS_FORCE = 2,
	IS_UNDONE = 4,
	ASKED_BITS = 3, /* above it ASKED_… */
};

static uint64_t low(uint64_t word, unsigned bits)
{
	return word & ((UINT64_C(1) << bits) - 1);
}

/* A program that was put in another's place judges for itself. 0: it cannot be told. */
static uint64_t program_print(void)
{
	struct stat st;

	if (stat("/proc/self/exe", &st))
		return 0;
	return digest_num(digest_num(digest_num(FORM, (uint64_t)st.st_size),
				  (uint64_t)st.st_mtim.tv_sec),
		       (uint64_t)st.st_mtim.tv_nsec) |
	       1;
}

/* 0: nothing can be kept. */
static uint64_t key_of(uint64_t print)
{
	uint64_t program = program_print();
	const uint64_t parts[] = {program, rules_print(), codes_print(), area_lists_print()};

	if (!program)
		return 0;
	for (size_t n = 0; n < countof(parts); n++)
		print = digest_num(print, parts[n]);
	return print;
}

/* Each person has one, since what is his own differs, and one of what is anybody's as he may read
 * it. */
static void name_of(const struct world *world, char name[FILE_NAME])
{
	const char *role;

	snprintf(name, FILE_NAME, "home-%u-%u", world->user ? world->user->who : 0,
		store_reader(world->store, &role));
}

/* ---- records */

static void put_on(struct buf *out, const struct need_item *item)
{
	uint64_t flags = (item->mine ? IS_MINE : 0) | (item->in_force ? IS_FORCE : 0) |
			 (item->undone ? IS_UNDONE : 0) | (uint64_t)item->asked << ASKED_BITS;
	uint64_t sorts =
		item->colour | item->band << COLOUR_BITS | item->need << (COLOUR_BITS + BAND_BITS);
	uint64_t rule = item->rule ? item->rule->order + 1 : 0;
	const uint64_t words[ONS] = {
		[ON_SITE] = item->ref.site | sorts << SITE_BITS,
		[ON_SEQ] =
			item->ref.seq | (uint64_t)item->order << HALF | rule << (HALF + ORDER_BITS),
		[ON_AREA] = item->area | (uint64_t)item->kind->id << AREA_BITS |
			    (uint64_t)(item->state + 1) << SITE_BITS,
		[ON_UNTIL] = (uint64_t)item->until,
		[ON_TURNS] = (uint64_t)item->turns,
		[ON_STAMP] = item->stamp,
		[ON_GROUP] = item->group,
		[ON_OWING] =
			item->owing | (uint64_t)item->ring << HALF | flags << (HALF + RING_BITS),
	};
	uint8_t *at = buf_grow(out, sizeof words);

	for (unsigned n = 0; n < ONS; n++)
		low_put(at + n * (size_t)LOW_WORD, words[n], LOW_WORD);
}

static void put_off(struct buf *out, const struct quiet *quiet)
{
	buf_low(out, quiet->ref.site, LOW_WORD);
	buf_low(out,
		quiet->ref.seq | (uint64_t)quiet->kind->id << HALF |
			(uint64_t)quiet->asked << (HALF + KIND_BITS),
		LOW_WORD);
	buf_low(out, (uint64_t)quiet->turns, LOW_WORD);
}

/* What is said of records that hang on one rule is said once. */
struct said {
	const struct rule *rule;
	enum need need;
	bool mine;
	const char *text;
};

static const char *text_of(struct said *said, const struct need_item *item)
{
	if (!said->text || said->rule != item->rule || said->need != item->need ||
		said->mine != item->mine) {
		const struct needed needed = {item->need, item->until, item->rule, item->mine};

		*said = (struct said){item->rule, item->need, item->mine, needed_text(&needed)};
	}
	return said->text;
}

static void take_on(const uint8_t *at, struct need_item *item, struct said *said)
{
	uint64_t words[ONS];

	for (unsigned n = 0; n < ONS; n++)
		words[n] = low_word(at + n * (size_t)LOW_WORD);
	unsigned sorts = (unsigned)(words[ON_SITE] >> SITE_BITS);
	unsigned flags = (unsigned)(words[ON_OWING] >> (HALF + RING_BITS));
	unsigned rule = (unsigned)(words[ON_SEQ] >> (HALF + ORDER_BITS));

	*item = (struct need_item){
		.need = (enum need)(sorts >> (COLOUR_BITS + BAND_BITS)),
		.band = (enum rule_band)low(sorts >> COLOUR_BITS, BAND_BITS),
		.order = (unsigned)low(words[ON_SEQ] >> HALF, ORDER_BITS),
		.colour = (unsigned)low(sorts, COLOUR_BITS),
		.count = 1,
		.owing = (unsigned)low(words[ON_OWING], HALF),
		.undone = flags & IS_UNDONE,
		.asked = flags >> ASKED_BITS,
		.mine = flags & IS_MINE,
		.in_force = flags & IS_FORCE,
		.ring = (int64_t)low(words[ON_OWING] >> HALF, RING_BITS),
		.ref = {low(words[ON_SITE], SITE_BITS), (uint32_t)words[ON_SEQ]},
		.rule = rule ? rules_row(rule - 1) : NULL,
		.kind = kind_of((unsigned)low(words[ON_AREA] >> AREA_BITS, ORDER_BITS)),
		.state = (int)(words[ON_AREA] >> SITE_BITS) - 1,
		.area = low(words[ON_AREA], AREA_BITS),
		.until = (int64_t)words[ON_UNTIL],
		.turns = (int64_t)words[ON_TURNS],
		.stamp = words[ON_STAMP],
		.group = words[ON_GROUP],
	};
	item->text = text_of(said, item);
}

static void take_off(const uint8_t *at, struct quiet *quiet)
{
	uint64_t seq = low_word(at + OFF_SEQ * (size_t)LOW_WORD);

	*quiet = (struct quiet){{low_word(at + OFF_SITE * (size_t)LOW_WORD), (uint32_t)seq},
		(int64_t)low_word(at + OFF_TURNS * (size_t)LOW_WORD),
		kind_of((unsigned)low(seq >> HALF, KIND_BITS)),
		(unsigned)(seq >> (HALF + KIND_BITS))};
}

/* ---- the whole */

void agenda_remember(const struct agenda *agenda, const struct world *world, uint64_t print)
{
	char name[FILE_NAME];
	struct buf out = {0};
	uint64_t key = key_of(print), on = 0;

	if (!key)
		return;
	/* What is owed without a record is few, and judged at each start. */
	for (unsigned n = 0; n < agenda->count; n++)
		on += !agenda->on[n].ask;
	const uint64_t head[HEADS] = {key, agenda->arrived,
		log_print(store_log(world->store), agenda->arrived), (uint64_t)agenda->now,
		(uint64_t)agenda->turns, agenda->around[0], agenda->around[1], on,
		agenda->off_count};

	buf_grow(&out, (HEADS + on * ONS + (size_t)agenda->off_count * OFFS + 1) * LOW_WORD);
	buf_clear(&out);
	for (unsigned n = 0; n < HEADS; n++)
		buf_low(&out, head[n], LOW_WORD);
	for (unsigned n = 0; n < agenda->count; n++)
		if (!agenda->on[n].ask)
			put_on(&out, &agenda->on[n]);
	for (unsigned n = 0; n < agenda->off_count; n++)
		put_off(&out, &agenda->off[n]);
	name_of(world, name);
	store_remember(world->store, name, &out);
	buf_release(&out);
}

static bool is_of_now(
	const struct world *world, const uint64_t head[HEADS], uint64_t print, size_t len)
{
	uint64_t words = HEADS + head[HEAD_ON] * ONS + head[HEAD_OFF] * OFFS;

	return print && head[HEAD_KEY] == key_of(print) && words * LOW_WORD == len &&
	       (int64_t)head[HEAD_NOW] <= world->around.now && head[HEAD_FACT] &&
	       head[HEAD_FACT] == log_print(store_log(world->store), head[HEAD_ARRIVED]);
}

/* Those of the file and, among them in their places, the COUNT of DAILY. */
static void take_all_on(struct agenda *agenda, const uint8_t *at, unsigned left,
	const struct need_item *daily, unsigned count)
{
	struct said said = {0};
	unsigned next = 0;

	for (unsigned n = 0; n < left; n++, at += ONS * LOW_WORD) {
		struct need_item *item = &agenda->on[agenda->count];

		take_on(at, item, &said);
		for (; next < count && agenda_order(&daily[next], item) < 0; agenda->count++) {
			item[1] = item[0];
			*item++ = daily[next++];
		}
		agenda->count++;
	}
	while (next < count)
		agenda->on[agenda->count++] = daily[next++];
}

static void take(
	struct agenda *agenda, struct world *world, const uint64_t head[HEADS], const uint8_t *at)
{
	struct agenda daily = {0};
	unsigned on = (unsigned)head[HEAD_ON], off = (unsigned)head[HEAD_OFF];

	agenda_judge_daily(&daily, world);
	if (daily.count)
		qsort(daily.on, daily.count, sizeof *daily.on, agenda_order);
	/* Room for what is judged again: the whole would be moved for the first of it. */
	agenda->room = on + daily.count + on / SPARE + SPARE;
	agenda->off_room = off + off / SPARE + SPARE;
	agenda->on = memory_size(agenda->on, agenda->room, sizeof *agenda->on);
	agenda->off = memory_size(agenda->off, agenda->off_room, sizeof *agenda->off);
	take_all_on(agenda, at, on, daily.on, daily.count);
	at += (size_t)on * ONS * LOW_WORD;
	for (; agenda->off_count < off; at += OFFS * LOW_WORD)
		take_off(at, &agenda->off[agenda->off_count++]);
	agenda->arrived = head[HEAD_ARRIVED];
	agenda->now = (int64_t)head[HEAD_NOW];
	agenda->turns = (int64_t)head[HEAD_TURNS];
	agenda->around[0] = head[HEAD_RESPONSE];
	agenda->around[1] = head[HEAD_WATCH];
	agenda->daily_turns = daily.daily_turns;
	agenda->version = 1;
	free(daily.on);
}

bool agenda_recall(struct agenda *agenda, struct world *world, uint64_t print)
{
	char name[FILE_NAME];
	struct buf file = {0};
	uint64_t head[HEADS] = {0};

	name_of(world, name);
	bool good = store_recall(world->store, name, &file) && file.len >= sizeof head;
	for (unsigned n = 0; good && n < HEADS; n++)
		head[n] = low_word(file.at + n * (size_t)LOW_WORD);
	good = good && is_of_now(world, head, print, file.len);
	if (good)
		take(agenda, world, head, file.at + sizeof head);
	buf_release(&file);
	return good;
}
