#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The process dies at a write, a sync, a rename or a removal while a station is made, restored or
# changes its keys. The next command goes on, and what was acknowledged is there.
# shellcheck source=tests/crash/lib.sh
. "$(dirname "$0")/lib.sh"

begin_init() { rm -rf "$home"; }
do_init() { under_shim init --area 410882103205 --name 测试村 --user 张三; }
# Made again where it was not finished; 1 says that it was.
mend_init() {
	"$outpost" init --area 410882103205 --name 测试村 --user 张三 >/dev/null 2>"$work/errors"
	[ $? -le 1 ]
}
begin_restore() {
	fresh
	acked=(M0)
	cp "$work/backup.db" "$work/copy.db"
}
do_restore() { under_shim restore "$work/copy.db"; }
mend_restore() { "$outpost" restore "$work/copy.db" >/dev/null 2>"$work/errors"; }
begin_rotate() {
	fresh
	acked=(M0)
}
do_rotate() { under_shim site rotate; }
mend_rotate() { "$outpost" site rotate >/dev/null 2>"$work/errors"; }

# Without its keys it goes on with new ones; 1 says that it has them by now.
begin_anew() {
	fresh
	acked=(M0)
	rm -rf "$home/keys"
}
do_anew() { under_shim init --new-keys; }
mend_anew() {
	"$outpost" init --new-keys >/dev/null 2>"$work/errors"
	[ $? -le 1 ]
}

# WHAT LIMIT
try() {
	local what=$1 limit=$2 left total every at bad=0 runs=0
	with_shim shim_fault SHIM_WHAT=any SHIM_HOW=kill
	"begin_$what"
	rm -f "$work/count"
	"do_$what"
	total=$(od -An -tu8 "$work/count" | tr -d ' ')
	every=$(stride "$total" "$limit")
	for ((at = 1; at <= total; at += every)); do
		acked=()
		"begin_$what"
		rm -f "$work/count"
		with_shim shim_fault SHIM_WHAT=any SHIM_HOW=kill SHIM_AT="$at"
		"do_$what"
		"mend_$what" || {
			echo "$what: killed at $at: the next says: $(head -c 300 "$work/errors")"
			bad=$((bad + 1))
		}
		look "$what killed at $at" || bad=$((bad + 1))
		left=$(find "$home" -name '.*.tmp')
		[ -z "$left" ] || {
			echo "$what: killed at $at: what it began is left: $left"
			bad=$((bad + 1))
		}
		runs=$((runs + 1))
	done
	[ "$total" -gt 0 ] || bad=1
	said "killed in $what" $bad "$runs runs of $total calls"
}

OUTPOST_HOME=$work/station "$outpost" backup "$work/backup.db" >/dev/null
OUTPOST_HOME=$work/station "$outpost" add hazard category=H0101 grade=G place=P0 text=M7 >/dev/null
try init 12
try restore 13
try rotate 13
try anew 12
exit $result
