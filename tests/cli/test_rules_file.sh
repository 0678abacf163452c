#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A whole file of a county (tests/data/qinyang.conf) is read over the shipped rules; spoiled rows are named with file,
# line and what is meant. What it brings works: tasks of a card, hazards of a checklist.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
export OUTPOST_NOW=2026-07-14T08:00:00+08:00
data=$(dirname "$0")/../data/qinyang.conf

cp "$data" "$here/qinyang.conf"
ends "the whole file is right" 0 rules check "$here/qinyang.conf"

spoil() { # SED SAYS
	sed "$1" "$here/qinyang.conf" >"$here/bad.conf"
	says "$2" 5 "$2" rules check "$here/bad.conf"
}
spoil '/^ask roll/s/ of villages.*//' 'bad.conf:21: ask roll rollcall open: 要写成 ask 名称 种类 状态 of 谁 answer 种类 within'
spoil '/^escalate order/s/order/orders/' '没有叫 "orders" 的'
spoil '/^rank now sign warning/s/active/activ/' 'warning 没有状态 "activ"（有 active updated cancelled）'
spoil '/^check report refuse "死亡/s/dead>/deads>/' 'report 没有字段 "deads"'

"$outpost" init --area 410882103000 --name 柏香镇 --user 崔丽娟 >/dev/null || exit 1
ends "it is laid over" 0 rules publish "$here/qinyang.conf"
card=$("$outpost" add card code=T1 title=山洪卡 text='1. 叫应到村 @崔丽娟 +15
2. 集结待命 +60
3. 盯四件事')
"$outpost" add response event=11B03 level=3 card="$card" >/dev/null
run list task --json
has "a task of each line of the card" '1. 叫应到村'
has "without what is not its text" '2. 集结待命"'
has "within its minutes" '2026-07-14T08:15'
has "each of its own" '2026-07-14T09:00'
lacks "who and when are no text" '@'

point=$("$outpost" add point name=老街水泵房 risk=2)
list=$("$outpost" add checklist code=T2 title=泵房检查表 items='门锁好
护栏完好
泵能启动
电话能打通' makes='-
H0403 G
H0402 M')
"$outpost" add patrol point="$point" checklist="$list" answers=nynn result=found >/dev/null
run list hazard --json
has "an item that was answered no is a hazard of its category" '"category":"H0402"'
has "and grade" '"grade":"M"'
has "at the point" '"place":"老街水泵房"'
lacks "what was answered yes is none" H0403
"$outpost" add patrol point="$point" checklist="$list" answers=ynny result=found >/dev/null
run list hazard --json
has "the next round finds another one" H0403
[ "$(grep -o '"category":"H0402"' <<<"$out" | wc -l)" = 1 ]
verdict "and what is open is not made again"

# A wrong file in the county's folder: what was good before counts, and home says so.
mkdir "$here/folder"
cp "$data" "$here/folder/rules.conf"
run --config "$here/folder" today
sed '/^rank now sign warning/s/active/activ/' "$data" >"$here/folder/rules.conf"
run --config "$here/folder" line
has "home names file and line" 'rules.conf:31: rank now sign warning'
has "and what counts instead" '用上一次好的'
run --config "$here/folder" rules list
has "which is so" 'rules.conf:31'
exit "$failed"
