#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# doctor: each thing that can be wrong with a station is found, and the command that it names mends it.
# Tests also: cmd_doctor.c doctor_folder.c doctor_station.c
# shellcheck source=tests/sync/net.sh
. "$(dirname "$0")/net.sh"

finds() { # NAME CHECK STATE [WORDS]: in the last JSON
	local line
	line=$(printf '%s\n' "$out" | grep "\"check\":\"$2\"")
	case $line in
	*"\"state\":\"$3\""*"${4:-}"*) true ;;
	*)
		echo "# $line"
		false
		;;
	esac
	verdict "$1"
}

ends "where no station is, it says so" 5 none doctor --json
finds "and names what makes one" folder bad "outpost init"
[ "$(printf '%s\n' "$out" | grep -c '"check"')" -eq 1 ]
verdict "and looks no further"

"$outpost" --home "$here/town" init --area 410882103 --name 柏香镇 >/dev/null
ends "a new station is well" 0 town doctor --json
finds "its folder is its owner's alone" owner good
finds "room is told" disk good MB
finds "its database opens" store good
finds "it has nobody above" grant good
finds "who writes is not named yet" people look "outpost user add"
at town user add 镇员
at town doctor --json
finds "until somebody is" people good
finds "its keys are its own" keys good
mv "$here/town/keys" "$here/keys"
ends "keys that are gone are bad" 5 town doctor --json
finds "and what to do without them" keys bad "outpost init --new-keys"
cp -a "$here/keys" "$here/town/"
ends "put back from a copy" 0 town doctor --json
finds "they are its own again" keys good
at town add contact name=李四 phone=13800000000
rm -rf "$here/town/backup"
at town doctor --json
finds "no copy of a day" backup look "outpost backup --day"
at town backup --day
at town doctor --json
finds "which the named command makes" backup good
touch -d '5 days ago' "$here/town/backup/"*
at town doctor --json
finds "an old one is told" backup look "outpost backup --day"

cp -r config "$here/config"
echo 'due hazard nowhere at +1h "x" "x"' >>"$here/config/rules.conf"
ends "a wrong row of the county's is bad" 5 town --config "$here/config" doctor --json
finds "by file and line" config bad 'rules.conf:'
finds "and the command that explains it" config bad 'outpost rules check'
export OUTPOST_NOW=2001-01-01T00:00:00+08:00
at town doctor --json
finds "a clock that was never set" clock bad 'date -s'
unset OUTPOST_NOW

hub town
token=$("$outpost" --home "$here/town" invite --area 410882103205 --name 王庄村 --via "$url" --days 5)
"$outpost" --home "$here/village" join "$token" --user 张三 >/dev/null
at village doctor --json
finds "a grant that ends soon" grant look "outpost sync"
case $out in *"site renew"*) false ;; esac
verdict "and nobody is told to give a station another number"
finds "its way is open" ways good
kill "$hub"
wait "$hub"
at village add warning event=11B01 severity=red headline=暴雨红色
at village sync --once
ends "a way that does not work is bad" 5 village doctor --json
finds "it says which, why and what to do" ways bad "$url"
finds "what waits is counted" waiting good "等送"
export OUTPOST_NOW
OUTPOST_NOW=$(date -d '+1 hour' +%Y-%m-%dT%H:%M:%S+08:00)
at village doctor --json
finds "an alarm that has waited is bad" waiting bad "outpost sync --once"
unset OUTPOST_NOW
if [ "$(id -u)" -eq 0 ]; then
	touch "$here/town/stray"
	chown nobody "$here/town/stray"
	at town doctor --json
	finds "another account's file" owner bad "chown -R root '$here/town'"
	chown -R root "$here/town"
	at town doctor --json
	finds "and the command is the right one" owner good
else
	echo "skip owner: only root gives a file away"
fi
at town doctor
has "as a table, with what to do" 怎么办
ends "it takes no words" 2 town doctor now
exit "$failed"
