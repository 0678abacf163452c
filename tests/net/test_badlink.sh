#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The road over HTTP on bad links between two network namespaces: slow, late, lossy, doubled, cut. Skipped loudly
# where namespaces or TUN devices are not permitted.
. "$(dirname "$0")/lib.sh"
spaces badlink

# NAME=VALUE...: a link with these faults and a hub at its end
both_up() {
	local i
	link_up "$@"
	: >"$work/hub"
	nsenter -t "$b" -n "$tools/carry" listen 8000 10.99.0.2 >"$work/hub" &
	hub_pid=$!
	pids+=("$hub_pid")
	for ((i = 0; i < 100; i++)); do
		[ -s "$work/hub" ] && break
		sleep 0.05
	done
}
both_down() {
	kill $hub_pid
	wait $hub_pid 2>/dev/null
	link_down
}
# NAME LOW HIGH COMMAND...: the milliseconds at the end of its line lie between
takes() {
	local name=$1 low=$2 high=$3 ms
	shift 3
	near "$@" >"$work/said" 2>&1
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

both_up
takes "a plain link" 0 1000 "${swap[@]}" 20 1000
both_down
both_up delay=150
# Two round trips: one to connect, one to swap; on the open connection one each.
takes "300 ms there and back" 600 900 "${swap[@]}" 1 200
takes "the connection is kept" 1800 2300 "${swap[@]}" 5 200
both_down
# NAME LEAST MOST COMMAND...: so many round trips, by the packets
waits() {
	local name=$1 least=$2 most=$3 got
	shift 3
	both_up delay=60
	near "$@" >"$work/said" 2>&1
	both_down
	got=$(number trips)
	if [ "$got" -ge "$least" ] && [ "$got" -le "$most" ]; then
		echo "ok $name: $got round trips"
	else
		echo "not ok $name: $got round trips, not $least to $most"
		result=1
	fi
}
waits "one to connect, one to swap" 2 2 "${swap[@]}" 1 200
waits "and one for each further swap" 6 6 "${swap[@]}" 5 200
# How far a receipt opens the window depends on how many packets the kernel lets it cover.
waits "more than ten packets, each way, wait for a receipt" 4 5 "${swap[@]}" 1 20000
both_up rate=9600 delay=50
# 3 x (1,100 + 1,160) bytes in 1,200 a second, less what goes both ways at once.
takes "9,600 bit/s" 5000 8000 "${swap[@]}" 3 1000
both_down
[ "$(number given_bytes)" -gt 3000 ] || { echo "not ok bytes are counted: $(cat "$work/link")"; result=1; }
both_up delay=20 jitter=10 loss=10 dup=10 seed=7
takes "a tenth lost, a tenth doubled" 500 40000 "${drip[@]}" 20 500 4000
both_down
[ "$(number lost)" -gt 0 ] && [ "$(number twice)" -gt 0 ] || { echo "not ok losses are counted: $(cat "$work/link")"; result=1; }
# The link is there 4 s of 7: small frames, own deadline, a new connection.
both_up rate=9600 delay=100 up=4000 down=3000
takes "4 s up, 3 s down" 4000 60000 "${drip[@]}" 8 250 2000
both_down
[ "$(number down)" -gt 0 ] || { echo "not ok the link was down: $(cat "$work/link")"; result=1; }
if [ -n "${OUTPOST_LONG:-}" ]; then
	both_up rate=9600 delay=100 up=8000 down=20000
	takes "8 s up, 20 s down: 12 kB" 20000 200000 "${drip[@]}" 48 250 4000
	both_down
	both_up rate=2400 delay=250 loss=10
	takes "2,400 bit/s, a tenth lost" 5000 200000 "${drip[@]}" 10 250 12000
	both_down
	both_up rate=64000 delay=280
	takes "satellite" 2500 9000 "${swap[@]}" 4 2000
	both_down
	both_up rate=9600 delay=750 half=1
	takes "half duplex, 1.5 s" 9000 40000 "${swap[@]}" 5 250
	both_down
	both_up rate=30000 delay=60 up=30000 down=30000
	takes "30 s up, 30 s down" 5000 200000 "${drip[@]}" 100 500 4000
	both_down
	both_up delay=30 loss=2 burst=80
	takes "losses in rows" 500 60000 "${drip[@]}" 40 500 4000
	both_down
fi
exit $result
