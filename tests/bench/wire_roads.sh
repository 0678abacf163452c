#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The measured loads through `outpost import json` and `outpost sync`, as somebody outside would send them: payload as the program
# counts it, IP bytes and packets both ways as a link between two namespaces counts them, and round trips as the packets on a
# link of 200 ms tell them: which end had waited for which (tests/net/badlink.c), whatever a busy machine takes.
# From cold each sync dials; on an open connection `outpost sync --watch` has dialled before.
# BENCH_SAMPLES: how many W1 (5).
. "$(dirname "$0")/wire_lib.sh"
samples=${BENCH_SAMPLES:-5}
late=100 # ms each way, for the trips: on a faster link what both say at once would look like an answer
mark=(a b c d e f g h i j k l m n o p q r s t) # names with numbers could be short codes of others
unseen=$OUTPOST_BUILD/tests/bench/unseen1
packing='' # as a link that nobody has measured has it; else how both ends are set

json() { grep -o "\"$1\":[{]*[^}]*\"bytes\":[0-9]*" "$work/synced" | grep -o '[0-9]*$'; }
site_of() { "$outpost" --home "$hub" site show "$1" --json | grep -o '"site":"[^"]*"' | head -1 | cut -d'"' -f4; }
# sshd with the shipped settings, for this user
ssh_ready() {
	sshd=$(PATH=$PATH:/usr/sbin command -v sshd) && command -v ssh-keygen >/dev/null || return 1
	[ "$(id -u)" = 0 ] && mkdir -p /run/sshd
	ssh-keygen -q -t ed25519 -N '' -f "$work/host"
	{
		printf '%s\n' "Port 22" "ListenAddress 10.99.0.2" "HostKey $work/host" "PidFile none" \
			"AuthorizedKeysFile $work/authorized" "StrictModes no" "UsePAM no"
		sed "s|^Match User outpost|Match User $(id -un)|; /AuthorizedKeysFile/d; /^Port /d" config/deploy/sshd_outpost.conf
	} >"$work/sshd_config"
}
# NAME URL DELAY: copies of station and hub, so that it can be done again, a link, and the hub at its far end
begin() {
	local far_port=8000 i
	rm -rf "$work/st" "$work/hubcopy"
	cp -r "$work/$1" "$work/st"
	cp -r "$hub" "$work/hubcopy"
	if [ -n "$packing" ]; then # both have learnt it before, as after their first frame
		for i in "$work/st" "$work/hubcopy"; do
			echo "wire_packing $packing" >>"$i/outpost.conf"
			cp "$OUTPOST_BUILD/model.state" "$i/" 2>/dev/null
		done
	fi
	link_up "delay=$3"
	if [ "${2%%:*}" = ssh ]; then
		far_port=22
		"$outpost" --home "$hub" site show "$1" --json | grep -o '"ssh_key":"[^"]*"' | cut -d'"' -f4 >"$work/line"
		echo "command=\"$outpost --home $work/hubcopy hub --stdio --site $(site_of "$1")\",restrict $(cat "$work/line")" >"$work/authorized"
		echo "10.99.0.2 $(cut -d' ' -f1,2 "$work/host.pub")" >"$work/st/keys/known_hosts"
		nsenter -t "$b" -n "$sshd" -D -f "$work/sshd_config" -E "$work/sshd.log" &
	else
		nsenter -t "$b" -n "$outpost" --home "$work/hubcopy" hub --listen 10.99.0.2:8000 >/dev/null 2>&1 &
	fi
	hub_far=$!
	pids+=("$hub_far")
	for ((i = 0; i < 60; i++)); do
		far bash -c "(exec 3<>/dev/tcp/10.99.0.2/$far_port) 2>/dev/null" 2>/dev/null && break
		sleep 0.05
	done
}
end() {
	link_down
	kill $hub_far
	wait $hub_far 2>/dev/null
	grep -q '"complete":true' "$work/synced" || { failed=1 && result=1 && cat "$work/synced"; }
	up=$(json sent) down=$(json received)
}
# NAME URL DELAY: one sync that dials
cold() {
	begin "$@"
	near "$outpost" --home "$work/st" sync --json --via "$2" >"$work/synced" 2>&1
	end
	ip=$(ip_bytes) pack=$(packets)
}
# Bytes and packets so far, of both ways, at the near end.
so_far() { awk '$1 != "lo:" && /:/ { bytes += $2 + $10; packets += $3 + $11 } END { print bytes + 0, packets + 0 }' "/proc/$a/net/dev"; }
still() { # until nothing has moved for five seconds: a busy sshd says nothing for three in the middle of a login
	local before='' now i quiet=0
	for ((i = 0; i < 60 && quiet < 5; i++)); do
		now=$(so_far)
		if [ "$now" = "$before" ] && [ "${now%% *}" -gt 0 ]; then quiet=$((quiet + 1)); else quiet=0; fi
		before=$now
		sleep 1
	done
}
# NAME URL DELAY FILE: what comes of FILE, over a connection that is there
open_road() {
	local watch i
	begin "$1" "$2" "$3"
	printf 'sync_hold 3600\nsync_every 86400\n' >"$work/st/outpost.conf"
	nsenter -t "$a" -n "$outpost" --home "$work/st" sync --watch --via "$2" >/dev/null 2>"$work/watch.said" &
	watch=$!
	pids+=("$watch")
	still
	kill -STOP $watch # until everything is imported
	rm -rf "$work/open"
	ln -s "$work/st" "$work/open"
	bring open "$4"
	read -r bytes_before packets_before <<<"$(so_far)"
	kill -USR1 "$link_pid"
	: >"$work/st/sync.log"
	kill -CONT $watch
	for ((i = 0; i < 150; i++)); do
		[ -s "$work/st/sync.log" ] && break
		sleep 0.1
	done
	still
	read -r ip pack <<<"$(so_far)"
	ip=$((ip - bytes_before)) pack=$((pack - packets_before))
	kill $watch
	wait $watch 2>/dev/null
	head -n 1 "$work/st/sync.log" >"$work/synced"
	end
}

