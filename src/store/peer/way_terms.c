/* SPDX-License-Identifier: GPL-3.0-or-later
 * What ways cost, and when and for what they may be used.
 */
#include "store/peer.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "model/kinds.h"
#include "store/rows.h"

enum { MB = 1000000, MINUTE_MS = 60000, DAY_MINUTES = 24 * 60, FEN = 100, MOST_FEN = 100000000 };

static struct way_terms all[ROUTES_MOST];
static unsigned count;

void way_terms_clear(void)
{
	count = 0;
}

/* ---- a line */

/* Two digits at *TEXT, which moves behind them; -1: there are none. */
static int take_two(const char **text)
{
	const char *at = *text;
	if (!isdigit((unsigned char)at[0]) || !isdigit((unsigned char)at[1]))
		return -1;
	*text += 2;
	return (at[0] - '0') * 10 + at[1] - '0';
}

/* "22:00" at *TEXT. */
static bool take_clock(const char **text, int *minutes)
{
	int hour = take_two(text);
	if (hour < 0 || hour > 24 || *(*text)++ != ':')
		return false;
	int minute = take_two(text);
	*minutes = hour * 60 + minute;
	return minute >= 0 && minute < 60 && *minutes <= DAY_MINUTES;
}

static bool take_hours(const char *text, struct way_terms *terms)
{
	return take_clock(&text, &terms->from) && *text++ == '-' &&
	       take_clock(&text, &terms->until) && !*text;
}

static bool take_number(const char *text, uint64_t most, uint64_t *number)
{
	char *end;
	if (!isdigit((unsigned char)*text))
		return false;
	*number = strtoull(text, &end, 10);
	return !*end && *number <= most;
}

/* "8.5/MB" or "1.2/min", in yuan. */
static bool take_cost(const char *text, struct way_terms *terms)
{
	char *end;
	double yuan = isdigit((unsigned char)*text) ? strtod(text, &end) : -1;
	if (yuan < 0 || yuan * FEN > MOST_FEN)
		return false;
	int64_t fen = (int64_t)(yuan * FEN + 0.5);
	if (!strcmp(end, "/MB"))
		terms->fen_mb = fen;
	else if (!strcmp(end, "/min"))
		terms->fen_minute = fen;
	else
		return false;
	return true;
}

/* What is urgent goes over every way. */
static bool take_lanes(const char *text, struct way_terms *terms)
{
	terms->lanes = 1u << LANE_ALARM;
	while (*text) {
		size_t len = strcspn(text, ",");
		unsigned lane = 0;
		while (lane < LANES && (strlen(lane_names[lane]) != len ||
					       strncmp(lane_names[lane], text, len) != 0))
			lane++;
		if (lane == LANES)
			return false;
		terms->lanes |= 1u << lane;
		text += len + (text[len] == ',');
	}
	return true;
}

static bool take_name(const char *text, struct way_terms *terms)
{
	return snprintf(terms->name, sizeof terms->name, "%s", text) < (int)sizeof terms->name;
}

static bool take_bytes(const char *text, struct way_terms *terms)
{
	return take_number(text, INT64_MAX, &terms->bytes);
}

static bool take_call(const char *text, struct way_terms *terms)
{
	return take_number(text, INT64_MAX, &terms->call);
}

static bool take_minutes(const char *text, struct way_terms *terms)
{
	uint64_t minutes = 0;
	bool good = take_number(text, DAY_MINUTES, &minutes);

	terms->minutes = good ? (unsigned)minutes : 0;
	return good;
}

static const struct {
	const char *name;
	bool (*take)(const char *text, struct way_terms *terms);
} way_words[] = {{"name", take_name}, {"hours", take_hours}, {"bytes", take_bytes},
	{"call", take_call}, {"minutes", take_minutes}, {"lanes", take_lanes}, {"cost", take_cost}};

static bool take_word(const char *word, struct way_terms *terms)
{
	const char *value = strchr(word, '=');
	size_t len = value ? (size_t)(value - word) : 0;

	for (size_t n = 0; value && n < countof(way_words); n++)
		if (strlen(way_words[n].name) == len && !strncmp(word, way_words[n].name, len))
			return way_words[n].take(value + 1, terms);
	return false;
}

