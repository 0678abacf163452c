/* SPDX-License-Identifier: GPL-3.0-or-later
 * Numbers for a monitoring system, in the text format that Prometheus reads (version 0.0.4): a family of numbers says
 * what it is before its samples. Every name begins with "outpost_".
 */
#ifndef FORMAT_METRICS_H
#define FORMAT_METRICS_H

#include "base/buf.h"

enum metric_type { METRIC_GAUGE, METRIC_COUNTER };

/* Begins the family NAME; HELP is one line in English without a line end: what is counted, in which unit. */
void metric_family(struct buf *out, const char *name, enum metric_type type, const char *help);
/* A sample of it. LABELS: "key", "value" and so on, NULL at the end; values are escaped here. NULL = no labels. */
void metric_sample(struct buf *out, const char *name, const char *const labels[], int64_t number);
/* A family of one sample without labels. */
void metric_one(struct buf *out, const char *name, enum metric_type type, const char *help, int64_t number);

/* How long something took, counted by upper bounds. All zero is empty. */
enum { HISTOGRAM_BOUNDS = 11 };
struct histogram {
	uint64_t counts[HISTOGRAM_BOUNDS + 1]; /* the last one: above all bounds */
	uint64_t sum;                          /* milliseconds */
};
void histogram_add(struct histogram *histogram, int64_t milliseconds);
/* As a family in seconds; NAME ends in "_seconds". */
void metric_histogram(struct buf *out, const char *name, const char *help, const struct histogram *histogram);

#endif
