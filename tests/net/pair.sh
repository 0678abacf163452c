# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# A township's hub over HTTP and a village that has joined it, for scripts that have sourced lib.sh.
outpost=$OUTPOST_BUILD/outpost
export OUTPOST_LANG=zh
unset OUTPOST_HOME OUTPOST_USER
town() { "$outpost" --home "$work/town" "$@"; }
village() { "$outpost" --home "$work/village" "$@"; }

# The hub of the township: $hub_pid, $hub_port
hub_up() {
	local i
	: >"$work/hub"
	"$OUTPOST_BUILD/outpost-hub" --home "$work/town" --listen 127.0.0.1:0 >"$work/hub" 2>&1 &
	hub_pid=$!
	pids+=("$hub_pid")
	for ((i = 0; i < 100; i++)); do
		hub_port=$(sed -n 's/.*127\.0\.0\.1:\([0-9]*\).*/\1/p' "$work/hub")
		[ -n "$hub_port" ] && return
		sleep 0.05
	done
	echo "not ok the hub starts"
	cat "$work/hub"
	exit 1
}

# HOME AREA NAME: a village that has joined
join_town() {
	local token
	token=$(town invite --area "$2" --name "$3" --via "http://127.0.0.1:$hub_port") &&
		"$outpost" --home "$work/$1" join "$token" --user 秦国庆 >/dev/null &&
		"$outpost" --home "$work/$1" sync >/dev/null && return
	echo "not ok $3 joins"
	exit 1
}

pair_join() {
	town init --area 410882103 --name 柏香镇 --user 史俊杰 >/dev/null || exit 1
	hub_up
	join_town village 410882103205 西彰村
}
