#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# `outpost report`: the board in lines, the national order as CSV, the merged report, what differs between two.
# Tests also: cmd_report.c
# Covers: B01 W13.2 W13.7 S92
set -u
# shellcheck source=tests/cases.sh
. "$(dirname "$0")/../cases.sh"
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
outpost=${OUTPOST_BUILD:-build}/outpost
export OUTPOST_HOME=$work/home OUTPOST_NOW=2026-11-29T05:38:00+08:00 OUTPOST_LANG=zh LC_ALL=C.UTF-8
run() { out=$("$outpost" "$@" 2>&1); }
"$outpost" init --area 410882103 --name 柏香镇 --user 张秀兰 >/dev/null || exit 1
first=$("$outpost" add report event=D01 stage=first time=05:10 affected=42 dead=0 crop_ha=3.2 area=410882103201 --user 张秀兰)
"$outpost" --user 张秀兰 add report event=D01 stage=first time=05:10 affected=37 dead=0 need_help=5 >/dev/null
export OUTPOST_USER=张秀兰

run report
case $out in *'合计 现在       42    0'*'没报61'*) ;; *) false ;; esac
verdict "the board"
"$outpost" add house head=郭志刚 damage=serious rooms=3 area=410882103201 >/dev/null
"$outpost" add house head=郭志强 damage=serious rooms=2 area=410882103201 >/dev/null
run report table
# The national table: five columns that head a row, 66 numbers, each in its place.
[ "$(printf '%s\n' "$out" | tr -d '\r' | awk -F, '{ print NF }' | sort -u)" = 71 ]
verdict "66 numbers behind the five that head a row"
column() { # HEAD, LINE: what stands there
	printf '%s\n' "$out" | tr -d '\r' | awk -F, -v head="$1" -v line="$2" \
		'NR == 1 { for (n = 1; n <= NF; n++) if ($n == head) at = n } NR == line { print at ":" $at }'
}
[ "$(column '受灾人口(人)' 3) $(column '需紧急生活救助人口(累计值)(人)' 2) $(column '农作物受灾面积(公顷)' 3) $(column '其他损失(万元)' 3)" = \
	"7:42 21:5 37:3.2 71:" ]
verdict "the national order"
[ "$(column '严重损坏房屋间数(间)' 3) $(column '严重损坏住房户数(户)' 3) $(column '一般损坏房屋间数(间)' 3)" = "31:5 33:2 34:" ]
verdict "rooms and households of the list of houses"
[ "$(column 区域 3) $(column 隶属区域 3) $(column 年份 3)" = "1:柏香二街村 3:柏香镇 5:2026" ]
verdict "what heads a row"
export OUTPOST_NOW=2026-11-29T05:45:00+08:00
merged=$("$outpost" report merge)
out=$("$outpost" show "$merged" --json)
case $out in *'"stage":"follow"'*'"affected":42'*'"need_help":5'*'"crop_ha":3.2'*"\"merged\":\"$first\""*) ;; *) false ;; esac
verdict "merged: the sum, what only this place knew, and what went in"
export OUTPOST_NOW=2026-11-29T05:50:00+08:00
second=$("$outpost" add report event=D01 stage=follow first="$first" affected=40 dead=0 crop_ha=3.2 reason=核减 area=410882103201)
run report diff "$first" "$second"
[ "$out" = "受灾42->40" ]
verdict "what differs between two"
run report merge
case $out in *写明原因*) [ "$("$outpost" list report --area 410882103 --json | grep -c '"stage":"follow"')" -eq 2 ] ;; *) false ;; esac
verdict "fewer wants a reason, and nothing was written"
"$outpost" report merge --reason 核减 >/dev/null
verdict "with a reason it is written"
"$outpost" user add 网格 role=R03 >/dev/null || exit 1
run --user 网格 report merge
[ $? -eq 4 ]
verdict "who may not report does not merge"
run report diff "$first"
[ $? -eq 2 ]
verdict "usage"
exit $failed
