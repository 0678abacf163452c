/* SPDX-License-Identifier: GPL-3.0-or-later
 * What moves the simulated county: writing, talking over roads that lose, repeat, delay and damage,
 * sticks that come late and out of order, disks that are put back, clocks that are wrong.
 */
#include "sim.h"

#include "base/when.h"
#include "model/area.h"
#include "model/kinds.h"
#include "store/identity.h"
#include "store/station.h"
#include "sync/swap.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

uint64_t sim_dice(struct sim *sim, uint64_t sides)
{
	sim->seed = sim->seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (sim->seed >> 33) % sides;
}

/* ---- writing */

static unsigned text_tag(unsigned kind)
{
	const struct field *field = kind_of(kind)->fields;

	while (field->type != T_TEXT && field->type != T_LONG)
		field++;
	return field->tag;
}

static void write_op(struct sim *sim, struct node *node, struct op *op, unsigned tag)
{
	static const char *const words[] = {
		"村东桥下", "沟口", "三组后山", "河堤渗水", "道路塌方", "已转移"};
	char text[60];
	struct buf body = {0};
	struct value value;
	struct fault fault;
	enum rc rc;

	snprintf(text, sizeof text, "%s%zu", words[sim_dice(sim, countof(words))],
		sim->county.fact_count);
	value = value_text(text);
	put_field(&body, tag, &value);
	op->body = buf_bytes(&body);
	rc = store_write(node->store, op, &fault);
	if (rc == RC_OK)
		county_note(&sim->county, node, (struct ref){op->site, op->seq});
	else if (rc != RC_DENIED)
		die("%s writes: %s", node->name, fault.text);
	buf_release(&body);
}

static void write_new(struct sim *sim, struct node *node)
{
	static const unsigned ids[] = {KIND_hazard, KIND_hazard, KIND_tip, KIND_warning,
		KIND_incident, KIND_report, KIND_drill, KIND_supply, KIND_household, KIND_order};
	const struct node *place = &sim->county.nodes[sim_dice(sim, (uint64_t)sim->county.count)];
	struct op op = {.kind = ids[sim_dice(sim, countof(ids))], .area = place->area};

	write_op(sim, node, &op, text_tag(op.kind));
}

static void write_more(struct sim *sim, struct node *node)
{
	struct op op = {0};

	if (!sim->county.fact_count)
		return;
	const struct kept_fact *fact = &sim->county.facts[sim_dice(sim, sim->county.fact_count)];
	struct kept_fact record = {.ref = fact->rec};
	struct arena arena = {0};
	struct fact first;
	if (log_fact(store_log(node->store), record.ref.site, record.ref.seq, &arena, &first)) {
		op.rec_site = fact->rec.site;
		op.rec_seq = fact->rec.seq;
		op.kind = first.kind;
		if (first.kind == KIND_hazard && sim_dice(sim, 2))
			op.step = sim_dice(sim, 2) ? hazard_do_urge : hazard_do_rectify;
		write_op(sim, node, &op, op.step ? ARG_TEXT : text_tag(op.kind));
	}
	arena_release(&arena);
}

/* ---- talking */

static bool befalls(struct sim *sim)
{
	return sim_dice(sim, 1000) < sim->hurt;
}

static struct sim_letter *letter_free(struct sim *sim)
{
	for (unsigned i = 0; i < SIM_LETTERS; i++)
		if (!sim->letters[i].bytes.len)
			return &sim->letters[i];
	return NULL;
}

static void hub_hears(struct sim *sim, int x, struct bytes ask, struct buf *answer)
{
	struct node *node = &sim->county.nodes[x], *hub = &sim->county.nodes[node->up];
	struct fault fault;
	unsigned taken;

	when_skip(hub->wrong - node->wrong);
	if (hub_answer(hub->store, &ask, answer, 1, &fault) != RC_OK)
		die("%s answers: %s", hub->name, fault.text);
	/* Its person believes what comes back from below: here nobody lies. */
	if (returned_decide(hub->store, 0, true, &taken, &fault) != RC_OK)
		die("%s takes back: %s", hub->name, fault.text);
	sim_sites(sim);
	when_skip(node->wrong - hub->wrong);
}

static void flip(struct sim *sim, struct buf *bytes)
{
	if (bytes->len && befalls(sim))
		bytes->at[sim_dice(sim, bytes->len)] ^= (uint8_t)(1u << sim_dice(sim, 8));
}