# Sums over several samples: sums; then for each: once WAY NAME URL [FILE]; then print_row.
sums() { failed='' up_sum=0 down_sum=0 ip_sum=0 pack_sum=0 trips=0 count=0 most=0; }
once() {
	local way=$1 name=$2 url=$3
	"$way" "$name" "$url" 0 "${4:-}"
	up_sum=$((up_sum + up)) down_sum=$((down_sum + down)) ip_sum=$((ip_sum + ip))
	pack_sum=$((pack_sum + pack)) count=$((count + 1))
	[ "$ip" -gt $most ] && most=$ip
	[ $count -gt 1 ] && return # one is enough for the trips
	"$way" "$name" "$url" $late "${4:-}"
	trips=$(number trips)
}
# NAME MOST-PAYLOAD MOST-IP MOST-TRIPS: "" = no such budget
print_row() {
	local mean=$((ip_sum / count))
	beside=''
	[ -n "$2" ] && must payload $(((up_sum + down_sum) / count)) le "$2"
	[ -n "$3" ] && must IP $mean le "$3"
	[ -n "$4" ] && must trips $trips le "$4"
	[ $count -gt 1 ] && beside="$beside (largest $most)"
	case $1 in "HTTP, cold, W"[123]) echo "$1 $mean" >>"$OUTPOST_BUILD/tests/bench/roads" ;; esac
	row "$1" "$((up_sum / count))+$((down_sum / count))" $mean $((pack_sum / count)) \
		$trips "$beside${failed:+ FAILED: not all was delivered}"
}
# ROAD URL FIRST SAMPLES DAY DAYS PAYLOADS IPS TRIPS: the three loads by one way; budgets of W1, W2, W3
three() {
	local name=$1 url=$2 first=$3 n=$4 i
	local -a payload ips trip
	read -ra payload <<<"$7"
	read -ra ips <<<"$8"
	read -ra trip <<<"$9"
	sums
	for ((i = 0; i < n; i++)); do once cold "$first${mark[i]}" "$url"; done
	print_row "$name, W1" "${payload[0]:-}" "${ips[0]:-}" "${trip[0]:-}"
	sums
	once cold "$5" "$url"
	print_row "$name, W2" "${payload[1]:-}" "${ips[1]:-}" "${trip[1]:-}"
	sums
	once cold "$6" "$url"
	print_row "$name, W3" "${payload[2]:-}" "${ips[2]:-}" "${trip[2]:-}"
}
# The same on an open connection.
three_open() {
	local i
	sums
	for ((i = 0; i < 3; i++)); do once open_road "late${mark[i]}" "$2" "$work/load.late${mark[i]}"; done
	print_row "$1, W1" "" 540 1
	sums
	once open_road eday "$2" "$work/load.eday"
	print_row "$1, W2" "" 2000 1
	sums
	once open_road edays "$2" "$work/load.edays"
	print_row "$1, W3" "" 43000 3
}

