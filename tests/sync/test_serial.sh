#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A way that is a command, and one over a serial line at 1,200 bit/s, one direction at a time, on which one byte in a
# hundred is flipped.
# Tests also: link_exec.c serial.c sync_serial.c noisy_line.py
# Covers: M68 S05 M84 N28
# shellcheck source=tests/sync/net.sh
. "$(dirname "$0")/net.sh"
python3 -c 'import tty, select' 2>/dev/null || {
	echo "skip serial: python3 with its terminals is not installed"
	exit 0
}
PATH=$OUTPOST_BUILD:$PATH

"$outpost" --home "$here/town" init --area 410882103 --name 柏香镇 --user 镇员 >/dev/null
hub town
enrol village 410882103205 王庄村 "$url" town
site=$("$outpost" --home "$here/town" site list --json | sed -n 's/.*"code":"\([^"]*\)".*王庄村.*/\1/p; s/.*王庄村.*"code":"\([^"]*\)".*/\1/p' | head -1)
kill "$hub"
wait "$hub"
answer="outpost-hub --home $here/town --stdio --site $site"

ends "a command is a way" 0 village up "exec:$answer"
hazard village 桥下甲
ends "over which it syncs" 0 village sync --once
at town list hazard
has "and what was written is there" 桥下甲
ends "a command that is not there" 3 village sync --once --via exec:no-such-carrier
[[ $err == *no-such-carrier* ]]
verdict "is named"
hazard village 桥下乙
ends "one that ends in the middle is no way" 3 village sync --once --via 'exec:head -c 20 >/dev/null'
ends "nor one that says something else" 3 village sync --once --via 'exec:echo hello there; sleep 9'
at town list hazard
lacks "and nothing came by it" 桥下乙
ends "what waits goes by the next good one" 0 village sync --once
at town list hazard
has "whole" 桥下乙

ends "no invitation brings a command" 5 town invite --area 410882103206 --name 李庄村 --via 'exec:touch x'
ends "nor does one that was made elsewhere" 5 town invite --area 410882103206 --name 李庄村 --via "Exec:touch $here/x"
[ ! -e "$here/x" ]
verdict "nothing ran"

# A radio: 1,200 bit/s, one byte in a hundred flipped.
python3 tests/sync/noisy_line.py "$here/left" "$here/right" 1200 0.01 7 &
line=$!
children="$children $line"
for _ in $(seq 600); do
	[ -e "$here/right" ] && break
	sleep 0.05
done
outpost-sync serial "$here/right" --baud 1200 --turn 20 --serve "$answer" 2>"$here/serve.err" &
server=$!
children="$children $server"
hazard village 桥下丙
begun=$SECONDS
ends "a report crosses a line that flips one byte in a hundred" 0 village sync --once --via "exec:outpost-sync serial $here/left --baud 1200 --turn 20"
at town list hazard
has "and is there, whole" 桥下丙
echo "# $((SECONDS - begun)) s at 1,200 bit/s"
hazard village 桥下丁
ends "and the next one, by another caller" 0 village sync --once --via "exec:outpost-sync serial $here/left --baud 1200 --turn 20"
at town list hazard
has "as well" 桥下丁
kill "$line"
wait "$server"
[ $? -eq 3 ] && grep -q 串行线路断了 "$here/serve.err"
verdict "a line that is gone ends it, with a word"

ends "a speed that no line has" 5 village serial "$here/left" --baud 1201
ends "what is no line" 5 village serial "$here/serve.err"
ends "what is not there" 5 village serial "$here/nowhere"
exit "$failed"
