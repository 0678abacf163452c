# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# What the benches of whole roads share: two network namespaces, a link between them that counts IP bytes, lines of a table.
. "$(dirname "${BASH_SOURCE[0]}")/../net/lib.sh"
outpost=$OUTPOST_BUILD/outpost
lines=$OUTPOST_BUILD/tests/tables/lines
loads=tests/data/wire
export OUTPOST_LANG=en
skip() { printf '%-44s SKIPPED: %s\n' "$1" "$2"; }

spaces "whole roads"
link_always=(mtu=1500)
# The kernel's own talk of IPv6 (who is my router?) would be counted, one packet or three as it falls.
for ns in "$a" "$b"; do
	nsenter -t "$ns" -n sh -c 'echo 1 >/proc/sys/net/ipv6/conf/default/disable_ipv6' 2>/dev/null
done
# Waits until what is on its way has come; then the counts are read with ip_bytes and packets.
link_down() {
	sleep 0.3
	kill "$link_pid"
	wait "$link_pid" 2>/dev/null
}
ip_bytes() { number read_bytes; }
packets() { number read; }
now_ms() { date +%s%3N; }

# TRIPS IP-BYTES: seconds on five links, as trips * round trip + bytes * 8 / rate. On a link that comes and goes the time
# up is all there is: 30 kbit/s 50 s of 60; 9.6 kbit/s 8 s of 28, where a trip that a cut takes is paid twice.
model() {
	awk -v t="$1" -v n="$2" 'BEGIN {
		one = t * 0.3 + n * 8 / 1200; two = t * 1.5 + n * 8 / 9600; three = t * 0.6 + n * 8 / 64000
		busy = t * 0.6 + n * 8 / 30000; four = busy + int(busy / 50) * 10
		busy = t * 0.6 + n * 8 / 9600; five = busy + int(busy / 8) * 20
		printf "%.1f/%.1f/%.1f/%.1f/%.1f", one, two, three, four, five }'
}
# NAME PAYLOAD IP PACKETS TRIPS BESIDE
row() {
	printf '%-46s %11s %8s %5s %5s  %-34s %s\n' "$1" "$2" "$3" "$4" "$5" "$(model "$5" "$3")" "$6"
}
head_row() {
	printf '%-46s %11s %8s %5s %5s  %-34s %s\n' "$1" payload "IP bytes" pack. trips \
		"s: 1200/9.6k/64k/30k cut/9.6k 8-20" beside
}

# WHAT VALUE le|ge LIMIT: adds to $beside whether it holds; one that fails makes the script fail
beside=''
must() {
	local sign='<='
	[ "$3" = ge ] && sign='>='
	if awk -v v="$2" -v l="$4" -v how="$3" 'BEGIN { exit !(how == "le" ? v <= l : v >= l) }'; then
		beside="$beside${beside:+, }$1 $sign $4 holds"
	else
		beside="$beside${beside:+, }$1 $sign $4 FAILS"
		result=1
	fi
}

# ---- a hub, stations that have joined it, and the measured loads as they import them
hub=$work/hub
port=$(free_port)
serve_here() {
	"$outpost" --home "$hub" hub --listen "127.0.0.1:$port" >/dev/null 2>"$work/hub.said" &
	hub_pid=$!
	pids+=("$hub_pid")
	await "$port" || { cat "$work/hub.said"; exit 1; }
}
stop_hub() {
	kill "$hub_pid"
	wait "$hub_pid" 2>/dev/null
}
# A hub of its own: what other loads left there would come down too.
new_hub() {
	hub=$work/$1
	"$outpost" --home "$hub" init --area 511700000000 --name hub --level city --user boss >/dev/null || exit 1
	serve_here
}
# NAME AREA LEVEL: a station that has joined and has nothing to say
station() {
	local token
	token=$("$outpost" --home "$hub" --user boss invite --area "$2" --name "$1" --level "$3") || exit 1
	"$outpost" --home "$work/$1" init --area "$2" --name "$1" --level "$3" --user worker >/dev/null || exit 1
	"$outpost" --home "$work/$1" join "$token" --via "http://127.0.0.1:$port" >/dev/null || exit 1
	quiet "$1"
}
quiet() { "$outpost" --home "$work/$1" sync >/dev/null && "$outpost" --home "$work/$1" sync >/dev/null || exit 1; }
# STATION FILE: what the importer refuses ends the bench
bring() {
	"$outpost" --home "$work/$1" --user "${3:-worker}" import json "$2" >"$work/said" || {
		cat "$work/said"
		exit 1
	}
}
# STATION FILE [WHAT...]: lines of a load, as tests/tables/lines makes them
load() {
	local name=$1 file=$2
	shift 2
	"$lines" "$file" "$@" >"$work/load"
	bring "$name" "$work/load"
}
area_of() { "$lines" "$1" "$2" 1 | grep -o '"area":"[0-9]*"' | grep -o '[0-9]*'; } # FILE LINE
