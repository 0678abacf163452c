#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What `make run` does after the build: makes a demo township in BUILD/demo and opens a village's
# station in the terminal. On something that is no terminal it prints a short tour as text.
#   config/deploy/run.sh [BUILD]
set -eu
build=${1:-build}
outpost=$build/outpost
demo=$build/demo
if [ ! -d "$demo" ] && ! "$outpost" demo "$demo"; then
	echo "run.sh: no demo township; a bare village instead" >&2
	mkdir -p "$demo"
	"$outpost" --home "$demo/village" init --area 410882103205 --name 前哨村 --user 张三
fi

# The first village's folder, whatever the demo calls it.
station=
for folder in "$demo"/village* "$demo"/*; do
	if [ -f "$folder/station.db" ]; then
		station=$folder
		break
	fi
done
if [ -z "$station" ]; then
	echo "run.sh: no station in \"$demo\"; delete it and try again" >&2
	exit 1
fi
export OUTPOST_HOME="$station"
[ -t 0 ] && [ -t 1 ] && exec "$outpost"

tour() {
	echo "\$ outpost $*"
	"$outpost" "$@" || echo "(exit $?)"
	echo
}
tour whoami
tour today
tour list hazard --limit 5
tour list warning --limit 3
tour find 发电机
number=$("$outpost" add hazard category=H0101 grade=G place=村部北侧 text=排水沟堵塞)
tour show "$number" --history
