/* SPDX-License-Identifier: GPL-3.0-or-later
 * The cards and their signs. A card's own sign is that of the paper on the wall; cards without one
 * get what is left, in the order of their numbers.
 */
#include "screens/plate.h"

#include <stdlib.h>
#include <string.h>

#include "model/codes.h"
#include "model/kinds.h"
#include "model/packs.h"
#include "model/shipped.h"
#include "screens/display.h"
#include "screens/screens.h"
#include "store/station.h"
#include "work/going_on.h"

enum { CARDS_MOST = 200, FIELD_SIZE = 200 };

struct filling {
	struct plate *plate;
	struct store *store;
	struct arena *arena;
	struct going_on going_on;
	enum level level;
};

static void field_text(const struct row *row, unsigned tag, char out[FIELD_SIZE])
{
	const struct value *value = row_value(row, tag);

	bytes_into(out, FIELD_SIZE, value ? value->text : bytes_text(""));
}

/* "山洪(村)": on the plate nobody needs to be told that it is a card, and each byte is paid for as
 * often as there are cards. */
static const char *short_title(struct filling *at, const char *kept)
{
	static const char *const said[][2] = {
		{"处置卡", ""},           /* zh: in titles */
		{"预警行动卡", "行动卡"}, /* zh: in titles */
		{"（", "("},              /* zh: in titles */
		{"）", ")"},
	};

	for (size_t n = 0; n < countof(said); n++) {
		const char *word = strstr(kept, said[n][0]);

		if (word && word > kept)
			kept = arena_fmt(at->arena, "%.*s%s%s", (int)(word - kept), kept,
				said[n][1], word + strlen(said[n][0]));
	}
	return kept;
}

static const char *why_now(
	struct filling *at, const char *event, const char *fits, const char *level)
{
	enum look look;
	struct card_fit fit = going_on_fits(&at->going_on, event, fits);

	if (!card_is_ours(level, at->level) || (!fit.going && !fit.season && !fit.role))
		return "";
	if (fit.role)
		return _("本岗");
	return fit.going ? arena_fmt(at->arena, _("正是 %s%s"),
				   display_colour(fit.going->colour, &look),
				   code_text("event", fit.going->event))
			 : arena_fmt(at->arena, _("正是 %s%s"), "", rule_text(fit.season));
}

static void put_fit(char *word, struct buf *out)
{
	static const char season[] = "season=", role[] = "role=";
	char *colour = strchr(word, '/');
	const struct rule *when = NULL;

	if (!strncmp(word, role, strlen(role))) {
		buf_text(out, code_text("role", word + strlen(role)));
	} else if (!strncmp(word, season, strlen(season))) {
		when = rules_named(RULE_SEASON, word + strlen(season));
		buf_text(out, when ? rule_text(when) : word + strlen(season));
	} else {
		if (colour)
			*colour++ = '\0';
		buf_fmt(out, "%s%s%s", colour ? code_text("severity", colour) : "",
			colour ? " " : "", code_text("event", word));
	}
}

void plate_fits(struct buf *fits)
{
	char word[FITS_WORD];
	struct buf said = {0};

	for (const char *at = buf_cstr(fits); card_fits_word(&at, word);) {
		if (said.len)
			buf_text(&said, _("、"));
		put_fit(word, &said);
	}
	buf_clear(fits);
	buf_put(fits, said.at, said.len);
	buf_release(&said);
}

static char sign_of(const struct plate *plate, const char *key)
{
	bool good = *key && !key[1] && strchr(card_keys, *key);

	return good && !plate_find(plate, *key) ? *key : '\0';
}

static bool add(const struct row *row, void *to)
{
	struct filling *at = to;
	struct plate *plate = at->plate;
	char key[FIELD_SIZE], event[FIELD_SIZE], fits[FIELD_SIZE], level[FIELD_SIZE];
	struct buf title = {0};

	field_text(row, card_key, key);
	field_text(row, card_event, event);
	field_text(row, card_fits, fits);
	field_text(row, card_level, level);
	display_title(at->store, row, &title);
	plate->cards[plate->count] = (struct plate_card){row->ref, sign_of(plate, key),
		short_title(at, arena_text(at->arena, buf_cstr(&title))),
		why_now(at, event, fits, level), NULL};
	buf_release(&title);
	return ++plate->count < CARDS_MOST;
}

