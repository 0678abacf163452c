#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A broadcast goes to the platform as a file, and what the platform says of it comes back as a step, once.
# Tests also: ebd_out.c ebd_import.c
# Covers: C05
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
export OUTPOST_NOW=2026-07-14T08:00:00+08:00
resource=344108820000000001
"$outpost" init --area 410882103205 --name 王庄村 --user 张三 >/dev/null || exit 1
warning=$("$outpost" add warning event=11B03 severity=red headline='暴雨<红>' text=大雨 expires=2026-07-14T20:00:00+08:00)
first=$("$outpost" add broadcast warning="$warning" text='请立即转移 & 不要返回' times=3)
second=$("$outpost" add broadcast text=试音)
value() { sed -n "s/.*<$1>\([^<]*\)<\/$1>.*/\1/p" "$2"; }

ends "a packet" 0 export "$first" --ebd "$resource" "$here/first.xml"
[ "$(value EBDType "$here/first.xml")" = EBM ] && value EBDID "$here/first.xml" | grep -qE "^10${resource}[0-9]{16}\$"
verdict "with its number"
[ "$(value EBMID "$here/first.xml")" = "${resource}202607140001" ]
verdict "the message with its own"
[ "$(value EventType "$here/first.xml") $(value Severity "$here/first.xml") $(value AreaCode "$here/first.xml")" = "11B03 1 410882103205" ]
verdict "what, how bad and where"
[ "$(value MsgTitle "$here/first.xml") $(value MsgDesc "$here/first.xml")" = "暴雨&lt;红&gt; 请立即转移 &amp; 不要返回" ]
verdict "the words, escaped"
[ "$(value StartTime "$here/first.xml") $(value EndTime "$here/first.xml")" = "2026-07-14 08:00:00 2026-07-14 20:00:00" ]
verdict "until the warning ends"
ends "again" 0 export "$first" --ebd "$resource" --force "$here/first.xml"
[ "$(value EBMID "$here/first.xml")" = "${resource}202607140001" ]
verdict "it is the same message"
ends "another" 0 export "$second" --ebd "$resource" "$here/second.xml"
[ "$(value EBMID "$here/second.xml")" = "${resource}202607140002" ]
verdict "is another"
says "no code" 2 "资源编码" export "$first" --ebd 12a
says "a warning is no broadcast" 5 "广播任务" export "$warning" --ebd "$resource"

# ---- and back: FILE MESSAGE STATE COVER
state() {
	cat >"$1" <<END
<?xml version="1.0" encoding="UTF-8"?>
<EBD><EBDVersion>1.0</EBDVersion><EBDID>10${resource}${RANDOM}</EBDID><EBDType>EBMStateResponse</EBDType>
<SRC><EBRID>$resource</EBRID></SRC><EBDTime>2026-07-14 08:10:00</EBDTime>
<EBMStateResponse><RptTime>2026-07-14 08:10:00</RptTime><EBM><EBMID>$2</EBMID></EBM>
<BrdStateCode>$3</BrdStateCode><BrdStateDesc>平台的话</BrdStateDesc>
<Coverage><CoveragePercent>$4</CoveragePercent><AreaCode>410882103205</AreaCode></Coverage>
<ResBrdInfo><ResBrdItem><EBRBS><BrdStateCode>4</BrdStateCode></EBRBS></ResBrdItem></ResBrdInfo>
</EBMStateResponse></EBD>
END
}
state "$here/playing.xml" "${resource}202607140001" 2 0
says "it plays" 0 "还没有播完" import ebd "$here/playing.xml"
run show "$first" --json
has "nothing is changed by that" '"state":"waiting"'
state "$here/played.xml" "${resource}202607140001" 3 85%
ends "it has been played" 0 import ebd "$here/played.xml" --json
has "which is one step" '"steps":1'
run show "$first" --json
has "played" '"state":"played"'
has "so many in a hundred heard it" '"cover":85'
has "in the platform's words" 平台的话
ends "the same again" 0 import ebd "$here/played.xml" --json
has "changes nothing" '"steps":0,"known":1'
state "$here/failed.xml" "${resource}202607140001" 4 0
says "what was played does not fail afterwards" 5 "已登记播完" import ebd "$here/failed.xml"
state "$here/failed.xml" "${resource}202607140002" 4 "?"
ends "another failed" 0 import ebd "$here/failed.xml"
run show "$second" --json
has "and has" '"state":"failed"'
lacks "with no number that nobody understands" '"cover"'
state "$here/strange.xml" "${resource}202607140077" 3 1
says "a message of somebody else's" 5 "没有发过" import ebd "$here/strange.xml"
says "a packet that says nothing of it" 5 "没有播发状态" import ebd "$here/first.xml"
printf '<!DOCTYPE EBD [<!ENTITY a "b">]><EBD/>' >"$here/bad.xml"
says "a DTD" 5 DTD import ebd "$here/bad.xml"
exit "$failed"
