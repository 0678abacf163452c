#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The measured loads through `outpost import json` and `outpost sync`, as somebody outside would send them: payload as the program
# counts it, IP bytes and packets both ways as a link between two namespaces counts them, round trips from the time that
# 200 ms more of round trip cost. BENCH_SAMPLES: how many W1 (5).
. "$(dirname "$0")/wire_lib.sh"
samples=${BENCH_SAMPLES:-5}
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
# NAME AREA LEVEL: a station that has joined and has nothing to say
station() {
	local token
	token=$("$outpost" --home "$hub" --user boss invite --area "$2" --name "$1" --level "$3") || exit 1
	"$outpost" --home "$work/$1" init --area "$2" --name "$1" --level "$3" --user worker >/dev/null || exit 1
	"$outpost" --home "$work/$1" join "$token" --via "http://127.0.0.1:$port" >/dev/null || exit 1
	quiet "$1"
}
quiet() { "$outpost" --home "$work/$1" sync >/dev/null && "$outpost" --home "$work/$1" sync >/dev/null || exit 1; }
# NAME FILE
bring() { "$outpost" --home "$work/$1" --user worker import json "$2" >"$work/said" || { cat "$work/said"; exit 1; }; }
json() { grep -o "\"$1\":[{]*[^}]*\"bytes\":[0-9]*" "$work/synced" | grep -o '[0-9]*$'; }

site_of() { "$outpost" --home "$hub" site show "$1" --json | grep -o '"site":"[^"]*"' | head -1 | cut -d'"' -f4; }
# sshd with the shipped settings and lean lists of algorithms, for this user
ssh_ready() {
	sshd=$(PATH=$PATH:/usr/sbin command -v sshd) && command -v ssh-keygen >/dev/null || return 1
	[ "$(id -u)" = 0 ] && mkdir -p /run/sshd
	ssh-keygen -q -t ed25519 -N '' -f "$work/host"
	{
		printf '%s\n' "Port 22" "ListenAddress 10.99.0.2" "HostKey $work/host" "PidFile none" \
			"AuthorizedKeysFile $work/authorized" "StrictModes no" "UsePAM no" \
			"KexAlgorithms curve25519-sha256" "HostKeyAlgorithms ssh-ed25519" "Ciphers aes128-gcm@openssh.com" \
			"MACs hmac-sha2-256-etm@openssh.com" "Compression no"
		sed "s|^Match User outpost|Match User $(id -un)|; /AuthorizedKeysFile/d" config/deploy/sshd_outpost.conf
	} >"$work/sshd_config"
}
# NAME URL DELAY: from copies of station and hub, so that it can be done again
send() {
	rm -rf "$work/st" "$work/hubcopy"
	cp -r "$work/$1" "$work/st"
	cp -r "$hub" "$work/hubcopy"
	link_up "delay=$3"
	local far_port=8000 i
	if [ "${2%%:*}" = ssh ]; then
		far_port=22
		"$outpost" --home "$hub" site show "$1" --json | grep -o '"ssh_key":"[^"]*"' | cut -d'"' -f4 >"$work/line"
		echo "command=\"$outpost --home $work/hubcopy hub --stdio --site $(site_of "$1")\",restrict $(cat "$work/line")" >"$work/authorized"
		echo "10.99.0.2 $(cut -d' ' -f1,2 "$work/host.pub")" >"$work/st/keys/known_hosts"
		nsenter -t "$b" -n "$sshd" -D -f "$work/sshd_config" -E "$work/sshd.log" &
	else
		nsenter -t "$b" -n "$outpost" --home "$work/hubcopy" hub --listen 10.99.0.2:8000 >/dev/null 2>&1 &
	fi
	local hub_far=$!
	pids+=("$hub_far")
	for ((i = 0; i < 60; i++)); do
		far bash -c "(exec 3<>/dev/tcp/10.99.0.2/$far_port) 2>/dev/null" 2>/dev/null && break
		sleep 0.05
	done
	near "$outpost" --home "$work/st" sync --json --via "$2" >"$work/synced" 2>&1
	link_down
	kill $hub_far
	wait $hub_far 2>/dev/null
	grep -q '"complete":true' "$work/synced" || { failed=1 && cat "$work/synced"; }
	up=$(json sent) down=$(json received)
	ms=$(grep -o '"ms":[0-9]*' "$work/synced" | grep -o '[0-9]*$')
}
# NAME URL: adds to the sums
sums() { failed='' up_sum=0 down_sum=0 ip_sum=0 pack_sum=0 trip_sum=0 count=0; }
measure() {
	local at_once
	send "$1" "$2" 0
	at_once=$ms
	up_sum=$((up_sum + up)) down_sum=$((down_sum + down)) ip_sum=$((ip_sum + $(ip_bytes)))
	pack_sum=$((pack_sum + $(packets))) count=$((count + 1))
	send "$1" "$2" 100
	trip_sum=$((trip_sum + (ms - at_once + 100) / 200))
}
# NAME BUDGET
print_row() {
	case $1 in HTTP,*) echo "$1 $((ip_sum / count))" >>"$OUTPOST_BUILD/tests/bench/roads" ;; esac
	row "$1" "$((up_sum / count))+$((down_sum / count))" $((ip_sum / count)) $((pack_sum / count)) \
		$(((trip_sum + count / 2) / count)) "$2${failed:+ FAILED: not all was delivered}"
}

