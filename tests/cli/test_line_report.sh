#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Disaster reports in line mode: numbers, the silent, adding up, zero: the same facts as from the screen.
# Covers: B01
set -u
# shellcheck source=tests/cases.sh
. "$(dirname "$0")/../cases.sh"
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
outpost=${OUTPOST_BUILD:-build}/outpost
export OUTPOST_HOME=$work/home OUTPOST_NOW=2026-11-29T05:38:00+08:00 OUTPOST_LANG=zh LC_ALL=C.UTF-8
"$outpost" init --area 410882103 --name 柏香镇 --user 张秀兰 >/dev/null || exit 1
"$outpost" add report event=D01 stage=first affected=42 dead=0 area=410882103201 >/dev/null || exit 1
"$outpost" user add 秦国庆 >/dev/null
"$outpost" --user 秦国庆 add report event=D01 stage=first affected=37 dead=0 missing=1 area=410882103205 >/dev/null || exit 1

out=$(printf 'B\n4\ny\n<\n<\n' | "$outpost" line 2>&1 | tee "$work/said")
grep -q '^合计 现在       79    0    1' "$work/said" && grep -q '西彰村 初报 受灾37 死亡0 失踪1' "$work/said" &&
	grep -q '零报告0 没报60' "$work/said"
verdict "places, sum and the silent are said"
grep -q '汇总2处：受灾79 死亡0 失踪1' "$work/said" && grep -q '已保存 BXZ-24' "$work/said" &&
	"$outpost" list report --area 410882103 --json | grep -q '"affected":79'
verdict "added up and reported"

out=$(printf 'B\nr\ny\nr\n<\n<\n' | "$outpost" line 2>&1 | tee "$work/said")
grep -q '已下指令催60处报灾情' "$work/said" && grep -q '没有要催的' "$work/said"
verdict "the silent are urged once"

out=$(printf 'B\n0\nn\n0\ny\n9\n<\n<\n' | "$outpost" line 2>&1 | tee "$work/said")
grep -q '没有办' "$work/said" && [ "$("$outpost" list report stage=zero --json | grep -c '"stage":"zero"')" -eq 1 ] &&
	grep -q '打 0 到 4' "$work/said"
verdict "a zero report wants its yes"
out=$(printf 'B\n2\n52\n=\n=\n.\ny\n核减重复\n\ny\n<\n<\n' | "$outpost" line 2>&1 | tee "$work/said")
grep -q '受灾人口(上次79，空=不知，=同上次)' "$work/said" &&
	grep -q '因灾死亡: 0' "$work/said" &&
	"$outpost" list report stage=follow --json | grep -q '"affected":52.*"missing":1'
verdict "a follow-up begins with the figures of last time"
out=$(printf 'B\nl1\nr1\n户数再核\nr9\np\n<\n<\n' | "$outpost" line 2>&1 | tee "$work/said")
grep -q '05:38 初报 受灾37 死亡0 失踪1' "$work/said" && grep -q '现在是 名单失踪0，灾情里失踪1' "$work/said" &&
	grep -q '已退回，问了' "$work/said" && grep -q '没有 "r9"' "$work/said" && grep -q '关于柏香镇洪涝灾情的报告' "$work/said"
verdict "versions, a question to a place, the official text"
[ "$("$outpost" list report --state returned --json | grep -c '"affected":37')" -eq 1 ]
verdict "the report went back"

export OUTPOST_HOME=$work/other OUTPOST_NOW=2026-11-29T06:10:00+08:00
"$outpost" init --area 410882103 --name 柏香镇 --user 张秀兰 >/dev/null || exit 1
"$outpost" add response event=11B03 level=3 >/dev/null || exit 1
out=$(printf 'r\nn\nr1\ny\nr\nr9\n<\n' | "$outpost" line --plain 2>&1 | tee "$work/said")
grep -q '催62处报零报告：打 y 催，其他不办' "$work/said" && grep -q '没有办' "$work/said" &&
	grep -q '^催了62处' "$work/said" && grep -q '^没有要催的' "$work/said" && grep -q '没有第 "9" 项' "$work/said"
verdict "who owes the zero report is urged from home, once"
[ "$("$outpost" list order --json | grep -c '没有的报平安')" -eq 1 ]
verdict "by one order"
exit $failed
