/* SPDX-License-Identifier: GPL-3.0-or-later
 * How messages are made wrong.
 */
#include "mutate.h"

#include "base/when.h"
#include "store/identity.h"
#include "store/station.h"
#include "store/rows/internal.h"
#include "sync/keys.h"
#include "sync/take.h"
#include "sync/swap/internal.h"
#include "sync/wire/internal.h"

#include <string.h>

/* splitmix64 (Steele, Lea, Flood 2014) */
uint64_t dice_throw(struct dice *dice, uint64_t n)
{
	uint64_t word = dice->state += UINT64_C(0x9e3779b97f4a7c15);

	word = (word ^ word >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	word = (word ^ word >> 27) * UINT64_C(0x94d049bb133111eb);
	word ^= word >> 31;
	return n ? word % n : word;
}

bool once_in(struct mutant *mutant, unsigned n)
{
	return dice_throw(mutant->dice, n) == 0;
}

uint64_t any_number(struct mutant *mutant, uint64_t near)
{
	static const uint64_t edges[] = {0, 1, 7, 8, 255, 65536, INT32_MAX, UINT32_MAX,
		UINT64_C(1) << 33, UINT64_C(1) << 48, INT64_MAX, UINT64_MAX};

	switch (dice_throw(mutant->dice, 4)) {
	case 0:
		return edges[dice_throw(mutant->dice, countof(edges))];
	case 1:
		return dice_throw(mutant->dice, 0);
	default:
		return near + dice_throw(mutant->dice, 17) - 8;
	}
}

uint64_t any_site(struct mutant *mutant)
{
	uint64_t n = dice_throw(mutant->dice, PLACES + 2);

	if (n < PLACES)
		return scene_site(mutant->scene, (enum spot)n);
	return n == PLACES ? dice_throw(mutant->dice, UINT64_C(1) << 56)
			   : scene_site(mutant->scene, mutant->liar) ^ 1;
}

struct bytes any_bytes(struct mutant *mutant, size_t most)
{
	struct buf made = {0};
	struct bytes out;

	for (size_t i = dice_throw(mutant->dice, most + 1); i; i--)
		buf_byte(&made, (uint8_t)dice_throw(mutant->dice, 256));
	out = arena_bytes(&mutant->crafted.arena, buf_bytes(&made));
	buf_release(&made);
	return out;
}

void mutate_bytes(struct dice *dice, struct buf *out)
{
	for (uint64_t n = 1 + dice_throw(dice, 4); n && out->len; n--)
		out->at[dice_throw(dice, out->len)] ^= (uint8_t)(1 << dice_throw(dice, 8));
}

/* ---- marks, extra, what stands in front */

static void put_marks(struct mutant *mutant, struct message *message)
{
	struct store *liar = mutant->scene->at[mutant->liar];

	message->marks = mutant->marks;
	message->mark_count = dice_throw(mutant->dice, countof(mutant->marks) + 1);
	for (size_t i = 0; i < message->mark_count; i++) {
		uint64_t site = any_site(mutant);
		unsigned lane = (unsigned)dice_throw(mutant->dice, LANES);
		mutant->marks[i] = (struct mark){.holder = any_site(mutant),
			.site = site,
			.lane = lane,
			.store = any_number(mutant, log_number(store_log(liar))),
			.upto = (uint32_t)any_number(
				mutant, log_author(store_log(liar), site, lane)),
			.mac = once_in(mutant, 2) ? dice_throw(mutant->dice, 0) : 0};
	}
}

/* Facts that are given back: what was made so far, with lengths that may be wrong. */
static struct bytes given_back(struct mutant *mutant)
{
	struct buf all = {0};
	struct bytes out;

	for (size_t i = 0; i < mutant->crafted.count; i++) {
		const struct fact *fact = &mutant->crafted.facts[i];
		put_varint(&all,
			once_in(mutant, 20) ? any_number(mutant, fact->raw.len) : fact->raw.len);
		buf_put(&all, fact->raw.at, fact->raw.len);
		put_varint(&all, fact->sig.len);
		buf_put(&all, fact->sig.at, fact->sig.len);
	}
	out = arena_bytes(&mutant->crafted.arena, buf_bytes(&all));
	buf_release(&all);
	return out;
}

/* A frame that somebody is to have made. */
static struct bytes shown(struct mutant *mutant, bool numbered)
{
	struct evidence kept[EVIDENCES];
	struct buf all = {0};
	struct bytes out;

	evidence_load(
		mutant->scene->at[mutant->liar], scene_site(mutant->scene, mutant->other), kept);
	if (numbered)
		put_varint(&all, any_number(mutant, kept[EVIDENCE_NEWEST].number));
	trace_put(&all, &kept[dice_throw(mutant->dice, EVIDENCES)].trace);
	if (once_in(mutant, 3))
		mutate_bytes(mutant->dice, &all);
	out = arena_bytes(&mutant->crafted.arena, buf_bytes(&all));
	buf_release(&all);
	return out;
}

static void put_extra(struct mutant *mutant, struct message *message)
{
	struct buf key = {0};

	switch (dice_throw(mutant->dice, 6)) {
	case 0:
		craft_extra(&mutant->crafted, message, EXTRA_ORPHANS, given_back(mutant));
		break;
	case 1:
		craft_extra(&mutant->crafted, message, EXTRA_EVIDENCE,
			shown(mutant, message->type == MESSAGE_ANSWER));
		break;
	case 2: /* a key that nobody has, or none */
		put_varint(&key, any_number(mutant, 1));
		for (uint64_t n = once_in(mutant, 4) ? AGREE_PUBLIC : dice_throw(mutant->dice, 40);
			n; n--)
			buf_byte(&key, (uint8_t)dice_throw(mutant->dice, 256));
		craft_extra(&mutant->crafted, message, EXTRA_KEY,
			arena_bytes(&mutant->crafted.arena, buf_bytes(&key)));
		break;
	default:
		craft_extra(&mutant->crafted, message,
			1 + (unsigned)dice_throw(mutant->dice, EXTRA_MACS + 2),
			any_bytes(mutant, 90));
	}
	buf_release(&key);
}

/* A statement that is not true, or an introduction that is not signed as it stands. */
static void put_front(struct mutant *mutant)
{
	struct store *liar = mutant->scene->at[mutant->liar];
	uint64_t victim = any_site(mutant);
	uint8_t statement[SUCCESSOR_SIZE];
	struct buf intro = {0};
	struct keys next;
	struct fault fault;

	if (once_in(mutant, 3)) {
		if (intro_put(liar, NULL, &intro, &fault) == RC_OK && intro.len > 1) {
			intro.at[1 + dice_throw(mutant->dice, intro.len - 1)] ^= 1;
			buf_put(&mutant->front, intro.at, intro.len);
		}
		buf_release(&intro);
		return;
	}
	keys_from_seed(&next, "mutant");
	successor_make(store_keys(liar), &next, "M", statement);
	for (unsigned b = 0; b < 7; b++)
		statement[1 + b] = (uint8_t)(victim >> (8 * b));
	/* Its own end would be true. */
	if (victim == scene_site(mutant->scene, mutant->liar))
		statement[8 + dice_throw(mutant->dice, SUCCESSOR_SIZE - 8)] ^= 2;
	buf_put(&mutant->front, statement, sizeof statement);
}

/* ---- the message */

static void mutate_lanes(struct mutant *mutant, struct message *message)
{
	unsigned lane = (unsigned)dice_throw(mutant->dice, LANES);

	switch (dice_throw(mutant->dice, 6)) {
	case 0:
		message->got[lane] = any_number(mutant, message->got[lane]);
		message->got_mask |= 1u << lane;
		break;
	case 1:
		message->sent[lane] = any_number(mutant, message->sent[lane]);
		message->sent_mask |= 1u << lane;
		break;
	case 2:
		message->before[lane] = any_number(mutant, message->before[lane]);
		break;
	case 3:
		message->got_mask = (unsigned)dice_throw(mutant->dice, EVERY_LANE + 1);
		break;
	case 4:
		message->sent_mask = (unsigned)dice_throw(mutant->dice, EVERY_LANE + 1);
		break;
	default:
		message->more_mask = (unsigned)dice_throw(mutant->dice, EVERY_LANE + 1);
	}
}

static void mutate_numbers(struct mutant *mutant, struct message *message)
{
	switch (dice_throw(mutant->dice, 8)) {
	case 0:
		message->number = any_number(mutant, message->number);
		break;
	case 1:
		message->store = any_number(mutant, message->store);
		break;
	case 2:
		message->heard = any_number(mutant, message->heard);
		break;
	case 3:
		message->memory = (uint32_t)any_number(mutant, message->memory);
		break;
	case 4:
		message->room = any_number(mutant, 4096) % 8192;
		break;
	case 5:
		message->full = !message->full;
		break;
	case 6:
		if (message->type == MESSAGE_ANSWER)
			message->status =
				(enum answer_status)dice_throw(mutant->dice, ANSWER_STATUSES);
		break;
	default:
		message->time = (int64_t)any_number(mutant, (uint64_t)message->time);
	}
}

void mutant_begin(struct mutant *mutant, struct scene *scene, enum spot liar, enum spot other,
	struct dice *dice)
{
	*mutant = (struct mutant){.scene = scene, .liar = liar, .other = other, .dice = dice};
	craft_begin(&mutant->crafted, scene->at[liar]);
}

void mutant_end(struct mutant *mutant)
{
	craft_end(&mutant->crafted);
	buf_release(&mutant->front);
}

void mutate(struct mutant *mutant, struct message *message)
{
	for (uint64_t n = dice_throw(mutant->dice, 6); n; n--)
		mutant_fact(mutant);
	liar_facts(message, &mutant->crafted);
	for (uint64_t n = dice_throw(mutant->dice, 4); n; n--)
		mutate_numbers(mutant, message);
	for (uint64_t n = dice_throw(mutant->dice, 3); n; n--)
		mutate_lanes(mutant, message);
	if (once_in(mutant, 2))
		put_marks(mutant, message);
	for (uint64_t n = dice_throw(mutant->dice, 3); n; n--)
		put_extra(mutant, message);
	if (once_in(mutant, 6))
		put_front(mutant);
	if (once_in(mutant, 40))
		message->type = (enum message_type)dice_throw(mutant->dice, MESSAGE_TYPES);
}
