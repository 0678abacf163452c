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
static int say_first(struct app *app, const struct twin_view *view)
{
	struct buf text = {0};
	char at[WHEN_TEXT];
	when_short(view->heard, store_now(app->store), at);
	buf_fmt(&text,
		_("本站将永远接替 \"%s\"，它的站号作废，不能改回。它最近一次答话是 "
		  "%s：那以后只在它上面写的，这里没有，有几条这里无从知道；那以前 %d 天它自己写了 "
		  "%u 条。"),
		view->hub.name, at, TWIN_DAYS, view->written);
	if (view->left)
		buf_fmt(&text, _("它当时有、这里还没下载完的，另有 %u 条。"), view->left);
	out_error("outpost: %s%s", buf_cstr(&text),
		_("先打电话核实它确已丢失，网线已拔，确实要接替就加 --yes"));
	buf_release(&text);
	return EXIT_USAGE;
}

int sync_takeover(struct app *app, bool sure)
{
	struct fault fault = {0};
	struct twin_view view;
	struct site above;
	enum rc rc = twin_look(app->store, &view, &fault);
	if (!rc && !sure)
		return say_first(app, &view);
	if (!rc)
		rc = twin_take_over(app->store, &fault);
	if (rc)
		return app_fail(&fault);
	out_fmt(_("本站已接替 \"%s\"：下级同步到本站就跟过来，不用重新加入；它们的线路要通到本站，"
		  "把原来的域名或地址指过来，或在各站 outpost up\n"),
		view.hub.name);
	if (view.hub.above && log_site(store_log(app->store), view.hub.above, &above))
		out_fmt(_("到上级 \"%s\" 的线路还没有：outpost up URL，然后 outpost sync\n"),
			above.name);
	return EXIT_DONE;
}
