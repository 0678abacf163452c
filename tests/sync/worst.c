/* SPDX-License-Identifier: GPL-3.0-or-later
 * Frames made to be costly. They are sealed with the keys of a station that has joined, and every
 * byte in them is one that a program of its own could send.
 */
#include "worst.h"

#include "base/when.h"
#include "model/kinds.h"
#include "store/identity.h"
#include "store/station.h"
#include "store/rows/internal.h"
#include "sync/keys.h"
#include "sync/take/internal.h"
#include "sync/wire/internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const int64_t held_at = 1784000000;

static void good(enum rc rc, const struct fault *fault)
{
	if (rc)
		die("worst: %s", fault->text);
}

uint64_t load_random(struct load *load)
{
	load->random = load->random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return load->random >> 20;
}

void load_begin(struct load *load, int way)
{
	struct three *w;

	when_hold(held_at);
	*load = (struct load){.world = world_three(true), .random = 7};
	w = load->world;
	load->from = way == TO_TOWN ? w->village : w->town;
	load->to = way == TO_TOWN ? w->town : way == TO_COUNTY ? w->county : w->village;
	keys_from_seed(&load->keys, way == TO_TOWN ? "village" : "town");
	if (!world_sync(w->village, &w->to_town, 20, &w->result) ||
		!world_sync(w->town, &w->to_county, 20, &w->result))
		die("the world does not sync");
	for (unsigned lane = 0; lane < LANES; lane++)
		load->next[lane] =
			log_author(store_log(load->to), store_station(load->from)->site, lane);
}

void load_end(struct load *load)
{
	world_three_end(load->world);
	arena_release(&load->arena);
	buf_release(&load->extra);
	buf_release(&load->front);
}

static void add(struct load *load, struct bytes raw, struct bytes sig)
{
	if (load->count == load->room) {
		size_t room = load->room ? load->room * 2 : 64;
		struct fact *more = arena_get(&load->arena, room * sizeof *more);
		if (load->count)
			memcpy(more, load->facts, load->count * sizeof *more);
		load->facts = more;
		load->room = room;
	}
	load->facts[load->count++] = (struct fact){
		.raw = arena_bytes(&load->arena, raw), .sig = arena_bytes(&load->arena, sig)};
}

struct ref load_fact(struct load *load, struct op *op, enum lane lane, bool is_signed)
{
	uint8_t sig[SIGN_SIZE];
	struct buf raw = {0};

	if (!op->site)
		op->site = store_station(load->from)->site;
	if (!op->seq)
		op->seq = ++load->next[lane] * 8 + lane;
	if (!op->stamp)
		op->stamp = ((uint64_t)held_at << 16) + load->count % 65536;
	if (!op->rec_seq) {
		op->rec_site = op->site;
		op->rec_seq = op->seq;
		op->area = op->area ? op->area : store_station(load->from)->area;
	}
	op_put(&raw, op);
	if (is_signed)
		crypt_sign(&load->keys, buf_bytes(&raw), sig);
	add(load, buf_bytes(&raw), bytes_of(sig, is_signed ? SIGN_SIZE : 0));
	buf_release(&raw);
	return (struct ref){op->rec_site, op->rec_seq};
}

void load_frame(struct load *load, struct buf *frame)
{
	struct message ask = {.type = MESSAGE_ASK, .full = true, .number = 100000 + load->number};
	struct peer peer;
	struct fault fault;

	ask.room = load->full_room ? load->full_room : 1;
	ask.facts = load->facts;
	ask.fact_count = load->count;
	ask.marks = load->marks;
	ask.mark_count = load->mark_count;
	ask.extra = buf_bytes(&load->extra);
	good(peer_load(load->from, &peer, &fault), &fault);
	buf_put(frame, load->front.at, load->front.len);
	good(frame_close(load->from, &peer.site, &ask, 0, frame, &fault), &fault);
}

void load_there(struct load *load)
{
	struct fault fault;
	bool fresh;

	good(store_begin(load->to, &fault), &fault);
	for (size_t i = 0; i < load->count; i++)
		good(log_append(store_log(load->to), load->facts[i].raw, load->facts[i].sig,
			     via_of(store_station(load->from)->site), &fresh, &fault),
			&fault);
	good(store_commit(load->to, &fault), &fault);
	load->count = 0;
}

/* ---- facts */

/* COUNT hanzi by chance, of the first few thousand. */
static void hanzi(struct load *load, struct buf *out, unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		uint32_t cp = 0x4e00 + (uint32_t)(load_random(load) % 3000);
		buf_byte(out, (uint8_t)(0xe0 | cp >> 12));
		buf_byte(out, (uint8_t)(0x80 | (cp >> 6 & 63)));
		buf_byte(out, (uint8_t)(0x80 | (cp & 63)));
	}
}

