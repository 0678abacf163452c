/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reading a PIN: echo off, and on again whatever happens in between. Byte by byte, so that no
 * buffer keeps it and what stands behind the line is still there for whoever reads next.
 */
#include "base/secret.h"

#include <errno.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

bool secret_from(int fd, char answer[LIMIT_PIN + 1])
{
	size_t len = 0;
	bool open = true;
	while (open && len <= LIMIT_PIN) {
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

bool secret_hidden(int fd, char answer[LIMIT_PIN + 1])
{
	struct termios shown, hidden;
	answer[0] = 0;
	if (tcgetattr(fd, &shown))
		return false;
	hidden = shown;
	/* Ctrl-C must not leave the terminal mute: it ends the line like any key. */
	hidden.c_lflag &= ~(tcflag_t)(ECHO | ISIG);
	if (tcsetattr(fd, TCSAFLUSH, &hidden))
		return false;
	bool good = secret_from(fd, answer) && !strchr(answer, 3);
	tcsetattr(fd, TCSAFLUSH, &shown);
	return good;
}

void secret_wipe(char answer[LIMIT_PIN + 1])
{
	explicit_bzero(answer, LIMIT_PIN + 1);
}

bool secret_good(const char *pin)
{
	size_t len = strlen(pin), good = 0;
	while (pin[good] > 0x20 && pin[good] < 0x7f)
		good++;
	return good == len && len >= LIMIT_PIN_LEAST && len <= LIMIT_PIN;
}

bool secret_easy(const char *pin)
{
	size_t len = strlen(pin);
	bool turns = true, up = true, down = true;

	for (size_t n = 1; n < len; n++) {
		turns &= n < 2 || pin[n] == pin[n - 2];
		up &= pin[n] == pin[n - 1] + 1;
		down &= pin[n] == pin[n - 1] - 1;
	}
	return turns || up || down;
}
