#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Power goes while a village clears what its township and its county have both proven to hold: each
# record is there whole or has left whole, the files are sound, and clearing goes on where it stopped.
# A township that only says that the county holds something clears nothing.
# Covers: N20
# Tests also: cmd_prune.c
# shellcheck source=tests/crash/lib.sh
. "$(dirname "$0")/lib.sh"

hubs=
hubs_end() {
	local hub
	for hub in $hubs; do
		kill "$hub" 2>/dev/null && wait "$hub" 2>/dev/null
	done
	hubs=
}
trap 'hubs_end; rm -rf "$work"' EXIT
hub_of() { # DIR: $url
	local port=
	"$OUTPOST_BUILD/outpost-hub" --store "$1" --listen 127.0.0.1:0 >"$1.port" 2>"$1.err" &
	hubs="$hubs $!"
	for _ in $(seq 200); do
		port=$(sed -n 's/.*127\.0\.0\.1:\([0-9]*\).*/\1/p' "$1.port")
		[ -n "$port" ] && break
		sleep 0.02
	done
	url=http://127.0.0.1:$port
}
o() { # DIR ARGS...
	local dir=$1
	shift
	"$outpost" --home "$dir" "$@"
}
joined() { # DIR AREA NAME ABOVE
	o "$1" join "$(o "$4" invite --area "$2" --name "$3" --via "$url")" --user 张三 >/dev/null
}

cp -r config "$work/config"
echo 'keep duty valid,void 0' >>"$work/config/rules.conf"
export OUTPOST_CONFIG=$work/config
county=$work/county town=$work/town village=$work/village
o "$county" init --area 410882 --name 沁阳市 >/dev/null
hub_of "$county"
joined "$town" 410882103 柏香镇 "$county"
hub_of "$town"
joined "$village" 410882103205 西彰村 "$town"
long=$(printf '记%.0s' $(seq 150))
for n in $(seq 400); do printf '{"kind":"duty","fields":{"type":"note","text":"第%s条%s"}}\n' "$n" "$long"; done >"$work/many.json"
o "$village" import json "$work/many.json" >/dev/null
lines() { o "$1" list duty --json | grep -c '"number"'; }
held() { o "$1" prune --json | grep '"kind":"duty"' | sed 's/.*"held":\([0-9]*\).*/\1/'; }
sleep 1.1 # a second old
[ "$(held "$village")" = 0 ]
said "what nobody above has stays" $? "before the first sync"
o "$village" sync >/dev/null
[ "$(held "$village")" = 0 ]
said "what the township alone holds stays" $? "one level"
o "$town" sync >/dev/null
o "$village" sync >/dev/null
all=$(held "$village")
[ "${all:-0}" -ge 100 ]
said "what both hold may go" $? "${all:-none} of 400"
hubs_end

rm -rf "$work/station"
cp -R "$village" "$work/station"
with_shim shim_power
rm -rf "$home"
cp -R "$work/station" "$home"
under_shim prune --yes
total=$(od -An -tu8 "$work/count" | tr -d ' ')
left=$(lines "$home")
[ "$left" -eq $((400 - all)) ]
said "it goes" $? "$left of 400 are left"
every=$(stride "$total" 30)
bad=0 runs=0
for ((at = 1; at <= total; at += every)); do
	with_shim shim_power SHIM_AT="$at" SHIM_SEED="$at"
	fresh
	under_shim prune --yes
	there=$(lines "$home")
	gone=$(o "$home" check --json | sed -n 's/.*"gone":\([0-9]*\).*/\1/p')
	if ! o "$home" check >/dev/null 2>"$work/errors" || [ $((there + gone)) -ne 400 ]; then
		echo "at $at: $there there, ${gone:-?} gone: $(head -c 300 "$work/errors")"
		bad=$((bad + 1))
	fi
	o "$home" prune --yes >/dev/null 2>"$work/errors" || bad=$((bad + 1))
	[ "$(lines "$home")" -eq $((400 - all)) ] || bad=$((bad + 1))
	runs=$((runs + 1))
done
said "power loss while clearing" $bad "$runs runs of $total calls"
[ "$(lines "$county")" -eq 400 ]
said "the county has all of it" $? "400 lines"
exit $result
