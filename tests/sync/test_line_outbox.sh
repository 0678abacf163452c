#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The outbox in line mode: what waits is sent, read out, written as short messages, put on a stick and explained.
# Tests also: line_outbox.c outbox_statement.c
# shellcheck source=tests/sync/net.sh
. "$(dirname "$0")/net.sh"

"$outpost" --home "$here/town" init --area 410882103 --name 柏香镇 --user 镇员 >/dev/null
hub town
enrol village 410882103205 王庄村 "$url" town
hazard village

# LINES: typed at the outbox; what was said is $out.
outbox() {
	out=$(printf %b "S\n$1" | "$outpost" --home "$here/village" line 2>&1)
	code=$?
}

outbox '<\n'
has "what can be done has the digits of the board" "1. 念数字"
has "and its letters" "5. 现在发 r"
outbox '1\n1\n<\n<\n'
has "what waits longest is read out in groups" "1: "
lines=$(printf '%s\n' "$out" | grep -c '^[0-9]*: [0-9]')
[ "$lines" -ge 2 ]
verdict "several lines of groups"
outbox '3\n1\n<\n<\n'
has "as short messages, too" 每条不过
has "each below its number" "第1条 共"
outbox '2\n\n<\n'
has "without a stick and a name it says what to do" 插上U盘再按2
outbox "2\n$here/stick.opc\n<\n<\n"
[ -s "$here/stick.opc" ]
verdict "it lies on the stick"
has "and counts as sent when the receipt comes back" 回执带回来才算送到
outbox 'p\n<\n<\n'
has "nothing was late yet: there is no statement of that" '没有第 "p" 项'
outbox '4\n1234\n<\n<\n'
has "a group of four digits is none" 位数不对
outbox 'r\n<\n<\n'
has "it is sent now" 还等 0 条
outbox '1\n<\n<\n'
has "nothing is left to be read out" 没有等送的
outbox 'p\n<\n<\n'
has "nor when all was proven in time" '没有第 "p" 项'
exit "$failed"
