#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What was once promised about kinds, tags and types holds for ever: facts written years ago are
# read by it. A line of schema.lock that is gone or changed fails; a new one must be locked.
#   lock.sh                compares the program's table with tests/house/schema.lock
#   lock.sh LOCK NOW       compares two files
#   lock.sh --add          `make lock`: locks what is new; changes nothing that is locked
set -u
cd "$(dirname "$0")/../.." || exit 1
lock=tests/house/schema.lock
program=${OUTPOST_BUILD:-build}/tests/house/lock
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

if [ $# -eq 2 ]; then
	lock=$1
	cp "$2" "$work/now"
elif [ -x "$program" ]; then
	"$program" >"$work/now" || exit 1
else
	echo "skip lock: the table of kinds is not built"
	exit 0
fi
sort -u "$work/now" >"$work/now.sorted"
if [ -f "$lock" ]; then
	sort -u "$lock" >"$work/lock.sorted"
elif [ "${1:-}" = --add ]; then
	: >"$work/lock.sorted"
else
	echo "skip lock: nothing is promised yet; \`make lock\` does it before the first release"
	exit 0
fi
comm -23 "$work/lock.sorted" "$work/now.sorted" >"$work/gone"
comm -13 "$work/lock.sorted" "$work/now.sorted" >"$work/new"
# Two meanings under one number, in the table as it is.
cut -d' ' -f1-3 "$work/now.sorted" | sed 's/^\(kind [0-9]*\).*/\1/' | sort | uniq -d >"$work/twice"

bad=0
while read -r line; do
	number=$(echo "$line" | sed 's/^\(kind [0-9]*\) .*/\1 /; s/^\([a-z]* [0-9]* [0-9]*\) .*/\1 /')
	now=$(grep -m 1 "^$number" "$work/now.sorted")
	echo "promised: \"$line\"; now: \"${now:-gone}\""
	bad=1
done <"$work/gone"
while read -r line; do
	echo "used twice: \"$line\""
	bad=1
done <"$work/twice"
if [ "$bad" = 1 ]; then
	echo "not ok the promises of the table of kinds hold"
	exit 1
fi
if [ "${1:-}" = --add ]; then
	sort -u "$work/lock.sorted" "$work/new" | sort -k1,1 -k2,2n -k3,3n >"$work/added" && cp "$work/added" "$lock"
	echo "locked $(grep -c . "$work/new") new lines"
	exit 0
fi
echo "ok the promises of the table of kinds hold"
if [ -s "$work/new" ]; then
	sed 's/^/not locked: /' "$work/new" | head -n 40
	echo "not ok everything is locked: \`make lock\` does it, once you are sure of names, tags and types"
	exit 1
fi
echo "ok everything is locked"
