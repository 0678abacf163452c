#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# count: the numbers of the rules, what they are made of, and the records behind one.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
export OUTPOST_NOW=2026-07-14T08:00:00+08:00
village
number=$("$outpost" add hazard category=H0101 place=北坡 text=裂缝)
run count
has "a figure with its target" '本月销号率%'
has "its row" 'rules.conf:'
has "what it is made of" '0 / 1'
run count found
has "one of them" 'found'
has "with the records behind it" "$number"
says "a name that is none" 6 '没有叫 "nix"' count nix
run count year
has "a table by place" '1'
has "with its heads" '发现'
has "the last row is all of it" '合计'
run count hazards --back 1
has "a month past: what is of now alone is not known" '合计     0     0     0     .           -     .       -'
says "--back is of a table" 5 '--back' count found --back 1
says "and a number" 5 '--back' count year --back x
says "a table is by place already" 5 '不用 --by' count year --by area
run text
has "the day in words" '逾期隐患0处'
exit "$failed"
