# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# What the scripts with real servers share: a folder that goes at the end, processes that end with it, free ports.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
: "${OUTPOST_BUILD:=$PWD/build}"
tools=$OUTPOST_BUILD/tests/net
work=$(mktemp -d /tmp/outpost-net-XXXXXX) || exit 1
chmod 755 "$work"
pids=()
result=0
finish() {
	[ ${#pids[@]} -gt 0 ] && kill "${pids[@]}" 2>/dev/null
	wait 2>/dev/null
	rm -rf "$work"
}
trap finish EXIT

# NAME COMMAND...: must succeed
ok() {
	local name=$1
	shift
	if "$@" >"$work/said" 2>&1; then
		echo "ok $name"
	else
		echo "not ok $name"
		tail -n 30 "$work/said"
		result=1
	fi
}

# NAME CODE COMMAND...: must end with that exit code
ends() {
	local name=$1 code=$2 got
	shift 2
	"$@" >"$work/said" 2>&1
	got=$?
	if [ $got -eq "$code" ]; then
		echo "ok $name"
	else
		echo "not ok $name (exit $got, not $code)"
		tail -n 30 "$work/said"
		result=1
	fi
}

# A port that nobody has now; below those the system gives out, as dialling one of them may reach oneself.
free_port() {
	local port
	while :; do
		port=$((20000 + RANDOM % 12000))
		(exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
	done
	echo "$port"
}

# PORT: until somebody listens there, five seconds at most
await() {
	local i
	for ((i = 0; i < 100; i++)); do
		(exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null && return 0
		sleep 0.05
	done
	echo "nobody listens on port $1"
	return 1
}
