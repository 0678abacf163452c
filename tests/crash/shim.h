/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the shims share. A shim is preloaded into the real program and stands between it and the
 * disk. It looks only at files under SHIM_UNDER, and counts in SHIM_COUNT, a file of one number
 * that all processes of a scenario share.
 */
#ifndef CRASH_SHIM_H
#define CRASH_SHIM_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* An offset of 64 bits as the kernel takes it: where long has 32, in two words, the lower first. */
#ifdef __LP64__
#define SHIM_WIDE(at) (at)
#else
#define SHIM_WIDE(at) (long)(at), (long)((at) >> 32)
#endif

enum { SHIM_FDS = 256, SHIM_PATH = 512 };

/* The path of FD when it is a file under SHIM_UNDER, else NULL. Cheap: shim_opened remembers it. */
const char *shim_path(int fd);
void shim_opened(int fd);
void shim_closed(int fd);
/* Whether a path that is to be opened, renamed or removed lies under SHIM_UNDER. */
bool shim_under(const char *path);

/* Counts one more; returns the new number, from 1. Without SHIM_COUNT it counts in this process. */
unsigned long shim_count(void);
/* Whether NUMBER is the call that the environment's SHIM_AT names; with SHIM_STICKY also all later
 * ones. */
bool shim_now(unsigned long number);
const char *shim_env(const char *name); /* "" when not set */
unsigned long shim_env_number(const char *name, unsigned long otherwise);

/* The next function of that name: the C library's. */
void *shim_next(const char *name);
/* Ends the process as a lost power supply would: nothing is flushed. */
void shim_kill(void);

#endif
