#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A store of an older version is upgraded while the disk fails, the process is killed or the power goes: what
# it held is there, and the next command upgrades it. On a full disk it is read as it is.
# Tests also: upgrade.c
# shellcheck source=tests/crash/lib.sh
. "$(dirname "$0")/lib.sh"
export OUTPOST_USER=张三

# DATA: its village is the station of the cases, and HELD is a place that it knows.
station() {
	from=$1
	held=$2
	mkdir "$work/$from"
	tar -xzf "tests/data/$from/stores.tar.gz" -C "$work/$from" ./village || exit 1
	mv "$work/$from/village"/* "$work/$from" && rmdir "$work/$from/village"
	chmod 700 "$work/$from"
}

# Whoever opens it first upgrades it.
scenario() {
	acked=("$held")
	under_shim list hazard
	[ $killed = 1 ] || add M1
}

upgraded() { # WHERE
	command -v sqlite3 >/dev/null || return 0
	[ "$(sqlite3 "$home/station.db" 'PRAGMA user_version')" -ge 2 ] && return
	echo "$1: it was not upgraded"
	return 1
}

# NAME LIMIT SHIM NAME=VALUE...
try() {
	local name=$1 limit=$2 total every at bad=0 runs=0
	shift 2
	with_shim "$@"
	total=$(calls)
	every=$(stride "$total" "$limit")
	for ((at = 1; at <= total; at += every)); do
		with_shim "$@" SHIM_AT="$at" SHIM_SEED="$at"
		fresh
		scenario
		look "$name at $at" || bad=$((bad + 1))
		upgraded "$name at $at" || bad=$((bad + 1))
		bad=$((bad + signals))
		runs=$((runs + 1))
	done
	[ "$total" -gt 0 ] || bad=1
	said "$from: $name" $bad "$runs runs of $total calls"
}

full() {
	local bad=0 command said
	mkdir -p "$home"
	if ! mount -t tmpfs -o size=8000k,mode=0700 outpost-test "$home" 2>/dev/null; then
		echo "skip $from: full disk: no tmpfs may be mounted here"
		return
	fi
	cp -R "$work/$from/." "$home"
	dd if=/dev/zero of="$home/fill" bs=1k 2>/dev/null
	dd if=/dev/zero of="$home/fill2" bs=1 count=4096 2>/dev/null
	for command in "list hazard" today whoami "export hazard --json" check "site list" "sync --plan"; do
		# shellcheck disable=SC2086 # words of a command
		if ! said=$("$outpost" $command 2>"$work/errors") || ! grep -q . <<<"$said"; then
			echo "$command: $(head -c 300 "$work/errors")"
			bad=1
		fi
	done
	"$outpost" list hazard --json 2>/dev/null | grep -q "\"$held\"" || bad=1
	"$outpost" add hazard category=H0101 grade=G place=F text=x >"$work/out" 2>"$work/errors"
	grep -q 磁盘已满 "$work/errors" || bad=1
	rm "$home/fill" "$home/fill2"
	acked=("$held")
	look "with room again" || bad=1
	upgraded "with room again" || bad=1
	umount "$home"
	said "$from: read on a full disk" $bad "7 commands"
}

for one in "format-1 没有上报" "release-0.1 没有上报一"; do
	# shellcheck disable=SC2086 # two words
	station $one
	try "a write fails" 4 shim_fault SHIM_WHAT=write SHIM_HOW=eio
	try "no room from there on" 4 shim_fault SHIM_WHAT=write SHIM_HOW=enospc SHIM_STICKY=yes
	try "killed at a write" 4 shim_fault SHIM_WHAT=write SHIM_HOW=kill
	try "killed at a sync" 3 shim_fault SHIM_WHAT=sync SHIM_HOW=kill
	try "a file that cannot be opened" 3 shim_fault SHIM_WHAT=open SHIM_HOW=eio
	try "the power goes" 6 shim_power
	rm -rf "$home"
	full
done
exit $result
