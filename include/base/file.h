/* SPDX-License-Identifier: GPL-3.0-or-later
 * Whole files, read and written so that a power cut leaves the old or the new one.
 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/buf.h"

struct stat;

/* PATH as the disk has it; in ROOM when that is not PATH itself. Calls here do it themselves. */
const char *file_native(const char *path, struct buf *room);
/* open, stat, access, unlink of such a PATH; a new file is 0600. */
int file_open(const char *path, int flags) MUST_CHECK;
int file_look(const char *path, struct stat *st) MUST_CHECK;
bool file_there(const char *path, int how);
void file_remove(const char *path);

/* Appends the file's bytes; RC_NONE when it is not there, RC_BAD when longer than MOST. "-" is
 * stdin. */
enum rc file_read(const char *path, size_t most, struct buf *out, struct fault *fault) MUST_CHECK;
/* The same of a file of the station's own: what is no file (a pipe would be waited for) is RC_BAD.
 */
enum rc file_read_own(const char *path, size_t most, struct buf *out, struct fault *fault) MUST_CHECK;
/* In a mode: not synced, for benches and demos, whose databases are not either. */
enum { FILE_LOOSE = 0x10000 };
/* Written beside with mode 0600, given MODE, synced, renamed, folder synced. "-" is stdout. */
enum rc file_write(const char *path, struct bytes bytes, unsigned mode, struct fault *fault) MUST_CHECK;
/* The same inside the opened folder: 0 or errno. NAME holds no '/'. */
int file_put(int folder, const char *name, struct bytes bytes, unsigned mode) MUST_CHECK;
/* BYTES behind the first OFFSET bytes of PATH, which has at least as many, synced; OFFSET 0 makes it. What is there already
 * from OFFSET on goes. */
enum rc file_add(const char *path, uint64_t offset, struct bytes bytes, struct fault *fault) MUST_CHECK;
/* FROM, a whole file in PATH's folder, is synced and takes PATH's name, durably; removed when it
 * cannot. */
enum rc file_place(const char *from, const char *path, struct fault *fault) MUST_CHECK;
/* FROM is called TO from now on, in the same folder; nothing happens when it is not there. */
enum rc file_move(const char *from, const char *to, struct fault *fault) MUST_CHECK;
/* PATH, which is about to be replaced, also lies under the name BESIDE of the same folder from now
 * on. */
enum rc file_keep(const char *path, const char *beside, struct fault *fault) MUST_CHECK;
/* Of the drafts of file_write in FOLDER, removes those whose process is no more. */
void file_sweep(const char *folder);
/* Is there no process NUMBER on this machine? */
bool file_writer_gone(long number);
/* A file of no content that processes lock (flock), made when it is not there; -1 with errno. */
int file_lock_open(const char *path) MUST_CHECK;
enum rc file_folder(const char *path, unsigned mode, struct fault *fault) MUST_CHECK; /* with parents */
/* Is a folder (its mode) a group's by its owner's decision: setgid and all rights of the group, as
 * 2770? */
bool file_group_folder(unsigned mode);
/* What this process makes is also its group's: said once, at the start. */
void file_group(bool shared);
/* MODE as it is to be made: 0600 and 0700, or 0660 and 0770 where the group shares. */
unsigned file_mode(unsigned mode);
/* A line into a small ring of log files: PATH, PATH.1; control characters are escaped. */
void log_line(const char *path, const char *fmt, ...) PRINTF(2, 3);

/* Is the disk on which PATH lies enciphered, also by way of volumes that lie on such? SYS: "/sys". Unknown: it is no disk of
 * this machine, or the kernel tells nothing of it. */
enum sealed { SEALED_UNKNOWN, SEALED_NO, SEALED_YES };
enum sealed disk_sealed(const char *sys, const char *path);

#endif
