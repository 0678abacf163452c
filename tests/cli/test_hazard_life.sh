#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A hazard's whole life: two tracks assigned and accepted, rectified, rechecked by another person, closed.
# Covers: A01 A02 A03 W3.6
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
village
"$outpost" user add 李四 post=网格长 >/dev/null
"$outpost" user add 王五 post=水利站 >/dev/null
number=$(add_hazard)
[ -n "$number" ]
verdict "one line makes a record, and its number stands alone"

ends "owner assigned" 0 step "$number" assign track=owner owner=村委会 owner_due=2099-07-20
has "state in the answer" "$number assigned"
ends "regulator assigned" 0 step "$number" assign track=regulator regulator=镇应急办 regulator_due=2099-07-25
ends "owner accepts" 0 step "$number" accept track=owner
has "one of two tracks moves nothing" "$number assigned"
says "no closing before the recheck" 4 销号 step "$number" close
says "one person does not sign for both" 4 另一人 step "$number" accept track=regulator
ends "regulator accepts" 0 --user 王五 step "$number" accept track=regulator
has "both tracks move it" "$number accepted"
says "rectify needs its text" 5 text step "$number" rectify
ends "the owner has finished" 0 step "$number" rectify text=已清淤
has "one of two tracks moves nothing" "$number accepted"
ends "rectified" 0 --user 王五 step "$number" rectify text=看过
has "both tracks move it" "$number rectified"
says "who rectified may not recheck" 4 复查 step "$number" recheck result=passed
says "a result is needed" 5 result --user 李四 step "$number" recheck
says "the result is a code" 5 result --user 李四 step "$number" recheck result=perhaps
ends "rechecked by another: failed" 0 --user 李四 step "$number" recheck result=failed text=淤泥未清完
has "failed" "$number failed"
ends "rectified again" 0 step "$number" rectify text=再次清淤
has "both must say so again" "$number failed"
ends "by the other side, too" 0 --user 王五 step "$number" rectify text=再看过
ends "rechecked: passed" 0 --user 李四 step "$number" recheck result=passed
ends "closed" 0 step "$number" close
has "closed" "$number closed"
says "closed is closed" 4 整改 step "$number" rectify text=再来
ends "looked back at later, and it held" 0 step "$number" lookback result=passed
run show "$number" --json
lacks "which counts nothing" reopened_times
ends "looked back at once more" 0 step "$number" lookback result=failed
has "and open again" "$number reopened"

run show "$number" --json
has "which counts" '"reopened_times":1'
run show "$number" --history
has "history names both persons" 李四
has "history has the steps" 交办
run list hazard --state reopened
has "list by state" "$number"
run list hazard --state closed --json
is "nothing is closed" "[]"
run list hazard owner=村委会
has "list by owner" "$number"
ends "edit" 0 edit "$number" risk=2 measures=警示带
run show "$number" --json
has "risk is a code" '"risk":"2"'
has "nothing was refused" '"refused":0'
has "what failed is to be worked on again" '"owner_state":"working"'
exit $failed
