#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Line mode: warnings that could not be tied are said one after the other, tied or left.
# Tests also: line_loose.c
# Covers: C11
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
export OUTPOST_NOW=2026-07-14T06:33:32+08:00
"$outpost" init --area 410882103 --name 柏香镇 --user 张三 --post 值班员 >/dev/null || exit 1
"$outpost" import cap tests/screens/loose.xml >/dev/null 2>&1

# KEYS...: typed in line mode, one a line, behind the number of the place.
typed() {
	out=$(printf '%s\n' c "$@" | "$outpost" line 2>&1)
}

typed 7 n '<' '<'
has "it is said" "BXZ-24 红R 沁阳市气象台解除暴雨红色预警"
has "what it may mean" "可能是 BXZ-8"
run list warning doubt=untied --json
has "no word, nothing done" '"number":"BXZ-24"'
typed x '<' '<'
has "another key is named" '没有 "x"'
typed 6 1 y '<' '<'
has "what is tied is asked" "BXZ-24 -> BXZ-8 红R 沁阳市气象台发布暴雨红色预警"
has "and said" "关联上了"
run list warning --state open --json
lacks "it is in force no more" '"number":"BXZ-8"'
typed
has "nothing is left" "没有要核对的预警"
export OUTPOST_LANG=en
typed
has "in English, too" "no warning waits to be tied"
exit $failed
