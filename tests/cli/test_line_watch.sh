#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The watch in line mode: an entry of the log, the roll, and handing over by prompts.
# Tests also: line_incident.c
# Covers: F03 W8.1
set -u
# shellcheck source=tests/cases.sh
. "$(dirname "$0")/../cases.sh"
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
outpost=${OUTPOST_BUILD:-build}/outpost
export OUTPOST_NOW=2026-11-29T07:58:00+08:00 OUTPOST_LANG=zh LC_ALL=C.UTF-8 OUTPOST_HOME=$work/town OUTPOST_USER=崔丽娟

# LINES: typed at the board in the line mode; what it said is $out.
talk() {
	out=$(printf %b "W\\n$1" | "$outpost" line 2>&1)
	code=$?
}

"$outpost" init --area 410882103 --name 柏香镇 --user 崔丽娟 >/dev/null || exit 1
"$outpost" user add 刘凤英 >/dev/null && "$outpost" user add 史俊杰 >/dev/null || exit 1
talk '\n<\n'
has "nobody is on the roster, and it says so" '今天没有排班：签收记在本人名下'
"$outpost" add roster date=2026-11-29 desk=E officer=刘凤英 >/dev/null
"$outpost" add task text=催要平安情况 due=08:00 >/dev/null
talk 'i\n1\n圪垱坡来电\n\n<\n'
has "an entry is one line" '已记 来电'
has "it stands in the log" '07:58 来电'
"$outpost" add contact name=市应急局值班室 org=沁阳市应急管理局 group=县值班 phone=03915551300 >/dev/null
talk 'n\n\n\n村东涵洞\n面包车被困\n.\n.\ny\n1\n1\nx\n\n\n<\n'
has "an incident goes on with its calls" '1. 上级值班室   03915551300'
has "who is above answered" '上级值班室 已接听'
has "the written report" '电话、书面都报了'
talk '1\ny\n<\n\n<\n'
has "the roll is called" '值班点名'
talk 'b\n2\n刘凤英病了\n1\n已转公安\n\n水位每小时问\ny\n\n<\n'
has "what is open is listed by itself" '1. 任务 催要平安情况'
has "no key of the screen is named" '自动写入，不移交的要写原因'
has "another taker is written with the reason" '已写下；史俊杰 登录后 s 签'
talk 'b\n\n<\n'
has "it is not written a second time" '已交给史俊杰，等他登录后 s 签'
lacks "and nobody is asked who takes over" '接班人的号码'
number=$("$outpost" list handover --json | sed -n 's/.*"number":"\([^"]*\)".*/\1/p')
out=$("$outpost" show "$number" --json)
has "struck out with a reason" '不移交：已转公安'
has "why somebody else takes over" '换人：刘凤英病了'
out=$(printf 'P\n1\n2468\n2468\n<\n<\n' | OUTPOST_USER=史俊杰 "$outpost" line --plain 2>&1)
has "who it is and where, by its letter" '本站：    柏香镇'
has "the files of rules that count" '规则：    rules.conf'
has "a PIN is set there, too" '口令已设'
exit $failed
