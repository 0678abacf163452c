#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What files of warnings say beside "here is one": updates, cancels, the same again, sorts that nobody knows. A cancel
# begins nothing, the same file twice is one warning, and what cannot be tied lifts nothing.
# Covers: C01 C06 W9.6 T11
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
export OUTPOST_NOW=2026-07-14T08:00:00+08:00
"$outpost" init --area 410882103 --name 柏香镇 --user 崔丽娟 >/dev/null

# FILE ID TYPE SEVERITY MINUTE REFERENCES [STATUS]
message() {
	cat >"$here/$1" <<END
<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>$2</identifier><sender>bureau</sender>
<sent>2026-07-14T07:$5:00+08:00</sent><status>${7:-Actual}</status><msgType>$3</msgType><scope>Public</scope>
<references>$6</references><info><language>zh-CN</language><category>Met</category><event>暴雨</event>
<urgency>Immediate</urgency><severity>$4</severity><certainty>Likely</certainty>
<expires>2026-07-14T14:00:00+08:00</expires><headline>$2号暴雨预警</headline>
<area><areaDesc>柏香镇</areaDesc><geocode><valueName>code</valueName><value>410882103</value></geocode></area>
</info></alert>
END
}
takes() { # NAME CODE FILE
	run import cap "$here/$3"
	[ "$code" -eq "$2" ]
	verdict "$1"
}
active() { run list warning --state active --json; }
waits() { run today --json; }

message a.xml A Alert Severe 00 ''
takes "a first one is taken" 0 a.xml
waits
has "and is to be signed" 'A号暴雨预警'
takes "the same file again is no failure" 0 a.xml
active
[ "$(printf '%s' "$out" | grep -c '"identifier":"A"')" = 1 ]
verdict "and no second warning"
message b.xml B Update Extreme 10 'bureau,A,2026-07-14T07:00:00+08:00'
takes "an update" 0 b.xml
active
lacks "takes the place of what it names" '"identifier":"A"'
has "and is in force itself" '"identifier":"B"'
waits
has "it is signed like a first one" 'B号暴雨预警'
lacks "the old one no more" 'A号暴雨预警'
message c.xml C Cancel Extreme 20 'bureau,A,2026-07-14T07:00:00+08:00 bureau,B,2026-07-14T07:10:00+08:00'
takes "a cancel of both" 0 c.xml
active
has "leaves nothing in force" '[]'
waits
has "that it is over is signed" 'C号暴雨预警'
run today
lacks "and rings nowhere" '现在'
message d.xml D Cancel Severe 30 'bureau,X,2026-07-14T07:00:00+08:00'
message e.xml E Alert Severe 25 ''
takes "another one" 0 e.xml
takes "a cancel of one that is not here" 0 d.xml
active
has "lifts nothing else" '"identifier":"E"'
message f.xml F Update Severe 35 'bureau,Y,2026-07-14T07:00:00+08:00'
takes "an update of one that is not here" 0 f.xml
active
has "stands for itself" '"identifier":"F"'
has "says that it is not tied" '"doubt":"untied"'
has "and ends nothing else" '"identifier":"E"'
# What machines tell each other is left out and said; what is no such type is a bad file.
for type in Ack Error; do
	message g.xml G "$type" Severe 40 ''
	takes "of type $type" 0 g.xml
	has "nothing is taken of it" '新增 0 条记录'
done
for type in Shout ''; do
	message g.xml G "$type" Severe 40 ''
	takes "of type \"$type\" it is not taken" 5 g.xml
done
message h.xml H Alert Severe 45 '' Exercise
takes "one of a drill is taken" 0 h.xml
run list warning identifier=H --json
has "and says that it is one" '"status":"exercise"'
message i.xml I Alert Severe 50 '' Draft
takes "a draft" 0 i.xml
has "is left out" '新增 0 条记录'
active
lacks "and leaves nothing" '"identifier":"I"'
lacks "nor did the others" '"identifier":"G"'
exit "$failed"
