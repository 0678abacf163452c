#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A village's hazard stays below, for its way and its county's are for alarms and reports alone; a city asks for that one
# record. It comes over four levels, whole, and both ends hold who asked, why, and that it was given. Nobody else's does.
# Tests also: cmd_fetch.c fetched.c
# shellcheck source=tests/sync/net.sh
. "$(dirname "$0")/net.sh"

"$outpost" --home "$here/city" init --area 4108 --name 焦作市 --level city --user 市员 >/dev/null
hub city
city=$url
enrol county 410882 沁阳市 "$url" city
hub county

enrol town 410882103 柏香镇 "$url" county
hub town
enrol village 410882103205 西彰村 "$url" town
for station in village town county; do at "$station" sync; done
for station in town county; do at "$station" sync; done
printf 'way %s name=卫星 lanes=alarm,report\n' "$url" >"$here/village/outpost.conf"
printf 'way %s name=专线 lanes=alarm,report\n' "$city" >"$here/county/outpost.conf"
hazard village
asked=$number
at village step "$asked" assign track=owner owner=村委会 owner_due=2026-12-20
at village add tip subject=夜里倒渣土 giver=秦国庆
tip=$out
hazard village 另一处
up() { for station in village town county; do at "$station" sync; done; }
up
id=$("$outpost" --home "$here/village" show "$asked" --json | sed -n 's/.*"id":"\([^"]*\)".*/\1/p')
ends "it is not at the city" 6 city show "$id"

"$outpost" --home "$here/city" user add 观察员 role=R15 >/dev/null
ends "not everybody may ask" 4 city --user 观察员 fetch "$id" 看看
ends "nor without a reason" 2 city --user 市员 fetch "$id"
ends "nor of who stands beside or above" 4 county fetch "$("$outpost" --home "$here/city" add hazard --user 市员 category=H0101 grade=G place=市里 text=堵)" 为什么
ends "nor for nobody's record" 6 city --user 市员 fetch ZZZ-9 为什么
ends "somebody who may asks" 0 city --user 市员 fetch "$id" 省里督办
ends "it goes down" 0 county sync
ends "to the township" 0 town sync
up
up
ends "it has come" 0 city show "$id" --history --json
has "whole" '"place":"桥下"'
has "with what was done about it" '村委会'
at city list hazard --json
lacks "and no other" 另一处
at city list tip --json
lacks "nor what is private" '"kind"'
for station in county town village; do at "$station" sync; done
at city list fetch --json
has "the city knows that it was given" '"state":"given"'
request=$(printf '%s' "$out" | sed -n 's/.*"id":"\([^"]*\)".*/\1/p')
at county show "$request" --history --json
has "so does the county, and by whom it was asked" '"by":"市员"'
has "and why" 省里督办
at village list fetch --json
has "and the village whose it is" '"state":"given"'
ends "once more is not asked" 0 city --user 市员 fetch "$id" 再看
case $err in *已在本站*) true ;; *) false ;; esac
verdict "for it is there"

# A station below asks in the county's stead: nothing goes up for that.
hazard county 县里的
id=$("$outpost" --home "$here/county" show "$number" --json | sed -n 's/.*"id":"\([^"]*\)".*/\1/p')
ends "a township writes such a request" 0 town add fetch record="$id" reason=试试
for station in town county town county; do at "$station" sync; done
at city list hazard --json
lacks "and the city gets nothing by it" 县里的

# What was asked for can be given up.
ends "the county's own is asked for" 0 city --user 市员 fetch "$id" 核对
number=$(printf '%s' "$out" | grep -o '[A-Z]*-[0-9]*' | head -n 1)
ends "and no more" 0 city --user 市员 step "$number" withdraw
for station in county city county; do at "$station" sync; done
at city list hazard --json
lacks "then it does not come" 县里的

# What only goes up comes as any other, to who may ask.
tip=$("$outpost" --home "$here/village" show "$tip" --json | sed -n 's/.*"id":"\([^"]*\)".*/\1/p')
at city --user 市员 fetch "$tip" 信访核查
for station in county town village county town village; do at "$station" sync; done
up
at city list tip --json
has "a tip that was asked for" '"subject":"夜里倒渣土"'
