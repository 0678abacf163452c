#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A flood night over a county, a township and three villages with 400 households: a red warning is signed, every household is
# told or not, those in danger leave and stay in shelters, villages report, the township merges, the county reads. At the end
# every sum is the same at every level, and the same as what was written.
# Tests also: figures.c homes.c losses.c losses_write.c leaving.c
# shellcheck source=tests/sync/net.sh
. "$(dirname "$0")/net.sh"
villages="v1 v2 v3"

# HH:MM: so late it is, for the hubs, too.
at_night() {
	local child
	export OUTPOST_NOW="2026-07-14T$1:00+08:00"
	for child in $children; do
		kill "$child" 2>/dev/null && wait "$child" 2>/dev/null
	done
	children=
	hub county "$county_port"
	hub town "$town_port"
}

all_sync() {
	local village
	for village in $villages town $villages town $villages; do "$outpost" --home "$here/$village" sync --once >/dev/null 2>&1; done
}

# STATION NAME: the sum of that name there.
sum() { "$outpost" --home "$here/$1" count "$2" | awk 'NR == 2 { print $2 }'; }

# NAME COUNT WANTED [LEVELS]: villages together, township and county say the same.
agrees() {
	local village below=0 town county
	for village in $villages; do below=$((below + $(sum "$village" "$2"))); done
	town=$(sum town "$2") county=$(sum county "$2")
	[ "$below $town $county" = "$3 $3 $3" ] || echo "villages $below, township $town, county $county: not $3"
	[ "$below $town $county" = "$3 $3 $3" ]
	verdict "$1"
}

export OUTPOST_NOW=2026-07-14T01:00:00+08:00
"$outpost" --home "$here/county" init --area 410882 --name 沁阳市 --user 县员 >/dev/null
hub county
county_port=$port
enrol town 410882103 柏香镇 "$url" county
hub town
town_port=$port
enrol v1 410882103201 柏香二街村 "$url" town
enrol v2 410882103203 伏背村 "$url" town
enrol v3 410882103205 西彰村 "$url" town

# 400 households, of one to six people each; every tenth in a danger zone.
homes=0 people=0 endangered=0 moved=0
for village in $villages; do
	count=133
	[ "$village" = v3 ] && count=134
	at "$village" add point name=北坡崖头 type=fall risk=1
	point=$out
	at "$village" add shelter name=村部 capacity=150
	{
		echo 户主,组别,人口,危险区
		for n in $(seq $count); do
			heads=$((n % 6 + 1)) zone=
			homes=$((homes + 1)) people=$((people + heads))
			if [ $((n % 10)) -eq 0 ]; then zone=$point endangered=$((endangered + heads)) moved=$((moved + 1)); fi
			echo "户$n,$((n % 4 + 1))组,$heads,$zone"
		done
	} >"$here/$village.csv"
	ends "$village: the register is read from a table" 0 "$village" import csv "$here/$village.csv" --kind household
done
all_sync
agrees "400 households at every level" homes 400
agrees "and as many people" people $people
agrees "and as many in danger" endangered $endangered

# A red warning: signed by each village, and told to each household but every seventh.
at_night 02:00
at county add warning event=11B03 severity=red headline=暴雨红色预警 expires=+6h
warning=$out
all_sync
told=0 told_people=0
for village in $villages; do
	ends "$village: the warning is signed" 0 "$village" step "$warning" sign
	"$outpost" --home "$here/$village" list household --json |
		sed -n 's/.*"number":"\([^"]*\)".*"people":\([0-9][0-9]*\).*/\1 \2/p' >"$here/$village.homes"
	awk -v w="$warning" 'NR % 7 { printf "{\"kind\":\"relay\",\"fields\":{\"warning\":\"%s\",\"household\":\"%s\",\"people\":%s,\"result\":\"told\",\"method\":\"visit\"}}\n", w, $1, $2 }' \
		"$here/$village.homes" >"$here/$village.told.json"
	ends "$village: households are told" 0 "$village" import json "$here/$village.told.json"
	told=$((told + $(awk 'NR % 7' "$here/$village.homes" | wc -l)))
	told_people=$((told_people + $(awk 'NR % 7 { n += $2 } END { print n }' "$here/$village.homes")))
done
all_sync
agrees "households told" told $told
agrees "people told" people_told $told_people

# Those in danger are ordered away; all arrive but the first of each village, who is not found.
at_night 02:20
arrived=0
for village in $villages; do
	at "$village" add evacuation who=北坡崖头 due=03:20 where=村部 leader=张三 point=北坡崖头 warning="$warning"
	verdict "$village: the order is given"
	"$outpost" --home "$here/$village" list transfer --json |
		sed -n 's/.*"number":"\([^"]*\)".*"people":\([0-9][0-9]*\).*/\1 \2/p' >"$here/$village.leave"
	first=1
	while read -r number heads; do
		[ $first = 1 ] || at "$village" step "$number" arrive
		[ $first = 1 ] || arrived=$((arrived + heads))
		first=0
	done <"$here/$village.leave"
done
all_sync
listed=$(cat "$here"/v?.leave | wc -l)
[ "$listed" -eq "$moved" ]
verdict "whoever lives in a danger zone is on the list"
for station in county town; do
	at $station list transfer --csv
	[ "$(grep -c ',arrived,' <<<"$out")" -eq $((moved - 3)) ]
	verdict "$station: all have arrived but three households"
done

# Each village reports; the township adds up and reports; the county reads the same.
at_night 05:00
affected=0 left=0
for village in $villages; do
	n=$(awk '{ n += $2 } END { print n }' "$here/$village.homes")
	gone=$(awk 'NR > 1 { n += $2 } END { print n }' "$here/$village.leave")
	ends "$village reports" 0 "$village" add report event=D01 stage=first affected="$n" dead=0 missing=0 moved="$gone" houses_damaged=2
	affected=$((affected + n)) left=$((left + gone))
done
[ $left -eq $arrived ]
verdict "what they report as moved is what was ticked"
all_sync
at town report
has "the township's sums" " $affected  0    0    .    $left "
at town report merge
merged=${out%% *}
all_sync
at county show "$merged" --json
has "the county reads who is affected" "\"affected\":$affected,"
has "and who was moved" "\"moved\":$left,"
has "and the houses" '"houses_damaged":6'
at county report
has "and has the same sums" " $affected  0    0    .    $left "

# A village that finds one more family says so; the sums follow at every level.
at_night 05:30
read -r number heads <"$here/v2.leave"
ends "the last family of a village is found" 0 v2 step "$number" arrive
first=$("$outpost" --home "$here/v2" list report --json | sed -n 's/.*"number":"\([^"]*\)".*/\1/p')
ends "it reports that" 0 v2 add report event=D01 stage=follow first="$first" moved=$((gone = heads + $(awk 'NR > 1 { n += $2 } END { print n }' "$here/v2.leave"))) affected="$(awk '{ n += $2 } END { print n }' "$here/v2.homes")" dead=0 missing=0
all_sync
at town report merge
all_sync
at county report
has "the county's sums have followed" " $affected  0    0    .    $((left + heads)) "
for station in v1 v2 v3 town county; do
	ends "$station: nothing is damaged" 0 $station check
done
exit "$failed"
