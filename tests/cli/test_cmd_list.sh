#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Lists: filters, states, areas, order, limits, and the three forms.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
village
run list hazard --json
is "an empty list is []" "[]"
run list hazard
is "and says nothing as text" ""
run list supply --csv
[ "$(printf '%s\n' "$out" | wc -l)" -eq 1 ]
verdict "CSV has its head"
for n in 1 2 3; do
	"$outpost" add supply name=水泵$n quantity=$n unit=台 store=村部仓库 condition=ok >/dev/null
done
"$outpost" add supply name='编织袋,"大"' quantity=500 unit=条 condition=low text=x >/dev/null 2>&1 ||
	"$outpost" add supply name='编织袋,"大"' quantity=500 unit=条 condition=low >/dev/null
run list supply --csv
has "quotes and commas are quoted" '"编织袋,""大"""'
[ "$(printf '%s\n' "$out" | wc -l)" -eq 5 ]
verdict "a line a record"
case $out in number,area,state,at,name,*) true ;; *) false ;; esac
verdict "the head has the names of the fields"
run list supply 'quantity>1' --json
lacks "more than: not one" 水泵1
has "more than: three" 水泵3
run list supply 'quantity<2' --json
has "less than" 水泵1
lacks "less than: not two" 水泵2
run list supply name=水泵2 --json
has "equal" 水泵2
lacks "equal and no other" 水泵3
run list supply 'name~编织' --json
has "part of a text" 编织袋
run list supply condition=low --json
lacks "by code" 水泵
run list supply --sort -quantity --limit 2 --json
has "order: the most" 编织袋
has "order: then the second" 水泵3
lacks "the limit holds" 水泵1
run list supply --limit 2
case $err in *--limit*) true ;; *) false ;; esac
verdict "what was left out is said"
[ "$(printf '%s\n' "$out" | wc -l)" -eq 3 ]
verdict "a head and two rows"
run list supply --area 410882 --json
has "area above" 水泵1
run list supply --area 410882103206 --json
is "area beside" "[]"
number=$(add_hazard)
run list hazard state=new area=410882103 --json
has "state and area as conditions" "$number"
run list hazard state=closed --json
is "in another state: none" "[]"
says "no such state" 5 nosuch list hazard state=nosuch
run list 物资 --json
has "the kind by its label" 水泵1
"$outpost" add household head=陈大爷 phone=13812345678 people=2 >/dev/null
run list household
has "private numbers are masked" '138****5678'
run list household --json
has "files have them whole" 13812345678
echo 'mask off' >"$OUTPOST_HOME/outpost.conf"
run list household
has "unless the station shows them" 13812345678
echo 'mask sometimes' >"$OUTPOST_HOME/outpost.conf"
says "a bad setting is said" 0 outpost.conf:1 list household
has "and its default holds" '138****5678'
says "unknown kind" 2 nosuch list nosuch
says "unknown field" 5 colour list supply colour=red
says "unknown order" 5 colour list supply --sort colour
says "half a condition" 5 字段=值 list supply name
exit $failed
