#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The power goes a second time, in the middle of starting again after the first time; or the disk
# fails there. What was acknowledged before the first time is still there.
# shellcheck source=tests/crash/lib.sh
. "$(dirname "$0")/lib.sh"

limit=6
[ -n "${OUTPOST_LONG:-}" ] && limit=100000
with_shim shim_power
total=$(calls)
every=$(stride "$total" 8)

# How the second time goes: SHIM NAME=VALUE...
try() {
	local name=$1 at second runs=0 bad=0
	shift
	for ((at = 3; at <= total; at += every)); do
		for ((second = 1; second <= limit; second++)); do
			with_shim shim_power SHIM_AT="$at" SHIM_SEED="$second"
			fresh
			scenario
			rm -f "$work/log" "$work/count"
			with_shim "$@" SHIM_AT="$second" SHIM_SEED="$at"
			killed=0
			under_shim add hazard category=H0101 grade=G place=P0 text=M5
			[ -n "$out" ] && acked+=(M5)
			look "power gone at $at, then $name at $second" >>"$work/lost" || bad=$((bad + 1))
			runs=$((runs + 1))
			[ "$(od -An -tu8 "$work/count" 2>/dev/null | tr -d ' ')" -ge "$second" ] 2>/dev/null || break
		done
	done
	head -n 20 "$work/lost"
	: >"$work/lost"
	said "power gone, then $name" $bad "$runs runs"
}

try "power gone again" shim_power
try "killed" shim_fault SHIM_HOW=kill
try "a write that fails" shim_fault SHIM_WHAT=write SHIM_HOW=eio
try "a full disk" shim_fault SHIM_WHAT=write SHIM_HOW=enospc SHIM_STICKY=yes
exit $result
