/* SPDX-License-Identifier: GPL-3.0-or-later
 * Ways up, each remembered by the hash of its URL.
 */
#include "store/peer.h"
#include "store/rows/internal.h"

#include "store/db.h"
#include "base/when.h"

#include <stdio.h>
#include <string.h>

enum {
	ROUTE_FRAME = 1,
	ROUTE_RATE,
	ROUTE_TRIP,
	ROUTE_FAILS,
	ROUTE_DAY,
	ROUTE_SPENT,
	ROUTE_TRIED,
	ROUTE_WORKED,
	ROUTE_FAILED,
	/* 10 was a text in the language of the moment */
	ROUTE_WHY = ROUTE_FAILED + 2,
	ROUTE_USED,
	ROUTE_NUMBERS,
};

enum { ROUTE_HASH = 12, ROUTE_NAME = 2 * ROUTE_HASH + 1 };

static void route_name(const char *url, char name[ROUTE_NAME])
{
	uint8_t hash[HASH_SIZE];

	crypt_hash(bytes_text(url), hash);
	for (unsigned i = 0; i < ROUTE_HASH; i++)
		snprintf(name + 2 * i, 3, "%02x", hash[i]);
}

void route_load(struct store *store, const char *url, struct route *way)
{
	int64_t numbers[ROUTE_NUMBERS];
	char name[ROUTE_NAME];

	memset(way, 0, sizeof *way);
	route_name(url, name);
	kv_list(store, kv_part(KV_WAY, 0, name), numbers, ROUTE_NUMBERS);
	way->pace = (struct pace){(uint32_t)numbers[ROUTE_FRAME], (uint32_t)numbers[ROUTE_RATE],
		(uint32_t)numbers[ROUTE_TRIP], (uint32_t)numbers[ROUTE_FAILS]};
	way->day = numbers[ROUTE_DAY];
	way->spent = (uint64_t)numbers[ROUTE_SPENT];
	way->used_ms = numbers[ROUTE_USED];
	way->tried = numbers[ROUTE_TRIED];
	way->worked = numbers[ROUTE_WORKED];
	way->failed = (unsigned)numbers[ROUTE_FAILED];
	way->why = numbers[ROUTE_WHY] >= 0 && numbers[ROUTE_WHY] < TROUBLES
			   ? (enum trouble)numbers[ROUTE_WHY]
			   : TROUBLE_OTHER;
	if (way->failed && !way->why)
		way->why = TROUBLE_OTHER;
}

enum rc route_save(
	struct store *store, const char *url, const struct route *way, struct fault *fault)
{
	const int64_t numbers[ROUTE_NUMBERS] = {[ROUTE_FRAME] = way->pace.frame,
		[ROUTE_RATE] = way->pace.rate,
		[ROUTE_TRIP] = way->pace.trip_ms,
		[ROUTE_FAILS] = way->pace.fails,
		[ROUTE_DAY] = way->day,
		[ROUTE_SPENT] = (int64_t)way->spent,
		[ROUTE_TRIED] = way->tried,
		[ROUTE_WORKED] = way->worked,
		[ROUTE_FAILED] = way->failed,
		[ROUTE_WHY] = way->why,
		[ROUTE_USED] = way->used_ms};
	char name[ROUTE_NAME];

	route_name(url, name);
	return kv_list_set(store, kv_part(KV_WAY, 0, name), numbers, ROUTE_NUMBERS, fault);
}

void route_tried(struct route *way, int64_t now, uint64_t bytes, const struct fault *fault)
{
	int64_t today = date_of(now);

	if (way->day != today) {
		way->day = today;
		way->spent = 0;
		way->used_ms = 0;
	}
	way->spent += bytes;
	way->tried = now;
	if (!fault) {
		way->worked = now;
		way->failed = 0;
		way->why = TROUBLE_NONE;
		return;
	}
	way->failed++;
	way->why = trouble_of(fault);
}

bool route_line(const char *urls, unsigned at, char url[ROUTE_URL])
{
	size_t len = 0;

	for (const char *line = urls;; line += len) {
		line += strspn(line, "\n");
		len = strcspn(line, "\n");
		if (!len || at-- == 0) {
			if (len && len < ROUTE_URL)
				snprintf(url, ROUTE_URL, "%.*s", (int)len, line);
			return len && len < ROUTE_URL;
		}
	}
}

bool route_at(struct store *store, unsigned at, char url[ROUTE_URL])
{
	struct buf urls = {0};

	routes_get(store, &urls);
	bool is = route_line(buf_cstr(&urls), at, url);
	buf_release(&urls);
	return is;
}

enum rc routes_hurry(struct store *store, struct fault *fault)
{
	return kv_num_set(store, kv_own(KV_HURRY), routes_hurried(store) + 1, fault);
}

int64_t routes_hurried(struct store *store)
{
	return kv_num(store, kv_own(KV_HURRY), 0);
}