static void put_hanzi(struct load *load, struct buf *body, unsigned tag, unsigned count)
{
	struct buf text = {0};

	hanzi(load, &text, count);
	put_bytes(body, tag, WIRE_TEXT, buf_bytes(&text));
	buf_release(&text);
}

/* What honest stations send: nothing else is compared with. */
static void plain(struct load *load, unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		struct op op = {.kind = KIND_hazard};
		struct buf body = {0};
		put_text(&body, hazard_category, "H0101");
		put_hanzi(load, &body, hazard_place, 6);
		put_hanzi(load, &body, hazard_text, 12);
		op.body = buf_bytes(&body);
		load_fact(load, &op, LANE_LOOP, false);
		buf_release(&body);
	}
}

static void tiny(struct load *load, unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		struct op op = {.kind = KIND_hazard};
		load_fact(load, &op, LANE_LOOP, false);
	}
}

/* Every index that its table has gets an entry. */
static void indexed(struct load *load, unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		struct op op = {.kind = KIND_hazard};
		struct buf body = {0};
		for (const struct field *field = kind_of(KIND_hazard)->fields; field->tag; field++)
			if (field->flags & (F_PARENT | F_DUE | F_EXPIRES) &&
				!(field->flags & F_STEP))
				put_num(&body, field->tag, 20260714);
		op.body = buf_bytes(&body);
		load_fact(load, &op, LANE_LOOP, false);
		buf_release(&body);
	}
}

static void steps_on(struct load *load, struct ref ref, unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		struct op op = {.kind = KIND_hazard,
			.step = hazard_do_urge,
			.rec_site = ref.site,
			.rec_seq = ref.seq,
			.seen = (uint64_t)held_at << 16};
		load_fact(load, &op, LANE_LOOP, false);
	}
}

/* As many as a record may have, half of them there already. */
static void one_record(struct load *load, unsigned n)
{
	struct op op = {.kind = KIND_hazard};
	struct ref ref = load_fact(load, &op, LANE_LOOP, false);

	steps_on(load, ref, LIMIT_RECORD_FACTS - n - 1);
	load_there(load);
	steps_on(load, ref, n);
}

static void many_records(struct load *load, unsigned n)
{
	struct ref *refs = calloc(n, sizeof *refs);

	for (unsigned i = 0; i < n; i++) {
		struct op op = {.kind = KIND_hazard};
		refs[i] = load_fact(load, &op, LANE_LOOP, false);
		steps_on(load, refs[i], LIMIT_FRAME_FOLD / LIMIT_FRAME_TAKEN - 1);
	}
	load_there(load);
	for (unsigned i = 0; i < n; i++)
		steps_on(load, refs[i], 1);
	free(refs);
}

/* Steps whose record never comes. */
static void parentless(struct load *load, unsigned n)
{
	for (unsigned i = 0; i < n; i++)
		steps_on(load, (struct ref){store_station(load->from)->site, (i + 90000) * 8 + 2},
			1);
}

/* The same of a site that has written much. */
static void after_much(struct load *load, unsigned n)
{
	for (unsigned turn = 0; turn < 3; turn++) {
		tiny(load, LIMIT_FRAME_TAKEN);
		load_there(load);
	}
	parentless(load, n);
}

static void more_than_a_hub_takes(struct load *load, unsigned n)
{
	tiny(load, n);
}

/* As long as a field may be, of hanzi with many readings. */
static void long_texts(struct load *load, unsigned n)
{
	static const unsigned tags[] = {
		drill_scenario, drill_process, drill_problems, drill_improve};
	static const char many[] = "\xe5\x92\x8c\xe9\x98\xbf\xe5\x8d\x9c\xe8\xb0\x83";
	char text[LIMIT_TEXT];

	for (unsigned i = 0; i < LIMIT_TEXT / 12; i++)
		memcpy(text + (size_t)i * 12, many, 12);
	for (unsigned i = 0; i < n; i++) {
		struct op op = {.kind = KIND_drill};
		struct buf body = {0};
		for (unsigned t = 0; t < countof(tags); t++)
			put_bytes(&body, tags[t], WIRE_TEXT,
				bytes_of(text, LIMIT_TEXT / 12 * 12 - 12 * (i % 64)));
		op.body = buf_bytes(&body);
		if (body.len < LIMIT_FACT - 100)
			load_fact(load, &op, LANE_BOOK, false);
		buf_release(&body);
	}
}

