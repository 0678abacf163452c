#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A county with a machine beside it loses its own: what people type, what they are told, and that a township goes on
# without joining again.
# Tests also: sync_takeover.c
# shellcheck source=tests/sync/net.sh
. "$(dirname "$0")/net.sh"

"$outpost" --home "$here/county" init --area 410882 --name 沁阳市 --user 县员 >/dev/null
hub county
ends "a twin has no other area" 2 county invite --twin --area 410882 --name 备机
token=$("$outpost" --home "$here/county" invite --twin --name 备机 --via "$url")
ends "the twin joins" 0 spare join "$token" --user 县员
ends "a township" 0 town join "$("$outpost" --home "$here/county" invite --area 410882103 --name 柏香镇 --via "$url")" --user 镇员
ends "it writes" 0 town add hazard category=H0101 grade=G place=桥下 text=堵塞
ends "and a tip, which only goes up" 0 town add tip subject=夜里倒渣土
ends "both go up" 0 town sync
ends "the twin fetches" 0 spare sync
at spare list tip --json
has "what is up-only, too" '"kind":"tip"'
at county site list
has "the county knows what it is" 备机
at county site show 备机 --json
has "as JSON" '"twin":true'
ends "it lets nobody in" 4 spare invite --area 410882104 --name 山王庄镇
ends "no township takes over" 4 town site takeover --yes
ends "it is asked whether it is meant" 2 spare site takeover
case $err in *最近一次答话*) true ;; *) false ;; esac
verdict "and told when the county answered last"
case $err in *'自己写了 3 条'*) true ;; *) false ;; esac
verdict "and how many the county wrote lately, as nobody can tell how many since"

kill "$hub"
wait "$hub" 2>/dev/null
ends "one more, while nobody is there" 0 town add hazard category=H0101 grade=G place=桥上 text=堵塞
ends "the township cannot sync" 3 town sync
ends "it takes over" 0 spare site takeover --yes
has "and says what is to be done" 'outpost up'
ends "once" 4 spare site takeover --yes
hub spare
ends "the township is led there" 0 town up "$url"
ends "and goes on" 0 town sync
at spare list hazard --json
has "what nobody had yet is there" '"place":"桥上"'
ends "it lets stations in now" 0 spare invite --area 410882104 --name 山王庄镇

# The county's old machine is switched on again, where the township asks.
kill "$hub"
wait "$hub" 2>/dev/null
hub county
ends "the township is led to it" 0 town up "$url"
ends "and does not take it for the one that goes on" 4 town sync
ends "nor the next time" 4 town sync
at county today
has "the old machine says what happened" '备机 "备机" 已接替本站'
grep -q '已接替本站' "$here/county/hub.log"
verdict "and its log"
at county doctor
has "and its doctor" 备机已接替本站
