#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Warnings go out as alerts and as a feed, and another station that reads them has the same warnings; what was lifted is
# told as lifted.
# Tests also: cap_out.c one.c atom.c
# Covers: K12
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
export OUTPOST_NOW=2026-07-14T08:00:00+08:00
"$outpost" init --area 410882 --name 沁阳市 >/dev/null || exit 1
first=$("$outpost" add warning event=11B03 severity=yellow headline='暴雨<黄色>&预警' text='第一行
第二行' action=转移 identifier=QY-1 areas=410882103000,410882102000 onset=2026-07-14T09:00:00+08:00 expires=2026-07-15T08:00:00+08:00)
second=$("$outpost" add warning event=11B03 severity=red msgtype=update refers=QY-1 identifier=QY-2 headline=暴雨红色预警 text=大 expires=2026-07-15T08:00:00+08:00)
third=$("$outpost" add warning event=11G00 severity=blue status=exercise headline=演练 text=练)

ends "an alert" 0 export "$second" --cap "$here/second.xml"
order=$(grep -oE '<(identifier|sender|sent|status|msgType|scope|references|info)>' "$here/second.xml" | tr -d '<>\n' )
[ "$order" = identifiersendersentstatusmsgTypescopereferencesinfo ]
verdict "in the order of its schema"
grep -q '<msgType>Update</msgType>' "$here/second.xml" && grep -q ',QY-1,2026-07-14T08:00:00+08:00</references>' "$here/second.xml"
verdict "an update names what it updates, by sender and time"
grep -q '<severity>Extreme</severity>' "$here/second.xml" && grep -q '<value>11B03</value>' "$here/second.xml"
verdict "in the protocol's words"
run export "$third" --cap
has "a drill is one" '<status>Exercise</status>'
has "a fire is one" '<category>Fire</category>'
says "over nothing" 1 --force export "$first" --cap "$here/second.xml"
says "a warning is wanted" 5 "预警" export "$("$outpost" add hazard category=H0101 place=堤 text=塌)" --cap
ends "no record" 6 export XX-99 --cap
ends "a feed" 0 export warning --atom "$here/feed.atom"
[ "$(grep -c '<entry>' "$here/feed.atom")" -eq 3 ]
verdict "of three"
says "of warnings alone" 2 预警 export hazard --atom

# ---- another station
fields='"(event|severity|status|msgtype|identifier|onset|expires|headline|text|action|areas)":"[^"]*"'
table() { "$outpost" list warning --json | grep -oE "$fields" | sort; }
mine=$(table)
OUTPOST_HOME=$here/other
"$outpost" init --area 410882 --name 另一县 >/dev/null || exit 1
ends "takes the feed" 0 import cap "$here/feed.atom" --json
has "all of it" '"added":3'
# A drill without an identifier gets that of its record; what has no areas lies where its station is.
table | grep -vE 'identifier.*[0-9a-f]{14}-|"areas":"410882(0*)"' >"$here/theirs"
printf '%s\n' "$mine" | cmp -s - "$here/theirs"
verdict "and has the same"
ends "again" 0 import cap "$here/feed.atom" --json
has "nothing is new" '"added":0'

# ---- lifted
OUTPOST_HOME=$here/station
"$outpost" step "$second" cancel text=雨停 >/dev/null || exit 1
ends "what was lifted" 0 export "$second" --cap "$here/lifted.xml"
grep -q '<msgType>Cancel</msgType>' "$here/lifted.xml" && grep -q ',QY-2,' "$here/lifted.xml"
verdict "is told as a cancel of it"
OUTPOST_HOME=$here/other
ends "the other station reads it" 0 import cap "$here/lifted.xml"
run list warning --state cancelled --json
has "and has it lifted" '"identifier":"QY-2"'
exit "$failed"
