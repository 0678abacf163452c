#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The warning in force and the calls in line mode: one digit a call, the same facts as from the screen.
# Covers: C04 C08
set -u
# shellcheck source=tests/cases.sh
. "$(dirname "$0")/../cases.sh"
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
outpost=${OUTPOST_BUILD:-build}/outpost
export OUTPOST_HOME=$work/home OUTPOST_NOW=2026-11-29T05:22:00+08:00 OUTPOST_LANG=zh LC_ALL=C.UTF-8
"$outpost" init --area 410882103 --name 柏香镇 --user 崔丽娟 >/dev/null || exit 1
"$outpost" add person name=王俊杰 role=R05 post=书记 phone=15439142161 area=410882103205 >/dev/null || exit 1
"$outpost" add warning event=11B01 severity=red headline=暴雨红色预警 expires=+6h areas=410882103 at=-7m >/dev/null || exit 1

out=$(printf 'J\nm\np\n2\n9\n<\n<\n' | "$outpost" line 2>&1 | tee "$work/said")
grep -q '拨 154 3914 2161  西彰村 书记 王俊杰' "$work/said" && grep -q '方式：短信' "$work/said" &&
	grep -q '西彰村 无人接听' "$work/said" && grep -q '没有 "9"，打 1 到 6' "$work/said"
verdict "the next number is said, a digit logs the call"
"$outpost" add rollcall text=早点名 due=+15m >/dev/null || exit 1
printf 'J\nf\n<\n<\n' | "$outpost" line 2>&1 | tee "$work/due" | grep -q '王俊杰 05:37该叫' &&
	grep -q '西彰村 书记 王俊杰 现在该叫' "$work/said"
verdict "and when the call is due"
"$outpost" list call --json 2>/dev/null | grep -q '"none"'
verdict "the call is kept"

out=$(printf 'Y\n2\n1\ny\n<\n<\n' | "$outpost" line 2>&1 | tee "$work/said")
grep -q '红R 暴雨红色预警' "$work/said" && grep -q '西彰村 没送到 超2分 书记王俊杰 15439142161 无人接听' "$work/said"
verdict "who has not signed is said"
grep -q '红R BXZ-8 暴雨红色预警：打 y 签收，其他不办' "$work/said" &&
	grep -q '已签收，记下了您的姓名和时间' "$work/said"
verdict "the warning is signed by its name"

printf 'Y\n7\n<\n<\n' | "$outpost" line 2>&1 | grep -q '本站没有处置卡'
verdict "without a disposal card for it nothing begins"
printf 'F\n1\n<\n' | "$outpost" line >"$work/said" 2>&1
grep -q '随程序来的卡，只能看' "$work/said" && grep -q '先看：沟水突然变浑' "$work/said"
verdict "but those that the program brings can be read"
"$outpost" packs flood >/dev/null 2>&1
"$outpost" add warning event=11B03 severity=red headline=暴雨红色预警 expires=+9h areas=410882103 >/dev/null || exit 1
printf 'Y\n7\n\n3\n\n\n\n\n\n\ny\n<\n<\n' | "$outpost" line >"$work/card" 2>&1
"$outpost" list task --json 2>/dev/null | grep -c '签收' | grep -q '^[1-9]'
verdict "the card for it is begun, its steps are tasks"
printf 'Y\n<\n' | "$outpost" line 2>&1 | grep -q '暴雨红色预警行动卡 共9步 做完0 在做0'
verdict "and how far they are is said"

"$outpost" add point name=北坡崖头 type=fall area=410882103205 >/dev/null || exit 1
"$outpost" add household head=冯银环 people=4 tags=old point=北坡崖头 area=410882103205 >/dev/null || exit 1
"$outpost" add household head=史丰收 people=2 area=410882103205 >/dev/null || exit 1
printf 'Y\n8\n1\nz\n<\n<\n<\n' | "$outpost" line >"$work/said" 2>&1
grep -q '危险区1处 1户4人 重点户1：z 名单' "$work/said" && grep -q '1户4人  告知0' "$work/said" &&
	grep -q '冯银环 告知' "$work/said" && grep -q '2户6人  告知1' "$work/said"
verdict "the households of the danger zones that it means, and all of them again"

# What was done at one list is not said of the next.
printf 'J\n2\nu\nf\n<\n<\n' | "$outpost" line >"$work/said" 2>&1
[ "$(grep -c '已撤回' "$work/said")" = 1 ]
verdict "what was taken back is said once"

# The last one has answered: nobody is asked about again, and it can still be taken back.
"$outpost" add warning event=11B05 severity=red headline=大风红色预警 expires=+9h areas=410882103205 >/dev/null || exit 1
printf 'J\n1\nu\n1\n\n<\n' | "$outpost" line >"$work/said" 2>&1
[ "$(grep -c '都应了，05:22' "$work/said")" = 2 ] && grep -q '西彰村 已撤回' "$work/said" &&
	[ "$(grep -c '拨 154 3914 2161  西彰村' "$work/said")" = 2 ]
verdict "once all have answered, that is said, and nobody is offered again"
exit $failed
