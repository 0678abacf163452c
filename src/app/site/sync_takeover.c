/* SPDX-License-Identifier: GPL-3.0-or-later
 * site takeover: the hub beside this station is lost, and a person decides that this station goes
 * on for it.
 */
#include "app/out.h"
#include "app/sync_cmd.h"
#include "base/when.h"
#include "store/station.h"
#include "sync/trust.h"

/* What nobody has brought here since the hub was heard may be on its disk alone. */
static int say_first(struct app *app, const struct site *hub, int64_t heard)
{
	char at[WHEN_TEXT];
	when_short(heard, store_now(app->store), at);
	out_error(
		_("outpost: 本站将永远接替 \"%s\"，它的站号作废，不能改回。它最近一次答话是 "
		  "%s：那以后只在它上面写的，这里没有。先打电话核实它确已丢失，网线已拔，确实要接替"
		  "就加 --yes"),
		hub->name, at);
	return EXIT_USAGE;
}

int sync_takeover(struct app *app, bool sure)
{
	struct fault fault = {0};
	struct site hub, above;
	int64_t heard = 0;
	enum rc rc = twin_look(app->store, &hub, &heard, &fault);
	if (!rc && !sure)
		return say_first(app, &hub, heard);
	if (!rc)
		rc = twin_take_over(app->store, &fault);
	if (rc)
		return app_fail(&fault);
	out_fmt(_("本站已接替 \"%s\"：下级同步到本站就跟过来，不用重新加入；它们的线路要通到本站，"
		  "把原来的域名或地址指过来，或在各站 outpost up\n"),
		hub.name);
	if (hub.above && log_site(store_log(app->store), hub.above, &above))
		out_fmt(_("到上级 \"%s\" 的线路还没有：outpost up URL，然后 outpost sync\n"),
			above.name);
	return EXIT_DONE;
}