"$outpost" --home "$hub" init --area 511700000000 --name hub --level city --user boss >/dev/null || exit 1
serve_here
# NAME FILE [WHAT...]: lines of a load into that station
load() {
	local name=$1 file=$2
	shift 2
	"$lines" "$loads/$file.ndjson" "$@" >"$work/load"
	bring "$name" "$work/load"
}
all=(many day days idle)
for ((i = 0; i < samples; i++)); do
	area=$("$lines" $loads/w1.ndjson $((i * 2)) 1 | grep -o '"area":"[0-9]*"' | grep -o '[0-9]*')
	station "p${i}x" "$area" village
	all+=("p${i}x")
done
station many 511722118240 village
station day 511722114240 village
station days 511722000000 county
station idle 511722118241 village
load many w1 0 60 511722118240
load day w2 before
load days w3 before
# Twice: what the others brought about is told to each.
for name in "${all[@]}" "${all[@]}"; do quiet "$name"; done
for ((i = 0; i < samples; i++)); do load "p${i}x" w1 $((i * 2)) 2; done
load many w1 60 2 511722118240
load day w2
load days w3
stop_hub

mkdir -p "$OUTPOST_BUILD/tests/bench"
: >"$OUTPOST_BUILD/tests/bench/roads"
head_row "from cold, by the real programs"
http=http://10.99.0.2:8000
sums
measure idle $http
print_row "HTTP, nothing to say" ""
sums
for ((i = 0; i < samples; i++)); do measure "p${i}x" $http; done
print_row "HTTP, W1 (mean of $samples)" "payload <= 520, IP <= 830, trips 2"
sums
measure many $http
print_row "HTTP, W1 after 60 facts of the same village" "with history"
sums
measure day $http
print_row "HTTP, W2" "payload <= 1900, IP <= 2350, trips 2"
sums
measure days $http
print_row "HTTP, W3" "payload <= 42000, IP <= 43000, trips 5"

if ssh_ready; then
	ssh=ssh://$(id -un)@10.99.0.2
	sums
	for ((i = 0; i < samples; i++)); do measure "p${i}x" "$ssh"; done
	print_row "SSH with login, W1 (mean of $samples)" "IP <= 4300, trips 9"
	sums
	measure day "$ssh"
	print_row "SSH with login, W2" "IP <= 5600, trips 9"
	sums
	measure days "$ssh"
	print_row "SSH with login, W3" "IP <= 46000, trips 11"
else
	skip "SSH" "openssh-server is not installed"
fi
