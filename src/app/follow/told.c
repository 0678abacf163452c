/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which facts somebody was told, as ranges of numbers, and in a file.
 */
#include "told.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/conf.h"
#include "base/file.h"
#include "base/memory.h"

enum { SEQ_LANES = 8, FILE_MOST = 64 << 20, HEX = 16 };

/* Is A before the place of (SITE, LANE, N)? */
static bool is_before(const struct told_range *a, uint64_t site, unsigned lane, uint32_t n)
{
	if (a->site != site)
		return a->site < site;
	return a->lane != lane ? a->lane < lane : a->to < n;
}

/* The first range that ends at N or later. */
static size_t place_of(const struct told *told, uint64_t site, unsigned lane, uint32_t n)
{
	size_t low = 0, high = told->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (is_before(&told->ranges[middle], site, lane, n))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool is_of(const struct told *told, size_t at, uint64_t site, unsigned lane)
{
	return at < told->count && told->ranges[at].site == site && told->ranges[at].lane == lane;
}

bool told_has(const struct told *told, uint64_t site, uint32_t seq)
{
	unsigned lane = seq % SEQ_LANES;
	uint32_t n = seq / SEQ_LANES;
	size_t at = place_of(told, site, lane, n);

	return is_of(told, at, site, lane) && told->ranges[at].from <= n;
}

static void drop(struct told *told, size_t at)
{
	memmove(&told->ranges[at], &told->ranges[at + 1],
		(told->count - at - 1) * sizeof *told->ranges);
	told->count--;
}

static void insert(struct told *told, size_t at, struct told_range range)
{
	told->ranges = array_more(told->ranges, told->count, &told->room, sizeof *told->ranges);
	memmove(&told->ranges[at + 1], &told->ranges[at],
		(told->count - at) * sizeof *told->ranges);
	told->ranges[at] = range;
	told->count++;
}

void told_add(struct told *told, uint64_t site, uint32_t seq)
{
	unsigned lane = seq % SEQ_LANES;
	uint32_t n = seq / SEQ_LANES;
	size_t at = place_of(told, site, lane, n);
	bool behind = at && is_of(told, at - 1, site, lane) && told->ranges[at - 1].to + 1 == n;
	bool before = is_of(told, at, site, lane) && told->ranges[at].from == n + 1;

	if (told_has(told, site, seq))
		return;
	if (behind && before) {
		told->ranges[at - 1].to = told->ranges[at].to;
		drop(told, at);
	} else if (behind) {
		told->ranges[at - 1].to = n;
	} else if (before) {
		told->ranges[at].from = n;
	} else {
		insert(told, at, (struct told_range){site, lane, n, n});
	}
}

/* ---- as a file: "kind NAME", "arrived N", then "told SITE LANE FROM TO" */

static bool number(const char *text, int base, uint64_t most, uint64_t *out)
{
	char *end;

	errno = 0;
	*out = strtoull(text, &end, base);
	return *text && *text != '-' && !*end && !errno && *out <= most;
}

static bool take_range(struct told *told, const struct conf_line *line)
{
	uint64_t site, lane, from, to;
	bool good = line->count == 5 && number(line->word[1], HEX, UINT64_MAX, &site) &&
		    number(line->word[2], 10, SEQ_LANES - 1, &lane) &&
		    number(line->word[3], 10, UINT32_MAX / SEQ_LANES, &from) &&
		    number(line->word[4], 10, UINT32_MAX / SEQ_LANES, &to) && from <= to;
	size_t at = told->count;

	/* In their order, as they were written. */
	if (!good || place_of(told, site, (unsigned)lane, (uint32_t)from) != at)
		return false;
	insert(told, at, (struct told_range){site, (unsigned)lane, (uint32_t)from, (uint32_t)to});
	return true;
}

static bool take_line(const struct conf_line *line, void *to, const char **why)
{
	struct told *told = to;
	bool good = false;

	if (!strcmp(line->word[0], "kind") && line->count == 2)
		good = snprintf(told->kind, sizeof told->kind, "%s", line->word[1]) <
		       (int)sizeof told->kind;
	else if (!strcmp(line->word[0], "arrived") && line->count == 2)
		good = number(line->word[1], 10, INT64_MAX, &told->cursor);
	else if (!strcmp(line->word[0], "begun") && line->count == 2)
		good = number(line->word[1], 10, INT64_MAX, &told->begun);
	else if (!strcmp(line->word[0], "told"))
		good = take_range(told, line);
	if (!good)
		*why = _("不是 outpost follow 写的");
	return good;
}

enum rc told_read(struct told *told, const char *path, const char *kind, struct fault *fault)
{
	struct buf text = {0};
	enum rc rc = file_read(path, FILE_MOST, &text, fault);

	if (rc == RC_NONE) {
		snprintf(told->kind, sizeof told->kind, "%s", kind);
		return RC_OK;
	}
	if (!rc)
		rc = conf_each(path, buf_bytes(&text), take_line, told, fault);
	if (!rc && strcmp(told->kind, kind) != 0)
		rc = fault_set(fault, RC_BAD, _("\"%s\" 记的是另一种记录：请另用一个文件"), path);
	buf_release(&text);
	return rc;
}

enum rc told_write(const struct told *told, const char *path, struct fault *fault)
{
	struct buf text = {0};

	buf_text(&text, "# outpost follow --cursor\n");
	if (*told->kind)
		buf_fmt(&text, "kind %s\n", told->kind);
	buf_fmt(&text, "arrived %llu\n", (unsigned long long)told->cursor);
	if (told->begun > told->cursor)
		buf_fmt(&text, "begun %llu\n", (unsigned long long)told->begun);
	for (size_t n = 0; n < told->count; n++) {
		const struct told_range *range = &told->ranges[n];

		buf_fmt(&text, "told %014llx %u %u %u\n", (unsigned long long)range->site,
			range->lane, (unsigned)range->from, (unsigned)range->to);
	}
	enum rc rc = file_write(path, buf_bytes(&text), 0600, fault);
	buf_release(&text);
	return rc;
}

void told_release(struct told *told)
{
	free(told->ranges);
}
