#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The stores of release 0.1 under the real programs of today; and, when OUTPOST_OLD names a folder with the
# programs of that release, each of them against today's: station and hub, both ways round, joining, sticks,
# changes of keys, a station that is put back. Each works, or somebody is told to update a program.
# shellcheck source=tests/sync/net.sh
. "$(dirname "$0")/net.sh"

data=tests/data/release-0.1
new=$OUTPOST_BUILD
minute=30

# The clock goes on a minute with every command, from the day of the stores.
tick() {
	minute=$((minute + 1))
	OUTPOST_NOW=$(printf '2026-07-14T%02d:%02d:00+08:00' $((10 + minute / 60)) $((minute % 60)))
	export OUTPOST_NOW
}
# PROGRAMS of a folder are at work from now on.
with() {
	OUTPOST_BUILD=$1
	outpost=$1/outpost
}
place() { # STATION PLACE: it has a hazard there
	at "$1" list hazard place="$2" --json
	has "$1 has $2" "\"place\":\"$2\""
}
stores() { # fresh ones
	rm -rf "${here:?}"/{county,township,village,other,joiner}
	tar -xzf $data/stores.tar.gz -C "$here" ./county ./township ./village ./other || exit 1
	chmod 700 "$here"/{county,township,village,other}
}
hub_ends() {
	kill "$hub"
	wait "$hub" 2>/dev/null
}

# NAME STATION-PROGRAMS HUB-PROGRAMS
roads() {
	local name=$1 low=$2 high=$3 token good
	stores
	tick
	with "$high"
	hub township
	with "$low"
	tick
	ends "$name: a village syncs" 0 village sync --via "$url" --json
	has "$name: all of it" '"complete":true'
	ends "$name: one whose site has ended once" 0 other sync --via "$url" --json
	has "$name: all of that" '"complete":true'
	with "$high"
	place township 没有上报一
	place township 回滚后
	place township 快照后
	with "$low"
	at village list warning --json
	has "$name: what waited above has come" 还没下发的橙色预警
	number=$("$outpost" --home "$here/village" list hazard place=没有上报一 --json | sed -n 's/.*"number":"\([^"]*\)".*/\1/p')
	at village show "$number" --json
	has "$name: it is proven to be held" '"reached":["station","township"]'

	# keys change at both ends
	ends "$name: a new key below" 0 village site rotate
	with "$high"
	ends "$name: a new key above" 0 township site rotate
	with "$low"
	for turn in 1 2 3; do
		tick
		hazard village "换钥$turn"
		ends "$name: sync $turn after that" 0 village sync --via "$url"
	done

	# a village is put back to an earlier day, and writes on
	rm -rf "$here/kept"
	cp -a "$here/village" "$here/kept"
	hazard village 丢失的
	at village sync --via "$url"
	rm -rf "$here/village"
	mv "$here/kept" "$here/village"
	tick
	hazard village 换回后
	for turn in 1 2 3; do
		tick
		at village sync --via "$url" --json
	done
	# A hub of that release has no evidence to show: the station says with which command it goes on.
	if [ "$code" -eq 4 ] && case $err in *"outpost site renew"*) true ;; *) false ;; esac then
		ends "$name: put back, what it is told to do" 0 village site renew --yes
		for turn in 1 2 3; do
			tick
			at village sync --via "$url" --json
		done
	fi
	has "$name: put back, it comes to an end" '"complete":true'
	place village 丢失的
	place village 换回后
	with "$high"
	place township 丢失的
	place township 换回后

	# a stick
	with "$low"
	hazard village 走路的
	ends "$name: packed" 0 village pack "$here/up.op"
	with "$high"
	ends "$name: unpacked" 0 township unpack "$here/up.op"
	place township 走路的
	rm -f "$here/up.op"

	# a station joins
	tick
	token=$("$outpost" --home "$here/township" invite --area 410882103208 --name 赵庄村 --via "$url")
	with "$low"
	at joiner join "$token" --user 赵六
	good=$code
	if [ "$good" -eq 0 ]; then
		hazard joiner 新来的
		ends "$name: one that joins syncs" 0 joiner sync --via "$url"
		with "$high"
		place township 新来的
	else
		grep -q '请先更新它的程序' "$here/township/hub.log"
		verdict "$name: who cannot join: the hub says to update it"
		rm -rf "$here/joiner"
		with "$new"
		ends "$name: the invitation is still good for today's program" 0 joiner join "$token" --user 赵六
	fi
	hub_ends
	with "$high"
	ends "$name: the township's store is sound" 0 township check
	with "$low"
	ends "$name: the village's store is sound" 0 village check
}

roads "today's" "$new" "$new"
if [ -x "${OUTPOST_OLD:-}/outpost-hub" ]; then
	roads "today's station, old hub" "$new" "$OUTPOST_OLD"
	roads "old station, today's hub" "$OUTPOST_OLD" "$new"
else
	echo "skip against the programs of release 0.1: OUTPOST_OLD names no folder with them"
fi
exit $failed
