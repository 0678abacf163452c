/* SPDX-License-Identifier: GPL-3.0-or-later
 * Stores that older programs wrote, unpacked from an archive into a folder of their own.
 */
#ifndef TESTS_SYNC_UNPACKED_H
#define TESTS_SYNC_UNPACKED_H

enum { UNPACKED_PATH = 80 };

/* ARCHIVE (.tar.gz) into a new folder, on a disk in memory where there is one; TOP is its path. */
void unpacked_begin(char top[UNPACKED_PATH], const char *archive);
/* Into the same folder; WHAT of the archive, NULL = all. */
void unpacked_more(const char *top, const char *archive, const char *what);
void unpacked_end(const char *top);

#endif