/* Nobody has loaded cards here yet: at night nobody is to stand before an empty plate. */
static void add_shipped(struct filling *at)
{
	struct plate *plate = at->plate;
	const char *name;

	plate->shipped = true;
	for (unsigned n = 0; (name = shipped_name("cards/", n)) && plate->count < CARDS_MOST; n++) {
		struct card card = {0};
		struct fault fault;

		if (card_read(&card, name, shipped_file(name), at->arena, &fault))
			continue;
		plate->cards[plate->count] = (struct plate_card){{0, 0}, sign_of(plate, card.key),
			short_title(at, card.zh), why_now(at, card.event, card.fits, card.level),
			card.text};
		plate->count++;
	}
}

static int by_sign(const void *a, const void *b)
{
	char x = ((const struct plate_card *)a)->sign, y = ((const struct plate_card *)b)->sign;

	if (!x || !y)
		return (y != 0) - (x != 0);
	return (int)(strchr(card_keys, x) - strchr(card_keys, y));
}

static void give_signs(struct plate *plate)
{
	const char *sign = card_keys;

	for (unsigned n = 0; n < plate->count; n++) {
		while (*sign && plate_find(plate, *sign))
			sign++;
		if (!plate->cards[n].sign)
			plate->cards[n].sign = *sign;
	}
	if (plate->count)
		qsort(plate->cards, plate->count, sizeof *plate->cards, by_sign);
}

enum rc plate_load(
	struct plate *plate, struct store *store, struct arena *arena, struct fault *fault)
{
	struct filling at = {plate, store, arena, .level = store_station(store)->level};
	struct query query = query_all(KIND_card);
	struct world world;

	*plate = (struct plate){arena_get(arena, CARDS_MOST * sizeof *plate->cards), 0, false};
	query.order = card_code;
	world_open(&world, store, NULL, store_now(store));
	enum rc rc = going_on_load(&at.going_on, &world, fault);
	if (!rc)
		rc = store_each(store, &query, add, &at, fault);
	if (!rc && !plate->count)
		add_shipped(&at);
	give_signs(plate);
	return rc;
}

const struct plate_card *plate_find(const struct plate *plate, int sign)
{
	for (unsigned n = 0; n < plate->count; n++)
		if (sign && plate->cards[n].sign == sign)
			return &plate->cards[n];
	return NULL;
}

const char *plate_shipped_only(void)
{
	return _("随程序来的卡，只能看。要启动：管理员 outpost packs flood 装入（outpost packs 列出"
		 "各套），或等上级发下来");
}

const char *plate_lacks(struct store *store)
{
	struct query query = query_all(KIND_card);
	struct fault fault;
	unsigned count = 0;

	if (store_count(store, &query, &count, &fault) == RC_OK && !count)
		return _("本站没有处置卡：管理员用 outpost packs flood 带来；l 全文");
	return _("没有为它准备的处置卡：F 看别的卡，l 全文和更新、解除");
}

enum rc plate_presets(struct store *store, struct ref card, struct ref warning, struct buf *out,
	struct fault *fault)
{
	struct arena arena = {0};
	char number[32];
	struct row row;
	enum rc rc = store_row(store, card, &arena, &row, fault);
	const struct value *event = rc ? NULL : row_value(&row, card_event);

	if (!rc) {
		store_number(store, card, number);
		buf_fmt(out, "card=%s\n", number);
	}
	if (event)
		buf_fmt(out, "event=%.*s\n", (int)event->text.len, (const char *)event->text.at);
	if (!rc && warning.seq) {
		store_number(store, warning, number);
		buf_fmt(out, "warning=%s\n", number);
	}
	arena_release(&arena);
	return rc;
}

enum act plate_start(struct view *view, struct ref card, struct ref warning)
{
	struct fault fault = {0};
	struct buf text = {0};
	enum act act = plate_presets(view->store, card, warning, &text, &fault)
			       ? parts_fault(view, &fault)
			       : parts_begin(view, kind_of(KIND_response), buf_cstr(&text));

	buf_release(&text);
	return act;
}
