#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Orders and tasks in line mode: a number shows who answered, a digit answers, r urges.
# Covers: F06
set -u
# shellcheck source=tests/cases.sh
. "$(dirname "$0")/../cases.sh"
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
outpost=${OUTPOST_BUILD:-build}/outpost
export OUTPOST_NOW=2026-11-29T05:46:00+08:00 OUTPOST_LANG=zh LC_ALL=C.UTF-8

# LINES: typed at the board in the line mode of the station in $OUTPOST_HOME; what it said is $out.
talk() {
	out=$(printf %b "L\n$1" | "$outpost" line 2>&1)
	code=$?
}

export OUTPOST_HOME=$work/town
"$outpost" init --area 410882103 --name 柏香镇 --user 崔丽娟 >/dev/null || exit 1
talk '\n<\n'
has "nothing is open, and it says so" 没有没办结的指令
order=$("$outpost" add order text=涵洞全部封闭 to=西彰村、高村 due=+5m)
"$outpost" add answer order="$order" state=done text=已封 area=410882103205 >/dev/null
"$outpost" add task text=催要平安 to=崔丽娟 due=04:29 >/dev/null
talk '1\nr\ny\n\n\n<\n'
has "orders and tasks are said with numbers" "1. 指令$order 崔丽娟05:46 限05:51 剩5分 没答1"
has "a task, too" "2. 我的 崔丽娟"
has "each receiver's answer" "已完成05:46  已封"
has "who has not answered is urged" 催了1处
talk '9\n<\n<\n'
has "what is no number is refused" '没有 "9"'

export OUTPOST_HOME=$work/village
"$outpost" init --area 410882103205 --name 西彰村 --user 秦国庆 >/dev/null || exit 1
order=$("$outpost" add order text=转移 to=西彰村 answer_type=number)
talk '1\n4\n86 已转24户\ny\nu\ny\n5\n\ny\n5\n90\ny\n\n\n<\n'
has "a digit answers, with its number" "指令$order 答复：处置中"
has "taken back" 撤回了
has "the number that is wanted is not left out" 指令要的数字没写
out=$("$outpost" list answer --json)
has "what counts is kept" '"number":90'
exit $failed
