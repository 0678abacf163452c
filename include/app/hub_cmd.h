/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the hub's program does with a question, over whichever link it came, and what it tells of
 * itself.
 */
#ifndef APP_HUB_CMD_H
#define APP_HUB_CMD_H

#include "app/day_copy.h"
#include "format/metrics.h"
#include "sync/link.h"
#include "work/agenda.h"

struct hub {
	struct app *app;
	bool joins;                         /* a login that is good for joining alone */
	uint64_t only;                      /* the site that a forced command stands for; 0 = any */
	uint64_t asked, answered, failures; /* since it began */
	int64_t tended;                     /* when the keys were looked after */
	int64_t rested, worked;             /* ms: when the last commit ended, how long it took */
	uint64_t dropped, claimed;          /* facts dropped, claims made, when they were told last */
	int64_t told;                       /* when that was */
	bool replaced;                      /* that its twin goes on for it was told */
	struct histogram commits;
	struct needs needs; /* kept from one look of a monitoring system to the next */
	struct day_copy copy;
};

/* Opens the store. SITE: --site, NULL = any. What is wrong is said; an exit code, 0 = go on. */
int hub_open(struct hub *hub, const char *site);
/* What takes seconds the first time, before anybody is answered. */
void hub_prepare(struct hub *hub);
serve_fn hub_serve;
bool hub_health(void *to, struct buf *json);
/* Numbers for a monitoring system; names and meanings in docs/OPERATE.md. */
void hub_metrics(void *to, struct buf *text);
/* Frees what HUB keeps; the store is the app's. */
void hub_close(struct hub *hub);

#endif