static void many_lines(struct load *load, unsigned n)
{
	static const char many[] = "\xe5\x92\x8c\xe9\x98\xbf\n";

	for (unsigned i = 0; i < n; i++) {
		struct op op = {.kind = KIND_duty};
		struct buf body = {0}, text = {0};
		for (unsigned k = 0; k < LIMIT_TEXT / 8; k++)
			buf_put(&text, many, 7);
		put_bytes(&body, duty_text, WIRE_TEXT, buf_bytes(&text));
		op.body = buf_bytes(&body);
		load_fact(load, &op, LANE_BOOK, false);
		buf_release(&body);
		buf_release(&text);
	}
}

/* Texts that begin a record's list, each another one, and as long as fills half a page. */
static void titles(struct load *load, unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		struct op op = {.kind = KIND_task};
		struct buf body = {0};
		put_hanzi(load, &body, task_text, i % 2 ? 322 : 655);
		op.body = buf_bytes(&body);
		load_fact(load, &op, LANE_LOOP, false);
		buf_release(&body);
	}
}

/* ---- what is refused */

/* Of another area, every second number, so that no range holds two. */
static void refused(struct load *load, unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		struct op op = {.kind = KIND_hazard, .area = other_area};
		load->next[LANE_LOOP]++;
		load_fact(load, &op, LANE_LOOP, false);
	}
}

/* Of sites that nobody knows, each another one. */
static void strangers(struct load *load, unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		struct op op = {.kind = KIND_hazard,
			.site = (load_random(load) << 12 | i) & UINT64_C(0xffffffffffffff),
			.seq = 8 + LANE_LOOP};
		load_fact(load, &op, LANE_LOOP, false);
	}
}

static void unproven(struct load *load, unsigned n)
{
	uint8_t sig[SIGN_SIZE];

	for (unsigned i = 0; i < n; i++) {
		struct op op = {.kind = KIND_warning};
		load_fact(load, &op, LANE_ALARM, true);
		struct fact *last = &load->facts[load->count - 1];
		memcpy(sig, last->sig.at, sizeof sig);
		sig[40] ^= 1;
		last->sig = arena_bytes(&load->arena, bytes_of(sig, sizeof sig));
	}
}

static void signed_ones(struct load *load, unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		struct op op = {.kind = KIND_warning};
		load_fact(load, &op, LANE_ALARM, true);
	}
}

/* ---- grants */

static void put_hex(struct buf *body, unsigned tag, const uint8_t *at, size_t len)
{
	struct buf text = {0};

	for (size_t i = 0; i < len; i++)
		buf_fmt(&text, "%02x", at[i]);
	put_bytes(body, tag, WIRE_TEXT, buf_bytes(&text));
	buf_release(&text);
}

static void grant_of(struct load *load, const uint8_t *sign, uint64_t area, unsigned turn)
{
	struct op op = {.kind = KIND_grant, .stamp = ((uint64_t)held_at << 16) + 60000 + turn};
	uint8_t both[SIGN_PUBLIC + AGREE_PUBLIC] = {0};
	char number[16];
	struct buf body = {0};

	memcpy(both, sign, SIGN_PUBLIC);
	memcpy(both + SIGN_PUBLIC, load->keys.agree_public, AGREE_PUBLIC);
	site_hex(site_of(sign), number);
	put_text(&body, grant_site, number);
	put_num(&body, grant_place, (int64_t)area);
	put_hex(&body, grant_keys, both, sizeof both);
	put_num(&body, grant_rights, turn % 2 ? 0 : 3);
	op.body = buf_bytes(&body);
	load_fact(load, &op, LANE_ALARM, true);
	buf_release(&body);
}

static void grants(struct load *load, unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		uint8_t sign[SIGN_PUBLIC];
		for (unsigned b = 0; b < SIGN_PUBLIC; b++)
			sign[b] = (uint8_t)load_random(load);
		grant_of(load, sign, town_area + 1 + i % 900, i);
	}
}

enum { WRITTEN = 2000 };

/* Facts of the village that the county has refused, or not; and its grant changes with every one.
 */
static void village_wrote(struct load *load, bool outside)
{
	for (unsigned i = 0; i < WRITTEN; i++) {
		struct op op = {.kind = KIND_hazard,
			.site = store_station(load->world->village)->site,
			.seq = (i + 100) * 8 + LANE_LOOP,
			.area = outside ? other_area : village_area};
		load_fact(load, &op, LANE_LOOP, false);
	}
	load_there(load);
}

static void one_grant_again(struct load *load, unsigned n)
{
	struct keys village;

	keys_from_seed(&village, "village");
	village_wrote(load, false);
	for (unsigned i = 0; i < n; i++)
		grant_of(load, village.sign_public, village_area, i);
}