static enum rc line_swap(
	struct link *link, struct bytes ask, struct buf *answer, int wait_ms, struct fault *fault)
{
	struct sim *sim = (struct sim *)link;
	struct buf copy = {0};
	struct sim_letter *letter;
	bool lost = befalls(sim);

	(void)wait_ms;
	sim->swaps++;
	buf_put(&copy, ask.at, ask.len);
	flip(sim, &copy);
	if (lost && (letter = letter_free(sim)) && sim_dice(sim, 3) == 0) { /* it comes later */
		*letter = (struct sim_letter){.from = sim->asker, .late = true};
		buf_put(&letter->bytes, ask.at, ask.len);
	}
	if (!lost)
		hub_hears(sim, sim->asker, buf_bytes(&copy), answer);
	if (!lost && befalls(sim))
		hub_hears(sim, sim->asker, buf_bytes(&copy), answer);
	buf_release(&copy);
	if (lost || befalls(sim))
		return fault_set(fault, RC_LINK, "lost");
	flip(sim, answer);
	if (sim->old_answer.len && befalls(sim)) {
		buf_clear(answer);
		buf_put(answer, sim->old_answer.at, sim->old_answer.len);
	} else if (answer->len && sim_dice(sim, 5) == 0) {
		buf_clear(&sim->old_answer);
		buf_put(&sim->old_answer, answer->at, answer->len);
	}
	return RC_OK;
}

static void line_count(const struct link *link, struct link_count *out)
{
	*out = (struct link_count){.sent = ((const struct sim *)link)->swaps};
}

static const struct link_ops line = {"sim", NULL, line_swap, line_count, NULL};

bool sim_ask(struct sim *sim, int x, unsigned most, struct sync_result *result)
{
	struct node *node = &sim->county.nodes[x];
	struct peer peer;
	struct fault fault = {0};
	unsigned mask = sim->hurt && sim_dice(sim, 10) == 0 ? 1 : 31;
	enum rc rc;

	memset(result, 0, sizeof *result);
	if (peer_load(node->store, &peer, &fault) != RC_OK)
		die("%s: %s", node->name, fault.text);
	if (sim->hurt && sim_dice(sim, 2))
		peer.pace.frame = 250 + (uint32_t)sim_dice(sim, 1500);
	sim->asker = x;
	when_skip(node->wrong);
	rc = sync_round(node->store, &peer,
		&(struct sync_line){&line, (struct link *)sim, mask, most, LINE_NO_FILES, false},
		result, &fault);
	when_skip(-node->wrong);
	if (rc != RC_OK && (!sim->hurt || (rc != RC_LINK && rc != RC_DENIED && rc != RC_BAD)))
		die("%s syncs: %s (%d)", node->name, fault.text, rc);
	return rc == RC_OK;
}

static void letter_write(struct sim *sim, int x)
{
	struct node *node = &sim->county.nodes[x];
	struct sim_letter *letter = letter_free(sim);
	struct peer peer;
	struct fault fault;

	if (!letter || node->up < 0)
		return;
	*letter = (struct sim_letter){.from = x, .site = store_station(node->store)->site};
	when_skip(node->wrong);
	if (peer_load(node->store, &peer, &fault) != RC_OK)
		die("%s: %s", node->name, fault.text);
	peer.unsure = true;
	if (ask_make(node->store, &peer, 31, &letter->asking, &letter->bytes, &fault) != RC_OK ||
		peer_save(node->store, &peer, &fault) != RC_OK)
		die("%s packs: %s", node->name, fault.text);
	when_skip(-node->wrong);
}

/* A carry file for the node above or one below. */
static void file_write(struct sim *sim, int x)
{
	struct node *node = &sim->county.nodes[x];
	struct sim_letter *letter = letter_free(sim);
	int to = (int)sim_dice(sim, (uint64_t)sim->county.count);
	struct carry_count count;
	struct site site;
	struct fault fault;
	enum rc rc;

	if (!letter || to == x || (to != node->up && sim->county.nodes[to].up != x) ||
		!log_site(store_log(node->store), store_station(sim->county.nodes[to].store)->site,
			&site))
		return;
	*letter = (struct sim_letter){.from = x, .to = to, .file = true};
	when_skip(node->wrong);
	rc = carry_pack(node->store, &site, &letter->bytes, &count, &fault);
	when_skip(-node->wrong);
	if (rc != RC_OK && rc != RC_DENIED && rc != RC_NONE)
		die("%s packs a file: %s", node->name, fault.text);
	if (rc != RC_OK)
		buf_release(&letter->bytes);
}

