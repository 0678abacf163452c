/* SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>
#include "app/out.h"
#include "app/sync_cmd.h"
bool sync_is_folder(const char *url)
{
	return strncmp(url, "file:", 5) == 0;
}
enum rc sync_folder(
	struct app *app, const char *url, struct sync_report *report, struct fault *fault)
{
	(void)app;
	(void)report;
	return fault_set(fault, RC_LINK, "%s", url);
}
int cmd_pack(struct app *app, int argc, char **argv)
{
	(void)app;
	(void)argc;
	(void)argv;
	return 1;
}
int cmd_unpack(struct app *app, int argc, char **argv)
{
	(void)app;
	(void)argc;
	(void)argv;
	return 1;
}
int cmd_frame(struct app *app, int argc, char **argv)
{
	(void)app;
	(void)argc;
	(void)argv;
	return 1;
}
