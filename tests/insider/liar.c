/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the lying station says.
 */
#include "liar.h"

#include "base/when.h"
#include "model/area.h"
#include "model/kinds.h"
#include "store/station.h"
#include "store/rows/internal.h"
#include "sync/swap.h"
#include "sync/swap/internal.h"
#include "sync/take/internal.h"
#include "blame.h"

#include <stdio.h>
#include <string.h>

static void must(enum rc rc, const char *what, const struct fault *fault)
{
	if (rc != RC_OK)
		die("%s: %s", what, fault->text);
}

/* ---- facts */

void craft_begin(struct crafted *crafted, struct store *as)
{
	memset(crafted, 0, sizeof *crafted);
	crafted->as = as;
	for (unsigned lane = 0; lane < LANES; lane++)
		crafted->next[lane] = log_author(store_log(as), store_station(as)->site, lane) + 1;
}

void craft_end(struct crafted *crafted)
{
	arena_release(&crafted->arena);
}

static struct op next_op(struct crafted *crafted, unsigned kind, struct bytes body)
{
	const struct station *own = store_station(crafted->as);
	unsigned lane = kind_of(kind)->lane;
	uint32_t seq = crafted->next[lane]++ * 8 + lane;

	return (struct op){.site = own->site,
		.seq = seq,
		.rec_site = own->site,
		.rec_seq = seq,
		.stamp = (uint64_t)when_now() << 16 | (seq & 0xff),
		.area = own->area,
		.kind = kind,
		.body = arena_bytes(&crafted->arena, body)};
}

struct op craft_op(struct crafted *crafted, unsigned kind, unsigned tag, const char *text)
{
	struct value value = value_text(text);
	struct buf body = {0};

	put_field(&body, tag, &value);
	struct op op = next_op(crafted, kind, buf_bytes(&body));
	buf_release(&body);
	return op;
}

static void put_hex(struct buf *out, const uint8_t *at, size_t len)
{
	for (size_t i = 0; i < len; i++)
		buf_fmt(out, "%02x", at[i]);
}

struct op craft_grant(struct crafted *crafted, const struct site *who)
{
	struct buf body = {0}, keys = {0};
	char number[16];

	site_hex(who->site, number);
	put_hex(&keys, who->sign_public, SIGN_PUBLIC);
	put_hex(&keys, who->agree_public, AGREE_PUBLIC);
	put_text_if(&body, grant_site, number);
	put_text_if(&body, grant_name, who->name);
	put_text_if(&body, grant_code, who->code);
	put_text_if(&body, grant_level, level_names[who->level]);
	put_num_if(&body, grant_place, (int64_t)who->area);
	put_text_if(&body, grant_keys, buf_cstr(&keys));
	put_num_if(&body, grant_rights, who->rights);
	put_num_if(&body, grant_until, who->until);
	struct op op = next_op(crafted, KIND_grant, buf_bytes(&body));
	op.area = who->area;
	buf_release(&body);
	buf_release(&keys);
	return op;
}

struct op craft_revocation(struct crafted *crafted, uint64_t site, uint64_t area)
{
	struct buf body = {0};
	char number[16];

	site_hex(site, number);
	put_text_if(&body, revocation_site, number);
	put_text_if(&body, revocation_reason, "丢失");
	struct op op = next_op(crafted, KIND_revocation, buf_bytes(&body));
	op.area = area;
	buf_release(&body);
	return op;
}

struct bytes craft_add(struct crafted *crafted, const struct op *op, const struct keys *signer)
{
	struct buf raw = {0};
	uint8_t sig[SIGN_SIZE];
	struct fact *fact = &crafted->facts[crafted->count];

	if (crafted->count++ == CRAFTED_MOST)
		die("too many facts are crafted");
	op_put(&raw, op);
	fact->raw = arena_bytes(&crafted->arena, buf_bytes(&raw));
	if (signer) {
		crypt_sign(signer, buf_bytes(&raw), sig);
		fact->sig = arena_bytes(&crafted->arena, bytes_of(sig, sizeof sig));
	}
	buf_release(&raw);
	return fact->raw;
}

void craft_extra(struct crafted *crafted, struct message *message, unsigned tag, struct bytes bytes)
{
	struct value value = {WIRE_BYTES, 0, bytes};
	struct buf extra = {0};

	buf_put(&extra, message->extra.at, message->extra.len);
	put_field(&extra, tag, &value);
	message->extra = arena_bytes(&crafted->arena, buf_bytes(&extra));
	buf_release(&extra);
}

/* ---- upwards */

struct message liar_question(struct scene *scene, enum spot x)
{
	struct store *store = scene->at[x];
	struct message message = {
		.type = MESSAGE_ASK, .full = true, .got_mask = EVERY_LANE, .sent_mask = 0};
	struct peer_lane lanes[LANES];
	struct heard heard;
	struct peer peer;
	struct fault fault;

