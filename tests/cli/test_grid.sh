#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Grids: their codes are the village's and two digits; every record has one, its own, that of what it
# belongs to, or that of who wrote it; and records are counted by them.
# Covers: L07
# Tests also: begin.c meant.c
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
village
says "a code of another village" 5 41088210320501 add grid code=41088210320601 name=东网格
says "one digit too few" 5 网格编码 add grid code=4108821032051 name=东网格
east=$("$outpost" add grid code=41088210320501 name=东网格 bounds=大路以东)
west=$("$outpost" add grid code=41088210320502 name=西网格 bounds=大路以西)
[ -n "$east" ] && [ -n "$west" ]
verdict "two grids"
before=$(add_hazard)
run show "$before" --json
lacks "whose writer has none has none" '"grid"'
me=$("$outpost" list person --json | sed -n 's/.*"number":"\([^"]*\)".*/\1/p' | head -n 1)
ends "I am of the east" 0 edit "$me" "grid=$east"
run show "$before" --json
has "what I wrote lies there" '"grid":"41088210320501"'
hazard=$(add_hazard)
run show "$hazard" --json
has "a new one says so itself" "\"grid\":\"$east\""
has "by the code" '"grid":"41088210320501"'
run show "$hazard"
has "on the page as well" 网格41088210320501
point=$("$outpost" add point name=村南大坑 "grid=$west")
patrol=$("$outpost" add patrol "point=$point" result=ok)
run show "$patrol" --json
has "a round lies where its point lies" '"grid":"41088210320502"'
log=$("$outpost" add duty type=in text=来电)
run list duty --json
has "a line of the log lies where its writer works" '"grid":"41088210320501"'
[ -n "$log" ]
verdict "the line was written"
hazard2=$("$outpost" add hazard category=H0101 grade=G place=坑边 text=护栏断 "point=$point")
run show "$hazard2" --json
has "a hazard at a point lies where the point lies" '"grid":"41088210320502"'
run list hazard "grid=$west" --json
has "and is found by it" "$hazard2"
lacks "the other is not" "$hazard"
exit "$failed"
