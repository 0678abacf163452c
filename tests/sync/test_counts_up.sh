#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A village whose way is for alarms and reports alone: its rounds and hazards stay below, and how many
# they are is known above all the same, and said to be its word. Once the records come, nothing is
# counted twice. Which station is how far behind is told as well.
# Covers: N34 M96 J01
# Tests also: digest.c digest_say.c
# shellcheck source=tests/sync/net.sh
. "$(dirname "$0")/net.sh"
number_of() { # STATION COUNT
	"$outpost" --home "$here/$1" count "$2" | awk -v name="$2" '$1 == name { print $2 }'
}
behind() { "$outpost" --home "$here/$1" site list --json | sed -n 's/.*"behind":\([0-9]*\).*/\1/p' | head -n 1; }

"$outpost" --home "$here/county" init --area 410882 --name 沁阳市 >/dev/null
hub county
enrol town 410882103 柏香镇 "$url" county
hub town
enrol village 410882103205 西彰村 "$url" town
at village sync
at town sync
[ "$(behind town)" ]
verdict "how far the village is behind is told"
conf=$here/village/outpost.conf
printf 'way %s name=卫星 lanes=alarm,report\n' "$url" >"$conf"
point=$("$outpost" --home "$here/village" add point name=涵洞 risk=2)
at village add patrol "point=$point" result=ok
at village add patrol "point=$point" result=ok
hazard village
[ "$(number_of village patrols_year)" = 2 ]
verdict "two rounds at the village"
at village sync
at town list patrol --json
lacks "they stay below" '"number"'
[ "$(number_of town patrols_year)" = 2 ]
verdict "the township knows how many"
at town count patrols_year
has "and says that it is the word of below" 没上来
[ "$(number_of town found)" = 1 ]
verdict "hazards as well"
at village list digest --json
first=$out
at village sync
at village list digest --json
[ "$out" = "$first" ]
verdict "it is not said again when nothing has changed"
at town sync
[ "$(number_of county patrols_year)" = 2 ]
verdict "so does the county"
rm "$conf"
at village sync
at town sync
[ "$(number_of town patrols_year)" = 2 ] && [ "$(number_of county patrols_year)" = 2 ]
verdict "the records come, and are not counted twice"
at town count patrols_year
lacks "nothing is below any more" 没上来
# A way for all lanes, but a call may cost so little that the rounds do not get through for days.
for n in $(seq 150); do printf '{"kind":"patrol","fields":{"point":"%s","result":"ok","text":"第%s次 水位正常 堤坡无异常"}}\n' "$point" "$n"; done >"$here/rounds"
at village import json "$here/rounds"
printf 'way %s name=卫星 call=1500\n' "$url" >"$conf"
OUTPOST_NOW=$(date -d '+5 hours' +%Y-%m-%dT%H:%M:%S%:z) at village sync
at town list patrol --json
[ "$(printf '%s\n' "$out" | grep -c '"number"')" -lt 152 ] && [ "$(number_of town patrols_year)" = 152 ]
verdict "where records do not get through soon, their number does"
rm "$conf"
at village sync
[ "$(number_of town patrols_year)" = 152 ]
verdict "and is not counted twice when they come"
at village list hazard --json
crack=$(printf '%s\n' "$out" | sed -n 's/.*"number":"\([^"]*\)".*/\1/p' | head -n 1)
at village step "$crack" fixed text=当场修好
at village sync
[ "$(number_of village hazards_open)" = 0 ] && [ "$(number_of town hazards_open)" = 0 ]
verdict "an old word of what was open adds nothing once the records have come"
at town add order text=各村上报 to=410882103205
[ "$(behind town)" -ge 1 ]
verdict "what the village has not got yet"
at village sync
at village sync
[ "$(behind town)" = 0 ]
verdict "it has all"
exit $failed
