#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Several processes on one station: nothing is lost, and no number is given twice.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
village
writer() {
	for _ in $(seq 20); do
		"$outpost" add contact name="$1" || echo failed
	done >"$here/$1.numbers" 2>"$here/$1.err"
}
writer 甲 &
one=$!
writer 乙 &
two=$!
wait $one $two
[ "$(sort -u "$here"/*.numbers | grep -c -v failed)" -eq 40 ]
verdict "forty records, forty numbers"
[ ! -s "$here/甲.err" ] && [ ! -s "$here/乙.err" ]
verdict "nobody was turned away"
run list contact --csv
[ "$(printf '%s\n' "$out" | wc -l)" -eq 41 ]
verdict "all are listed"
ends "sound" 0 check
exit $failed
