#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The real programs over bad links between two network namespaces: a report and a receipt of a village reach the township's
# hub, once, and the village knows it. Skipped loudly where namespaces or TUN devices are not permitted.
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

# NAME TRIES NAME=VALUE...: one report and one receipt over that link, asked for again until it has come or TRIES are used up
carries() {
	local name=$1 tries=$2 begin=$SECONDS number
	shift 2
	number=$(village add hazard category=H0104 grade=G place=沟口第"$written"段 text=上游来水浑浊，边坡掉块，已拉警戒线)
	village add receipt warning=暴雨橙色预警 method=speaker >/dev/null
	written=$((written + 1))
	link_up "$@"
	while [ "$tries" -gt 0 ] && ! near "$outpost" --home "$work/village" sync >"$work/said" 2>&1; do
		tries=$((tries - 1))
		sleep 0.5
	done
	link_down
	if [ "$tries" -gt 0 ] && [ "$(town list hazard --csv | tail -n +2 | wc -l)" -eq $written ] &&
		[ "$(town list receipt --csv | tail -n +2 | wc -l)" -eq $written ] &&
		village show "$number" --json | grep -q '"reached":\["station","township"\]'; then
		echo "ok $name ($((SECONDS - begin)) s)"
	else
		echo "not ok $name"
		cat "$work/said"
		town list hazard
		town list receipt
		result=1
	fi
}

carries "1,200 bit/s, 0.3 s" 3 rate=1200 delay=150
carries "9,600 bit/s, 3 s up and 3 s down" 20 rate=9600 delay=100 up=3000 down=3000
if [ -n "${OUTPOST_LONG:-}" ]; then
	carries "9,600 bit/s with 1.5 s" 3 rate=9600 delay=750
	carries "64 kbit/s satellite" 3 rate=64000 delay=300
	carries "2,400 bit/s, a tenth lost" 20 rate=2400 delay=250 loss=10 seed=3
	carries "9,600 bit/s, 8 s up and 20 s down" 30 rate=9600 delay=100 up=8000 down=20000
	carries "half duplex, 1.5 s" 5 rate=9600 delay=750 half=1
	carries "30 kbit/s, 30 s up and 30 s down" 20 rate=30000 delay=60 up=30000 down=30000
	carries "doubled and out of step" 5 delay=60 jitter=60 dup=10
	carries "losses in rows" 20 delay=30 loss=2 burst=80
fi
exit $result