static void file_arrives(struct sim *sim, struct sim_letter *letter)
{
	struct node *node = &sim->county.nodes[letter->to];
	struct carry_count count;
	struct fault fault;
	uint64_t from;
	enum rc rc;

	flip(sim, &letter->bytes);
	when_skip(node->wrong);
	rc = carry_take(node->store, buf_bytes(&letter->bytes), &from, &count, &fault);
	when_skip(-node->wrong);
	if (rc != RC_OK && rc != RC_DENIED && rc != RC_BAD && rc != RC_NONE)
		die("%s takes a file: %s", node->name, fault.text);
	if (sim_dice(sim, 3))
		buf_release(&letter->bytes);
}

static void letter_back(struct sim *sim, struct sim_letter *letter)
{
	struct node *node = &sim->county.nodes[letter->from];
	struct sync_result result = {0};
	struct peer peer;
	struct fault fault;
	enum rc rc;

	if (letter->site != store_station(node->store)->site)
		return; /* nobody to open it any more */
	when_skip(node->wrong);
	if (peer_load(node->store, &peer, &fault) != RC_OK)
		die("%s: %s", node->name, fault.text);
	rc = answer_apply(
		node->store, &peer, &letter->asking, buf_bytes(&letter->bytes), &result, &fault);
	when_skip(-node->wrong);
	if (rc != RC_OK && rc != RC_DENIED && rc != RC_BAD && rc != RC_LINK)
		die("%s unpacks: %s", node->name, fault.text);
}

/* Some stick arrives: at the hub, or back home. */
static void letter_moves(struct sim *sim)
{
	struct sim_letter *letter = &sim->letters[sim_dice(sim, SIM_LETTERS)];
	struct buf answer = {0};

	if (!letter->bytes.len)
		return;
	if (letter->file) {
		file_arrives(sim, letter);
		return;
	}
	if (!letter->answered) {
		when_skip(sim->county.nodes[letter->from].wrong);
		hub_hears(sim, letter->from, buf_bytes(&letter->bytes), &answer);
		when_skip(-sim->county.nodes[letter->from].wrong);
		buf_release(&letter->bytes);
		if (letter->late || sim_dice(sim, 4) == 0) {
			buf_release(&answer);
			return;
		}
		letter->bytes = answer;
		letter->answered = true;
		return;
	}
	letter_back(sim, letter);
	if (sim_dice(sim, 4)) /* or it lies about and comes again */
		buf_release(&letter->bytes);
}

static void clock_event(struct sim *sim, int x)
{
	static const int64_t wrong[] = {
		0, 0, 3 * 86400, -40000, 400, -56 * 365 * 86400LL, 12 * 365 * 86400LL};

	sim->county.nodes[x].wrong = wrong[sim_dice(sim, countof(wrong))];
}

void sim_step(struct sim *sim)
{
	int x = (int)sim_dice(sim, (uint64_t)sim->county.count);
	struct node *node = &sim->county.nodes[x];
	unsigned what = (unsigned)sim_dice(sim, 100);
	struct sync_result result;

	when_skip((int64_t)sim_dice(sim, 30));
	when_skip(node->wrong);
	sim->doing = "writes";
	sim->heard = -1;
	if (what < 22)
		write_new(sim, node);
	else if (what < 42)
		write_more(sim, node);
	when_skip(-node->wrong);
	if (what >= 42 && what < 76 && node->up >= 0) {
		sim->doing = "asks";
		sim->heard = x;
		sim_ask(sim, x, 1 + (unsigned)sim_dice(sim, 5), &result);
	} else if (what >= 76 && what < 84) {
		sim->doing = "packs";
		if (sim_dice(sim, 2))
			letter_write(sim, x);
		else
			file_write(sim, x);
	} else if (what >= 84 && what < 92) {
		sim->doing = "carries";
		sim->heard = sim->county.count;
		letter_moves(sim);
	} else if (what >= 92 && what < 97) {
		sim->doing = "copies or puts back";
		sim->heard = sim->county.count;
		sim_disk(sim, x);
	} else if (what >= 97) {
		sim->doing = "sets its clock";
		clock_event(sim, x);
	}
}
