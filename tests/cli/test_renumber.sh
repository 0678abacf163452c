#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A county says that an area and a code are others now: both find the records, history keeps the old.
# Tests also: recoding.c
# Covers: K08
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
"$outpost" init --area 410882 --name 沁阳市 --user 县值班 >/dev/null
number=$("$outpost" add hazard area=410882103205 category=H0101 place=村西涵洞 text=堵 grade=M)
printf '410882\t沁阳市\n410882005\t柏香街道\n410882005205\t新彰社区\n410882103\t柏香镇\n410882103205\t西彰村\n' >"$here/areas.tsv"
"$outpost" import areas "$here/areas.tsv" >/dev/null
says "of one level" 5 同一级 add areachange old=410882103 new=410882005205
says "not the same" 5 相同 add areachange old=410882103 new=410882103
says "below the station" 4 上级登记 add areachange old=410882103 new=410881005
says "not others beside it" 4 上级登记 add areachange old=410881 new=410883
own=$("$outpost" add areachange old=410882 new=410883 text=撤市设区)
run show "$number" --json
has "nobody above: its own code" '"area":"410883103205"'
ends "until it is void" 0 step "$own" void text=弄错
said=$("$outpost" add areachange old=410882103 new=410882005 text=批复12号)
run list hazard --area 410882005205 --json
has "by the new code" "$number"
has "lies there now" '"area":"410882005205"'
run list hazard --area 410882103 --json
has "by the old code" "$number"
run find 新彰社区
has "by the new name" "$number"
run find 西彰村
has "by the old name" "$number"
run show "$number"
has "history keeps the code" 410882103205
run show "$number" --json
has "for programs, too" '"area_then":"410882103205"'
run today --json
has "is asked for as before" "$number"
ends "goes on" 0 step "$number" progress text=已清
says "is not edited" 4 作废 edit "$said" new=410882006
ends "is made void" 0 step "$said" void text=弄错
run list hazard --area 410882103205 --json
has "and lies where it lay" '"area":"410882103205"'
says "no such table" 5 代码表 add codechange table=nosuch old=H0101 new=H0901
ends "a code" 0 add codechange table=hazard_category old=H0101 new=H0102
run list hazard category=H0101 --json
has "by the old one" "$number"
has "shows the new one" '"category":"H0102"'
run show "$number" --history --json
has "what was written stays" '"category":"H0101"'
run rebuild
run list hazard category=H0102 --json
has "after a rebuild, too" "$number"
exit $failed
