/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a person should look at: records in which two stations disagree or a step had no effect, and
 * facts that are kept apart.
 */
#ifndef STORE_ODD_H
#define STORE_ODD_H

#include "store/find.h"
#include "store/log.h"

/* Rows with conflicts or with steps without effect, kind by kind, the newest first; LIMIT of each
 * kind. */
enum rc store_each_odd(
	struct store *store, unsigned limit, row_fn *fn, void *to, struct fault *fault) MUST_CHECK;
/* Facts that no row shows: refused, unproven, or waiting for the record that they belong to; the
 * newest arrivals first. The first call makes their index (a commit). */
enum rc log_each_apart(
	struct log *log, unsigned limit, fact_fn *fn, void *to, struct fault *fault) MUST_CHECK;

#endif
