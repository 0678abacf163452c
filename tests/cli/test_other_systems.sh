#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What other systems see comes in as a table and becomes work: alarms, earthquakes, roads that are closed, waste. The same
# table again brings things up to date, and what cannot be used is said by its line.
# Covers: S08 S10 S12 S14 S17 S35 S45 S57
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
export OUTPOST_NOW=2026-07-14T08:00:00+08:00
"$outpost" init --area 410882103000 --name 柏香镇 --user 张三 --post 值班员 >/dev/null || exit 1
firm=$("$outpost" add enterprise area=410882103205 name=柏香液化气站 code=QY0017 type=gas place=镇南 phone=13800000001)

# ---- alarms: a table as another system writes it
cat >"$here/alarms.csv" <<'CSV'
来源系统,告警编号,告警级别,告警时间,区划代码,地点,情况,读数,读数单位,报警限值,企业
危化品,GJ-1,红,2026-07-14 07:55,410882103205,储罐区,可燃气体浓度高,32.5,%LEL,25,柏香液化气站
城市安全,GJ-2,黄,2026-07-14 07:40,410882103206,人民路路口,燃气井盖下有气,6,%LEL,5,
CSV
ends "a table of alarms is tried" 0 import csv "$here/alarms.csv" --kind alarm --try
ends "and taken" 0 import csv "$here/alarms.csv" --kind alarm --json
has "two alarms" '"added":2'
run list alarm --json
has "with where it lies" '"area":"410882103205"'
has "with its reading" '"value":32.5'
first=$("$outpost" list alarm number=GJ-1 --json | grep -o '"number":"[^"]*"' | head -1 | cut -d'"' -f4)
run today --json
has "somebody has to look" "$first"
sed -i 's/32.5,%LEL/41,%LEL/' "$here/alarms.csv"
ends "the same table again" 0 import csv "$here/alarms.csv" --kind alarm --json
has "adds nothing" '"added":0'
run list alarm number=GJ-1 --json
has "but the new reading" '"value":41'
printf '来源系统,告警编号,地点,情况\n危化品,GJ-3,,气味\n' >"$here/bad.csv"
says "an alarm without a place is told by its line" 5 "2" import csv "$here/bad.csv" --kind alarm
run list alarm number=GJ-3 --json
is "and is not stored" "[]"
says "nor is the mistyped system of a person" 5 来源系统 add alarm system=没有这个 place=甲 text=乙
run show "$firm" --json
has "the enterprise is there" 柏香液化气站
run list alarm enterprise="$firm" --json
has "and its alarms hang under it" "$first"

# ---- an alarm becomes a task, and is answered
ends "it is so" 0 step "$first" handle text=现场闻到气味
run list task --json
has "it is a task now" 储罐区
task=$(grep -o '"number":"[^"]*"' <<<"$out" | head -1 | cut -d'"' -f4)
says "it is not closed without a cause" 5 原因 step "$first" close
ends "it is closed" 0 step "$first" close cause=法兰垫片老化，已换
run show "$task" --json
has "and its task is done" '"state":"done"'
run text "$first" alarm.answer
has "the answer for the other system" 法兰垫片老化
has "with its number there" GJ-1
run export alarm --csv
has "and out as a table" GJ-1
second=$("$outpost" list alarm number=GJ-2 --json | grep -o '"number":"[^"]*"' | head -1 | cut -d'"' -f4)
says "a false one wants a word" 5 必填 step "$second" false
ends "a false alarm" 0 step "$second" false text=检修时误触
says "which is over" 4 误报 step "$second" handle
run today --json
lacks "nobody is asked any more" "$second"

# ---- an earthquake: the bulletin comes in, every village says what was felt
printf '发震时刻,参考位置,震级,深度\n2026-07-14 07:50,沁阳市北部,4.2,10\n' >"$here/quakes.csv"
ends "a bulletin" 0 import csv "$here/quakes.csv" --kind quake --json
has "one" '"added":1'
quake=$("$outpost" list quake --json | grep -o '"number":"[^"]*"' | head -1 | cut -d'"' -f4)
ends "the same again" 0 import csv "$here/quakes.csv" --kind quake --json
has "is the same" '"added":0'
run answers "$quake" --json
has "every village owes an answer" '"count":62'
has "and none has said" '"answered":0'
says "felt how much" 5 震感 add felt area=410882103205 quake="$quake" text=摇
ends "felt by few" 0 add felt area=410882103205 quake="$quake" level=few injured=0
run answers "$quake" --json
has "one has said" '"answered":1'
run text "$quake" quake.felt
has "as a text" "应报62个村，已报1个"
ends "it is over" 0 step "$quake" over
ends "an alarm of that kind" 0 add alarm system=mine place=北山 text=顶板压力高

# ---- a road is closed, and opened
road=$("$outpost" add closure area=410882103205 road=柏香路 place=铁路涵洞 cause=culvert until=2026-07-14T12:00 detour=走乡道Y012 phone=13800000002)
run list closure
has "a closed road" 铁路涵洞
run text "$road" closure.notice
has "its notice" "绕行：走乡道Y012"
export OUTPOST_NOW=2026-07-14T13:00:00+08:00
run today --json
has "past its time somebody is asked" "$road"
ends "it is still closed" 0 step "$road" check until=2026-07-14T18:00
run today --json
case $out in *'"need":"overdue","number":"'"$road"*) false ;; *) true ;; esac
verdict "and nobody is late until then"
says "a part of it wants a word" 5 必填 step "$road" limit
ends "for small cars" 0 step "$road" limit text=限小车
ends "it is open" 0 step "$road" open
printf '道路,路段,封闭原因,区划代码\n乡道Y012,北段,积水,410882103205\n' >"$here/roads.csv"
ends "a table of roads" 0 import csv "$here/roads.csv" --kind closure --json
has "one" '"added":1'

# ---- waste
waste=$("$outpost" add waste area=410882103205 enterprise="$firm" name=废润滑油 type=HW08 tons=1.2 store=危废间 since=2025-08-01)
run list waste
has "a line of waste" 废润滑油
run show "$firm"
has "under its enterprise" 废润滑油
export OUTPOST_NOW=2026-08-02T08:00:00+08:00
run today --json
has "a year is over" "$waste"
says "it goes with its sheet" 5 转移联单号 step "$waste" move taker=某处置公司
ends "and is gone" 0 step "$waste" move taker=某处置公司 sheet=41088220260001
run today --json
lacks "nobody is asked for it" "$waste"
ends "all is sound" 0 check
exit $failed
