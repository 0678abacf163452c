#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What `make run` does after the build: makes a demo county in BUILD/demo (a county, a township, three
# villages, enrolled), starts the two hubs and a syncer for each station on loopback, and opens the
# first village's station in the terminal. On something that is no terminal it prints a short tour
# as text. What it started ends with it.
#   config/deploy/run.sh [BUILD]
set -eu
build=${1:-build}
outpost=$build/outpost
demo=$build/demo
children=
unset OUTPOST_HOME OUTPOST_USER

the_end() {
	for child in $children; do
		kill "$child" 2>/dev/null || true
	done
	for child in $children; do
		wait "$child" 2>/dev/null || true
	done
}
trap the_end EXIT
trap 'exit 130' INT
trap 'exit 141' PIPE # a reader that goes away takes nobody along
trap 'exit 143' TERM HUP

if [ ! -d "$demo" ]; then
	"$outpost" demo "$demo" >&2
fi

# STATION: a hub for the stations below it, on a free port of loopback; $url is where.
serve() {
	: >"$demo/$1.port" # the port of an earlier run must not be taken for this one's
	"$build/outpost-hub" --store "$demo/$1" --listen 127.0.0.1:0 >"$demo/$1.port" 2>"$demo/$1.err" &
	children="$children $!"
	tries=0
	until url=$(sed -n 's/.* \(127\.0\.0\.1:[0-9]*\).*/http:\/\/\1/p' "$demo/$1.port") && [ -n "$url" ]; do
		tries=$((tries + 1))
		if [ $tries -gt 100 ]; then
			echo "run.sh: the hub of $1 does not start:" >&2
			cat "$demo/$1.err" >&2
			exit 1
		fi
		sleep 0.1
	done
}

# STATION AREA NAME ABOVE: joined once; the port of the hub above is another one each time.
enrol() {
	if [ ! -f "$demo/$1.joined" ]; then
		token=$("$outpost" --home "$demo/$4" invite --area "$2" --name "$3" --via "$url")
		"$outpost" --home "$demo/$1" join "$token" >&2
		: >"$demo/$1.joined"
	fi
	"$outpost" --home "$demo/$1" up "$url"
	[ -f "$demo/$1/outpost.conf" ] || echo "sync_every 10" >"$demo/$1/outpost.conf"
}

# STATION: what it is, as its own station says.
of() {
	"$outpost" --home "$demo/$1" whoami --json | sed 's/.*"area":"\([0-9]*\)".*/\1/'
}
name_of() {
	"$outpost" --home "$demo/$1" whoami --json | sed 's/.*"station":{"name":"\([^"]*\)".*/\1/'
}

serve county
enrol township "$(of township)" "$(name_of township)" county
serve township
for village in village1 village2 village3; do
	[ -f "$demo/$village/station.db" ] && enrol "$village" "$(of "$village")" "$(name_of "$village")" township
done
for station in township village1 village2 village3; do
	"$build/outpost-sync" --home "$demo/$station" --watch >"$demo/$station.sync" 2>&1 &
	children="$children $!"
done

export OUTPOST_HOME="$demo/village1"
if [ -t 0 ] && [ -t 1 ]; then
	echo "township, in a second terminal: $outpost --home $demo/township" >&2
	sleep 1
	"$outpost"
	exit
fi

tour() {
	echo "\$ outpost $*"
	"$outpost" "$@" || echo "(exit $?)"
	echo
}
# What the township has comes first, or the tour would begin with its first load.
"$outpost" sync >/dev/null 2>&1 || true
tour whoami
tour today
tour list hazard --limit 5
tour list warning --limit 3
tour find 发电机
number=$("$outpost" add hazard category=H0101 grade=G place=村部北侧 text=排水沟堵塞)
tour show "$number" --history

# The hazard goes up by itself; how far it has come the village hears when it next asks.
tries=0
until "$outpost" show "$number" --json | grep -q '"reached":\["station","township","county"\]'; do
	tries=$((tries + 1))
	[ $tries -gt 30 ] && break
	sleep 1
	"$outpost" sync >/dev/null || true
done
for station in township county; do
	echo "\$ outpost --home $demo/$station show $number"
	"$outpost" --home "$demo/$station" show "$number" || echo "(exit $?)"
	echo
done
echo "\$ outpost show $number --json"
"$outpost" show "$number" --json | sed 's/.*\("reached":[^]]*]\).*/\1/'
