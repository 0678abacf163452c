/* SPDX-License-Identifier: GPL-3.0-or-later
 * A person at a terminal who has to do with a program that he sees through a line.
 *   visit [-c CODING] [-o FILE] [-x] [TEXT KEYS]... -- COMMAND...
 * runs COMMAND on a terminal of 24 rows and 80 columns, waits until the screen shows TEXT, types
 * KEYS (with \r \t \xNN), and so on; then waits for the end, or with -x the line is cut. The exit
 * code is the command's, or 0 with -x; 99, and the screen is printed, when a text does not come in
 * ten seconds. FILE: all bytes that came.
 */
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "eye.h"

enum { ROWS = 24, COLUMNS = 80, PATIENCE = 200, STEP_MS = 50, MISSING = 99 };

struct visit {
	struct eye *eye;
	FILE *copy;
	pid_t child;
	int line;
	bool open;
};

/* What comes in STEP_MS; the terminal's answers go back. */
static void look(struct visit *visit)
{
	struct pollfd wait = {.fd = visit->line, .events = POLLIN};
	struct buf answer = {0};
	char bytes[8192];

	if (poll(&wait, 1, STEP_MS) <= 0)
		return;
	ssize_t got = read(visit->line, bytes, sizeof bytes);
	visit->open = got > 0;
	if (!visit->open)
		return;
	if (visit->copy)
		fwrite(bytes, 1, (size_t)got, visit->copy);
	eye_see(visit->eye, bytes, (size_t)got);
	eye_answers(visit->eye, &answer);
	if (answer.len && write(visit->line, answer.at, answer.len) < 0)
		visit->open = false;
	buf_release(&answer);
}

static bool shows(struct visit *visit, const char *text)
{
	struct buf screen = {0};

	eye_show(visit->eye, &screen);
	bool is = strstr(buf_cstr(&screen), text) != NULL;
	buf_release(&screen);
	return is;
}

static bool comes(struct visit *visit, const char *text)
{
	struct buf screen = {0};

	for (unsigned n = 0; n < PATIENCE; n++) {
		if (shows(visit, text)) {
			look(visit); /* the end of it, and what the program asks the terminal: a
					hand is slower */
			return true;
		}
		if (!visit->open)
			break;
		look(visit);
	}
	eye_show(visit->eye, &screen);
	printf("does not come: %s\n%s\n", text, buf_cstr(&screen));
	buf_release(&screen);
	return false;
}

static void type(struct visit *visit, const char *keys)
{
	struct buf bytes = {0};

	for (; *keys; keys++) {
		char two[3] = {0};

		if (*keys != '\\' || !keys[1]) {
			buf_byte(&bytes, (uint8_t)*keys);
			continue;
		}
		keys++;
		if (*keys == 'x' && keys[1] && keys[2]) {
			memcpy(two, keys + 1, 2);
			buf_byte(&bytes, (uint8_t)strtoul(two, NULL, 16));
			keys += 2;
		} else {
			buf_byte(&bytes, *keys == 'r'   ? '\r'
					 : *keys == 't' ? '\t'
							: (uint8_t)*keys);
		}
	}
	if (bytes.len && write(visit->line, bytes.at, bytes.len) < 0)
		visit->open = false;
	buf_release(&bytes);
}

static int ends(struct visit *visit, bool cut)
{
	int status = 0;

	if (cut)
		close(visit->line);
	for (unsigned n = 0; n < PATIENCE; n++) {
		if (waitpid(visit->child, &status, WNOHANG) == visit->child)
			return cut ? 0 : WIFEXITED(status) ? WEXITSTATUS(status) : 128;
		if (cut || !visit->open)
			usleep(STEP_MS * 1000);
		else
			look(visit);
	}
	kill(visit->child, SIGKILL);
	waitpid(visit->child, &status, 0);
	printf("does not end\n");
	return MISSING;
}

int main(int argc, char **argv)
{
	struct winsize size = {.ws_row = ROWS, .ws_col = COLUMNS};
	struct visit visit = {.open = true};
	const char *coding = NULL, *copy = NULL;
	bool cut = false, good = true;
	int option, command;

	while ((option = getopt(argc, argv, "+c:o:x")) != -1) {
		coding = option == 'c' ? optarg : coding;
		copy = option == 'o' ? optarg : copy;
		cut |= option == 'x';
	}
	for (command = optind; command < argc && strcmp(argv[command], "--") != 0; command++)
		continue;
	if (command + 1 >= argc || (command - optind) % 2)
		return MISSING;
	visit.eye = eye_new(ROWS, COLUMNS, coding);
	visit.copy = copy ? fopen(copy, "w") : NULL;
	visit.child = forkpty(&visit.line, NULL, NULL, &size);
	if (visit.child == 0) {
		execvp(argv[command + 1], argv + command + 1);
		_exit(127);
	}
	for (int n = optind; good && n + 1 < command; n += 2) {
		good = comes(&visit, argv[n]);
		if (good)
			type(&visit, argv[n + 1]);
	}
	int code = ends(&visit, cut || !good);
	if (visit.copy)
		fclose(visit.copy);
	eye_free(visit.eye);
	return good ? code : MISSING;
}
