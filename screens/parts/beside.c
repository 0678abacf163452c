/* SPDX-License-Identifier: GPL-3.0-or-later
 * Asking the program beside the terminal.
 */
#include "screens/beside.h"

#include <glob.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "store/peer.h"

static const struct beside *asked;

void beside_set(const struct beside *beside)
{
	asked = beside;
}

static void drop_ends(struct buf *text)
{
	while (text->len && text->at[text->len - 1] == '\n')
		text->len--;
}

bool beside_run(
	const struct user *user, const char *const *argv, struct buf *said, struct buf *told)
{
	int code = asked ? asked->run(asked->to, user, argv, said, told) : -1;

	if (code < 0)
		buf_text(told, _("没有装 outpost-sync，这里办不了：请联系管理员"));
	drop_ends(said);
	drop_ends(told);
	return code == 0;
}

bool beside_hurry(struct store *store, struct fault *fault)
{
	if (asked && asked->watched && asked->watched(asked->to))
		return routes_hurry(store, fault) == RC_OK;
	(void)!fault_set(fault, RC_NONE, _("这里没有在自动同步：用 outpost sync，或先设置线路"));
	return false;
}

/* ---- a stick */

/* The folder that is a way up, "file:/…". */
static bool folder_way(struct store *store, char folder[BESIDE_PATH])
{
	static const char scheme[] = "file:";
	char url[ROUTE_URL];

	for (unsigned n = 0; n < ROUTES_MOST && route_at(store, n, url); n++)
		if (!strncmp(url, scheme, strlen(scheme))) {
			text_fit(folder, BESIDE_PATH, url + strlen(scheme));
			return true;
		}
	return false;
}

/* Where desktops and udev put what is plugged in. */
static bool plugged(char folder[BESIDE_PATH])
{
	static const char *const places[] = {"/run/media/*/*", "/media/*/*", "/mnt/usb*"};
	glob_t found = {0};
	bool any = false;

	for (size_t n = 0; n < countof(places) && !any; n++) {
		any = glob(places[n], GLOB_ONLYDIR, NULL, &found) == 0 && found.gl_pathc > 0;
		if (any)
			text_fit(folder, BESIDE_PATH, found.gl_pathv[0]);
		globfree(&found);
	}
	return any;
}

void beside_stick(struct store *store, char path[BESIDE_PATH])
{
	char folder[BESIDE_PATH], time[WHEN_TEXT];

	path[0] = '\0';
	if (!plugged(folder) && !folder_way(store, folder))
		return;
	when_show(store_now(store), time);
	for (char *at = time; *at; at++)
		if (*at == ' ' || *at == ':')
			*at = '-';
	snprintf(path, BESIDE_PATH, "%.300s/%s-%s.opc", folder, store_station(store)->code, time);
}
