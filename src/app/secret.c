/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reading a PIN: echo off, and on again whatever happens in between. Read byte by byte, so that no
 * buffer keeps it and what stands behind the line is still there for whoever reads next.
 */
#include "app/secret.h"

#include <errno.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "app/out.h"

bool secret_from(int fd, char answer[PIN_MOST + 1])
{
	size_t len = 0;
	bool open = true;
	while (open && len <= PIN_MOST) {
		ssize_t got = read(fd, answer + len, 1);
		if (got < 0 && errno == EINTR)
			continue;
		open = got == 1 && answer[len] != '\n';
		len += open;
	}
	bool good = !open; /* else it is too long */
	if (good && len && answer[len - 1] == '\r')
		len--;
	good = good && len > 0 && !memchr(answer, 0, len);
	if (good)
		answer[len] = 0;
	else
		secret_wipe(answer);
	return good;
}

void secret_wipe(char answer[PIN_MOST + 1])
{
	explicit_bzero(answer, PIN_MOST + 1);
}

bool secret_ask(const char *question, char answer[PIN_MOST + 1])
{
	struct termios shown, hidden;
	answer[0] = 0;
	if (!isatty(STDIN_FILENO) || tcgetattr(STDIN_FILENO, &shown))
		return false;
	hidden = shown;
	hidden.c_lflag &= ~(tcflag_t)ECHO;
	/* Ctrl-C must not leave the terminal mute: it ends the line like any key. */
	hidden.c_lflag &= ~(tcflag_t)ISIG;
	out_error("%s", question);
	if (tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden))
		return false;
	bool good = secret_from(STDIN_FILENO, answer) && !strchr(answer, 3);
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
	return good;
}
