/* SPDX-License-Identifier: GPL-3.0-or-later
 * A session of line mode in one call.
 */
#include "talk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

int talk_run(struct app *app, const char *answers, char said[TALK_SAID])
{
	FILE *in = tmpfile(), *out = tmpfile();

	assert_non_null(in);
	assert_non_null(out);
	fputs(answers, in);
	rewind(in);
	int code = line_run(app, in, out);
	rewind(out);
	said[fread(said, 1, TALK_SAID - 1, out)] = '\0';
	fclose(in);
	fclose(out);
	app_close(app);
	return code;
}