	must(peer_load(store, &peer, &fault), "peer", &fault);
	must(peer_lanes(store, &peer, lanes, &fault), "lanes", &fault);
	must(heard_get(store, peer.site.site, &heard, &fault), "heard", &fault);
	message.number = ++peer.question;
	message.store = peer.store;
	message.heard = heard.number;
	for (unsigned lane = 0; lane < LANES; lane++) {
		message.got[lane] = lanes[lane].got;
		message.before[lane] = lanes[lane].sent;
	}
	must(peer_save(store, &peer, &fault), "peer", &fault);
	return message;
}

void liar_facts(struct message *message, const struct crafted *crafted)
{
	message->facts = (struct fact *)crafted->facts;
	message->fact_count = crafted->count;
}

void liar_put(struct message *answer, void *to)
{
	liar_facts(answer, to);
}

void liar_seal(struct scene *scene, enum spot x, const struct message *message, struct buf *frame)
{
	struct peer peer;
	struct fault fault;

	must(peer_load(scene->at[x], &peer, &fault), "peer", &fault);
	must(frame_close(scene->at[x], &peer.site, message, CLOSE_PLAIN, frame, &fault), "seal",
		&fault);
}

void liar_brings(struct scene *scene, enum spot hub, struct bytes frame, struct buf *answer)
{
	struct buf own = {0};
	struct fault fault;

	must(hub_answer(scene->at[hub], &frame, answer ? answer : &own, 1, &fault), "hub", &fault);
	buf_release(&own);
}

int liar_asks(struct scene *scene, enum spot x, const struct message *message)
{
	struct buf frame = {0}, answer = {0};
	struct arena arena = {0};
	struct message said;
	struct peer peer;
	struct fault fault;
	int status = -1;

	liar_seal(scene, x, message, &frame);
	liar_brings(scene, (enum spot)places[x].up, buf_bytes(&frame), &answer);
	must(peer_load(scene->at[x], &peer, &fault), "peer", &fault);
	if (frame_open(scene->at[x], &peer.site, successor_skip(buf_bytes(&answer)), &arena, &said,
		    &fault) == RC_OK)
		status = said.status;
	arena_release(&arena);
	buf_release(&frame);
	buf_release(&answer);
	return status;
}

/* ---- downwards */

enum rc liar_answers(struct scene *scene, enum spot x, answer_fn *fn, void *to)
{
	struct store *hub = scene->at[places[x].up];
	struct message answer = {.type = MESSAGE_ANSWER, .time = when_now_ms()};
	struct sync_result result = {0};
	struct buf ask = {0}, frame = {0};
	struct asking asking;
	struct site asker = scene_known(scene, x, (enum spot)places[x].up);
	struct peer peer;
	struct fault fault;
	enum rc rc;

	must(peer_load(scene->at[x], &peer, &fault), "peer", &fault);
	must(ask_make(scene->at[x], &peer, EVERY_LANE, &asking, &ask, &fault), "ask", &fault);
	/* It hears the question as any other, and says something else. */
	liar_brings(scene, (enum spot)places[x].up, buf_bytes(&ask), NULL);
	answer.number = asking.number;
	fn(&answer, to);
	must(frame_close(hub, &asker, &answer, CLOSE_PLAIN, &frame, &fault), "seal", &fault);
	rc = answer_apply(scene->at[x], &peer, &asking, buf_bytes(&frame), &result, &fault);
	buf_release(&ask);
	buf_release(&frame);
	return rc;
}

/* ---- judged */

void before_take(struct before *before, struct scene *scene)
{
	for (enum spot x = 0; x < PLACES; x++)
		snapshot_take(&before->at[x], scene->home[x]);
}

void before_release(struct before *before)
{
	for (enum spot x = 0; x < PLACES; x++)
		snapshot_release(&before->at[x]);
}

static enum side side_of(enum spot liar, enum spot judged)
{
	if (area_within(places[liar].area, places[judged].area))
		return SIDE_HUB;
	return area_within(places[judged].area, places[liar].area) ? SIDE_BELOW : SIDE_OTHER;
}

const char *const liar_synced[] = {"fact:", "author:", "mark:", "mark_said:", "peer_lane:",
	"kv:heard:", "kv:news:", "kv:peer:", "kv:left:", "kv:keys:", "kv:carry:", "kv:taken:",
	"kv:granted:", "kv:evidence:", "kv:asked:", "kv:clock:", "kv:time:", "kv:clock_known:",
	"kv:expired:", "kv:ending:", "kv:joined_at:", "kv:proven:", "row_", "file:written",
	"trouble:", "late:", NULL};

bool liar_did_no_harm(struct scene *scene, const struct before *before, enum spot liar,
	const char *const *excused)
{
	for (enum spot x = 0; x < PLACES; x++) {
		struct blame blame = {.side = side_of(liar, x),
			.liar = scene_site(scene, liar),
			.liar_area = places[liar].area,
			.own = scene_site(scene, x),
			.pinned = places[x].up == (int)liar,
			.excused = excused};
		struct snapshot after;
		if (x == liar)
			continue;
		snapshot_take(&after, scene->home[x]);
		blame_find(&blame, &before->at[x], &after);
		snapshot_release(&after);
		if (!blame.wrong)
			continue;
		snprintf(scene->said, sizeof scene->said, "%u at %s: %s", blame.wrong,
			places[x].name, blame.said);
		return false;
	}
	return true;
}
