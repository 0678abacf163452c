#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What hub and watcher tell the manager that started them: when they are ready, how it goes, that they end; and lines of
# the journal with their priority.
# Tests also: service.c out.c
# shellcheck source=tests/sync/net.sh
. "$(dirname "$0")/net.sh"

# Writes each datagram that comes to SOCKET into FILE, a line each, until it is ended.
listen() {
	python3 - "$1" "$2" <<'END' &
import socket, sys
heard = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
heard.bind(sys.argv[1])
with open(sys.argv[2], "wb", buffering=0) as file:
    while True:
        file.write(heard.recv(4096) + b"\n")
END
	children="$children $!"
	for _ in $(seq 600); do
		[ -S "$1" ] && break
		sleep 0.05
	done
}
told() { # NAME LINE: comes within half a minute
	for _ in $(seq 600); do
		grep -q "$2" "$here/told" && break
		sleep 0.05
	done
	grep -q "$2" "$here/told"
	verdict "$1"
}

"$outpost" --home "$here/town" init --area 410882103 --name 柏香镇 --user 镇员 >/dev/null
listen "$here/socket" "$here/told"
export NOTIFY_SOCKET=$here/socket
hub town
unset NOTIFY_SOCKET
told "the hub says that it is ready" '^READY=1$'
enrol village 410882103205 王庄村 "$url" town
hazard village
: >"$here/told"
NOTIFY_SOCKET=$here/socket "$outpost" --home "$here/village" sync --watch >/dev/null 2>&1 &
watcher=$!
children="$children $watcher"
told "the watcher says that it is ready" '^READY=1$'
told "and how the last try went" '^STATUS=.*柏香镇'
kill "$watcher"
told "and that it ends" '^STOPPING=1$'
: >"$here/told"
kill "$hub"
told "so does the hub" '^STOPPING=1$'
NOTIFY_SOCKET=$here/nobody "$outpost" --home "$here/village" sync --once >/dev/null 2>&1
[ $? -eq 3 ]
verdict "a manager that does not listen keeps nobody"

: >"$here/journal"
JOURNAL_STREAM=$(stat -c '%d:%i' "$here/journal") "$outpost" --home "$here/town" show WZ-999 2>>"$here/journal" </dev/null
grep -q '^<3>outpost: ' "$here/journal"
verdict "in the journal an error has its priority"
: >"$here/journal"
JOURNAL_STREAM=1:1 "$outpost" --home "$here/town" show WZ-999 2>>"$here/journal" </dev/null
grep -q '^outpost: ' "$here/journal"
verdict "elsewhere it has none"
exit "$failed"
