#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# `make run` on something that is no terminal: a county, a township and three villages come up on
# loopback, a hazard travels through them, nothing is left behind.
# shellcheck source=tests/sync/net.sh
. "$(dirname "$0")/net.sh"
run=$(cd "$(dirname "$0")/../.." && pwd)/config/deploy/run.sh
mkdir "$here/build"
ln -s "$OUTPOST_BUILD"/outpost "$OUTPOST_BUILD"/outpost-sync "$OUTPOST_BUILD"/outpost-hub "$here/build/"
for time in first second; do
	out=$("$run" "$here/build" 2>"$here/err" </dev/null)
	code=$?
	err=$(cat "$here/err")
	[ $code -eq 0 ]
	verdict "the $time time"
	has "the hazard's ladder" '"reached":["station","township","county"]'
	case $out$err in *没有从上级传完* | *正在接收*) false ;; *) true ;; esac
	verdict "nobody is greeted by half a register"
done
[ "$(printf '%s' "$out" | grep -c 排水沟堵塞)" -ge 3 ]
verdict "at village, township and county"
left=$(pgrep -f "$here/build" | grep -vx $$)
[ -z "$left" ]
verdict "nothing goes on running"
grep -L '127\.0\.0\.1' "$here"/build/demo/*.port | grep .
[ $? -ne 0 ]
verdict "nothing listens elsewhere"
exit $failed
