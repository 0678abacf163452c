#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The disk fails at the Nth write, sync, creation or rename, in every way a disk has: nothing that
# was acknowledged is lost, no process dies of it, and afterwards work goes on.
# shellcheck source=tests/crash/lib.sh
. "$(dirname "$0")/lib.sh"

# WHAT HOW LIMIT [STICKY]
try() {
	local what=$1 how=$2 limit=$3 sticky=${4:-} total every at bad=0 runs=0
	with_shim shim_fault SHIM_WHAT="$what" SHIM_HOW="$how" SHIM_STICKY="$sticky"
	total=$(calls)
	every=$(stride "$total" "$limit")
	for ((at = 1; at <= total; at += every)); do
		with_shim shim_fault SHIM_WHAT="$what" SHIM_HOW="$how" SHIM_STICKY="$sticky" SHIM_AT="$at"
		fresh
		scenario
		look "$what $how at $at" || bad=$((bad + 1))
		if [ $signals -gt 0 ]; then
			echo "$what $how at $at: ended by signal $((code - 128))"
			bad=$((bad + 1))
		fi
		runs=$((runs + 1))
	done
	[ "$what" != rename ] && [ "$total" -eq 0 ] && bad=1
	said "$from: $what: $how${sticky:+ for ever}" $bad "$runs runs of $total calls"
}

try write eio 20
try write enospc 20 yes
try write short 20
try write torn 20
try write kill 20
try sync eio 20
try sync kill 15
try open eio 10
from=first
try write eio 10
try write enospc 10 yes
try write kill 10
try sync kill 8
try rename eio 5
exit $result
