#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The road over HTTP on bad links between two network namespaces: slow, late, lossy, doubled, cut. Skipped loudly
# where namespaces or TUN devices are not permitted.
. "$(dirname "$0")/lib.sh"
unshare -n true 2>/dev/null || {
	echo "skip badlink: network namespaces are not permitted here"
	exit 0
}
unshare -n sleep 600 &
a=$!
unshare -n sleep 600 &
b=$!
pids+=("$a" "$b")
for ((i = 0; i < 50; i++)); do
	[ "$(readlink /proc/$a/ns/net)" != "$(readlink /proc/self/ns/net)" ] &&
		[ "$(readlink /proc/$b/ns/net)" != "$(readlink /proc/self/ns/net)" ] && break
	sleep 0.05
done

link_pid=
# NAME=VALUE...: a link with these faults and a hub at its end
link_up() {
	: >"$work/link"
	"$tools/badlink" /proc/$a/ns/net /proc/$b/ns/net "$@" >"$work/link" 2>"$work/link.errors" &
	link_pid=$!
	pids+=("$link_pid")
	local i
	for ((i = 0; i < 100; i++)); do
		grep -q ready "$work/link" && break
		kill -0 $link_pid 2>/dev/null || break
		sleep 0.05
	done
	grep -q ready "$work/link" || {
		echo "skip badlink: $(cat "$work/link.errors")"
		exit 0
	}
	nsenter -t $b -n "$tools/carry" listen 8000 10.99.0.2 >"$work/hub" &
	hub_pid=$!
	pids+=("$hub_pid")
	for ((i = 0; i < 100; i++)); do
		[ -s "$work/hub" ] && break
		sleep 0.05
	done
}
link_down() {
	kill $link_pid $hub_pid
	wait $link_pid $hub_pid 2>/dev/null
}
number() { grep -o "\"$1\":[0-9]*" "$work/link" | awk -F: '{ n += $2 } END { print n + 0 }'; } # of both ways
# NAME LOW HIGH COMMAND...: the milliseconds at the end of its line lie between
takes() {
	local name=$1 low=$2 high=$3 ms
	shift 3
	nsenter -t $a -n "$@" >"$work/said" 2>&1
	ms=$(awk '$1 == "ok" { print $5 }' "$work/said")
	if [ -n "$ms" ] && [ "$ms" -ge "$low" ] && [ "$ms" -le "$high" ]; then
		echo "ok $name ($ms ms; $(cat "$work/said"))"
	else
		echo "not ok $name (between $low and $high ms)"
		cat "$work/said"
		result=1
	fi
}
swap=("$tools/carry" swap http://10.99.0.2:8000 "$work")
drip=("$tools/carry" drip http://10.99.0.2:8000 "$work")

link_up
takes "a plain link" 0 1000 "${swap[@]}" 20 1000
link_down
link_up delay=150
# Two round trips: one to connect, one to swap; on the open connection one each.
takes "300 ms there and back" 600 900 "${swap[@]}" 1 200
takes "the connection is kept" 1800 2300 "${swap[@]}" 5 200
link_down
link_up rate=9600 delay=50
# 3 x (1,100 + 1,160) bytes in 1,200 a second, less what goes both ways at once.
takes "9,600 bit/s" 5000 8000 "${swap[@]}" 3 1000
link_down
[ "$(number given_bytes)" -gt 3000 ] || { echo "not ok bytes are counted: $(cat "$work/link")"; result=1; }
link_up delay=20 jitter=10 loss=10 dup=10 seed=7
takes "a tenth lost, a tenth doubled" 500 40000 "${drip[@]}" 20 500 4000
link_down
[ "$(number lost)" -gt 0 ] && [ "$(number twice)" -gt 0 ] || { echo "not ok losses are counted: $(cat "$work/link")"; result=1; }
# The link is there 4 s of 7: small frames, own deadline, a new connection.
link_up rate=9600 delay=100 up=4000 down=3000
takes "4 s up, 3 s down" 4000 60000 "${drip[@]}" 8 250 2000
link_down
[ "$(number down)" -gt 0 ] || { echo "not ok the link was down: $(cat "$work/link")"; result=1; }
if [ -n "${OUTPOST_LONG:-}" ]; then
	link_up rate=9600 delay=100 up=8000 down=20000
	takes "8 s up, 20 s down: 12 kB" 20000 200000 "${drip[@]}" 48 250 4000
	link_down
	link_up rate=2400 delay=250 loss=10
	takes "2,400 bit/s, a tenth lost" 5000 200000 "${drip[@]}" 10 250 12000
	link_down
	link_up rate=64000 delay=280
	takes "satellite" 2500 9000 "${swap[@]}" 4 2000
	link_down
	link_up rate=9600 delay=750 half=1
	takes "half duplex, 1.5 s" 9000 40000 "${swap[@]}" 5 250
	link_down
	link_up rate=30000 delay=60 up=30000 down=30000
	takes "30 s up, 30 s down" 5000 200000 "${drip[@]}" 100 500 4000
	link_down
	link_up delay=30 loss=2 burst=80
	takes "losses in rows" 500 60000 "${drip[@]}" 40 500 4000
	link_down
fi
exit $result
