#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Who has signed a warning, after how many minutes, half and nine in ten: to people and as JSON, also when it is over.
# Tests also: owing.c ask.c
# Covers: C04 C07
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
export OUTPOST_NOW=2026-07-14T05:10:00+08:00
"$outpost" init --area 410882103 --name 柏香镇 --user 崔丽娟 >/dev/null
"$outpost" add person name=买建设 role=R05 post=书记 phone=15439166240 area=410882103203 >/dev/null
warning=$("$outpost" add warning event=11B01 severity=red headline=暴雨红色预警 expires=+6h \
	areas=410882103203,410882103204,410882103205,410882103206)
run answers "$warning" --json
has "nobody has" '"count":4,"answered":0,"median":null,"ninety":null'
has "who is called next" '"next":"买建设"'
signed() { OUTPOST_NOW=2026-07-14T05:$1:00+08:00 "$outpost" add receipt warning="$warning" area="$2" >/dev/null; }
signed 13 410882103205
signed 15 410882103204
export OUTPOST_NOW=2026-07-14T05:20:00+08:00
run answers "$warning" --json
has "half of four after five minutes, nine in ten not yet" '"answered":2,"median":300,"ninety":null'
has "each with its own" '"area":"410882103205","answered":true'
has "in seconds" '"seconds":180'
has "who has not is late" '"area":"410882103203","answered":false,"read":false,"delivered":false,"late":true'
run answers "$warning"
has "to people, too" '应答4处 已答2 中位5分 九成未到'
signed 22 410882103203
signed 40 410882103206
export OUTPOST_NOW=2026-07-14T06:00:00+08:00
run answers "$warning" --json
has "nine in ten are all four" '"median":300,"ninety":1800'
"$outpost" step "$warning" cancel >/dev/null
run answers "$warning" --json
has "when it is lifted, that is asked" '"ask":"lift"'
run text "$warning" warning.closing
has "and the report still says who signed it" '应签收4个村，已签收4个，占100'
says "what asks nobody is said" 5 '没有 ask 行' answers "$(add_hazard)"

# A warning that has run out asks nobody any more, lifted or not; who never signed it stays in its numbers.
blue=$("$outpost" add warning event=11B03 severity=blue headline=大风蓝色预警 expires=2026-07-14T07:00 \
	areas=410882103203,410882103205)
OUTPOST_NOW=2026-07-14T06:10:00+08:00 "$outpost" add receipt warning="$blue" area=410882103205 >/dev/null
export OUTPOST_NOW=2026-07-14T06:59:00+08:00
run answers "$blue" --json
has "before its end it is not over" '"over":false'
has "and somebody is called" '"next":"买建设"'
export OUTPOST_NOW=2026-07-14T07:00:00+08:00
run answers "$blue" --json
has "at its end it is over" '"over":true,"count":2,"answered":1'
has "and nobody is called" '"next":null'
run answers "$blue"
has "who did not sign never did" '到期没签'
exit "$failed"
