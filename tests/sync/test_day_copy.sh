#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The day's copy is there wherever facts come in: at a station that nobody writes at by command, at
# a hub, from a stick, in the terminal and in line mode.
# Tests also: daily.c day_copy.c
# shellcheck source=tests/sync/net.sh
. "$(dirname "$0")/net.sh"

# NAME STATION: a copy is there within a minute
copied() {
	local try
	for try in $(seq 600); do
		compgen -G "$here/$2/backup/station-????????.db" >/dev/null && break
		sleep 0.1
	done
	[ "$try" -lt 600 ]
	verdict "$1"
}
none() { # NAME STATION
	! compgen -G "$here/$2/backup/*" >/dev/null
	verdict "$1"
}
newest() { # STATION: its path
	find "$here/$1/backup" -name '*.db' | sort | tail -n 1
}

"$outpost" --home "$here/town" init --area 410882103 --name 柏香镇 --user 镇员 >/dev/null
hub town
enrol village 410882103205 王庄村 "$url" town
enrol other 410882103206 李庄村 "$url" town
none "nothing was written at the second village" other
kill "$hub"
wait "$hub" 2>/dev/null
rm -rf "$here/town/backup"
hub town "$port"
hazard village 老桥头
copied "who writes has a copy" village
ends "the village syncs" 0 village sync
# The copy is begun beside the answer, so whether it holds what came with that question is left open; the next one does.
kill "$hub"
wait "$hub" 2>/dev/null
rm -rf "$here/town/backup"
hub town "$port"
ends "and asks again" 0 village sync
copied "the hub that took it has one" town
"$outpost" --home "$here/town" add warning severity=Severe event=11B03 headline=暴雨 >/dev/null 2>&1
ends "the second village syncs" 0 other sync
copied "so has who got it by sync" other

# That copy makes the hub whole.
rm -f "$here/town"/station.db*
ends "the hub's database is gone" 5 town list hazard
case $err in *"outpost restore '$(newest town)'"*) true ;; *) false ;; esac
verdict "and the copy is named"
kill "$hub"
wait "$hub" 2>/dev/null
ends "it is put back" 0 town restore "$(newest town)"
ends "and read" 0 town list hazard --json
has "with what the village wrote" 老桥头

# By stick.
rm -rf "$here/village/backup"
"$outpost" --home "$here/lone" init --area 410882104 --name 山王庄镇 --user 李四 >/dev/null
at lone invite --area 410882104205 --name 盆窑村 --via "file:$here/stick"
mkdir -p "$here/stick"
line=$out
at foot join "$line" --via "file:$here/stick" --user 王五
ends "the question on the stick is answered" 0 lone unpack "$here/stick"
ends "who was asked for has joined" 0 foot join "$line" --via "file:$here/stick" --user 王五
"$outpost" --home "$here/foot" add hazard category=H0101 grade=G place=井边 text=堵塞 >/dev/null
ends "a stick is packed" 0 foot pack "$here/stick/up.opc"
rm -rf "$here/lone/backup"
ends "and read" 0 lone unpack "$here/stick"
copied "by who has a copy then" lone

# At the terminal, and in line mode.
rm -rf "$here/foot/backup"
printf '<\n' | "$outpost" --home "$here/foot" line >/dev/null 2>&1
copied "line mode makes one" foot
if command -v script >/dev/null; then
	rm -rf "$here/foot/backup"
	(
		for _ in $(seq 600); do
			compgen -G "$here/foot/backup/station-????????.db" >/dev/null && break
			sleep 0.1
		done
		leave_keys "$here/seen"
	) | TERM=vt100 timeout 90 script -qc "stty rows 24 cols 80; $outpost --home $here/foot --user 王五" /dev/null >"$here/seen" 2>&1
	copied "the terminal makes one" foot
fi

# By hand, as a daily job would.
rm -rf "$here/foot/backup"
ends "the day's copy by hand" 0 foot backup --day
copied "is made" foot
case $out in *"$(newest foot)"*) true ;; *) false ;; esac
verdict "and named"
printf 'daily_backup off\n' >"$here/foot/outpost.conf"
rm -rf "$here/foot/backup"
"$outpost" --home "$here/foot" add hazard category=H0101 grade=G place=井边 text=堵塞 >/dev/null
printf '<\n' | "$outpost" --home "$here/foot" line >/dev/null 2>&1
none "who does not want one has none" foot
exit $failed
