#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# text: the official text of a record, the one asked for, or which there are; the reports of a day, a week, a month and a year.
# Covers: J06
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
export OUTPOST_NOW=2026-07-14T08:00:00+08:00
village
number=$("$outpost" add report event=洪涝 affected=37 dead=0)
run text "$number"
has "the usual one" '（初报）'
has "what is known" '受灾37人，因灾死亡0人'
says "one that it has not" 6 '有 report.first' text "$number" report.zero
ends "by name" 0 text "$number" report.first
says "a kind without texts" 6 '没有成文' text "$("$outpost" add task text=x)"
ends "no such record" 6 text ZZ-999
run text
has "without a record the day in words" "接报突发事件0起"
run text day.watch
has "nobody is on the roster" '没有排班'
leader=$("$outpost" add person name=闫占奎 role=R08 phone=15439184314)
roster=$("$outpost" add roster date=2026-07-14 officer=崔丽娟 deputy=史俊杰 leader="$leader" phone=03915550110)
run text day.watch
has "who has the watch, by post, with the number" '值班员崔丽娟，备班史俊杰，带班领导闫占奎15439184314（A角）。'
run text "$roster"
has "the roster of a day" '7月14日值班安排'
has "its desk" '席：值班员崔丽娟，备班史俊杰，值班电话03915550110。'
has "and who leads" '带班领导闫占奎15439184314（A角）。'
says "a swap says why" 5 '换班要写原因' edit "$roster" officer=刘凤英
ends "with the reason it is taken" 0 edit "$roster" officer=刘凤英 text=崔丽娟生病
ends "what was blank is filled without one" 0 edit "$roster" leader_b=崔桂枝
# the reports of a day, a week, a month, a year: 2026-07-14 is a Tuesday
"$outpost" add hazard category=H0101 place=后山 text=裂缝 grade=G at=2026-07-13T08:00:00+08:00 >/dev/null
"$outpost" add hazard category=H0101 place=河边 text=渗水 grade=G at=2026-07-12T08:00:00+08:00 >/dev/null
"$outpost" add hazard category=H0101 place=桥头 text=破损 grade=G at=2026-06-30T08:00:00+08:00 >/dev/null
"$outpost" add hazard category=H0101 place=村口 text=松动 grade=G at=2025-12-31T23:00:00+08:00 >/dev/null
"$outpost" add training title=夜校 at=2026-03-01T08:00:00+08:00 >/dev/null
run text day.week
has "the week begins on Monday" '新登记隐患1处，其中已销号0处；现有未销号4处'
run text day.month
has "the month on its first day" '新登记隐患2处，其中已销号0处，销号率0%'
run text day.year
has "the year on the first of January" '新登记3处，其中已销号0处；现有未销号4处'
has "with what was drilled and taught" '培训1次'
ends "wrong usage" 2 text a b c
run text "$("$outpost" add incident place=村西 text=有人倒地)"
has "an event of no known sort has a title" '关于村西突发事件的书面报告'
has "and a sentence" '村西发生突发事件。有人倒地。'
exit "$failed"
