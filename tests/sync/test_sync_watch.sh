#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The watcher: wakes when somebody writes, survives its hub, ends by TERM; budget, hours, programs
# before and after dialling.
# Tests also: sync_limit.c.
# Covers: K02 N8 M73
# shellcheck source=tests/sync/net.sh
. "$(dirname "$0")/net.sh"

"$outpost" --home "$here/town" init --area 410882103 --name 柏香镇 --user 镇员 >/dev/null
hub town
enrol village 410882103205 王庄村 "$url" town

# SECONDS COMMAND...: until it succeeds.
within() {
	local until=$((SECONDS + $1))
	shift
	until "$@"; do
		[ $SECONDS -ge $until ] && return 1
		sleep 0.2
	done
}
town_has() {
	at town list hazard --json
	case $out in *"$1"*) true ;; *) false ;; esac
}

"$outpost" --home "$here/village" sync --watch --json >"$here/watch.out" 2>"$here/watch.err" &
watch=$!
children="$children $watch"
within 5 test -s "$here/village/sync.lock" -o -e "$here/village/sync.lock"
hazard village
within 6 town_has "$number"
verdict "what is written goes up by itself"
# Its end of the open connection.
held() { awk -v port=":$(printf %04X "$port")\$" '$3 ~ port && $4 == "01" { print $2 }' /proc/net/tcp; }
first=$(held)
hazard village 桥头
within 6 town_has "$number"
[ -n "$first" ] && [ "$(held)" = "$first" ]
verdict "what comes soon after goes over the same connection"
kill -9 "$hub"
wait "$hub" 2>/dev/null
hub town "$port"
hazard village 路口
within 3 town_has "$number"
verdict "a connection whose hub has died is made anew at once"
echo "sync_hold 0" >"$here/village/outpost.conf"
hazard village 井台
within 6 town_has "$number"
within 3 test -z "$(held)"
verdict "none is kept where none is wanted"
rm "$here/village/outpost.conf"
kill "$hub"
wait "$hub"
hazard village 沟口
sleep 1.5
kill -0 $watch
verdict "a hub that is gone ends nothing"
hub town "$port"
at village today --json
# An alarm cuts the waiting after a failure short; anything else waits its time.
"$outpost" --home "$here/village" add report event=D01 stage=first affected=3 >/dev/null
within 12 town_has "$number"
verdict "an alarm wakes it"
kill $watch
wait $watch
code=$?
[ $code -eq 0 ]
verdict "TERM ends it in order"
grep -q '"complete":true' "$here/watch.out"
verdict "a line for each round that moved something"
[ -s "$here/village/sync.log" ]
verdict "and in its log"

conf=$here/village/outpost.conf
cat >"$here/before" <<X
#!/bin/sh
echo "before \$1" >>"$here/calls"
X
cat >"$here/after" <<X
#!/bin/sh
echo "after \$1 \$2" >>"$here/calls"
X
chmod +x "$here/before" "$here/after"
printf 'sync_before %s\nsync_after %s\n' "$here/before" "$here/after" >"$conf"
ends "a program before and after" 0 village sync
[ "$(cat "$here/calls")" = "before $url
after $url done" ]
verdict "in their order"
printf '#!/bin/sh\nexit 1\n' >"$here/before"
hazard village 坝上
ends "no dial tone" 3 village sync
# A dialler that hangs, with what it has started: the next way has its turn.
printf '#!/bin/sh\nsleep 600 & echo $! >%s\nwait\n' "$here/dialler" >"$here/before"
echo "sync_hook 1" >>"$conf"
ends "a dialler that hangs" 3 village sync
within 3 sh -c "! kill -0 $(cat "$here/dialler") 2>/dev/null"
verdict "is ended with all that it started"

echo "sync_budget 1" >"$conf"
ends "over the budget only an alarm is dialled for" 3 village sync
ends "and not dialled for otherwise" 0 village sync --plan --json
has "it waits" '"loop":{"facts":1,'
"$outpost" --home "$here/village" add report event=D01 stage=first affected=4 >/dev/null
ends "an alarm goes" 0 village sync --json
has "but nothing else" '"complete":false'
has "and why is said" '"error":"今天的流量'
at village sync --plan --json
has "the hazard still waits" '"loop":{"facts":1,'
has "the alarm does not" '"alarm":{"facts":0,'

hour=$(TZ=UTC-8 date +%H)
printf 'sync_window %02d:00-%02d:00\n' $(((10#$hour + 2) % 24)) $(((10#$hour + 3) % 24)) >"$conf"
ends "outside of the hours" 3 village sync
printf 'sync_window %02d:00-%02d:00\n' $(((10#$hour + 23) % 24)) $(((10#$hour + 2) % 24)) >"$conf"
ends "inside of them" 0 village sync --json
has "everything goes" '"complete":true'

# ---- each way has its own
printf 'way %s name=卫星 bytes=1 cost=8.5/MB\n' "$url" >"$conf"
hazard village 桥尾
ends "its share of the day used up, only an alarm is dialled for" 3 village sync
printf 'way http://elsewhere bytes=1\n' >"$conf"
ends "another way's share is not its own" 0 village sync --json
printf 'way %s hours=%02d:00-%02d:00\n' "$url" $(((10#$hour + 2) % 24)) $(((10#$hour + 3) % 24)) >"$conf"
hazard village 桥南
ends "outside of its hours" 3 village sync
printf 'way %s name=卫星 lanes=alarm minutes=600 cost=8.5/MB\n' "$url" >"$conf"
ends "a way for what is urgent is dialled, for what comes" 0 village sync --json
has "but leaves the rest" '"complete":false'
has "and says why" '这条线路不送这一类'
at town add casebook title=北山滑坡 text=2021年北山滑坡
at town add order text=各村上报 to=410882103205
ends "an order comes over it" 0 village sync --json
at village list order --json
has "what is urgent is there" 各村上报
at village list casebook --json
lacks "what is not for that way is not" 北山滑坡
at village doctor
has "what it costs is told" "卫星 每天600分钟 只送警报 8.50元/MB 今天约0."
# Thirty hazards and one call's share of 600 bytes: what goes over is one frame.
for place in $(seq 30); do printf '{"kind":"hazard","fields":{"category":"H0101","grade":"G","place":"%s号桥","text":"%s"}}\n' "$place" "$(head -c 150 /dev/urandom | base64 -w 0)"; done >"$here/many.json"
at village import json "$here/many.json"
printf 'sync_slow on\nway %s call=600\n' "$url" >"$conf"
ends "so much and no more goes in one call" 0 village sync --json
has "not all of it" '"complete":false'
has "and it says so" '这一次的流量用完了'
bytes=$(sed -n 's/.*"sent":{"facts":[0-9]*,"bytes":\([0-9]*\).*/\1/p' <<<"$out")
[ -n "$bytes" ] && [ "$bytes" -lt 4000 ]
verdict "the call ended with the frame that used it up"
rm "$conf"
ends "the rest goes when nothing is said of it" 0 village sync --json
has "all of it" '"complete":true'
at village list casebook --json
has "and the rest comes" 北山滑坡
exit $failed
