#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Stations whose clocks are wrong, and set right, with the real programs: joining tells the time,
# and what was learnt while the clock was wrong is not put on one that is right.
# Tests also: clock.c fields.c sync_join.c.
# shellcheck source=tests/sync/net.sh
. "$(dirname "$0")/net.sh"

today=$(TZ=CST-8 date +%F)

"$outpost" --home "$here/town" init --area 410882103 --name 柏香镇 --user 镇员 >/dev/null
hub town

# STATION AREA CLOCK
joins() {
	local token
	token=$("$outpost" --home "$here/town" invite --area "$2" --name "$1" --via "$url")
	OUTPOST_NOW=$3 at "$1" join "$token" --user 张三
}

# NAME STATION NUMBER: written today, says the record, and so does what it took from the clock
of_today() {
	ends "$1" 0 "$2" show "$3" --json
	case $out in *"\"found_at\":\"$today"*) true ;; *) false ;; esac
	verdict "$1: found today"
	case $out in *"\"at\":\"$today"*) true ;; *) false ;; esac
	verdict "$1: written today"
}

joins 一村 410882103201 1970-01-01T00:01:00Z
[ "$code" -eq 0 ]
verdict "a clock of 1970 joins"
OUTPOST_NOW=1970-01-01T00:01:30Z hazard 一村 刚入网
of_today "before its first sync" 一村 "$number"
OUTPOST_NOW=1970-01-01T00:02:00Z at 一村 sync
[ "$code" -eq 0 ]
verdict "and syncs"
hazard 一村 对过钟
first=$number
of_today "set right behind our back" 一村 "$first"
ends "it goes up" 0 一村 sync
of_today "at the hub" town "$first"
ends "the hub writes on it" 0 town edit "$first" text=看过
ends "and something of its own" 0 town add report event=D01 stage=first serial=1
of_today "afterwards" town "$first"
ends "a day's report" 0 town list report --csv
has "is of the day" "$today"
lacks "and of no other century" 208

joins 二村 410882103202 2038-02-01T08:00:00Z
OUTPOST_NOW=2038-02-01T08:00:30Z hazard 二村 刚入网
of_today "2038 joins" 二村 "$number"
later=$(date -u -d "+3 days" +%FT%TZ)
joins 三村 410882103203 "$later"
OUTPOST_NOW=$later hazard 三村 刚入网
of_today "three days ahead joins" 三村 "$number"
OUTPOST_NOW=$later at 三村 sync
hazard 三村 钟对了
of_today "and is set right" 三村 "$number"
ends "on to the town" 0 三村 sync
ends "which sees no clock amiss" 0 town show "$number"
lacks "in it" 时钟
# The hub's own edit says nothing of its clock, nor is anything refused for it.
ends "no word of clocks" 0 town list refusal --json
lacks "to anybody" clock
exit $failed