new_hub hub
# The receipt of a red warning that the station has carries a signature.
station red "$(area_of $loads/w1.ndjson 0)" village
printf '{"kind":"warning","ref":"%s","area":"%s","fields":{"event":"11","severity":"red","identifier":"1","text":"预警"}}\n' \
	"$("$lines" $loads/w1.ndjson 1 1 | sed 's/.*"warning":"\([^"]*\)".*/\1/')" \
	"$(area_of $loads/w1.ndjson 0)" >"$work/load"
bring red "$work/load"
all=(red many day days idle uday udays eday edays)
for ((i = 0; i < samples; i++)); do
	# Spread over the file, so that not the first ones are measured.
	at=$((i * 40 / samples * 2))
	station "past${mark[i]}" "$(area_of $loads/w1.ndjson $at)" village
	station "unseen${mark[i]}" "$(area_of "$unseen/w1.ndjson" $at)" village
	all+=("past${mark[i]}" "unseen${mark[i]}")
done
for i in 0 1 2; do
	station "late${mark[i]}" "$(area_of $loads/w1.ndjson $((i * 6 + 20)))" village
	"$lines" $loads/w1.ndjson $((i * 6 + 20)) 2 >"$work/load.late${mark[i]}"
	all+=("late${mark[i]}")
done
station many 511722118240 village
station day 511722114240 village
station eday 511722114240 village
station days 511722000000 county
station edays 511722000000 county
station idle 511722118241 village
station uday "$(area_of "$unseen/w2.ndjson" 0)" village
station udays "$(area_of "$unseen/w2.ndjson" 0 | cut -c1-6)000000" county
load many $loads/w1.ndjson 0 60 511722118240
for name in day eday; do load $name $loads/w2.ndjson before; done
for name in days edays; do load $name $loads/w3.ndjson before; done
load uday "$unseen/w2.ndjson" before
load udays "$unseen/w3.ndjson" before
# Twice: what the others brought about is told to each.
for name in "${all[@]}" "${all[@]}"; do quiet "$name"; done
for ((i = 0; i < samples; i++)); do
	at=$((i * 40 / samples * 2))
	load "past${mark[i]}" $loads/w1.ndjson $at 2
	load "unseen${mark[i]}" "$unseen/w1.ndjson" $at 2
done
load many $loads/w1.ndjson 60 2 511722118240
load red $loads/w1.ndjson 0 2
load day $loads/w2.ndjson
load days $loads/w3.ndjson
load uday "$unseen/w2.ndjson"
load udays "$unseen/w3.ndjson"
"$lines" $loads/w2.ndjson >"$work/load.eday"
"$lines" $loads/w3.ndjson >"$work/load.edays"
stop_hub

mkdir -p "$OUTPOST_BUILD/tests/bench"
: >"$OUTPOST_BUILD/tests/bench/roads"
head_row "by the real programs (W1: mean of $samples)"
http=http://10.99.0.2:8000
sums
once cold idle $http
print_row "HTTP, cold, nothing to say" "" "" ""
three "HTTP, cold" $http past "$samples" day days "520 1900 42000" "830 2350 43000" "2 2 5"
sums
once cold many $http
print_row "HTTP, cold, W1 after 60 facts of that village" 520 830 2
sums
once cold red $http
print_row "HTTP, cold, W1 of a red warning: signed" 520 830 2
three "HTTP, cold, unseen" $http unseen "$samples" uday udays "520 1900 42000" "830 2350 43000" "2 2 5"
packing=model
three "HTTP, cold, by the model" $http past "$samples" day days "" "570 1550 27000" "2 2 5"
three "HTTP, cold, by the model, unseen" $http unseen "$samples" uday udays "" "" "2 2 5"
packing=''
three_open "HTTP, open" $http
if ssh_ready; then
	ssh=ssh://$(id -un)@10.99.0.2
	three "SSH with login" "$ssh" past 2 day days "" "4300 5600 46000" "9 9 11"
	three_open "SSH, open" "$ssh"
else
	skip "SSH" "openssh-server is not installed"
fi

# The first load: everything comes down.
new_hub registers
station town 511722000000 county
"$lines" $loads/w4.ndjson >"$work/load"
stop_hub
ln -s "$hub" "$work/above"
bring above "$work/load" boss
sums
once cold town $http
print_row "HTTP, cold, W4 pulled" "" "" ""
packing=model
sums
once cold town $http
print_row "HTTP, cold, by the model, W4 pulled" "" 145000 ""
packing=''
if [ -n "${ssh:-}" ]; then
	sums
	once cold town "$ssh"
	print_row "SSH with login, W4 pulled" "" "" ""
fi
exit $result
