/* SPDX-License-Identifier: GPL-3.0-or-later
 * A person at the real terminal program, for flows: presses keys on a pty, of 80x24 or as
 * OUTPOST_SIZE says ("12 40"), and prints what the screen shows then.   keys HOME USER KEY…
 *
 * A KEY is a name as in the scripts of tests/screens (enter, ^O, j); "=TEXT" is typed.
 */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "../screens/play.h"
#include "base/text.h"
#include "ui/keys.h"

enum { KEYS = 2000, BOUNCE_US = 260 * 1000 };

/* False: there is no such key. */
static bool press(void *tty, const char *word, int *before)
{
	int keys[KEYS];
	unsigned count = 0;

	if (*word != '=') {
		keys[count++] = key_named(word);
		if (!keys[0])
			return false;
		if (keys[0] == *before) /* the same twice: no bounce of a key */
			usleep(BOUNCE_US);
		*before = keys[0];
	} else {
		size_t left = strlen(++word), took;
		uint32_t cp;

		for (; count < KEYS && (took = text_next(word, left, &cp)) != 0;
			word += took, left -= took)
			keys[count++] = (int)cp;
		*before = 0;
	}
	stage_tty.press(tty, keys, count);
	return true;
}

int main(int argc, char **argv)
{
	struct setting setting = {.rows = 24, .columns = 80, .type = "vt100", .locale = "C.UTF-8"};
	struct buf screen = {0};
	char why[200] = "";
	bool good = true;
	int before = 0;

	if (argc < 3 || !setlocale(LC_ALL, setting.locale))
		return 2;
	snprintf(setting.home, sizeof(setting.home), "%s", argv[1]);
	snprintf(setting.user, sizeof(setting.user), "%s", argv[2]);
	snprintf(setting.now, sizeof(setting.now), "%s",
		getenv("OUTPOST_NOW") ? getenv("OUTPOST_NOW") : "");
	const char *size = getenv("OUTPOST_SIZE");
	if (size && sscanf(size, "%u %u", &setting.rows, &setting.columns) != 2)
		return 2;
	void *tty = stage_tty.open(&setting, why);
	if (!tty) {
		fprintf(stderr, "%s\n", why);
		return 2;
	}
	for (int n = 3; n < argc && good; n++)
		if (!(good = press(tty, argv[n], &before)))
			fprintf(stderr, "no such key: %s\n", argv[n]);
	stage_tty.look(tty, &screen, 0);
	/* A slow machine had not shown the question yet: the note line asks for the key again. */
	if (good && strstr(buf_cstr(&screen), "请再按 y")) {
		good = press(tty, "y", &before);
		buf_clear(&screen);
		stage_tty.look(tty, &screen, 0);
	}
	printf("%s", buf_cstr(&screen));
	stage_tty.close(tty);
	buf_release(&screen);
	return good ? 0 : 2;
}
