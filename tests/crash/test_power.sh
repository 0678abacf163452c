#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The plug is pulled: what was not synced is old, zero, garbage or new, sector by sector. Nothing
# acknowledged may be lost. The control with syncs that lie must lose something, or the test is blind.
# Covers: K01
# shellcheck source=tests/crash/lib.sh
. "$(dirname "$0")/lib.sh"

pull() { # LIMIT SEED [LIE]
	local limit=$1 seed=$2 lie=${3:-} at every
	with_shim shim_power SHIM_LIE="$lie"
	total=$(calls)
	every=$(stride "$total" "$limit")
	bad=0
	runs=0
	for ((at = 1 + seed % every; at <= total; at += every)); do
		with_shim shim_power SHIM_LIE="$lie" SHIM_AT="$at" SHIM_SEED="$seed"
		fresh
		scenario
		look "seed $seed at $at" >>"$work/lost" || bad=$((bad + 1))
		runs=$((runs + 1))
	done
}

if [ -n "${OUTPOST_LONG:-}" ]; then seeds=20; else seeds=3; fi
for ((seed = 1; seed <= seeds; seed++)); do
	: >"$work/lost"
	pull 40 "$seed"
	[ "$total" -gt 0 ] || bad=1
	head -n 20 "$work/lost"
	said "power loss, seed $seed" $bad "$runs runs of $total calls"
done
: >"$work/lost"
pull 25 7 yes
if [ $bad -gt 0 ]; then
	said "control: a disk that lies loses facts" 0 "$bad of $runs runs lost some"
else
	said "control: a disk that lies loses facts" 1 "$runs runs, and the test saw nothing"
fi
exit $result
