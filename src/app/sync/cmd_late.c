/* SPDX-License-Identifier: GPL-3.0-or-later
 * late: the statement of what was late and why, to be printed or kept in a file.
 */
#include "app/cmd.h"
#include "app/out.h"
#include "screens/outbox_page.h"

int cmd_late(struct app *app, int argc, char **argv)
{
	struct buf text = {0};
	struct fault fault;
	int code = app_args(app, &argc, argv, 0, 0);

	if (!code)
		code = app_store(app, 0);
	if (code)
		return code;
	enum rc rc = outbox_statement(app->store, &app->user, &text, &fault);
	if (!rc)
		out_buf(&text);
	buf_release(&text);
	return rc ? app_fail(&fault) : out_done() ? EXIT_DONE : EXIT_FAILED;
}