bool way_terms_add(const char *const word[], unsigned words_given, const char **why)
{
	struct way_terms terms = {.from = -1};
	bool good = words_given > 1 && count < ROUTES_MOST &&
		    snprintf(terms.prefix, sizeof terms.prefix, "%s", word[0]) <
			    (int)sizeof terms.prefix;
	for (unsigned n = 1; n < words_given && good; n++)
		good = take_word(word[n], &terms);
	if (good)
		all[count++] = terms;
	else
		*why = _("应是 way 线路的开头 name=名称 hours=22:00-06:00 bytes=200000 call=20000 "
			 "minutes=30 lanes=alarm,report cost=8.5/MB，后面的至少写一项");
	return good;
}

/* ---- what holds */

const struct way_terms *way_terms_of(const char *url)
{
	for (unsigned n = 0; n < count; n++)
		if (!strncmp(url, all[n].prefix, strlen(all[n].prefix)))
			return &all[n];
	return NULL;
}

bool way_terms_open(const struct way_terms *terms, int64_t now)
{
	int minute = (int)((now + WHEN_ZONE) % (DAY_MINUTES * 60) / 60);
	if (terms->from < 0)
		return true;
	return terms->from <= terms->until ? minute >= terms->from && minute < terms->until
					   : minute >= terms->from || minute < terms->until;
}

bool way_terms_spent(const struct way_terms *terms, const struct route *way, int64_t now)
{
	if (way->day != date_of(now))
		return false;
	return (terms->bytes && way->spent >= terms->bytes) ||
	       (terms->minutes && way->used_ms >= (int64_t)terms->minutes * MINUTE_MS);
}

/* ---- in words */

static void put_bytes_of(uint64_t bytes, struct buf *out)
{
	if (bytes >= MB)
		buf_fmt(out, "%llu.%lluMB", (unsigned long long)(bytes / MB),
			(unsigned long long)(bytes % MB / (MB / 10)));
	else
		buf_fmt(out, "%lluKB", (unsigned long long)(bytes + 999) / 1000);
}

static void put_limits(const struct way_terms *terms, struct buf *out)
{
	if (terms->from >= 0)
		buf_fmt(out, " %02d:%02d-%02d:%02d", terms->from / 60, terms->from % 60,
			terms->until / 60, terms->until % 60);
	if (terms->bytes) {
		buf_text(out, _(" 每天"));
		put_bytes_of(terms->bytes, out);
	}
	if (terms->call) {
		buf_text(out, _(" 每次"));
		put_bytes_of(terms->call, out);
	}
	if (terms->minutes)
		buf_fmt(out, _(" 每天%u分钟"), terms->minutes);
	if (!terms->lanes || terms->lanes == LANES_ALL)
		return;
	buf_text(out, _(" 只送"));
	for (unsigned lane = 0, put = 0; lane < LANES; lane++)
		if (terms->lanes & 1u << lane)
			buf_fmt(out, "%s%s", put++ ? "/" : "", _(lane_labels[lane]));
}

void way_terms_say(const char *url, const struct route *way, int64_t now, struct buf *out)
{
	const struct way_terms *terms = way_terms_of(url);
	if (!terms)
		return;
	buf_text(out, terms->name);
	put_limits(terms, out);
	if (terms->fen_mb)
		buf_fmt(out, _(" %lld.%02lld元/MB"), (long long)(terms->fen_mb / FEN),
			(long long)(terms->fen_mb % FEN));
	if (terms->fen_minute)
		buf_fmt(out, _(" %lld.%02lld元/分钟"), (long long)(terms->fen_minute / FEN),
			(long long)(terms->fen_minute % FEN));
	if (way->day != date_of(now) || !(terms->fen_mb || terms->fen_minute))
		return;
	double fen = (double)way->spent / MB * (double)terms->fen_mb +
		     (double)way->used_ms / MINUTE_MS * (double)terms->fen_minute;
	buf_fmt(out, _(" 今天约%.2f元"), fen / FEN);
}

/* ---- the device that it goes over */

struct trial_of {
	const char *name;
	bool broken;
};

static bool see_device(const struct row *row, void *to)
{
	struct trial_of *trial = to;
	const struct value *way = row_value(row, device_way);

	trial->broken |= row->state == device_is_broken && way &&
			 bytes_equal(way->text, bytes_text(trial->name));
	return !trial->broken;
}

bool way_broken(struct store *store, const char *url)
{
	const struct way_terms *terms = way_terms_of(url);
	struct query query = query_all(KIND_device);
	struct trial_of trial = {.name = terms ? terms->name : ""};
	struct fault ignored;

	return *trial.name && store_each(store, &query, see_device, &trial, &ignored) == RC_OK &&
	       trial.broken;
}
