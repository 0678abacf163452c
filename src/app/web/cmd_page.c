/* SPDX-License-Identifier: GPL-3.0-or-later
 * page: what goes on at this station and below it, as files for a web server.
 */
#include "web_inside.h"

#include "app/cmd.h"
#include "app/import.h"
#include "app/out.h"
#include "base/file.h"

enum { FEED_MOST = 50, FOLDER_MODE = 0755 };

static enum rc write_all(struct web *web, struct web_files *files, struct fault *fault)
{
	struct buf feed = {0}, points = {0};
	enum rc rc = web_compose(web, fault);

	if (!rc)
		rc = atom_warnings(web->store, FEED_MOST, &feed, fault);
	if (!rc)
		rc = web_geojson(web, &points, fault);
	if (!rc)
		rc = web_write(files, "map.geojson", buf_bytes(&points), 0, fault);
	if (!rc)
		rc = web_write(files, "warnings.atom", buf_bytes(&feed), 0, fault);
	if (!rc)
		rc = web_write(files, "index.html", buf_bytes(&web->out), web->stamp, fault);
	buf_release(&points);
	buf_release(&feed);
	return rc;
}

int cmd_page(struct app *app, int argc, char **argv)
{
	struct web web = {.full = arg_flag(&argc, argv, "full")};
	struct fault fault = {0};
	int code = app_args(app, &argc, argv, 1, 1);

	if (code || (code = app_store(app, STORE_READ)))
		return code;
	struct web_files files = {.folder = argv[1], .full = web.full};
	web.store = app->store;
	web.actor = app_actor(app);
	world_open(&web.world, app->store, &app->user, store_now(app->store));
	enum rc rc = web_may(&files, &fault);
	if (!rc)
		rc = file_folder(argv[1], FOLDER_MODE, &fault);
	if (!rc)
		rc = write_all(&web, &files, &fault);
	if (!rc)
		rc = web_checked(&files, web.world.around.now, &fault);
	buf_release(&web.out);
	arena_release(&web.arena);
	return rc ? app_fail(&fault) : EXIT_DONE;
}
