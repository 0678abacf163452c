#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Alerts as they should not be: none is lost, closed or aimed in silence.
# Covers: C11
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
export OUTPOST_NOW=2026-07-14T06:33:32+08:00

# Another station, as the first one was.
afresh() {
	rm -rf "$OUTPOST_HOME"
	"$outpost" init --area 410882103 --name 柏香镇 --user 张三 >/dev/null || exit 1
}

# EVENT SEVERITY HEADLINE [MORE]: an info block; MORE stands before the area.
info() {
	printf '<info><event>%s</event><urgency>Immediate</urgency><severity>%s</severity>' "$1" "$2"
	printf '<senderName>%s</senderName><headline>%s</headline>%s' "${sender:-沁阳市气象台}" "$3" "${4-}"
	printf '<area><areaDesc>%s</areaDesc>%s</area></info>' "${place:-柏香镇}" "${code-<geocode>410882103000</geocode>}"
}

# ID HOUR TYPE REFERENCES INFO...: an alert.
alert() {
	printf '<alert><identifier>%s</identifier><sender>qx@qinyang</sender>' "$1"
	printf '<sent>2026-07-14T0%s:00:00+08:00</sent><status>%s</status>' "$2" "${status:-Actual}"
	printf '<msgType>%s</msgType><references>%s</references>' "$3" "$4"
	shift 4
	printf '%s' "$@"
	printf '</alert>'
}

# NAME: what stands on stdin is a file, and is taken.
taken() {
	cat >"$here/$1.xml"
	run import cap "$here/$1.xml"
	echo "$code" >"$here/code" # behind a pipe variables are lost
}

# What the last import said, in $out.
said() {
	out=$(cat "$here/err")
	[ "$(cat "$here/code")" -eq 0 ]
	verdict "$1"
}

# IDENTIFIER: its record, in $out.
record() {
	run list warning identifier="$1" --json
}

rain=$(info 11B03 Extreme 沁阳市气象台发布暴雨红色预警)
wind=$(info 11B06 Extreme 沁阳市气象台发布大风红色预警)
yellow=$(info 11B03 Moderate 沁阳市气象台发布暴雨黄色预警)

afresh
alert A1 4 Alert "" "$yellow" "$wind" | taken a1
alert A2 5 Update "qx@qinyang,A1,2026-07-14T04:00:00+08:00" "$yellow" | taken a2
record A1
has "an update of the rain does not end the wind" '"state":"active"'
has "a person is asked" '"doubt":"named"'
record A1~p2
has "but the rain" '"state":"updated"'
number=$("$outpost" list warning identifier=A1 --json | sed -n 's/.*"number":"\([^"]*\)".*/\1/p')
ends "tied to the later one" 0 step "$number" tie refers=A2
record A1
has "it is over" '"state":"updated"'
lacks "and nobody is asked" '"doubt"'
record A2
has "and the later one is not" '"state":"active"'

afresh
alert B2 6 Cancel "" "$(info 11B03 Extreme 沁阳市气象台解除暴雨红色预警)" | taken b2
alert B1 5 Alert "" "$rain" | taken b1
record B1
has "an all-clear that named nothing came first" '"doubt":"named"'
number=$("$outpost" list warning identifier=B1 --json | sed -n 's/.*"number":"\([^"]*\)".*/\1/p')
ends "a person says that it was meant" 0 step "$number" tie refers=B2
record B1
has "then it is lifted" '"state":"cancelled"'

afresh
{ echo '<alerts>' && alert C1 5 Alert "" "$rain" && alert C1 5 Alert "" "$yellow" && echo '</alerts>'; } | taken c
said "two colours at one time"
has "named" 按较重的一种
record C1
has "the graver one" '"severity":"red"'
{ echo '<alerts>' && alert C2 5 Alert "" "$yellow" && alert C2 5 Alert "" "$rain" && echo '</alerts>'; } | taken c2
record C2
has "whichever stood first" '"severity":"red"'

afresh
{ echo '<feed>' && alert D1 5 Alert "" "$rain" && alert D2 5 Alert "" "$wind" | head -c 200; } | taken d
said "a feed that is cut short"
has "named" "前面完整的 1 条已读取"
record D1
has "what was whole is here" '"severity":"red"'
alert D3 5 Alert "" "$(info 11B15 Extreme 冰雹红色预警 '<description>A & B, 雹径 < 5</description>')" | taken d3
record D3
has "signs that nobody wrote as XML" 'A & B, 雹径 < 5'
{ alert D4 5 Alert "" "$(info 11B17 Extreme 大雾红色预警)" && printf '\0\0\0'; } | taken d4
record D4
has "a block filled up with zeros" '"severity":"red"'

afresh
code='' place=河南省沁阳市柏香镇 alert E1 5 Alert "" "$(code='' place=沁阳市柏香镇 info 11B09 Extreme 高温红色预警)" | taken e1
record E1
has "a place behind the names of those it lies in" '"areas":"410882103000"'
alert "沁阳 2026 第1号" 4 Alert "" "$rain" | taken e2
alert E3 5 Cancel "qx@qinyang,沁阳 2026 第1号,2026-07-14T04:00:00+08:00" "$(info 11B03 Extreme 大雨已停)" | taken e3
record "沁阳 2026 第1号"
has "blanks inside an identifier" '"state":"cancelled"'
run today
has "an all-clear says so wherever it is named" 【解除】大雨已停
status=真实 alert E4 5 首发 "" "$(info 11B10 特别重大 低温预警)" | taken e4
record E4
has "Chinese words of the head" '"severity":"red"'
alert E5 6 Alert "" "$(info 11B10 Extreme 沁阳市气象台撤回低温红色预警)" | taken e5
record E5
has "taken back is lifted" '"msgtype":"cancel"'
alert E6 6 Alert "" "$(info 农业病虫害预警 Minor 病虫害蓝色预警)" | taken e6
record E6
has "a name that bureaus use" '"event":"11F00"'
exit $failed
