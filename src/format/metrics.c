/* SPDX-License-Identifier: GPL-3.0-or-later
 * Numbers for a monitoring system. Times are kept in milliseconds and said in seconds, the base
 * unit there.
 */
#include "format/metrics.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* From a commit on a fast disk to a question that waited for a full minute's worth of others. */
static const unsigned bounds[HISTOGRAM_BOUNDS] = {
	5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000};

void metric_family(struct buf *out, const char *name, enum metric_type type, const char *help)
{
	buf_fmt(out, "# HELP outpost_%s %s\n# TYPE outpost_%s %s\n", name, help, name,
		type == METRIC_COUNTER ? "counter" : "gauge");
}

static void put_escaped(struct buf *out, const char *value)
{
	for (; *value; value++)
		if (*value == '\n')
			buf_text(out, "\\n");
		else if (*value == '"' || *value == '\\')
			buf_fmt(out, "\\%c", *value);
		else
			buf_byte(out, (uint8_t)*value);
}

void metric_sample(struct buf *out, const char *name, const char *const labels[], int64_t number)
{
	buf_fmt(out, "outpost_%s", name);
	for (size_t n = 0; labels && labels[n]; n += 2) {
		buf_fmt(out, "%c%s=\"", n ? ',' : '{', labels[n]);
		put_escaped(out, labels[n + 1]);
		buf_byte(out, '"');
	}
	buf_fmt(out, "%s %" PRId64 "\n", labels && labels[0] ? "}" : "", number);
}

void metric_one(
	struct buf *out, const char *name, enum metric_type type, const char *help, int64_t number)
{
	metric_family(out, name, type, help);
	metric_sample(out, name, NULL, number);
}

void histogram_add(struct histogram *histogram, int64_t milliseconds)
{
	unsigned n = 0;

	if (milliseconds < 0)
		milliseconds = 0;
	while (n < HISTOGRAM_BOUNDS && milliseconds > bounds[n])
		n++;
	histogram->counts[n]++;
	histogram->sum += (uint64_t)milliseconds;
}

/* 2500 as "2.5", 5 as "0.005". */
static void put_seconds(struct buf *out, uint64_t milliseconds)
{
	char text[32];
	size_t len = (size_t)snprintf(text, sizeof text, "%" PRIu64 ".%03" PRIu64,
		milliseconds / 1000, milliseconds % 1000);

	while (text[len - 1] == '0')
		len--;
	if (text[len - 1] == '.')
		len--;
	buf_put(out, text, len);
}

void metric_histogram(
	struct buf *out, const char *name, const char *help, const struct histogram *histogram)
{
	uint64_t count = 0;

	buf_fmt(out, "# HELP outpost_%s %s\n# TYPE outpost_%s histogram\n", name, help, name);
	for (unsigned n = 0; n < HISTOGRAM_BOUNDS; n++) {
		count += histogram->counts[n];
		buf_fmt(out, "outpost_%s_bucket{le=\"", name);
		put_seconds(out, bounds[n]);
		buf_fmt(out, "\"} %" PRIu64 "\n", count);
	}
	count += histogram->counts[HISTOGRAM_BOUNDS];
	buf_fmt(out, "outpost_%s_bucket{le=\"+Inf\"} %" PRIu64 "\noutpost_%s_sum ", name, count,
		name);
	put_seconds(out, histogram->sum);
	buf_fmt(out, "\noutpost_%s_count %" PRIu64 "\n", name, count);
}
