#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every C file is as clang-format leaves it. OUTPOST_CHANGED=1: only those that git sees changed.
set -u
cd "$(dirname "$0")/../.." || exit 1
if [ -n "${OUTPOST_CHANGED:-}" ]; then
	files=$(git diff --name-only --diff-filter=d HEAD -- '*.[ch]' && git ls-files -o --exclude-standard -- '*.[ch]')
else
	files=$(find src screens include tests -name '*.c' -o -name '*.h' 2>/dev/null)
fi
[ -n "$files" ] || exit 0
out=$(printf '%s\n' "$files" | xargs -n 12 -P 2 clang-format --dry-run -Werror 2>&1)
if [ -n "$out" ]; then
	printf '%s\n' "$out" | grep ': error:' | cut -d: -f1 | sort | uniq -c
	echo "not ok format; \`clang-format -i FILE\` puts it right"
	exit 1
fi
echo "ok format"
