/* SPDX-License-Identifier: GPL-3.0-or-later
 * A program that runs beside the test: what it says, how it ends, and an end by force.
 */
#ifndef TESTS_PROC_H
#define TESTS_PROC_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

enum { PROC_SAID = 4096, PROC_KILLED = -1 };

struct proc {
	pid_t pid;     /* 0: none runs */
	int out, code; /* code: exit code, PROC_KILLED by us, or -SIGNAL */
	bool killed;
	int64_t until; /* ms as socket_now; then it is killed */
	size_t len;
	char said[PROC_SAID]; /* the beginning of its standard output */
};

/* Starts ARGV[0] with OUTPOST_NOW of a clock that is WRONG seconds ahead; its errors go to the end
 * of the file ERRORS. It goes when the test goes. */
void proc_start(
	struct proc *proc, char *const argv[], int64_t wrong, const char *errors, int64_t ms);
void proc_kill(struct proc *proc); /* -9; it still has to be waited for */
bool proc_over(struct proc *proc); /* does not wait */
int proc_wait(struct proc *proc);  /* its code */
/* Until it has said a whole line, that is true, or it ends. */
bool proc_line(struct proc *proc, int64_t ms);
/* A process below PID, the DICE-th of them; 0 when there is none. */
pid_t proc_below(pid_t pid, uint64_t dice);

#endif
