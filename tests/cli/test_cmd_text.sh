#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# text: the official text of a record, the one asked for, or which there are.
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
ends "wrong usage" 2 text a b c
exit "$failed"
