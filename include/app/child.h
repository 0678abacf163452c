/* SPDX-License-Identifier: GPL-3.0-or-later
 * The other two programs: where they lie, what they are handed, and one of them as a child of the
 * terminal, whose lines it shows and for which it never waits.
 */
#ifndef APP_CHILD_H
#define APP_CHILD_H

#include <sys/types.h>

#include "app/command.h"
#include "screens/beside.h"

enum { PROGRAM_ROOM = 512, CHILD_LINE = 400 };

/* The program beside the one that runs; false when it is not there. */
bool program_find(const char *name, char path[PROGRAM_ROOM]);
/* Home, config, user and language of this one, for a program that takes its place or is its child.
 */
void program_hand_over(const struct app *app);

struct child {
	pid_t pid;   /* 0 = none */
	int fd;      /* what it prints; -1 = nothing more comes */
	int64_t due; /* when to start it, again if need be: seconds; 0 = never */
	char line[CHILD_LINE];
	size_t len;
};

/* Starts ARGV (PATH is the program) with its output to be read; what it complains of goes nowhere.
 * It ends with us, even when we are killed. */
bool child_start(struct child *child, const struct app *app, const char *path, const char *const *argv);
/* Has the station joined, and has it ways, and does the setting sync_child want a watcher? */
bool child_wanted(const struct app *app);
/* `outpost sync --watch`, when its time has come and it is wanted. */
void child_tend(struct child *child, const struct app *app);
/* After the descriptor became readable: true with a whole line in child->line; ask until false. */
bool child_line(struct child *child);
/* Tells it to end, and does not wait for that. */
void child_end(struct child *child);

/* A file in memory that holds BYTES, read from its beginning: a program that reads none of it holds nobody up. -1: no room. */
int child_input(struct bytes bytes);
/* CHILD leads a process group: does it end by itself within MS, with 0? What hangs, a modem that never answers, is ended
 * with all that it started. */
bool child_ends_well(pid_t child, int64_t ms);

/* ARGV, which begins with the name of one of our programs, as USER; what it prints, and what it complains of. Its exit
 * code; -1: it could not be run. */
int program_ask(const struct app *app, const struct user *user, const char *const *argv, struct buf *said, struct buf *told);
/* As screens ask the program beside the terminal (screens/beside.h); TO is the struct app. */
int beside_ask(void *to, const struct user *user, const char *const *argv, struct buf *said, struct buf *told);

#endif
