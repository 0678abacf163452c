#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A hub or a village that lost its keys, or a part of them, and databases and backups of different
# days: it syncs again by itself, or says the command that mends it, and that command does.
# Tests also: own_keys.c restore.c write_mark.c keyring_rotate.c
# shellcheck source=tests/sync/net.sh
. "$(dirname "$0")/net.sh"

hub_again() { # ARGS...: in between, with the hub ended
	kill "$town_hub"
	wait "$town_hub" 2>/dev/null
	"$@"
	hub town "$town_port"
	town_hub=$hub
}
without() { # FILE...: gone from the township's folder
	local file
	# shellcheck disable=SC2086 # a pattern
	for file in "$@"; do rm -rf "${here:?}/town/"$file; done
}
code_of() { "$outpost" --home "$here/$1" whoami --json | sed -n 's/.*"code":"\([^"]*\)".*/\1/p'; }
# NAME: village and township have the same hazards, each once, and the village's new one among them
agree() {
	hazard village "$1"
	at village sync --json
	has "$1: it syncs" '"complete":true'
	[ "$("$outpost" --home "$here/village" list hazard --json | grep -o '"place":"[^"]*"' | sort)" = \
		"$("$outpost" --home "$here/town" list hazard --json | grep -o '"place":"[^"]*"' | sort)" ]
	verdict "$1: both have the same"
	"$outpost" --home "$here/town" list hazard --json | grep -q "\"place\":\"$1\""
	verdict "$1: the new one has come"
}

"$outpost" --home "$here/county" init --area 410882 --name 沁阳市 --user 县员 >/dev/null
hub county
county_url=$url
enrol town 410882103 柏香镇 "$url" county
hub town
town_port=$port town_hub=$hub town_url=$url
enrol village 410882103205 王庄村 "$url" town
agree 开头
ends "the township syncs" 0 town sync

# ---- the keys for sealing alone
hub_again without 'keys/agree*'
agree "the hub has lost the keys for sealing"
rm -f "$here"/village/keys/agree*
agree "the village has lost them"
hub_again without 'keys/agree*'
rm -f "$here"/village/keys/agree*
agree "both have"
ends "the township still syncs" 0 town sync

# ---- a backup that knows more than the database
cp -a "$here/village" "$here/early"
hazard village 备份里
"$outpost" --home "$here/village" backup "$here/newer.db" >/dev/null
rm -f "$here"/village/station.db*
cp "$here/early/station.db" "$here/village/station.db"
ends "a newer backup goes over an older database" 0 village restore "$here/newer.db"
[ "$(code_of village)" = WZC ]
verdict "and it is the same station, as nothing came later"
agree "a backup newer than the database"
ends "what only the backup had" 0 town list hazard --json
has "has come" 备份里
cp -a "$here/village" "$here/early"
hazard village 备份里二
"$outpost" --home "$here/village" backup "$here/newest.db" >/dev/null
hazard village 备份后
ends "it syncs" 0 village sync
rm -f "$here"/village/station.db*
cp "$here/early/station.db" "$here/village/station.db"
ends "between the two lies the backup" 0 village restore "$here/newest.db"
[ "$(code_of village)" = WZC2 ]
verdict "it goes on under a new number, as its keys have written more"
agree "a backup between database and keys"
at village list hazard --json
has "what came after the backup is back" 备份后

# ---- all keys of the hub
kill "$town_hub"
wait "$town_hub" 2>/dev/null
without keys
! timeout 20 "$OUTPOST_BUILD/outpost-hub" --store "$here/town" --listen "127.0.0.1:$town_port" >/dev/null 2>"$here/err" &&
	grep -q -- --new-keys "$here/err"
verdict "a hub without keys does not serve, and says what to do"
ends "nor does it sync" 1 town sync
case $err in *"outpost init --new-keys"*) true ;; *) false ;; esac
verdict "with the command"
ends "which works" 0 town init --new-keys
case $out in *邀请*join*) true ;; *) false ;; esac
verdict "and says the next one"
hub town "$town_port"
town_hub=$hub
ends "the county does not know it" 4 town sync
case $err in *"outpost invite"*"outpost join"*) true ;; *) false ;; esac
verdict "and it says the commands"
ends "nor does it know the village" 4 village sync
case $err in *"outpost invite"*"outpost join"*) true ;; *) false ;; esac
verdict "and it says the same"
at county invite --area 410882103 --name 柏香镇 --via "$county_url"
ends "the township is invited" 0 town join "$out"
ends "and syncs" 0 town sync
at town invite --area 410882103205 --name 王庄村 --via "$town_url"
ends "the village, too" 0 village join "$out"
agree "with new keys at the hub"
ends "and the county" 0 town sync --json
has "has all of it" '"complete":true'
at county list hazard --json
has "the first" 开头
has "and the last" "with new keys at the hub"

# ---- all keys of the village
rm -rf "$here/village/keys"
ends "a village without keys does not sync" 1 village sync
ends "it takes new ones" 0 village init --new-keys
ends "and is not known" 4 village sync
at town invite --area 410882103205 --name 王庄村 --via "$town_url"
ends "it is invited again" 0 village join "$out"
agree "with new keys at the village"
exit $failed
