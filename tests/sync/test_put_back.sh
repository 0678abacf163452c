#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Folders that are put back to an earlier day behind the program's back, a station's and a hub's,
# and one that runs twice: nothing is lost, no number names two records, and nothing is claimed.
# Tests also: ended.c succession.c reissue.c equivocation.c past.c ask.c.
# shellcheck source=tests/sync/net.sh
. "$(dirname "$0")/net.sh"

again() { # STATION: its folder as it was kept
	rm -rf "${here:?}/$1"
	cp -a "$here/$1.kept" "$here/$1"
}
keep() {
	rm -rf "${here:?}/$1.kept"
	cp -a "$here/$1" "$here/$1.kept"
}
add() { # STATION PLACE: its number in $number
	number=$("$outpost" --home "$here/$1" add hazard category=H0101 grade=M place="$2" text=堵塞)
}
# STATION PLACE: the number under which it is known there, alone
number_of() {
	at "$1" list hazard place="$2" --json
	[ "$(printf '%s' "$out" | grep -o '"number":' | wc -l)" -eq 1 ] || return 1
	printf '%s' "$out" | sed -n 's/.*"number":"\([^"]*\)".*/\1/p'
}
# NAME PLACE STATION...: all of them have it once, under one number, left in $number
same() {
	local name=$1 place=$2 one first='' good=true
	shift 2
	for one in "$@"; do
		number=$(number_of "$one" "$place") || good=false
		[ -n "$number" ] || good=false
		[ "${first:=$number}" = "$number" ] || good=false
	done
	$good
	verdict "$name"
}

"$outpost" --home "$here/county" init --area 410882 --name 沁阳市 --user 县员 >/dev/null
hub county
enrol town 410882103 柏香镇 "$url" county
hub town
town_port=$port town_hub=$hub
enrol village 410882103205 王庄村 "$url" town
enrol other 410882103206 李庄村 "$url" town
enrol second 410882103207 赵庄村 "$url" town
enrol third 410882103208 钱庄村 "$url" town
verdict "a county, a township, four villages"

# ---- a village's folder
add village 早先
ends "the village syncs" 0 village sync
keep village
add village 甲
lost=$number
ends "and once more" 0 village sync
again village
add village 回滚后
[ "$number" = "$lost" ]
verdict "its folder is put back, and the number is used twice"
ends "it syncs" 0 village sync --json
has "to the end" '"complete":true'
has "and says what happened" '"put_back":{"code_before":"WZC","code":"WZC2","renumbered":1}'
same "what was lost is back" 甲 village town
[ "$number" = "$lost" ]
verdict "under its number"
same "what came later is there as well" 回滚后 village town
[ "$number" != "$lost" ]
verdict "under another"
at village show "$number" --json
has "and proven to be held" '"reached":["station","township"]'
same "the old ones are what they were" 早先 village town

# ---- put back, and it hears of it before it writes
ends "a second village syncs" 0 second sync
keep second
add second 乙
ends "again it syncs" 0 second sync
again second
ends "put back, it syncs first" 0 second sync
add second 丙
ends "and then with something new" 0 second sync --json
has "to the end, too" '"complete":true'
same "the lost one" 乙 second town
same "and the new one" 丙 second town

# ---- twice within an hour is once too often: a word is said, and nothing is lost
keep second
add second 再丢
ends "it syncs again" 0 second sync
again second
ends "its folder is put back again at once" 3 second sync
case $err in *一小时*) true ;; *) false ;; esac
verdict "and it says to wait"
at second whoami --json
has "under the site that it is" '"code":"ZZC2"'

# ---- one folder on two machines
ends "a third village syncs" 0 third sync
cp -a "$here/third" "$here/twin"
add third 我
add twin 你
ends "the first of two syncs" 0 third sync
ends "the second of two syncs" 0 twin sync --json
has "not over the first" '"complete":true'
ends "the first once more" 0 third sync
same "one has its own" 我 third twin town
same "the other, too" 你 third twin town

# ---- the township's
ends "the township syncs" 0 town sync
ends "the other village" 0 other sync
keep_hub() {
	kill "$town_hub"
	wait "$town_hub" 2>/dev/null
	"$@" town
	hub town "$town_port"
	town_hub=$hub
}
keep_hub keep
"$outpost" --home "$here/town" add warning severity=Severe event=11B03 headline=前 >/dev/null 2>&1
add town 镇快照后
before=$number
ends "the village gets it" 0 village sync
same "and has it" 镇快照后 village town
kill -9 "$town_hub"
wait "$town_hub" 2>/dev/null
again town
hub town "$town_port"
town_hub=$hub
add town 镇回滚后
[ "$number" = "$before" ]
verdict "the township is put back, and its number is used twice"
ends "the other village gets that" 0 other sync
ends "the village syncs with it" 0 village sync
grep -q '本站的数据曾换回旧的' "$here/town/hub.log"
verdict "whoever looks after the hub can read it"
ends "and again" 0 village sync
ends "the other village again" 0 other sync
at town list hazard place=镇快照后 --json
lacks "what came back without a signature is not taken by itself" 镇快照后
ends "a person reads what came back" 0 town site returned
has "and from whom" 镇快照后
ends "and takes it" 0 town site returned take all
ends "the township syncs up" 0 town sync --json
has "everything" '"complete":true'
ends "and the village" 0 village sync
ends "and the other" 0 other sync
same "what the township lost" 镇快照后 village town county other
[ "$number" != "$before" ]
verdict "has a new number, as its own is used"
same "what it wrote later" 镇回滚后 village town county other
[ "$number" = "$before" ]
verdict "keeps the one that it has"
add village 之后
ends "life goes on" 0 village sync
ends "upwards" 0 town sync
ends "and back" 0 village sync
same "to the county" 之后 village town county
at village show "$number" --json
has "by proof" '"reached":["station","township","county"]'

# ---- who is revoked does not come back as who it was
ends "the village is revoked" 0 town site revoke "$("$outpost" --home "$here/village" whoami --json | sed -n 's/.*"code":"\([^"]*\)".*/\1/p')" 丢失
ends "it is refused" 4 village sync
again village
ends "and as it was before, too" 4 village sync
exit $failed
