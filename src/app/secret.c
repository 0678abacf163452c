/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reading a PIN: echo off, and on again whatever happens in between.
 */
#include "app/secret.h"

#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "app/out.h"

static bool take_line(char answer[PIN_MOST + 1])
{
	char line[PIN_MOST + 3];
	if (!fgets(line, sizeof line, stdin))
		return false;
	size_t len = strcspn(line, "\r\n");
	if (!line[len] && len > PIN_MOST)
		return false;
	line[len] = 0;
	if (len)
		memcpy(answer, line, len + 1);
	return len > 0;
}

bool secret_ask(const char *question, char answer[PIN_MOST + 1])
{
	struct termios shown, hidden;
	if (!isatty(STDIN_FILENO) || tcgetattr(STDIN_FILENO, &shown))
		return false;
	hidden = shown;
	hidden.c_lflag &= ~(tcflag_t)ECHO;
	/* Ctrl-C must not leave the terminal mute: it ends the line like any key. */
	hidden.c_lflag &= ~(tcflag_t)ISIG;
	out_error("%s", question);
	if (tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden))
		return false;
	bool good = take_line(answer) && !strchr(answer, 3);
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
	return good;
}

bool secret_read(char answer[PIN_MOST + 1])
{
	return take_line(answer);
}
