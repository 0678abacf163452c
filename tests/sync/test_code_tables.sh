#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A village with the code tables of two years ago and a township with new ones: what either writes under a code that the
# other has not got is kept, shown by its code, found, worked on and passed on, and nothing of it is dropped or changed.
# Covers: T6 K08
# shellcheck source=tests/sync/net.sh
. "$(dirname "$0")/net.sh"
stick=$here/stick
old=$PWD/config new=$here/new
[ -f "$old/codes.tsv" ] || old=$(cd "$(dirname "$0")/../.." && pwd)/config
mkdir "$stick" "$new"
# Version 3: a kind of hazard is gone, one is new, one has another name.
cp "$old"/*.conf "$old"/areas.tsv "$old"/office.tsv "$new"/
awk -F'\t' -v OFS='\t' '$1 == "hazard_category" {
		if ($2 == "H0101") next
		if ($2 == "H0102") $3 = "蓄水工程"
		print
		if ($2 == "H0102") print "hazard_category", "H0177", "低空风险", "low flight", "H01", 25, "test"
	}' "$old/codes.tsv" >"$new/codes.tsv"
v() { OUTPOST_CONFIG=$old at village "$@"; }
t() { OUTPOST_CONFIG=$new at town "$@"; }
ended() { # NAME CODE
	[ "$code" -eq "$2" ] || echo "$err"
	[ "$code" -eq "$2" ]
	verdict "$1"
}
up() { v pack --force "$here/up.opc" && t unpack "$here/up.opc"; }
down() { t pack --force "$here/down.opc" --to 王庄村 && v unpack "$here/down.opc"; }

t init --area 410882103 --name 柏香镇 --user 镇员
t invite --area 410882103205 --name 王庄村
token=$out
v join "$token" --user 张三
v join "$token" --via "file:$stick"
t unpack "$stick"
v join "$token" --via "file:$stick"

v add hazard category=H0101 place=村东桥下 text=淤塞 grade=G
first=$out
v add hazard category=H0102 place=后塘 text=渗水 grade=G
second=$out
up
t show "$first" --json
has "a code that the township has not got stays" '"category":"H0101"'
t show "$first"
has "and is shown as it is" H0101
t list hazard category=H0101 --json
has "and found" "$first"
t export hazard --csv
has "and goes out" H0101
t step "$first" assign track=owner owner=水利站 owner_due=2030-01-01
ended "and is worked on" 0
t edit "$first" place=村东石桥下
ended "another field of it is mended" 0
t show "$second"
has "a code with another name has the new one here" 蓄水工程
t add hazard category=H0101 place=甲 text=乙 grade=G
ended "nobody writes the old one anew here" 5
t add hazard area=410882103205 category=H0177 place=麦场 text=无人机撞线 grade=G
third=$out
ended "but the new one" 0
down
v show "$third" --json
has "a code that the village has not got stays" '"category":"H0177"'
v show "$third"
has "and is shown as it is there" H0177
v list hazard
has "in the list as well" H0177
v step "$third" progress text=已清障
ended "and is worked on there" 0
v show "$first" --json
has "what came back has its code" '"category":"H0101"'
has "and the mended place" 村东石桥下
v show "$second"
has "the village keeps its own name for the other" 水库山塘
v rebuild
ended "the village makes its rows again" 0
up
t show "$third" --json
has "back at the township it is what it was" '"category":"H0177"'
has "with what the village did" 已清障
v find H0177
has "found by its code" "$third"
# The village gets the new tables: the same record has its name.
OUTPOST_CONFIG=$new at village show "$third"
has "with the new tables it has its name" 低空风险
t check
ended "the township is sound" 0
v check
ended "the village is sound" 0
exit $failed
