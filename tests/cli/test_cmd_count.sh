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
run text
has "the day in words" '逾期隐患0处'
exit "$failed"
