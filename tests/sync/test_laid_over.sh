#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# An old copy is laid over a hub's database without a word, and its people go on writing before anybody has told it:
# no number is written twice, and what was written before and after is everywhere where it belongs.
# shellcheck source=tests/sync/net.sh
. "$(dirname "$0")/net.sh"

# STATION: places of its hazards, sorted
places() {
	at "$1" list hazard --json
	printf '%s' "$out" | grep -o '"place":"[^"]*"' | cut -d'"' -f4 | sort | tr '\n' ' '
}
everywhere() { # NAME PLACES
	local station
	for station in county town village; do
		[ "$(places $station)" = "$2" ] || out="$station: $(places $station)"
		[ "$(places $station)" = "$2" ]
		verdict "$1, at the $station"
	done
}
all_sync() {
	at village sync && at town sync && at village sync && at town sync
	[ "$code" -eq 0 ]
	verdict "all sync"
}

"$outpost" --home "$here/county" init --area 410882 --name 沁阳市 --user 县员 >/dev/null
hub county
above=$url
enrol town 410882103 柏香镇 "$above" county
hub town
below=$url
town_hub=$hub
enrol village 410882103205 王庄村 "$below" town
at town add hazard category=H0101 grade=G place=p1 text=x area=410882103205
at town backup "$here/old.db"
at town add hazard category=H0101 grade=G place=p2 text=x area=410882103205
at village add hazard category=H0101 grade=G place=p3 text=x
all_sync
everywhere "before" "p1 p2 p3 "

kill -9 "$town_hub"
wait "$town_hub" 2>/dev/null
rm -f "$here"/town/station.db-*
cp "$here/old.db" "$here/town/station.db"
ends "the town writes on" 0 town add hazard category=H0101 grade=G place=p4 text=x area=410882103205
case $out in BXZ2-*) true ;; *) false ;; esac
verdict "under a number of its own"
ends "and goes on above by itself" 0 town sync
hub town "${below##*:}"
ends "the village goes on with it" 0 village sync
all_sync
everywhere "after" "p1 p2 p3 p4 "
at town check
verdict "the town's store is sound"
exit $failed
