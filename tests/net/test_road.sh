#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The real programs over bad links between two network namespaces: a report and a receipt of a village reach the township's
# hub, once, and the village knows it. Skipped loudly where namespaces or TUN devices are not permitted.
# Covers: K04
. "$(dirname "$0")/lib.sh"
outpost=$OUTPOST_BUILD/outpost
spaces road
village() { "$outpost" --home "$work/village" "$@"; }
town() { "$outpost" --home "$work/town" "$@"; }

town init --area 410882103 --name 柏香镇 --user 史俊杰 >/dev/null
token=$(town invite --area 410882103205 --name 西彰村 --via http://10.99.0.2:8000)
link_up
nsenter -t "$b" -n "$OUTPOST_BUILD/outpost-hub" --home "$work/town" --listen 10.99.0.2:8000 >"$work/hub" 2>&1 &
pids+=("$!")
for ((i = 0; i < 100; i++)); do
	grep -q 8000 "$work/hub" && break
	sleep 0.05
done
near "$outpost" --home "$work/village" join "$token" --user 秦国庆 >"$work/said" 2>&1 || cat "$work/said"
near "$outpost" --home "$work/village" sync >/dev/null
link_down
written=0
receipts=0

# TRIES: until a sync has said "all", so often at most; then the link is down
sync_all() {
	local tries=$1 i
	while [ "$tries" -gt 0 ] && ! near "$outpost" --home "$work/$station" sync >"$work/said" 2>&1; do
		tries=$((tries - 1))
		sleep 0.5
	done
	for ((i = 0; i < ${again:-0}; i++)); do near "$outpost" --home "$work/$station" sync >/dev/null 2>&1; done
	link_down
	[ "$tries" -gt 0 ]
}
count() { town list "$1" --csv | tail -n +2 | wc -l; }
# NAME COMMAND...
judge() {
	local name=$1
	shift
	if "$@"; then
		echo "ok $name ($((SECONDS - begin)) s)"
	else
		echo "not ok $name ($((SECONDS - begin)) s)"
		cat "$work/said" "$work/link"
		town list hazard | tail -n 3
		result=1
	fi
}
both_there() {
	[ "$(count hazard)" -eq $written ] && [ "$(count receipt)" -eq $receipts ] &&
		village show "$number" --json | grep -q '"reached":\["station","township"\]'
}
# NAME TRIES NAME=VALUE...: one report and one receipt over that link, asked for again until it has come or TRIES are used
# up. PAUSE: seconds that the link has been there when it begins. AGAIN: so many more syncs with nothing to say, as there
# must be packets to go wrong. MUST_SEE: what must have befallen some.
carries() {
	local name=$1 tries=$2 begin=$SECONDS number fault
	shift 2
	station=village
	number=$(village add hazard category=H0104 grade=G place=沟口第"$written"段 text=上游来水浑浊，边坡掉块，已拉警戒线)
	village add receipt warning=暴雨橙色预警 method=speaker >/dev/null
	written=$((written + 1)) receipts=$((receipts + 1))
	link_up "$@"
	sleep "${pause:-0}"
	sync_all "$tries" && judge "$name" both_there || judge "$name" false
	# What a case is about must have happened, or it says nothing.
	for fault in ${must_see:-}; do
		[ "$(number "$fault")" -gt 0 ] && continue
		echo "not ok $name: nothing was $fault"
		result=1
	done
}

# COUNT: letters that do not pack, for JSON
letters() { shuf -r -n "$1" -i 5000-9999 | sed 's,^,\\u,' | tr -d '\n'; }
# Twelve kilobytes where the link is there 8 s of 28, from a station that was told that its line is slow and has spoken on
# it before. One TCP left alone takes over four minutes.
much() {
	local i token begin number
	station=much
	link_up
	token=$(town invite --area 410882103206 --name 李庄村 --via http://10.99.0.2:8000)
	near "$outpost" --home "$work/much" join "$token" --user 李四 >/dev/null
	link_down
	echo "sync_slow on" >>"$work/much/outpost.conf"
	link_up rate=9600 delay=100
	for i in 1 2 3; do near "$outpost" --home "$work/much" sync >/dev/null; done
	link_down
	for ((i = 0; i < 108; i++)); do
		echo "{\"kind\":\"hazard\",\"ref\":\"m$i\",\"at\":\"2026-07-14T06:33:32+08:00\",\"fields\":{\"category\":\"H0104\",\"grade\":\"G\",\"place\":\"$(letters 8)\",\"text\":\"$(letters 50)\"}}"
	done >"$work/load"
	"$outpost" --home "$work/much" import json "$work/load" >/dev/null
	written=$((written + 108))
	begin=$SECONDS
	link_up rate=9600 delay=100 up=8000 down=20000
	sync_all 20 && [ $((SECONDS - begin)) -le 75 ] && judge "12 kB, 8 s up and 20 s down: in 75 s" test "$(count hazard)" -eq $written ||
		judge "12 kB, 8 s up and 20 s down: in 75 s" false
	[ "$(number given_bytes)" -ge 12000 ] || { echo "not ok 12 kB: less was carried"; result=1; }
}

carries "1,200 bit/s, 0.3 s" 3 rate=1200 delay=150
pause=1 must_see=down carries "9,600 bit/s, 1.5 s up and 3 s down" 20 rate=9600 delay=100 up=1500 down=3000
if [ -n "${OUTPOST_LONG:-}" ]; then
	carries "9,600 bit/s with 1.5 s" 3 rate=9600 delay=750
	carries "64 kbit/s satellite" 3 rate=64000 delay=300
	must_see=lost carries "2,400 bit/s, a tenth lost" 20 rate=2400 delay=250 loss=10 seed=3
	pause=7.5 must_see=down carries "9,600 bit/s, 8 s up and 20 s down" 30 rate=9600 delay=100 up=8000 down=20000
	carries "half duplex, 1.5 s" 5 rate=9600 delay=750 half=1
	pause=29.8 must_see=down carries "30 kbit/s, 30 s up and 30 s down" 20 rate=30000 delay=60 up=30000 down=30000
	again=8 must_see="twice held" carries "a tenth doubled, a tenth overtaken" 5 delay=60 jitter=60 dup=10 reorder=10 seed=5
	again=8 must_see=lost carries "losses in rows" 20 delay=30 loss=5 burst=80 seed=2
	much
fi
exit $result
