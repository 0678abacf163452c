#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Steps: those that make a record, those that are signed, levels, roles, what is refused.
# Covers: A02
# shellcheck disable=SC2119
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
village
"$outpost" user add 李四 >/dev/null
warning=$("$outpost" add warning event=11B03 severity=orange headline=暴雨橙色预警 expires=2099-01-01T00:00:00+08:00)
[ -n "$warning" ]
verdict "a warning is written by hand"
run today --json
has "it wants a signature" '"need":"sign"'
ends "sign" 0 step "$warning" sign method=wechat text=已入户
receipt=$out
[ "$receipt" != "$warning" ]
verdict "signing makes a receipt with a number of its own"
ends "signed again" 0 step "$warning" sign method=wechat text=已入户
[ "$out" = "$receipt" ]
verdict "gives the receipt that is there"
[[ $err == *没有再写* ]]
verdict "and says so"
ends "signed with other words" 0 step "$warning" sign method=wechat text=又走了一遍
[ "$out" != "$receipt" ]
verdict "is another receipt"
run list receipt --json
[ "$(grep -o '"number"' <<<"$out" | wc -l)" -eq 2 ]
verdict "two and not three"
run show "$receipt" --json
has "a receipt" '"kind":"receipt"'
has "tied to the warning" "\"warning\":\"$warning\""
has "by the user" '"person":"'
has "his post" '"post":"网格员"'
has "in the station's own area" '"area":"410882103205"'
run show "$warning"
has "and stands under its warning" "$receipt"
run today --json
lacks "signed is signed" '"need":"sign"'
ends "who was called" 0 step "$warning" call callee=王支书 phone=13812345678
run list call --json
has "is a record too" 王支书
says "a call needs somebody" 5 '"callee"' step "$warning" call
says "a receipt's result is a code" 5 '"result"' step "$warning" sign result=maybe
ends "cancel is signed" 0 step "$warning" cancel
has "cancelled" cancelled
run show "$warning" --json --history
has "both facts are good" '"refused":0'

number=$(add_hazard)
says "unknown step" 2 nosuch step "$number" nosuch
says "unknown argument" 5 '"colour"' step "$number" assign colour=red
says "unknown track" 5 '"track"' step "$number" assign track=third
says "county's step" 4 "" step "$number" plate plate=1
says "step not allowed now" 4 "" step "$number" close
ends "label instead of name" 0 step "$number" 交办 交办对象=owner 责任单位=村委会
ends "more time is asked for" 0 step "$number" ask_time asked_until=2099-08-01 asked_track=owner text=等料
says "a village does not grant it to itself" 4 "" step "$number" grant until=2099-08-01 track=owner
says "the step of before is no longer taken" 4 停用 step "$number" extend until=2099-08-01 track=owner
run show "$number" --json
has "what is asked for stands beside the term" '"asked_until":"2099-08-01"'
lacks "and moves nothing" '"owner_due":"2099-08-01"'
ends "urged" 0 step "$number" urge
run show "$number" --json
has "counted" '"urged":1'
says "record that is not there" 6 WZC-99999 step WZC-99999 urge
says "unknown user" 4 王五 --user 王五 step "$number" urge
ends "untrue" 0 step "$number" untrue text=看错了
run list hazard --state void --json
has "void" "$number"

# Roles: R01 may report and urge, but not close somebody's hazard.
"$outpost" user add 赵六 role=R01 >/dev/null
number=$(add_hazard)
run --user 赵六 step "$number" plate plate=1
[ "$code" -eq 4 ]
verdict "a role does not reach above its level"
export OUTPOST_USER=张三 SSH_CONNECTION="192.0.2.1 1 192.0.2.2 22"
says "the user of a forced command stays" 4 张三 --user 李四 step "$number" urge
ends "and acts" 0 step "$number" urge
unset SSH_CONNECTION
ends "without sshd the option wins" 0 --user 李四 step "$number" urge
# ---- what a loudspeaker did, for who asks by a program
export OUTPOST_NOW=2026-07-14T09:00:00+08:00
speaker=$("$outpost" add broadcast text=马上撤到村部 speakers=12)
run list broadcast --json
has "it waits" '"state":"waiting"'
export OUTPOST_NOW=2026-07-14T09:05:00+08:00
"$outpost" step "$speaker" play result=failed broken=3组 >/dev/null
run list broadcast state=failed --json
has "which did not sound" '"state":"failed"'
has "is named" '"broken":"3组"'
export OUTPOST_NOW=2026-07-14T09:09:00+08:00
"$outpost" step "$speaker" play result=passed cover=95 >/dev/null
run show "$speaker" --json
has "played, as one record" '"state":"played"'
has "and how much it reached" '"cover":95'
exit $failed
