/* SPDX-License-Identifier: GPL-3.0-or-later
 * import: what lies here is read here; what lies on the network outpost-sync fetches, as this
 * program knows none.
 */
#include <string.h>

#include "app/cmd.h"
#include "app/import.h"

static bool is_url(const char *word)
{
	return strncmp(word, "http://", 7) == 0 || strncmp(word, "https://", 8) == 0;
}

int cmd_import(struct app *app, int argc, char **argv)
{
	static char feed[] = "feed";

	for (int i = 2; i < argc && strcmp(argv[1], "cap") == 0; i++)
		if (is_url(argv[i])) {
			argv[1] = feed;
			return cmd_later(app, argc - 1, argv + 1);
		}
	return import_run(app, argc, argv);
}
