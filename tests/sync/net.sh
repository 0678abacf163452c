# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What the scripts of this folder share: real hubs and stations on loopback, ended by their process
# ids. Source it with OUTPOST_BUILD set; cases print "ok NAME" or "not ok NAME".
set -u
# shellcheck source=tests/cases.sh
. "$(dirname "${BASH_SOURCE[0]}")/../cases.sh"
outpost=$OUTPOST_BUILD/outpost
here=$(mktemp -d) || exit 1
children=
export OUTPOST_LANG=zh
unset OUTPOST_HOME OUTPOST_USER SSH_CONNECTION SSH_ORIGINAL_COMMAND

# What the model has learnt is the same in every folder, and takes a second or more: what one test has made, others find.
share_model() { # STATION
	local state=$OUTPOST_BUILD/model.state own=$here/$1/model.state
	if [ -f "$own" ]; then
		ln "$own" "$state" 2>/dev/null
	elif [ -f "$state" ] && [ -d "$here/$1" ]; then
		ln "$state" "$own" 2>/dev/null
	fi
	return 0
}

the_end() {
	local child station
	for station in "$here"/*/station.db; do
		[ -f "$station" ] && share_model "$(basename "$(dirname "$station")")"
	done
	for child in $children; do
		kill "$child" 2>/dev/null && wait "$child" 2>/dev/null
	done
	rm -rf "$here"
}
trap the_end EXIT

# STATION ARGS...: runs the program there; leaves $out, $err and $code.
at() {
	local station=$1
	shift
	out=$("$outpost" --home "$here/$station" "$@" 2>"$here/err" </dev/null)
	code=$?
	err=$(cat "$here/err")
}

# NAME CODE STATION ARGS...: the program ends with that code.
ends() {
	local name=$1 wanted=$2
	shift 2
	at "$@"
	[ "$code" -eq "$wanted" ]
	verdict "$name"
}

# STATION [PORT]: a hub over HTTP; $port, $hub (its process id) and $url are set.
hub() {
	local station=$1 try
	share_model "$station"
	: >"$here/$station.port"
	"$OUTPOST_BUILD/outpost-hub" --store "$here/$station" --listen "127.0.0.1:${2:-0}" >"$here/$station.port" 2>"$here/$station.err" &
	hub=$!
	children="$children $hub"
	for try in $(seq 600); do
		port=$(sed -n 's/.*127\.0\.0\.1:\([0-9]*\).*/\1/p' "$here/$station.port")
		[ -n "$port" ] && break
		sleep 0.05
	done
	[ -n "$port" ] || echo "not ok the hub of $station listens (try $try)"
	# shellcheck disable=SC2034 # read by the scripts
	url=http://127.0.0.1:$port
}

# STATION AREA NAME URL ABOVE: invited there and joined.
enrol() {
	local token
	token=$("$outpost" --home "$here/$5" invite --area "$2" --name "$3" --via "$4") || return 1
	"$outpost" --home "$here/$1" join "$token" --user 张三 >/dev/null || return 1
	share_model "$1"
}

hazard() { # STATION: its number in $number
	# shellcheck disable=SC2034 # read by the scripts
	number=$("$outpost" --home "$here/$1" add hazard category=H0101 grade=G place="${2:-桥下}" text=堵塞)
}
