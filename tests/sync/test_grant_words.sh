#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What people are told of grants: the invitation's terms, what a station says of its own, when it ends; and of stations:
# names, codes, what is to be done with a carried file.
# Tests also: sync_invite.c
# shellcheck source=tests/sync/net.sh
. "$(dirname "$0")/net.sh"
export OUTPOST_NOW=2026-07-14T08:00:00+08:00

"$outpost" --home "$here/county" init --area 410882 --name 沁阳市 --user 县员 >/dev/null
hub county
invite() { # ARGS…: a token of the county
	"$outpost" --home "$here/county" invite --via "$url" "$@"
}
ends "no such right" 5 county invite --area 410882103 --name 柏香镇 --rights fly
ends "an end that is over" 5 county invite --area 410882103 --name 柏香镇 --until 2026-07-01
ends "no number of days" 5 county invite --area 410882103 --name 柏香镇 --days many
ends "either an end or a term" 2 county invite --area 410882103 --name 柏香镇 --until 2026-08-01 --days 9

ends "a guest" 0 town join "$(invite --area 410882103 --name 柏香镇 --until 2026-08-01 --rights order)" --user 镇员
at town whoami
has "its end and its rights" "授权到 2026-08-01  权限 order"
has "that it is soon" "还有 19 天"
at town whoami --json
has "as JSON" '"until":"2026-08-02T00:00:00+08:00","rights":"order"'
at town today
has "today as well" "本站的授权到 2026-08-01 为止"
ends "no warnings" 4 town add warning event=11B03 severity=red headline=暴雨
ends "but hazards" 0 town add hazard category=H0101 grade=G place=桥下 text=堵塞
at county site show 柏香镇
has "the county knows it" "授权到 2026-08-01  权限 order"

ends "as others" 0 next join "$(invite --area 410882104 --name 山王庄镇)" --user 镇员
at next whoami --json
has "two years, and every right" '"until":"2028-07-13T'
has "every right" '"rights":"all"'
at next today
lacks "nothing to tell" 授权
ends "for ever" 0 forever join "$(invite --area 410882105 --name 紫陵镇 --days 0)" --user 镇员
at forever whoami --json
has "without end" '"until":null'

export OUTPOST_NOW=2026-08-05T08:00:00+08:00
at town today
has "when it is over" "已到期"
ends "people go on recording" 0 town add hazard category=H0101 grade=G place=桥上 text=堵塞
at county site list
has "at the county" "已到期"
unset OUTPOST_NOW

# Names: the whole name goes before another one's short code.
short=$("$outpost" --home "$here/county" site show 山王庄镇 --json | sed 's/.*"code":"\([^"]*\)".*/\1/')
ends "one with that code as a name" 0 odd join "$(invite --area 410882106 --name "$short")" --user 甲
at county site show "$short" --json
has "the name goes first" '"area":"410882106000"'
ends "a second of one name" 0 twin join "$(invite --area 410882107 --name 山王庄镇)" --user 乙
ends "which one" 5 county site show 山王庄镇
twin=$("$outpost" --home "$here/twin" whoami --json | sed 's/.*"code":"\([^"]*\)".*/\1/')
case $err in *"$short"*"$twin"*) true ;; *) false ;; esac
verdict "both are named"

# On foot: the hub says what to do for the receipt.
mkdir "$here/stick"
hazard forever
ends "packed" 0 forever pack "$here/stick/up.opc"
at county unpack "$here/stick"
next=$(printf '%s' "$out" | sed -n 's/.*等回执：outpost //p')
# shellcheck disable=SC2086
ends "as it says" 0 county $next
at forever unpack "$here/stick"
at forever show "$number" --json
has "the receipt has come" '"reached":["station","county"]'
at forever sync --json
has "nothing was refused" '"refused":0'
exit $failed
