#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Hazards counted: open, closed and opened again, by village, kind and grade; and the list of all that is overdue.
# Covers: A08 W3.9
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
export OUTPOST_NOW=2026-07-14T08:00:00+08:00
"$outpost" init --area 410882103 --name 柏香镇 --user 刘凤英 >/dev/null || exit 1
"$outpost" add hazard category=H0101 grade=M place=北坡 text=裂缝 area=410882103205 >/dev/null
"$outpost" add hazard category=H0101 grade=G place=沟口 text=堵塞 area=410882103205 >/dev/null
"$outpost" add hazard category=H0202 grade=G place=南沟 text=落石 area=410882103203 >/dev/null
fixed=$("$outpost" add hazard category=H0202 grade=G place=路口 text=井盖 area=410882103203 mended=盖好)
again=$("$outpost" add hazard category=H0202 grade=G place=桥头 text=栏杆 area=410882103203 mended=装好)
"$outpost" step "$again" reopen text=又坏了 >/dev/null
says_row() { # NAME PATTERN: a line of the output is like it
	printf '%s\n' "$out" | grep -qE "$2"
	verdict "$1"
}
run count hazards_open --by area
has "open, by village" '西彰村'
says_row "two in one village" '西彰村 +2$'
says_row "two in the other" '广韩村 +2$'
run count hazards_open --by grade
says_row "by grade" '一般 +3$'
says_row "the major one" '重大 +1$'
run count hazards_open --by category
says_row "by kind" '崩塌 +2$'
run count hazards_closed
has "closed" "$fixed"
run count hazards_reopened --area 410882103203
has "opened again" "$again"
run count hazards_reopened --area 410882103205
lacks "not in another village" "$again"
says "a field that it has not" 5 '--by' count hazards_open --by dead
says "by, without a name" 5 '--by' count --by area
export OUTPOST_NOW=2026-07-14T09:30:00+08:00
run list hazard --state overdue
has "what is overdue is listed" '北坡'
lacks "and nothing else" '南沟'
run list hazard --state overdue --json
[ "$(printf '%s\n' "$out" | grep -c '"number"')" -eq 1 ]
verdict "as objects"
export OUTPOST_NOW=2026-07-16T09:30:00+08:00
run list hazard --state overdue --limit 2
[ "$(printf '%s\n' "$out" | grep -c "^BXZ")" -eq 2 ]
verdict "the limit is of what is overdue"
exit "$failed"
