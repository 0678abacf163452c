#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Memory runs out at the Nth allocation, once or for good: the program says so and ends; it never
# dies by a signal, and nothing that was acknowledged is lost.
# shellcheck source=tests/crash/lib.sh
. "$(dirname "$0")/lib.sh"

# LIMIT VERB... : every so many-th allocation of one command fails.
try() {
	local limit=$1 sticky total every at bad=0 runs=0
	shift
	for sticky in "" yes; do
		with_shim shim_memory SHIM_STICKY="$sticky"
		rm -f "$work/count"
		under_shim "$@"
		total=$(od -An -tu8 "$work/count" | tr -d ' ')
		every=$(stride "$total" "$limit")
		for ((at = 1; at <= total; at += every)); do
			with_shim shim_memory SHIM_STICKY="$sticky" SHIM_AT="$at"
			rm -f "$work/count"
			under_shim "$@"
			[ -n "$out" ] && [ "$1" = add ] && count=$((count + 1))
			# Half a fact left behind shows in the next one.
			if [ "$1" = add ]; then
				if "$outpost" add hazard category=H0101 grade=G place=P0 text=M1 >/dev/null 2>"$work/next"; then
					count=$((count + 1))
				else
					echo "after allocation $at of $total${sticky:+ for good}: the next fails: $(tail -n 1 "$work/next")"
					bad=$((bad + 1))
				fi
			fi
			if [ "$code" -ge 128 ]; then
				echo "$1: allocation $at of $total fails${sticky:+ for good}: ended by signal $((code - 128)): $(tail -n 1 "$work/errors")"
				bad=$((bad + 1))
			fi
			runs=$((runs + 1))
		done
	done
	said "no memory in $1" $bad "$runs runs of $total allocations"
}

fresh
count=1
try 40 add hazard category=H0101 grade=G place=P0 text=M1
try 25 list hazard --json
try 25 find 排水
try 15 kinds --json
have=$("$outpost" list hazard --json | grep -o '"M1"' | wc -l)
if [ "$have" -lt "$count" ]; then
	said "what was acknowledged without memory" 1 "$count acknowledged, $have there"
else
	acked=()
	bad=0
	look "after no memory" || bad=1
	said "what was acknowledged without memory" $bad "$count acknowledged, $have there"
fi
exit $result
