#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Seconds until the station knows that it is delivered, over links that are as slow as the model's (wire_lib.sh), by the real
# programs from cold: a W1 over five links, and two runs that are cut in the middle, which the model knows nothing of. Its bytes
# are those of wire_roads.sh; what is sent twice counts in those that are measured.
. "$(dirname "$0")/wire_lib.sh"
http=http://10.99.0.2:8000

new_hub hub
station one "$(area_of $loads/w1.ndjson 0)" village
station days 511722000000 county
load days $loads/w3.ndjson before
for name in one days one days; do quiet $name; done
load one $loads/w1.ndjson 0 2
load days $loads/w3.ndjson
stop_hub

# NAME STATION WAIT MOST COLUMN NAME=VALUE...: begins WAIT seconds after the link came up, and may take MOST seconds
over() {
	local name=$1 who=$2 wait=$3 most=$4 column=$5 i start far_hub
	shift 5
	rm -rf "$work/st" "$work/hubcopy"
	cp -r "$work/$who" "$work/st"
	cp -r "$hub" "$work/hubcopy"
	link_up
	nsenter -t "$b" -n "$outpost" --home "$work/hubcopy" hub --listen 10.99.0.2:8000 >/dev/null 2>&1 &
	far_hub=$!
	pids+=("$far_hub")
	for ((i = 0; i < 60; i++)); do
		far bash -c "(exec 3<>/dev/tcp/10.99.0.2/8000) 2>/dev/null" 2>/dev/null && break
		sleep 0.05
	done
	link_down
	link_up "$@"
	sleep "$wait"
	start=$(now_ms)
	until near "$outpost" --home "$work/st" sync --via $http --json >"$work/synced" 2>&1; do
		[ $(($(now_ms) - start)) -gt $((most * 1000)) ] && break
		sleep 0.5
	done
	local took=$(($(now_ms) - start)) trips=2 bytes load=W1
	link_down
	kill $far_hub
	wait $far_hub 2>/dev/null
	[ "$who" = days ] && trips=4 load=W3
	bytes=$(sed -n "s/^HTTP, cold, $load //p" "$OUTPOST_BUILD/tests/bench/roads" 2>/dev/null)
	beside=''
	must seconds "$(awk -v ms=$took 'BEGIN { printf "%.1f", ms / 1000 }')" le "$most"
	grep -q '"complete":true' "$work/synced" || { result=1 && beside="$beside FAILS: not delivered"; }
	printf '%-46s %9s s %7s s  %8s  %s\n' "$name" "$(awk -v ms=$took 'BEGIN { printf "%.1f", ms / 1000 }')" \
		"$(model $trips "${bytes:-0}" | cut -d/ -f"$column")" "$(ip_bytes)" "$beside"
}

printf '%-46s %11s %9s  %8s\n' "on a real link, from cold, HTTP" measured model "IP bytes"
over "1,200 bit/s, 0.3 s, W1" one 0 20 1 rate=1200 delay=150
over "9.6 kbit/s, 1.5 s, W1" one 0 15 2 rate=9600 delay=750
over "64 kbit/s satellite, 0.6 s, W1" one 0 10 3 rate=64000 delay=300
over "30 kbit/s, 0.6 s, cut 10 s each minute, W1" one 0 15 4 rate=30000 delay=300 up=50000 down=10000
over "9.6 kbit/s, 8 s up and 20 s down, W1" one 0 40 5 rate=9600 delay=300 up=8000 down=20000
over "the same, begun 7 s after it came up, W1" one 7 60 5 rate=9600 delay=300 up=8000 down=20000
over "30 kbit/s, 0.6 s, W3, cut after 6 s for 10" days 44 70 4 rate=30000 delay=300 up=50000 down=10000
exit $result
