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

int room_start(void **state)
{
	static struct room room;

	room = (struct room){.said = ""};
	desk_open(&room.desk);
	snprintf(room.app.home, sizeof(room.app.home), "%s", room.desk.home);
	snprintf(room.app.login, sizeof(room.app.login), "%s", room.desk.user.login);
	*state = &room;
	return 0;
}

int room_stop(void **state)
{
	struct room *room = *state;

	desk_close(&room->desk);
	return 0;
}

bool said(const struct room *room, const char *text)
{
	if (strstr(room->said, text))
		return true;
	print_message("not said: %s\n%s\n", text, room->said);
	return false;
}