static void revocations(struct load *load, unsigned n)
{
	village_wrote(load, false);
	for (unsigned i = 0; i < n; i++) {
		struct op op = {.kind = KIND_revocation,
			.stamp = ((uint64_t)(held_at - 86400) << 16) + 60000 - i};
		struct buf body = {0};
		char number[16];
		site_hex(store_station(load->world->village)->site, number);
		put_text(&body, revocation_site, number);
		op.body = buf_bytes(&body);
		load_fact(load, &op, LANE_ALARM, true);
		buf_release(&body);
	}
}

/* ---- beside the facts */

static void statements(struct load *load, unsigned n)
{
	struct keys old = load->keys, next;

	for (unsigned i = 0; i < n; i++) {
		uint8_t statement[SUCCESSOR_SIZE];
		char seed[24];
		snprintf(seed, sizeof seed, "next-%u", i);
		keys_from_seed(&next, seed);
		successor_make(&old, &next, "VIL", statement);
		buf_put(&load->front, statement, sizeof statement);
		old = next;
	}
	plain(load, 1);
}

static void introduction(struct load *load, unsigned n)
{
	struct fault fault;

	for (unsigned i = 0; i < n; i++)
		good(intro_put(load->from, NULL, &load->front, &fault), &fault);
	plain(load, 1);
}

/* Each has a proof that its getter would have to check, of holders in turn, or is of somebody made
 * up. */
static void marks(struct load *load, unsigned n)
{
	struct store *const holders[] = {load->world->county, load->world->town};
	uint64_t own = store_station(load->to)->site;

	load->marks = arena_get(&load->arena, n * sizeof *load->marks);
	load->mark_count = n;
	for (unsigned i = 0; i < n; i++)
		load->marks[i] = (struct mark){.holder = store_station(holders[i % 2])->site,
			.site = i % 3 ? own : load_random(load) | 1,
			.lane = i % LANES,
			.store = held_at,
			.upto = 1,
			.mac = i + 1};
}

static void orphans(struct load *load, unsigned n)
{
	struct buf all = {0};

	for (unsigned i = 0; i < n; i++) {
		struct op op = {.kind = KIND_hazard,
			.site = store_station(load->world->county)->site,
			.seq = (i + 5000) * 8 + LANE_LOOP,
			.area = county_area};
		load_fact(load, &op, LANE_LOOP, false);
		put_varint(&all, load->facts[i].raw.len);
		buf_put(&all, load->facts[i].raw.at, load->facts[i].raw.len);
		put_varint(&all, 0);
	}
	load->count = 0;
	put_bytes(&load->extra, EXTRA_ORPHANS, WIRE_BYTES, buf_bytes(&all));
	buf_release(&all);
}

/* The hub has much to say, and is asked for all of it. */
static void asks_for_all(struct load *load, unsigned n)
{
	struct store *from = load->from;

	load->from = load->to;
	load->next[LANE_LOOP] += 100;
	plain(load, n);
	load_there(load);
	load->from = from;
	load->full_room = 64 * 1024;
	plain(load, 1);
}

const struct worst worst_all[] = {
	{"plain", plain, TO_TOWN, 1500},
	{"tiny", tiny, TO_TOWN, LIMIT_FRAME_TAKEN},
	{"indexed", indexed, TO_TOWN, LIMIT_FRAME_TAKEN},
	{"one record", one_record, TO_TOWN, LIMIT_FRAME_TAKEN - 200},
	{"many records", many_records, TO_TOWN, LIMIT_FRAME_TAKEN},
	{"steps without record", parentless, TO_TOWN, LIMIT_FRAME_TAKEN},
	{"steps after much", after_much, TO_TOWN, LIMIT_FRAME_TAKEN},
	{"too many", more_than_a_hub_takes, TO_TOWN, LIMIT_FRAME_FACTS},
	{"long texts", long_texts, TO_TOWN, 120},
	{"many lines", many_lines, TO_TOWN, 400},
	{"titles", titles, TO_TOWN, 24},
	{"refused", refused, TO_TOWN, LIMIT_FRAME_TAKEN},
	{"strangers", strangers, TO_TOWN, LIMIT_FRAME_TAKEN},
	{"unproven", unproven, TO_TOWN, 800},
	{"signed", signed_ones, TO_TOWN, 800},
	{"grants", grants, TO_COUNTY, 380},
	{"one grant again", one_grant_again, TO_COUNTY, 600},
	{"revocations", revocations, TO_COUNTY, 700},
	{"statements", statements, TO_TOWN, SUCCESSORS_MOST},
	{"introduction", introduction, TO_TOWN, 1},
	{"marks", marks, TO_TOWN, LIMIT_FRAME_MARKS},
	{"marks from above", marks, TO_VILLAGE, LIMIT_FRAME_MARKS},
	{"given back", orphans, TO_TOWN, 3000},
	{"asks for all", asks_for_all, TO_TOWN, 3000},
};
const unsigned worst_count = countof(worst_all);
