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
	WAY_FRAME = 1,
	WAY_RATE,
	WAY_TRIP,
	WAY_FAILS,
	WAY_DAY,
	WAY_SPENT,
	WAY_TRIED,
	WAY_WORKED,
	WAY_FAILED,
	/* 10 was a text in the language of the moment */
	WAY_WHY = WAY_FAILED + 2,
	WAY_NUMBERS,
};

enum { WAY_HASH = 12, WAY_NAME = 2 * WAY_HASH + 1 };

static void way_name(const char *url, char name[WAY_NAME])
{
	uint8_t hash[HASH_SIZE];

	crypt_hash(bytes_text(url), hash);
	for (unsigned i = 0; i < WAY_HASH; i++)
		snprintf(name + 2 * i, 3, "%02x", hash[i]);
}

void way_load(struct store *store, const char *url, struct way *way)
{
	int64_t numbers[WAY_NUMBERS];
	char name[WAY_NAME];

	memset(way, 0, sizeof *way);
	way_name(url, name);
	kv_list(store, kv_part(KV_WAY, 0, name), numbers, WAY_NUMBERS);
	way->pace = (struct pace){(uint32_t)numbers[WAY_FRAME], (uint32_t)numbers[WAY_RATE],
		(uint32_t)numbers[WAY_TRIP], (uint32_t)numbers[WAY_FAILS]};
	way->day = numbers[WAY_DAY];
	way->spent = (uint64_t)numbers[WAY_SPENT];
	way->tried = numbers[WAY_TRIED];
	way->worked = numbers[WAY_WORKED];
	way->failed = (unsigned)numbers[WAY_FAILED];
	way->why = numbers[WAY_WHY] >= 0 && numbers[WAY_WHY] < TROUBLES
			   ? (enum trouble)numbers[WAY_WHY]
			   : TROUBLE_OTHER;
	if (way->failed && !way->why)
		way->why = TROUBLE_OTHER;
}

enum rc way_save(struct store *store, const char *url, const struct way *way, struct fault *fault)
{
	const int64_t numbers[WAY_NUMBERS] = {[WAY_FRAME] = way->pace.frame,
		[WAY_RATE] = way->pace.rate,
		[WAY_TRIP] = way->pace.trip_ms,
		[WAY_FAILS] = way->pace.fails,
		[WAY_DAY] = way->day,
		[WAY_SPENT] = (int64_t)way->spent,
		[WAY_TRIED] = way->tried,
		[WAY_WORKED] = way->worked,
		[WAY_FAILED] = way->failed,
		[WAY_WHY] = way->why};
	char name[WAY_NAME];

	way_name(url, name);
	return kv_list_set(store, kv_part(KV_WAY, 0, name), numbers, WAY_NUMBERS, fault);
}

void way_tried(struct way *way, int64_t now, uint64_t bytes, const struct fault *fault)
{
	int64_t today = date_of(now);

	if (way->day != today) {
		way->day = today;
		way->spent = 0;
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

bool way_line(const char *urls, unsigned at, char url[WAY_URL])
{
	size_t len = 0;

	for (const char *line = urls;; line += len) {
		line += strspn(line, "\n");
		len = strcspn(line, "\n");
		if (!len || at-- == 0) {
			if (len && len < WAY_URL)
				snprintf(url, WAY_URL, "%.*s", (int)len, line);
			return len && len < WAY_URL;
		}
	}
}

bool way_at(struct store *store, unsigned at, char url[WAY_URL])
{
	struct buf urls = {0};

	ways_get(store, &urls);
	bool is = way_line(buf_cstr(&urls), at, url);
	buf_release(&urls);
	return is;
}
