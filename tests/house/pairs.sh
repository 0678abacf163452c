#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every source of src/ and screens/ has its test: X.c is tested by tests/*/test_X.c, or by one whose head says "Tests also:
# X.c"; a screen also by tests/screens/X.t.
# pairs.sh [ROOT]
set -u
cd "${1:-$(dirname "$0")/../..}" || exit 1

# What needs none, and why.
free='src/app/main.c       every script that runs the program runs it
src/app/main_sync.c  every script that syncs runs it
src/app/main_hub.c   every script that syncs runs it
src/model/pinyin_table.c  made data; test_pinyin.c reads it
src/ui/term/term.c        knows ncurses; tests/screens plays it on a pty'

lacking=
for source in $(find src screens -name '*.c' | sort); do
	name=$(basename "$source" .c)
	printf '%s\n' "$free" | grep -q "^$source " && continue
	compgen -G "tests/*/test_$name.[cs]*" >/dev/null && continue
	case $source in screens/*) [ -f "tests/screens/$name.t" ] && continue ;; esac
	grep -qsw "Tests also:.* $name\.c" tests/*/test_*.[cs]* tests/screens/*.t || lacking="$lacking $source"
done
for source in $(printf '%s\n' "$free" | cut -d' ' -f1); do
	[ -d src/app ] && [ -n "$(ls src/app 2>/dev/null)" ] && [ ! -f "$source" ] && echo "(free, but not there: $source)"
done
if [ -n "$lacking" ]; then
	echo "no test for:$lacking"
	echo "not ok every source has its test"
	exit 1
fi
echo "ok every source has its test"
