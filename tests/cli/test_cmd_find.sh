#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# find: hanzi, pinyin, initials, several words, by kind; the nearest of what is needed.
# Covers: M39
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
village
"$outpost" add supply name=发电机 spec=5kW store=村部仓库 >/dev/null
"$outpost" add contact name=王建国 duty=支书 phone=13812345678 >/dev/null
add_hazard found_at=now >/dev/null
run find fdj --json
has "initials" 发电机
run find 发电机 --json
has "hanzi" 发电机
run find fadianji
has "pinyin" 发电机
run find 发电
has "two hanzi" 发电机
run find 建国
has "a name" 王建国
has "with the phone" 13812345678
run find 5678
has "a phone's end" 王建国
run find 村部 发电机 --json
has "every word" 发电机
lacks "not one of them" 排水沟
run find 村部 --kind hazard --json
has "one kind" 排水沟
lacks "no other" 发电机
run find 没有的东西 --json
is "nothing is []" "[]"
says "nothing, for people" 0 没有找到 find 没有的东西
says "no words" 2 用法 find
says "unknown kind" 2 nosuch find 村部 --kind nosuch
says "broken UTF-8" 5 UTF-8 find "$(printf '\377\376')"
says "bad limit" 5 --limit find 村部 --limit -3
ends "a word that looks like an option" 0 find -- --kind
keeper=$("$outpost" add person name=耿长山 post=保管员 phone=15430007101)
"$outpost" add depot name=村东库 keeper=耿长山 phone=15430007101 >/dev/null
"$outpost" edit "$keeper" phone=15430007199 >/dev/null
run find 村东库
has "the keeper's number is his own" 15430007199
lacks "and not what it was" 15430007101
run find "+86 154-3000-7101" --kind depot
has "by a caller's number" 村东库
for kind in team shelter enterprise vehicle; do "$outpost" add $kind name=$kind-甲 phone=15430008200 >/dev/null; done
"$outpost" add person name=来电人 phone=15430008200 >/dev/null
"$outpost" add depot name=来电库 phone=15430008200 >/dev/null
run find "154 3000 8200"
for name in 来电人 来电库 team-甲 shelter-甲 enterprise-甲 vehicle-甲; do has "a caller's number finds $name" "$name"; done
"$outpost" step "$keeper" off >/dev/null
run list depot
has "the keeper has left" 离岗
run list depot --json
has "for programs, too" '"people":{"keeper":[{"record"'
has "who has left" '"left":true'
"$outpost" add person name=耿长山 post=护林员 phone=15430007102 >/dev/null
"$outpost" step "$keeper" on >/dev/null
says "a name that two have is asked about" 5 15430007102 add supply name=水泵 keeper=耿长山
danger=$("$outpost" add point name=北坡 risk=1 lon=112.834 lat=35.0985)
"$outpost" add shelter name=近处小学 lon=112.83 lat=35.0985 >/dev/null
"$outpost" add depot name=远处仓库 lon=112.80 lat=35.07 >/dev/null
"$outpost" add team name=本村民兵 >/dev/null
run find --near "$danger"
has "the nearest" "360米 西"
has "about where its village is" "约"
[ "$(printf '%s\n' "$out" | grep -oE '近处小学|远处仓库' | tr '\n' ' ')" = "近处小学 远处仓库 " ] || fails "the nearest first"
run find --near "$danger" --kind depot --json
has "of one kind" '"metres":4429'
lacks "and no other" 近处小学
says "words and a place are two questions" 2 用法 find 小学 --near "$danger"
says "near to nothing" 6 nosuch find --near nosuch
exit $failed
