#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# One file makes, renames and syncs files, so that a power cut leaves the old or the new one of each:
# src/base/file/file.c. What SQLite makes is src/store/db/db.c's.   writes.sh [ROOT]
set -u
cd "${1:-$(dirname "$0")/../..}" || exit 1

# (Memory that the screen is drawn into is no file.)
found=$(find src screens include -name "*.[ch]" ! -path src/base/file/file.c ! -path src/store/db/db.c 2>/dev/null | sort | xargs -r grep -nE \
	'\b(renameat2?|rename|link|linkat|creat|mkstemp|mkostemp|fsync|fdatasync|ftruncate|copy_file_range|sendfile) ?\(|\bO_CREAT\b|\bfopen ?\([^;]*"[wa]' |
	grep -vE ':[0-9]+:[[:space:]]*(/?\*|//)|ftruncate\(memory, 0\)')
if [ -z "$found" ]; then
	echo "ok files are made in one place"
	exit 0
fi
printf '%s\n' "$found" "take file_write, file_put, file_place or file_lock_open of base/file.h"
echo "not ok files are made in one place"
exit 1
